//! Unions whose variants are determined by the names of their elements. Knows the names of variants; does not know how
//! their fields are written.

use super::tables::{Element, Elements, Member, Name, XmlContent};
use super::{DEEPEST, TablePlanner, name, root_name};
use crate::api::{SchemaId, Shape, XmlNode};

/// The names that determine the variants of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamedVariants {
    /// The names in the `xml` objects of the variants.
    OwnNames,
    /// Those of their components too, because the description says that the union itself is not an element.
    OwnAndComponentNames,
}

/// An element of a union.
struct Found {
    name: Name,
    /// Paths of indexes to its possible variants.
    members: Vec<Vec<usize>>,
    /// The types of these variants.
    types: Vec<SchemaId>,
}

/// The elements of a union and of the unions in it.
#[derive(Default)]
struct Search {
    found: Vec<Found>,
    /// The names of the unions that have elements.
    unions: Vec<String>,
}

impl TablePlanner<'_, '_> {
    /// Content of a union whose variants have names of their own at a place without a name. `None` for any other type.
    pub(super) fn named(&mut self, id: SchemaId, depth: usize) -> Option<XmlContent> {
        let variants = self.named_variants(id)?;
        let (last, _) = self.types.resolve(id);
        let key = (last, variants);
        if let Some(known) = self.elements_by_name.get(&key) {
            return Some(XmlContent::Named(known.clone()));
        }
        let mut search = Search::default();
        self.elements(last, variants, &[], &mut search, depth);
        let Search { found, unions } = search;
        if found.is_empty() {
            return None;
        }
        let words = self.types.name(last).map_or_else(|| "union".to_owned(), str::to_owned);
        let static_name = self.static_name(&format!("{words} by name"));
        // Inserted before its variants, so that a type can contain itself.
        self.elements_by_name.insert(key, static_name.clone());
        self.tables.unions.extend(unions);
        let (any, index) = (XmlContent::Plain("Any"), self.tables.elements.len());
        let elements = found.iter().map(|element| {
            let Found { name, members, .. } = element;
            Element { name: name.clone(), members: members.clone(), content: any.clone() }
        });
        let elements = elements.collect();
        self.tables.elements.push(Elements { static_name: static_name.clone(), elements, other: any });
        let contents = found.into_iter().map(|element| self.content_of_any(&element.types, element.name, depth + 1));
        let contents: Vec<XmlContent> = contents.collect();
        let other = self.union(&[last]);
        if let Some(table) = self.tables.elements.get_mut(index) {
            table.other = other;
            table.elements.iter_mut().zip(contents).for_each(|(element, content)| element.content = content);
        }
        Some(XmlContent::Named(static_name))
    }

    /// Gives two fields of a type, whose elements could have the same name, the names of their places. `owners` are
    /// the types of each.
    pub(super) fn separate_names(&mut self, members: &mut [Member], owners: &[Vec<SchemaId>]) {
        let rows: Vec<(Vec<&str>, &Vec<SchemaId>)> =
            members.iter().map(|member| self.names_of_elements(member)).zip(owners).collect();
        let is_ambiguous = |index: usize, (names, owners): &(Vec<&str>, &Vec<SchemaId>)| {
            let others = rows.iter().enumerate().filter(|(other, _)| *other != index);
            let mut others = others.filter(|(_, row)| row.1.iter().any(|owner| owners.contains(owner)));
            others.any(|(_, row)| names.iter().skip(1).any(|name| row.0.contains(name)))
        };
        let changed: Vec<bool> = rows.iter().enumerate().map(|(index, row)| is_ambiguous(index, row)).collect();
        for (member, _) in members.iter_mut().zip(changed).filter(|(_, changed)| *changed) {
            let content = match &mut member.content {
                XmlContent::List(_, inner) => inner.as_mut(),
                whole => whole,
            };
            let table = self
                .elements_by_name
                .iter()
                .find(|(_, known)| matches!(content, XmlContent::Named(static_name) if static_name == *known));
            if let Some(((union, _), _)) = table {
                *content = self.union(&[*union]);
            }
        }
    }

    /// Possible names of a field's elements: that of the place, or those of a union's variants.
    fn names_of_elements<'m>(&'m self, member: &'m Member) -> Vec<&'m str> {
        let (name, content) = match (&member.content, member.node) {
            (XmlContent::List(item, inner), "Element") => (item, inner.as_ref()),
            (content, "Element") => (&member.name, content),
            (_, "Wrapped") => return vec![&member.name.local],
            _ => return Vec::new(),
        };
        let mut tables = self.tables.elements.iter();
        let table = tables.find(|known| *content == XmlContent::Named(known.static_name.clone()));
        let elements = table.map_or(&[][..], |table| &table.elements);
        let names = std::iter::once(name).chain(elements.iter().map(|element| &element.name));
        names.map(|name| name.local.as_str()).collect()
    }

    /// The names that determine the variants of a union. `None` if the place has a name, and for other types.
    fn named_variants(&self, id: SchemaId) -> Option<NamedVariants> {
        let shape = &self.types.schema(self.types.resolve(id).0)?.shape;
        let xml_object = self.xml_object(id);
        match (shape, xml_object.node, xml_object.name) {
            (Shape::Union(_), Some(XmlNode::None), _) => Some(NamedVariants::OwnAndComponentNames),
            (Shape::Union(_), None, None) => Some(NamedVariants::OwnNames),
            _ => None,
        }
    }

    /// Adds the elements of the members of a union, each with the path of indexes to its member.
    fn elements(&self, id: SchemaId, names: NamedVariants, path: &[usize], search: &mut Search, depth: usize) {
        let Some(Shape::Union(union)) = self.types.schema(id).map(|schema| &schema.shape) else { return };
        if depth >= DEEPEST {
            return;
        }
        let before = search.found.len();
        for (index, member) in union.members.iter().enumerate() {
            let members = [path, &[index]].concat();
            let (last, _) = self.types.resolve(member.schema);
            let Some(schema) = self.types.schema(last) else { continue };
            if let Some(names) = self.named_variants(member.schema) {
                let inner = search.found.len();
                self.elements(last, names, &members, search, depth + 1);
                if search.found.len() > inner {
                    continue;
                }
            }
            let xml_object = self.xml_object(member.schema);
            // A list has no element of its own, so its name determines nothing.
            let other = matches!(xml_object.node, Some(XmlNode::Attribute | XmlNode::Text | XmlNode::CData));
            if other || matches!(schema.shape, Shape::List(_) | Shape::Tuple(_)) {
                continue;
            }
            let has_component_name = names == NamedVariants::OwnAndComponentNames;
            let default =
                (has_component_name && schema.name_words.len() == 1 && schema.place_words == schema.name_words)
                    .then(|| root_name(schema, None));
            if xml_object.name.is_none() && default.is_none() {
                continue;
            }
            let name = name(&xml_object, default.unwrap_or_default());
            match search.found.iter_mut().find(|known| known.name.local == name.local) {
                Some(known) => {
                    known.members.push(members);
                    known.types.push(member.schema);
                }
                None => search.found.push(Found { name, members: vec![members], types: vec![member.schema] }),
            }
        }
        if search.found.len() > before {
            search.unions.extend(self.types.name(id).map(str::to_owned));
        }
    }
}
