//! Examples of the description as values of planned types, where they fit.

use super::{Sample, Samples, constructed, field_value, format};
use crate::plan::docs;
use crate::plan::models::{ConstantValue, EnumValues, Field, Kind, Model, UnionType, UnionVariant, default};
use crate::plan::rust_type::RustType;
use serde_json::Value;

/// Maximum number of items of a list or map that a program shows.
const ITEMS: usize = 2;

/// Longest string that a program shows, in characters.
const LONGEST: usize = 72;

impl Samples<'_> {
    /// An example as a value of a type; `None` where the type does not have this value, or it is too long to be shown.
    pub(super) fn fitted(&self, ty: &RustType, example: &Value, depth: usize) -> Option<Sample> {
        let depth = depth.checked_sub(1)?;
        let inner = |ty: &RustType, example: &Value| self.fitted(ty, example, depth).map(Box::new);
        Some(match (ty, example) {
            (RustType::String | RustType::Bytes, Value::String(text)) => Sample::String(shown(text)?),
            // YAML reads an unquoted string of digits as a number.
            (RustType::String, Value::Number(number)) if !number.is_f64() => Sample::String(number.to_string()),
            (RustType::Number, Value::Number(number)) => Sample::Parsed("Number", number.to_string()),
            (RustType::Unit, Value::Null) => Sample::Literal("()".to_owned()),
            (RustType::ViaFromStr(path), Value::String(text)) => Sample::ViaFromStr(path.clone(), shown(text)?),
            (RustType::DateTime | RustType::Date | RustType::Time | RustType::Duration, Value::String(text)) => {
                Sample::Parsed(format::name(ty, text)?, text.clone())
            }
            (RustType::Json, Value::Null) => Sample::Json,
            (RustType::Json, value) => Sample::Parsed("Json", shown(&value.to_string())?),
            (RustType::Lenient(inner_type), value) => Sample::Lenient(inner(inner_type, value)?),
            (RustType::Numeric(inner_type), Value::String(text)) => {
                Sample::Numeric(inner(inner_type, &serde_json::from_str(text).ok()?)?)
            }
            (RustType::Numeric(inner_type), value) => Sample::Numeric(inner(inner_type, value)?),
            (RustType::Option(_), Value::Null) => Sample::None,
            (RustType::Option(inner_type), value) => Sample::Some(inner(inner_type, value)?),
            (RustType::List(item_type) | RustType::ItemStream(item_type), Value::Array(items)) => {
                let items = items.iter().take(ITEMS).map(|item| self.fitted(item_type, item, depth));
                Sample::List(items.collect::<Option<_>>()?)
            }
            (RustType::Tuple(types), Value::Array(items)) if types.len() == items.len() => {
                let items = types.iter().zip(items).map(|(ty, item)| self.fitted(ty, item, depth));
                Sample::Tuple(items.collect::<Option<_>>()?)
            }
            (RustType::Map(inner_type), Value::Object(members)) => {
                let entry =
                    |(key, value): (&String, &Value)| Some((shown(key)?, self.fitted(inner_type, value, depth)?));
                Sample::Map(members.iter().take(ITEMS).map(entry).collect::<Option<_>>()?)
            }
            (RustType::Event(data), value) => Sample::Around("Event", inner(data, value)?),
            (RustType::PartOf(body), value) => Sample::Around("Part", inner(body, value)?),
            (RustType::Boxed(inner_type), value) => self.fitted(inner_type, value, depth)?,
            (RustType::Model { name, alias, .. }, value) => {
                self.fitted_model(self.0.get(name.as_str())?, value, depth)?.with_alias(alias)
            }
            (_, value) => Sample::Literal(default::literal(value, ty).filter(|text| text.len() <= LONGEST)?),
        })
    }

    /// The value of a generated type that an example shows, if it fits.
    fn fitted_model(&self, model: &Model, example: &Value, depth: usize) -> Option<Sample> {
        match &model.kind {
            Kind::Struct(structure) => {
                let is_its = if structure.is_tuple() { example.is_array() } else { example.is_object() };
                let structure = is_its.then_some(structure)?;
                let value = |field: &Field| self.fitted(&field.ty, field_value(example, field, structure)?, depth);
                constructed(model.name.clone(), structure, value)
            }
            Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => variant(&model.name, listed, example),
            Kind::Union(union) => {
                let member = self.meant(union, example, depth)?;
                let value = Box::new(self.fitted(&member.ty, example, depth)?);
                Some(Sample::Member(model.name.clone(), member.variant.clone(), member.boxed, value))
            }
            Kind::Alias(aliased) => self.fitted(aliased, example, depth),
        }
    }

    /// The member of a union that an example is meant for: by the discriminator, otherwise the one that knows most of its
    /// properties.
    pub(super) fn meant<'c>(&self, union: &'c UnionType, example: &Value, depth: usize) -> Option<&'c UnionVariant> {
        if let Some(discriminator) = &union.discriminator {
            let value = match example.get(discriminator)? {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            return union.members.iter().find(|member| member.discriminator_values.contains(&value));
        }
        let known = |member: &&UnionVariant| {
            let properties = &member.candidate.properties;
            properties.iter().filter(|name| example.get(name.as_str()).is_some()).count()
        };
        let fitting = union.members.iter().filter(|member| {
            is_of_kind(member, example)
                && has_constants(member, example)
                && self.fitted(&member.ty, example, depth).is_some()
        });
        // Of equal members the first counts.
        fitting.rev().max_by_key(known)
    }
}

/// Returns true if an example has the JSON type of a member.
fn is_of_kind(member: &UnionVariant, example: &Value) -> bool {
    match member.candidate.kind {
        "Bool" => example.is_boolean(),
        "Integer" => example.is_i64() || example.is_u64(),
        "Number" => example.is_number(),
        "Text" | "Format" | "Listed" => example.is_string(),
        "Null" => example.is_null(),
        "List" => example.is_array(),
        "Object" => example.is_object(),
        _ => true,
    }
}

/// Returns true if an example has the values that every value of a member has.
fn has_constants(member: &UnionVariant, example: &Value) -> bool {
    member.candidate.constants.iter().all(|(path, constant)| {
        let value = path.iter().try_fold(example, |value, key| value.get(key.as_str()));
        value.is_some_and(|value| match constant {
            ConstantValue::String(text) => value.as_str() == Some(text),
            ConstantValue::Bool(flag) => value.as_bool() == Some(*flag),
            ConstantValue::Integer(number) => value.as_i64() == Some(*number),
        })
    })
}

/// The variant of an enum with this value.
pub(super) fn variant(name: &str, listed: &EnumValues, example: &Value) -> Option<Sample> {
    let wire = match example {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let value = listed.values.iter().find(|known| known.wire == wire)?;
    Some(Sample::Variant(name.to_owned(), value.variant.clone()))
}

/// A string of one line that a program can show.
fn shown(text: &str) -> Option<String> {
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST;
    (is_short && !text.contains(docs::is_unshown)).then(|| text.to_owned())
}
