//! The JSON value that a text outside JSON stands for, by its schema: `1` is a number where the schema has one.

use super::Mock;
use super::nested::{Node, untyped};
use crate::api::{Scalar, SchemaId, Shape};
use crate::validation::{Direction, Validator};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Deepest level of unions in unions.
const DEEPEST: usize = 8;
/// Deepest array in arrays of one text.
const DEEPEST_LIST: usize = 32;

/// The kinds of values that a schema allows.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// The schemas of arrays.
    pub lists: Vec<SchemaId>,
    /// The schemas of objects and maps.
    pub objects: Vec<SchemaId>,
    /// Other values are allowed.
    pub scalar: bool,
}

impl Mock {
    /// The kinds of values of a schema, through unions.
    pub(super) fn kinds(&self, schema: SchemaId) -> Kinds {
        let (mut kinds, mut seen) = (Kinds::default(), BTreeSet::new());
        self.add_kinds(schema, DEEPEST, &mut seen, &mut kinds);
        kinds
    }

    fn add_kinds(&self, schema: SchemaId, depth: usize, seen: &mut BTreeSet<SchemaId>, kinds: &mut Kinds) {
        let (id, _) = self.api.schemas.resolve(schema);
        let Some(depth) = depth.checked_sub(1).filter(|_| seen.insert(id)) else { return };
        match self.api.schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::List(_) | Shape::Tuple(_)) => kinds.lists.push(id),
            Some(Shape::Object(_) | Shape::Map(_)) => kinds.objects.push(id),
            Some(Shape::Union(union)) => {
                union.members.iter().for_each(|member| self.add_kinds(member.schema, depth, seen, kinds));
            }
            _ => kinds.scalar = true,
        }
    }

    /// The value of a text: the first that the schema allows, otherwise the one with the fewest undecodable
    /// differences, then the fewest differences.
    pub(super) fn text_value(&self, schema: SchemaId, text: &str) -> Value {
        self.texts_value(schema, std::slice::from_ref(&text.to_owned()))
    }

    /// The value of the texts of one name: an array where the schema has one.
    pub(super) fn texts_value(&self, schema: SchemaId, texts: &[String]) -> Value {
        Texts::new(self, texts).value(schema, 0)
    }

    /// An array of texts.
    pub(super) fn list_value(&self, schema: SchemaId, texts: &[String]) -> Value {
        Texts::new(self, texts).list(schema, 0)
    }

    /// An object of texts. The texts of a name that occurs several times are an array.
    pub(super) fn object_value(&self, schema: SchemaId, pairs: &[(String, String)]) -> Value {
        let is_own = |name: &str| self.member_schema(schema, name).is_some();
        Nodes { mock: self, known: BTreeMap::new() }.value(schema, &Node::new(pairs, is_own))
    }

    /// The value with the fewest undecodable differences, then the fewest differences. Of equal ones, the first.
    fn best(&self, schema: SchemaId, candidates: Vec<Value>) -> Option<Value> {
        if candidates.len() < 2 {
            return candidates.into_iter().next();
        }
        let differences = |value: &Value| {
            let mut validator = Validator::strict(&self.api, &self.keywords, Direction::Request);
            validator.compare(schema, value);
            let undecodable = validator.found.iter().filter(|found| found.detail.is_undecodable()).count();
            (undecodable, validator.found.len())
        };
        candidates.into_iter().min_by_key(|value| differences(value))
    }

    /// The schema of an item of an array.
    pub(super) fn item_schema(&self, schema: SchemaId, index: usize) -> Option<SchemaId> {
        let (id, _) = self.api.schemas.resolve(schema);
        match &self.api.schemas.get(id)?.shape {
            Shape::List(items) => Some(*items),
            Shape::Tuple(tuple) => tuple.items.get(index).copied().or(tuple.extra.schema()),
            _ => None,
        }
    }

    /// The schema of a member of an object.
    pub(super) fn member_schema(&self, schema: SchemaId, name: &str) -> Option<SchemaId> {
        let (id, _) = self.api.schemas.resolve(schema);
        match &self.api.schemas.get(id)?.shape {
            Shape::Union(union) => {
                let inner = || union.members.iter().map(|member| self.api.schemas.resolve(member.schema).0);
                let property = inner().find_map(|member| self.property_schema(member, name));
                property.or_else(|| inner().find_map(|member| self.extra_schema(member)))
            }
            _ => self.property_schema(id, name).or_else(|| self.extra_schema(id)),
        }
    }

    fn property_schema(&self, object: SchemaId, name: &str) -> Option<SchemaId> {
        let Shape::Object(object) = &self.api.schemas.get(object)?.shape else { return None };
        object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
    }

    /// The schema of the members that are not properties.
    fn extra_schema(&self, schema: SchemaId) -> Option<SchemaId> {
        match &self.api.schemas.get(schema)?.shape {
            Shape::Object(object) => object.extra.schema(),
            Shape::Map(values) => Some(*values),
            _ => None,
        }
    }

    /// Returns true for bytes, which are not text.
    pub(super) fn is_binary(&self, schema: SchemaId) -> bool {
        let (id, _) = self.api.schemas.resolve(schema);
        let shape = self.api.schemas.get(id).map(|schema| &schema.shape);
        matches!(shape, Some(Shape::Scalar(Scalar::String(Some(format)))) if format == "binary")
    }
}

