//! The lock: the names that a generated crate has, with their places in the description, so that the next version of the
//! description keeps them. Knows the text of the file and the matching of places; names are applied in `plan`. The pipeline
//! also sorts the parts of the API as the lock has them, and tells `lower` which unions stay unions.

mod check;
mod list_items;
mod locked_names;
mod locked_parts;
mod moved;
mod names;
mod order;
mod record;
mod shape;
mod text;

pub(crate) use locked_names::{LockedNames, LockedType, places};
pub(crate) use locked_parts::LockedParts;
pub(crate) use names::{CrateNames, GroupNames, OperationNames, PartNames, TypeNames};
pub(crate) use record::record;
use shape::is_member_key;
pub(crate) use shape::member_keys;

use crate::span::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Entries by place.
type Entries = BTreeMap<String, Entry>;
/// Entries by place, then by the part of it: a property, a value, a parameter.
type Members = BTreeMap<String, Entries>;

/// The lock: the names of a crate by their places in the description that it was generated from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// Groups by tag or segment of the path.
    groups: Entries,
    /// Operations by method and path.
    operations: Entries,
    /// Parameters by method and path, then by location and name.
    parameters: Members,
    /// Types beside operations by method and path, then by role: `Error`, `Headers`.
    operation_types: Members,
    /// Types by JSON pointer.
    types: Entries,
    /// Fields by JSON pointer of the type, then by property.
    fields: Members,
    /// Variants by JSON pointer of the type, then by value or member.
    variants: Members,
    /// Names of types, operations and groups that are gone, as paths such as `models::Pet`. Nothing else gets them.
    gone: BTreeMap<String, Gone>,
}

/// The name of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    /// The name. Of operations and groups, the path.
    name: String,
    /// Of a group: the accessor of the client.
    module: Option<String>,
    /// `operationId`.
    id: Option<String>,
    /// Of a field: the kind of its schema.
    kind: Option<String>,
    /// Position among fields or variants. Equal positions are in the order of the names on the wire.
    at: Option<u32>,
    /// Position among the arguments of the constructor or call.
    argument: Option<u32>,
    /// Of an operation: the type of a success, by statuses.
    success: Option<String>,
    /// Of an operation: the type of an error, by statuses.
    error: Option<String>,
    /// Of a type: the field or variant for everything that the description does not define.
    rest: Option<String>,
    /// Of a type: the struct that the constructor takes.
    arguments: Option<String>,
    /// Of another name of a type: the place of the type, which has the names of its parts.
    of: Option<String>,
    /// The place is not in the description any more. The name stays reserved.
    gone: bool,
    /// Position in the file.
    span: Range<usize>,
}

/// A name that is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Gone {
    /// The place that had it.
    place: String,
    /// The place whose type or operation has the name as a deprecated one.
    now: Option<String>,
    /// Of a group: the accessor of the client.
    module: Option<String>,
    /// The version of the crate that deprecated the name.
    since: Option<String>,
    /// The version of the crate that drops the deprecated name.
    remove: Option<String>,
    /// Position in the file.
    span: Range<usize>,
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
        let unions = self.variants.iter().filter(|(_, entries)| entries.keys().all(|key| is_member_key(key)));
        unions.map(|(pointer, _)| pointer.clone()).collect()
    }

    /// The place that has the names of the parts of a type.
    fn place_of_parts<'l>(&'l self, place: &'l str) -> &'l str {
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
    plain.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

/// The position of bytes of the file.
pub(crate) fn span(file: FileId, range: &Range<usize>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span { file, start: at(range.start), end: at(range.end) }
}
