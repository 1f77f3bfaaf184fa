//! Counts of what responses have and the description lacks. Knows the names of fields and places; must not know values.

use super::DecodeError;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The default limit of different entries.
const MAX_ENTRIES: usize = 10_000;
/// The limit of names of unknown fields at one place. More of them are likely the keys of a map.
const MAX_FIELDS: usize = 50;
/// The longest name of an unknown field, in bytes.
const MAX_FIELD_BYTES: usize = 200;
/// The limit of differences in one body.
const MAX_DIFFERENCES: usize = 1_000;

/// Counts of the responses of one or more clients, and of what they have and the description lacks: unknown fields,
/// unlisted enum values, variants that no union has, and values that cannot be decoded. Clones share the
/// counts.
///
/// It holds names of fields, statuses and media types, and no values of responses. Items of lists and keys of maps are
/// `*` in its places. The memory is bounded: at most 10,000 different entries, and 50 unknown fields at one place.
///
/// A client with a `Drift` decodes each JSON body a second time. `clientsmith drift` compares the output of
/// [`to_ndjson`](Self::to_ndjson) with the description.
///
/// ```
/// use clientsmith_runtime::Drift;
///
/// let drift = Drift::new();
/// // Client::builder().drift(drift.clone()), calls, and then:
/// for entry in drift.entries() {
///     println!("{} {}: {} {}", entry.method, entry.path, entry.kind, entry.count);
/// }
/// ```
#[derive(Clone, Default)]
pub struct Drift(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    entries: BTreeMap<Key, u64>,
    overflow: u64,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    method: String,
    status: u16,
    media_type: String,
    kind: DriftKind,
    place: String,
    field: Option<String>,
}

/// The kinds of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// A response with this status and media type, documented or not. The description says which are.
    Response,
    /// A value that cannot be decoded.
    DecodeFault,
    /// A value that an enum does not list.
    UnknownEnumValue,
    /// A value that no variant of a union accepts.
    UnknownVariant,
    /// A field that the type does not define. The description may allow fields of any name.
    UnknownField,
}

impl DriftKind {
    /// Returns the name in the output, such as `unknown-field`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::DecodeFault => "decode-fault",
            Self::UnknownEnumValue => "unknown-enum-value",
            Self::UnknownVariant => "unknown-variant",
            Self::UnknownField => "unknown-field",
        }
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The number of occurrences of one difference.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DriftEntry {
    /// The HTTP method.
    pub method: String,
    /// The path template, such as `/pets/{id}`.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The media type without parameters, in lower case; empty if the response has none.
    pub media_type: String,
    /// The kind.
    pub kind: DriftKind,
    /// A JSON pointer into the body (RFC 6901), with `*` for items of lists and keys of maps: `/pets/*/owner`. For an
    /// unknown field, the object that has it.
    pub place: String,
    /// The name of an unknown field; `*` for those beyond the first 50 of a place, and for names of more than 200
    /// bytes.
    pub field: Option<String>,
    /// The number of occurrences.
    pub count: u64,
}

impl Drift {
    /// Creates empty counts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the entries, ordered by path, method and status.
    #[must_use]
    pub fn entries(&self) -> Vec<DriftEntry> {
        let entry = |(key, count): (&Key, &u64)| DriftEntry {
            method: key.method.clone(),
            path: key.path.clone(),
            status: key.status,
            media_type: key.media_type.clone(),
            kind: key.kind,
            place: key.place.clone(),
            field: key.field.clone(),
            count: *count,
        };
        self.with(|counts| counts.entries.iter().map(entry).collect())
    }

    /// Returns the number of occurrences that no entry counts, because there are 10,000 other entries, or because one
    /// body has more than 1,000 differences.
    #[must_use]
    pub fn overflow(&self) -> u64 {
        self.with(|counts| counts.overflow)
    }

