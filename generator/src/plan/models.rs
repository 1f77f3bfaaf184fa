//! The types of the generated crate: structs, enums, unions, aliases.

pub(crate) mod arguments;
pub(crate) mod default;
mod direction;
mod enums;
mod field;
pub(crate) mod fixed_value;
mod old_names;
mod tuple_struct;
mod union_type;
pub(crate) mod variant_match;
mod variant_shape;

use super::docs;
use super::names::{Scope, distinct_beside, snake};
use super::recursion::contains_models;
use super::rust_type::{Class, RustType};
use super::type_names::Alias;
use super::type_of::Types;
use super::usage_docs::{TypePlaces, places};
use crate::api::{Api, Extra, Object, Schema, SchemaId, Shape};
use crate::config::{Config, Derive, UnknownFields};
use crate::lock::LockedTypeChildren;
pub(crate) use direction::Direction;
use enums::enumeration;
pub(crate) use enums::string_enum;
pub(crate) use field::Field;
use field::field;
pub(crate) use fixed_value::FixedValue;
pub(super) use old_names::old_names;
use serde_json::Value;
use std::collections::BTreeMap;
use tuple_struct::tuple_struct;
pub(in crate::plan) use union_type::shape_name;
use union_type::union_type;
pub(crate) use union_type::{UnionType, UnionVariant};
pub(crate) use variant_match::ConstantValue;
pub(super) use variant_shape::document_variants;

/// A generated type.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Name of the type.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// JSON pointer of its schema.
    pub pointer: String,
    /// Derives that the settings add.
    pub derives: Vec<Derive>,
    /// The note on an old name.
    pub deprecated: Option<Deprecated>,
    /// True for an alias that the documentation does not show.
    pub is_hidden: bool,
    /// Direction of its values.
    pub direction: Direction,
    /// Examples of its values.
    pub examples: Vec<Value>,
    /// Kind and contents of the type.
    pub kind: Kind,
}

/// A name that goes away.
#[derive(Debug, Clone)]
pub(crate) struct Deprecated {
    /// The version of the crate that deprecated it.
    pub since: String,
    /// The note for users.
    pub note: String,
}

impl Model {
    /// The class of the type.
    #[must_use]
    pub(crate) const fn class(&self) -> Class {
        match self.kind {
            Kind::StringEnum(_) => Class::String,
            Kind::IntegerEnum(_) => Class::Integer,
            Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => Class::Data,
        }
    }

    /// The type that it is an alias of.
    #[must_use]
    pub(crate) fn alias_of(&self) -> Option<&str> {
        match &self.kind {
            Kind::Alias(RustType::Model { name, .. }) => Some(name),
            Kind::Alias(_) | Kind::Struct(_) | Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) => None,
        }
    }

    /// The names of types that its definition takes.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let arguments = match &self.kind {
            Kind::Struct(structure) => structure.arguments.as_deref(),
            Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) | Kind::Alias(_) => None,
        };
        std::iter::once(self.name.as_str()).chain(arguments)
    }
}

/// Kinds of generated types.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A struct.
    Struct(Struct),
    /// An enum of strings, open or closed.
    StringEnum(EnumValues),
    /// An enum of integers, open or closed.
    IntegerEnum(EnumValues),
    /// A union.
    Union(UnionType),
    /// An alias of a type.
    Alias(RustType),
}

/// Fields of a struct.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Struct {
    /// In the order of the description.
    pub fields: Vec<Field>,
    /// Unknown fields.
    pub extra: ExtraField,
    /// True if the description allows no other properties. Unknown fields that a server sends are stored, and
    /// distinguish variants of a union.
    pub closed: bool,
    /// For an array on the wire, whose items are the fields: the number of required items. `None` for an object.
    pub required_items: Option<usize>,
    /// Name of the struct that the constructor takes, if it would have too many arguments.
    pub arguments: Option<String>,
}

impl Struct {
    /// Returns true if it is an array on the wire.
    #[must_use]
    pub(crate) const fn is_tuple(&self) -> bool {
        self.required_items.is_some()
    }
}

/// A constructor with more arguments takes a struct.
const MAX_ARGUMENTS: usize = 5;

/// The field for unknown fields, and for further items of an array.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExtraField {
    /// They are skipped.
    Ignored,
    /// They are stored in the field of this name, with this type of value.
    Stored(String, RustType),
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnumValue {
    /// Value on the wire.
    pub wire: String,
    /// Variant.
    pub variant: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
}

/// Values of an enum.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EnumValues {
    /// In the order of the description.
    pub values: Vec<EnumValue>,
    /// Fallback variant; `None` for closed enums.
    pub fallback: Option<String>,
}

/// Every type of an API.
#[must_use]
pub(crate) fn models(api: &Api, types: &Types<'_>, config: &Config, scope: &mut Scope) -> Vec<Model> {
    let ids = api.schemas.ids();
    let places = places(api, types);
    let mut models: Vec<Model> = ids.filter_map(|id| model(id, types, config, places.get(&id))).collect();
    models.extend(aliases(types, &models));
    for model in &mut models {
        if let Kind::Struct(structure) = &mut model.kind {
            let count = structure.fields.iter().filter(|field| field.is_argument()).count();
            // The lock may have a name for it.
            let locked = structure.arguments.take();
            let name = || locked.unwrap_or_else(|| scope.claim(&format!("{}Fields", model.name)));
            structure.arguments = (count > MAX_ARGUMENTS).then(name);
        }
    }
    models
}

