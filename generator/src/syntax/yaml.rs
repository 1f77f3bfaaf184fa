//! The YAML 1.2 parser. The events of the library become a tree, plain scalars get the types of the core schema, and an
//! alias is the node of its anchor.

use super::node::{Entry, Kind, NodeId, Tree};
use super::parse::{DEEPEST, SyntaxError, report_duplicate_key};
use crate::diagnostic::{Code, Diagnostics};
use crate::span::{FileId, Span};
use granit_parser::{Event, Parser, ScalarStyle};
use std::collections::{BTreeMap, BTreeSet};

/// Parses one document.
///
/// # Errors
/// Returns a [`SyntaxError`] at the first syntax error.
pub(crate) fn parse(
    tree: &mut Tree,
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<NodeId, SyntaxError> {
    let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut builder =
        Builder { tree, file, skipped, open: Vec::new(), anchors: BTreeMap::new(), root: None, diagnostics };
    for event in Parser::new_from_str(text.get(skipped..).unwrap_or_default()) {
        let (event, place) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_default();
            let message = error.info();
            let deep = message.contains("limit") || message.contains("depth");
            let code = if deep { Code::TooDeep } else { Code::Syntax };
            SyntaxError { span: builder.span(at, at + 1), code, message }
        })?;
        let range = place.byte_range().unwrap_or_default();
        let span = builder.span(range.start, range.end);
        builder.take(event, span)?;
    }
    let nothing = Span { file, start: 0, end: 0 };
    builder.root.ok_or(SyntaxError { span: nothing, code: Code::EmptyInput, message: "the file is empty".to_owned() })
}

/// Maximum number of entries of a mapping with those of its merge keys.
const MAX_MERGED: usize = 10_000;

struct Builder<'a> {
    tree: &'a mut Tree,
    file: FileId,
    /// The length of a byte order mark in bytes. The library does not see the mark.
    skipped: usize,
    open: Vec<Open>,
    anchors: BTreeMap<usize, NodeId>,
    root: Option<NodeId>,
    diagnostics: &'a mut Diagnostics,
}

/// A collection that is not complete yet.
struct Open {
    node: NodeId,
    key: Option<(String, Span)>,
    /// The positions of the keys of a mapping.
    positions: BTreeMap<String, usize>,
}

