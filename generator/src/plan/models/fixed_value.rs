//! Fixed values: those that the description determines, so that callers do not pass them.

use super::{Kind, enumeration};
use crate::api::{Scalar, SchemaId, Shape};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use serde_json::Value;

/// The Rust value of a field that callers do not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FixedValue {
    /// `Name::Variant`
    Variant(String, String),
    /// `true`, `1.5`, `()`
    Literal(String),
    /// `"…".into()`
    String(String),
    /// `(…, …)`
    Tuple(Vec<FixedValue>),
    /// A struct that has only fixed values.
    Default,
}

/// Depth to which fixed values are nested.
const DEEPEST: usize = 8;

/// The only value of a schema.
pub(super) fn only_value(id: SchemaId, types: &Types<'_>) -> Option<FixedValue> {
    only_value_within(id, types, DEEPEST)
}

/// The only value of a schema of strings, numbers or booleans as text.
pub(super) fn text(id: SchemaId, types: &Types<'_>) -> Option<String> {
    let (id, _) = types.resolve(id);
    let schema = types.schema(id)?;
    match (&schema.shape, &schema.only_value) {
        (Shape::Enum(listed), _) => match listed.values.as_slice() {
            [only] => Some(only.wire.clone()),
            _ => None,
        },
        (Shape::Scalar(Scalar::Null), _) => Some("null".to_owned()),
        (Shape::Scalar(_), Some(value)) => Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        _ => None,
    }
}

/// The value of the discriminator for a variant, in the type of its property.
pub(super) fn discriminator_value(id: SchemaId, value: &str, types: &Types<'_>) -> Option<FixedValue> {
    let (id, _) = types.resolve(id);
    let schema = types.schema(id)?;
    let literal = |is_one: bool| is_one.then(|| FixedValue::Literal(value.to_owned()));
    match &schema.shape {
        Shape::Enum(listed) => {
            let model = enumeration(id, Vec::new(), listed, types)?;
            let (Kind::StringEnum(listed) | Kind::IntegerEnum(listed)) = model.kind else { return None };
            let value = listed.values.into_iter().find(|known| known.wire == value)?;
            Some(FixedValue::Variant(model.name, value.variant))
        }
        Shape::Scalar(Scalar::Integer { .. }) => literal(match types.of(id) {
            RustType::I32 => value.parse::<i32>().is_ok(),
            RustType::U32 => value.parse::<u32>().is_ok(),
            RustType::I64 => value.parse::<i64>().is_ok(),
            RustType::U64 => value.parse::<u64>().is_ok(),
            _ => false,
        }),
        Shape::Scalar(Scalar::Bool) => literal(value.parse::<bool>().is_ok()),
        Shape::Scalar(Scalar::String(_)) | Shape::Any(_) => {
            let text = matches!(types.of(id), RustType::String | RustType::Json);
            text.then(|| FixedValue::String(value.to_owned()))
        }
        _ => None,
    }
}

/// The only value of a schema, up to a depth.
fn only_value_within(id: SchemaId, types: &Types<'_>, depth: usize) -> Option<FixedValue> {
    let depth = depth.checked_sub(1)?;
    let (id, nullable) = types.resolve(id);
    let schema = types.schema(id).filter(|_| !nullable)?;
    match (&schema.shape, &schema.only_value) {
        (Shape::Enum(listed), _) if listed.values.len() == 1 => {
            let model = enumeration(id, Vec::new(), listed, types)?;
            match model.kind {
                Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
                    let value = listed.values.into_iter().next()?;
                    Some(FixedValue::Variant(model.name, value.variant))
                }
                Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => None,
            }
        }
        (Shape::Scalar(Scalar::Null), _) => Some(FixedValue::Literal("()".to_owned())),
        (Shape::Scalar(_), Some(Value::Bool(value))) => Some(FixedValue::Literal(value.to_string())),
        (Shape::Scalar(_), Some(Value::Number(value))) if types.of(id) == RustType::F64 => {
            let text = value.as_f64()?.to_string();
            Some(FixedValue::Literal(if text.contains('.') { text } else { format!("{text}.0") }))
        }
        (Shape::Object(object), _) if !object.properties.is_empty() => {
            let is_fixed = |id: SchemaId| only_value_within(id, types, depth).is_some();
            let all = object.properties.iter().all(|property| property.required && is_fixed(property.schema));
            all.then_some(FixedValue::Default)
        }
        (Shape::Tuple(tuple), _) if tuple.is_rust_tuple() => {
            let items = tuple.items.iter().map(|item| only_value_within(*item, types, depth));
            items.collect::<Option<Vec<_>>>().map(FixedValue::Tuple)
        }
        _ => None,
    }
}
