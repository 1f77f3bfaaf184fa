//! Examples of responses as response bodies. Schemas are not read.

use super::Lower;
use crate::api::{ResponseExample, is_json};
use crate::syntax::node::NodeId;
use crate::syntax::pointer::escape;

impl Lower<'_> {
    /// The examples of a response in the order of the description: `example` and `examples` of its media types, or `examples` of the
    /// response in Swagger 2.0.
    pub(super) fn response_examples(&mut self, response: NodeId, pointer: &str) -> Vec<ResponseExample> {
        let tree = &self.document.tree;
        let entries = |node: NodeId, key: &str| tree.value_at(node, key).map_or(&[][..], |map| tree.map(map)).to_vec();
        let (content, whole) = (entries(response, "content"), entries(response, "examples"));
        let mut all = Vec::new();
        for entry in whole.into_iter().filter(|_| self.swagger) {
            all.extend(self.example(entry.value, &entry.key, None));
        }
        for entry in content {
            let pointer = format!("{pointer}/content/{}", escape(&entry.key));
            let Some(media) = self.document.follow(entry.value, &pointer, self.diagnostics) else { continue };
            if let Some(example) = self.document.tree.value_at(media.node, "example") {
                all.extend(self.example(example, &entry.key, None));
            }
            let named = self.document.tree.value_at(media.node, "examples");
            for example in named.map_or(&[][..], |map| self.document.tree.map(map)).to_vec() {
                let place = format!("{}/examples/{}", media.pointer, escape(&example.key));
                let Some(target) = self.document.follow(example.value, &place, self.diagnostics) else { continue };
                let value = ["value", "dataValue"].iter().find_map(|key| self.document.tree.value_at(target.node, key));
                all.extend(value.and_then(|value| self.example(value, &entry.key, Some(example.key))));
            }
        }
        all
    }

    fn example(&self, value: NodeId, media: &str, name: Option<String>) -> Option<ResponseExample> {
        let span = self.document.tree.span(value);
        let value = self.document.tree.to_json(value)?;
        let json = is_json(media);
        let text = match value.as_str() {
            // Many descriptions write JSON in a string.
            Some(text) if !json || text.trim_start().starts_with(['{', '[']) => text.to_owned(),
            Some(_) | None => serde_json::to_string_pretty(&value).ok()?,
        };
        Some(ResponseExample { media: media.to_owned(), name, text, span })
    }
}
