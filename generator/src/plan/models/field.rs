//! The fields of structs: their types, values and documentation.

use super::default::{self, StaticValue};
use super::fixed_value::{self, FixedValue};
use crate::api::Property;
use crate::plan::docs;
use crate::plan::names::screaming_snake;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use serde_json::Value;

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Name on the wire.
    pub wire: String,
    /// Name in Rust.
    pub name: String,
    /// Type, which includes `Option` and `Maybe` but not `Box`.
    pub ty: RustType,
    /// True if required.
    pub required: bool,
    /// True if the client leaves it out of requests.
    pub withheld: bool,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// True if it needs a `Box`, because the type contains itself or is large.
    pub boxed: bool,
    /// True if the lock has the field without a `Box`.
    pub locked_unboxed: bool,
    /// Its only possible value, or the value of the discriminator that selects its struct.
    pub fixed_value: Option<FixedValue>,
    /// True if the constructor sets it to that value.
    pub is_preset: bool,
    /// That value as JSON, for the documentation of the constructor; strings without quotes.
    pub preset_text: Option<String>,
    /// True if the description has that value as `const`, so that its setter takes no argument.
    pub is_const: bool,
    /// The name of the setter of an explicit `null`.
    pub null_setter: Option<String>,
    /// True for an argument of the constructor that the description does not require any more.
    pub locked_argument: bool,
    /// Position among the arguments of the constructor in the lock.
    pub position: Option<u32>,
    /// The name and value of the constant with the default that holds for an absent field.
    pub default: Option<(String, StaticValue)>,
    /// Examples of its values.
    pub examples: Vec<Value>,
}

/// The note on a required field that can be null.
pub(super) const CAN_BE_NULL: &str = "Can be null.";

/// The field of a property. The struct decides its position and its other names.
pub(super) fn field(property: &Property, name: String, types: &Types<'_>) -> Field {
    let inner = types.of(property.schema);
    let (_, nullable) = types.resolve(property.schema);
    // Any JSON value can be null: only `Maybe` distinguishes null from absent.
    let nullable = nullable || inner == RustType::Json || (inner == RustType::Unit && !property.required);
    let only_value = fixed_value::only_value(property.schema, types).filter(|_| !nullable);
    let has_only_value = only_value.is_some();
    let discriminator_value = property
        .discriminator_value
        .as_deref()
        .and_then(|value| fixed_value::discriminator_value(property.schema, value, types));
    let is_preset = discriminator_value.is_some() || (property.required && has_only_value);
    let preset_text = match &property.discriminator_value {
        Some(value) if discriminator_value.is_some() && !has_only_value => Some(value.clone()),
        _ => fixed_value::text(property.schema, types),
    };
    let fixed_value = only_value.or(discriminator_value);
    let default = default::value(property.schema, types).filter(|_| !has_only_value);
    let documented_default = default;
    // A server always sends a required field, so that nothing takes its default.
    let default = default.filter(|_| !property.required);
    let default =
        default.and_then(|value| default::expression(value, property.schema, &types.of(property.schema), types));
    let default = default.map(|value| (format!("DEFAULT_{}", screaming_snake(name.trim_end_matches('_'))), value));
    let mut ty = field_type(inner, property.required, nullable);
    if fixed_value.is_some() || default.is_some() {
        // The expression of the value has the name of the definition.
        ty.remove_aliases();
    }
    let docs = field_docs(property, &name, documented_default, &ty, types);
    let beside = property.examples.0.iter().cloned();
    Field {
        default,
        examples: beside.chain(types.examples(property.schema)).collect(),
        wire: property.name.clone(),
        name,
        ty,
        required: property.required,
        withheld: property.withheld,
        docs,
        boxed: false,
        locked_unboxed: false,
        fixed_value,
        is_preset,
        preset_text: preset_text.filter(|_| is_preset),
        null_setter: None,
        locked_argument: false,
        position: None,
        is_const: has_only_value
            && types.schema(types.resolve(property.schema).0).is_some_and(|schema| schema.is_const),
    }
}

/// The type of a field with values of an inner type.
pub(super) fn field_type(inner: RustType, is_required: bool, is_nullable: bool) -> RustType {
    match (is_required, is_nullable) {
        // Any JSON value can be null.
        (true, true) if inner == RustType::Json => inner,
        (true, false) => inner,
        (true, true) | (false, false) => inner.option(),
        (false, true) => RustType::Maybe(Box::new(inner)),
    }
}

/// The documentation of a field of a type: its description, otherwise its name on the wire, with notes about its side, null and
/// its default. The description of a component is that of its type, if it has one.
fn field_docs(
    property: &Property,
    name: &str,
    default: Option<&Value>,
    ty: &RustType,
    types: &Types<'_>,
) -> Vec<String> {
    let has_type = matches!(types.of(property.schema), RustType::Model { .. });
    let of_schema =
        types.schema(property.schema).filter(|_| !has_type).and_then(|schema| schema.description.as_deref());
    let mut lines = docs::of_field(property.description.as_deref().or(of_schema));
    if lines.is_empty() {
        lines.extend(docs::of_name(&property.name, name));
    }
    let side = match (property.read_only, property.write_only) {
        (true, false) => Some("Only the server sends it."),
        (false, true) => Some("Only sent to the server."),
        _ => None,
    };
    let size =
        (types.of(property.schema) == RustType::Number).then(|| "A number of any size, with every digit.".to_owned());
    let default = default.and_then(|default| default::note(default, property.schema, ty, types));
    // Many descriptions end with it.
    let default = default.filter(|note| !lines.iter().any(|line| line.contains(note.trim_end_matches('.'))));
    // An `Option` of a field that is not required stands for an absent one.
    let null = (property.required && matches!(ty, RustType::Option(_))).then(|| CAN_BE_NULL.to_owned());
    let notes = [side.map(str::to_owned), size, null, default];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let deprecated = docs::of_deprecated(property.deprecated, &lines);
    docs::add_notes(&mut lines, (!notes.is_empty()).then(|| notes.join(" ")).into_iter().chain(deprecated));
    lines
}
