//! Names of methods: the words of an operation's id without those of its group, HTTP method and path (docs/names.md,
//! "Methods").

use crate::api::Operation;
use crate::config::OperationNames;
use crate::plan::names::{method, same_or_plural, with_suffix, words_of};
use std::collections::BTreeMap;

/// Words at the end of the class names that frameworks put before the name of a function: `ThingsController_list`.
const CLASSES: [&str; 8] = ["api", "controller", "endpoint", "handler", "resource", "router", "service", "view"];

/// The name of each operation of a group. Names may be equal; the caller numbers them.
///
/// An operation has its shortest name that is not a possible name of another operation of the group. The order therefore
/// has no influence, and a new operation renames another one only if both can have the same name.
pub(super) fn names(operations: &[&Operation], titles: &[&str], style: OperationNames, taken: &[&str]) -> Vec<String> {
    let mut possible: Vec<Vec<String>> = Vec::new();
    for operation in operations {
        let shorter = operation.id.as_deref().filter(|_| style == OperationNames::Short);
        let mut names = shorter.map(|id| shorter_names(id, operation, titles)).unwrap_or_default();
        names.retain(|name| is_plain(name, taken));
        names.push(clear(&full_name(operation), taken));
        names.dedup();
        possible.push(names);
    }
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in possible.iter().flatten() {
        *uses.entry(name).or_default() += 1;
    }
    let shortest =
        |names: &Vec<String>| names.iter().find(|name| uses.get(name.as_str()) == Some(&1)).or(names.last()).cloned();
    let mut found: Vec<String> = possible.iter().filter_map(shortest).collect();
    // Operations whose ids give the same name are named by method and path.
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for name in &found {
        *uses.entry(name.clone()).or_default() += 1;
    }
    for (name, operation) in found.iter_mut().zip(operations) {
        if uses.get(name).is_some_and(|count| *count > 1) {
            *name = clear(&route_words(operation), taken);
        }
    }
    found
}

/// The full name: the id, else the method and path.
fn full_name(operation: &Operation) -> String {
    operation.id.clone().unwrap_or_else(|| route_words(operation))
}

fn route_words(operation: &Operation) -> String {
    let path = operation.path.replace('{', " by ").replace('}', " ");
    format!("{} {path}", operation.method.to_lowercase())
}

/// An identifier for a method that differs from the type's own methods.
pub(super) fn clear(text: &str, taken: &[&str]) -> String {
    let wanted = method(text);
    if taken.contains(&wanted.as_str()) { with_suffix(&wanted, "call") } else { wanted }
}

/// Returns true if a short name can be a method as it is: it is not a keyword and not taken, does not start with a digit, and
/// does not look like a conversion.
fn is_plain(short: &str, taken: &[&str]) -> bool {
    // Lints expect `from_x` and `into_x` to be conversions.
    let converts = short.starts_with("from_") || short.starts_with("into_");
    method(short) == short && !taken.contains(&short) && !converts
}

/// The ids that remain without the words of the group at the start, and without the path and method at the end; the
/// shortest first.
fn shorter_names(id: &str, operation: &Operation, titles: &[&str]) -> Vec<String> {
    let words = segments(Operation::without_route(id, &operation.method, &operation.path));
    let groups: Vec<Vec<String>> = titles.iter().map(|title| words_of(title)).collect();
    let mut rest = words.as_slice();
    let mut names = Vec::new();
    // An id may repeat its group: `CustomerCustomersGet`.
    while !rest.is_empty() {
        names.push(rest.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join("_"));
        let count = groups.iter().map(|group| group_words(rest, group)).max().unwrap_or(0);
        rest = rest.get(count..).filter(|_| count > 0).unwrap_or_default();
    }
    names.reverse();
    names
}

/// A word of an id.
struct Word {
    text: String,
    /// Number of its part of the id. Signs separate parts.
    segment: usize,
    /// True if it is the first word after a dot, slash or colon.
    follows_separator: bool,
}

/// The words of an id with the numbers of their parts.
fn segments(id: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut follows_separator = false;
    for (segment, part) in id.split_inclusive(|c: char| !c.is_alphanumeric()).enumerate() {
        let named = Some(part).filter(|part| part.contains(char::is_alphanumeric));
        for text in named.map(words_of).unwrap_or_default() {
            words.push(Word { text, segment, follows_separator });
            follows_separator = false;
        }
        follows_separator |= part.ends_with(['.', '/', ':']);
    }
    words
}

/// Number of words at the start that are those of the group or lead to it: `compute.instances.list` in the group
/// `instances`.
fn group_words(words: &[Word], group: &[String]) -> usize {
    let starts = (0..words.len()).filter(|at| *at == 0 || words.get(*at).is_some_and(|word| word.follows_separator));
    let mut ends = starts.filter_map(|start| {
        let rest = words.get(start..)?;
        let count = leading(rest, group)?;
        let whole_step = || rest.get(count).is_some_and(|next| next.follows_separator);
        (start == 0 || whole_step()).then_some(start + count)
    });
    ends.next().unwrap_or(0)
}

/// Number of words at the start that are those of the group, also when joined: `work_pools` and `workpools`.
fn leading(words: &[Word], group: &[String]) -> Option<usize> {
    let joined = Some(group.concat()).filter(|joined| !joined.is_empty())?;
    let each = group.iter().zip(words).all(|(group, word)| same_or_plural(group, &word.text));
    let count = if each && words.len() >= group.len() {
        group.len()
    } else {
        let mut start = String::new();
        let last = words.iter().position(|word| {
            start.push_str(&word.text);
            same_or_plural(&joined, &start)
        });
        last? + 1
    };
    Some(count + class_word(words, count))
}

/// Number of words including a following `Controller` or similar at the end of the same part.
fn class_word(words: &[Word], count: usize) -> usize {
    let Some(class) = words.get(count) else { return 0 };
    let inside =
        count.checked_sub(1).and_then(|last| words.get(last)).is_some_and(|last| last.segment == class.segment);
    let ends = words.get(count + 1).is_some_and(|next| next.segment != class.segment);
    usize::from(inside && ends && CLASSES.contains(&class.text.as_str()))
}
