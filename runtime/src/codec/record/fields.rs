//! The fields of an object as tuples: one of those that are required, one of the others. Knows the codec; must not know
//! names.

use crate::codec::slot::Slot;
use crate::codec::{Decode, DecodeError, Source};

/// The values of required fields, as a tuple or a [`Group`] of tuples.
pub trait RequiredFields: Sized {
    /// The places of the values while the object is read.
    type Slots: Default;

    /// The number of fields.
    const COUNT: usize;

    /// Reads the value of the field of this index.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of the field's type.
    fn take(slots: &mut Self::Slots, index: usize, source: &mut dyn Source) -> Result<(), DecodeError>;

    /// Returns the values. `names` yields the names of the fields.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a field is absent.
    fn finish(slots: Self::Slots, names: &mut Names<'_>) -> Result<Self, DecodeError>;
}

/// The values of optional fields, as a tuple or a [`Group`] of tuples. An absent field has the default of its type.
pub trait OptionalFields: Default {
    /// The number of fields.
    const COUNT: usize;

    /// Reads the value of the field of this index.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of the field's type.
    fn take(&mut self, index: usize, source: &mut dyn Source) -> Result<(), DecodeError>;
}

/// The names of fields in order.
type Names<'n> = std::slice::Iter<'n, &'static str>;

/// Tuples of fields in a tuple, for objects with more fields than one tuple has.
#[derive(Debug, Default)]
pub struct Group<T>(pub T);

impl RequiredFields for () {
    type Slots = ();

    const COUNT: usize = 0;

    fn take(_slots: &mut (), _index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
        source.skip()
    }

    fn finish(_slots: (), _names: &mut Names<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }
}

impl OptionalFields for () {
    const COUNT: usize = 0;

    fn take(&mut self, _index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
        source.skip()
    }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),+;)+) => {$(
        impl<$($name: Decode),+> RequiredFields for ($($name,)+) {
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
            fn finish(slots: Self::Slots, names: &mut Names<'_>) -> Result<Self, DecodeError> {
                Ok(($(slots.$index.required(names.next().copied().unwrap_or_default())?,)+))
            }
        }

        impl<$($name: Decode + Default),+> OptionalFields for ($($name,)+) {
            const COUNT: usize = $count;

            #[inline]
            fn take(&mut self, index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
                match index {
                    $($index => self.$index = $name::decode(source)?,)+
                    _ => source.skip()?,
                }
                Ok(())
            }
        }
    )+};
}

macro_rules! groups {
    ($($($name:ident $index:tt),+;)+) => {$(
        impl<$($name: RequiredFields),+> RequiredFields for Group<($($name,)+)> {
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

            fn finish(slots: Self::Slots, names: &mut Names<'_>) -> Result<Self, DecodeError> {
                Ok(Self(($($name::finish(slots.$index, names)?,)+)))
            }
        }

        impl<$($name: OptionalFields),+> OptionalFields for Group<($($name,)+)> {
            const COUNT: usize = 0 $(+ $name::COUNT)+;

            fn take(&mut self, mut index: usize, source: &mut dyn Source) -> Result<(), DecodeError> {
                $(
                    match index.checked_sub($name::COUNT) {
                        Some(after) => index = after,
                        None => return self.0.$index.take(index, source),
                    }
                )+
                let _none = index;
                source.skip()
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
    use super::Group;
    use crate::codec::json::from_json_slice;
    use crate::codec::record::read;
    use crate::codec::{Decode, DecodeError, Source};

    /// Required fields in two tuples, optional ones in groups of groups.
    #[derive(Debug, PartialEq)]
    struct Wide([i64; 3], [Option<i64>; 4]);

    impl Decode for Wide {
        fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
            let (Group(((a, b), (c,))), Group((Group(((d,), (e,))), Group(((f,), (g,)))))) =
                read(source, "Wide", &["a", "b", "c"], &["d", "e", "f", "g"], &mut ())?;
            Ok(Self([a, b, c], [d, e, f, g]))
        }
    }

    #[test]
    fn each_field_of_a_group_has_its_place() {
        let read = |text: &str| from_json_slice::<Wide>(text.as_bytes());
        let all = Wide([1, 2, 3], [Some(4), Some(5), Some(6), Some(7)]);
        assert_eq!(read(r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}"#).unwrap(), all);
        assert_eq!(read(r#"{"g":7,"f":6,"e":5,"d":4,"c":3,"b":2,"a":1}"#).unwrap(), all);
        assert_eq!(read(r#"{"a":1,"e":5,"x":[],"b":2,"c":3}"#).unwrap(), Wide([1, 2, 3], [None, Some(5), None, None]));
        assert_eq!(read(r#"{"a":1,"b":2,"g":7}"#).unwrap_err().to_string(), "c: expected a value, found nothing");
        let error = read(r#"{"a":1,"b":2,"c":3,"f":"6"}"#).unwrap_err().to_string();
        assert!(error.starts_with("f: "), "{error}");
    }
}
