//! XML facts of bodies: names and places of elements and attributes.

mod bodies;
mod named;

use super::models::{Kind, Model};
use super::names::{Scope, screaming_snake, snake};
use super::operations::Group;
use super::type_of::Types;
use crate::api::{EnumOf, Property, Scalar, Schema, SchemaId, Shape, Xml, XmlNode};
pub(crate) use bodies::XmlBody;
use bodies::bodies;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Every table that a body needs.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// One for each body, in the order of the operations.
    pub roots: IndexMap<XmlBody, Root>,
    /// One for each type with fields.
    pub records: Vec<Record>,
    /// One for each union whose members are distinguished by their names.
    pub elements: Vec<Elements>,
    /// The types of these unions, and of those in them.
    pub unions: BTreeSet<String>,
}

/// An XML document.
#[derive(Debug)]
pub(crate) struct Root {
    /// Name of the static.
    pub constant: String,
    /// Name of the root element.
    pub name: Name,
    /// Content.
    pub of: XmlContent,
}

/// Fields of a type, or of the variants of a union.
#[derive(Debug)]
pub(crate) struct Record {
    /// Name of the static.
    pub constant: String,
    /// For a union: true if it can be a scalar too.
    pub union: Option<bool>,
    /// In the order of the description.
    pub members: Vec<Member>,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Member {
    /// Name in JSON.
    pub key: String,
    /// Name in XML.
    pub name: Name,
    /// The runtime's name of the type of its node.
    pub node: &'static str,
    /// Content.
    pub of: XmlContent,
}

/// Elements whose names determine the variant of a union.
#[derive(Debug)]
pub(crate) struct Elements {
    /// Name of their static.
    pub constant: String,
    /// In the order of the description.
    pub elements: Vec<Element>,
    /// Content of an element that has the name of its place.
    pub other: XmlContent,
}

/// One of these elements.
#[derive(Debug)]
pub(crate) struct Element {
    /// Name.
    pub name: Name,
    /// Paths to the possible variants.
    pub members: Vec<Vec<usize>>,
    /// Content.
    pub of: XmlContent,
}

/// Name of an element or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Local name.
    pub local: String,
    /// Prefix.
    pub prefix: String,
    /// Namespace.
    pub namespace: String,
}

/// Content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum XmlContent {
    /// The runtime's name of a scalar type or of any content.
    Plain(&'static str),
    /// An element for each item.
    List(Name, Box<XmlContent>),
    /// An element for each key.
    Map(Box<XmlContent>),
    /// The fields in this static.
    Record(String),
    /// The content that its name determines, by this static.
    Named(String),
}

impl Tables {
    /// Marks the unions whose variants are determined by the names of elements.
    pub(super) fn mark_unions(&self, models: &mut [Model]) {
        for model in models.iter_mut().filter(|model| self.unions.contains(&model.name)) {
            if let Kind::Union(union) = &mut model.kind {
                union.from_source = true;
            }
        }
    }
}

/// Creates the tables of the bodies of operations.
pub(super) fn tables(groups: &[Group], types: &Types<'_>) -> Tables {
    let mut planner = Planner::new(types);
    for body in bodies(groups) {
        if planner.tables.roots.contains_key(body) {
            continue;
        }
        let (last, _) = types.resolve(body.schema);
        let Some(schema) = types.schema(last) else { continue };
        let words = types.name(last).map_or_else(|| schema.name_words.join(" "), str::to_owned);
        let own = planner.facts(body.schema);
        let name = planner.name(&own, component(schema, body.part.as_deref().or(types.name(last))));
        let list = planner.item_name(last, &name.local, true);
        let of = planner.content_of(body.schema, list, 0);
        let constant = planner.constant(&format!("{words} body"));
        planner.tables.roots.insert(body.clone(), Root { constant, name, of });
    }
    planner.tables
}

/// Name of the root element, unless the description has one.
fn component<'n>(schema: &'n Schema, name: Option<&'n str>) -> &'n str {
    if schema.name_words.len() == 1 {
        schema.name_words.first().map_or("root", String::as_str)
    } else {
        name.unwrap_or("root")
    }
}

/// Depth to which types without names are nested.
const DEEPEST: usize = 24;

struct Planner<'p, 'a> {
    types: &'p Types<'a>,
    scope: Scope,
    /// Statics of records by their types and the other possible content.
    known: BTreeMap<(Vec<SchemaId>, Option<bool>), String>,
    /// Statics of elements by their union and whether components' names count.
    named: BTreeMap<(SchemaId, bool), String>,
    tables: Tables,
}

/// The possible kinds of a value.
#[derive(Default)]
struct Alternatives {
    /// Types with fields.
    objects: Vec<SchemaId>,
    /// True if it can be a scalar.
    plain: bool,
    /// True if it can be a list, with an element for each item.
    list: bool,
}

