//! Objects whose fields have types by their names. Knows the codec; must not know the fields.

mod fields;
mod names;
mod object;
mod plain_keys;

pub use self::fields::{Group, ObjectFields};
use self::names::Names;
pub use self::object::Object;
pub(in crate::codec) use self::plain_keys::have_plain_names;
#[cfg(feature = "drift")]
use crate::codec::drift::Unlisted;
use crate::codec::extra::Extra;
use crate::codec::recovery::{Errors, Recovery};
use crate::codec::{self, Decode, DecodeError, Encode, EncodeError, EncodeExtra, Sink, Source};
use serde_json::Value;

/// A receiver of the fields that a type does not define.
pub trait Take {
    /// Reads the value of the field of this name.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] with the name in its path when the value cannot be read.
    fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError>;

    /// Marks the object as a variant of a union that was read without its tag.
    fn mark_untagged(&mut self) {}
}

impl<T: Decode> Take for Extra<T> {
    fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.read(name, source)
    }

    fn mark_untagged(&mut self) {
        self.set_untagged();
    }
}

/// Unknown fields of an object with `additionalProperties: false`. They are stored like others, but with them the object
/// does not match when a union requires that all fields are known.
#[doc(hidden)]
#[derive(Debug)]
pub struct Closed<'e, T = Value>(pub &'e mut Extra<T>);

impl<T: Decode> Take for Closed<'_, T> {
    fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        if source.rejects_unknown() {
            return codec::ignore(source).map_err(|error| error.in_key(name));
        }
        self.0.read(name, source)
    }

    fn mark_untagged(&mut self) {
        self.0.set_untagged();
    }
}

/// Skips fields that the type does not define.
impl Take for () {
    fn take(&mut self, _name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        codec::ignore(source)
    }
}

/// The number of characters before and behind the name in a key.
const BEFORE: usize = ",\"".len();
const BEHIND: usize = "\":".len();

/// A field of an object, with its key as JSON has it between members: `,"name":`. The name in it has no escapes.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Property {
    /// A field that is always present.
    Required(&'static str),
    /// A field that may be absent.
    Optional(&'static str),
    /// A field that is always present in responses, and is left out of requests (`readOnly`).
    RequiredReadOnly(&'static str),
    /// A field that may be absent in responses, and is left out of requests (`readOnly`).
    OptionalReadOnly(&'static str),
}

impl Property {
    /// Returns the comma, the name in quotes, and the colon.
    #[inline]
    pub(super) const fn key(self) -> &'static str {
        let (Self::Required(key) | Self::Optional(key) | Self::RequiredReadOnly(key) | Self::OptionalReadOnly(key)) =
            self;
        key
    }

    #[inline]
    pub(super) fn name(self) -> &'static str {
        let key = self.key();
        key.get(BEFORE..key.len().saturating_sub(BEHIND)).unwrap_or_default()
    }

    #[inline]
    fn is_called(self, name: &str) -> bool {
        let key = self.key().as_bytes();
        key.len() == BEFORE + name.len() + BEHIND
            && key.get(BEFORE..).is_some_and(|behind| behind.starts_with(name.as_bytes()))
    }

    pub(crate) const fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredReadOnly(_))
    }

    pub(super) const fn is_left_out(self, request: bool) -> bool {
        request && matches!(self, Self::RequiredReadOnly(_) | Self::OptionalReadOnly(_))
    }
}

/// Reads an object: the values of the fields as a tuple, in the order of `properties`, and all other fields into `extra`.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no object, a field is not of its type, or a required field is absent.
#[inline]
pub fn read<F: ObjectFields>(
    source: &mut dyn Source,
    name: &'static str,
    properties: &'static [Property],
    extra: &mut dyn Take,
) -> Result<F, DecodeError> {
    let mut slots = F::Slots::default();
    let mut take = |index: usize, source: &mut dyn Source| F::take(&mut slots, index, source);
    read_into(source, name, &mut FieldReader::new(properties, &mut take, extra))?;
    F::finish(slots, &mut properties.iter())
}

/// Reads each member of an object into the field of its name, or as an extra field.
pub struct FieldReader<'p> {
    properties: &'static [Property],
    take: &'p mut TakeField<'p>,
    extra: &'p mut dyn Take,
    /// The index behind the last field that was read.
    next: usize,
    /// The number of properties behind the next one that are compared with a key before the key is read as a string.
    look_ahead: usize,
    /// The number of fields that were searched by name, and the fields by name once there are some.
    searched: usize,
    names: Option<Box<Names>>,
}

