//! The tables of fields: an element, an attribute or text for each property of one type, or of the variants of a union.

use super::tables::{Member, Name, Record, RecordKind, XmlContent};
use super::{DEEPEST, TablePlanner, name};
use crate::api::{Property, SchemaId, Shape, XmlNode};

/// A field that several types write in one way.
struct SharedMember {
    /// Without its content.
    member: Member,
    /// The name of the items of its list.
    item: Name,
    /// The schema of its value in each type.
    schemas: Vec<SchemaId>,
    /// The types.
    owners: Vec<SchemaId>,
}

impl SharedMember {
    fn is_written_as(&self, member: &Member, item: &Name) -> bool {
        let known = &self.member;
        (&known.key, &known.name, known.node, &self.item) == (&member.key, &member.name, member.node, item)
    }
}

impl TablePlanner<'_, '_> {
    /// The name of the static with the fields of these types, which is planned on its first use.
    pub(super) fn record(&mut self, objects: Vec<SchemaId>, kind: RecordKind) -> String {
        let key = (objects, kind);
        if let Some(known) = self.records.get(&key) {
            return known.clone();
        }
        let names: Vec<&str> = key.0.iter().filter_map(|id| self.types.name(*id)).take(3).collect();
        let names = if names.is_empty() { "record".to_owned() } else { names.join(" or ") };
        let static_name = self.static_name(&names);
        // Inserted before its fields, so that a type can contain itself.
        self.records.insert(key.clone(), static_name.clone());
        let index = self.tables.records.len();
        self.tables.records.push(Record { static_name: static_name.clone(), kind, members: Vec::new() });
        let members = self.members(&key.0);
        if let Some(record) = self.tables.records.get_mut(index) {
            record.members = members;
        }
        static_name
    }

    /// The fields of all these types. A field of several types that is written in one way has the content of all.
    fn members(&mut self, objects: &[SchemaId]) -> Vec<Member> {
        let mut found: Vec<SharedMember> = Vec::new();
        for id in objects {
            let Some(Shape::Object(object)) = self.types.schema(*id).map(|schema| &schema.shape) else { continue };
            for property in &object.properties {
                let (member, item) = self.member(property);
                let known = found.iter_mut().find(|known| known.is_written_as(&member, &item));
                if let Some(known) = known {
                    known.schemas.push(property.schema);
                    known.owners.push(*id);
                } else {
                    found.push(SharedMember { member, item, schemas: vec![property.schema], owners: vec![*id] });
                }
            }
        }
        let (mut members, mut owners) = (Vec::new(), Vec::new());
        for shared in found {
            let content = self.content_of_any(&shared.schemas, shared.item, 0);
            members.push(Member { content, ..shared.member });
            owners.push(shared.owners);
        }
        self.separate_names(&mut members, &owners);
        members
    }

    /// The field of a property and the name of the items of its list, without its content.
    fn member(&self, property: &Property) -> (Member, Name) {
        let xml_object = self.xml_object(property.schema);
        let is_list = matches!(self.types.shape(property.schema), Some(Shape::List(_)));
        let name = name(&xml_object, &property.name);
        // Without an enclosing element the name of the list has no effect.
        let is_wrapped = xml_object.node == Some(XmlNode::Element);
        let of_list = if is_wrapped { name.local.as_str() } else { property.name.as_str() };
        let item = self.item_name(property.schema, of_list, false);
        let node = match xml_object.node {
            Some(XmlNode::Attribute) => "Attribute",
            Some(XmlNode::Text) => "Text",
            Some(XmlNode::CData) => "CData",
            Some(XmlNode::Element) if is_list => "Wrapped",
            Some(XmlNode::None) => self.node_in_place(property.schema),
            Some(XmlNode::Element) | None => "Element",
        };
        (Member { key: property.name.clone(), name, node, content: XmlContent::Plain("Any") }, item)
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
        let bare =
            object.properties.iter().filter(|property| self.xml_object(property.schema).node == Some(XmlNode::None));
        bare.map(|property| self.types.resolve(property.schema).0)
            .any(|next| depth >= DEEPEST || next == target || self.holds_itself(next, target, depth + 1))
    }
}
