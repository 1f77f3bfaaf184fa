//! The loader of a description with every file that it refers to. Follows references. Must not know their meaning.

mod allowed_files;
mod dynamic_ref;
mod load;
pub(crate) mod nullable;
pub(crate) mod overlay;
mod places;
mod references;
mod schema_id;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Code, Diagnostics};
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::source::path::normal;
use crate::span::{FileId, Span};
use crate::syntax::node::{Kind, NodeId, Tree};
use crate::syntax::pointer;
use allowed_files::Reach;
use load::load;
use overlay::Overlays;
use schema_id::Resources;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A description with all its files.
#[derive(Debug)]
pub(crate) struct Document {
    /// Nodes of every file.
    pub tree: Tree,
    /// The description's root.
    pub entry: NodeId,
    /// The files that may be read.
    reach: Reach,
    /// Path and root of each file, by its id. The root is `None` for an overlay, and for a file that could not be parsed.
    files: Vec<(PathBuf, Option<NodeId>)>,
    /// The root of each file by the start of pointers into it. Computed on first use.
    roots: OnceLock<BTreeMap<String, NodeId>>,
    /// Files that could not be read. They are reported already.
    unread: Vec<PathBuf>,
    /// Schemas with an `$id`.
    resources: Resources,
    /// The overlays that changed the description.
    overlays: Overlays,
    /// The nodes with an `$anchor` or `$dynamicAnchor` by file and name. Computed on first use.
    anchors: OnceLock<BTreeMap<(u32, String), NodeId>>,
}

/// The error of a broken reference. The message is empty when the error is reported already.
struct Broken {
    code: Code,
    span: Span,
    message: String,
}

/// The target of a reference.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The node itself, which is not a reference.
    pub node: NodeId,
    /// Its pointer, such as `#/components/schemas/Pet`.
    pub pointer: String,
}

/// Longest chain of references to references.
const LONGEST_CHAIN: usize = 64;

/// Reads the description, applies the overlays, and reads every file that the result refers to, in its project and in the
/// external folders.
pub(crate) fn resolve(
    entry: &Path,
    files: &dyn Files,
    external: &[String],
    overlays: &[PathBuf],
    diagnostics: &mut Diagnostics,
) -> (SourceMap, Option<Document>) {
    let mut sources = SourceMap::default();
    let mut tree = Tree::default();
    let Some(root) = load(entry, None, files, &mut sources, &mut tree, diagnostics) else {
        return (sources, None);
    };
    let overlays = Overlays::apply(overlays, root, files, &mut sources, &mut tree, diagnostics);
    let entry = normal(entry);
    let reach = Reach::new(&entry, files, external);
    let mut loaded = vec![(entry, Some(root))];
    // The index of a file is its id.
    loaded.extend(overlays.files.iter().map(|path| (path.clone(), None)));
    let mut unread: Vec<PathBuf> = Vec::new();
    let mut resources = Resources::default();
    let mut next = 0;
    while let Some((from, root)) = loaded.get(next).cloned() {
        next += 1;
        if let Some(root) = root {
            resources.collect(&tree, root);
        }
        for (reference, span) in root.map(|root| references::to_files(&tree, root)).unwrap_or_default() {
            let Some(path) = reach.local(&from, &reference) else { continue };
            if resources.may_name(reference.split('#').next().unwrap_or_default()) {
                continue;
            }
            if unread.contains(&path) || loaded.iter().any(|(known, _)| *known == path) {
                continue;
            }
            // A file that was read has an id, even if it could not be parsed.
            let before = sources.paths().len();
            let root = load(&path, Some(span), files, &mut sources, &mut tree, diagnostics);
            if sources.paths().len() > before { loaded.push((path, root)) } else { unread.push(path) }
        }
    }
    reach.report_unused(loaded.iter().map(|(path, _)| path.as_path()), diagnostics);
    let (files, roots, anchors) = (loaded, OnceLock::new(), OnceLock::new());
    let mut document = Document { tree, entry: root, reach, files, roots, unread, resources, overlays, anchors };
    dynamic_ref::expand(&mut document);
    (sources, Some(document))
}

