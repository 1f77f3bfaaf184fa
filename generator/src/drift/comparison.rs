//! A value beside its schema: the differences that the generated crate accepts silently, and those that it does not.

use super::schema_node::Places;
use crate::api::{Api, EnumOf, Extra, Object, Scalar, Schema, SchemaId, Shape, Tuple, Union};
use serde_json::{Map, Value};

/// Most steps of one body. Nested unions try each variant.
const MOST_STEPS: usize = 1_000_000;
/// Deepest level of a body.
const DEEPEST: usize = 200;

/// A difference between a value and its schema.
#[derive(Debug, Clone)]
pub(super) struct Difference<'v> {
    pub(super) schema: SchemaId,
    pub(super) detail: Detail<'v>,
}

/// The kinds of differences.
#[derive(Debug, Clone)]
pub(super) enum Detail<'v> {
    /// A field that the schema does not define, with its value if that is known.
    Field(&'v str, Option<&'v Value>),
    /// A value that the enum or constant does not have, if it is known.
    Value(Option<&'v Value>),
    /// A required field that is absent.
    Missing(String),
    /// Null.
    Null,
    /// Another JSON type: expected, found.
    Type(&'static str, &'static str),
    /// A discriminator value that no variant has.
    Variant,
    /// An unknown value that cannot be decoded.
    Fault,
}

impl Detail<'_> {
    /// Returns true if the generated crate cannot decode the value.
    const fn is_fault(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Null | Self::Type(..) | Self::Fault)
    }
}

/// Compares one body with its schema.
pub(super) struct Matcher<'a, 'v> {
    api: &'a Api,
    places: &'a Places<'a>,
    steps: usize,
    depth: usize,
    pub(super) found: Vec<Difference<'v>>,
}

impl<'a, 'v> Matcher<'a, 'v> {
    pub(super) const fn new(api: &'a Api, places: &'a Places<'a>) -> Self {
        Self { api, places, steps: 0, depth: 0, found: Vec::new() }
    }

    /// Returns true if the body was compared only in part.
    pub(super) const fn is_cut(&self) -> bool {
        self.steps >= MOST_STEPS
    }

    pub(super) fn value(&mut self, schema: SchemaId, value: &'v Value) {
        let (id, nullable) = self.api.schemas.resolve(schema);
        let api = self.api;
        let Some(schema) = api.schemas.get(id) else { return };
        if self.is_cut() || self.depth >= DEEPEST {
            self.steps = MOST_STEPS;
            return;
        }
        (self.steps, self.depth) = (self.steps + 1, self.depth + 1);
        if !value.is_null() || !nullable {
            self.by_shape(id, schema, value);
        }
        self.depth -= 1;
    }

    fn by_shape(&mut self, id: SchemaId, schema: &'a Schema, value: &'v Value) {
        if let Some(only) = &schema.only_value {
            let (expected, found) = (kind_of(only), kind_of(value));
            if value.is_null() && !only.is_null() {
                self.report(id, Detail::Null);
            } else if expected != found && !is_same(only, value) {
                self.report(id, Detail::Type(expected, found));
            } else if !is_same(only, value) {
                self.report(id, Detail::Value(Some(value)));
            }
            return;
        }
        match (&schema.shape, value) {
            (Shape::Any(_) | Shape::Scalar(Scalar::Null), _) => {}
            (Shape::Union(union), _) => self.union(id, union, value),
            (_, Value::Null) => self.report(id, Detail::Null),
            (Shape::Scalar(scalar), _) => self.scalar(id, scalar, schema.in_string, value),
            (Shape::Enum(listed), _) => {
                let text = match (listed.of, value) {
                    (EnumOf::String, Value::String(text)) => text.clone(),
                    (EnumOf::Integer, Value::Number(number)) => number.to_string(),
                    (EnumOf::String, _) => return self.report(id, Detail::Type("string", kind_of(value))),
                    (EnumOf::Integer, _) => return self.report(id, Detail::Type("integer", kind_of(value))),
                };
                if listed.values.iter().all(|known| known.wire != text) {
                    self.report(id, Detail::Value(Some(value)));
                }
            }
            (Shape::List(items), Value::Array(values)) => values.iter().for_each(|value| self.value(*items, value)),
            (Shape::Tuple(tuple), Value::Array(values)) => self.tuple(id, tuple, values),
            (Shape::Map(items), Value::Object(members)) => {
                members.values().for_each(|value| self.value(*items, value));
            }
            (Shape::Object(object), Value::Object(members)) => self.object(id, object, members),
            (Shape::List(_) | Shape::Tuple(_), _) => self.report(id, Detail::Type("array", kind_of(value))),
            (Shape::Map(_) | Shape::Object(_), _) => self.report(id, Detail::Type("object", kind_of(value))),
            // A chain that is too long for `last`.
            (Shape::Same(_), _) => {}
        }
    }

