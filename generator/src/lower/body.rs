//! Lowers request bodies and responses: their media types with schemas, encodings and headers.

use super::stream_items::is_sequential;
use super::style::style_of;
use super::{Lower, SchemaLocation};
use crate::api::{Body, Encoding, Examples, Header, Location, Media, Response, Status, Style};
use crate::diagnostic::Code;
use crate::syntax::node::{Entry, NodeId};
use crate::syntax::pointer::escape;

impl Lower<'_> {
    /// The request body of an operation (OpenAPI 3).
    pub(super) fn body(&mut self, operation: NodeId, at: &SchemaLocation) -> Option<Body> {
        self.body_as(operation, at, "request")
    }

    /// The body of an operation, with a word for its names.
    pub(super) fn body_as(&mut self, operation: NodeId, at: &SchemaLocation, word: &str) -> Option<Body> {
        let node = self.document.tree.value_at(operation, "requestBody")?;
        let target = self.target_or_skip(node, &at.below("request", &["requestBody"]))?;
        let at = if self.document.reference(node).is_some() {
            SchemaLocation::shared(&target.pointer, &["request", "body"])
        } else {
            at.below(word, &["requestBody"])
        };
        let media = self.content(target.node, &at, false);
        let required = self.flag(target.node, "required");
        (!media.is_empty()).then(|| Body { required, description: self.text(target.node, "description"), media })
    }

    /// The media types of a request or response body. Either may be a sequence.
    fn content(&mut self, node: NodeId, at: &SchemaLocation, response: bool) -> Vec<Media> {
        let tree = &self.document.tree;
        let entries = tree.value_at(node, "content").map_or(&[][..], |map| tree.map(map)).to_vec();
        let mut all = Vec::new();
        for entry in entries {
            let pointer = format!("{}/content/{}", at.pointer, escape(&entry.key));
            let Some(target) = self.document.follow(entry.value, &pointer, self.diagnostics) else { continue };
            let node = |key: &str| tree.value_at(target.node, key);
            let place = |key: &str| at.with_pointer(format!("{}/{key}", target.pointer));
            let item = node("itemSchema").map(|schema| (schema, place("itemSchema")));
            let whole = node("schema").map(|schema| (schema, place("schema")));
            let sequence = if response {
                self.sequence(&entry.key, whole, item)
            } else {
                let each = node("itemEncoding").and_then(|each| self.text(each, "contentType"));
                self.request_sequence(&entry.key, whole, item, each)
            };
            let keys: &[&str] = match (&sequence, is_sequential(&entry.key)) {
                (Some(_), _) => &[],
                (None, true) => &["schema"],
                (None, false) => &["schema", "itemSchema"],
            };
            let schema = keys.iter().find_map(|key| Some((node(key)?, place(key))));
            let schema = schema.map(|(schema, place)| self.schema(schema, &place));
            let encoding = self.encoding(target.node);
            // Those of responses are response bodies of the mock server.
            let examples = if response { Examples::default() } else { self.body_examples(target.node, &entry.key) };
            all.push(Media { name: entry.key, schema, encoding, sequence, examples });
        }
        all
    }

    /// The encodings of the properties and parts of a media type.
    pub(super) fn encoding(&mut self, media: NodeId) -> Vec<Encoding> {
        let tree = &self.document.tree;
        let entries = tree.value_at(media, "encoding").map_or(&[][..], |map| tree.map(map)).to_vec();
        let encoding = |entry: &Entry| {
            let headers = tree.value_at(entry.value, "headers").map_or(&[][..], |map| tree.map(map)).iter();
            let headers = headers.map(|header| header.key.clone());
            let styled =
                ["style", "explode", "allowReserved"].iter().any(|key| tree.value_at(entry.value, key).is_some());
            Encoding {
                name: entry.key.clone(),
                media: self.text(entry.value, "contentType"),
                headers: headers.filter(|name| !name.eq_ignore_ascii_case("content-type")).collect(),
                reserved: self.flag(entry.value, "allowReserved"),
                style: styled.then(|| {
                    let style = tree.text_at(entry.value, "style");
                    let style = style.and_then(|style| style_of(style, Location::Query)).unwrap_or(Style::Form);
                    let explode = tree.bool_at(entry.value, "explode");
                    (style, explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject)))
                }),
            }
        };
        entries.iter().map(encoding).collect()
    }

    /// The documented responses of an operation, in their order.
    pub(super) fn responses(&mut self, operation: NodeId, at: &SchemaLocation) -> Vec<Response> {
        let tree = &self.document.tree;
        let entries = tree.value_at(operation, "responses").map_or(&[][..], |map| tree.map(map)).to_vec();
        let mut all = Vec::new();
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let Some(status) = status(&entry.key) else {
                let message = format!("`{}` is not a status; the response is left out", entry.key);
                self.diagnostics.report(Code::WrongType, entry.key_span, message);
                continue;
            };
            let word = match status {
                Status::Exact(200..=299) | Status::Range(2) => "response".to_owned(),
                Status::Exact(status) => format!("{status} error"),
                Status::Range(range) => format!("{range}xx error"),
                Status::Default => "error".to_owned(),
            };
            let mut place = at.below(&word, &["responses", &entry.key]);
            let Some(target) = self.target_or_skip(entry.value, &place) else { continue };
            if self.document.reference(entry.value).is_some() {
                place = SchemaLocation::shared(&target.pointer, &["response", "error"]);
            }
            let media = if self.swagger {
                self.swagger_content(target.node, operation, &place)
            } else {
                self.content(target.node, &place, true)
            };
            all.push(Response {
                status,
                description: self.text(target.node, "description"),
                media,
                headers: self.headers(target.node, &place),
                examples: self.response_examples(target.node, &target.pointer),
            });
        }
        all
    }

    /// The headers of a response.
    fn headers(&mut self, response: NodeId, at: &SchemaLocation) -> Vec<Header> {
        let tree = &self.document.tree;
        let entries = tree.value_at(response, "headers").map_or(&[][..], |map| tree.map(map)).to_vec();
        let mut all = Vec::new();
        // The schema of the body has the type.
        for entry in entries.into_iter().filter(|entry| !entry.key.eq_ignore_ascii_case("content-type")) {
            let mut place = at.below(&entry.key, &["headers", &entry.key]);
            let Some(target) = self.document.follow(entry.value, &place.pointer, self.diagnostics) else { continue };
            if self.document.reference(entry.value).is_some() {
                place = SchemaLocation::shared(&target.pointer, &["header"]);
            }
            let (schema, media) = self.content_or_schema(target.node, &place, "header without a schema");
            all.push(Header {
                style: if media.is_some_and(|media| !media.starts_with("text/")) { Style::Json } else { Style::Simple },
                explode: self.flag(target.node, "explode"),
                schema,
                description: self.text(target.node, "description"),
                deprecated: self.flag(target.node, "deprecated"),
                required: self.flag(target.node, "required"),
                name: entry.key,
            });
        }
        all
    }

    /// The media types of a response of Swagger 2.0, which share one schema.
    fn swagger_content(&mut self, node: NodeId, operation: NodeId, at: &SchemaLocation) -> Vec<Media> {
        let Some(schema) = self.document.tree.value_at(node, "schema") else { return Vec::new() };
        let default = match self.document.tree.text_at(schema, "type") {
            Some("file") => "application/octet-stream",
            _ => "application/json",
        };
        let place = at.with_pointer(format!("{}/schema", at.pointer));
        let names = self.media_names(operation, "produces", Some(default));
        let mut all = Vec::new();
        for name in names {
            let sequence = self.sequence(&name, Some((schema, place.clone())), None);
            let whole = sequence.is_none().then(|| self.schema(schema, &place));
            all.push(Media { sequence, ..Media::whole(name, whole) });
        }
        all
    }

    /// `consumes` or `produces` of the operation, otherwise of the description, otherwise the default.
    pub(super) fn media_names(&self, operation: NodeId, key: &str, default: Option<&str>) -> Vec<String> {
        let tree = &self.document.tree;
        let list = tree.value_at(operation, key).or_else(|| tree.value_at(self.document.entry, key));
        let names = list.map_or(&[][..], |list| tree.list(list)).iter();
        let names: Vec<String> = names.filter_map(|id| tree.text(*id).map(str::to_owned)).collect();
        if names.is_empty() { default.into_iter().map(str::to_owned).collect() } else { names }
    }
}

/// Parses `404`, `4XX` or `default`.
fn status(key: &str) -> Option<Status> {
    let key = key.to_lowercase();
    match (key.as_str(), key.as_bytes()) {
        ("default", _) => Some(Status::Default),
        (_, [digit @ b'1'..=b'5', b'x', b'x']) => Some(Status::Range(digit - b'0')),
        (exact, _) => exact.parse().ok().filter(|status| (100..1000).contains(status)).map(Status::Exact),
    }
}
