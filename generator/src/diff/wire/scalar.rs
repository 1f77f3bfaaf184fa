//! Two scalars or enums: formats, widths, values.

use super::schema::{Pointers, add_change};
use super::traversal::{Mode, Text, Traversal};
use crate::api::{Scalar, Schema, Shape};
use crate::diff::change::WireVerdict::{self, Break, Risk, Safe};
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::plan::models::{EnumValues, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

/// The JSON kind of a scalar.
pub(super) const fn kind(scalar: &Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "boolean",
        Scalar::Integer { .. } | Scalar::Float(_) | Scalar::Decimal(_) => "number",
        Scalar::String(_) => "string",
        Scalar::Null => "null",
    }
}

/// The enum that the old crate has for a schema.
fn model<'w>(traversal: &Traversal<'w>, old: &Schema) -> Option<&'w EnumValues> {
    let model = traversal.old.plan.models.iter().find(|model| model.pointer == old.origin.pointer)?;
    match &model.kind {
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => Some(listed),
        Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

/// Returns true for an enum of strings that keeps values of any kind.
pub(super) fn reads_any_kind(traversal: &Traversal<'_>, old: &Schema) -> bool {
    let Shape::Enum(listed) = &old.shape else { return false };
    listed.value_type == crate::api::EnumType::String
        && model(traversal, old).is_some_and(|model| model.fallback.is_some())
}

/// The verdict about two scalars of different kinds where both are text: any text is a string. `None` if that does not
/// decide it.
pub(super) fn as_text(traversal: &Traversal<'_>, mode: Mode, old: &Schema, new: &Schema) -> Option<WireVerdict> {
    let is_scalar = |schema: &Schema| matches!(schema.shape, Shape::Scalar(_) | Shape::Enum(_));
    if mode.text != Text::Whole || !is_scalar(old) || !is_scalar(new) {
        return None;
    }
    let (old_values, new_values) = ((old, values(traversal.old, old)), (new, values(traversal.new, new)));
    let ((_, sent_values), (read_schema, accepted_values)) =
        if mode.is_request() { (old_values, new_values) } else { (new_values, old_values) };
    match (&read_schema.shape, sent_values, accepted_values) {
        (Shape::Enum(_), _, _) if !mode.is_request() => None,
        (Shape::Enum(_), Some(sent), Some(accepted)) => sent.is_subset(&accepted).then_some(Safe),
        (Shape::Scalar(Scalar::String(format)), _, None) if mode.is_request() => {
            Some(if format.is_some() { Risk } else { Safe })
        }
        (Shape::Scalar(Scalar::String(format)), _, None) => (!format.as_deref().is_some_and(is_parsed)).then_some(Safe),
        _ => None,
    }
}

/// The values of an enum or a constant; none for all other scalars. Some enums have no type of their own, such as those
/// of numbers that are not integers.
fn values(side: &Side, schema: &Schema) -> Option<BTreeSet<String>> {
    let wire = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match (&schema.shape, &schema.only_value) {
        (Shape::Enum(listed), _) => Some(listed.values.iter().map(|value| value.wire.clone()).collect()),
        (_, Some(only)) => Some(BTreeSet::from([wire(only)])),
        _ => {
            let tree = &side.document.tree;
            let listed = tree.to_json(tree.value_at(side.node(&schema.origin.pointer)?, "enum")?)?;
            Some(listed.as_array()?.iter().filter(|value| !value.is_null()).map(wire).collect())
        }
    }
}

/// Compares two values of one JSON kind.
pub(super) fn compare(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    listed_values(traversal, mode, old, new, pointers);
    if let (Shape::Scalar(old_scalar), Shape::Scalar(new_scalar)) = (&old.shape, &new.shape) {
        scalars(traversal, mode, old_scalar, new_scalar, pointers);
    } else if let (Shape::Scalar(Scalar::String(Some(format))), Shape::Enum(_)) = (&old.shape, &new.shape)
        && !mode.is_request()
        && is_parsed(format)
    {
        let message = format!("the format `{format}` is gone");
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::NumbersOrFormatsChanged, Risk),
            message,
            (format.clone(), "none".into()),
        );
    }
    numbers_in_strings(traversal, mode, old, new, pointers);
}

/// Compares the values of two enums or constants.
fn listed_values(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    let (old_values, new_values) = (values(traversal.old, old), values(traversal.new, new));
    let shown_values = |values: &Option<BTreeSet<String>>| {
        values.as_ref().map_or_else(|| "any".to_owned(), |values| values.iter().cloned().collect::<Vec<_>>().join(", "))
    };
    if old_values == new_values {
        return;
    }
    let is_subset = |one: &Option<BTreeSet<String>>, other: &Option<BTreeSet<String>>| match (one, other) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(one), Some(other)) => one.is_subset(other),
    };
    let shown = (shown_values(&old_values), shown_values(&new_values));
    if !is_subset(&old_values, &new_values) {
        let verdict = if mode.is_request() { Break } else { Safe };
        let message = "some values are not accepted any more".to_owned();
        add_change(traversal, mode, pointers, (Rule::ValuesNarrowed, verdict), message, shown.clone());
    }
    if !is_subset(&new_values, &old_values) {
        let is_closed = model(traversal, old).is_some_and(|model| model.fallback.is_none());
        let verdict = if !mode.is_request() && is_closed { Break } else { Safe };
        let message = "there are new values".to_owned();
        add_change(traversal, mode, pointers, (Rule::ValuesWidened, verdict), message, shown);
    }
}

