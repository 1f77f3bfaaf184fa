//! Where a type hangs, in the words of who reads the printed crate: said of a type that the description says nothing of.
//! Knows the ways through the model; must not know what types look like.

use super::docs::{escape_inline, one_line};
use super::type_of::Types;
use crate::api::{Api, Items, Media, Operation, SchemaId, Shape, Status};
use std::collections::BTreeMap;

/// The place of every schema at which it is met first: `status` of `Pet`, Answer 200 of `listPets`.
pub(super) fn places(api: &Api, types: &Types<'_>) -> BTreeMap<SchemaId, String> {
    let mut walk = Walk { types, found: BTreeMap::new() };
    for (name, id) in &api.components {
        walk.found.insert(*id, format!("Schema {}", quoted(name)));
    }
    for id in api.components.values() {
        walk.below(*id);
    }
    for operation in &api.operations {
        walk.operation(operation);
    }
    for payload in &api.payloads {
        let kind = if payload.callback { "callback" } else { "webhook" };
        walk.media(&payload.media, &format!("Body of the {kind} {}", quoted(&payload.name)));
    }
    walk.found
}

struct Walk<'a> {
    types: &'a Types<'a>,
    found: BTreeMap<SchemaId, String>,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation) {
        let id = operation.id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
        let call = quoted(&id);
        for parameter in &operation.parameters {
            self.put(parameter.schema, format!("Parameter {} of {call}", quoted(&parameter.name)));
        }
        if let Some(body) = &operation.body {
            self.media(&body.media, &format!("Body of {call}"));
        }
        for response in &operation.responses {
            let answer = match response.status {
                Status::Exact(status) => format!("Answer {status} of {call}"),
                Status::Range(range) => format!("Answers {range}XX of {call}"),
                Status::Default => format!("Other answers of {call}"),
            };
            self.media(&response.media, &answer);
            for header in &response.headers {
                self.put(header.schema, format!("Header {} of {}", quoted(&header.name), inner(&answer)));
            }
        }
    }

    fn media(&mut self, media: &[Media], place: &str) {
        for one in media {
            let several = media.len() > 1;
            let place = if several { format!("{place} as {}", quoted(&one.name)) } else { place.to_owned() };
            if let Some(sequence) = &one.sequence {
                self.items(&sequence.items, &inner(&place));
            }
            self.puts(one.schema, &place);
        }
    }

    /// The values of a stream.
    fn items(&mut self, items: &Items, stream: &str) {
        match items {
            Items::Events(kinds) => {
                for kind in kinds {
                    let names: Vec<String> = kind.names.iter().map(|name| format!(" {}", quoted(name))).collect();
                    self.puts(kind.data, &format!("Event{} of {stream}", names.join(" or")));
                }
            }
            Items::Lines(item) | Items::Texts(item) => self.puts(*item, &format!("Item of {stream}")),
            Items::Parts(item) => self.puts(*item, &format!("Part of {stream}")),
        }
    }

    /// Says where a schema is met, and what it holds, unless it was met before.
    fn put(&mut self, id: SchemaId, place: String) {
        if let std::collections::btree_map::Entry::Vacant(entry) = self.found.entry(id) {
            entry.insert(place);
            self.below(id);
        }
    }

    fn below(&mut self, id: SchemaId) {
        let Some(schema) = self.types.schema(id) else { return };
        let around = match self.types.name(id) {
            Some(name) => format!("`{name}`"),
            None => self.found.get(&id).map(|place| inner(place)).unwrap_or_default(),
        };
        match &schema.shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    self.put(property.schema, format!("{} of {around}", quoted(&property.name)));
                }
                self.puts(object.extra.schema(), &format!("Further members of {around}"));
            }
            Shape::List(item) => self.put(*item, format!("Item of {around}")),
            Shape::Map(value) => self.put(*value, format!("Value of {around}")),
            Shape::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    self.put(*item, format!("Item {index} of {around}"));
                }
                self.puts(tuple.rest.schema(), &format!("Further items of {around}"));
            }
            Shape::Union(union) => {
                for member in &union.members {
                    self.put(member.schema, format!("Alternative of {around}"));
                }
            }
            Shape::Same(other) => {
                let place = self.found.get(&id).cloned().unwrap_or_default();
                self.put(*other, place);
            }
            Shape::Scalar(_) | Shape::Enum(_) | Shape::Any(_) => {}
        }
    }

    fn puts(&mut self, id: Option<SchemaId>, place: &str) {
        if let Some(id) = id {
            self.put(id, place.to_owned());
        }
    }
}

fn quoted(name: &str) -> String {
    format!("`{}`", escape_inline(&one_line(name)))
}

/// What has no name of its own, as a sentence goes on with it.
const ARTICLES: [(&str, &str); 6] = [
    ("Alternative of", "an alternative of"),
    ("Body of", "the body of"),
    ("Event of", "an event of"),
    ("Item of", "an item of"),
    ("Part of", "a part of"),
    ("Value of", "a value of"),
];

/// A place inside a sentence.
fn inner(place: &str) -> String {
    for (first, inside) in ARTICLES {
        if let Some(rest) = place.strip_prefix(first) {
            return format!("{inside}{rest}");
        }
    }
    let mut letters = place.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
