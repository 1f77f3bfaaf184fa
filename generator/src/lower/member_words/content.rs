//! Words for the content of schemas and values: constants, the types of properties and items, listed values.

use super::{MOST, MergedSchema, is_word};
use crate::lower::Lower;
use crate::lower::all_of::{items, types};
use crate::syntax::node::{Kind, NodeId};
use std::collections::BTreeSet;

/// Deepest level of objects in which constants and the types of properties are looked for.
const DEEPEST: usize = 3;

/// Words with the levels of their properties, and whether these are optional.
type Found = BTreeSet<(usize, bool, String)>;

impl Lower<'_> {
    /// The constants of the properties, and of those of the properties, as words; sorted.
    pub(super) fn constant_words(&self, nodes: &[NodeId]) -> Vec<String> {
        let mut words = Vec::new();
        for node in nodes.iter().filter_map(|node| self.document.target(*node)) {
            self.collect_constants(node, "", DEEPEST, &mut words);
        }
        words.sort();
        words.dedup();
        words
    }

    /// Adds words for the only values of properties and items.
    fn collect_constants(&self, node: NodeId, path: &str, depth: usize, words: &mut Vec<String>) {
        let tree = &self.document.tree;
        let Some(depth) = depth.checked_sub(1) else { return };
        let properties = tree.entry(node, "properties").map_or(&[][..], |properties| tree.map(properties));
        let (first, _) = items(tree, node);
        let below = properties.iter().map(|property| (property.key.as_str(), property.value));
        for (key, node) in below.chain(first.into_iter().map(|item| ("", item))) {
            let Some(target) = self.document.target(node) else { continue };
            let path = format!("{path} {key}");
            let value = self.only_value(target);
            words.extend(value.map(|value| format!("{} {value}", path.trim())).filter(|word| is_word(word)));
            self.collect_constants(target, &path, depth, words);
        }
    }

    /// The only value that a schema allows, if it is a string, number or boolean.
    fn only_value(&self, node: NodeId) -> Option<String> {
        let tree = &self.document.tree;
        let single = || match tree.list(tree.entry(node, "enum")?) {
            [only] => Some(*only),
            _ => None,
        };
        self.scalar_word(tree.entry(node, "const").or_else(single)?)
    }

    /// The text of a string, number or boolean.
    fn scalar_word(&self, node: NodeId) -> Option<String> {
        match &self.document.tree.get(node).kind {
            Kind::String(text) | Kind::Number(text) => Some(text.clone()),
            Kind::Bool(value) => Some(value.to_string()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The few values that a schema lists.
    pub(super) fn values_word(&self, merged: &MergedSchema) -> Option<String> {
        let nodes = merged.values.as_ref().filter(|nodes| !nodes.is_empty() && nodes.len() <= MOST)?;
        let values: Option<Vec<String>> = nodes.iter().map(|node| self.scalar_word(*node)).collect();
        let mut values = values?;
        // The order of values has no influence.
        values.sort();
        let word =
            values.iter().map(|value| if value.is_empty() { "empty" } else { value }).collect::<Vec<_>>().join(" or ");
        let word = if word.starts_with(char::is_alphabetic) { word } else { format!("value {word}") };
        Some(word).filter(|word| is_word(word))
    }

    /// A word for each property below the first level: of objects in properties, of items, of members of unions. Sorted by level,
    /// required ones first, then by name.
    pub(super) fn inner_words(&self, nodes: &[NodeId]) -> Vec<String> {
        let name = |path: &str, _: NodeId| Some(format!("with {}", path.trim()));
        self.property_paths(nodes, 1, &name)
    }

    /// The properties with the words for their types, and those of the objects in them, in the same order.
    pub(super) fn property_words(&self, merged: &MergedSchema, nodes: &[NodeId]) -> Vec<String> {
        let mut words: BTreeSet<(bool, String)> = BTreeSet::new();
        for (name, schemas) in &merged.properties {
            let word = schemas.iter().rev().find_map(|schema| self.type_word(*schema, DEEPEST));
            let word = word.map(|word| format!("{name} {word}")).filter(|word| is_word(word));
            words.extend(word.map(|word| (!merged.required.contains(name), word)));
        }
        let typed = |path: &str, node: NodeId| Some(format!("{} {}", path.trim(), self.type_word(node, DEEPEST)?));
        words.into_iter().map(|(_, word)| word).chain(self.property_paths(nodes, 1, &typed)).collect()
    }

    /// A word for each property from this level on, by its path and schema.
    fn property_paths(
        &self,
        nodes: &[NodeId],
        least: usize,
        word: &dyn Fn(&str, NodeId) -> Option<String>,
    ) -> Vec<String> {
        let mut found: Found = BTreeSet::new();
        for node in nodes.iter().filter_map(|node| self.document.target(*node)) {
            self.collect_properties(node, "", (0, least), word, &mut found);
        }
        found.into_iter().map(|(.., word)| word).collect()
    }

    /// Adds words for the properties of a schema from the level `least` on, and for those in it.
    fn collect_properties(
        &self,
        node: NodeId,
        path: &str,
        (level, least): (usize, usize),
        word: &dyn Fn(&str, NodeId) -> Option<String>,
        found: &mut Found,
    ) {
        let tree = &self.document.tree;
        if level >= DEEPEST {
            return;
        }
        let listed = |key: &str| tree.entry(node, key).map_or(&[][..], |list| tree.list(list));
        let required: BTreeSet<&str> = listed("required").iter().filter_map(|name| tree.text(*name)).collect();
        for property in tree.entry(node, "properties").map_or(&[][..], |properties| tree.map(properties)) {
            let path = format!("{path} {}", property.key);
            let own = word(&path, property.value).filter(|word| level >= least && is_word(word));
            found.extend(own.map(|word| (level, !required.contains(property.key.as_str()), word)));
            // An object or the items of a list.
            let inner = tree.entry(property.value, "items").unwrap_or(property.value);
            self.collect_properties(inner, &path, (level + 1, least), word, found);
        }
        let items = tree.entry(node, "items").filter(|items| level == 0 && tree.is_map(*items));
        let members = ["oneOf", "anyOf"].iter().flat_map(|key| listed(key)).copied();
        for member in members.chain(items) {
            self.collect_properties(member, path, (level + 1, least), word, found);
        }
    }

    /// A word for the content of a member: the types of its items or values, or of the members of its union.
    pub(super) fn content_word(&self, nodes: &[NodeId]) -> Option<String> {
        let word = |named: bool| -> Option<String> {
            let words: Option<Vec<String>> = nodes.iter().map(|node| self.schema_word(*node, DEEPEST, named)).collect();
            words.map(|words| words.join(" ")).filter(|word| is_word(word))
        };
        word(true).or_else(|| word(false))
    }

    /// A word for a schema: its name, its only value, its format, or its JSON type with the types of its items.
    fn type_word(&self, node: NodeId, depth: usize) -> Option<String> {
        self.schema_word(node, depth, true)
    }

    /// As [`Self::type_word`]. Without names it is shorter.
    fn schema_word(&self, node: NodeId, depth: usize, named: bool) -> Option<String> {
        if let Some(name) = self.member_name(node) {
            return Some(name).filter(|_| named);
        }
        let depth = depth.checked_sub(1)?;
        if let Some(value) = self.only_value(node) {
            return Some(value);
        }
        let tree = &self.document.tree;
        let (mut types, _) = types(tree, node);
        types.retain(|name| name != "null");
        let (first, rest) = items(tree, node);
        let entry = |key: &str| tree.entry(node, key);
        let is_map = || entry("additionalProperties").filter(|extra| tree.is_map(*extra));
        if types.is_empty() {
            if !first.is_empty() || rest.is_some() {
                types.push("array".to_owned());
            } else if entry("properties").is_some() || is_map().is_some() {
                types.push("object".to_owned());
            }
        }
        let inner = |node: NodeId| self.schema_word(node, depth, named);
        let joined = |nodes: &[NodeId], word: &str| -> Option<String> {
            let mut words: Vec<String> = nodes.iter().take(MOST).filter_map(|node| inner(*node)).collect();
            words.dedup();
            (!words.is_empty()).then(|| words.join(word))
        };
        let of = |name: &String| match name.as_str() {
            "array" if !first.is_empty() => joined(&first, " and "),
            "array" => Some(rest.and_then(inner).map_or_else(|| "list".to_owned(), |word| format!("{word} list"))),
            "object" => match is_map().and_then(inner) {
                Some(word) => Some(format!("{word} map")),
                None => Some("object".to_owned()),
            },
            "string" => Some(tree.text_at(node, "format").unwrap_or("text").to_owned()),
            "boolean" => Some("bool".to_owned()),
            other => Some(other.to_owned()),
        };
        if !types.is_empty() {
            let words: Vec<String> = types.iter().filter_map(of).collect();
            return Some(words.join(" or ")).filter(|word| !word.is_empty());
        }
        let mut members: Vec<String> = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| entry(key))
            .flat_map(|list| tree.list(list))
            .filter(|member| !self.is_null(**member))
            .take(MOST)
            .filter_map(|member| inner(*member))
            .collect();
        // The order of members has no influence.
        members.sort();
        members.dedup();
        if !members.is_empty() {
            return Some(members.join(" or "));
        }
        entry("allOf")
            .map_or(&[][..], |subschemas| tree.list(subschemas))
            .iter()
            .find_map(|subschema| inner(*subschema))
    }

    /// The strings and numbers of a listed object or array, with their keys; in the order of its keys.
    pub(super) fn literal_words(&self, node: NodeId) -> Vec<String> {
        let mut words = Vec::new();
        self.collect_literals(node, "", DEEPEST, &mut words);
        if self.document.tree.list(node).is_empty() {
            words.sort();
        } else {
            let whole: Vec<String> = words.iter().take(MOST).cloned().collect();
            words.insert(0, whole.join(" and "));
        }
        if words.is_empty() {
            words.push("empty".to_owned());
        }
        let word = |word: String| if word.starts_with(char::is_alphabetic) { word } else { format!("value {word}") };
        words.into_iter().map(word).filter(|word| is_word(word)).collect()
    }

    fn collect_literals(&self, node: NodeId, path: &str, depth: usize, words: &mut Vec<String>) {
        let tree = &self.document.tree;
        let Some(depth) = depth.checked_sub(1) else { return };
        words.extend(self.scalar_word(node).map(|value| format!("{path} {value}").trim().to_owned()));
        for entry in tree.map(node) {
            self.collect_literals(entry.value, &format!("{path} {}", entry.key), depth, words);
        }
        for item in tree.list(node) {
            self.collect_literals(*item, path, depth, words);
        }
    }

    /// A word that differs between schemas with different content.
    pub(super) fn hash_word(&self, nodes: &[NodeId]) -> String {
        let text = nodes.iter().filter_map(|node| self.document.tree.to_json(*node)).map(|mut value| {
            value.sort_all_objects();
            value.to_string()
        });
        let text: String = text.collect();
        // FNV-1a
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("option x{:05x}", hash >> 44)
    }
}
