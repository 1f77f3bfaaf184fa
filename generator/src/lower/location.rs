//! The location of a schema: words for its name, and its pointer. Knows how objects of the standard contain each other. Must
//! not know descriptions.

use crate::api::is_secret_property;
use crate::syntax::pointer::{escape, steps};

/// The location of a schema.
#[derive(Debug, Clone)]
pub(super) struct SchemaLocation {
    /// Words for the name: a name of its own, or those of the schema around it and one more.
    pub(super) name_words: Vec<String>,
    /// Words for the places of the titled schemas around it, the outermost first.
    pub(super) outer: Vec<Vec<String>>,
    pub(super) pointer: String,
    /// A string at this place is secret: the names of its object say so.
    pub(super) is_secret: bool,
}

impl SchemaLocation {
    /// The location of a schema with a name.
    pub(super) fn new(name: &str, pointer: String) -> Self {
        Self { name_words: vec![name.to_owned()], outer: Vec::new(), pointer, is_secret: false }
    }

    /// The location of a schema with a name of its own at the end of its pointer. A schema without a name is named by
    /// its parent.
    pub(super) fn named_by(pointer: &str) -> Self {
        let (file, fragment) = pointer.split_once('#').unwrap_or((pointer, ""));
        let file = file.rsplit('/').next().unwrap_or_default();
        let stem = [".yaml", ".yml", ".json"].iter().find_map(|end| file.strip_suffix(end)).unwrap_or_default();
        let mut name_words = words(&steps(fragment), stem);
        if name_words.is_empty() {
            let anchor = Some(fragment.trim_matches('/')).filter(|text| !text.is_empty() && !text.contains('/'));
            let names = [anchor, Some(stem), Some(file)];
            name_words.extend(names.into_iter().flatten().find(|name| !name.is_empty()).map(str::to_owned));
        }
        if name_words.is_empty() {
            name_words.push("schema".to_owned());
        }
        Self { name_words, outer: Vec::new(), pointer: pointer.to_owned(), is_secret: false }
    }

    /// The location of a schema that several places refer to: its own name followed by the first word, unless the name
    /// ends in one of the words.
    pub(super) fn shared(pointer: &str, words: &[&str]) -> Self {
        let mut at = Self::named_by(pointer);
        let name = at.name_words.concat().to_lowercase();
        if let Some(word) = words.first().filter(|_| !words.iter().any(|word| name.ends_with(word))) {
            at.name_words.push((*word).to_owned());
        }
        at
    }

    /// Returns true if a title only repeats the name of the property or parameter, as pydantic writes one everywhere.
    pub(super) fn is_respelled_by(&self, title: &str) -> bool {
        let normalized = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let mut steps = self.pointer.strip_suffix("/schema").unwrap_or(&self.pointer).rsplit('/').skip(1);
        let named = matches!(steps.next(), Some("properties" | "parameters"));
        named && self.name_words.last().is_some_and(|name| normalized(name) == normalized(title))
    }

    /// The location of a schema inside this one: one more word for its name, and further steps of its pointer.
    pub(super) fn below(&self, word: &str, steps: &[&str]) -> Self {
        let mut name_words = self.name_words.clone();
        name_words.push(word.to_owned());
        let below: String = steps.iter().map(|step| format!("/{}", escape(step))).collect();
        let pointer = format!("{}{below}", self.pointer);
        Self { name_words, outer: self.outer.clone(), pointer, is_secret: false }
    }

    /// The location of a property, beside these properties of the same object.
    pub(super) fn property<'n>(&self, name: &str, all: impl Iterator<Item = &'n str>) -> Self {
        Self { is_secret: is_secret_property(name, all), ..self.below(name, &["properties", name]) }
    }

    /// The same location with another pointer.
    pub(super) fn with_pointer(&self, pointer: String) -> Self {
        Self { pointer, ..self.clone() }
    }

    /// The location of a schema with a title, which names it and what it holds.
    pub(super) fn titled(&self, title: &str) -> Self {
        let outer = self.outer.iter().chain([&self.name_words]).cloned().collect();
        let (pointer, is_secret) = (self.pointer.clone(), self.is_secret);
        Self { name_words: vec![title.to_owned()], outer, pointer, is_secret }
    }
}

/// The words for the steps of a pointer, from the last name on. A schema without a name in the file begins with the stem of
/// the file.
fn words(steps: &[String], stem: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let push = |words: &mut Vec<String>, word: &str| {
        if words.is_empty() && !stem.is_empty() {
            words.push(stem.to_owned());
        }
        words.push(word.to_owned());
    };
    let mut rest = steps.iter().map(String::as_str).peekable();
    while let Some(step) = rest.next() {
        match step {
            "components" => {
                let kind = rest.next().unwrap_or_default();
                words = rest.next().map(str::to_owned).into_iter().collect();
                let what = match kind {
                    "responses" => "response",
                    "requestBodies" => "request",
                    "parameters" => "param",
                    "headers" => "header",
                    _ => continue,
                };
                if rest.peek().is_some() {
                    words.push(what.to_owned());
                }
            }
            "definitions" | "$defs" => words = rest.next().map(str::to_owned).into_iter().collect(),
            "paths" => {
                let path = rest.next().unwrap_or_default();
                words = vec![format!("{} {path}", rest.next().unwrap_or_default())];
            }
            "properties" | "patternProperties" | "dependentSchemas" | "headers" => {
                push(&mut words, rest.next().unwrap_or_default())
            }
            "responses" if !words.is_empty() => {
                rest.next();
                push(&mut words, "response");
            }
            "parameters" if !words.is_empty() => {
                rest.next();
                push(&mut words, "param");
            }
            "requestBody" => push(&mut words, "request"),
            "content" | "allOf" => drop(rest.next()),
            "oneOf" | "anyOf" => {
                let index: usize = rest.next().and_then(|index| index.parse().ok()).unwrap_or_default();
                push(&mut words, &format!("option{}", index + 1));
            }
            "prefixItems" => push(&mut words, &format!("item {}", rest.next().unwrap_or_default())),
            "items" => push(&mut words, "item"),
            "additionalProperties" => push(&mut words, "value"),
            "schema" if !words.is_empty() => {}
            // A map of names, such as `parameters` of Swagger 2.0 or an extension of the description.
            other if words.is_empty() => words = vec![rest.next().unwrap_or(other).to_owned()],
            other => words.push(other.to_owned()),
        }
    }
    words
}
