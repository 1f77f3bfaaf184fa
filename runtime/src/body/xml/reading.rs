//! The conversion of XML to a JSON tree. Names are compared without prefixes, which servers choose freely.

use super::annotate::mark_variants;
use super::{Member, Name, NodeType, Root, Shape};
use crate::codec::DecodeError;
use crate::response::XmlLimits;
use crate::response::{is_latin, latin_text, parameter};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::LocalName;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The maximum nesting of elements whatever the client's limits, because the functions are recursive.
const MAX_DEPTH: usize = 128;

/// An element of a document.
#[derive(Debug, Default)]
struct Element {
    name: String,
    /// True with `xsi:nil` (XML Schema 1.1, part 1, section 2.7.2).
    is_nil: bool,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

/// Reads a document. `media` is its media type, which may name a charset.
pub(super) fn read(bytes: &[u8], media: Option<&str>, root: &Root, limits: XmlLimits) -> Result<Value, DecodeError> {
    let element = parse(&text_of(bytes, media), limits)?;
    if !root.of.accepts(&element.name, &root.name) {
        let expected = format!("the element `{}`", root.name.local);
        return Err(DecodeError::new(expected, format!("`{}`", element.name)));
    }
    Ok(value(&element, root.of))
}

/// Decodes a document: by its byte order mark, the charset of its media type, or its own declaration (XML 1.0, appendix F).
/// Bytes that are not of the encoding are U+FFFD.
fn text_of<'b>(bytes: &'b [u8], media: Option<&str>) -> Cow<'b, str> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?))).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return units(rest, u16::from_be_bytes),
        _ => {}
    }
    let charset = media.and_then(|media| parameter(media, "charset")).or_else(|| declared(bytes));
    match charset.is_some_and(|charset| is_latin(&charset)) {
        true => latin_text(bytes).into(),
        false => String::from_utf8_lossy(bytes),
    }
}

/// Returns the encoding in the declaration of a document.
fn declared(bytes: &[u8]) -> Option<String> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|end| end == b"?>")?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    value.split(['"', '\'']).nth(1).map(str::to_owned)
}

fn wrong(found: &dyn std::fmt::Display) -> DecodeError {
    DecodeError::new("XML", found.to_string())
}

fn beyond(max: usize, of: &str, setting: &str) -> DecodeError {
    DecodeError::new(format!("XML of at most {max} {of}"), format!("more (`XmlLimits::{setting}`)"))
}

fn parse(text: &str, limits: XmlLimits) -> Result<Element, DecodeError> {
    let max_depth = limits.depth.min(MAX_DEPTH);
    let mut left = limits.nodes;
    let mut prefixes = Prefixes::default();
    let mut start = |tag: &BytesStart<'_>, depth: usize| {
        if depth >= max_depth {
            return Err(beyond(max_depth, "elements inside each other", "depth"));
        }
        prefixes.enter(tag, depth);
        let element = started(tag, limits.attributes, &prefixes)?;
        let nodes = element.attributes.len().saturating_add(1);
        left = left.checked_sub(nodes).ok_or_else(|| beyond(limits.nodes, "elements and attributes", "nodes"))?;
        Ok(element)
    };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        let done = match reader.read_event().map_err(|error| wrong(&error))? {
            Event::Start(tag) => {
                let element = start(&tag, open.len())?;
                open.push(element);
                None
            }
            Event::Empty(tag) => Some(start(&tag, open.len())?),
            Event::End(_) => open.pop(),
            Event::Text(text) => {
                push(&mut open, &text.into_inner());
                None
            }
            Event::CData(text) => {
                push(&mut open, &text.into_inner());
                None
            }
            Event::GeneralRef(entity) => {
                push(&mut open, &resolved(&entity.into_inner())?);
                None
            }
            Event::Eof => return Err(wrong(&"an early end")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => None,
        };
        if let Some(element) = done {
            match open.last_mut() {
                Some(parent) => parent.children.push(element),
                None => return Ok(element),
            }
        }
    }
}

/// Returns the text of an entity: one of XML itself, or a character by its number. A body's own entities could expand
/// endlessly.
fn resolved(name: &str) -> Result<String, DecodeError> {
    let text = unescape(&format!("&{name};")).map(Cow::into_owned);
    text.map_err(|_| wrong(&format!("`&{name};`, which is not an entity of XML itself")))
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn started(tag: &BytesStart<'_>, max: usize, prefixes: &Prefixes) -> Result<Element, DecodeError> {
    let local = |name: LocalName<'_>| name.into_inner().to_owned();
    let mut element = Element { name: local(tag.local_name()), ..Element::default() };
    for (index, attribute) in tag.attributes().enumerate() {
        if index >= max {
            return Err(beyond(max, "attributes of an element", "attributes"));
        }
        let attribute = attribute.map_err(|error| wrong(&error))?;
        if attribute.key.as_namespace_binding().is_none() {
            let value = unescape(&attribute.value).map_err(|error| wrong(&error))?.into_owned();
            element.is_nil |= prefixes.is_nil(attribute.key.into_inner()) && matches!(value.trim(), "true" | "1");
            element.attributes.push((local(attribute.key.local_name()), value));
        }
    }
    Ok(element)
}

/// The namespace of `xsi:nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The prefixes of the open elements: the depth of the element that declares each, and true for that of `xsi:nil`.
#[derive(Default)]
struct Prefixes(Vec<(usize, String, bool)>);

impl Prefixes {
    /// Enters an element of this depth.
    fn enter(&mut self, tag: &BytesStart<'_>, depth: usize) {
        while self.0.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.0.pop();
        }
        for attribute in tag.attributes().flatten() {
            if let Some(prefix) = attribute.key.into_inner().strip_prefix("xmlns:") {
                self.0.push((depth, prefix.to_owned(), &*attribute.value == INSTANCE));
            }
        }
    }

    /// Returns true for `xsi:nil`, whatever its prefix. Some servers do not declare the usual one.
    fn is_nil(&self, name: &str) -> bool {
        let Some((prefix, "nil")) = name.split_once(':') else { return false };
        let declared = self.0.iter().rev().find(|(_, known, _)| known == prefix);
        declared.map_or(prefix == "xsi", |(.., is_instance)| *is_instance)
    }
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the children that are elements of this name and shape.
    fn elements_of<'e>(&'e self, name: &'e Name, of: &'e Shape) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(|child| of.accepts(&child.name, name))
    }
}