/// Reports numbers that are written as strings on one side only.
fn numbers_in_strings(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    if mode.is_request() && old.in_string != new.in_string {
        let message = "numbers in strings are written in another way".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::JsonKindChanged, Break),
            message,
            (old.in_string.to_string(), new.in_string.to_string()),
        );
    } else if !mode.is_request() && !old.in_string && new.in_string {
        let message = "the server may write the number as a string".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::JsonKindChanged, Break),
            message,
            ("number".into(), "string".into()),
        );
    }
}

/// Returns true for a format of strings that the reader parses.
fn is_parsed(format: &str) -> bool {
    matches!(format, "date-time" | "date" | "time" | "duration" | "byte" | "base64url" | "base64")
}

/// Compares two scalars of one kind.
fn scalars(traversal: &mut Traversal<'_>, mode: Mode, old: &Scalar, new: &Scalar, pointers: Pointers<'_>) {
    match (old, new) {
        (Scalar::String(old_format), Scalar::String(new_format)) if old_format != new_format => {
            let parsed = |format: &Option<String>| format.as_deref().is_some_and(is_parsed);
            let (rule, verdict) = match (parsed(old_format), parsed(new_format), mode.is_request()) {
                (true, true, _) => (Rule::JsonKindChanged, Break),
                (true, false, false) => (Rule::NumbersOrFormatsChanged, Risk),
                (false, true, true) => (Rule::BoundsChanged, Risk),
                (false, false, true) if new_format.as_deref().is_some_and(|format| format != "password") => {
                    (Rule::BoundsChanged, Risk)
                }
                _ => (Rule::BoundsChanged, Safe),
            };
            let shown = |format: &Option<String>| format.clone().unwrap_or_else(|| "none".to_owned());
            let message = format!("the format changed from {} to {}", shown(old_format), shown(new_format));
            add_change(traversal, mode, pointers, (rule, verdict), message, (shown(old_format), shown(new_format)));
        }
        _ => {
            let (Some(old_numbers), Some(new_numbers)) = (Numbers::of(old), Numbers::of(new)) else { return };
            let (widened, narrowed) = (!new_numbers.is_within(&old_numbers), !old_numbers.is_within(&new_numbers));
            for (is_so, word, risky) in
                [(widened, "widened", !mode.is_request()), (narrowed, "narrowed", mode.is_request())]
            {
                if is_so {
                    let verdict = if risky { Risk } else { Safe };
                    let message = format!("the numbers are {word}");
                    add_change(
                        traversal,
                        mode,
                        pointers,
                        (Rule::NumbersOrFormatsChanged, verdict),
                        message,
                        (old_numbers.shown(), new_numbers.shown()),
                    );
                }
            }
        }
    }
}

/// A range of numbers.
struct Numbers {
    is_whole: bool,
    least: i128,
    most: i128,
}

impl Numbers {
    fn of(scalar: &Scalar) -> Option<Self> {
        match scalar {
            Scalar::Integer { format, minimum, maximum } => {
                let (least, most) = match format.as_deref() {
                    Some("int8") => (i8::MIN.into(), i8::MAX.into()),
                    Some("int16") => (i16::MIN.into(), i16::MAX.into()),
                    Some("int32") => (i32::MIN.into(), i32::MAX.into()),
                    Some("uint8") => (0, u8::MAX.into()),
                    Some("uint16") => (0, u16::MAX.into()),
                    Some("uint32" | "uint") => (0, u32::MAX.into()),
                    Some("uint64") => (0, u64::MAX.into()),
                    _ => (i64::MIN.into(), i64::MAX.into()),
                };
                let (least, most) =
                    (minimum.map_or(least, |bound| bound.max(least)), maximum.map_or(most, |bound| bound.min(most)));
                Some(Self { is_whole: true, least, most })
            }
            Scalar::Float(_) | Scalar::Decimal(_) => Some(Self { is_whole: false, least: i128::MIN, most: i128::MAX }),
            Scalar::Bool | Scalar::String(_) | Scalar::Null => None,
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        (self.is_whole || !other.is_whole) && self.least >= other.least && self.most <= other.most
    }

    fn shown(&self) -> String {
        if self.is_whole { format!("integers from {} to {}", self.least, self.most) } else { "numbers".to_owned() }
    }
}
