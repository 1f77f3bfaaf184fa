//! The content of elements: scalars, lists, maps, and tables of fields. Does not know how fields are written.

use super::tables::{Name, RecordKind, XmlContent};
use super::{DEEPEST, TablePlanner};
use crate::api::{EnumType, Scalar, SchemaId, Shape};

/// The possible kinds of a value, besides maps and tuples.
#[derive(Default)]
struct Alternatives {
    /// Types with fields.
    objects: Vec<SchemaId>,
    has_scalar: bool,
    /// A list has an element for each item.
    has_list: bool,
}

impl TablePlanner<'_, '_> {
    /// Content of a value of a schema. `item` is the name of the elements of its items, if it is a list.
    pub(super) fn content_of(&mut self, id: SchemaId, item: Name, depth: usize) -> XmlContent {
        let place = id;
        let (id, _) = self.types.resolve(id);
        let Some(schema) = self.types.schema(id).filter(|_| depth < DEEPEST) else { return XmlContent::Plain("Any") };
        match &schema.shape {
            Shape::Scalar(Scalar::Bool) => XmlContent::Plain("Bool"),
            Shape::Scalar(Scalar::Integer { .. } | Scalar::Float(_) | Scalar::Decimal(_)) => {
                XmlContent::Plain("Number")
            }
            Shape::Scalar(Scalar::String(_)) => XmlContent::Plain("Text"),
            Shape::Enum(listed) if listed.value_type == EnumType::Integer => XmlContent::Plain("Number"),
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
                let content = match self.content_of(*values, inner, depth + 1) {
                    XmlContent::Named(_) => self.union(&[*values]),
                    content => content,
                };
                XmlContent::Map(Box::new(content))
            }
            Shape::Union(_) => self.named(place, depth).unwrap_or_else(|| self.union(&[id])),
            Shape::Object(_) => self.union(&[id]),
            Shape::Any(_) | Shape::Same(_) | Shape::Scalar(Scalar::Null) => XmlContent::Plain("Any"),
        }
    }

    /// Content of a value of one of these types.
    pub(super) fn union(&mut self, schemas: &[SchemaId]) -> XmlContent {
        let mut found = Alternatives::default();
        for id in schemas {
            self.alternatives(*id, &mut found, 0);
        }
        let Alternatives { objects, has_scalar, has_list } = found;
        if objects.is_empty() {
            return XmlContent::Plain("Any");
        }
        let kind = match (has_scalar, has_list || objects.len() > 1) {
            (true, _) => RecordKind::UnionOrScalar,
            (false, true) => RecordKind::Union,
            (false, false) => RecordKind::Object,
        };
        XmlContent::Record(self.record(objects, kind))
    }

    /// Adds the possible kinds of a value of a schema.
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
                found.has_list = true;
                self.alternatives(*items, found, depth + 1);
            }
            Shape::Scalar(_) | Shape::Enum(_) | Shape::Any(_) | Shape::Same(_) => found.has_scalar = true,
            Shape::Map(_) | Shape::Tuple(_) => {}
        }
    }

    /// Content of a field that several types have.
    pub(super) fn content_of_any(&mut self, of: &[SchemaId], item: Name, depth: usize) -> XmlContent {
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
}
