//! The differences that were found so far, with their numbers of occurrences. Memory is bounded.

use super::exchange::{Body, Exchange};
use super::finding::{Finding, Kind};
use super::inferred::Inferred;
use super::proposal;
use super::schema_node::{Place, PlaceLookup};
use crate::api::{Operation, Response, SchemaId};
use crate::span::Span;
use crate::validation::{Detail, Difference};
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

/// Maximum number of different findings. The occurrences of others are only counted.
pub const MAX_FINDINGS: usize = 10_000;
/// Maximum number of operations that a finding lists.
const MAX_OPERATIONS: usize = 20;
/// Maximum number of media types of a status that a proposal adds.
const MOST_MEDIA_TYPES: usize = 20;
/// Maximum number of values of an enum that a proposal adds.
const MAX_VALUES: usize = 50;
/// Longest value of an enum in bytes.
const LONGEST_VALUE: usize = 64;

/// The identity of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Field(SchemaId, String),
    Value(SchemaId),
    Missing(SchemaId, String),
    Null(SchemaId),
    Type(SchemaId, &'static str, &'static str),
    Variant(SchemaId),
    Fault(SchemaId),
    /// The pointer of the responses, and the status.
    Status(String, u16),
    /// The pointer of the response, and the media type.
    MediaType(String, String),
}

/// Occurrences in the responses of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrences<'o> {
    pub(super) operation: &'o Operation,
    pub(super) count: u64,
}

/// The occurrences of a finding.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// The pointer as written, also where overlays cannot change it.
    pub(super) pointer: String,
    pub(super) place: Option<Place>,
    pub(super) count: u64,
    pub(super) operations: IndexSet<String>,
    /// The types of values, for a proposal.
    pub(super) inferred: Inferred,
    /// The media types of a status.
    pub(super) media_types: IndexMap<String, Inferred>,
    /// Values of an enum. `None`: too many, or not names.
    pub(super) values: Option<IndexSet<String>>,
    pub(super) is_integer: bool,
}

/// All findings.
#[derive(Debug, Default)]
pub(super) struct Tally {
    entries: IndexMap<Key, Entry>,
    /// Occurrences that have no entry.
    pub(super) overflow: u64,
}

impl Tally {
    pub(super) fn difference(
        &mut self,
        places: &PlaceLookup<'_>,
        occurrences: Occurrences<'_>,
        found: &Difference<'_>,
    ) {
        let Some(schema) = places.schema(found.schema) else { return };
        let (id, pointer, span) = (found.schema, &schema.origin.pointer, schema.origin.span);
        let (kind, key) = match &found.detail {
            Detail::Field(name, _) => (Kind::UnknownField, Key::Field(id, (*name).to_owned())),
            Detail::Value(_) => (Kind::UnknownEnumValue, Key::Value(id)),
            Detail::Missing(name) => (Kind::DecodeFault, Key::Missing(id, name.clone())),
            Detail::Null => (Kind::DecodeFault, Key::Null(id)),
            Detail::Type(expected, found) => (Kind::DecodeFault, Key::Type(id, expected, found)),
            Detail::Variant => (Kind::UnknownEnumValue, Key::Variant(id)),
            // Bounds and formats are not compared.
            Detail::Undecodable | Detail::Keyword(..) => (Kind::DecodeFault, Key::Fault(id)),
        };
        let place = || places.at(pointer);
        let Some(entry) = self.entry(key, kind, span, pointer, place, occurrences) else { return };
        match found.detail {
            Detail::Field(_, Some(value)) => entry.inferred.add(value),
            Detail::Value(Some(value)) => entry.add_value(value),
            Detail::Value(None) => entry.values = None,
            _ => {}
        }
    }

    /// Counts a status that an operation does not define.
    pub(super) fn status(&mut self, places: &PlaceLookup<'_>, occurrences: Occurrences<'_>, exchange: &Exchange) {
        let operation = occurrences.operation;
        let of_operation = places.operation(operation);
        let place = of_operation.as_ref().and_then(|place| places.below(place, "responses"));
        let span = place.as_ref().map_or(operation.origin.span, |place| places.span(place.node));
        let pointer = place.as_ref().map_or_else(|| operation.origin.pointer.clone(), |place| place.pointer.clone());
        let key = Key::Status(pointer.clone(), exchange.status);
        let Some(entry) = self.entry(key, Kind::UndocumentedStatus, span, &pointer, || place, occurrences) else {
            return;
        };
        let media = crate::api::essence(&exchange.media_type);
        if !media.is_empty() && exchange.body != Body::Empty && entry.media_types.len() < MOST_MEDIA_TYPES {
            let inferred = entry.media_types.entry(media).or_default();
            if let Body::Json(value) = &exchange.body {
                inferred.add(value);
            }
        }
    }

