//! Values as XML, by the XML objects of their schemas.

use super::choice::plain;
use crate::api::{Api, Schema, SchemaId, Shape, Xml, XmlNode};
use serde_json::Value;

/// A document.
pub(super) fn document(api: &Api, schema: SchemaId, value: &Value) -> String {
    let named = api.components.iter().find(|(_, id)| api.schemas.resolve(**id).0 == api.schemas.resolve(schema).0);
    let name =
        own_name(api, schema).unwrap_or_else(|| named.map_or_else(|| "root".to_owned(), |(name, _)| name.clone()));
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned();
    match items(api, schema).zip(value.as_array()) {
        Some((item, values)) => {
            let inner = own_name(api, item).unwrap_or_else(|| name.clone());
            let content: String = values.iter().map(|value| element(api, &inner, Some(item), value)).collect();
            text.push_str(&tags(&name, "", &content));
        }
        None => text.push_str(&element(api, &name, Some(schema), value)),
    }
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

fn items(api: &Api, id: SchemaId) -> Option<SchemaId> {
    match &schema(api, id)?.shape {
        Shape::List(items) => Some(*items),
        _ => None,
    }
}

fn member(api: &Api, id: SchemaId, name: &str) -> Option<SchemaId> {
    match &schema(api, id)?.shape {
        Shape::Object(object) => {
            object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
        }
        Shape::Map(values) => Some(*values),
        // A value has the members of its own variant; names are the same in most unions.
        Shape::Union(union) => union.members.iter().find_map(|one| match &schema(api, one.schema)?.shape {
            Shape::Object(object) => {
                object.properties.iter().find(|property| property.name == name).map(|property| property.schema)
            }
            _ => None,
        }),
        _ => None,
    }
}

fn element(api: &Api, name: &str, id: Option<SchemaId>, value: &Value) -> String {
    let Value::Object(members) = value else {
        let attributes = id.map_or_else(String::new, |id| namespace(api, id));
        return tags(name, &attributes, &escaped(&text(value)));
    };
    let mut attributes = id.map_or_else(String::new, |id| namespace(api, id));
    let mut content = String::new();
    for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        let of = id.and_then(|id| member(api, id, key));
        let node = of.and_then(|of| xml(api, of)).and_then(|xml| xml.node);
        let own = of.and_then(|of| own_name(api, of));
        let inner = of.and_then(|of| items(api, of));
        match (node, value) {
            (Some(XmlNode::Attribute), value) => {
                attributes.push_str(&format!(" {}=\"{}\"", own.as_deref().unwrap_or(key), escaped(&text(value))));
            }
            (Some(XmlNode::Text | XmlNode::CData), value) => content.push_str(&escaped(&text(value))),
            (node, Value::Array(values)) => {
                let is_wrapped = node == Some(XmlNode::Element);
                // The name of an array itself counts only where it has an element.
                let outer = own.as_deref().unwrap_or(key);
                let name = inner.and_then(|item| own_name(api, item));
                let name = name.as_deref().unwrap_or(if is_wrapped { outer } else { key });
                let elements: String = values.iter().map(|value| element(api, name, inner, value)).collect();
                content.push_str(&if is_wrapped { tags(outer, "", &elements) } else { elements });
            }
            (_, value) => content.push_str(&element(api, own.as_deref().unwrap_or(key), of, value)),
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
