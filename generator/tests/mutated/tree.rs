//! A description as a tree for random changes. Keys may occur twice, as in text.

use clientsmith::syntax_tree::{self, Kind, NodeId, Tree};
use fastrand::Rng;
use std::fmt::Write;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A scalar as JSON.
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// Keywords of descriptions.
const WORDS: [&str; 40] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "required",
    "format",
    "default",
    "nullable",
    "discriminator",
    "propertyName",
    "mapping",
    "additionalProperties",
    "patternProperties",
    "prefixItems",
    "parameters",
    "name",
    "in",
    "schema",
    "content",
    "style",
    "explode",
    "responses",
    "requestBody",
    "operationId",
    "security",
    "servers",
    "variables",
    "url",
    "get",
    "post",
    "paths",
    "components",
    "schemas",
    "definitions",
    "minimum",
];

/// Strings that are critical in code, documentation, paths and patterns.
const TEXTS: [&str; 30] = [
    "",
    " ",
    "string",
    "object",
    "array",
    "integer",
    "null",
    "query",
    "path",
    "body",
    "self",
    "Self",
    "crate",
    "_",
    "1",
    "é",
    "名前",
    "\u{202e}x",
    "\u{0}",
    "\n",
    "a\"b",
    "*/",
    "r#\"",
    "```\nfn main() {}",
    "{",
    "{a}",
    "/{a}/{b}",
    "#",
    "~1",
    "../../x",
];

const NUMBERS: [&str; 9] =
    ["0", "-1", "1e400", "0.1", "-0", "9223372036854775808", "18446744073709551616", "1E5", "-99999999999999999999999"];

impl Value {
    /// Parses a text. `None` if it is not a value.
    pub fn read(text: &str) -> Option<Self> {
        let (tree, root) = syntax_tree::parse(text)?;
        Some(Self::of(&tree, root, &mut 200_000))
    }

    fn of(tree: &Tree, node: NodeId, left: &mut u32) -> Self {
        // Aliases can expand a short text without limit.
        *left = left.saturating_sub(1);
        if *left == 0 {
            return Self::Scalar("null".to_owned());
        }
        match &tree.get(node).kind {
            Kind::Null => Self::Scalar("null".to_owned()),
            Kind::Bool(value) => Self::Scalar(value.to_string()),
            Kind::Number(text) => Self::Scalar(text.clone()),
            Kind::String(text) => Self::text(text),
            Kind::List(items) => Self::List(items.iter().map(|item| Self::of(tree, *item, left)).collect()),
            Kind::Map(entries) => {
                Self::Map(entries.iter().map(|entry| (entry.key.clone(), Self::of(tree, entry.value, left))).collect())
            }
        }
    }

    fn text(text: &str) -> Self {
        Self::Scalar(serde_json::Value::from(text).to_string())
    }

