//! Loads a description with every file that it refers to, and follows references. Must not know what they mean.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::SourceMap;
use crate::source::files::{Files, LoadErrorKind};
use crate::source::node::{Kind, NodeId, Tree};
use crate::source::parse::parse_into;
use crate::source::pointer;
use crate::span::{FileId, Span};
use std::path::{Component, Path, PathBuf};

/// A description with all its files.
#[derive(Debug)]
pub struct Document {
    /// Nodes of every file.
    pub tree: Tree,
    /// The description's root.
    pub entry: NodeId,
    /// Path and root of each file, by its id.
    files: Vec<(PathBuf, Option<NodeId>)>,
}

/// What a reference names.
#[derive(Debug, Clone)]
pub struct Target {
    /// The node itself, which is no reference any more.
    pub node: NodeId,
    /// Its place, such as `#/components/schemas/Pet`.
    pub pointer: String,
}

/// Longest chain of references to references.
const LONGEST_CHAIN: usize = 64;

/// Reads the entry and everything that it refers to.
pub fn resolve(entry: &Path, files: &dyn Files, diagnostics: &mut Diagnostics) -> (SourceMap, Option<Document>) {
    let mut sources = SourceMap::default();
    let mut tree = Tree::default();
    let Some(root) = load(entry, None, files, &mut sources, &mut tree, diagnostics) else {
        return (sources, None);
    };
    let mut loaded = vec![(entry.to_owned(), Some(root))];
    let folder = entry.parent().unwrap_or(Path::new("")).to_owned();
    let mut scanned = 0;
    while scanned < tree.nodes.len() {
        let end = tree.nodes.len();
        for (reference, span) in external_references(&tree, scanned..end) {
            let from = loaded.get(span.file.0 as usize).map(|(path, _)| path.clone()).unwrap_or_default();
            let Some(path) = local(&from, &reference) else { continue };
            if !path.starts_with(&folder) || loaded.iter().any(|(known, _)| *known == path) {
                continue;
            }
            let root = load(&path, Some(span), files, &mut sources, &mut tree, diagnostics);
            if sources.paths().len() > loaded.len() {
                loaded.push((path, root));
            }
        }
        scanned = end;
    }
    (sources, Some(Document { tree, entry: root, files: loaded }))
}

fn load(
    path: &Path,
    from: Option<Span>,
    files: &dyn Files,
    sources: &mut SourceMap,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Option<NodeId> {
    let mut report = |code, message: String| match from {
        Some(span) => drop(diagnostics.report(code, span, message)),
        None => diagnostics.report_whole(code, message),
    };
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let code = match error.kind {
                LoadErrorKind::NotFound => Code::FileNotFound,
                LoadErrorKind::IsDirectory => Code::FileIsDirectory,
                LoadErrorKind::Unreadable => Code::FileUnreadable,
            };
            report(code, error.to_string());
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let file = sources.add(path.to_owned(), text);
            let text = sources.text(file).to_owned();
            parse_into(tree, file, &text, diagnostics)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            report(Code::NotUtf8, format!("{} is not UTF-8 from byte {at} on", path.display()));
            None
        }
    }
}

/// Texts of `$ref`s that lead to another file, with their places.
fn external_references(tree: &Tree, range: std::ops::Range<usize>) -> Vec<(String, Span)> {
    let nodes = tree.nodes.get(range).unwrap_or_default();
    let entries = nodes.iter().filter_map(|node| match &node.kind {
        Kind::Map(entries) => Some(entries),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_) => None,
    });
    let references = entries.flatten().filter(|entry| entry.key == "$ref");
    let texts = references.filter_map(|entry| Some((tree.text(entry.value)?, tree.span(entry.value))));
    texts.filter(|(text, _)| !text.starts_with('#')).map(|(text, span)| (text.to_owned(), span)).collect()
}

/// The file of a reference, relative to the file that holds it; `None` for addresses on the network.
fn local(from: &Path, reference: &str) -> Option<PathBuf> {
    let file = reference.split('#').next().unwrap_or_default();
    if file.is_empty() || file.contains("://") || file.contains('\\') {
        return None;
    }
    let mut path = PathBuf::new();
    for part in from.parent().unwrap_or(Path::new("")).join(file).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => path.push(part),
        }
    }
    Some(path)
}

impl Document {
    /// The text of a node's `$ref`, when it has one.
    #[must_use]
    pub fn reference(&self, node: NodeId) -> Option<&str> {
        match &self.tree.get(self.tree.entry(node, "$ref")?).kind {
            Kind::Text(text) => Some(text),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    fn step(&self, node: NodeId, reference: &str) -> Option<NodeId> {
        let FileId(file) = self.tree.span(node).file;
        let (from, root) = self.files.get(file as usize)?;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let root = if path.is_empty() {
            (*root)?
        } else {
            let path = local(from, reference)?;
            self.files.iter().find(|(known, _)| *known == path)?.1?
        };
        if fragment.is_empty() || fragment == "/" {
            return Some(root);
        }
        if !fragment.starts_with('/') {
            return self.anchor(file, fragment);
        }
        pointer::follow(&self.tree, root, &pointer::steps(fragment))
    }

    /// A node by its `$anchor` (JSON Schema 2020-12, section 8.2.2).
    fn anchor(&self, file: u32, name: &str) -> Option<NodeId> {
        let ids = (0..self.tree.nodes.len()).filter_map(|id| u32::try_from(id).ok().map(NodeId));
        ids.into_iter().find(|id| self.tree.span(*id).file.0 == file && self.tree.text_at(*id, "$anchor") == Some(name))
    }

    /// What a node means: itself, or what its reference names at last. Reports a reference to nothing.
    pub fn follow(&self, node: NodeId, pointer: &str, diagnostics: &mut Diagnostics) -> Option<Target> {
        let mut target = Target { node, pointer: pointer.to_owned() };
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = self.reference(target.node) else { return Some(target) };
            let span = self.tree.entry(target.node, "$ref").map(|id| self.tree.span(id)).unwrap_or_default();
            let Some(next) = self.step(target.node, reference) else {
                let network = reference.contains("://");
                let code = if network { Code::ExternalReference } else { Code::UnknownReference };
                diagnostics.report(code, span, format!("`{reference}` cannot be found"));
                return None;
            };
            target = Target { node: next, pointer: reference.to_owned() };
        }
        let span = self.tree.span(node);
        diagnostics.report(Code::ReferenceCycle, span, format!("the reference at {pointer} leads back to itself"));
        None
    }
}
