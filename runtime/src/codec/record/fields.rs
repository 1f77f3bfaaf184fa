//! The fields of an object as a tuple. Knows the codec; must not know names.

use super::Property;
use crate::codec::slot::Slot;
use crate::codec::{Decode, DecodeError, Source};

/// The values of an object's fields, as a tuple or a [`Group`] of tuples.
pub trait ObjectFields: Sized {
    /// The places of the values while the object is read.
    type Slots: Default;

    /// The number of fields.
    const COUNT: usize;

    /// Reads the value of the field of this index.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of the field's type.
    fn take(slots: &mut Self::Slots, index: usize, source: &mut dyn Source) -> Result<(), DecodeError>;

    /// Returns the values. `properties` yields, for each value in order, its name and if it is required. Groups share one
    /// iterator.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a required field is absent.
    fn finish(slots: Self::Slots, properties: &mut Properties<'_>) -> Result<Self, DecodeError>;
}

/// Fields in order.
type Properties<'n> = std::slice::Iter<'n, Property>;

/// Tuples of fields in a tuple, for objects with more fields than one tuple has.
#[derive(Debug, Default)]
pub struct Group<T>(pub T);

impl ObjectFields for () {
    type Slots = ();

    const COUNT: usize = 0;

    fn take(_slots: &mut (), _index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
        source.skip()
    }

    fn finish(_slots: (), _properties: &mut Properties<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// The error of an object without a field that it needs, which is the first that is absent.
#[cold]
fn missing(properties: Properties<'_>, is_absent: &[bool]) -> DecodeError {
    match properties.zip(is_absent).find(|(_, is_absent)| **is_absent) {
        Some((property, _)) if property.is_required() => DecodeError::missing(property.name()),
        _ => DecodeError::new("a value", "nothing"),
    }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),+;)+) => {$(
        #[expect(non_snake_case, reason = "each value is called like its type")]
        impl<$($name: Decode),+> ObjectFields for ($($name,)+) {
            type Slots = ($(Slot<$name>,)+);

            const COUNT: usize = $count;

            #[inline]
            fn take(slots: &mut Self::Slots, index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
                match index {
                    $($index => slots.$index.read(source),)+
                    _ => source.skip(),
                }
            }

            #[inline]
            fn finish(slots: Self::Slots, properties: &mut Properties<'_>) -> Result<Self, DecodeError> {
                let own = properties.clone();
                // One exit for all fields: each exit has code that drops all values.
                match ($(slots.$index.field(properties.next()),)+) {
                    ($(Some($name),)+) => Ok(($($name,)+)),
                    fields => Err(missing(own, &[$(fields.$index.is_none()),+])),
                }
            }
        }
    )+};
}

macro_rules! groups {
    ($($($name:ident $index:tt),+;)+) => {$(
        impl<$($name: ObjectFields),+> ObjectFields for Group<($($name,)+)> {
            type Slots = ($($name::Slots,)+);

            const COUNT: usize = 0 $(+ $name::COUNT)+;

            fn take(slots: &mut Self::Slots, mut index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
                $(
                    match index.checked_sub($name::COUNT) {
                        Some(after) => index = after,
                        None => return $name::take(&mut slots.$index, index, source),
                    }
                )+
                let _none = index;
                source.skip()
            }

            fn finish(slots: Self::Slots, properties: &mut Properties<'_>) -> Result<Self, DecodeError> {
                Ok(Self(($($name::finish(slots.$index, properties)?,)+)))
            }
        }
    )+};
}

// As many as the standard library implements `Default` for.
tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
}

groups! {
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

#[cfg(test)]
mod tests {
    use crate::Group;
    use crate::codec::json::from_json_slice;

    /// Fields in groups of groups.
    #[derive(Debug, PartialEq)]
    struct Wide {
        a: i64,
        b: i64,
        c: i64,
        d: Option<i64>,
        e: Option<i64>,
        f: Option<i64>,
        g: Option<i64>,
    }

    crate::object!(Wide {
        a: Required("a"),
        b: Required("b"),
        c: Required("c"),
        d: Optional("d"),
        e: Optional("e"),
        f: Optional("f"),
        g: Optional("g"),
    } as Group((Group(((a, b), (c,))), Group(((d,), (e, f), (g,))))));

    #[test]
    fn each_field_of_a_group_has_its_place() {
        let read = |text: &str| from_json_slice::<Wide>(text.as_bytes());
        let all = Wide { a: 1, b: 2, c: 3, d: Some(4), e: Some(5), f: Some(6), g: Some(7) };
        assert_eq!(read(r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}"#).unwrap(), all);
        assert_eq!(read(r#"{"g":7,"f":6,"e":5,"d":4,"c":3,"b":2,"a":1}"#).unwrap(), all);
        assert_eq!(read(r#"{"a":1,"e":5,"x":[],"b":2,"c":3}"#).unwrap(), Wide { d: None, f: None, g: None, ..all });
        assert_eq!(read(r#"{"a":1,"b":2,"g":7}"#).unwrap_err().to_string(), "c: expected a value, found nothing");
        let error = read(r#"{"a":1,"b":2,"c":3,"f":"6"}"#).unwrap_err().to_string();
        assert!(error.starts_with("f: "), "{error}");
    }
}
