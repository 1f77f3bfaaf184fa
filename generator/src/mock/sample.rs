//! Sample values of schemas: an example or a default of the description, otherwise a value made from the schema. The same
//! schema always has the same value.

mod scalar;

use super::Mock;
use crate::api::{Extra, Object, Property, Schema, SchemaId, Shape, Tuple, Union};
use crate::validation::{Direction, Validator};
use serde_json::{Map, Value};

/// Maximum number of schemas of one value. Beyond it, only required properties have values.
const MAX: usize = 2_000;
/// Maximum number of schemas at all. Unions that have no finite value in any order of their members would take too long.
const MAX_TRIED: usize = 100_000;
/// Deepest level with optional properties.
const DEEPEST_OPTIONAL: usize = 6;
/// Deepest level at all.
const DEEPEST: usize = 40;
/// Maximum number of items of a list that `minItems` asks for.
const MAX_ITEMS: usize = 100;

/// The state of making one value.
pub(super) struct Maker<'m> {
    mock: &'m Mock,
    /// The schemas around the current one, so that recursion ends.
    around: Vec<SchemaId>,
    left: usize,
    tried: usize,
    /// Examples and defaults are used.
    has_examples: bool,
    direction: Direction,
}

impl Mock {
    /// A sample value of a direction. `None` for a schema that has no finite value.
    pub(super) fn sample(&self, schema: SchemaId, direction: Direction, has_examples: bool) -> Option<Value> {
        Maker { mock: self, around: Vec::new(), left: MAX, tried: 0, has_examples, direction }.value(schema, 0)
    }

    /// The limit of a keyword.
    fn limit(&self, schema: SchemaId, keyword: &str) -> Option<f64> {
        self.keywords.limit(&self.api.schemas, schema, keyword)
    }

    /// Returns true if the description allows a value in a direction.
    pub(super) fn is_valid(&self, schema: SchemaId, value: &Value, direction: Direction) -> bool {
        Validator::strict(&self.api, &self.keywords, direction).violations(schema, value).is_empty()
    }
}

