//! Objects whose fields have types by their names. Knows the codec; must not know the fields.

mod fields;

pub use self::fields::{Group, ObjectFields};
#[cfg(feature = "drift")]
use crate::codec::drift::Unlisted;
use crate::codec::extra::Extra;
use crate::codec::recovery::{Errors, Recovery};
use crate::codec::{self, Decode, DecodeError, EachExtra, Encode, EncodeError, EncodeExtra, Sink, Source};
use serde_json::Value;

/// A place for the fields that a type does not define.
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

/// Unknown fields of an object that the description closes. They are stored like others, but a variant of a union that
/// has some does not match the whole value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Closed<'e, T = Value>(pub &'e mut Extra<T>);

impl<T: Decode> Take for Closed<'_, T> {
    fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        if source.is_whole() {
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

/// A field of an object, with its name.
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
    fn name(self) -> &'static str {
        let (Self::Required(name) | Self::Optional(name) | Self::RequiredReadOnly(name) | Self::OptionalReadOnly(name)) =
            self;
        name
    }

    pub(crate) const fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredReadOnly(_))
    }

    fn is_left_out(self, request: bool) -> bool {
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
    properties: &[Property],
    extra: &mut dyn Take,
) -> Result<F, DecodeError> {
    let mut slots = F::Slots::default();
    let mut take = |index: usize, source: &mut dyn Source| F::take(&mut slots, index, source);
    read_into(source, name, Places { properties, take: &mut take, extra, next: 0 })?;
    F::finish(slots, &mut properties.iter())
}

/// The places of an object's fields.
pub struct Places<'p> {
    properties: &'p [Property],
    take: &'p mut TakeField<'p>,
    extra: &'p mut dyn Take,
    /// The index behind the last field that was read.
    next: usize,
}

/// A function that reads the value of the field of an index.
type TakeField<'p> = dyn FnMut(usize, &mut dyn Source) -> Result<(), DecodeError> + 'p;

/// The number of absent fields that are looked over before the key is read as text.
const LOOK_AHEAD: usize = 4;

impl Places<'_> {
    /// Returns the index of the field of a name: the next one from the last field on, otherwise one before it.
    fn index(&mut self, name: &str) -> Option<usize> {
        let (before, behind) = self.properties.split_at_checked(self.next)?;
        let position = |properties: &[Property]| properties.iter().position(|known| known.name() == name);
        let index = position(behind).map(|at| before.len() + at).or_else(|| position(before))?;
        self.next = index + 1;
        Some(index)
    }

    /// Returns the index and the name of a field behind the last one, if `is_next` accepts it. Most servers use the order
    /// of the description and leave out optional fields.
    #[inline]
    pub(super) fn next(&mut self, mut is_next: impl FnMut(&str) -> bool) -> Option<(usize, &'static str)> {
        let behind = self.properties.iter().enumerate().skip(self.next);
        for (index, property) in behind.take(LOOK_AHEAD) {
            if is_next(property.name()) {
                self.next = index + 1;
                return Some((index, property.name()));
            }
        }
        None
    }

    /// Reads the value of a field.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of the field's type.
    pub fn take(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        match self.index(name) {
            Some(index) => self.take_at(index, name, source),
            None => self.extra.take(name, source),
        }
    }

    pub(super) fn take_at(&mut self, index: usize, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        (self.take)(index, source).map_err(|error| error.in_key(name))
    }
}

fn read_into(source: &mut dyn Source, name: &'static str, mut places: Places<'_>) -> Result<(), DecodeError> {
    if source.is_untagged() {
        places.extra.mark_untagged();
    }
    if source.recovery().is_some() {
        return read_on(source, name, &mut places);
    }
    source.fields(name, &mut places)
}

/// Reads an object that has a mismatch, and finds all fields that are not of their type. In lenient mode, a field that
/// may be absent is left out, and the received value is stored in `extra`.
#[cold]
fn read_on(source: &mut dyn Source, name: &'static str, places: &mut Places<'_>) -> Result<(), DecodeError> {
    let lenient = source.recovery().is_some_and(Recovery::is_lenient);
    let properties = places.properties;
    let (mut errors, mut stored, mut known) = (Errors::default(), Vec::new(), vec![false; properties.len()]);
    #[cfg(feature = "drift")]
    let mut unknown = Vec::new();
    let mut entered = false;
    let done = source.record(name, &mut |name, source| {
        entered = true;
        let Some(index) = places.index(name) else {
            #[cfg(feature = "drift")]
            if source.recovery().is_some_and(Recovery::is_watching) {
                unknown.push(name.to_owned());
            }
            return places.extra.take(name, source);
        };
        known.get_mut(index).into_iter().for_each(|known| *known = true);
        match places.take_at(index, name, source) {
            Err(error) if lenient && properties.get(index).is_some_and(|property| !property.is_required()) => {
                // Secrets are not stored among fields that `Debug` shows.
                if !error.is_secret() {
                    places.extra.take(name, source).ok();
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
    properties: &[Property],
    values: &[&dyn Encode],
    extra: &dyn EncodeExtra,
) -> Result<(), EncodeError> {
    let request = sink.is_request();
    sink.record(&mut |fields| {
        for (property, value) in properties.iter().zip(values) {
            if property.is_left_out(request) {
                continue;
            }
            if property.is_required() {
                fields.required(property.name(), *value)?;
            } else {
                fields.optional(property.name(), *value)?;
            }
        }
        fields.extra(&Others { extra, properties, values, request })
    })
}

/// The unknown fields. One with the name of a field (a lenient client stores values of other types so) is written only if that
/// field is absent.
struct Others<'a> {
    extra: &'a dyn EncodeExtra,
    properties: &'a [Property],
    values: &'a [&'a dyn Encode],
    request: bool,
}

impl EncodeExtra for Others<'_> {
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        self.extra.each(&mut |name, value| if self.is_taken(name) { Ok(()) } else { each(name, value) })
    }

    fn is_untagged(&self) -> bool {
        self.extra.is_untagged()
    }
}

impl Others<'_> {
    /// Returns `true` when a field of the type has this name, and is written or left out of requests. Then no unknown field is
    /// written under the name.
    fn is_taken(&self, name: &str) -> bool {
        let mut fields = self.properties.iter().zip(self.values);
        fields.any(|(property, value)| {
            let is_present = property.is_required() || property.is_left_out(self.request) || !value.is_absent();
            property.name() == name && is_present
        })
    }
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
                let (one,) = read(source, "One", &[Property::Required("one")], &mut ())?;
                Ok(Self(one))
            }
        }
        assert_eq!(from_json_slice::<One>(br#"{"a":{"one":2},"one":1,"b":[1]}"#).unwrap().0, 1);
    }
}
