//! The JSON parser (RFC 8259). It makes nodes with the span of every value.

use super::node::{Entry, Kind, NodeId, Tree};
use super::number::json_number;
use super::parse::{DEEPEST, SyntaxError, report_duplicate_key};
use crate::diagnostic::{Code, Diagnostics};
use crate::span::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Parses one value. Nothing may follow it.
///
/// # Errors
/// Returns a [`SyntaxError`] at the first byte that is not JSON.
pub(crate) fn parse(
    tree: &mut Tree,
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<NodeId, SyntaxError> {
    let at = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut scanner = Scanner { tree, file, text, at, diagnostics };
    let value = scanner.value(0)?;
    scanner.space();
    if scanner.at < text.len() {
        return Err(scanner.wrong("unexpected text after the value"));
    }
    Ok(value)
}

struct Scanner<'a> {
    tree: &'a mut Tree,
    file: FileId,
    text: &'a str,
    at: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.file, start: clamp(start), end: clamp(self.at) }
    }

    fn wrong(&self, message: &str) -> SyntaxError {
        let mut span = self.span(self.at);
        span.end = span.end.saturating_add(1);
        SyntaxError { span, code: Code::Syntax, message: message.to_owned() }
    }

    /// Reads any value.
    fn value(&mut self, depth: usize) -> Result<NodeId, SyntaxError> {
        self.space();
        let start = self.at;
        if depth > DEEPEST {
            let message = format!("values nest deeper than {DEEPEST}");
            return Err(SyntaxError { code: Code::TooDeep, ..self.wrong(&message) });
        }
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Kind::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => self.word()?,
            None => return Err(self.wrong("a value is missing")),
        };
        let span = self.span(start);
        Ok(self.tree.add(span, kind))
    }

    fn word(&mut self) -> Result<Kind, SyntaxError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        for (word, kind) in [("true", Kind::Bool(true)), ("false", Kind::Bool(false)), ("null", Kind::Null)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(kind);
            }
        }
        Err(self.wrong("not a JSON value"))
    }

    fn number(&mut self) -> Result<Kind, SyntaxError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if text.parse::<f64>().is_err() || json_number(text) != text {
            return Err(self.wrong("not a JSON number"));
        }
        Ok(Kind::Number(text.to_owned()))
    }

    /// Reads an array, from its opening bracket.
    fn array(&mut self, depth: usize) -> Result<Kind, SyntaxError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                _ => return Err(self.wrong("expected `,` or `]`")),
            }
        }
    }

    /// Reads an object, from its opening brace.
    fn object(&mut self, depth: usize) -> Result<Kind, SyntaxError> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Map(entries));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.wrong("expected a key in double quotes"));
            }
            let key = self.string()?;
            let key_span = self.span(start);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.wrong("expected `:`"));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, key_span, value });
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Kind::Map(self.without_duplicates(entries)));
                }
                _ => return Err(self.wrong("expected `,` or `}`")),
            }
        }
    }

    /// Reports duplicate keys. The last value is used, at the position of the first.
    fn without_duplicates(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        if entries.iter().map(|entry| entry.key.as_str()).collect::<BTreeSet<_>>().len() == entries.len() {
            return entries;
        }
        let mut positions: BTreeMap<String, usize> = BTreeMap::new();
        let mut distinct: Vec<Entry> = Vec::new();
        for entry in entries {
            let position = *positions.entry(entry.key.clone()).or_insert(distinct.len());
            match distinct.get_mut(position) {
                Some(first) => {
                    report_duplicate_key(first, &entry, self.diagnostics);
                    *first = entry;
                }
                None => distinct.push(entry),
            }
        }
        distinct
    }

    /// Reads a string, from its opening quote.
    fn string(&mut self) -> Result<String, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            match self.peek() {
                None => return Err(self.wrong("the string does not end")),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    // The input may end with the backslash.
                    self.at = (self.at + 2).min(self.text.len());
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at).ok_or_else(|| self.wrong("the string does not end"))?;
        if escaped || quoted.bytes().any(|byte| byte < 0x20) {
            // Tabs and line breaks in strings are against the standard, but common.
            let mended = quoted.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
            return serde_json::from_str(&mended)
                .map_err(|error| self.wrong(&format!("the string is not valid JSON: {error}")));
        }
        Ok(quoted.trim_matches('"').to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_duplicate_keys_and_uses_the_last_value() {
        let (mut tree, mut diagnostics) = (Tree::default(), Diagnostics::default());
        let text = r#"{"a": 1, "b": 2, "a": {"c": 3, "c": 4}}"#;
        let root = parse(&mut tree, FileId(0), text, &mut diagnostics).unwrap();
        assert_eq!(tree.to_json(root).unwrap().to_string(), r#"{"a":{"c":4},"b":2}"#);
        assert_eq!(tree.map(root).len(), 2);
        let found: Vec<&str> = diagnostics.list.iter().map(|found| found.message.as_str()).collect();
        let of = |key: &str| format!("duplicate key `{key}`; the last value is used");
        assert_eq!(found, [of("c"), of("a")]);
        assert_eq!(diagnostics.list[1].related[0].span.start, 1);
    }
}