/// A function that reads the value of the field of an index.
type TakeField<'p> = dyn FnMut(usize, &mut dyn Source) -> Result<(), DecodeError> + 'p;

/// The number of further properties that are compared with a key before the key is read as a string.
const LOOK_AHEAD: usize = 3;
/// The number of fields from which on a type is large, and the number of searches from which on the fields by name are faster.
const MIN_LARGE_FIELDS: usize = 16;
const MAX_SEARCHES: usize = 3;

impl<'p> FieldReader<'p> {
    fn new(properties: &'static [Property], take: &'p mut TakeField<'p>, extra: &'p mut dyn Take) -> Self {
        Self { properties, take, extra, next: 0, look_ahead: LOOK_AHEAD, searched: 0, names: None }
    }

    /// Returns the index of the field of a name.
    fn index(&mut self, name: &str) -> Option<usize> {
        self.searched += 1;
        let is_by_name = self.properties.len() > MIN_LARGE_FIELDS && self.searched > MAX_SEARCHES;
        let index = if is_by_name { self.by_name(name) } else { self.in_order(name) }?;
        self.next = index + 1;
        Some(index)
    }

    /// Searches the fields from the last one on, then those before it.
    fn in_order(&self, name: &str) -> Option<usize> {
        let (before, behind) = self.properties.split_at_checked(self.next)?;
        let position = |properties: &[Property]| properties.iter().position(|known| known.is_called(name));
        position(behind).map(|at| before.len() + at).or_else(|| position(before))
    }

    #[cold]
    fn by_name(&mut self, name: &str) -> Option<usize> {
        self.names.get_or_insert_with(|| Box::new(Names::new(self.properties))).find(self.properties, name)
    }

    pub(super) const fn properties(&self) -> &'static [Property] {
        self.properties
    }

    /// Returns the index of a field behind the last one, if `is_next` accepts its key. Most servers use the order of the
    /// description and leave out optional fields. Where one does not, fewer fields are compared.
    #[inline]
    pub(super) fn next(&mut self, mut is_next: impl FnMut(&str) -> bool) -> Option<usize> {
        let (likely, others) = self.properties.get(self.next..)?.split_first()?;
        let index = if is_next(likely.key()) {
            self.next
        } else {
            let mut others = others.iter().take(self.look_ahead);
            let Some(passed) = others.position(|property| is_next(property.key())) else {
                self.look_ahead /= 2;
                return None;
            };
            self.next + 1 + passed
        };
        self.look_ahead = LOOK_AHEAD;
        self.next = index + 1;
        Some(index)
    }

    /// Returns the name of the field of an index.
    pub(super) fn name(&self, index: usize) -> &'static str {
        self.properties.get(index).map_or("", |property| property.name())
    }

    /// Returns `true` when the type requires fields of all these names.
    pub(super) fn requires(&self, names: &[&str]) -> bool {
        let is = |property: &Property, name: &str| property.is_required() && property.is_called(name);
        // Both are in the order of the description.
        let mut behind = self.properties.iter();
        names.iter().all(|name| {
            behind.any(|property| is(property, name)) || self.properties.iter().any(|property| is(property, name))
        })
    }

    /// Reads the value of a field.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of the field's type.
    pub fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        match self.index(name) {
            Some(index) => self.take_at(index, source),
            None => self.extra.take(name, source),
        }
    }

    pub(super) fn take_at(&mut self, index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
        (self.take)(index, source).map_err(|error| error.in_key(self.name(index)))
    }
}

fn read_into(source: &mut dyn Source, name: &'static str, fields: &mut FieldReader<'_>) -> Result<(), DecodeError> {
    if source.is_untagged() {
        fields.extra.mark_untagged();
    }
    if source.recovery().is_some() {
        return recover(source, name, fields);
    }
    source.fields(name, fields)
}

