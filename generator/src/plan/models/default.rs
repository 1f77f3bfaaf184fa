//! Defaults: their text in the documentation and the functions that return them.

use super::Kind;
use super::enumeration;
use crate::api::{SchemaId, Shape};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::Value;

/// A value that Rust can write without an allocation: a default, or the only value of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StaticValue {
    /// A string.
    String(String),
    /// A number or boolean of this type.
    Literal(RustType, String),
    /// `Name::Variant`
    Variant(String, String),
}

/// Longer defaults are not in the documentation.
const LONGEST: usize = 60;

/// A list of more variants is in the documentation as JSON.
const MAX: usize = 3;

/// The default of a schema: of the place, else of the referenced schema.
pub(in crate::plan) fn value<'a>(id: SchemaId, types: &Types<'a>) -> Option<&'a Value> {
    let schema = types.schema(id)?;
    schema.default.as_ref().or_else(|| types.schema(types.resolve(id).0)?.default.as_ref())
}

/// The note on the default of a schema: a variant of an enum, or JSON. `ty` is the type as its place spells it.
pub(in crate::plan) fn note(value: &Value, id: SchemaId, ty: &RustType, types: &Types<'_>) -> Option<String> {
    let shown = variants(value, id, ty, types).or_else(|| {
        let text = value.to_string();
        let is_shown = text.chars().count() <= LONGEST && !text.contains('`') && !value.is_null();
        is_shown.then(|| format!("`{text}`"))
    });
    shown.map(|shown| format!("Default: {shown}."))
}

/// Links to the variants that a default is: one of an enum, or those of a list of them.
fn variants(value: &Value, id: SchemaId, ty: &RustType, types: &Types<'_>) -> Option<String> {
    let spelled = ty.used_names();
    let variant = |value: &Value, id: SchemaId| match expression(value, id, &types.of(id).strict(), types)? {
        StaticValue::Variant(enum_name, variant) => {
            let enum_name = spelled.first().copied().unwrap_or(&enum_name);
            Some(format!("[`{variant}`](crate::models::{enum_name}::{variant})"))
        }
        StaticValue::String(_) | StaticValue::Literal(..) => None,
    };
    match (value, types.shape(id)?) {
        (Value::Array(values), Shape::List(items)) if !values.is_empty() && values.len() <= MAX => {
            let variants: Option<Vec<String>> = values.iter().map(|value| variant(value, *items)).collect();
            variants.map(|variants| variants.join(", "))
        }
        _ => variant(value, id),
    }
}

/// The expression of a value in Rust, if the type can have the value.
pub(in crate::plan) fn expression(
    value: &Value,
    id: SchemaId,
    ty: &RustType,
    types: &Types<'_>,
) -> Option<StaticValue> {
    match (ty, value) {
        (RustType::String, Value::String(text)) => Some(StaticValue::String(text.clone())),
        (RustType::Bool | RustType::F64 | RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64, _) => {
            Some(StaticValue::Literal(ty.clone(), literal(value, ty)?))
        }
        (RustType::Model { class: Class::String | Class::Integer, .. }, Value::String(_) | Value::Number(_)) => {
            let (id, _) = types.resolve(id);
            let Shape::Enum(listed) = &types.schema(id)?.shape else { return None };
            let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let model = enumeration(id, Vec::new(), listed, types)?;
            let (Kind::StringEnum(listed) | Kind::IntegerEnum(listed)) = model.kind else { return None };
            let value = listed.values.into_iter().find(|known| known.wire == wire)?;
            Some(StaticValue::Variant(model.name, value.variant))
        }
        _ => None,
    }
}

/// A boolean or a number as Rust writes it, if the type has this value.
pub(in crate::plan) fn literal(value: &Value, ty: &RustType) -> Option<String> {
    match (ty, value) {
        (RustType::Bool, Value::Bool(flag)) => Some(flag.to_string()),
        (RustType::F64, Value::Number(number)) => {
            let text = number.as_f64()?.to_string();
            Some(if text.contains('.') { text } else { format!("{text}.0") })
        }
        (RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64, Value::Number(number)) => {
            let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))?;
            let fits = match ty {
                RustType::I32 => i32::try_from(whole).is_ok(),
                RustType::U32 => u32::try_from(whole).is_ok(),
                RustType::U64 => u64::try_from(whole).is_ok(),
                _ => i64::try_from(whole).is_ok(),
            };
            fits.then(|| whole.to_string())
        }
        _ => None,
    }
}