/// The values of the texts of one name by schemas. Each schema is tried once: an array can be an item of itself, and of
/// several arrays.
struct Texts<'m> {
    mock: &'m Mock,
    texts: &'m [String],
    /// The values so far. A schema whose value is being made has none.
    known: BTreeMap<SchemaId, Option<Value>>,
}

impl<'m> Texts<'m> {
    const fn new(mock: &'m Mock, texts: &'m [String]) -> Self {
        Self { mock, texts, known: BTreeMap::new() }
    }

    fn value(&mut self, schema: SchemaId, depth: usize) -> Value {
        if let Some(known) = self.known.get(&schema) {
            return known.clone().unwrap_or_else(|| self.untyped());
        }
        self.known.insert(schema, None);
        let kinds = self.mock.kinds(schema);
        let mut candidates = Vec::new();
        if let [text] = self.texts {
            let parsed = serde_json::from_str::<Value>(text).ok();
            let is_structured = |value: &Value| value.is_object() || value.is_array();
            let has_structure = !kinds.lists.is_empty() || !kinds.objects.is_empty();
            candidates.extend(kinds.scalar.then(|| Value::String(text.clone())));
            candidates.extend(parsed.filter(|value| has_structure || !is_structured(value)));
        }
        if depth < DEEPEST_LIST {
            candidates.extend(kinds.lists.iter().map(|list| self.list(*list, depth)));
        }
        let value = self.mock.best(schema, candidates).unwrap_or_else(|| self.untyped());
        self.known.insert(schema, Some(value.clone()));
        value
    }

    fn list(&mut self, schema: SchemaId, depth: usize) -> Value {
        let (mock, texts) = (self.mock, self.texts);
        let value = |(index, text): (usize, &'m String)| match mock.item_schema(schema, index) {
            Some(item) if texts.len() == 1 => self.value(item, depth + 1),
            Some(item) => mock.text_value(item, text),
            None => Value::String(text.clone()),
        };
        Value::Array(texts.iter().enumerate().map(value).collect())
    }

    fn untyped(&self) -> Value {
        untyped(self.texts)
    }
}

/// The values of names with brackets. Each pair of a schema and a node is tried once: the members of a union can have the
/// same schemas in them.
struct Nodes<'m> {
    mock: &'m Mock,
    known: BTreeMap<(SchemaId, *const Node), Value>,
}

impl Nodes<'_> {
    fn value(&mut self, schema: SchemaId, node: &Node) -> Value {
        let key = (schema, std::ptr::from_ref(node));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let value = self.made(schema, node);
        self.known.insert(key, value.clone());
        value
    }

    fn made(&mut self, schema: SchemaId, node: &Node) -> Value {
        let mock = self.mock;
        if node.members.is_empty() {
            return mock.texts_value(schema, &node.texts);
        }
        let kinds = mock.kinds(schema);
        let is_list = node.members.keys().all(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        let mut candidates = Vec::new();
        for list in kinds.lists.iter().filter(|_| is_list) {
            let item = |(index, node): (usize, &Node)| match mock.item_schema(*list, index) {
                Some(item) => self.value(item, node),
                None => node.untyped(),
            };
            candidates.push(Value::Array(node.items().into_iter().enumerate().map(item).collect()));
        }
        for object in &kinds.objects {
            let member = |(name, node): (&String, &Node)| {
                let value = match mock.member_schema(*object, name) {
                    Some(member) => self.value(member, node),
                    None => node.untyped(),
                };
                (name.clone(), value)
            };
            candidates.push(Value::Object(node.members.iter().map(member).collect()));
        }
        mock.best(schema, candidates).unwrap_or_else(|| node.untyped())
    }
}
