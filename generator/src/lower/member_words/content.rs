//! Words for the content of schemas and values: constants, the types of properties and items, listed values.

use super::{MAX, MergedSchema, is_word};
use crate::lower::Lower;
use crate::lower::all_of::{items, types};
use crate::syntax::node::{Kind, NodeId};
use std::collections::BTreeSet;

/// Deepest level of objects in which constants and the types of properties are looked for.
const DEEPEST: usize = 3;

/// Words with the levels of their properties, and whether these are optional.
type Found = BTreeSet<(usize, bool, String)>;

impl Lower<'_> {
    /// The constants of properties and of the properties inside them, as sorted words.
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
        let properties = tree.value_at(node, "properties").map_or(&[][..], |properties| tree.map(properties));
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
        let single = || match tree.list(tree.value_at(node, "enum")?) {
            [only] => Some(*only),
            _ => None,
        };
        self.scalar_word(tree.value_at(node, "const").or_else(single)?)
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
        let nodes = merged.values.as_ref().filter(|nodes| !nodes.is_empty() && nodes.len() <= MAX)?;
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
        let listed = |key: &str| tree.value_at(node, key).map_or(&[][..], |list| tree.list(list));
        let required: BTreeSet<&str> = listed("required").iter().filter_map(|name| tree.text(*name)).collect();
        for property in tree.value_at(node, "properties").map_or(&[][..], |properties| tree.map(properties)) {
            let path = format!("{path} {}", property.key);
            let value_word = word(&path, property.value).filter(|word| level >= least && is_word(word));
            found.extend(value_word.map(|word| (level, !required.contains(property.key.as_str()), word)));
            // An object or the items of a list.
            let inner = tree.value_at(property.value, "items").unwrap_or(property.value);
            self.collect_properties(inner, &path, (level + 1, least), word, found);
        }
        let items = tree.value_at(node, "items").filter(|items| level == 0 && tree.is_map(*items));
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
        let inner = |node: NodeId| self.schema_word(node, depth, named);
        let by_type = || {
            let words: Vec<String> =
                self.types_or_structure(node).iter().filter_map(|name| self.word_of_type(node, name, &inner)).collect();
            (!words.is_empty()).then(|| words.join(" or "))
        };
        let by_union = || self.word_of_union(node, &inner);
        let subschemas =
            || self.document.tree.value_at(node, "allOf").map_or(&[][..], |list| self.document.tree.list(list));
        let by_subschema = || subschemas().iter().find_map(|subschema| inner(*subschema));
        match self.only_value(node) {
            Some(value) => Some(value),
            // A typed schema without a word has none from elsewhere.
            None if !self.types_or_structure(node).is_empty() => by_type(),
            None => by_union().or_else(by_subschema),
        }
    }

    /// The types of a schema without null, or the one that its keywords show.
    fn types_or_structure(&self, node: NodeId) -> Vec<String> {
        let tree = &self.document.tree;
        let (mut types, _) = types(tree, node);
        types.retain(|name| name != "null");
        if types.is_empty() {
            let (first, rest) = items(tree, node);
            let is_object = || tree.value_at(node, "properties").is_some() || self.map_values(node).is_some();
            if !first.is_empty() || rest.is_some() {
                types.push("array".to_owned());
            } else if is_object() {
                types.push("object".to_owned());
            }
        }
        types
    }

    /// The schema of `additionalProperties`.
    fn map_values(&self, node: NodeId) -> Option<NodeId> {
        let tree = &self.document.tree;
        tree.value_at(node, "additionalProperties").filter(|extra| tree.is_map(*extra))
    }

    /// The word of one type of a schema: of an array or map by its items or values (`inner`), of a string by its format.
    fn word_of_type(&self, node: NodeId, name: &str, inner: &dyn Fn(NodeId) -> Option<String>) -> Option<String> {
        let tree = &self.document.tree;
        let (first, rest) = items(tree, node);
        let kind_of = |values: Option<NodeId>, kind: &str, plain: &str| match values.and_then(inner) {
            Some(word) => format!("{word} {kind}"),
            None => plain.to_owned(),
        };
        Some(match name {
            "array" if !first.is_empty() => {
                let mut words: Vec<String> = first.iter().take(MAX).filter_map(|node| inner(*node)).collect();
                words.dedup();
                return (!words.is_empty()).then(|| words.join(" and "));
            }
            "array" => kind_of(rest, "list", "list"),
            "object" => kind_of(self.map_values(node), "map", "object"),
            "string" => tree.text_at(node, "format").unwrap_or("text").to_owned(),
            "boolean" => "bool".to_owned(),
            other => other.to_owned(),
        })
    }

    /// The words of the members of a union.
    fn word_of_union(&self, node: NodeId, inner: &dyn Fn(NodeId) -> Option<String>) -> Option<String> {
        let tree = &self.document.tree;
        let members =
            ["oneOf", "anyOf"].into_iter().filter_map(|key| tree.value_at(node, key)).flat_map(|list| tree.list(list));
        let members = members.filter(|member| !self.document.is_null(**member)).take(MAX);
        let mut words: Vec<String> = members.filter_map(|member| inner(*member)).collect();
        // The order of members has no influence.
        words.sort();
        words.dedup();
        (!words.is_empty()).then(|| words.join(" or "))
    }

    /// The strings and numbers of a listed object or array, with their keys; in the order of its keys.
    pub(super) fn literal_words(&self, node: NodeId) -> Vec<String> {
        let mut words = Vec::new();
        self.collect_literals(node, "", DEEPEST, &mut words);
        if self.document.tree.list(node).is_empty() {
            words.sort();
        } else {
            let whole: Vec<String> = words.iter().take(MAX).cloned().collect();
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