/// The aliases of types: each place of equal inline schemas has its own.
fn aliases(types: &Types<'_>, models: &[Model]) -> Vec<Model> {
    let directions: BTreeMap<&str, Direction> =
        models.iter().map(|model| (model.name.as_str(), model.direction)).collect();
    let alias = |alias: &Alias| {
        let target = types.name(alias.of)?;
        Some(Model {
            name: alias.name.clone(),
            docs: vec![format!("Another name of [`{target}`].")],
            pointer: alias.pointer.clone(),
            derives: Vec::new(),
            deprecated: None,
            is_hidden: false,
            examples: Vec::new(),
            direction: directions.get(target).copied()?,
            kind: Kind::Alias(types.of(alias.of)),
        })
    };
    types.aliases().iter().filter_map(alias).collect()
}

impl ExtraField {
    /// The field for unknown fields, with the type of its values.
    #[must_use]
    pub(crate) fn field(&self) -> Option<(&str, &RustType)> {
        if let Self::Stored(name, ty) = self { Some((name, ty)) } else { None }
    }
}

/// The type of a schema, if it has one with a name.
fn model(id: SchemaId, types: &Types<'_>, config: &Config, places: Option<&TypePlaces>) -> Option<Model> {
    let name = types.name(id)?.to_owned();
    let schema = types.schema(id)?;
    let docs = type_docs(schema, places);
    let direction = if config.one_way { Direction::of(schema) } else { Direction::Both };
    let locked_children = types.locked().children_of_type(id, &schema.origin.pointer);
    let kind = match &schema.shape {
        Shape::Object(object) => Kind::Struct(structure(object, schema, locked_children, types, config)),
        Shape::Tuple(tuple) if !tuple.is_rust_tuple() => Kind::Struct(tuple_struct(tuple, locked_children, types)),
        Shape::Enum(listed) => {
            let mut model = Model { direction, ..enumeration(id, docs, listed, types)? };
            if let (Kind::StringEnum(listed) | Kind::IntegerEnum(listed), true) =
                (&mut model.kind, types.is_one_of(id, &config.closed_enums))
            {
                listed.fallback = None;
            }
            return Some(model);
        }
        Shape::Union(union) => Kind::Union(union_type(id, union, &name, locked_children, types)),
        Shape::Scalar(_) | Shape::List(_) | Shape::Tuple(_) | Shape::Map(_) | Shape::Same(_) | Shape::Any(_) => {
            let aliased = types.nullable_type(id);
            Kind::Alias(aliased)
        }
    };
    let (pointer, examples) = (schema.origin.pointer.clone(), schema.examples.0.clone());
    let (derives, deprecated, is_hidden) = (Vec::new(), None, false);
    Some(Model { name, docs, pointer, derives, deprecated, is_hidden, direction, examples, kind })
}

/// The description of a type, otherwise its places in the API. A type with several places has both, because its name is
/// from the first place.
fn type_docs(schema: &Schema, places: Option<&TypePlaces>) -> Vec<String> {
    let mut lines = docs::of("", schema.description.as_deref());
    let places = places.filter(|places| lines.is_empty() || places.has_others);
    docs::add_notes(&mut lines, places.map(|places| places.sentence.clone()));
    let note = docs::of_deprecated(schema.deprecated, &lines);
    docs::add_notes(&mut lines, note);
    lines
}

/// The struct of an object.
fn structure(
    object: &Object,
    schema: &Schema,
    locked_children: LockedTypeChildren<'_>,
    types: &Types<'_>,
    config: &Config,
) -> Struct {
    let LockedTypeChildren { fields: locked, rest, arguments, .. } = locked_children;
    let mut scope = Scope::default();
    let wanted: Vec<(&str, String)> =
        object.properties.iter().map(|property| (property.name.as_str(), snake(&property.name))).collect();
    let locked_names: Vec<Option<String>> =
        wanted.iter().map(|(wire, _)| locked.name(wire).map(str::to_owned)).collect();
    let taken: Vec<&str> = locked.names().map(|(_, name)| name).chain(rest).collect();
    let names = distinct_beside(&wanted, &locked_names, &taken, snake);
    let fields = object.properties.iter().zip(names);
    let mut fields: Vec<Field> = fields.map(|(property, name)| field(property, scope.claim(&name), types)).collect();
    for field in &mut fields {
        field.position = locked.argument_position(&field.wire);
        let locked_box = locked.is_boxed(&field.wire);
        field.boxed = locked_box == Some(true) && contains_models(&field.ty);
        field.locked_unboxed = locked_box == Some(false);
        // A property that was an argument stays one, even if it has only one possible value now.
        field.is_preset &= field.position.is_none();
        field.locked_argument = !field.required && !field.is_preset && field.position.is_some();
    }
    if schema.sent {
        arguments::name_null_setters(&mut fields);
    }
    let stores = config.unknown_fields == UnknownFields::Keep;
    let closed = object.extra == Extra::None;
    // Servers add properties in spite of `additionalProperties: false`; callers do not.
    let only_sent = schema.sent && !schema.received;
    // Only decoded values use these constants.
    let mut constants = Scope::default();
    for field in &mut fields {
        field.default =
            field.default.take().filter(|_| !only_sent).map(|(name, value)| (constants.claim(&name), value));
    }
    let mut name = || rest.map_or_else(|| scope.claim("extra"), str::to_owned);
    let extra = match &object.extra {
        Extra::Of(values) => ExtraField::Stored(name(), types.item_type(schema, *values)),
        Extra::Any | Extra::None if stores && (rest.is_some() || !(closed && only_sent)) => {
            ExtraField::Stored(name(), RustType::Json)
        }
        Extra::Any | Extra::None => ExtraField::Ignored,
    };
    Struct { fields, extra, closed, required_items: None, arguments: arguments.map(str::to_owned) }
}
