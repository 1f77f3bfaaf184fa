//! Arrays whose items have types by their positions (tuples). Knows the codec; must not know the items.

use crate::codec::context::grow;
use crate::codec::slot::Slot;
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};

/// A function that is called with each item of an array and its index.
pub type EachItem<'a> = dyn FnMut(usize, &mut dyn Source) -> Result<(), DecodeError> + 'a;

/// Reads an array, item by item.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no array, or `each` fails.
pub fn read(source: &mut dyn Source, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
    let mut next = 0;
    source.list(&mut |source| {
        next += 1;
        each(next - 1, source)
    })
}

/// Reads an item after those with types of their own.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not of this type.
pub fn more<T: Decode>(rest: &mut Vec<T>, source: &mut dyn Source) -> Result<(), DecodeError> {
    let item = T::decode(source)?;
    if rest.len() == rest.capacity() {
        grow(rest, source)?;
    }
    rest.push(item);
    Ok(())
}

/// Creates an error of an array that has too many items.
#[must_use]
pub fn too_long(max_items: usize) -> DecodeError {
    DecodeError::new(format!("an array of at most {max_items} items"), "one more")
}

/// Returns an iterator over items of one type.
pub fn rest<T: Encode>(items: &[T]) -> impl Iterator<Item = &dyn Encode> {
    items.iter().map(|item| item as &dyn Encode)
}

/// Writes an array. The first `min_items` items are required and always written. Of the others, absent items at the end are
/// left out, and an absent item before one that is present is written as `null`.
///
/// # Errors
/// Returns an [`EncodeError`] when an item cannot be written.
pub fn write<'a>(
    sink: &mut dyn Sink,
    items: &[&'a dyn Encode],
    min_items: usize,
    rest: &mut dyn Iterator<Item = &'a dyn Encode>,
) -> Result<(), EncodeError> {
    let mut rest = rest.peekable();
    let last = items.iter().enumerate().rev().find(|(index, item)| *index < min_items || !item.is_absent());
    let shown = if rest.peek().is_some() { items.len() } else { last.map_or(0, |(index, _)| index + 1) };
    sink.list(&mut items.iter().copied().take(shown).chain(rest))
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:tt),+;)+) => {$(
        impl<$($name: Decode),+> Decode for ($($name,)+) {
            #[expect(non_snake_case, reason = "each slot is called like the type in it")]
            fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
                $(let mut $name = Slot::<$name>::new();)+
                read(source, &mut |index, source| match index {
                    $($index => $name.read(source),)+
                    _ => Err(too_long($count)),
                })?;
                Ok(($($name.required_item($index)?,)+))
            }
        }

        impl<$($name: Encode),+> Encode for ($($name,)+) {
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                write(sink, &[$(&self.$index),+], $count, &mut std::iter::empty())
            }
        }
    )+};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
}
