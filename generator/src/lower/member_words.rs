//! Words for members of unions that have no name: what a member is, wherever it stands. Knows merged keywords.

mod content;

use super::Lower;
use super::all_of::MergedSchema;
use crate::syntax::node::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of properties or values that a word lists.
const MAX: usize = 3;

/// The members that a word must distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rivals {
    /// All members.
    All,
    /// The members without a word.
    Open,
}

/// Possible words of a member, by its position and content, the best first.
type Way<'w> = &'w dyn Fn(usize, &MergedSchema) -> Vec<String>;

impl Lower<'_> {
    /// A word for each member that no other member has: its own name, a value or property that only it has, its properties, its
    /// format, or its JSON type. The ways are tried in order. The first five compare a member with all members, the others only
    /// with members that have no word yet. Members that are equal in all of this have a word made of a hash.
    pub(super) fn member_words(
        &self,
        nodes: &[Vec<NodeId>],
        names: &[Option<String>],
        merged_members: &[MergedSchema],
    ) -> Vec<String> {
        let word = |index: usize| names.get(index).cloned().flatten().or_else(|| self.own_value(index, merged_members));
        let mut words: Vec<Option<String>> = (0..merged_members.len()).map(word).collect();
        let nodes_of = |index: usize| nodes.get(index).map(Vec::as_slice).unwrap_or_default();
        let by_properties: Way<'_> = &|_, merged| properties(merged).into_iter().collect();
        let by_format: Way<'_> = &|_, merged| merged.format.clone().into_iter().filter(|word| is_word(word)).collect();
        let by_kind: Way<'_> = &|_, merged| kind(merged).map(str::to_owned).into_iter().collect();
        let ways: [(Rivals, Way<'_>); 15] = [
            (Rivals::All, &|_, merged| lone_property(merged, merged_members).into_iter().collect()),
            (Rivals::All, &|index, _| self.constant_words(nodes_of(index))),
            (Rivals::All, by_properties),
            (Rivals::All, by_format),
            (Rivals::All, by_kind),
            (Rivals::Open, by_properties),
            (Rivals::Open, by_format),
            (Rivals::Open, &|_, merged| self.values_word(merged).into_iter().collect()),
            (Rivals::Open, by_kind),
            (Rivals::Open, &|index, _| self.inner_words(nodes_of(index))),
            (Rivals::Open, &|index, merged| self.property_words(merged, nodes_of(index))),
            (Rivals::Open, &|index, _| self.content_word(nodes_of(index)).into_iter().collect()),
            (Rivals::Open, &|_, merged| required_words(merged)),
            (Rivals::Open, &|index, merged| missing(index, merged, merged_members).into_iter().collect()),
            (Rivals::Open, &|_, merged| limits(merged).into_iter().collect()),
        ];
        for (rivals, way) in ways {
            if words.iter().all(Option::is_some) {
                break;
            }
            let members = merged_members.iter().zip(&words).enumerate();
            let possible = members.map(|(index, (merged, word))| match (rivals, word) {
                (Rivals::Open, Some(_)) => Vec::new(),
                (Rivals::All, _) | (Rivals::Open, None) => way(index, merged),
            });
            let possible: Vec<Vec<String>> = possible.collect();
            set_distinct_words(&mut words, lone(&possible));
        }
        let last = |index: usize| self.hash_word(nodes_of(index));
        words.into_iter().enumerate().map(|(index, word)| word.unwrap_or_else(|| last(index))).collect()
    }

    /// A word for a listed object or array among other values: its few keys, a value that only it has, or a hash.
    pub(super) fn literal_word(&self, node: NodeId, all: &[NodeId]) -> String {
        let keys = |node: NodeId| -> BTreeSet<String> {
            self.document.tree.map(node).iter().map(|entry| entry.key.clone()).collect()
        };
        let member_keys = keys(node);
        let is_lone = all.iter().filter(|other| keys(**other) == member_keys).count() == 1;
        if !member_keys.is_empty() && member_keys.len() <= MAX && is_lone && member_keys.iter().all(|key| is_word(key))
        {
            return format!("with {}", member_keys.into_iter().collect::<Vec<_>>().join(" and "));
        }
        let values: Vec<Vec<String>> = all.iter().map(|node| self.literal_words(*node)).collect();
        let position = all.iter().position(|other| *other == node);
        let found = position.and_then(|index| lone(&values).get(index).cloned().flatten());
        found.unwrap_or_else(|| self.hash_word(&[node]))
    }
}

