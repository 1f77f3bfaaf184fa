//! The place of a type in the API: the documentation of a type without a description. Knows the paths through the API;
//! must not know Rust types.

use super::docs::{escape_inline, of_name, one_line};
use super::type_of::Types;
use crate::api::{Api, Items, Media, Operation, SchemaId, Shape, Status};
use indexmap::IndexSet;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The places of a type in the API.
pub(super) struct TypePlaces {
    /// The first place as a sentence, such as "The property `status` of `Pet`.", then a sentence with the others.
    pub(super) sentence: String,
    /// True if there are others, which have the type's name too.
    pub(super) has_others: bool,
}

/// The places of every schema. The name of a component's type shows its place.
pub(super) fn places(api: &Api, types: &Types<'_>) -> BTreeMap<SchemaId, TypePlaces> {
    let mut notes = UsageNotes { types, found: BTreeMap::new(), others: BTreeMap::new() };
    for (name, id) in &api.components {
        notes.found.insert(*id, format!("The schema {}", quoted(name)));
    }
    for id in api.components.values() {
        notes.below(*id);
    }
    for operation in &api.operations {
        notes.operation(operation);
    }
    for webhook in &api.webhooks {
        let kind = if webhook.callback { "callback" } else { "webhook" };
        notes.media(&webhook.media, &format!("The request body of the {kind} {}", quoted(&webhook.name)));
    }
    let others = notes.others;
    let sentence = |(id, place): (SchemaId, String)| match others.get(&id) {
        Some(others) => (id, TypePlaces { sentence: place + &also(others), has_others: true }),
        None => (id, TypePlaces { sentence: place + ".", has_others: false }),
    };
    let mut places: BTreeMap<SchemaId, TypePlaces> = notes.found.into_iter().map(sentence).collect();
    for (name, id) in &api.components {
        let Some(named) = types.name(*id) else { continue };
        match of_name(name, named) {
            Some(sentence) => drop(places.insert(*id, TypePlaces { sentence, has_others: false })),
            None => drop(places.remove(id)),
        }
    }
    places
}

struct UsageNotes<'a> {
    types: &'a Types<'a>,
    found: BTreeMap<SchemaId, String>,
    /// The other places of schemas that have more than one, in the order of the description.
    others: BTreeMap<SchemaId, IndexSet<String>>,
}

/// Maximum number of other places that a note names.
const MAX: usize = 2;

/// The end of the note about a schema with these other places.
fn also(others: &IndexSet<String>) -> String {
    let mut named: Vec<String> = others.iter().take(MAX).map(|place| inner(place)).collect();
    match others.len().saturating_sub(named.len()) {
        0 => {}
        1 => named.push("1 other place".to_owned()),
        more => named.push(format!("{more} other places")),
    }
    let last = named.pop().unwrap_or_default();
    if named.is_empty() { format!(". Also {last}.") } else { format!(". Also {} and {last}.", named.join(", ")) }
}

impl UsageNotes<'_> {
    /// Notes the places of the schemas of an operation.
    fn operation(&mut self, operation: &Operation) {
        let call = quoted(&operation.named());
        for parameter in &operation.parameters {
            self.put(parameter.schema, format!("The parameter {} of {call}", quoted(&parameter.name)));
        }
        if let Some(body) = &operation.body {
            self.media(&body.media, &format!("The request body of {call}"));
        }
        for response in &operation.responses {
            let response_place = match response.status {
                Status::Exact(status) => format!("The response {status} of {call}"),
                range @ Status::Range(_) => format!("The responses {range} of {call}"),
                Status::Default => format!("The default response of {call}"),
            };
            self.media(&response.media, &response_place);
            for header in &response.headers {
                self.put(header.schema, format!("The header {} of {}", quoted(&header.name), inner(&response_place)));
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
                    let names: Vec<String> = kind.names.iter().map(|name| quoted(name)).collect();
                    self.puts(kind.data, &format!("{} of {stream}", event(&names)));
                }
            }
            Items::Lines(item) | Items::JsonTextSequence(item) => self.puts(*item, &format!("An item of {stream}")),
            Items::Parts(item) => self.puts(*item, &format!("A part of {stream}")),
        }
    }

    /// Records the place of a schema and of the schemas in it, or that it has another place.
    fn put(&mut self, id: SchemaId, place: String) {
        match self.found.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(place);
                self.below(id);
            }
            Entry::Occupied(entry) => {
                if *entry.get() != place {
                    self.others.entry(id).or_default().insert(place);
                }
            }
        }
    }

    /// Notes the places of the schemas inside a schema.
    fn below(&mut self, id: SchemaId) {
        let Some(schema) = self.types.schema(id) else { return };
        let around = match self.types.name(id) {
            Some(name) => format!("`{name}`"),
            None => self.found.get(&id).map(|place| inner(place)).unwrap_or_default(),
        };
        match &schema.shape {
            Shape::Object(object) => {
                for property in &object.properties {
                    self.put(property.schema, format!("The property {} of {around}", quoted(&property.name)));
                }
                self.puts(object.extra.schema(), &format!("An additional property of {around}"));
            }
            Shape::List(item) => self.put(*item, format!("An item of {around}")),
            Shape::Map(value) => self.put(*value, format!("A value of {around}")),
            Shape::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    self.put(*item, format!("Item {index} of {around}"));
                }
                self.puts(tuple.extra.schema(), &format!("A further item of {around}"));
            }
            Shape::Union(union) => {
                for member in &union.members {
                    self.put(member.schema, format!("A variant of {around}"));
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

fn event(names: &[String]) -> String {
    if names.is_empty() { "An event".to_owned() } else { format!("The event {}", names.join(" or ")) }
}

/// A place in the middle of a sentence.
fn inner(place: &str) -> String {
    let mut letters = place.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