    /// Writes JSON, which is YAML too.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Scalar(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    let _ = write!(
                        out,
                        "{}\n{}: ",
                        if index > 0 { "," } else { "" },
                        serde_json::Value::from(key.as_str())
                    );
                    value.write(out);
                }
                out.push('}');
            }
        }
    }

    fn size(&self) -> usize {
        match self {
            Self::Scalar(_) => 1,
            Self::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Self::Map(entries) => 1 + entries.iter().map(|(_, value)| value.size()).sum::<usize>(),
        }
    }

    /// The n-th value from the top.
    fn nth(&mut self, n: &mut usize) -> Option<&mut Self> {
        if *n == 0 {
            return Some(self);
        }
        *n -= 1;
        match self {
            Self::Scalar(_) => None,
            Self::List(items) => items.iter_mut().find_map(|item| item.nth(n)),
            Self::Map(entries) => entries.iter_mut().find_map(|(_, value)| value.nth(n)),
        }
    }

    fn any(&mut self, rng: &mut Rng) -> Self {
        let mut n = rng.usize(..self.size());
        self.nth(&mut n).cloned().unwrap_or(Self::List(Vec::new()))
    }

    /// Changes one value.
    pub fn mutate(&mut self, rng: &mut Rng) {
        let other = self.any(rng);
        let references = self.references();
        let mut n = rng.usize(..self.size());
        let Some(place) = self.nth(&mut n) else { return };
        match rng.u8(..12) {
            0 => *place = other,
            1 => *place = scalar(rng),
            2 => *place = Self::Map(Vec::new()),
            3 => *place = Self::List(vec![other, place.clone()]),
            4 => deepen(place, rng),
            5 => *place = Self::Map(vec![("$ref".to_owned(), Self::text(pick(rng, &references)))]),
            6 => place.drop_one(rng),
            _ => place.change(rng, other, &references),
        }
    }

    fn drop_one(&mut self, rng: &mut Rng) {
        match self {
            Self::Map(entries) if !entries.is_empty() => drop(entries.remove(rng.usize(..entries.len()))),
            Self::List(items) if !items.is_empty() => drop(items.remove(rng.usize(..items.len()))),
            _ => *self = scalar(rng),
        }
    }

    /// Duplicates, renames or adds a part of a value.
    fn change(&mut self, rng: &mut Rng, other: Self, references: &[String]) {
        match self {
            Self::Map(entries) => {
                let at = rng.usize(..=entries.len());
                let key = if rng.bool() { WORDS[rng.usize(..WORDS.len())] } else { TEXTS[rng.usize(..TEXTS.len())] };
                match (rng.u8(..4), entries.get(at).cloned()) {
                    (0, Some(entry)) => entries.push(entry),
                    (1, Some((_, value))) => entries[at] = (key.to_owned(), value),
                    (2, Some((_, value))) => entries.push((key.to_owned(), value)),
                    _ => entries.insert(at, (key.to_owned(), other)),
                }
            }
            Self::List(items) => {
                let again =
                    if items.is_empty() || rng.bool() { other } else { items[rng.usize(..items.len())].clone() };
                items.insert(rng.usize(..=items.len()), again);
            }
            Self::Scalar(text) if text.starts_with("\"#") => *self = Self::text(pick(rng, references)),
            Self::Scalar(_) => *self = scalar(rng),
        }
    }

    /// Every string with a reference.
    fn references(&self) -> Vec<String> {
        let mut found = vec!["#".to_owned(), "#/paths".to_owned(), "#/components/schemas/Nowhere".to_owned()];
        let mut open = vec![self];
        while let Some(next) = open.pop() {
            match next {
                Self::Scalar(text) if text.starts_with("\"#/") => found.push(text.trim_matches('"').to_owned()),
                Self::Scalar(_) => {}
                Self::List(items) => open.extend(items),
                Self::Map(entries) => open.extend(entries.iter().map(|(_, value)| value)),
            }
        }
        found
    }
}

fn pick<'a>(rng: &mut Rng, texts: &'a [String]) -> &'a str {
    &texts[rng.usize(..texts.len())]
}

fn scalar(rng: &mut Rng) -> Value {
    match rng.u8(..5) {
        0 => Value::Scalar("null".to_owned()),
        1 => Value::Scalar(rng.bool().to_string()),
        2 => Value::Scalar(NUMBERS[rng.usize(..NUMBERS.len())].to_owned()),
        3 => Value::text(WORDS[rng.usize(..WORDS.len())]),
        _ => Value::text(&TEXTS[rng.usize(..TEXTS.len())].repeat(rng.usize(1..3))),
    }
}

/// Puts a value deep inside a chain of schemas.
fn deepen(place: &mut Value, rng: &mut Rng) {
    let levels = [3, 20, 120, 240, 600][rng.usize(..5)];
    let key = ["allOf", "anyOf", "oneOf", "items", "additionalProperties", "not", "properties"][rng.usize(..7)];
    for _ in 0..levels {
        let inner = std::mem::replace(place, Value::List(Vec::new()));
        let below = match key {
            "allOf" | "anyOf" | "oneOf" => Value::List(vec![inner]),
            "properties" => Value::Map(vec![("inner".to_owned(), inner)]),
            _ => inner,
        };
        *place = Value::Map(vec![(key.to_owned(), below)]);
    }
}
