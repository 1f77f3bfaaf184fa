//! Unions whose variants are determined by the names of their elements. Knows the names of variants; does not know how
//! their fields are written.

use super::tables::{Element, Elements, Member, Name, XmlContent};
use super::{DEEPEST, TablePlanner, name, root_name};
use crate::api::{SchemaId, Shape, XmlNode};

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
        let with_components = self.component_names_count(id)?;
        let (last, _) = self.types.resolve(id);
        let key = (last, with_components);
        if let Some(known) = self.named.get(&key) {
            return Some(XmlContent::Named(known.clone()));
        }
        let mut search = Search::default();
        self.elements(last, with_components, &[], &mut search, depth);
        let Search { found, unions } = search;
        if found.is_empty() {
            return None;
        }
        let words = self.types.name(last).map_or_else(|| "union".to_owned(), str::to_owned);
        let static_name = self.static_name(&format!("{words} by name"));
        // Inserted before its variants, so that a type can contain itself.
        self.named.insert(key, static_name.clone());
        self.tables.unions.extend(unions);
        let (any, index) = (XmlContent::Plain("Any"), self.tables.elements.len());
        let named = found.iter().map(|element| {
            let Found { name, members, .. } = element;
            Element { name: name.clone(), members: members.clone(), of: any.clone() }
        });
        let elements = named.collect();
        self.tables.elements.push(Elements { static_name: static_name.clone(), elements, other: any });
        let contents = found.into_iter().map(|element| self.content_of_any(&element.types, element.name, depth + 1));
        let contents: Vec<XmlContent> = contents.collect();
        let other = self.union(&[last]);
        if let Some(named) = self.tables.elements.get_mut(index) {
            named.other = other;
            named.elements.iter_mut().zip(contents).for_each(|(element, of)| element.of = of);
        }
        Some(XmlContent::Named(static_name))
    }

    /// Gives the fields of one type whose elements could have the same name the names of their places. `owners` are the
    /// types of each.
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
            let of = if let XmlContent::List(_, of) = &mut member.of { of.as_mut() } else { &mut member.of };
            let named = self
                .named
                .iter()
                .find(|(_, known)| matches!(of, XmlContent::Named(static_name) if static_name == *known));
            if let Some(((union, _), _)) = named {
                *of = self.union(&[*union]);
            }
        }
    }

    /// Possible names of a field's elements: that of the place, or those of a union's variants.
    fn names_of_elements<'m>(&'m self, member: &'m Member) -> Vec<&'m str> {
        let (name, of) = match (&member.of, member.node) {
            (XmlContent::List(item, of), "Element") => (item, of.as_ref()),
            (of, "Element") => (&member.name, of),
            (_, "Wrapped") => return vec![&member.name.local],
            _ => return Vec::new(),
        };
        let named = self.tables.elements.iter().find(|known| *of == XmlContent::Named(known.static_name.clone()));
        let named = named.map_or(&[][..], |named| &named.elements);
        std::iter::once(name).chain(named.iter().map(|element| &element.name)).map(|name| name.local.as_str()).collect()
    }

    /// Returns true if the variants of a union have their own names and those of their components count too, because
    /// the description says that the union is no element; false if only their own names count. `None` if the place has
    /// a name, and for other types.
    fn component_names_count(&self, id: SchemaId) -> Option<bool> {
        let shape = &self.types.schema(self.types.resolve(id).0)?.shape;
        let facts = self.facts(id);
        match (shape, facts.node, facts.name) {
            (Shape::Union(_), Some(XmlNode::None), _) => Some(true),
            (Shape::Union(_), None, None) => Some(false),
            _ => None,
        }
    }

    /// Adds the elements of the members of a union, each with the path of indexes to its member.
    fn elements(&self, union: SchemaId, with_components: bool, path: &[usize], search: &mut Search, depth: usize) {
        let Some(Shape::Union(of)) = self.types.schema(union).map(|schema| &schema.shape) else { return };
        if depth >= DEEPEST {
            return;
        }
        let before = search.found.len();
        for (index, member) in of.members.iter().enumerate() {
            let members = [path, &[index]].concat();
            let (last, _) = self.types.resolve(member.schema);
            let Some(schema) = self.types.schema(last) else { continue };
            if let Some(with_components) = self.component_names_count(member.schema) {
                let inner = search.found.len();
                self.elements(last, with_components, &members, search, depth + 1);
                if search.found.len() > inner {
                    continue;
                }
            }
            let facts = self.facts(member.schema);
            // A list has no element of its own, so its name determines nothing.
            let other = matches!(facts.node, Some(XmlNode::Attribute | XmlNode::Text | XmlNode::CData));
            if other || matches!(schema.shape, Shape::List(_) | Shape::Tuple(_)) {
                continue;
            }
            let default = (with_components && schema.name_words.len() == 1 && schema.place_words == schema.name_words)
                .then(|| root_name(schema, None));
            if facts.name.is_none() && default.is_none() {
                continue;
            }
            let name = name(&facts, default.unwrap_or_default());
            match search.found.iter_mut().find(|known| known.name.local == name.local) {
                Some(known) => {
                    known.members.push(members);
                    known.types.push(member.schema);
                }
                None => search.found.push(Found { name, members: vec![members], types: vec![member.schema] }),
            }
        }
        if search.found.len() > before {
            search.unions.extend(self.types.name(union).map(str::to_owned));
        }
    }
}
