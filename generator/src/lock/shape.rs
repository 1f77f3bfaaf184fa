//! The shape of a schema, by which a schema that moved is found, and the keys of union members.

use crate::api::{Api, Member, Scalar, Schema, SchemaId, Shape, Union};
use std::collections::BTreeMap;

/// The members of a schema: their keys, and the kinds of properties.
pub(super) fn members(api: &Api, id: SchemaId) -> BTreeMap<String, Option<&'static str>> {
    let Some(schema) = api.schemas.get(id) else { return BTreeMap::new() };
    match &schema.shape {
        Shape::Object(object) => {
            let properties = object.properties.iter();
            properties.map(|property| (property.name.clone(), Some(kind_of(api, property.schema)))).collect()
        }
        Shape::Tuple(tuple) => {
            let items = tuple.items.iter().enumerate();
            items.map(|(index, item)| (index.to_string(), Some(kind_of(api, *item)))).collect()
        }
        Shape::Enum(listed) => listed.values.iter().map(|value| (value.wire.clone(), None)).collect(),
        Shape::Union(union) => member_keys(api, union).into_iter().map(|key| (key, None)).collect(),
        Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Same(_) | Shape::Any(_) => BTreeMap::new(),
    }
}

/// The keys of the members of a union. Those of one kind have numbers.
pub(crate) fn member_keys(api: &Api, union: &Union) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for member in &union.members {
        let plain = member_key(api, member);
        let is_known = |key: &String| keys.contains(key);
        let numbered = (2_u32..).map(|number| format!("{plain} {number}"));
        let key = std::iter::once(plain.clone()).chain(numbered).find(|key| !is_known(key));
        keys.push(key.unwrap_or(plain));
    }
    keys
}

/// The key of a member of a union: the pointer of a type, else the kind of its values.
fn member_key(api: &Api, member: &Member) -> String {
    let (id, _) = api.schemas.resolve(member.schema);
    let schemas = [member.schema, id].into_iter().filter_map(|id| api.schemas.get(id));
    let is_type = |schema: &&Schema| {
        let is_plain = matches!(&schema.shape, Shape::Tuple(tuple) if tuple.is_rust_tuple());
        let is_named = matches!(schema.shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Tuple(_));
        is_component(&schema.origin.pointer) || (is_named && !is_plain)
    };
    let pointer = schemas.into_iter().find(is_type).map(|schema| schema.origin.pointer.clone());
    pointer.unwrap_or_else(|| kind_of(api, id).to_owned())
}

/// Returns true for the key of a member of a union. Keys of enums are values.
pub(super) fn is_member_key(key: &str) -> bool {
    let plain = key.split_once(' ').map_or(key, |(plain, _)| plain);
    key.contains("#/") || Kind::WORDS.contains(&plain)
}

/// Returns true for the pointer of a component.
pub(super) fn is_component(pointer: &str) -> bool {
    let Some((parent, _)) = pointer.rsplit_once('/') else { return false };
    parent.ends_with("#/components/schemas") || parent.ends_with("#/definitions")
}

/// The word for the kind of a schema.
fn kind_of(api: &Api, id: SchemaId) -> &'static str {
    let (id, _) = api.schemas.resolve(id);
    api.schemas.get(id).map_or(Kind::Any, |schema| Kind::of(&schema.shape)).word()
}

/// The kinds of schemas with the words that the lock has for them.
macro_rules! kinds {
    ($($kind:ident $word:literal,)*) => {
        enum Kind {
            $($kind,)*
        }

        impl Kind {
            const WORDS: &[&str] = &[$($word),*];

            const fn word(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }
        }
    };
}

kinds! {
    Boolean "boolean",
    Integer "integer",
    Number "number",
    String "string",
    Null "null",
    List "list",
    Tuple "tuple",
    Map "map",
    Object "object",
    Enum "enum",
    Union "union",
    Any "any",
}

impl Kind {
    /// The kind of a shape.
    const fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Scalar(Scalar::Bool) => Self::Boolean,
            Shape::Scalar(Scalar::Integer { .. }) => Self::Integer,
            Shape::Scalar(Scalar::Float(_) | Scalar::Decimal(_)) => Self::Number,
            Shape::Scalar(Scalar::String(_)) => Self::String,
            Shape::Scalar(Scalar::Null) => Self::Null,
            Shape::List(_) => Self::List,
            Shape::Tuple(_) => Self::Tuple,
            Shape::Map(_) => Self::Map,
            Shape::Object(_) => Self::Object,
            Shape::Enum(_) => Self::Enum,
            Shape::Union(_) => Self::Union,
            Shape::Same(_) | Shape::Any(_) => Self::Any,
        }
    }
}
