//! Objects whose fields have types by their names. Knows the codec; must not know the fields.

mod fields;

pub use self::fields::{Group, OptionalFields, RequiredFields};
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

/// A field to write, with its name.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Member<'a> {
    /// A field that is always written.
    Required(&'a str, &'a dyn Encode),
    /// A field that is left out when it is absent.
    Optional(&'a str, &'a dyn Encode),
    /// A field that is left out when it is absent, and always in requests (`readOnly`).
    ReadOnly(&'a str, &'a dyn Encode),
}

/// Reads an object: the values of required and of optional fields as two tuples, in the order of their names, and all
/// other fields into `extra`.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no object, a field is not of its type, or a required field is absent.
#[inline]
pub fn read<R: RequiredFields, O: OptionalFields>(
    source: &mut dyn Source,
    name: &'static str,
    required: &[&'static str],
    optional: &[&'static str],
    extra: &mut dyn Take,
) -> Result<(R, O), DecodeError> {
    let (mut needed, mut others) = (R::Slots::default(), O::default());
    let mut take = |index: usize, source: &mut dyn Source| match index.checked_sub(R::COUNT) {
        None => R::take(&mut needed, index, source),
        Some(index) => others.take(index, source),
    };
    read_into(source, name, Places { required, optional, take: &mut take, extra, next: (0, 0) })?;
    Ok((R::finish(needed, &mut required.iter())?, others))
}

/// The places of an object's fields. An index counts the required fields first.
pub struct Places<'p> {
    required: &'p [&'static str],
    optional: &'p [&'static str],
    take: &'p mut TakeField<'p>,
    extra: &'p mut dyn Take,
    /// The number of required and of optional fields up to the last one that was read.
    next: (usize, usize),
}

/// A function that reads the value of the field of an index.
type TakeField<'p> = dyn FnMut(usize, &mut dyn Source) -> Result<(), DecodeError> + 'p;

impl Places<'_> {
    /// Returns the index of the field of a name.
    fn index(&mut self, name: &str) -> Option<usize> {
        if let Some((index, _)) = self.next(|next| next == name) {
            return Some(index);
        }
        let position = |names: &[&str]| names.iter().position(|known| *known == name);
        if let Some(at) = position(self.required) {
            self.next.0 = at + 1;
            return Some(at);
        }
        let at = position(self.optional)?;
        self.next.1 = at + 1;
        Some(self.required.len() + at)
    }

    /// Returns the index and the name of the required or the optional field after the last one, if `is_next` accepts it.
    /// Most servers use the order of the description.
    #[inline]
    pub(super) fn next(&mut self, mut is_next: impl FnMut(&str) -> bool) -> Option<(usize, &'static str)> {
        if let Some(name) = self.required.get(self.next.0).copied().filter(|name| is_next(name)) {
            self.next.0 += 1;
            return Some((self.next.0 - 1, name));
        }
        let name = self.optional.get(self.next.1).copied().filter(|name| is_next(name))?;
        self.next.1 += 1;
        Some((self.required.len() + self.next.1 - 1, name))
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
    let required = places.required;
    let (mut errors, mut stored, mut known) = (Errors::default(), Vec::new(), vec![false; required.len()]);
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
            Err(error) if lenient && index >= required.len() => {
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
    let missing = required.iter().zip(known).filter(|(_, known)| !known);
    missing.for_each(|(name, _)| errors.add(DecodeError::missing(name)));
    #[cfg(feature = "drift")]
    if let Some(recovery) = source.recovery() {
        unknown.iter().for_each(|name| recovery.record(Unlisted::Field(name)));
    }
    if let Some(recovery) = source.recovery() {
        stored.into_iter().for_each(|error| recovery.add(error));
    }
    errors.done()
}

/// Writes an object: the fields in order, then those that the type does not define.
///
/// # Errors
/// Returns an [`EncodeError`] when a member cannot be written.
pub fn write(sink: &mut dyn Sink, members: &[Member<'_>], extra: &dyn EncodeExtra) -> Result<(), EncodeError> {
    let request = sink.is_request();
    sink.record(&mut |fields| {
        for member in members {
            match member {
                Member::ReadOnly(..) if request => {}
                Member::Required(name, value) => fields.required(name, *value)?,
                Member::Optional(name, value) | Member::ReadOnly(name, value) => fields.optional(name, *value)?,
            }
        }
        fields.extra(&Others { extra, members, request })
    })
}

/// The fields that the type does not define, without mismatches whose fields are written.
struct Others<'a> {
    extra: &'a dyn EncodeExtra,
    members: &'a [Member<'a>],
    request: bool,
}

impl EncodeExtra for Others<'_> {
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        self.extra.each(&mut |name, value| {
            let known = self.members.iter().any(|member| member.takes_place_of(name, self.request));
            if known { Ok(()) } else { each(name, value) }
        })
    }

    fn is_untagged(&self) -> bool {
        self.extra.is_untagged()
    }
}

impl Member<'_> {
    /// Returns `true` when no other field is written under this name.
    fn takes_place_of(&self, key: &str, request: bool) -> bool {
        match self {
            Self::Required(name, _) => *name == key,
            Self::Optional(name, value) => *name == key && !value.is_absent(),
            Self::ReadOnly(name, value) => *name == key && (request || !value.is_absent()),
        }
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

    impl Decode for Pair {
        fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
            let mut extra = Extra::new();
            let ((one,), (two,)) = read(source, "Pair", &["one"], &["two"], &mut extra)?;
            Ok(Self { one, two, extra })
        }
    }

    impl Encode for Pair {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
            write(sink, &[Member::Required("one", &self.one), Member::Optional("two", &self.two)], &self.extra)
        }
    }

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
                let ((one,), ()) = read(source, "One", &["one"], &[], &mut ())?;
                Ok(Self(one))
            }
        }
        assert_eq!(from_json_slice::<One>(br#"{"a":{"one":2},"one":1,"b":[1]}"#).unwrap().0, 1);
    }
}
