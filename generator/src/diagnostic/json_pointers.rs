//! JSON pointers of places in JSON files with long lines, where a line and a column say little. Knows JSON, and reads files
//! with faults too. Must not know OpenAPI.

use super::{Diagnostic, Label};
use crate::source::SourceMap;
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// Longest line in bytes whose places need no pointer.
const READABLE: usize = 400;

/// The pointers of the places of some findings.
#[derive(Debug, Default)]
pub(super) struct JsonPointers {
    by_place: BTreeMap<(FileId, usize), String>,
}

impl JsonPointers {
    /// Reads each file with such places once.
    pub(super) fn of(list: &[Diagnostic], sources: &SourceMap) -> Self {
        let mut places: BTreeMap<FileId, BTreeSet<usize>> = BTreeMap::new();
        for label in list.iter().flat_map(|found| found.primary.iter().chain(&found.related)) {
            let is_json = || sources.text(label.span.file).trim_start().starts_with(['{', '[']);
            if sources.window(label.span, 0).0.len() > READABLE && is_json() {
                places.entry(label.span.file).or_default().insert(label.span.start as usize);
            }
        }
        let mut by_place = BTreeMap::new();
        for (file, offsets) in places {
            let pointers = pointers(sources.text(file), &offsets);
            by_place.extend(offsets.into_iter().zip(pointers).map(|(offset, pointer)| ((file, offset), pointer)));
        }
        Self { by_place }
    }

    /// The pointer of a place, such as `#/paths/~1pets/get`, if the place needs one.
    pub(super) fn get(&self, label: &Label) -> Option<&str> {
        self.by_place.get(&(label.span.file, label.span.start as usize)).map(String::as_str)
    }
}

/// A value that has begun and not ended.
enum Open {
    /// An object, with the bytes of the key of its member.
    Object(Option<(usize, usize)>),
    /// An array, with the number of the item.
    Array(usize),
}

/// The pointers of the values and keys at these offsets, in their order.
fn pointers(text: &str, offsets: &BTreeSet<usize>) -> Vec<String> {
    let bytes = text.as_bytes();
    let (mut found, mut open): (Vec<String>, Vec<Open>) = (Vec::new(), Vec::new());
    let mut offsets = offsets.iter().copied().peekable();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        if *byte == b'"' {
            at = string_end(bytes, at);
            if let Some(Open::Object(key @ None)) = open.last_mut() {
                *key = Some((start, at));
            }
        }
        while offsets.next_if(|offset| *offset < at).is_some() {
            found.push(pointer(text, &open));
        }
        match (byte, open.last_mut()) {
            (b'{', _) => open.push(Open::Object(None)),
            (b'[', _) => open.push(Open::Array(0)),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Open::Object(key))) => *key = None,
            (b',', Some(Open::Array(item))) => *item += 1,
            _ => {}
        }
    }
    found.extend(offsets.map(|_| pointer(text, &open)));
    found
}

/// The offset after the quotation mark that ends a string.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn pointer(text: &str, open: &[Open]) -> String {
    let mut pointer = "#".to_owned();
    for value in open {
        match value {
            Open::Object(None) => {}
            Open::Object(Some((start, end))) => {
                let quoted = text.get(*start..*end).unwrap_or_default();
                let key = serde_json::from_str(quoted).unwrap_or_else(|_| quoted.trim_matches('"').to_owned());
                // A key must not control the terminal.
                let key = key.replace(char::is_control, " ");
                pointer.push_str(&format!("/{}", crate::json_pointer::escape(&key)));
            }
            Open::Array(item) => pointer.push_str(&format!("/{item}")),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer_of(text: &str, part: &str) -> String {
        let offset = text.find(part).unwrap();
        pointers(text, &BTreeSet::from([offset])).remove(0)
    }

    #[test]
    fn finds_values_and_keys() {
        let text = r#"{"paths":{"/a~":{"get":{"tags":["x", {"y":1}],"id":"{,\"z\":["},"p\u006ft":true}},"last":2}"#;
        for (part, pointer) in [
            ("{\"paths", "#"),
            ("\"paths", "#/paths"),
            ("{\"/a~", "#/paths"),
            ("\"/a~", "#/paths/~1a~0"),
            ("{\"get", "#/paths/~1a~0"),
            ("{\"tags", "#/paths/~1a~0/get"),
            ("\"x\"", "#/paths/~1a~0/get/tags/0"),
            ("1}", "#/paths/~1a~0/get/tags/1/y"),
            ("z", "#/paths/~1a~0/get/id"),
            ("true", "#/paths/~1a~0/pot"),
            ("2}", "#/last"),
        ] {
            assert_eq!(pointer_of(text, part), pointer, "{part}");
        }
        assert_eq!(pointers(text, &(0..=text.len() + 3).collect()).len(), text.len() + 4);
    }

    #[test]
    fn reads_faulty_files() {
        assert_eq!(pointer_of(r#"{"a":{"b":!"#, "!"), "#/a/b");
        assert_eq!(pointer_of("]},!", "!"), "#");
        assert_eq!(pointer_of(r#"{"a":["b\"#, "b"), "#/a/0");
        assert_eq!(pointer_of("{\"\\u001b[1m\":!", "!"), "#/ [1m");
    }
}
