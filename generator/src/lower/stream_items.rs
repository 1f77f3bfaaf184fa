//! Responses and bodies that are a sequence of values: their media types and the types of their values.
//!
//! `itemSchema` (OpenAPI 3.2, "Sequential Media Types") describes one value. For server-sent events it is an object
//! with the fields of an event ("Special Considerations for Server-Sent Events"). Older descriptions have only
//! `schema`, and describe with it one value, the list of all values, or the data of one event. The shape of the schema
//! decides.

use super::all_of::{MergedSchema, UnionSchema};
use super::{Lower, SchemaLocation};
use crate::api::{EventKind, Items, Scalar, SchemaId, Sequence, Shape, essence, is_json};
use crate::syntax::node::NodeId;
use indexmap::IndexMap;

/// The separation of the values of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// Server-sent events, only where the description has sequences.
    Events,
    Lines,
    JsonTextSequence,
    /// Parts of a multipart body, where the description has `itemSchema`.
    Parts,
}

/// The usual text after the last event with JSON data. It is not JSON itself, so no value is lost.
const USUAL_END: &str = "[DONE]";

/// Constants that end a stream.
const ENDS: [&str; 11] =
    ["close", "closed", "complete", "completed", "done", "end", "eof", "eos", "finish", "finished", "stop"];

/// Fields of an event.
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// Deepest level of unions of events.
const DEEPEST: usize = 8;

/// Kinds of events by their names, with the schemas that their data must satisfy.
type Kinds = Vec<(Vec<String>, Vec<NodeId>)>;

/// Returns true for a media type that is a sequence by the standard.
pub(super) fn is_sequential(media: &str) -> bool {
    framing(media).is_some()
}

/// The framing of a media type, if its values are streams of items.
fn framing(media: &str) -> Option<Framing> {
    match essence(media).as_str() {
        "text/event-stream" => Some(Framing::Events),
        "application/jsonl" | "application/x-jsonl" | "application/jsonlines" | "application/x-jsonlines" => {
            Some(Framing::Lines)
        }
        "application/json-lines" | "application/x-json-lines" | "application/ndjson" | "application/x-ndjson" => {
            Some(Framing::Lines)
        }
        "application/stream+json" | "application/x-json-stream" | "text/jsonl" => Some(Framing::Lines),
        parts if parts.starts_with("multipart/") => Some(Framing::Parts),
        sequence if sequence.ends_with("/json-seq") || sequence.ends_with("+json-seq") => {
            Some(Framing::JsonTextSequence)
        }
        _ => None,
    }
}

