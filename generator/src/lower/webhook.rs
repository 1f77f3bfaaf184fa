//! Webhooks and callbacks: requests that the API sends, whose types are generated.

use super::{Lower, SchemaLocation};
use crate::api::{METHODS, Webhook, route};
use crate::syntax::node::{Entry, NodeId};
use crate::syntax::pointer::escape;

/// The fields with webhooks: that of OpenAPI 3.1, and an extension that descriptions of 3.0 use.
const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

impl Lower<'_> {
    /// Lowers the webhooks of the description.
    pub(super) fn webhooks(&mut self) {
        for key in WEBHOOKS {
            for webhook in self.entries(self.document.entry, key) {
                let pointer = format!("#/{key}/{}", escape(&webhook.key));
                self.payloads_of(&webhook, &webhook.key, None, &pointer);
            }
        }
        for path in self.entries(self.document.entry, "paths") {
            let Some(item) = self.document.target(path.value) else { continue };
            for operation in self.entries_of(item).into_iter().filter(|entry| METHODS.contains(&entry.key.as_str())) {
                let pointer = format!("#/paths/{}/{}", escape(&path.key), operation.key);
                let id = self.text(operation.value, "operationId");
                let id = id.unwrap_or_else(|| route(&operation.key, &path.key));
                self.callbacks(operation.value, &id, &pointer);
            }
        }
    }

    /// Lowers the callbacks of an operation.
    fn callbacks(&mut self, operation: NodeId, id: &str, operation_pointer: &str) {
        for callback in self.entries(operation, "callbacks") {
            let place = format!("{operation_pointer}/callbacks/{}", escape(&callback.key));
            let Some(target) = self.document.follow(callback.value, &place, self.diagnostics) else { continue };
            // A path item that several operations refer to has a name of its own.
            let name = match self.document.reference(callback.value) {
                Some(_) => SchemaLocation::named_by(&target.pointer).name_words.concat(),
                None => format!("{id} {}", callback.key),
            };
            for expression in self.entries_of(target.node).into_iter().filter(|entry| !entry.key.starts_with("x-")) {
                let pointer = format!("{}/{}", target.pointer, escape(&expression.key));
                self.payloads_of(&expression, &name, Some(operation_pointer), &pointer);
            }
        }
    }

    /// The bodies of a path item's operations. A callback has the pointer of its operation.
    fn payloads_of(&mut self, item: &Entry, name: &str, callback_of: Option<&str>, pointer: &str) {
        let Some(target) = self.document.follow(item.value, pointer, self.diagnostics) else { return };
        for operation in self.entries_of(target.node).into_iter().filter(|entry| METHODS.contains(&entry.key.as_str()))
        {
            let pointer = format!("{}/{}", target.pointer, operation.key);
            let id = self.text(operation.value, "operationId").filter(|id| !id.trim().is_empty());
            let at = SchemaLocation::new(id.as_deref().unwrap_or(name), pointer.clone());
            let left_out = match callback_of {
                Some(operation) => self.filtered.reason(operation),
                None => self.select(name, &operation.key, operation.value, &pointer),
            };
            let Some(body) = self.body_as(operation.value, &at, "payload") else { continue };
            self.filtered.webhooks.push(left_out);
            self.api.webhooks.push(Webhook {
                origin: self.origin(operation.value, &pointer),
                name: name.to_owned(),
                callback: callback_of.is_some(),
                method: operation.key.to_uppercase(),
                summary: self.text(operation.value, "summary"),
                description: self.text(operation.value, "description"),
                media: body.media,
            });
        }
    }

    fn entries(&self, node: NodeId, key: &str) -> Vec<Entry> {
        self.document.tree.value_at(node, key).map_or_else(Vec::new, |map| self.entries_of(map))
    }

    fn entries_of(&self, node: NodeId) -> Vec<Entry> {
        self.document.tree.map(node).to_vec()
    }
}
