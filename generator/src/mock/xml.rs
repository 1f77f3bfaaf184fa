//! Values as XML, by the XML objects of their schemas.

use super::Mock;
use super::choice::plain;
use crate::api::{Api, Schema, SchemaId, Xml, XmlNode};
use serde_json::Value;

/// A document.
pub(super) fn document(mock: &Mock, schema: SchemaId, value: &Value) -> String {
    let api = &mock.api;
    let named = api.components.iter().find(|(_, id)| api.schemas.resolve(**id).0 == api.schemas.resolve(schema).0);
    let name =
        own_name(api, schema).unwrap_or_else(|| named.map_or_else(|| "root".to_owned(), |(name, _)| name.clone()));
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    text.push_str(&match value {
        Value::Array(values) => tags(&name, "", &elements(mock, &name, Some(schema), values)),
        value => element(mock, &name, Some(schema), value),
    });
    text
}

fn schema(api: &Api, id: SchemaId) -> Option<&Schema> {
    api.schemas.get(api.schemas.resolve(id).0)
}

/// The XML object of a use, otherwise of the schema.
fn xml(api: &Api, id: SchemaId) -> Option<&Xml> {
    api.schemas.get(id)?.xml.as_deref().or_else(|| schema(api, id)?.xml.as_deref())
}

fn own_name(api: &Api, id: SchemaId) -> Option<String> {
    let xml = xml(api, id)?;
    let name = xml.name.clone()?;
    Some(xml.prefix.as_ref().map_or_else(|| name.clone(), |prefix| format!("{prefix}:{name}")))
}

/// The attribute that declares a schema's namespace.
fn namespace(api: &Api, id: SchemaId) -> String {
    let declared = xml(api, id).and_then(|xml| Some((xml.prefix.as_ref(), xml.namespace.as_ref()?)));
    declared.map_or_else(String::new, |(prefix, namespace)| {
        let key = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
        format!(" {key}=\"{}\"", escaped(namespace))
    })
}

/// The items of an array: each has the name of its own schema, otherwise `name`.
fn elements(mock: &Mock, name: &str, list: Option<SchemaId>, values: &[Value]) -> String {
    let item = |(index, value): (usize, &Value)| {
        let schema = list.and_then(|list| mock.item_schema(list, index));
        let xml_name = schema.and_then(|schema| own_name(&mock.api, schema));
        element(mock, xml_name.as_deref().unwrap_or(name), schema, value)
    };
    values.iter().enumerate().map(item).collect()
}

fn element(mock: &Mock, name: &str, id: Option<SchemaId>, value: &Value) -> String {
    let api = &mock.api;
    let Value::Object(members) = value else {
        let attributes = id.map_or_else(String::new, |id| namespace(api, id));
        return tags(name, &attributes, &escaped(&text(value)));
    };
    let mut attributes = id.map_or_else(String::new, |id| namespace(api, id));
    let mut content = String::new();
    for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        let member = id.and_then(|id| mock.member_schema(id, key));
        let node = member.and_then(|member| xml(api, member)).and_then(|xml| xml.node);
        let xml_name = member.and_then(|member| own_name(api, member));
        match (node, value) {
            (Some(XmlNode::Attribute), value) => {
                attributes.push_str(&format!(" {}=\"{}\"", xml_name.as_deref().unwrap_or(key), escaped(&text(value))));
            }
            (Some(XmlNode::Text | XmlNode::CData), value) => content.push_str(&escaped(&text(value))),
            (node, Value::Array(values)) => {
                let is_wrapped = node == Some(XmlNode::Element);
                // The name of an array itself counts only where it has an element.
                let outer = xml_name.as_deref().unwrap_or(key);
                let items = elements(mock, if is_wrapped { outer } else { key }, member, values);
                content.push_str(&if is_wrapped { tags(outer, "", &items) } else { items });
            }
            (_, value) => content.push_str(&element(mock, xml_name.as_deref().unwrap_or(key), member, value)),
        }
    }
    tags(name, &attributes, &content)
}

fn tags(name: &str, attributes: &str, content: &str) -> String {
    format!("<{name}{attributes}>{content}</{name}>")
}

fn text(value: &Value) -> String {
    if value.is_null() { String::new() } else { plain(value) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