/// Reads an object that does not match, and finds all fields that are not of their type. In lenient mode, a field that
/// may be absent is left out, and the received value is stored in `extra`.
#[cold]
fn recover(source: &mut dyn Source, name: &'static str, fields: &mut FieldReader<'_>) -> Result<(), DecodeError> {
    let lenient = source.recovery().is_some_and(Recovery::is_lenient);
    let properties = fields.properties;
    let (mut errors, mut stored, mut known) = (Errors::default(), Vec::new(), vec![false; properties.len()]);
    #[cfg(feature = "drift")]
    let mut unknown = Vec::new();
    let mut entered = false;
    let done = source.record(name, &mut |name, source| {
        entered = true;
        let Some(index) = fields.index(name) else {
            #[cfg(feature = "drift")]
            if source.recovery().is_some_and(Recovery::is_watching) {
                unknown.push(name.to_owned());
            }
            return fields.extra.take(name, source);
        };
        known.get_mut(index).into_iter().for_each(|known| *known = true);
        match fields.take_at(index, source) {
            Err(error) if lenient && properties.get(index).is_some_and(|property| !property.is_required()) => {
                // Secrets are not stored among fields that `Debug` shows.
                if !error.is_secret() {
                    // Only trees have a recovery, and a tree can be read again.
                    fields.extra.take(name, source).ok();
                }
                stored.push(error);
                Ok(())
            }
            done => done,
        }
    });
    if !entered && done.is_err() {
        // The value is not an object.
        return done;
    }
    errors.take(done);
    let missing = properties.iter().zip(known).filter(|(property, known)| property.is_required() && !known);
    missing.for_each(|(property, _)| errors.add(DecodeError::missing(property.name())));
    #[cfg(feature = "drift")]
    if let Some(recovery) = source.recovery() {
        unknown.iter().for_each(|name| recovery.record(Unlisted::Field(name)));
    }
    if let Some(recovery) = source.recovery() {
        stored.into_iter().for_each(|error| recovery.add(error));
    }
    errors.done()
}

/// Writes an object: the fields in the order of `properties`, then those that the type does not define.
///
/// # Errors
/// Returns an [`EncodeError`] when a value cannot be written.
pub fn write(
    sink: &mut dyn Sink,
    properties: &'static [Property],
    values: &[&dyn Encode],
    extra: &dyn EncodeExtra,
) -> Result<(), EncodeError> {
    sink.object(&Object { request: sink.is_request(), properties, values, extra })
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json::{from_json_slice, to_json_vec};

    #[derive(Debug, PartialEq)]
    struct Pair {
        one: i64,
        two: Option<String>,
        extra: Extra<Value>,
    }

    crate::object!(Pair { one: Required("one"), two: Optional("two"), ..extra });

    fn stored(text: &str) -> String {
        let pair: Pair = from_json_slice(text.as_bytes()).unwrap();
        String::from_utf8(to_json_vec(&pair).unwrap()).unwrap()
    }

    #[test]
    fn members_are_read_in_any_order_and_written_in_that_of_the_type() {
        assert_eq!(stored(r#"{"one":1,"two":"2"}"#), r#"{"one":1,"two":"2"}"#);
        assert_eq!(stored(r#"{"z":[],"two":"2","a":null,"one":1}"#), r#"{"one":1,"two":"2","z":[],"a":null}"#);
        assert_eq!(stored(r#"{"two":null,"one":1}"#), r#"{"one":1}"#);
    }

    #[test]
    fn the_last_of_one_name_counts() {
        assert_eq!(stored(r#"{"one":1,"one":2,"two":"2","two":"3","one":3}"#), r#"{"one":3,"two":"3"}"#);
    }

    #[test]
    fn errors_name_the_member() {
        let error = |text: &str| from_json_slice::<Pair>(text.as_bytes()).unwrap_err().to_string();
        assert!(error(r#"{"two":"2"}"#).contains("one"), "{}", error(r#"{"two":"2"}"#));
        assert!(error(r#"{"two":{},"one":1}"#).starts_with("two"), "{}", error(r#"{"two":{},"one":1}"#));
    }

    #[test]
    fn unknown_members_are_skipped() {
        struct One(i64);
        impl Decode for One {
            fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
                let (one,) = read(source, "One", &[Property::Required(",\"one\":")], &mut ())?;
                Ok(Self(one))
            }
        }
        assert_eq!(from_json_slice::<One>(br#"{"a":{"one":2},"one":1,"b":[1]}"#).unwrap().0, 1);
    }
}