impl<'p, 'a> Planner<'p, 'a> {
    fn new(types: &'p Types<'a>) -> Self {
        let (known, named) = (BTreeMap::new(), BTreeMap::new());
        Self { types, scope: Scope::default(), known, named, tables: Tables::default() }
    }

    /// The name of a static.
    fn constant(&mut self, words: &str) -> String {
        self.scope.claim(&screaming_snake(&snake(words)))
    }

    /// The `xml` object of a place, or else of its type.
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

    /// Name of the items of a list: their own, or else that of the list.
    fn item_name(&self, list: SchemaId, of_list: &str, around: bool) -> Name {
        let shape = self.types.shape(list);
        let Some(Shape::List(items)) = shape else { return self.name(&Xml::default(), of_list) };
        let facts = self.facts(*items);
        let (last, _) = self.types.resolve(*items);
        let schema = self.types.schema(last);
        // A whole body has no property that could name the items.
        let default =
            schema.filter(|schema| around && schema.name_words.len() == 1).map(|schema| component(schema, None));
        self.name(&facts, default.unwrap_or(of_list))
    }

    fn content_of(&mut self, id: SchemaId, item: Name, depth: usize) -> XmlContent {
        let place = id;
        let (id, _) = self.types.resolve(id);
        let Some(schema) = self.types.schema(id).filter(|_| depth < DEEPEST) else { return XmlContent::Plain("Any") };
        match &schema.shape {
            Shape::Scalar(Scalar::Bool) => XmlContent::Plain("Bool"),
            Shape::Scalar(Scalar::Integer { .. } | Scalar::Number(_) | Scalar::Decimal(_)) => {
                XmlContent::Plain("Number")
            }
            Shape::Scalar(Scalar::Text(_)) => XmlContent::Plain("Text"),
            Shape::Enum(listed) if listed.of == EnumOf::Integer => XmlContent::Plain("Number"),
            Shape::Enum(_) => XmlContent::Plain("Text"),
            Shape::List(items) => {
                let inner = self.item_name(*items, &item.local, false);
                XmlContent::List(item, Box::new(self.content_of(*items, inner, depth + 1)))
            }
            // XML has no items of different types, so each is read by its text.
            Shape::Tuple(_) => XmlContent::List(item, Box::new(XmlContent::Plain("Any"))),
            Shape::Map(values) => {
                let inner = self.item_name(*values, "item", false);
                // The names of elements are the keys.
                let of = match self.content_of(*values, inner, depth + 1) {
                    XmlContent::Named(_) => self.union(&[*values]),
                    of => of,
                };
                XmlContent::Map(Box::new(of))
            }
            Shape::Union(_) => self.named(place, depth).unwrap_or_else(|| self.union(&[id])),
            Shape::Object(_) => self.union(&[id]),
            Shape::Any(_) | Shape::Same(_) | Shape::Scalar(Scalar::Null) => XmlContent::Plain("Any"),
        }
    }

    /// Content of a value of one of these types.
    fn union(&mut self, of: &[SchemaId]) -> XmlContent {
        let mut found = Alternatives::default();
        for id in of {
            self.alternatives(*id, &mut found, 0);
        }
        let Alternatives { objects, plain, list } = found;
        if objects.is_empty() {
            return XmlContent::Plain("Any");
        }
        let union = (objects.len() > 1 || plain || list).then_some(plain);
        XmlContent::Record(self.record(objects, union))
    }

    fn alternatives(&self, id: SchemaId, found: &mut Alternatives, depth: usize) {
        let (id, _) = self.types.resolve(id);
        let Some(schema) = self.types.schema(id).filter(|_| depth < DEEPEST) else { return };
        match &schema.shape {
            Shape::Object(_) if !found.objects.contains(&id) => found.objects.push(id),
            Shape::Object(_) => {}
            Shape::Union(union) => {
                union.members.iter().for_each(|member| self.alternatives(member.schema, found, depth + 1));
            }
            Shape::List(items) => {
                found.list = true;
                self.alternatives(*items, found, depth + 1);
            }
            Shape::Scalar(_) | Shape::Enum(_) | Shape::Any(_) | Shape::Same(_) => found.plain = true,
            Shape::Map(_) | Shape::Tuple(_) => {}
        }
    }

    fn record(&mut self, objects: Vec<SchemaId>, union: Option<bool>) -> String {
        let key = (objects, union);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let names: Vec<&str> = key.0.iter().filter_map(|id| self.types.name(*id)).take(3).collect();
        let names = if names.is_empty() { "record".to_owned() } else { names.join(" or ") };
        let constant = self.constant(&names);
        // Inserted before its fields, so that a type can contain itself.
        self.known.insert(key.clone(), constant.clone());
        let index = self.tables.records.len();
        self.tables.records.push(Record { constant: constant.clone(), union, members: Vec::new() });
        let members = self.members(&key.0);
        if let Some(record) = self.tables.records.get_mut(index) {
            record.members = members;
        }
        constant
    }