    /// Counts a media type that a response does not define.
    pub(super) fn media_type(
        &mut self,
        places: &PlaceLookup<'_>,
        occurrences: Occurrences<'_>,
        response: &Response,
        media: &str,
        exchange: &Exchange,
    ) {
        let operation = occurrences.operation;
        let place = places.response(operation, response.status);
        let span = place.as_ref().map_or(operation.origin.span, |place| places.span(place.node));
        let pointer = place.as_ref().map_or_else(
            || format!("{}/responses/{}", operation.origin.pointer, response.status),
            |place| place.pointer.clone(),
        );
        let key = Key::MediaType(pointer.clone(), media.to_owned());
        let entry = self.entry(key, Kind::UndocumentedMediaType, span, &pointer, || place, occurrences);
        if let (Some(entry), Body::Json(value)) = (entry, &exchange.body) {
            entry.inferred.add(value);
        }
    }

    fn entry(
        &mut self,
        key: Key,
        kind: Kind,
        span: Span,
        pointer: &str,
        place: impl FnOnce() -> Option<Place>,
        occurrences: Occurrences<'_>,
    ) -> Option<&mut Entry> {
        if self.entries.len() >= MAX_FINDINGS && !self.entries.contains_key(&key) {
            self.overflow += occurrences.count;
            return None;
        }
        let entry = self.entries.entry(key).or_insert_with(|| Entry {
            kind,
            span,
            pointer: pointer.to_owned(),
            place: place(),
            count: 0,
            operations: IndexSet::new(),
            inferred: Inferred::default(),
            media_types: IndexMap::new(),
            values: Some(IndexSet::new()),
            is_integer: false,
        });
        entry.count += occurrences.count;
        if entry.operations.len() < MAX_OPERATIONS {
            entry.operations.insert(occurrences.operation.named());
        }
        Some(entry)
    }

    /// The findings, and the proposed overlay.
    pub(super) fn into_findings(self, places: &PlaceLookup<'_>) -> (Vec<Finding>, String) {
        let mut entries: Vec<(Key, Entry)> = self.entries.into_iter().collect();
        entries.sort_by_key(|(_, entry)| (entry.kind, std::cmp::Reverse(entry.count)));
        let mut proposal = proposal::Proposal::new(places);
        let findings = entries.iter().map(|(key, entry)| Finding {
            kind: entry.kind,
            span: entry.span,
            pointer: entry.pointer.clone(),
            message: message(key),
            count: entry.count,
            operations: entry.operations.iter().cloned().collect(),
            proposed: proposal.add(key, entry),
        });
        let findings = findings.collect();
        (findings, proposal.text())
    }
}

impl Entry {
    /// Adds a value of an enum for a proposal, if it is a name and no text of a person.
    fn add_value(&mut self, value: &Value) {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => {
                self.is_integer = true;
                number.to_string()
            }
            _ => String::new(),
        };
        let is_name = |sign: char| sign.is_ascii_alphanumeric() || "_-.:/".contains(sign);
        let is_value = !text.is_empty() && text.len() <= LONGEST_VALUE && text.chars().all(is_name);
        if let Some(values) = self.values.as_mut().filter(|values| is_value && values.len() < MAX_VALUES) {
            values.insert(text);
        } else if self.values.as_ref().is_none_or(|values| !values.contains(&text)) {
            self.values = None;
        }
    }
}

fn message(key: &Key) -> String {
    match key {
        Key::Field(_, name) => format!("responses have a field `{name}` that the schema does not define"),
        Key::Value(_) => "responses have a value that is not in the enum".to_owned(),
        Key::Missing(_, name) => format!("responses lack `{name}`, which is required"),
        Key::Null(_) => "responses have null, which the schema does not allow".to_owned(),
        Key::Type(_, expected, found) => format!("responses have the type {found} in place of {expected}"),
        Key::Variant(_) => "responses have a discriminator value that no variant has".to_owned(),
        Key::Fault(_) => "responses have a value that cannot be decoded".to_owned(),
        Key::Status(_, status) => format!("responses have the status {status}, which the operation does not define"),
        Key::MediaType(_, media) => format!("responses have the media type `{media}`, which is not defined"),
    }
}