    fn report(&mut self, schema: SchemaId, detail: Detail<'v>) {
        self.found.push(Difference { schema, detail });
    }

    fn scalar(&mut self, id: SchemaId, scalar: &Scalar, in_string: bool, value: &Value) {
        let expected = match scalar {
            Scalar::Bool => "boolean",
            Scalar::Integer { .. } => "integer",
            Scalar::Number(_) | Scalar::Decimal(_) => "number",
            Scalar::String(_) => "string",
            Scalar::Null => return,
        };
        let found = kind_of(value);
        let is_whole = value.as_f64().is_some_and(|number| number.fract() == 0.0);
        let fits = expected == found
            || expected == "number" && found == "integer"
            || expected == "integer" && is_whole
            || in_string && found == "string";
        if !fits {
            self.report(id, Detail::Type(expected, found));
        }
    }

    fn tuple(&mut self, id: SchemaId, tuple: &Tuple, values: &'v [Value]) {
        if values.len() < tuple.least {
            self.report(id, Detail::Missing(format!("item {}", values.len() + 1)));
        }
        let extra = tuple.extra.schema();
        let schemas = tuple.items.iter().copied().map(Some).chain(std::iter::repeat(extra));
        for (value, schema) in values.iter().zip(schemas) {
            if let Some(schema) = schema {
                self.value(schema, value);
            }
        }
    }

    fn object(&mut self, id: SchemaId, object: &'a Object, members: &'v Map<String, Value>) {
        for property in object.properties.iter().filter(|property| property.required && !property.write_only) {
            if !members.contains_key(&property.name) {
                self.report(id, Detail::Missing(property.name.clone()));
            }
        }
        for (name, value) in members {
            match object.properties.iter().find(|property| property.name == *name) {
                Some(property) => self.value(property.schema, value),
                None => match object.extra {
                    Extra::Of(schema) => self.value(schema, value),
                    Extra::Any if self.places.allows_any_field(id) => {}
                    Extra::Any | Extra::None => self.report(id, Detail::Field(name, Some(value))),
                },
            }
        }
    }

    /// Compares a value with its variant: by the discriminator, otherwise with the one that it differs least from.
    fn union(&mut self, id: SchemaId, union: &'a Union, value: &'v Value) {
        let named = union.discriminator.as_ref().and_then(|name| value.get(name)).and_then(Value::as_str);
        if let Some(named) = named {
            let member =
                union.members.iter().find(|member| member.discriminator_values.iter().any(|known| known == named));
            let default_member = || union.default_member.and_then(|index| union.members.get(index));
            return match member.or_else(default_member) {
                Some(member) => self.value(member.schema, value),
                None => self.report(id, Detail::Variant),
            };
        }
        let before = std::mem::take(&mut self.found);
        let mut best: Option<(usize, Vec<Difference<'v>>)> = None;
        for member in &union.members {
            self.value(member.schema, value);
            let found = std::mem::take(&mut self.found);
            let weight = found.iter().map(|found| if found.detail.is_fault() { 1000 } else { 1 }).sum();
            if best.as_ref().is_none_or(|(least, _)| weight < *least) {
                best = Some((weight, found));
            }
            if weight == 0 {
                break;
            }
        }
        self.found = before;
        self.found.extend(best.into_iter().flat_map(|(_, found)| found));
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    one == other || one.as_f64().is_some_and(|one| other.as_f64() == Some(one))
}

/// The type of a value, in the words of JSON Schema.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
