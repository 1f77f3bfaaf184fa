//! A value beside its schema: its differences.

use super::difference::{Detail, Difference};
use super::equality::is_same;
use super::keywords::Keywords;
use super::{Direction, REDACTED, text_format};
use crate::api::{Api, Enum, EnumType, Extra, Object, Scalar, Schema, SchemaId, Shape, Tuple, Union};
use crate::syntax::pointer::escape;
use serde_json::{Map, Value};

/// Maximum number of steps of one value. Nested unions try each variant.
const MAX_STEPS: usize = 1_000_000;
/// Deepest level of a value.
const DEEPEST: usize = 200;

/// Compares one value with its schema.
pub(crate) struct Validator<'a, 'v> {
    api: &'a Api,
    keywords: &'a Keywords,
    direction: Direction,
    /// True if bounds and formats are compared too.
    is_strict: bool,
    steps: usize,
    depth: usize,
    path: Vec<PathStep<'v>>,
    /// The differences so far.
    pub found: Vec<Difference<'v>>,
}

/// A step from a value into it.
#[derive(Debug, Clone, Copy)]
enum PathStep<'v> {
    Member(&'v str),
    Item(usize),
}

impl<'a, 'v> Validator<'a, 'v> {
    /// Compares types, required fields, enums and unions.
    pub(crate) fn new(api: &'a Api, keywords: &'a Keywords, direction: Direction) -> Self {
        let (path, found) = (Vec::new(), Vec::new());
        Self { api, keywords, direction, is_strict: false, steps: 0, depth: 0, path, found }
    }

    /// Compares bounds and formats too.
    pub(crate) fn strict(api: &'a Api, keywords: &'a Keywords, direction: Direction) -> Self {
        Self { is_strict: true, ..Self::new(api, keywords, direction) }
    }

    /// Returns true if the value was compared only in part.
    pub(crate) const fn is_cut(&self) -> bool {
        self.steps >= MAX_STEPS
    }

