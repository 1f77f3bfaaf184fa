//! Facts of XML for the bodies that are written so: what elements and attributes are called, and where they stand.

use super::names::{Scope, shouty, snake};
use super::type_of::Types;
use crate::api::{EnumOf, Scalar, Schema, SchemaId, Shape, Xml};
use std::collections::BTreeMap;

/// Every table that a body needs.
#[derive(Debug, Default)]
pub struct Tables {
    /// One for each body, in the order in which they are named.
    pub roots: Vec<Root>,
    /// One for each type with members.
    pub records: Vec<Record>,
}

/// A document.
#[derive(Debug)]
pub struct Root {
    /// Name of its static.
    pub constant: String,
    /// What its element is called.
    pub name: Name,
    /// What it holds.
    pub of: Holds,
}

/// Members of a type.
#[derive(Debug)]
pub struct Record {
    /// Name of its static.
    pub constant: String,
    /// In document order.
    pub members: Vec<Member>,
}

/// A member.
#[derive(Debug)]
pub struct Member {
    /// In JSON.
    pub key: String,
    /// In XML.
    pub name: Name,
    /// The runtime's name of its place.
    pub place: &'static str,
    /// What it holds.
    pub of: Holds,
}

/// What an element or attribute is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Without its prefix.
    pub local: String,
    /// Before the colon.
    pub prefix: String,
    /// What the prefix stands for.
    pub namespace: String,
}

/// What an element holds.
#[derive(Debug)]
pub enum Holds {
    /// By the runtime's name: a plain value, or whatever there is.
    Plain(&'static str),
    /// An element for each item.
    List(Name, Box<Holds>),
    /// An element for each key.
    Map(Box<Holds>),
    /// The members in this static.
    Record(String),
}

/// The tables of the bodies that were asked for.
pub(super) fn tables(wanted: &[SchemaId], types: &Types<'_>) -> Tables {
    let mut planner = Planner { types, scope: Scope::default(), known: BTreeMap::new(), tables: Tables::default() };
    for id in wanted {
        let (last, _) = types.last(*id);
        let Some(schema) = types.schema(last) else { continue };
        let words = types.name(last).map_or_else(|| schema.hint.join(" "), str::to_owned);
        let own = planner.facts(*id);
        let name = planner.name(&own, component(schema, types.name(last)));
        let list = planner.item_name(last, &name.local, true);
        let of = planner.holds(last, list, 0);
        let constant = planner.scope.claim(&format!("{}_BODY", shouty(&snake(&words))));
        planner.tables.roots.push(Root { constant, name, of });
    }
    planner.tables
}

/// What the element of a whole body is called, unless the document says it.
fn component<'n>(schema: &'n Schema, name: Option<&'n str>) -> &'n str {
    if schema.hint.len() == 1 { schema.hint.first().map_or("root", String::as_str) } else { name.unwrap_or("root") }
}

/// Types without a name nest no deeper than this.
const DEEPEST: usize = 24;

struct Planner<'p, 'a> {
    types: &'p Types<'a>,
    scope: Scope,
    known: BTreeMap<SchemaId, String>,
    tables: Tables,
}

impl Planner<'_, '_> {
    /// What is said of a value at its place, or else where its type is.
    fn facts(&self, mut id: SchemaId) -> Xml {
        for _ in 0..DEEPEST {
            let Some(schema) = self.types.schema(id) else { break };
            match (&schema.xml, &schema.shape) {
                (Some(xml), _) => return xml.as_ref().clone(),
                (None, Shape::Same(next)) => id = *next,
                (None, _) => break,
            }
        }
        Xml::default()
    }

    fn name(&self, facts: &Xml, default: &str) -> Name {
        Name {
            local: facts.name.clone().unwrap_or_else(|| default.to_owned()),
            prefix: facts.prefix.clone().unwrap_or_default(),
            namespace: facts.namespace.clone().unwrap_or_default(),
        }
    }

    /// What the items of a list are called: their own name, or else that of the list.
    fn item_name(&self, list: SchemaId, of_list: &str, around: bool) -> Name {
        let shape = self.types.schema(self.types.last(list).0).map(|schema| &schema.shape);
        let Some(Shape::List(items)) = shape else { return self.name(&Xml::default(), of_list) };
        let facts = self.facts(*items);
        let (last, _) = self.types.last(*items);
        let schema = self.types.schema(last);
        // Around the whole body there is nothing else that could name them.
        let default = schema.filter(|schema| around && schema.hint.len() == 1).map(|schema| component(schema, None));
        self.name(&facts, default.unwrap_or(of_list))
    }

    fn holds(&mut self, id: SchemaId, item: Name, depth: usize) -> Holds {
        let (id, _) = self.types.last(id);
        let Some(schema) = self.types.schema(id).filter(|_| depth < DEEPEST) else { return Holds::Plain("Any") };
        match &schema.shape {
            Shape::Scalar(Scalar::Bool) => Holds::Plain("Bool"),
            Shape::Scalar(Scalar::Integer { .. } | Scalar::Number(_) | Scalar::Decimal(_)) => Holds::Plain("Number"),
            Shape::Scalar(Scalar::Text(_)) => Holds::Plain("Text"),
            Shape::Enum(listed) if listed.of == EnumOf::Integer => Holds::Plain("Number"),
            Shape::Enum(_) => Holds::Plain("Text"),
            Shape::List(items) => {
                let inner = self.item_name(*items, &item.local, false);
                Holds::List(item, Box::new(self.holds(*items, inner, depth + 1)))
            }
            // XML has no items of different types; each is what its text is.
            Shape::Tuple(_) => Holds::List(item, Box::new(Holds::Plain("Any"))),
            Shape::Map(values) => {
                let inner = self.item_name(*values, "item", false);
                Holds::Map(Box::new(self.holds(*values, inner, depth + 1)))
            }
            Shape::Object(_) => Holds::Record(self.record(id)),
            Shape::Union(_) | Shape::Any(_) | Shape::Same(_) | Shape::Scalar(Scalar::Null) => Holds::Plain("Any"),
        }
    }

    fn record(&mut self, id: SchemaId) -> String {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let constant = self.scope.claim(&shouty(&snake(self.types.name(id).unwrap_or("record"))));
        // Known before its members are, so that a type may hold itself.
        self.known.insert(id, constant.clone());
        let place = self.tables.records.len();
        self.tables.records.push(Record { constant: constant.clone(), members: Vec::new() });
        let Some(Shape::Object(object)) = self.types.schema(id).map(|schema| &schema.shape) else { return constant };
        let mut members = Vec::new();
        for property in &object.properties {
            let facts = self.facts(property.schema);
            let list = matches!(
                self.types.schema(self.types.last(property.schema).0).map(|schema| &schema.shape),
                Some(Shape::List(_))
            );
            let name = self.name(&facts, &property.name);
            // Without an element around them, the name of the list has no effect.
            let of_list = if facts.wrapped { name.local.as_str() } else { property.name.as_str() };
            let item = self.item_name(property.schema, of_list, false);
            let place = match (facts.attribute, facts.text, list && facts.wrapped) {
                (true, ..) => "Attribute",
                (_, true, _) => "Text",
                (.., true) => "Wrapped",
                (.., false) => "Element",
            };
            members.push(Member { key: property.name.clone(), of: self.holds(property.schema, item, 0), name, place });
        }
        if let Some(record) = self.tables.records.get_mut(place) {
            record.members = members;
        }
        constant
    }
}
