//! The lock: the names of a generated crate by their places in the description, so that the crate of the next version of the
//! description has the same names. Knows the text of the file and the matching of places. `plan` applies the names, the
//! pipeline sorts the children of types as the lock has them, and `lower` gets the unions that must stay unions.

mod check;
mod entries;
mod list_items;
mod locked_children;
mod locked_names;
mod moved;
mod names;
mod order;
mod record;
mod shape;
mod text;

pub(crate) use locked_children::LockedChildren;
pub(crate) use locked_names::{LockedNames, LockedTypeChildren, places};
pub(crate) use names::{ChildName, ChildNames, CrateNames, GroupNames, OperationNames, TypeNames};
pub(crate) use record::record;
use shape::is_member_key;
pub(crate) use shape::member_keys;

use crate::span::{FileId, Span};
use entries::{ByPlace, ChildEntries, GoneEntry, GroupEntry, OperationEntry, TypeEntry};
use std::collections::BTreeSet;
use std::ops::Range;

/// The lock: the names of a crate by their places in the description that it was generated from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// Groups by tag or segment of the path.
    groups: ByPlace<GroupEntry>,
    /// Operations by method and path.
    operations: ByPlace<OperationEntry>,
    /// Parameters by method and path, then by location and name.
    parameters: ByPlace<ChildEntries>,
    /// Types beside operations by method and path, then by role: `Error`, `Headers`.
    operation_types: ByPlace<ChildEntries>,
    /// Types by JSON pointer.
    types: ByPlace<TypeEntry>,
    /// Fields by JSON pointer of the type, then by property.
    fields: ByPlace<ChildEntries>,
    /// Variants by JSON pointer of the type, then by value or member.
    variants: ByPlace<ChildEntries>,
    /// Variants of the enum of webhooks by the name of the webhook.
    webhooks: ChildEntries,
    /// Names of types, operations and groups that are gone, as paths such as `models::Pet`. Nothing else gets them.
    gone: ByPlace<GoneEntry>,
}

/// A deprecated name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OldName<'l> {
    /// The old path inside the crate.
    pub(crate) path: &'l str,
    /// The place that it stands for now.
    pub(crate) now: &'l str,
    /// The version of the crate that deprecated it.
    pub(crate) since: &'l str,
}

impl Lock {
    /// The deprecated names that a version of the crate still has.
    pub(crate) fn old_names<'l>(&'l self, version: &'l str) -> impl Iterator<Item = OldName<'l>> {
        self.gone.iter().filter_map(move |(path, gone)| {
            let is_over = gone.remove.as_deref().is_some_and(|remove| numbers(version) >= numbers(remove));
            let since = gone.since.as_deref().unwrap_or(version);
            gone.now.as_deref().filter(|_| !is_over).map(|now| OldName { path, now, since })
        })
    }

    /// The pointers of the unions.
    pub(crate) fn unions(&self) -> BTreeSet<String> {
        let is_enum = |pointer: &String| self.types.get(pointer).is_some_and(|entry| entry.is_enum);
        let unions = self.variants.iter().filter(|(_, entries)| entries.keys().all(|key| is_member_key(key)));
        let unions = unions.filter(|(pointer, _)| !is_enum(pointer));
        unions.map(|(pointer, _)| pointer.clone()).collect()
    }

    /// The place that has the names of the children of a type.
    fn place_of_children<'l>(&'l self, place: &'l str) -> &'l str {
        self.types.get(place).and_then(|entry| entry.of.as_deref()).unwrap_or(place)
    }

    /// The accessors of groups that are gone, by the path of the group.
    pub(crate) fn old_groups(&self) -> impl Iterator<Item = (&str, &str)> {
        self.gone.iter().filter_map(|(path, gone)| Some((path.as_str(), gone.module.as_deref()?)))
    }
}

/// The numbers of a version.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    plain.split('.').map(|number| number.parse().unwrap_or_default()).collect()
}

/// The position of bytes of the file.
pub(crate) fn span(file: FileId, range: &Range<usize>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span { file, start: at(range.start), end: at(range.end) }
}
