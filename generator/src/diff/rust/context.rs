//! The state of the comparison of two plans.

use crate::diff::change::{Change, RustVerdict};
use crate::diff::side::Side;
use crate::plan::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// The state of a comparison.
pub(super) struct Context<'a> {
    pub(super) old: &'a Side,
    pub(super) new: &'a Side,
    /// The new name of each type that has another.
    pub(super) renamed: BTreeMap<String, String>,
    /// Types of the old crate that are gone or are of another kind: what names them is an effect.
    pub(super) unstable: BTreeSet<String>,
    changes: Vec<Change>,
}

impl<'a> Context<'a> {
    pub(super) fn new(old: &'a Side, new: &'a Side) -> Self {
        Self { old, new, renamed: BTreeMap::new(), unstable: BTreeSet::new(), changes: Vec::new() }
    }

    /// Adds a change with its places.
    pub(super) fn add(&mut self, mut change: Change, old: &str, new: &str) {
        if !old.is_empty() {
            change.old = self.old.place(old);
        }
        change.new = self.new.place(if new.is_empty() { old } else { new });
        self.changes.push(change);
    }

    /// Returns true if a type is the same as before, apart from new names of types.
    pub(super) fn is_same(&self, old: &RustType, new: &RustType) -> bool {
        self.spelled(old) == new.path()
    }

    /// An old type as it is spelled with the new names of types.
    pub(super) fn spelled(&self, old: &RustType) -> String {
        let path = old.path();
        let mut parts = path.split("models::");
        let mut spelled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            spelled.push_str("models::");
            spelled.push_str(self.renamed.get(name).map_or(name, String::as_str));
            spelled.push_str(rest);
        }
        spelled
    }

    /// Reports another type of an item. It is an effect where the old type itself is gone.
    pub(super) fn type_changed(&mut self, what: &str, item: &str, types: (&RustType, &RustType), places: (&str, &str)) {
        let (old, new) = types;
        let gone = old.models().into_iter().find(|name| self.unstable.contains(*name)).map(str::to_owned);
        if let Some(name) = gone {
            let owner = format!("models::{name}");
            if let Some(cause) =
                self.changes.iter_mut().find(|change| change.item == owner && change.rust == Some(RustVerdict::Major))
            {
                cause.effects.push(item.to_owned());
                return;
            }
        }
        let message = format!("the type of {what} `{item}` changed");
        let change = Change::rust("D103", RustVerdict::Major, item, message).with_values(old.path(), new.path());
        self.add(change, places.0, places.1);
    }

    /// Adds an effect to the change of an item.
    pub(super) fn effect(&mut self, item: &str, effect: String) -> bool {
        match self.changes.iter_mut().rev().find(|change| change.item == item) {
            Some(change) => {
                change.effects.push(effect);
                true
            }
            None => false,
        }
    }

    /// The number of changes so far.
    pub(super) fn count(&self) -> usize {
        self.changes.len()
    }

    pub(super) fn finish(self) -> Vec<Change> {
        self.changes
    }
}
