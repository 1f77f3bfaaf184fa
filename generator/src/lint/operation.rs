//! Operations and the description as a whole: ids, tags, links, and the presence of operations.

use super::grammar::V30;
use super::{Lint, findings};
use crate::diagnostic::{Code, Label};
use crate::span::Span;
use crate::syntax::node::NodeId;
use std::collections::BTreeMap;

impl Lint<'_> {
    /// OpenAPI 3.1, section 4.8.1: at least one of the three.
    pub(super) fn containers(&mut self, node: NodeId) {
        let tree = self.tree();
        let any = ["paths", "components", "webhooks"].iter().any(|key| tree.value_at(node, key).is_some());
        if self.version > V30 && !any {
            let message = "the description has none of `paths`, `components` and `webhooks`".to_owned();
            self.findings.add(Code::MissingField, tree.span(node), message);
        }
    }

    /// The rules of the whole description, except those of operations.
    pub(super) fn document_as_a_whole(&mut self, node: NodeId) {
        let tree = self.tree();
        self.paths(node);
        let mut known: BTreeMap<&str, Span> = BTreeMap::new();
        for tag in tree.value_at(node, "tags").map_or(&[][..], |tags| tree.list(tags)) {
            let Some(name) = tree.text_at(*tag, "name") else { continue };
            let span = tree.span(*tag);
            match known.get(name) {
                Some(first) => {
                    let message = format!("duplicate tag `{}`", findings::short(name));
                    let related = Label { span: *first, text: "first here".to_owned() };
                    self.findings.add_with(Code::DuplicateTag, span, message, related);
                }
                None => drop(known.insert(name, span)),
            }
        }
    }

    pub(super) fn operation(&mut self, node: NodeId) {
        let tree = self.tree();
        let Some(id) = tree.value_at(node, "operationId") else { return };
        if let Some(text) = tree.text(id).filter(|text| !text.trim().is_empty()) {
            self.ids.push((text, tree.span(id)));
        }
    }

    /// `operationRef` and `operationId` exclude each other.
    pub(super) fn link(&mut self, node: NodeId) {
        let tree = self.tree();
        self.report_exclusive(node, "operationRef", &["operationId"], "a link");
        let neither = ["operationRef", "operationId"].iter().all(|key| tree.value_at(node, key).is_none());
        if neither {
            let message = "a link has neither `operationId` nor `operationRef`".to_owned();
            self.findings.add(Code::MissingField, tree.span(node), message);
        }
        if let Some(id) = tree.value_at(node, "operationId") {
            self.links.extend(tree.text(id).map(|text| (text, tree.span(id))));
        }
    }

    /// The rules of all operations together, after each was visited.
    pub(super) fn operations_as_a_whole(&mut self) {
        let mut known: BTreeMap<&str, Span> = BTreeMap::new();
        for (id, span) in std::mem::take(&mut self.ids) {
            if let Some(first) = known.get(id) {
                let message = format!("duplicate `operationId` `{}`", findings::short(id));
                let related = Label { span: *first, text: "first here".to_owned() };
                self.findings.add_with(Code::DuplicateOperationId, span, message, related);
            } else {
                known.insert(id, span);
            }
        }
        // A description without operations is a library for other descriptions, whose operations its links name.
        if known.is_empty() {
            return;
        }
        for (id, span) in std::mem::take(&mut self.links) {
            if !known.contains_key(id) {
                let message = format!("no operation has the `operationId` `{}`", findings::short(id));
                self.findings.add(Code::UnknownOperation, span, message);
            }
        }
    }
}