impl Maker<'_> {
    /// A value of a schema. Values of different indexes differ where the schema allows it.
    fn value(&mut self, schema: SchemaId, index: usize) -> Option<Value> {
        let mock = self.mock;
        let (id, nullable) = mock.api.schemas.resolve(schema);
        if let Some(given) = self.given(schema, index) {
            return Some(given);
        }
        let last = mock.api.schemas.get(id)?;
        self.tried += 1;
        if self.around.contains(&id) || self.around.len() >= DEEPEST || self.tried > MAX_TRIED {
            return nullable.then_some(Value::Null);
        }
        self.left = self.left.saturating_sub(1);
        self.around.push(id);
        let made = self.made(schema, last, index);
        self.around.pop();
        made.or(nullable.then_some(Value::Null))
    }

    /// The only value, an example or the default of a schema, or of one that it is a name for.
    fn given(&self, schema: SchemaId, index: usize) -> Option<Value> {
        let api = &self.mock.api;
        let mut id = schema;
        loop {
            let one = api.schemas.get(id)?;
            let known = one.examples.0.iter().skip(index).chain(&one.default);
            let mut known = one.only_value.iter().chain(known.filter(|_| self.has_examples));
            if let Some(found) = known.find(|value| self.mock.is_valid(schema, value, self.direction)) {
                return Some(found.clone());
            }
            match one.shape {
                Shape::Same(next) if next != id => id = next,
                _ => return None,
            }
        }
    }

    /// A value of a shape. `id` is the schema with its keywords, or a name for it.
    fn made(&mut self, id: SchemaId, schema: &Schema, index: usize) -> Option<Value> {
        match &schema.shape {
            Shape::Any(_) => Some(Value::Object(Map::new())),
            Shape::Scalar(scalar_type) => {
                Some(scalar::value(scalar_type, &|keyword| self.mock.limit(id, keyword), index))
            }
            Shape::Enum(listed) => {
                let value = listed.values.get(index % listed.values.len().max(1))?;
                let number = || serde_json::from_str(&value.wire).ok();
                Some(match listed.value_type {
                    crate::api::EnumType::String => Value::String(value.wire.clone()),
                    crate::api::EnumType::Integer => number()?,
                })
            }
            Shape::List(items) => self.list(id, *items),
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Map(values) => Some(self.map(id, *values)),
            Shape::Object(object) => self.object(id, object),
            Shape::Union(union) => self.union(union, index),
            Shape::Same(next) => self.value(*next, index),
        }
    }

    fn list(&mut self, id: SchemaId, items: SchemaId) -> Option<Value> {
        let limit = |keyword| self.mock.limit(id, keyword).map(scalar::count);
        let (least, most) = (limit("minItems").unwrap_or(0), limit("maxItems").unwrap_or(usize::MAX));
        let wanted = least.max(1).min(most).min(MAX_ITEMS);
        let values: Vec<Value> = (0..wanted).map_while(|index| self.value(items, index)).collect();
        (values.len() >= least.min(MAX_ITEMS)).then_some(Value::Array(values))
    }

    fn tuple(&mut self, tuple: &Tuple) -> Option<Value> {
        let values: Vec<Value> = tuple.items.iter().map_while(|item| self.value(*item, 0)).collect();
        (values.len() >= tuple.least).then_some(Value::Array(values))
    }

    fn map(&mut self, id: SchemaId, values: SchemaId) -> Value {
        let limit = |keyword| self.mock.limit(id, keyword).map(scalar::count);
        let wanted = limit("minProperties").unwrap_or(0).max(1).min(limit("maxProperties").unwrap_or(usize::MAX));
        let is_free = matches!(self.mock.api.schemas.get(values).map(|schema| &schema.shape), Some(Shape::Any(_)));
        let is_empty = is_free && limit("minProperties").is_none();
        let entries = (0..wanted.min(MAX_ITEMS)).filter(|_| !is_empty).map_while(|index| {
            let name = if index == 0 { "key".to_owned() } else { format!("key{}", index + 1) };
            Some((name, self.value(values, index)?))
        });
        Value::Object(entries.collect())
    }

    fn object(&mut self, id: SchemaId, object: &Object) -> Option<Value> {
        let mut members = Map::new();
        let is_small = |maker: &Self| maker.around.len() <= DEEPEST_OPTIONAL && maker.left > 0;
        let direction = self.direction;
        let most = self.mock.limit(id, "maxProperties").map_or(usize::MAX, scalar::count);
        for property in object.properties.iter().filter(|property| direction.has(property)) {
            let is_needed = property.required || property.declared_required.0;
            if !is_needed && (!is_small(self) || members.len() >= most) {
                continue;
            }
            match self.property(property) {
                Some(value) => {
                    members.insert(property.name.clone(), value);
                }
                None if property.required => return None,
                None => {}
            }
        }
        if let (Extra::Of(values), true, true) = (&object.extra, members.is_empty(), is_small(self)) {
            members.extend(self.value(*values, 0).map(|value| ("key".to_owned(), value)));
        }
        Some(Value::Object(members))
    }

    fn property(&mut self, property: &Property) -> Option<Value> {
        if let Some(named) = &property.discriminator_value {
            return Some(Value::String(named.clone()));
        }
        let mut beside = property.examples.0.iter().filter(|_| self.has_examples);
        let example = beside.find(|value| self.mock.is_valid(property.schema, value, self.direction)).cloned();
        example.or_else(|| self.value(property.schema, 0))
    }

    /// A value of the first member with one. The first member can be recursive and have no finite value; then the next one is
    /// tried.
    fn union(&mut self, union: &Union, index: usize) -> Option<Value> {
        let members = union.members.len().max(1);
        (0..members).find_map(|offset| {
            let member = union.members.get((index + offset) % members)?;
            let mut value = self.value(member.schema, 0)?;
            let named = (union.discriminator.as_ref(), member.discriminator_values.first());
            if let ((Some(name), Some(discriminator_value)), Value::Object(members)) = (named, &mut value) {
                members.insert(name.clone(), Value::String(discriminator_value.clone()));
            }
            Some(value)
        })
    }
}
