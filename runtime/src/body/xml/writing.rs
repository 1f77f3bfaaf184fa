//! The conversion of a JSON tree to XML.

use super::annotate::split_variants;
use super::{Member, Name, NodeType, Root, Shape};
use crate::codec::param::plain;
use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io;

type Out = Writer<Vec<u8>>;

/// Writes a document.
pub(super) fn write(value: &Value, root: &Root) -> io::Result<String> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    element(&mut out, &root.name, value, root.of)?;
    String::from_utf8(out.into_inner()).map_err(io::Error::other)
}

fn tag(name: &Name) -> Cow<'static, str> {
    if name.prefix.is_empty() {
        Cow::Borrowed(name.local)
    } else {
        Cow::Owned(format!("{}:{}", name.prefix, name.local))
    }
}

/// Writes an element of this name and shape. A recorded variant with its own name replaces the name.
fn element(out: &mut Out, place: &Name, value: &Value, shape: &'static Shape) -> io::Result<()> {
    let (variants, value) = split_variants(value);
    let (name, shape) = match shape {
        Shape::Named { elements, other } => {
            let of_variant =
                elements.iter().find(|element| element.variants.iter().any(|path| variants.starts_with(path)));
            of_variant.map_or((place, *other), |element| (&element.name, element.of))
        }
        shape => (place, shape),
    };
    let tag = tag(name);
    let mut start = BytesStart::new(tag.as_ref());
    declare(&mut start, name);
    element_content(out, start, &tag, value, shape)
}

/// Writes the tags and the content of an element.
fn element_content(
    out: &mut Out,
    start: BytesStart<'_>,
    tag: &str,
    value: &Value,
    shape: &'static Shape,
) -> io::Result<()> {
    match (shape, value) {
        (Shape::Record { members } | Shape::Union { members, .. }, Value::Object(found)) => {
            record(out, start, members, found)?;
        }
        (Shape::Map { of }, Value::Object(found)) => {
            out.write_event(Event::Start(start))?;
            found.iter().try_for_each(|(key, value)| named(out, key, value, of))?;
        }
        (Shape::List { item, of }, Value::Array(items)) => {
            out.write_event(Event::Start(start))?;
            items.iter().try_for_each(|value| element(out, item, value, of))?;
        }
        (_, Value::Object(members)) => {
            out.write_event(Event::Start(start))?;
            members.iter().try_for_each(|(key, value)| named(out, key, value, &Shape::Any))?;
        }
        (_, Value::Array(items)) => {
            out.write_event(Event::Start(start))?;
            items.iter().try_for_each(|value| named(out, "item", value, &Shape::Any))?;
        }
        (_, value) => {
            out.write_event(Event::Start(start))?;
            out.write_event(Event::Text(BytesText::new(&plain(value))))?;
        }
    }
    out.write_event(Event::End(BytesEnd::new(tag)))
}

/// Writes the start tag with the attributes, and the other members.
fn record(
    out: &mut Out,
    mut start: BytesStart<'_>,
    members: &'static [Member],
    found: &Map<String, Value>,
) -> io::Result<()> {
    attributes(&mut start, members, found);
    out.write_event(Event::Start(start))?;
    children(out, members, found)
}

/// Returns the members that are present, with their values. If several variants define a member differently, the first
/// one applies.
fn present<'v>(
    members: &'static [Member],
    found: &'v Map<String, Value>,
) -> impl Iterator<Item = (&'static Member, &'v Value)> {
    let first = |index: usize, key: &str| !members.iter().take(index).any(|before| before.key == key);
    let rows = members.iter().enumerate().filter(move |(index, member)| first(*index, member.key));
    rows.filter_map(|(_, member)| Some((member, found.get(member.key)?)))
}

/// Declares the namespace of a name. An attribute occurs once in a start tag (XML 1.0, section 3.1).
fn declare(start: &mut BytesStart<'_>, name: &Name) {
    let key = if name.prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", name.prefix) };
    let is_declared = || start.attributes().flatten().any(|attribute| attribute.key.into_inner() == key);
    if !name.namespace.is_empty() && !is_declared() {
        start.push_attribute((key.as_str(), name.namespace));
    }
}

fn attributes(start: &mut BytesStart<'_>, members: &'static [Member], found: &Map<String, Value>) {
    for (member, value) in present(members, found) {
        match (member.node, member.of, split_variants(value).1) {
            (NodeType::Attribute, _, Value::Null) => {}
            (NodeType::Attribute, _, value) => {
                // A default namespace does not apply to attributes.
                if !member.name.prefix.is_empty() {
                    declare(start, &member.name);
                }
                start.push_attribute((tag(&member.name).as_ref(), plain(value).as_str()));
            }
            (NodeType::Inline, Shape::Record { members } | Shape::Union { members, .. }, Value::Object(own)) => {
                attributes(start, members, own);
            }
            _ => {}
        }
    }
}

fn children(out: &mut Out, members: &'static [Member], found: &Map<String, Value>) -> io::Result<()> {
    for (member, noted) in present(members, found) {
        match (member.node, member.of, split_variants(noted).1) {
            (NodeType::Attribute, ..) | (_, _, Value::Null) => {}
            (NodeType::Text, _, value) => out.write_event(Event::Text(BytesText::new(&plain(value))))?,
            (NodeType::CData, _, value) => {
                let text = plain(value);
                BytesCData::escaped(&text).try_for_each(|section| out.write_event(Event::CData(section)))?;
            }
            (NodeType::Inline, Shape::Record { members } | Shape::Union { members, .. }, Value::Object(own)) => {
                children(out, members, own)?;
            }
            (NodeType::Element, Shape::List { item, of }, Value::Array(items)) => {
                items.iter().try_for_each(|value| element(out, item, value, of))?;
            }
            (NodeType::Element, of @ (Shape::Any | Shape::Union { .. } | Shape::Named { .. }), Value::Array(items)) => {
                items.iter().try_for_each(|value| element(out, &member.name, value, of))?;
            }
            (NodeType::Element | NodeType::Wrapped | NodeType::Inline, of, _) => element(out, &member.name, noted, of)?,
        }
    }
    let others = found.iter().filter(|(key, _)| !members.iter().any(|member| member.key == key.as_str()));
    others.into_iter().try_for_each(|(key, value)| named(out, key, value, &Shape::Any))
}

/// Writes an element whose name is data.
fn named(out: &mut Out, key: &str, value: &Value, shape: &'static Shape) -> io::Result<()> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !key.chars().all(fits) || !key.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return Err(io::Error::other(format!("{key:?} cannot be the name of an element")));
    }
    match (split_variants(value).1, shape) {
        (Value::Null, _) => Ok(()),
        (Value::Array(items), Shape::Any) => items.iter().try_for_each(|item| named(out, key, item, shape)),
        (value, _) => element_content(out, BytesStart::new(key), key, value, shape),
    }
}