impl Shape {
    /// Returns true if an element of the first name has the content of one of the other name.
    fn accepts(&self, element: &str, name: &Name) -> bool {
        element == name.local || self.names().any(|known| element == known)
    }

    /// Returns the names that determine the content of an element.
    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        let elements = if let Self::Named { elements, .. } = self { *elements } else { &[] };
        elements.iter().map(|element| element.name.local)
    }
}

fn value(element: &Element, shape: &Shape) -> Value {
    if element.is_nil {
        return Value::Null;
    }
    match shape {
        Shape::Text | Shape::Number | Shape::Bool => plain(&element.text, shape),
        Shape::Any => any(element),
        Shape::List { item, of } => Value::Array(element.elements_of(item, of).map(|child| value(child, of)).collect()),
        Shape::Map { of } => {
            element.children.iter().map(|child| (child.name.clone(), value(child, of))).collect::<Map<_, _>>().into()
        }
        Shape::Union { plain: true, .. } if element.children.is_empty() && element.attributes.is_empty() => {
            Value::String(element.text.clone())
        }
        Shape::Record { members } | Shape::Union { members, .. } => record(element, members),
        Shape::Named { elements, other } => match elements.iter().find(|known| known.name.local == element.name) {
            None => value(element, other),
            Some(named) => match (named.variants, value(element, named.of)) {
                (&[only], found) if !found.is_null() => mark_variants(only, found),
                (_, found) => found,
            },
        },
    }
}

/// Converts text. Text that is not of the shape stays a string, so that the type reports what it expected.
fn plain(text: &str, shape: &Shape) -> Value {
    let trimmed = text.trim();
    let read = match shape {
        Shape::Number => trimmed.parse().ok().map(Value::Number),
        Shape::Bool => match trimmed {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        Shape::Text
        | Shape::Any
        | Shape::List { .. }
        | Shape::Map { .. }
        | Shape::Record { .. }
        | Shape::Union { .. }
        | Shape::Named { .. } => None,
    };
    read.unwrap_or_else(|| Value::String(text.to_owned()))
}

fn record(element: &Element, members: &[Member]) -> Value {
    let mut known: Vec<&str> = Vec::new();
    let mut found = known_members(element, members, &mut known);
    // Elements that the description does not define become extra fields.
    let others = element.children.iter().filter(|child| !known.contains(&child.name.as_str()));
    gather(others, &mut found);
    Value::Object(found)
}

/// Returns the members of an object, and collects the names of their elements.
fn known_members(element: &Element, members: &[Member], known: &mut Vec<&'static str>) -> Map<String, Value> {
    let mut found = Map::new();
    for member in members {
        let read = match (member.node, member.of) {
            (NodeType::Inline, Shape::Record { members } | Shape::Union { members, .. }) => {
                let own = known_members(element, members, known);
                (!own.is_empty()).then_some(Value::Object(own))
            }
            (NodeType::Attribute, of) => element.attribute(member.name.local).map(|text| plain(text, of)),
            (NodeType::Text | NodeType::CData, of) => (!element.text.is_empty()).then(|| plain(&element.text, of)),
            (NodeType::Element, Shape::List { item, of }) => {
                known.push(item.local);
                known.extend(of.names());
                let items: Vec<Value> = element.elements_of(item, of).map(|child| value(child, of)).collect();
                (!items.is_empty()).then_some(Value::Array(items))
            }
            (NodeType::Element | NodeType::Wrapped | NodeType::Inline, of) => {
                known.push(member.name.local);
                known.extend(of.names());
                let mut items: Vec<Value> =
                    element.elements_of(&member.name, of).map(|child| value(child, of)).collect();
                // Any value may be a list.
                let many = items.len() > 1 && matches!(of, Shape::Any | Shape::Union { .. } | Shape::Named { .. });
                if many { Some(Value::Array(items)) } else { items.drain(..).next() }
            }
        };
        if let Some(value) = read {
            found.insert(member.key.to_owned(), value);
        }
    }
    found
}

/// Adds elements as members. Several elements of one name become a list.
fn gather<'e>(children: impl Iterator<Item = &'e Element>, into: &mut Map<String, Value>) {
    for child in children {
        let value = any(child);
        match into.get_mut(&child.name) {
            None => drop(into.insert(child.name.clone(), value)),
            Some(Value::Array(items)) => items.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
}

fn any(element: &Element) -> Value {
    if element.children.is_empty() && element.attributes.is_empty() {
        return Value::String(element.text.clone());
    }
    let mut found: Map<String, Value> =
        element.attributes.iter().map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect();
    gather(element.children.iter(), &mut found);
    Value::Object(found)
}