    /// Returns the entries as NDJSON, for `clientsmith drift`: an object on each line with the members of
    /// [`DriftEntry`].
    #[must_use]
    pub fn to_ndjson(&self) -> String {
        let line = |entry: DriftEntry| {
            let mut line = serde_json::json!({
                "method": entry.method,
                "path": entry.path,
                "status": entry.status,
                "media_type": entry.media_type,
                "kind": entry.kind.as_str(),
                "place": entry.place,
                "count": entry.count,
            });
            if let (Some(members), Some(field)) = (line.as_object_mut(), entry.field) {
                members.insert("field".to_owned(), field.into());
            }
            format!("{line}\n")
        };
        self.entries().into_iter().map(line).collect()
    }

    fn with<T>(&self, read: impl FnOnce(&mut Counts) -> T) -> T {
        read(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.with(|counts| counts.entries.len());
        f.debug_struct("Drift").field("entries", &entries).finish_non_exhaustive()
    }
}

impl Counts {
    fn add(&mut self, mut key: Key) {
        let is_known = self.entries.contains_key(&key);
        let has_room = |field: &String| field.len() <= MAX_FIELD_BYTES && self.fields_beside(&key) < MAX_FIELDS;
        if !is_known && !key.field.as_ref().is_none_or(has_room) {
            key.field = Some("*".to_owned());
        }
        let count = self.entries.len();
        match self.entries.get_mut(&key) {
            Some(count) => *count += 1,
            None if count < MAX_ENTRIES => {
                self.entries.insert(key, 1);
            }
            None => self.overflow += 1,
        }
    }

    /// The number of unknown fields with names at a place.
    fn fields_beside(&self, key: &Key) -> usize {
        let first = Key { field: None, ..key.clone() };
        let is_beside = |other: &&Key| first == Key { field: None, ..(*other).clone() };
        let beside = self.entries.range(&first..).map(|(other, _)| other).take_while(is_beside);
        beside.filter(|other| other.field.as_deref() != Some("*")).count()
    }
}

/// A difference between a body and its type.
#[derive(Debug)]
pub(crate) struct Difference {
    kind: DriftKind,
    /// The steps of the place, innermost first.
    steps: Vec<String>,
    field: Option<String>,
}

impl Difference {
    pub(crate) const fn new(kind: DriftKind, field: Option<String>) -> Self {
        Self { kind, steps: Vec::new(), field }
    }

    /// Adds the name of the object's field, or `*`, around the place.
    pub(crate) fn push(&mut self, step: &str) {
        self.steps.push(escaped(step));
    }

    fn place(&self) -> String {
        self.steps.iter().rev().fold(String::new(), |place, step| place + "/" + step)
    }
}

/// A step of a JSON pointer (RFC 6901, section 3).
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// Something that a type does not have.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unlisted<'a> {
    /// A field.
    Field(&'a str),
    /// A value of an enum.
    Value,
    /// A variant of a union.
    Variant,
}

impl From<Unlisted<'_>> for Difference {
    fn from(unlisted: Unlisted<'_>) -> Self {
        match unlisted {
            Unlisted::Field(name) => Self::new(DriftKind::UnknownField, Some(name.to_owned())),
            Unlisted::Value => Self::new(DriftKind::UnknownEnumValue, None),
            Unlisted::Variant => Self::new(DriftKind::UnknownVariant, None),
        }
    }
}

/// The differences of one body.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    found: Vec<Difference>,
    more: u64,
}

impl Differences {
    pub(crate) fn mark(&self) -> usize {
        self.found.len()
    }

    pub(crate) fn add(&mut self, difference: Difference) {
        if self.found.len() < MAX_DIFFERENCES { self.found.push(difference) } else { self.more += 1 }
    }

    /// Adds a step to the places of the differences since `mark`.
    pub(crate) fn within(&mut self, mark: usize, step: &str) {
        self.found.iter_mut().skip(mark).for_each(|difference| difference.push(step));
    }

    /// Adds the places of an error.
    pub(crate) fn fail(&mut self, error: &DecodeError) {
        self.more += u64::try_from(error.more()).unwrap_or_default();
        for place in error.each() {
            let mut difference = Difference::new(DriftKind::DecodeFault, None);
            place.steps().for_each(|step| difference.push(step.unwrap_or("*")));
            self.add(difference);
        }
    }
}

