//! The dump of the files in YAML: shows the types of scalars and the targets of aliases. Knows the value tree. Must not
//! know OpenAPI.

use super::yaml::{self, TooLarge};
use crate::resolve::Document;
use crate::syntax::node::NodeId;

/// Writes the description for other tools, unless YAML aliases make it too large.
pub(super) fn description(document: &Document) -> Result<String, TooLarge> {
    yaml::write(&document.tree, document.entry)
}

/// Writes every file: its path as a comment, then its value.
#[must_use]
pub(super) fn document(document: &Document) -> String {
    let file = |(path, root): (&std::path::Path, NodeId)| {
        let shown = yaml::write(&document.tree, root);
        format!("# {}\n---\n{}", path.display(), shown.unwrap_or_else(|error| format!("# {error}\n")))
    };
    document.files().map(file).collect()
}