impl Lower<'_> {
    /// The values of a response, from the schema of the whole or of one value. `None` if it is not a sequence.
    pub(super) fn sequence(
        &mut self,
        media: &str,
        whole: Option<(NodeId, SchemaLocation)>,
        item: Option<(NodeId, SchemaLocation)>,
    ) -> Option<Sequence> {
        let framing = framing(media)?;
        if framing == Framing::Parts && item.is_none() {
            return None;
        }
        let (node, mut at) = match (item, whole) {
            (Some(item), _) => item,
            (None, Some((node, at))) => self.one_of(node, at)?,
            (None, None) => return Some(Sequence { items: unknown(framing), end: None, media: None }),
        };
        let word = match framing {
            Framing::Events => "event",
            Framing::Parts => "part",
            Framing::Lines | Framing::JsonTextSequence => "item",
        };
        if at.name_words.last().is_some_and(|last| last == "response" || last == "request") {
            at.name_words.pop();
        }
        at.name_words.push(word.to_owned());
        let items = match framing {
            Framing::Lines => Items::Lines(self.json(node, &at)),
            Framing::JsonTextSequence => Items::JsonTextSequence(self.json(node, &at)),
            Framing::Parts => Items::Parts(self.part(node, &at)),
            Framing::Events => return Some(self.events(node, &at, true)),
        };
        Some(Sequence { items, end: None, media: None })
    }

    /// The values of a request body, from the schema of the whole or of one value, and the media type of one value. The
    /// caller passes bytes for strings and undescribed bodies, for events without a described event, and for parts that
    /// are neither JSON nor plain text.
    pub(super) fn request_sequence(
        &mut self,
        media: &str,
        whole: Option<(NodeId, SchemaLocation)>,
        item: Option<(NodeId, SchemaLocation)>,
        each: Option<String>,
    ) -> Option<Sequence> {
        match (framing(media)?, item, whole) {
            (_, None, None) | (Framing::Events | Framing::Parts, None, _) => None,
            // Only the caller knows the names of the parts of a form, and the media types of ranges.
            (Framing::Parts, ..) if essence(media) == "multipart/form-data" || media.contains('*') => None,
            (Framing::Parts, Some((node, mut at)), _) => {
                at.name_words.push("part".to_owned());
                let merged = self.merged_schema(node);
                let string = merged.types == ["string"];
                let text = string && merged.format.is_none() && merged.values.is_none();
                let usual = if text { "text/plain" } else { "application/json" };
                let each = each.unwrap_or_else(|| usual.to_owned());
                let fits = is_json(&each) && !string || text && essence(&each).starts_with("text/");
                let items = Items::Parts(Some(fits.then(|| self.part(node, &at))??));
                Some(Sequence { items, end: None, media: Some(each) })
            }
            (Framing::Events, Some((node, mut at)), _) => {
                at.name_words.push("event".to_owned());
                Some(self.events(node, &at, false))
            }
            (Framing::Lines | Framing::JsonTextSequence, Some(item), _) => self.sequence(media, None, Some(item)),
            (Framing::Lines | Framing::JsonTextSequence, None, Some(whole)) => {
                let merged = self.merged_schema(whole.0);
                let typed = merged.is_structured() && merged.types != ["string"];
                typed.then(|| self.sequence(media, Some(whole), None))?
            }
        }
    }

    /// The type of one value in the schema of the whole: the item of a list, otherwise the schema itself. `None` for
    /// bytes.
    fn one_of(&mut self, node: NodeId, at: SchemaLocation) -> Option<(NodeId, SchemaLocation)> {
        let merged = self.merged_schema(node);
        if merged.format.as_deref() == Some("binary") || merged.types == ["file"] {
            return None;
        }
        match (&merged.items[..], &merged.types[..], &merged.prefix[..]) {
            ([.., items], [] | [_], []) if merged.types.first().is_none_or(|name| name == "array") => {
                Some((*items, at.with_pointer(format!("{}/items", at.pointer))))
            }
            _ => Some((node, at)),
        }
    }

    /// The type of a JSON value. `None` if any value is allowed, or if the schema describes the text of the whole.
    fn json(&mut self, node: NodeId, at: &SchemaLocation) -> Option<SchemaId> {
        let merged = self.merged_schema(node);
        (merged.is_structured() && merged.types != ["string"]).then(|| self.schema(node, at))
    }

    /// The type of a part's content. `None` for bytes.
    fn part(&mut self, node: NodeId, at: &SchemaLocation) -> Option<SchemaId> {
        let merged = self.merged_schema(node);
        let bytes = merged.format.as_deref() == Some("binary");
        (merged.is_structured() && !bytes).then(|| self.schema(node, at))
    }

    /// Events of a response or of a request. In a request, a name is used even if it is the only one, and only an end
    /// in the description is sent.
    fn events(&mut self, node: NodeId, at: &SchemaLocation, received: bool) -> Sequence {
        let mut kinds = Kinds::new();
        let merged = self.merged_schema(node);
        if self.kinds(&merged, DEEPEST, &mut kinds).is_none() {
            // The schema describes only the data.
            kinds = vec![(Vec::new(), vec![node])];
        }
        let mut end = None;
        let mut found = Vec::new();
        for (names, nodes) in distinct_kinds(kinds, received) {
            let word = names.first().map_or("data", String::as_str);
            let place = match &nodes[..] {
                [only] if *only == node => at.clone(),
                _ => at.below(word, &["properties", "data"]),
            };
            let data = self.data(&nodes, &place, &mut end);
            found.push(EventKind { names, data });
        }
        let json = found.iter().all(|kind| kind.data.is_some());
        let end = end.or_else(|| (json && received).then(|| USUAL_END.to_owned()));
        Sequence { items: Items::Events(found), end, media: None }
    }

    /// Adds the kinds of events of a schema with the fields of an event. `None` if the schema is not one of an event.
    fn kinds(&mut self, merged: &MergedSchema, depth: usize, found: &mut Kinds) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let fields = merged.properties.keys().all(|name| FIELDS.contains(&name.as_str()));
        let is_member = depth + 1 < DEEPEST;
        match &merged.unions[..] {
            [] if fields && merged.properties.contains_key("data") => {}
            // One of several kinds may have no data.
            [] if fields && is_member && merged.properties.contains_key("event") => {}
            [union] if fields => {
                let around = MergedSchema { unions: Vec::new(), ..merged.clone() };
                for member in self.without_null(union) {
                    let (mut merged, of_member) = (around.clone(), self.merged_schema(member));
                    merged.absorb(of_member, &self.document.tree);
                    self.kinds(&merged, depth, found)?;
                }
                return Some(());
            }
            _ => return None,
        }
        let nodes = |name: &str| merged.properties.get(name).cloned().unwrap_or_default();
        let names = nodes("event").iter().rev().find_map(|node| self.listed_strings(*node)).unwrap_or_default();
        found.push((names, nodes("data")));
        Some(())
    }

    /// The type of JSON data. `None` if the data is text. Removes the constant that ends the stream.
    fn data(&mut self, nodes: &[NodeId], at: &SchemaLocation, end: &mut Option<String>) -> Option<SchemaId> {
        for node in nodes.iter().rev() {
            let Some(target) = self.document.target(*node) else { continue };
            let media = self.document.tree.text_at(target, "contentMediaType").unwrap_or_default();
            if is_json(media) {
                let content = self.document.tree.value_at(target, "contentSchema");
                return Some(match content {
                    Some(content) => self.schema(content, &at.below("", &["contentSchema"])),
                    None => self.add(self.untyped(target, at, "JSON without a schema")),
                });
            }
        }
        if let ([node], None) = (nodes, &*end)
            && let Some((rest, text)) = self.without_end(*node, at)
        {
            *end = Some(text);
            return Some(rest);
        }
        let id = if nodes.is_empty() { return None } else { self.intersection_of(nodes, at) };
        let mut last = id;
        while let Some(Shape::Same(next)) = self.api.schemas.get(last).map(|schema| &schema.shape) {
            last = *next;
        }
        match self.api.schemas.get(last).map(|schema| &schema.shape)? {
            Shape::Scalar(Scalar::String(_)) | Shape::Enum(_) | Shape::Any(_) => None,
            _ => Some(id),
        }
    }

    /// A union of JSON and a constant string that ends the stream: the union without the string, and the string.
    fn without_end(&mut self, node: NodeId, at: &SchemaLocation) -> Option<(SchemaId, String)> {
        let merged = self.merged_schema(node);
        let [union] = &merged.unions[..] else { return None };
        let mut end = None;
        let mut members = Vec::new();
        for member in self.without_null(union) {
            match self.listed_strings(member).as_deref() {
                Some([text]) if end.is_none() && is_end(text) => end = Some(text.clone()),
                _ => members.push(member),
            }
        }
        let (end, first) = (end?, *members.first()?);
        if members.len() == 1 {
            return Some((self.schema(first, at), end));
        }
        let rest = MergedSchema {
            unions: vec![UnionSchema { members, discriminator: union.discriminator }],
            ..merged.clone()
        };
        let schema = self.schema_of_merged(rest, node, at);
        Some((self.add(schema), end))
    }
}

