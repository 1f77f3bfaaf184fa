//! The state of the comparison of two plans.

use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::plan::Plan;
use crate::plan::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// The state of a comparison.
pub(super) struct Context<'a> {
    pub(super) old: &'a Side,
    pub(super) new: &'a Side,
    /// The new name of each renamed type, by its old name.
    pub(super) new_names: BTreeMap<String, String>,
    /// The type that an alias of the new crate stands for, by the alias.
    new_aliases: BTreeMap<String, String>,
    /// An alias of an old type that the new crate still has, by the name of the type, which it does not have.
    surviving_aliases: BTreeMap<String, String>,
    /// Types of the old crate that are gone or are of another kind: what names them is an effect.
    pub(super) unstable: BTreeSet<String>,
    changes: Vec<Change>,
}

/// The type of a success or an error.
pub(super) struct ResultType {
    /// The runtime's type of the stream, if the result is one.
    pub(super) stream: Option<&'static str>,
    /// The value, or a value of the stream.
    pub(super) value: RustType,
}

impl ResultType {
    fn path(&self) -> String {
        let value = self.value.path();
        self.stream.map_or_else(|| value.clone(), |stream| format!("{stream}<{value}>"))
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(old: &'a Side, new: &'a Side) -> Self {
        let known: BTreeSet<&str> = new.plan.models.iter().map(|model| model.name.as_str()).collect();
        let retained =
            aliases(&old.plan).filter(|(_, target)| !known.contains(target)).filter(|(alias, _)| known.contains(alias));
        Self {
            surviving_aliases: retained.map(|(alias, target)| (target.to_owned(), alias.to_owned())).collect(),
            new_aliases: aliases(&new.plan).map(|(alias, target)| (alias.to_owned(), target.to_owned())).collect(),
            old,
            new,
            new_names: BTreeMap::new(),
            unstable: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    /// Adds a change with its locations.
    pub(super) fn add(&mut self, mut change: Change, old: &str, new: &str) {
        if !old.is_empty() {
            change.old_location = self.old.place(old);
        }
        change.new_location = self.new.place(if new.is_empty() { old } else { new });
        self.changes.push(change);
    }

    /// Returns true if a type is the same as before, apart from new names of types.
    pub(super) fn is_same(&self, old: &RustType, new: &RustType) -> bool {
        self.by_definition(&self.path_with_new_names(old)) == self.by_definition(&new.path())
    }

    /// Returns true if two results are one type: both are values, or streams of one kind.
    pub(super) fn is_same_result(&self, old: &ResultType, new: &ResultType) -> bool {
        old.stream == new.stream && self.is_same(&old.value, &new.value)
    }

    /// Returns true if an argument takes `None` too, and everything that it took before.
    pub(super) fn takes_none_too(&self, old: &RustType, new: &RustType) -> bool {
        matches!(new, RustType::Option(inner) if self.is_same(old, inner))
    }

    /// Reports the type of an argument, if it is another one.
    pub(super) fn argument(&mut self, what: &str, item: &str, types: (&RustType, &RustType), pointers: (&str, &str)) {
        let (old, new) = types;
        if self.takes_none_too(old, new) {
            let message = format!("{what} `{item}` takes `None` too");
            let change =
                Change::rust(Rule::Added, RustVerdict::Minor, item, message).with_values(old.path(), new.path());
            self.add(change, pointers.0, pointers.1);
        } else if !self.is_same(old, new) {
            self.type_changed(what, item, types, pointers);
        }
    }

    /// A path with the names of definitions in place of aliases.
    fn by_definition(&self, path: &str) -> String {
        replace_type_names(path, |name| self.new_aliases.get(name).map_or(name, String::as_str))
    }

    /// The path of an old type with the new names of types.
    pub(super) fn path_with_new_names(&self, old: &RustType) -> String {
        replace_type_names(&old.path(), |name| {
            self.new_names.get(name).or(self.surviving_aliases.get(name)).map_or(name, String::as_str)
        })
    }

    /// Reports another type of an item. It is an effect where the old type itself is gone.
    pub(super) fn type_changed(
        &mut self,
        what: &str,
        item: &str,
        types: (&RustType, &RustType),
        pointers: (&str, &str),
    ) {
        let (old, new) = types;
        self.values_changed(what, item, (old, old.path()), new.path(), pointers);
    }

    /// Reports that the type of a result is another one.
    pub(super) fn result_changed(
        &mut self,
        what: &str,
        item: &str,
        (old, new): (&ResultType, &ResultType),
        pointers: (&str, &str),
    ) {
        self.values_changed(what, item, (&old.value, old.path()), new.path(), pointers);
    }

    /// Reports a changed type, or adds it to the effects of a type in it that is gone.
    fn values_changed(
        &mut self,
        what: &str,
        item: &str,
        (old, old_path): (&RustType, String),
        new_path: String,
        pointers: (&str, &str),
    ) {
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
        let change = Change::rust(Rule::TypeChanged, RustVerdict::Major, item, message).with_values(old_path, new_path);
        self.add(change, pointers.0, pointers.1);
    }

    /// Adds an effect to the change of an item. Returns false if the item has no change.
    pub(super) fn effect(&mut self, item: &str, effect: String) -> bool {
        match self.changes.iter_mut().rev().find(|change| change.item == item) {
            Some(change) => {
                change.effects.push(effect);
                true
            }
            None => false,
        }
    }

    /// Advice about a change that a lock prevents. If the new description has a lock, only `other` applies.
    pub(super) fn lock_help(&self, other: Option<&str>, lock: &str) -> Option<String> {
        let lock = (!self.new.is_locked).then(|| format!("`clientsmith lock` for the old description {lock}"));
        match (other, lock) {
            (Some(other), Some(lock)) => Some(format!("{other}; {lock}")),
            (other, lock) => other.map(str::to_owned).or(lock),
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

/// The further names of types, each with the type's own name.
fn aliases(plan: &Plan) -> impl Iterator<Item = (&str, &str)> {
    plan.models.iter().filter_map(|model| Some((model.name.as_str(), model.alias_of()?)))
}

/// The path of a type with other names in place of those of generated types: `replacement` of `Pet` stands for `Pet` in
/// `Vec<models::Pet>`.
pub(super) fn replace_type_names<'n>(path: &'n str, replacement: impl Fn(&'n str) -> &'n str) -> String {
    let mut segments = path.split("models::");
    let mut replaced = segments.next().unwrap_or_default().to_owned();
    for segment in segments {
        let end = segment.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(segment.len());
        let (name, after) = segment.split_at(end);
        replaced.push_str("models::");
        replaced.push_str(replacement(name));
        replaced.push_str(after);
    }
    replaced
}
