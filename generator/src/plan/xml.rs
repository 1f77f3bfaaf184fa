//! XML facts of bodies: names and places of elements and attributes.

mod bodies;
mod content;
mod named;
mod record;
mod tables;

use super::names::{Scope, screaming_snake, snake};
use super::operations::Group;
use super::type_of::Types;
use crate::api::{Schema, SchemaId, Shape, Xml};
pub(crate) use bodies::XmlBody;
use bodies::bodies;
use named::NamedVariants;
use std::collections::BTreeMap;
use tables::Root;
pub(crate) use tables::{Element, Member, Name, RecordKind, Tables, XmlContent};

/// Creates the tables of the bodies of operations.
pub(super) fn tables(groups: &[Group], types: &Types<'_>) -> Tables {
    let mut planner = TablePlanner::new(types);
    for body in bodies(groups) {
        if planner.tables.roots.contains_key(body) {
            continue;
        }
        let (last, _) = types.resolve(body.schema);
        let Some(schema) = types.schema(last) else { continue };
        let words = types.name(last).map_or_else(|| schema.name_words.join(" "), str::to_owned);
        let xml_object = planner.xml_object(body.schema);
        let name = name(&xml_object, root_name(schema, body.part.as_deref().or(types.name(last))));
        let item = planner.item_name(last, &name.local, true);
        let content = planner.content_of(body.schema, item, 0);
        let static_name = planner.static_name(&format!("{words} body"));
        planner.tables.roots.insert(body.clone(), Root { static_name, name, content });
    }
    planner.tables
}

/// Name of the root element, unless `xml` has one: that of the component, else of the part or type.
fn root_name<'n>(schema: &'n Schema, name: Option<&'n str>) -> &'n str {
    if schema.name_words.len() == 1 {
        schema.name_words.first().map_or("root", String::as_str)
    } else {
        name.unwrap_or("root")
    }
}

/// The name in the `xml` object, or else the default.
fn name(xml_object: &Xml, default: &str) -> Name {
    Name {
        local: xml_object.name.clone().unwrap_or_else(|| default.to_owned()),
        prefix: xml_object.prefix.clone().unwrap_or_default(),
        namespace: xml_object.namespace.clone().unwrap_or_default(),
    }
}

/// Depth to which types without names are nested.
const DEEPEST: usize = 24;

/// The tables in the making.
struct TablePlanner<'p, 'a> {
    types: &'p Types<'a>,
    scope: Scope,
    /// Statics of records by their types and kind.
    records: BTreeMap<(Vec<SchemaId>, RecordKind), String>,
    /// Statics of elements by their union, and the names that count.
    elements_by_name: BTreeMap<(SchemaId, NamedVariants), String>,
    tables: Tables,
}

impl<'p, 'a> TablePlanner<'p, 'a> {
    fn new(types: &'p Types<'a>) -> Self {
        let (records, elements_by_name) = (BTreeMap::new(), BTreeMap::new());
        Self { types, scope: Scope::default(), records, elements_by_name, tables: Tables::default() }
    }

    /// The name of a static.
    fn static_name(&mut self, words: &str) -> String {
        self.scope.claim(&screaming_snake(&snake(words)))
    }

    /// The `xml` object of a place, or else of its type.
    fn xml_object(&self, mut id: SchemaId) -> Xml {
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

    /// Name of the items of a list: their own, or else that of the list. Items of a whole body can have the name of their component,
    /// because the body has no property that could name them.
    fn item_name(&self, list: SchemaId, of_list: &str, is_whole_body: bool) -> Name {
        let shape = self.types.shape(list);
        let Some(Shape::List(items)) = shape else { return name(&Xml::default(), of_list) };
        let xml_object = self.xml_object(*items);
        let (last, _) = self.types.resolve(*items);
        let schema = self.types.schema(last);
        let component = schema.filter(|schema| is_whole_body && schema.name_words.len() == 1);
        let default = component.map(|schema| root_name(schema, None));
        name(&xml_object, default.unwrap_or(of_list))
    }
}
