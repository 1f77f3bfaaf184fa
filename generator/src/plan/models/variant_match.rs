//! Facts that distinguish the members of a union before one is decoded.

use crate::api::{EnumType, Object, Scalar, SchemaId, Shape};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use serde_json::Value;

/// The distinguishing facts of a member.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Candidate {
    /// The runtime's name of the kind of JSON value, such as `Object` or `Text`.
    pub kind: &'static str,
    /// Required properties.
    pub required: Vec<String>,
    /// All properties.
    pub properties: Vec<String>,
    /// Paths to properties with one possible value.
    pub constants: Vec<(Vec<String>, ConstantValue)>,
}

/// The value of such a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ConstantValue {
    /// A string.
    String(String),
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
}

/// Depth to which objects are searched for constants.
const DEEPEST: usize = 3;

/// The facts by which the decoder of a union recognizes the values of a variant.
pub(super) fn candidate(id: SchemaId, types: &Types<'_>) -> Candidate {
    let (id, _) = types.resolve(id);
    let of_kind = |kind| Candidate { kind, ..Candidate::default() };
    let Some(schema) = types.schema(id) else { return of_kind("Any") };
    match &schema.shape {
        Shape::Scalar(Scalar::Bool) => of_kind("Bool"),
        Shape::Scalar(Scalar::Integer { .. }) => of_kind("Integer"),
        Shape::Scalar(Scalar::Float(_) | Scalar::Decimal(_)) => of_kind("Number"),
        Shape::Scalar(Scalar::String(_)) => of_kind(match types.of(id) {
            RustType::DateTime
            | RustType::Date
            | RustType::Time
            | RustType::Duration
            | RustType::Base64
            | RustType::ViaFromStr(_)
            | RustType::Lenient(_) => "Format",
            _ => "Text",
        }),
        Shape::Scalar(Scalar::Null) => of_kind("Null"),
        Shape::List(_) | Shape::Tuple(_) => of_kind("List"),
        Shape::Map(_) => of_kind("Object"),
        Shape::Enum(listed) => of_kind(if listed.value_type == EnumType::String { "Listed" } else { "Integer" }),
        Shape::Union(_) | Shape::Same(_) | Shape::Any(_) => of_kind("Any"),
        Shape::Object(object) => {
            let required = object.properties.iter().filter(|property| property.required);
            let mut constants = Vec::new();
            collect(object, types, &[], &mut constants);
            Candidate {
                kind: "Object",
                required: required.map(|property| property.name.clone()).collect(),
                properties: object.properties.iter().map(|property| property.name.clone()).collect(),
                constants,
            }
        }
    }
}

/// Adds the constants of an object and of the objects in its required properties.
fn collect(object: &Object, types: &Types<'_>, path: &[String], found: &mut Vec<(Vec<String>, ConstantValue)>) {
    for property in &object.properties {
        let (id, nullable) = types.resolve(property.schema);
        let Some(schema) = types.schema(id) else { continue };
        let path: Vec<String> = path.iter().chain([&property.name]).cloned().collect();
        match &schema.shape {
            Shape::Object(inner) if property.required && !nullable && path.len() < DEEPEST => {
                collect(inner, types, &path, found);
            }
            Shape::Enum(listed) => {
                let [only] = listed.values.as_slice() else { continue };
                let constant = match listed.value_type {
                    EnumType::String => Some(ConstantValue::String(only.wire.clone())),
                    EnumType::Integer => only.wire.parse().ok().map(ConstantValue::Integer),
                };
                found.extend(constant.map(|constant| (path, constant)));
            }
            Shape::Scalar(Scalar::Bool) => {
                let only = schema.only_value.as_ref().and_then(Value::as_bool);
                found.extend(only.map(|only| (path, ConstantValue::Bool(only))));
            }
            _ => {}
        }
    }
}
