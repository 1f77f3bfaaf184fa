//! Equality of values by JSON Schema: `1` is `1.0`, and the order of members does not count.

use serde_json::{Number, Value};
use std::collections::{BTreeMap, HashSet};

/// Returns true if two values are equal.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    Canonical::from(one) == Canonical::from(other)
}

/// Returns true if two items are equal. The time is linear in the size of the list.
pub(super) fn has_repeats(items: &[Value]) -> bool {
    let mut known = HashSet::with_capacity(items.len());
    !items.iter().all(|item| known.insert(Canonical::from(item)))
}

/// A value in the only form that equal values have.
#[derive(PartialEq, Eq, Hash)]
enum Canonical<'v> {
    Null,
    Bool(bool),
    Whole(i128),
    /// The bits of another number.
    Float(u64),
    String(&'v str),
    Array(Vec<Canonical<'v>>),
    Object(BTreeMap<&'v str, Canonical<'v>>),
}

impl<'v> From<&'v Value> for Canonical<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::number(number),
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.as_str(), Self::from(value))).collect())
            }
        }
    }
}

impl Canonical<'_> {
    fn number(number: &Number) -> Self {
        whole(number).map_or_else(|| Self::Float(number.as_f64().unwrap_or(f64::NAN).to_bits()), Self::Whole)
    }
}

/// A number as an integer, if it has no fraction.
pub(super) fn whole(number: &Number) -> Option<i128> {
    let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    integer.or_else(|| whole_float(number.as_f64()?))
}

/// A float as an integer, if it has no fraction. Integers beyond 64 bits are not whole numbers here: all of them are floats.
pub(super) fn whole_float(number: f64) -> Option<i128> {
    let is_whole = number.fract() == 0.0 && number.abs() < 2.0_f64.powi(64);
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and within the range")]
    is_whole.then_some(number as i128)
}