fn unknown(framing: Framing) -> Items {
    match framing {
        Framing::Events => Items::Events(vec![EventKind { names: Vec::new(), data: None }]),
        Framing::Lines => Items::Lines(None),
        Framing::JsonTextSequence => Items::JsonTextSequence(None),
        Framing::Parts => Items::Parts(None),
    }
}

/// The kinds with distinct names: a name of several kinds belongs to the first. The only kind of received events needs no
/// name.
fn distinct_kinds(kinds: Kinds, received: bool) -> Kinds {
    let mut seen: IndexMap<Vec<String>, Vec<NodeId>> = IndexMap::new();
    let mut taken: Vec<String> = Vec::new();
    for (mut names, nodes) in kinds {
        let none = names.is_empty();
        names.retain(|name| !taken.contains(name));
        if none || !names.is_empty() {
            taken.extend(names.iter().cloned());
            seen.entry(names).or_insert(nodes);
        }
    }
    let mut kinds: Kinds = seen.into_iter().collect();
    if let ([(names, _)], true) = (&mut kinds[..], received) {
        names.clear();
    }
    kinds
}

/// Returns true for a constant that ends the stream: it is not JSON, and is one of the known words.
fn is_end(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    !json && ENDS.contains(&letters.to_lowercase().as_str())
}
