//! Names of things that want the same one, by what differs between them and never by their order.

use super::words;
use std::collections::{BTreeMap, BTreeSet};

/// The names of things of one namespace, such as the values of an enum. `wanted` has the text of each thing and the name
/// that it wants; `spell` makes such a name from any text.
///
/// Where several want one name, the thing whose text is the name keeps it. The names of the others say what differs:
/// their signs in words, or their case.
#[must_use]
pub(crate) fn distinct(wanted: &[(&str, String)], spell: impl Fn(&str) -> String, taken: &[&str]) -> Vec<String> {
    let mut uses: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (_, name)) in wanted.iter().enumerate() {
        uses.entry(name).or_default().push(index);
    }
    let mut all: BTreeSet<String> = uses.keys().copied().chain(taken.iter().copied()).map(str::to_owned).collect();
    let mut names: Vec<String> = wanted.iter().map(|(_, name)| name.clone()).collect();
    for (name, mut rivals) in uses {
        if rivals.len() == 1 && !taken.contains(&name) {
            continue;
        }
        if !taken.contains(&name) {
            // The thing whose own text is the name keeps it.
            rivals.retain(|index| wanted.get(*index).is_none_or(|(text, _)| *text != name));
        }
        rivals.sort_by_key(|index| wanted.get(*index).map(|(text, _)| *text));
        let texts: Vec<&str> = rivals.iter().filter_map(|index| wanted.get(*index)).map(|(text, _)| *text).collect();
        let qualified_names = qualified(&texts, &spell, &all);
        for (index, name) in rivals.into_iter().zip(qualified_names) {
            all.insert(name.clone());
            if let Some(slot) = names.get_mut(index) {
                *slot = name;
            }
        }
    }
    names
}

/// The same for things of which some have names already (`existing`). `taken` has the names that no other thing gets.
#[must_use]
pub(crate) fn distinct_beside(
    wanted: &[(&str, String)],
    existing: &[Option<String>],
    taken: &[&str],
    spell: impl Fn(&str) -> String,
) -> Vec<String> {
    let taken: Vec<&str> = existing.iter().flatten().map(String::as_str).chain(taken.iter().copied()).collect();
    let free = wanted.iter().zip(existing).filter(|(_, existing)| existing.is_none());
    let free: Vec<(&str, String)> = free.map(|(wanted, _)| wanted.clone()).collect();
    let mut names = distinct(&free, spell, &taken).into_iter();
    existing.iter().filter_map(|existing| existing.clone().or_else(|| names.next())).collect()
}

/// A name for each of these texts, by the first way that tells all of them apart, else with a number in the order of the
/// texts.
fn qualified(texts: &[&str], spell: impl Fn(&str) -> String, taken: &BTreeSet<String>) -> Vec<String> {
    for level in 0..=LEVELS {
        let names: Vec<String> = texts.iter().map(|text| spell(&qualify(text, level))).collect();
        let free: BTreeSet<&String> = names.iter().filter(|name| !taken.contains(*name)).collect();
        if free.len() == names.len() {
            return names;
        }
    }
    let mut known = taken.clone();
    let numbered = texts.iter().map(|text| {
        let mut names = (2u32..).map(|number| spell(&format!("{text} number {number}")));
        names.find(|name| known.insert(name.clone())).unwrap_or_default()
    });
    numbered.collect()
}

/// The number of ways to say what differs.
pub(crate) const LEVELS: usize = 2;

/// A text with what its name does not show. Level 0 is the text itself. Level 1 has its signs in words, or its case where it
/// has no sign. Level 2 has both.
#[must_use]
pub(crate) fn qualify(text: &str, level: usize) -> String {
    let signs = words::signs_in_words(text);
    let case = words::case(text);
    match signs {
        _ if level == 0 => text.to_owned(),
        Some(signs) if level == 1 => signs,
        Some(signs) => format!("{signs} {case}"),
        None => format!("{text} {case}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::names::{snake, variant};

    fn variants(texts: &[&str]) -> Vec<String> {
        let wanted: Vec<_> = texts.iter().map(|text| (*text, variant(text))).collect();
        distinct(&wanted, variant, &[])
    }

    #[test]
    fn order_changes_no_name() {
        let mut texts = vec!["a_b", "a-b", "ASC", "asc", "Asc", "a.b", "AB", "x"];
        let by_text = |texts: &[&str]| -> BTreeMap<String, String> {
            texts.iter().map(|text| (*text).to_owned()).zip(variants(texts)).collect()
        };
        let names = by_text(&texts);
        assert_eq!(variants(&["a_b", "a-b"]), ["AUnderscoreB", "ADashB"]);
        assert_eq!(variants(&["ASC", "Asc", "asc"]), ["AscUpper", "Asc", "AscLower"]);
        for _ in 0..texts.len() {
            texts.rotate_left(1);
            assert_eq!(by_text(&texts), names);
        }
    }

    #[test]
    fn taken_names_and_equal_texts_have_others() {
        assert_eq!(variants(&["a", "a"]).iter().collect::<BTreeSet<_>>().len(), 2);
        let wanted = [("self_", snake("self_")), ("x", snake("x"))];
        assert_ne!(distinct(&wanted, snake, &["x"]).last().map(String::as_str), Some("x"));
    }
}