/// Gives words to the members without one: those that nothing else has.
fn set_distinct_words(words: &mut [Option<String>], found: Vec<Option<String>>) {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for word in found.iter().chain(&*words).flatten() {
        *uses.entry(word).or_default() += 1;
    }
    let lone = |word: &&String| uses.get(word.as_str()) == Some(&1);
    let distinct: Vec<Option<String>> = found.iter().map(|word| word.as_ref().filter(lone).cloned()).collect();
    for (word, distinct_word) in words.iter_mut().zip(distinct).filter(|(word, _)| word.is_none()) {
        *word = distinct_word;
    }
}

/// The first word of each list that no other list has.
fn lone(lists: &[Vec<String>]) -> Vec<Option<String>> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for list in lists {
        for word in list.iter().collect::<BTreeSet<_>>() {
            *uses.entry(word).or_default() += 1;
        }
    }
    let first = |list: &Vec<String>| list.iter().find(|word| uses.get(word.as_str()) == Some(&1)).cloned();
    lists.iter().map(first).collect()
}

/// The first property by name that no other member has, required ones before others.
fn lone_property(merged: &MergedSchema, merged_members: &[MergedSchema]) -> Option<String> {
    let has =
        |merged: &&MergedSchema, name: &str| merged.properties.contains_key(name) || merged.required.contains(name);
    let lone = |name: &&String| is_word(name) && merged_members.iter().filter(|merged| has(merged, name)).count() == 1;
    let property = merged.properties.keys().filter(lone);
    let property = property.min_by_key(|name| (!merged.required.contains(*name), *name))?;
    Some(format!("with {property}"))
}

/// The properties of a member that has few.
fn properties(merged: &MergedSchema) -> Option<String> {
    let names: BTreeSet<&str> = merged.properties.keys().map(String::as_str).filter(|name| is_word(name)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty() && names.len() <= MAX).then(|| format!("with {}", names.join(" and ")))
}

/// The required properties.
fn required_words(merged: &MergedSchema) -> Vec<String> {
    let names: BTreeSet<&String> = merged.required.iter().filter(|name| is_word(name)).collect();
    names.into_iter().map(|name| format!("with {name}")).collect()
}

/// The first property by name that all other members have or require, and this one does not.
fn missing(index: usize, merged: &MergedSchema, merged_members: &[MergedSchema]) -> Option<String> {
    let others = || merged_members.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
    let of_all = |has: &dyn Fn(&MergedSchema, &str) -> bool| {
        let known = others().next()?.properties.keys().filter(|name| is_word(name) && !has(merged, name));
        known.filter(|name| others().all(|other| has(other, name))).min().cloned()
    };
    let property = of_all(&|merged, name| merged.properties.contains_key(name));
    let property = property.or_else(|| of_all(&|merged, name| merged.required.contains(name)));
    Some(format!("without {}", property?))
}

/// The limits of a number or list.
fn limits(merged: &MergedSchema) -> Option<String> {
    let mut words = Vec::new();
    words.extend(merged.minimum.map(|least| format!("from {least}")));
    words.extend(merged.maximum.map(|most| format!("to {most}")));
    words.extend(merged.least_items.map(|least| format!("at least {least}")));
    words.extend(merged.most_items.map(|most| format!("at most {most}")));
    (!words.is_empty()).then(|| words.join(" "))
}

/// The JSON type of a member, as a word.
fn kind(merged: &MergedSchema) -> Option<&'static str> {
    if merged.values.is_some() {
        return Some("enum");
    }
    let structured = !merged.properties.is_empty() || merged.extra.is_some() || !merged.patterns.is_empty();
    match merged.types.as_slice() {
        [one] if one == "array" => Some("list"),
        [one] if one == "object" => Some("object"),
        [one] if one == "string" => Some("text"),
        [one] if one == "integer" => Some("integer"),
        [one] if one == "number" => Some("number"),
        [one] if one == "boolean" => Some("bool"),
        [] if !merged.items.is_empty() || !merged.prefix.is_empty() => Some("list"),
        [] if structured => Some("object"),
        [] if !merged.unions.is_empty() => Some("union"),
        _ => None,
    }
}

/// Returns true if an identifier can be made of it.
fn is_word(name: &str) -> bool {
    name.len() < 40 && name.chars().any(char::is_alphabetic)
}