/// The counts, and the operation whose responses are counted.
#[derive(Debug, Clone)]
pub(crate) struct Watch {
    drift: Drift,
    method: String,
    path: String,
    /// The place of the decoded part in the body.
    place: String,
}

impl Watch {
    pub(crate) fn new(drift: &Drift, method: &str, path: &str) -> Self {
        Self { drift: drift.clone(), method: method.to_owned(), path: path.to_owned(), place: String::new() }
    }

    /// Returns the watch of the items of a list in the body.
    pub(crate) fn of_items(&self, list: &[&str]) -> Self {
        let names: String = list.iter().map(|name| format!("/{}", escaped(name))).collect();
        Self { place: format!("{names}/*"), ..self.clone() }
    }

    /// Counts a response.
    pub(crate) fn response(&self, status: u16, media_type: &str) {
        let key = self.key(status, media_type, DriftKind::Response);
        self.drift.with(|counts| counts.add(key));
    }

    /// Counts the differences of a body.
    pub(crate) fn body(&self, status: u16, media_type: &str, seen: Differences) {
        self.drift.with(|counts| {
            counts.overflow += seen.more;
            for difference in seen.found {
                let place = format!("{}{}", self.place, difference.place());
                counts.add(Key { place, field: difference.field, ..self.key(status, media_type, difference.kind) });
            }
        });
    }

    fn key(&self, status: u16, media_type: &str, kind: DriftKind) -> Key {
        let (method, path) = (self.method.clone(), self.path.clone());
        let media_type = media_type.to_ascii_lowercase();
        Key { path, method, status, media_type, kind, place: String::new(), field: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded() {
        let drift = Drift::new();
        let watch = Watch::new(&drift, "GET", "/maps");
        let seen = |names: &mut dyn Iterator<Item = String>| {
            let mut seen = Differences::default();
            names.for_each(|name| seen.add(Unlisted::Field(&name).into()));
            seen
        };
        watch.body(200, "application/json", seen(&mut (0..2_000).map(|index| format!("key{index}"))));
        watch.body(200, "application/json", seen(&mut std::iter::once("x".repeat(MAX_FIELD_BYTES + 1))));
        let entries = drift.entries();
        assert_eq!((entries.len(), drift.overflow()), (MAX_FIELDS + 1, 1_000));
        let rest = entries.iter().find(|entry| entry.field.as_deref() == Some("*")).map(|entry| entry.count);
        assert_eq!(rest, Some(951));
        for status in 0..u16::try_from(MAX_ENTRIES + 10).unwrap_or_default() {
            watch.response(status, "");
        }
        assert_eq!((drift.entries().len(), drift.overflow()), (MAX_ENTRIES, 1_000 + 10 + 51));
        watch.response(0, "");
        assert_eq!(drift.overflow(), 1_061);
    }

    #[test]
    fn places_are_pointers() {
        let drift = Drift::new();
        let mut seen = Differences::default();
        seen.add(Unlisted::Value.into());
        ["a/b", "*", "c~d"].iter().for_each(|step| seen.within(0, step));
        seen.fail(&DecodeError::missing("id").in_index(3).in_key("pets"));
        Watch::new(&drift, "GET", "/").of_items(&["data", "items"]).body(200, "application/JSON", seen);
        assert_eq!(
            drift.to_ndjson(),
            "{\"method\":\"GET\",\"path\":\"/\",\"status\":200,\"media_type\":\"application/json\",\"kind\":\"decode-fault\",\"place\":\"/data/items/*/pets/*/id\",\"count\":1}\n\
             {\"method\":\"GET\",\"path\":\"/\",\"status\":200,\"media_type\":\"application/json\",\"kind\":\"unknown-enum-value\",\"place\":\"/data/items/*/c~0d/*/a~1b\",\"count\":1}\n"
        );
    }
}
