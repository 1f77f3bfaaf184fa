//! The lines of a lock as structs: one for each kind of place, one for their children, and one for names that are gone.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Entries by place.
pub(super) type ByPlace<E> = BTreeMap<String, E>;

/// The children of one place, by key: a property, a value, a parameter, a role.
pub(super) type ChildEntries = BTreeMap<String, ChildEntry>;

/// A group of operations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupEntry {
    /// The path of its type.
    pub(super) name: String,
    /// The accessor of the client.
    pub(super) module: Option<String>,
    /// Position in the file.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}

/// An operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OperationEntry {
    /// The path of its method.
    pub(super) name: String,
    /// `operationId`.
    pub(super) id: Option<String>,
    /// The type of a success, by statuses.
    pub(super) success: Option<String>,
    /// The type of an error, by statuses.
    pub(super) error: Option<String>,
    /// Position in the file.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}

/// A type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeEntry {
    /// Its name.
    pub(super) name: String,
    /// The field or variant for everything that the description does not define.
    pub(super) rest: Option<String>,
    /// The struct that the constructor takes.
    pub(super) arguments: Option<String>,
    /// The place of the type that this is another name of. That place has the names of the children.
    pub(super) of: Option<String>,
    /// True for an enum whose values look like the members of a union, such as `string` and `number`.
    #[serde(default, rename = "enum")]
    pub(super) is_enum: bool,
    /// Position in the file.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}

/// A child of a place: a field or variant of a type, a parameter of an operation, or a type beside an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChildEntry {
    /// Its name.
    pub(super) name: String,
    /// Of a field: the kind of its schema.
    pub(super) kind: Option<String>,
    /// Of a field or variant: its position. Equal positions are in the order of the names on the wire.
    #[serde(rename = "at")]
    pub(super) position: Option<u32>,
    /// Of a field or parameter: its position among the arguments of the constructor or call.
    #[serde(rename = "argument")]
    pub(super) argument_position: Option<u32>,
    /// Of a field or variant: true if its type is in a box. `None` if an older version of the format does not say it.
    pub(super) boxed: Option<bool>,
    /// The child is not in the description any more. The name stays reserved.
    #[serde(default)]
    pub(super) gone: bool,
    /// Position in the file.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}

impl ChildEntry {
    /// A child of which only the name is known.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// A name that is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoneEntry {
    /// The place that had it.
    pub(super) place: String,
    /// The place whose type or operation has the name as a deprecated one.
    pub(super) now: Option<String>,
    /// Of a group: the accessor of the client.
    pub(super) module: Option<String>,
    /// The version of the crate that deprecated the name.
    pub(super) since: Option<String>,
    /// The version of the crate that drops the deprecated name.
    pub(super) remove: Option<String>,
    /// Position in the file.
    #[serde(skip)]
    pub(super) span: Range<usize>,
}
