//! Namespaces. The first claim of a name has the plain name; later ones get a number.

use std::collections::{BTreeMap, BTreeSet};

/// One namespace: the types of a crate, the fields of a struct, the methods of a group.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The next number to try for a name: all lower ones are taken.
    next: BTreeMap<String, u32>,
}

impl Scope {
    /// Creates a namespace in which these names are taken.
    #[must_use]
    pub fn with(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|&name| name.to_owned()).collect(), next: BTreeMap::new() }
    }

    /// Returns true if a name is taken.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name, whether or not it is free.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Claims the name, or else the first free one with a number from 2.
    pub fn claim(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = name.trim_end_matches('_');
        let gap = if stem.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let gap = if stem.starts_with(|c: char| c.is_ascii_uppercase()) && !gap.is_empty() { "N" } else { gap };
        let next = self.next.entry(format!("{stem}{gap}")).or_insert(2);
        loop {
            let candidate = format!("{stem}{gap}{next}");
            *next = next.saturating_add(1);
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }

    /// Claims the name and returns true if it is free.
    pub fn claim_free(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Claims the first free one of these names, else the last one with a number.
    pub fn claim_first(&mut self, names: &[String]) -> String {
        for name in names {
            if self.taken.insert(name.clone()) {
                return name.clone();
            }
        }
        self.claim(names.last().map_or("Model", String::as_str))
    }
}