impl Document {
    /// Path and root of every file that was read. The description is the first.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&Path, NodeId)> {
        self.files.iter().filter_map(|(path, root)| Some((path.as_path(), (*root)?)))
    }

    /// Files that the description refers to and that could not be read.
    #[must_use]
    pub(crate) fn unread(&self) -> &[PathBuf] {
        &self.unread
    }

    /// The value of a node's `$ref`, if any. A `$dynamicRef` without a replacement refers to the anchor in its own
    /// schema.
    #[must_use]
    pub(crate) fn reference(&self, node: NodeId) -> Option<&str> {
        match &self.tree.get(self.reference_node(node)?).kind {
            Kind::String(text) => Some(text),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    fn reference_node(&self, node: NodeId) -> Option<NodeId> {
        ["$ref", "$dynamicRef", "$recursiveRef"].iter().find_map(|key| self.tree.value_at(node, key))
    }

    /// Follows the references of a node to the end. Returns the node itself if it is not a reference. Reports broken
    /// references.
    pub(crate) fn follow(&self, node: NodeId, pointer: &str, diagnostics: &mut Diagnostics) -> Option<Target> {
        match self.final_target(node, pointer) {
            Ok(target) => Some(target),
            Err(broken) => {
                let reported = diagnostics.list.iter().filter_map(|one| Some((one.code, one.primary.as_ref()?.span)));
                if !broken.message.is_empty() && !reported.into_iter().any(|one| one == (broken.code, broken.span)) {
                    diagnostics.report(broken.code, broken.span, broken.message);
                }
                None
            }
        }
    }

    /// The code of the diagnostic for a broken reference.
    #[must_use]
    pub(crate) fn broken_reference_code(&self, node: NodeId) -> Option<Code> {
        self.final_target(node, "").err().map(|broken| broken.code)
    }

    /// The node at the end of the references. Broken references give `None` and are not reported.
    #[must_use]
    pub(crate) fn target(&self, node: NodeId) -> Option<NodeId> {
        self.final_target(node, "").ok().map(|target| target.node)
    }

    /// Returns true if a string names a schema in the way of discriminators: by its name, or by a reference from this
    /// node.
    #[must_use]
    pub(crate) fn names_schema(&self, from: NodeId, text: &str) -> bool {
        let target = || self.target_of_reference(from, text, self.tree.span(from), &mut { LONGEST_CHAIN });
        // A target in a file that may not be read is reported where the reference stands.
        self.component(text).is_some()
            || target().map_or_else(|broken| broken.code == Code::ExternalReference, |_| true)
    }

    /// The direct target of a reference, which may be a reference too.
    fn direct_target_node(&self, node: NodeId) -> Option<NodeId> {
        self.direct_target(node).map(|target| target.node)
    }

    /// The direct target of a reference with its pointer.
    pub(crate) fn direct_target(&self, node: NodeId) -> Option<Target> {
        let (reference, span) = (self.reference(node)?, self.tree.span(node));
        self.target_of_reference(node, reference, span, &mut { LONGEST_CHAIN }).ok()
    }

    fn final_target(&self, node: NodeId, pointer: &str) -> Result<Target, Broken> {
        let mut left = LONGEST_CHAIN;
        self.final_target_within(node, pointer, &mut left)
    }

    fn final_target_within(&self, node: NodeId, pointer: &str, left: &mut usize) -> Result<Target, Broken> {
        let mut target = Target { node, pointer: pointer.to_owned() };
        while let Some(reference) = self.reference(target.node) {
            let span = self.reference_node(target.node).map(|id| self.tree.span(id)).unwrap_or_default();
            *left = left.checked_sub(1).ok_or_else(|| {
                let message = format!("the reference `{reference}` leads back to itself");
                Broken { code: Code::ReferenceCycle, span, message }
            })?;
            target = self.target_of_reference(target.node, reference, span, left)?;
        }
        Ok(target)
    }

    /// The target of one reference, which may be a reference too.
    fn target_of_reference(
        &self,
        node: NodeId,
        reference: &str,
        span: Span,
        left: &mut usize,
    ) -> Result<Target, Broken> {
        let broken = |code, message| Broken { code, span, message };
        let unknown = || broken(Code::UnknownReference, format!("the target of `{reference}` does not exist"));
        let own_file = self.file_of(node);
        let (from, own_root) = self.files.get(own_file as usize).ok_or_else(unknown)?;
        let (mut path, mut fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if path == reference && ["/definitions/", "/components/"].iter().any(|start| path.starts_with(start)) {
            // The `#` is missing: absolute paths to files are not allowed.
            (path, fragment) = ("", reference);
        }
        if let Some(found) = self.in_resource(node, path, fragment, left) {
            return Ok(found);
        }
        if path == reference && references::is_bare_name(reference) {
            return self.component(reference).ok_or_else(unknown);
        }
        let (file, root) = if path.is_empty() {
            (own_file, *own_root)
        } else {
            let path = self.reach.local(from, reference).ok_or_else(|| {
                broken(Code::ExternalReference, format!("`{reference}` is not a file of the description's project"))
            })?;
            if self.unread.contains(&path) {
                // It was reported when the file was read.
                return Err(broken(Code::UnreadableReference, String::new()));
            }
            let found = self.files.iter().enumerate().find(|(_, (known, _))| *known == path);
            let (index, (_, root)) = found.ok_or_else(unknown)?;
            (u32::try_from(index).unwrap_or(u32::MAX), *root)
        };
        let root = root.ok_or_else(|| broken(Code::UnreadableReference, String::new()))?;
        let pointer = format!("{}#{fragment}", self.prefix(file));
        let node = match fragment {
            "" | "/" => root,
            steps if steps.starts_with('/') => {
                self.follow_steps(root, &pointer::steps(steps), left).ok_or_else(unknown)?
            }
            anchor => self.anchor(file, anchor).ok_or_else(unknown)?,
        };
        Ok(Target { node, pointer })
    }

    /// The target of a reference that goes by the `$id` of a schema, or stays inside the schema that holds the
    /// reference. Authors also mean the whole file there, so a missing target is not an error yet.
    fn in_resource(&self, node: NodeId, path: &str, fragment: &str, left: &mut usize) -> Option<Target> {
        let root = match path {
            "" => self.resources.around(node)?,
            path => self.resources.named(node, path)?,
        };
        let node = match fragment {
            "" | "/" => root,
            steps if steps.starts_with('/') => self.follow_steps(root, &pointer::steps(steps), left)?,
            anchor => self.anchor(self.file_of(root), anchor)?,
        };
        let name = self.tree.text_at(root, "$id").unwrap_or_default();
        Some(Target { node, pointer: format!("{name}#{fragment}") })
    }

    /// The file that a node belongs to: a value that an overlay added belongs to the description.
    fn file_of(&self, node: NodeId) -> u32 {
        let FileId(file) = self.overlays.base_of(self.tree.span(node).file);
        file
    }

    /// Adds the changed places of the description to the findings in overlays.
    pub(crate) fn relate(&self, diagnostics: &mut Diagnostics) {
        self.overlays.relate(diagnostics);
    }

    /// The start of pointers into a file: empty for the description, otherwise the path from its folder.
    fn prefix(&self, file: u32) -> String {
        let path = self.files.get(file as usize).filter(|_| file > 0).map(|(path, _)| path);
        path.map(|path| self.reach.relative(path).to_string_lossy().replace('\\', "/")).unwrap_or_default()
    }

    /// Follows the steps of a pointer, and the references on its way.
    fn follow_steps(&self, root: NodeId, steps: &[String], left: &mut usize) -> Option<NodeId> {
        let mut node = root;
        for step in steps {
            let one = std::slice::from_ref(step);
            node = match pointer::follow(&self.tree, node, one) {
                Some(next) => next,
                None => {
                    self.reference(node)?;
                    let target = self.final_target_within(node, "", left).ok()?;
                    pointer::follow(&self.tree, target.node, one)?
                }
            };
        }
        Some(node)
    }

    /// A schema by its bare name. Swagger 1 wrote references in this form.
    fn component(&self, name: &str) -> Option<Target> {
        for folder in [&["definitions"][..], &["components", "schemas"]] {
            let steps: Vec<String> = folder.iter().copied().chain([name]).map(str::to_owned).collect();
            if let Some(node) = pointer::follow(&self.tree, self.entry, &steps) {
                return Some(Target { node, pointer: format!("#/{}/{}", folder.join("/"), pointer::escape(name)) });
            }
        }
        None
    }

    /// A node by its `$anchor` or `$dynamicAnchor` (JSON Schema 2020-12, section 8.2.2).
    fn anchor(&self, file: u32, name: &str) -> Option<NodeId> {
        let anchors = self.anchors.get_or_init(|| {
            let mut anchors = BTreeMap::new();
            for id in (0..self.tree.nodes.len()).filter_map(|id| u32::try_from(id).ok().map(NodeId)) {
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(|key| self.tree.text_at(id, key)) {
                    anchors.entry((self.file_of(id), name.to_owned())).or_insert(id);
                }
            }
            anchors
        });
        anchors.get(&(file, name.to_owned())).copied()
    }
}
