//! The names of a planned crate, which `plan` gives to the lock.

use crate::api::SchemaId;

/// The names of a crate.
#[derive(Debug, Default)]
pub(crate) struct CrateNames {
    /// The types of places.
    pub types: Vec<TypeNames>,
    /// The groups of operations.
    pub groups: Vec<GroupNames>,
    /// The variants of the enum of webhooks, each after the name of its webhook.
    pub webhooks: Vec<(String, String)>,
}

/// The names of the type of a place.
#[derive(Debug)]
pub(crate) struct TypeNames {
    /// The place.
    pub place: String,
    /// The schema of the place.
    pub schema: SchemaId,
    /// The name.
    pub name: String,
    /// The pointer of the schema that has the type.
    pub pointer: String,
    /// The fields or variants.
    pub children: ChildNames,
    /// The field or variant for everything that the description does not define.
    pub rest: Option<String>,
    /// The struct that the constructor takes.
    pub arguments: Option<String>,
    /// The pointer of the type that this one is another name of.
    pub of: Option<String>,
}

/// The names of the children of a type.
#[derive(Debug)]
pub(crate) enum ChildNames {
    /// The fields of a struct, and the keys of those that are arguments of the constructor, in their order.
    Fields(Vec<ChildName>, Vec<String>),
    /// The variants of an enum or union.
    Variants(Vec<ChildName>),
    /// An alias has none.
    None,
}

/// A field or variant.
#[derive(Debug)]
pub(crate) struct ChildName {
    /// Its place in the type: a property, a value, the place of a member.
    pub key: String,
    /// The name.
    pub name: String,
    /// True if its type is in a box.
    pub is_boxed: bool,
}

/// The names of a group.
#[derive(Debug)]
pub(crate) struct GroupNames {
    /// The path of the group's type.
    pub path: String,
    /// The accessor of the client.
    pub module: String,
    /// The tags or segments of paths that the group is for. Empty if its operations are methods of the client.
    pub titles: Vec<String>,
    /// The operations.
    pub operations: Vec<OperationNames>,
}

/// The names of an operation.
#[derive(Debug)]
pub(crate) struct OperationNames {
    /// The method and path.
    pub place: String,
    /// `operationId`.
    pub id: Option<String>,
    /// The name of the method.
    pub method: String,
    /// The types of the success and of the error, by statuses.
    pub results: [Option<String>; 2],
    /// The parameters, each after its key.
    pub parameters: Vec<(String, String)>,
    /// The keys of the parameters that are arguments, in their order.
    pub arguments: Vec<String>,
    /// The types beside the operation, each after its role.
    pub types: Vec<(String, String)>,
}
