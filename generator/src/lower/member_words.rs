//! Words for members of unions that have no name: what a member is, wherever it stands. Knows merged keywords.

use super::Lower;
use super::all_of::MergedSchema;
use crate::source::node::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// Most properties that a word lists.
const MOST: usize = 3;

/// Deepest level of objects in which constants are looked for.
const DEEPEST: usize = 3;

/// A way to find the word of a member, by its position and content.
type Way<'w> = &'w dyn Fn(usize, &MergedSchema) -> Option<String>;

impl Lower<'_> {
    /// A word for each member: its own name, a value or property that only it has, its properties, its format, or its JSON type. A
    /// member that only its content tells from another one has a word made of that content.
    pub(super) fn member_words(
        &self,
        nodes: &[Vec<NodeId>],
        names: &[Option<String>],
        flats: &[MergedSchema],
    ) -> Vec<String> {
        let mut words: Vec<Option<String>> = flats
            .iter()
            .enumerate()
            .map(|(index, _)| names.get(index).cloned().flatten().or_else(|| self.own_value(index, flats)))
            .collect();
        let constants: Vec<Vec<String>> = nodes.iter().map(|nodes| self.constant_words(nodes)).collect();
        let ways: [Way<'_>; 5] = [
            &|_, flat| lone_property(flat, flats),
            &|index, _| lone_constant(index, &constants),
            &|_, flat| properties(flat),
            &|_, flat| flat.format.clone().filter(|format| is_word(format)),
            &|_, flat| kind(flat).map(str::to_owned),
        ];
        for way in ways {
            let found: Vec<Option<String>> = flats.iter().enumerate().map(|(index, flat)| way(index, flat)).collect();
            let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
            for word in found.iter().chain(&words).flatten() {
                *uses.entry(word).or_default() += 1;
            }
            let lone = |word: &&String| uses.get(word.as_str()) == Some(&1);
            let chosen: Vec<Option<String>> = found.iter().map(|word| word.as_ref().filter(lone).cloned()).collect();
            for (word, chosen) in words.iter_mut().zip(chosen).filter(|(word, _)| word.is_none()) {
                *word = chosen;
            }
        }
        let content = |index: usize| nodes.get(index).map(|nodes| self.content_word(nodes)).unwrap_or_default();
        words.into_iter().enumerate().map(|(index, word)| word.unwrap_or_else(|| content(index))).collect()
    }

    /// A word for a listed object or array among other values: its few keys, or a word made of its content.
    pub(super) fn literal_word(&self, node: NodeId, all: &[NodeId]) -> String {
        let keys = |node: NodeId| -> BTreeSet<String> {
            self.document.tree.map(node).iter().map(|entry| entry.key.clone()).collect()
        };
        let own = keys(node);
        let is_lone = all.iter().filter(|other| keys(**other) == own).count() == 1;
        if own.is_empty() || own.len() > MOST || !is_lone || !own.iter().all(|key| is_word(key)) {
            return self.content_word(&[node]);
        }
        format!("with {}", own.into_iter().collect::<Vec<_>>().join(" and "))
    }

    /// The constants of the properties, and of those of the properties, as words; sorted.
    fn constant_words(&self, nodes: &[NodeId]) -> Vec<String> {
        let mut words = Vec::new();
        for node in nodes.iter().filter_map(|node| self.document.target(*node)) {
            self.collect_constants(node, "", DEEPEST, &mut words);
        }
        words.sort();
        words.dedup();
        words
    }

    fn collect_constants(&self, node: NodeId, path: &str, depth: usize, words: &mut Vec<String>) {
        let tree = &self.document.tree;
        let Some(depth) = depth.checked_sub(1) else { return };
        let properties = tree.entry(node, "properties").map_or(&[][..], |properties| tree.map(properties));
        for property in properties {
            let Some(target) = self.document.target(property.value) else { continue };
            let path = format!("{path} {}", property.key);
            let single = || match tree.list(tree.entry(target, "enum")?) {
                [only] => Some(*only),
                _ => None,
            };
            let value = tree.entry(target, "const").or_else(single).and_then(|value| tree.to_json(value));
            let value = value.filter(|value| !value.is_object() && !value.is_array() && !value.is_null());
            if let Some(value) = value {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                words.extend(Some(format!("{} {value}", path.trim())).filter(|word| is_word(word)));
            }
            self.collect_constants(target, &path, depth, words);
        }
    }

    /// A word that differs between schemas with different content.
    fn content_word(&self, nodes: &[NodeId]) -> String {
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

/// The first property by name that no other member has, required ones before others.
fn lone_property(flat: &MergedSchema, flats: &[MergedSchema]) -> Option<String> {
    let has = |flat: &&MergedSchema, name: &str| flat.properties.contains_key(name) || flat.required.contains(name);
    let lone = |name: &&String| is_word(name) && flats.iter().filter(|flat| has(flat, name)).count() == 1;
    let own = flat.properties.keys().filter(lone);
    let own = own.min_by_key(|name| (!flat.required.contains(*name), *name))?;
    Some(format!("with {own}"))
}

/// The first constant that no other member has.
fn lone_constant(index: usize, constants: &[Vec<String>]) -> Option<String> {
    let others = || constants.iter().enumerate().filter(|(other, _)| *other != index);
    constants.get(index)?.iter().find(|word| others().all(|(_, other)| !other.contains(word))).cloned()
}

/// The properties of a member that has few.
fn properties(flat: &MergedSchema) -> Option<String> {
    let names: BTreeSet<&str> = flat.properties.keys().map(String::as_str).filter(|name| is_word(name)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty() && names.len() <= MOST).then(|| format!("with {}", names.join(" and ")))
}

/// The word of JSON for it.
fn kind(flat: &MergedSchema) -> Option<&'static str> {
    if flat.values.is_some() {
        return Some("enum");
    }
    let structured = !flat.properties.is_empty() || flat.extra.is_some() || !flat.patterns.is_empty();
    match flat.types.as_slice() {
        [one] if one == "array" => Some("list"),
        [one] if one == "object" => Some("object"),
        [one] if one == "string" => Some("text"),
        [one] if one == "integer" => Some("integer"),
        [one] if one == "number" => Some("number"),
        [one] if one == "boolean" => Some("bool"),
        [] if flat.items.is_some() || !flat.prefix.is_empty() => Some("list"),
        [] if structured => Some("object"),
        [] if !flat.unions.is_empty() => Some("union"),
        _ => None,
    }
}

fn is_word(name: &str) -> bool {
    name.len() < 40 && name.chars().any(char::is_alphabetic)
}