    /// The differences that the schema forbids.
    pub(crate) fn violations(&mut self, schema: SchemaId, value: &'v Value) -> Vec<Difference<'v>> {
        self.compare(schema, value);
        let found = std::mem::take(&mut self.found);
        found.into_iter().filter(|found| found.is_violation(&self.api.schemas)).collect()
    }

    /// Compares a value. Recordings do not have the values of secrets, so these have no difference.
    pub(crate) fn compare(&mut self, schema: SchemaId, value: &'v Value) {
        if !self.is_strict && value.as_str() == Some(REDACTED) {
            return;
        }
        let reference = schema;
        let (id, nullable) = self.api.schemas.resolve(schema);
        let api = self.api;
        let Some(schema) = api.schemas.get(id) else { return };
        if self.is_cut() || self.depth >= DEEPEST {
            self.steps = MAX_STEPS;
            return;
        }
        (self.steps, self.depth) = (self.steps + 1, self.depth + 1);
        if !value.is_null() || !nullable {
            self.by_shape(id, schema, value);
            if self.is_strict {
                self.by_keywords(reference, schema, value);
            }
        }
        self.depth -= 1;
    }

    /// Compares a value with the keywords of a schema and of the schemas that it refers to, up to the target. Reports each violated
    /// keyword once: at the schema nearest to the target.
    fn by_keywords(&mut self, reference: SchemaId, target: &'a Schema, value: &'v Value) {
        let mut chain: Vec<SchemaId> = self.api.schemas.chain(reference).collect();
        let mut found: Vec<(SchemaId, &'static str, String)> = Vec::new();
        let end = chain.last().copied().unwrap_or(reference);
        while let Some(id) = chain.pop() {
            for (keyword, limit) in self.keywords.violated(id, value) {
                if !found.iter().any(|(_, known, _)| *known == keyword) {
                    found.push((id, keyword, limit));
                }
            }
        }
        if let (Shape::Scalar(Scalar::String(Some(format))), Value::String(text)) = (&target.shape, value)
            && !text_format::fits(format, text)
        {
            found.push((end, "format", format.clone()));
        }
        for (id, keyword, limit) in found {
            self.report(id, Detail::Keyword(keyword, limit));
        }
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
            (Shape::Any(_), _) | (Shape::Scalar(Scalar::Null), Value::Null) => {}
            (Shape::Union(union), _) => self.union(id, union, value),
            (_, Value::Null) => self.report(id, Detail::Null),
            (Shape::Scalar(scalar), _) => self.scalar(id, scalar, schema.in_string, value),
            (Shape::Enum(listed), _) => self.listed(id, listed, value),
            (Shape::List(items), Value::Array(values)) => {
                values.iter().enumerate().for_each(|(index, value)| self.inside(PathStep::Item(index), *items, value));
            }
            (Shape::Tuple(tuple), Value::Array(values)) => self.tuple(id, tuple, values),
            (Shape::Map(items), Value::Object(members)) => {
                members.iter().for_each(|(name, value)| self.inside(PathStep::Member(name), *items, value));
            }
            (Shape::Object(object), Value::Object(members)) => self.object(id, object, members),
            (Shape::List(_) | Shape::Tuple(_), _) => self.report(id, Detail::Type("array", kind_of(value))),
            (Shape::Map(_) | Shape::Object(_), _) => self.report(id, Detail::Type("object", kind_of(value))),
            // A chain of references that is too long for `resolve`.
            (Shape::Same(_), _) => {}
        }
    }

    fn report(&mut self, schema: SchemaId, detail: Detail<'v>) {
        let mut at = String::new();
        for step in &self.path {
            at.push('/');
            match step {
                PathStep::Member(name) => at.push_str(&escape(name)),
                PathStep::Item(index) => at.push_str(&index.to_string()),
            }
        }
        self.found.push(Difference { at, schema, detail });
    }

    /// Compares a value in the current one.
    fn inside(&mut self, step: PathStep<'v>, schema: SchemaId, value: &'v Value) {
        self.path.push(step);
        self.compare(schema, value);
        self.path.pop();
    }

    fn scalar(&mut self, id: SchemaId, scalar: &Scalar, in_string: bool, value: &Value) {
        let expected = match scalar {
            Scalar::Bool => "boolean",
            Scalar::Integer { .. } => "integer",
            Scalar::Float(_) | Scalar::Decimal(_) => "number",
            Scalar::String(_) => "string",
            Scalar::Null => "null",
        };
        let found = kind_of(value);
        let fits = expected == found
            || expected == "number" && found == "integer"
            || expected == "integer" && is_whole(value)
            || in_string && found == "string";
        if !fits {
            self.report(id, Detail::Type(expected, found));
        }
    }

    fn listed(&mut self, id: SchemaId, listed: &Enum, value: &'v Value) {
        let is_known = |is_equal: &dyn Fn(&str) -> bool| listed.values.iter().any(|known| is_equal(&known.wire));
        let is_number = |wire: &str| wire.parse().is_ok_and(|number| is_same(&Value::Number(number), value));
        let is_known = match (listed.value_type, value) {
            (EnumType::String, Value::String(text)) => is_known(&|wire| wire == text),
            (EnumType::Integer, Value::Number(_)) if is_whole(value) => is_known(&is_number),
            (EnumType::String, _) => return self.report(id, Detail::Type("string", kind_of(value))),
            (EnumType::Integer, _) => return self.report(id, Detail::Type("integer", kind_of(value))),
        };
        if !is_known {
            self.report(id, Detail::Value(Some(value)));
        }
    }

    fn tuple(&mut self, id: SchemaId, tuple: &Tuple, values: &'v [Value]) {
        if values.len() < tuple.least {
            self.report(id, Detail::Missing(format!("item {}", values.len() + 1)));
        }
        let extra = tuple.extra.schema();
        let schemas = tuple.items.iter().copied().map(Some).chain(std::iter::repeat(extra));
        for (index, (value, schema)) in values.iter().zip(schemas).enumerate() {
            if let Some(schema) = schema {
                self.inside(PathStep::Item(index), schema, value);
            }
        }
        if self.is_strict && tuple.extra == Extra::None && values.len() > tuple.items.len() {
            self.report(id, Detail::Keyword("maxItems", tuple.items.len().to_string()));
        }
    }

    fn object(&mut self, id: SchemaId, object: &'a Object, members: &'v Map<String, Value>) {
        let direction = self.direction;
        for property in object.properties.iter().filter(|one| one.required && direction.has(one)) {
            if !members.contains_key(&property.name) {
                self.report(id, Detail::Missing(property.name.clone()));
            }
        }
        for (name, value) in members {
            match object.properties.iter().find(|property| property.name == *name) {
                Some(property) => self.inside(PathStep::Member(name), property.schema, value),
                None => match object.extra {
                    Extra::Of(schema) => self.inside(PathStep::Member(name), schema, value),
                    Extra::Any if self.keywords.mentions_other_fields(id) => {}
                    Extra::Any | Extra::None => self.report(id, Detail::Field(name, Some(value))),
                },
            }
        }
    }

    /// Compares a value with its variant: by the discriminator, otherwise with the one that it differs least from.
    fn union(&mut self, id: SchemaId, union: &'a Union, value: &'v Value) {
        let named = union.discriminator.as_ref().and_then(|name| value.get(name)).and_then(Value::as_str);
        // A discriminator below a secret name is redacted too.
        if let Some(named) = named.filter(|named| self.is_strict || *named != REDACTED) {
            let member =
                union.members.iter().find(|member| member.discriminator_values.iter().any(|known| known == named));
            let default_member = || union.default_member.and_then(|index| union.members.get(index));
            return match member.or_else(default_member) {
                Some(member) => self.compare(member.schema, value),
                None => self.report(id, Detail::Variant),
            };
        }
        let before = std::mem::take(&mut self.found);
        let mut best: Option<(usize, Vec<Difference<'v>>)> = None;
        for member in &union.members {
            self.compare(member.schema, value);
            let found = std::mem::take(&mut self.found);
            let weight = found.iter().map(|found| self.weight(found)).sum();
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

    /// The weight of a difference in the choice of a variant.
    fn weight(&self, found: &Difference<'v>) -> usize {
        match found.detail {
            _ if found.detail.is_undecodable() => 1_000_000,
            _ if found.is_violation(&self.api.schemas) => 1_000,
            _ => 1,
        }
    }
}

/// Returns true for a number without a fraction, such as `1.0`.
fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// The type of a value, in the words of JSON Schema.
pub(crate) fn kind_of(value: &Value) -> &'static str {
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