impl Builder<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at + self.skipped).unwrap_or(u32::MAX);
        Span { file: self.file, start: clamp(start), end: clamp(end) }
    }

    /// Adds the node of an event of the parser.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = matches!(style, ScalarStyle::Plain) && tag.is_none();
                let kind = if plain { plain_scalar(&text) } else { Kind::String(text.clone().into_owned()) };
                let spelling = match kind {
                    Kind::Bool(value) if text != value.to_string() => Some(text.into_owned()),
                    _ => None,
                };
                let node = self.tree.add(span, kind);
                self.tree.spellings.extend(spelling.map(|spelling| (node, spelling)));
                self.anchors.insert(anchor, node);
                self.put(node, span)
            }
            Event::SequenceStart(_, anchor, _) => self.open(span, Kind::List(Vec::new()), anchor),
            Event::MappingStart(_, anchor, _) => self.open(span, Kind::Map(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span);
                Ok(())
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).copied() else {
                    return Err(SyntaxError {
                        span,
                        code: Code::Syntax,
                        message: "the alias has no anchor".to_owned(),
                    });
                };
                if self.open.iter().any(|open| open.node == node) {
                    let message = "the alias is inside the value of its anchor".to_owned();
                    return Err(SyntaxError { span, code: Code::RecursiveAlias, message });
                }
                self.put(node, span)
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let message = "a second YAML document starts here".to_owned();
                Err(SyntaxError { span, code: Code::SeveralDocuments, message })
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, span: Span, kind: Kind, anchor: usize) -> Result<(), SyntaxError> {
        if self.open.len() >= DEEPEST {
            let message = format!("values nest deeper than {DEEPEST}");
            return Err(SyntaxError { span, code: Code::TooDeep, message });
        }
        let node = self.tree.add(span, kind);
        if anchor != 0 {
            self.anchors.insert(anchor, node);
        }
        self.put(node, span)?;
        self.open.push(Open { node, key: None, positions: BTreeMap::new() });
        Ok(())
    }

    fn close(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        self.merge(open.node);
        if let Some(node) = self.tree.nodes.get_mut(open.node.0 as usize) {
            node.span.end = span.end.max(node.span.end);
        }
    }

    /// Adds a complete node to its parent: as the root, the next item, the next key or the value of a key.
    fn put(&mut self, node: NodeId, span: Span) -> Result<(), SyntaxError> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        let key = match &self.tree.get(node).kind {
            Kind::String(text) | Kind::Number(text) => Some(text.clone()),
            Kind::Bool(value) => Some(self.tree.bool_text(node, *value)),
            Kind::Null => Some("null".to_owned()),
            Kind::List(_) | Kind::Map(_) => None,
        };
        let parent = open.node;
        let waiting = open.key.take();
        let Some(collection) = self.tree.nodes.get_mut(parent.0 as usize) else { return Ok(()) };
        match (&mut collection.kind, waiting) {
            (Kind::List(items), _) => items.push(node),
            (Kind::Map(entries), Some((key, key_span))) => {
                let twice = if key == "<<" { None } else { open.positions.insert(key.clone(), entries.len()) };
                if let Some(first) = twice {
                    open.positions.insert(key.clone(), first);
                }
                let entry = Entry { key, key_span, value: node };
                match twice.and_then(|at| entries.get_mut(at)) {
                    None => entries.push(entry),
                    Some(first) => {
                        report_duplicate_key(first, &entry, self.diagnostics);
                        *first = entry;
                    }
                }
            }
            (Kind::Map(_), None) => match key {
                Some(key) => open.key = Some((key, span)),
                None => {
                    let message = "a key must be a scalar".to_owned();
                    return Err(SyntaxError { span, code: Code::Syntax, message });
                }
            },
            (Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_), _) => {}
        }
        Ok(())
    }

    /// Adds the entries of merge keys (`<<`) after the mapping's own entries.
    fn merge(&mut self, id: NodeId) {
        let entries = self.tree.map(id);
        if !entries.iter().any(|entry| entry.key == "<<") {
            return;
        }
        let mut merged: Vec<Entry> = entries.iter().filter(|entry| entry.key != "<<").cloned().collect();
        let mut known: BTreeSet<String> = merged.iter().map(|entry| entry.key.clone()).collect();
        let mut left_out = None;
        for other in entries.iter().filter(|entry| entry.key == "<<") {
            let sources = match &self.tree.get(other.value).kind {
                Kind::List(items) => items.clone(),
                Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Map(_) => vec![other.value],
            };
            for entry in sources.iter().flat_map(|source| self.tree.map(*source)) {
                if known.contains(&entry.key) {
                    continue;
                }
                if merged.len() >= MAX_MERGED {
                    left_out.get_or_insert(other.key_span);
                    break;
                }
                known.insert(entry.key.clone());
                merged.push(entry.clone());
            }
        }
        if let Some(span) = left_out {
            let message =
                format!("the mapping has more than {MAX_MERGED} entries with those of `<<`; the others are left out");
            self.diagnostics.report(Code::UnsupportedSchema, span, message);
        }
        if let Some(node) = self.tree.nodes.get_mut(id.0 as usize) {
            node.kind = Kind::Map(merged);
        }
    }
}

/// The type of a plain scalar by the core schema (YAML 1.2.2, section 10.3.2). Decimal numbers keep their text.
fn plain_scalar(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    if let Some(value) = text.strip_prefix("0x").and_then(|hex| i128::from_str_radix(hex, 16).ok()) {
        return Kind::Number(value.to_string());
    }
    if let Some(value) = text.strip_prefix("0o").and_then(|octal| i128::from_str_radix(octal, 8).ok()) {
        return Kind::Number(value.to_string());
    }
    let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && text.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.parse::<f64>().is_ok_and(f64::is_finite);
    if number { Kind::Number(text.to_owned()) } else { Kind::String(text.to_owned()) }
}