    /// The fields of all these types. A field of several types that is written in one way has the content of all.
    fn members(&mut self, objects: &[SchemaId]) -> Vec<Member> {
        let mut rows: Vec<(Member, Name, Vec<SchemaId>)> = Vec::new();
        let mut owners: Vec<Vec<SchemaId>> = Vec::new();
        for id in objects {
            let Some(Shape::Object(object)) = self.types.schema(*id).map(|schema| &schema.shape) else { continue };
            for property in &object.properties {
                let (member, item) = self.member(property);
                let same = |row: &(Member, Name, Vec<SchemaId>)| {
                    (&row.0.key, &row.0.name, row.0.node, &row.1) == (&member.key, &member.name, member.node, &item)
                };
                match rows.iter_mut().zip(&mut owners).find(|(row, _)| same(row)) {
                    Some(((.., of), owners)) => {
                        of.push(property.schema);
                        owners.push(*id);
                    }
                    None => {
                        rows.push((member, item, vec![property.schema]));
                        owners.push(vec![*id]);
                    }
                }
            }
        }
        let row = |(mut member, item, of): (Member, Name, Vec<SchemaId>)| {
            member.of = self.content_of_any(&of, item, 0);
            member
        };
        let mut members: Vec<Member> = rows.into_iter().map(row).collect();
        self.apart(&mut members, &owners);
        members
    }

    /// Content of a field that several types have.
    fn content_of_any(&mut self, of: &[SchemaId], item: Name, depth: usize) -> XmlContent {
        let mut last: Vec<SchemaId> = of.iter().map(|id| self.types.resolve(*id).0).collect();
        last.dedup();
        if let ([_], Some(one)) = (&last[..], of.first()) {
            return self.content_of(*one, item, depth);
        }
        let items = last.iter().map(|id| match self.types.schema(*id).map(|schema| &schema.shape) {
            Some(Shape::List(items)) => Some(*items),
            _ => None,
        });
        if let (Some(items), true) = (items.collect::<Option<Vec<_>>>(), depth < DEEPEST) {
            let inner = items.first().map_or(item.clone(), |first| self.item_name(*first, &item.local, false));
            return XmlContent::List(item, Box::new(self.content_of_any(&items, inner, depth + 1)));
        }
        match self.union(&last) {
            XmlContent::Plain(_) => {
                let mut contents: Vec<XmlContent> =
                    last.iter().map(|id| self.content_of(*id, item.clone(), depth)).collect();
                contents.dedup();
                if let [one] = &contents[..] { one.clone() } else { XmlContent::Plain("Any") }
            }
            union => union,
        }
    }

    /// Place of a property and name of the items of its list, without its content.
    fn member(&self, property: &Property) -> (Member, Name) {
        let facts = self.facts(property.schema);
        let list = matches!(self.types.shape(property.schema), Some(Shape::List(_)));
        let name = self.name(&facts, &property.name);
        // Without an enclosing element the name of the list has no effect.
        let wrapped = facts.node == Some(XmlNode::Element);
        let of_list = if wrapped { name.local.as_str() } else { property.name.as_str() };
        let item = self.item_name(property.schema, of_list, false);
        let node = match facts.node {
            Some(XmlNode::Attribute) => "Attribute",
            Some(XmlNode::Text) => "Text",
            Some(XmlNode::CData) => "CData",
            Some(XmlNode::Element) if list => "Wrapped",
            Some(XmlNode::None) => self.node_in_place(property.schema),
            Some(XmlNode::Element) | None => "Element",
        };
        (Member { key: property.name.clone(), name, node, of: XmlContent::Plain("Any") }, item)
    }

    /// The node of a value that is not an element: an object's fields replace it, a scalar is text between the tags.
    fn node_in_place(&self, id: SchemaId) -> &'static str {
        let (last, _) = self.types.resolve(id);
        match self.types.schema(last).map(|schema| &schema.shape) {
            Some(Shape::Object(_)) if !self.holds_itself(last, last, 0) => "Inline",
            Some(Shape::Scalar(_) | Shape::Enum(_)) => "Text",
            _ => "Element",
        }
    }

    /// Returns true if a type would contain itself through fields that are not elements.
    fn holds_itself(&self, id: SchemaId, target: SchemaId, depth: usize) -> bool {
        let Some(Shape::Object(object)) = self.types.schema(id).map(|schema| &schema.shape) else { return false };
        let bare = object.properties.iter().filter(|property| self.facts(property.schema).node == Some(XmlNode::None));
        bare.map(|property| self.types.resolve(property.schema).0)
            .any(|next| depth >= DEEPEST || next == target || self.holds_itself(next, target, depth + 1))
    }
}
