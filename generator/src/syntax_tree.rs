//! The parsed values of files, for the tests of this workspace. Not part of the stable API.

use crate::diagnostic::Diagnostics;
use crate::files::Files;
use crate::resolve::resolve;
use crate::source::SourceMap;
pub use crate::syntax::node::{Entry, Kind, Node, NodeId, Tree};
use crate::syntax::parse::parse_into;
use std::path::{Path, PathBuf};

/// Reads a description with every file that it refers to. Returns the nodes of all files and the root of the
/// description, or `None` when the description cannot be read.
#[must_use]
pub fn read(path: &Path, files: &dyn Files) -> Option<(Tree, NodeId)> {
    let (_, document) = resolve(path, files, &[], &[], &mut Diagnostics::default());
    document.map(|document| (document.tree, document.entry))
}

/// Parses a string. Returns its nodes and the root, or `None` when it is neither YAML nor JSON.
#[must_use]
pub fn parse(text: &str) -> Option<(Tree, NodeId)> {
    let (mut tree, mut sources) = (Tree::default(), SourceMap::default());
    let file = sources.add(PathBuf::new(), text.to_owned());
    let root = parse_into(&mut tree, file, text, &mut Diagnostics::default()).ok()?;
    Some((tree, root))
}
