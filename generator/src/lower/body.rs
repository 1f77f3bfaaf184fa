//! Request bodies and responses: media types with their schemas.

use super::{At, Lower};
use crate::api::{Body, Media, Response, Status};
use crate::source::node::NodeId;

impl Lower<'_> {
    pub(super) fn body(&mut self, operation: NodeId, at: &At) -> Option<Body> {
        let node = self.document.tree.entry(operation, "requestBody")?;
        let at = at.below("request", &["requestBody"]);
        let target = self.document.follow(node, &at.pointer, self.diagnostics)?;
        let media = self.content(target.node, &at);
        let required = self.flag(target.node, "required");
        (!media.is_empty()).then(|| Body { required, description: self.text(target.node, "description"), media })
    }

    fn content(&mut self, node: NodeId, at: &At) -> Vec<Media> {
        let tree = &self.document.tree;
        let entries = tree.entry(node, "content").map_or(&[][..], |map| tree.map(map)).to_vec();
        let mut all = Vec::new();
        for entry in entries {
            let schema = tree.entry(entry.value, "schema").or_else(|| tree.entry(entry.value, "itemSchema"));
            let place = At {
                pointer: format!("{}/content/{}/schema", at.pointer, crate::source::pointer::escape(&entry.key)),
                ..at.clone()
            };
            let schema = schema.map(|schema| self.schema(schema, &place));
            all.push(Media { name: entry.key, schema });
        }
        all
    }

    pub(super) fn responses(&mut self, operation: NodeId, at: &At) -> Vec<Response> {
        let tree = &self.document.tree;
        let entries = tree.entry(operation, "responses").map_or(&[][..], |map| tree.map(map)).to_vec();
        let mut all = Vec::new();
        for entry in entries {
            let status = match entry.key.to_lowercase().as_str() {
                "default" => Status::Default,
                range if range.len() == 3 && range.ends_with("xx") => match range.as_bytes().first() {
                    Some(digit @ b'1'..=b'5') => Status::Range(digit - b'0'),
                    _ => continue,
                },
                exact => match exact.parse() {
                    Ok(status) => Status::Exact(status),
                    Err(_) => continue,
                },
            };
            let word = match status {
                Status::Exact(200..=299) | Status::Range(2) => "response".to_owned(),
                Status::Exact(status) => format!("{status} error"),
                Status::Range(range) => format!("{range}xx error"),
                Status::Default => "error".to_owned(),
            };
            let place = at.below(&word, &["responses", &entry.key]);
            let Some(target) = self.document.follow(entry.value, &place.pointer, self.diagnostics) else { continue };
            let media = if self.swagger {
                self.swagger_content(target.node, operation, &place)
            } else {
                self.content(target.node, &place)
            };
            all.push(Response {
                origin: self.origin(target.node, &place.pointer),
                status,
                description: self.text(target.node, "description"),
                media,
            });
        }
        all
    }

    fn swagger_content(&mut self, node: NodeId, operation: NodeId, at: &At) -> Vec<Media> {
        let Some(schema) = self.document.tree.entry(node, "schema") else { return Vec::new() };
        let schema = Some(self.schema(schema, at));
        let names = self.media_names(operation, "produces", "application/json");
        names.into_iter().map(|name| Media { name, schema }).collect()
    }

    /// `consumes` or `produces` of an operation, else of the document, else the default.
    pub(super) fn media_names(&self, operation: NodeId, key: &str, default: &str) -> Vec<String> {
        let tree = &self.document.tree;
        let list = tree.entry(operation, key).or_else(|| tree.entry(self.document.entry, key));
        let names = list.map_or(&[][..], |list| tree.list(list)).iter();
        let names: Vec<String> = names.filter_map(|id| tree.text(*id).map(str::to_owned)).collect();
        if names.is_empty() && !default.is_empty() { vec![default.to_owned()] } else { names }
    }
}
