//! A group of operations: its type, its file and its cargo features.

use super::{GroupFile, OldOperation, OldType, PlannedOperation};

/// The operations of one group.
#[derive(Debug)]
pub(crate) struct Group {
    /// Name of the type whose methods they are.
    pub name: String,
    /// True if its operations are methods of the client itself.
    pub on_client: bool,
    /// Name of the file and of the accessor on the client.
    pub module: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The group's own cargo feature.
    pub feature: Option<String>,
    /// All cargo features that the group needs.
    pub needs: Vec<String>,
    /// In the order of the description.
    pub operations: Vec<PlannedOperation>,
    /// The tags or segments of paths that it is for.
    pub titles: Vec<String>,
    /// Old names of its operations.
    pub old_operations: Vec<OldOperation>,
    /// Old names of types beside operations.
    pub old_types: Vec<OldType>,
    /// The files of its operations: its own first.
    pub files: Vec<GroupFile>,
}

impl Group {
    /// Path of the group's type inside the crate.
    #[must_use]
    pub(crate) fn path(&self) -> String {
        if self.on_client { "Client".to_owned() } else { format!("api::{}", self.name) }
    }

    /// The start of an expression that calls one of its operations.
    #[must_use]
    pub(crate) fn call_expression(&self, method: &str) -> String {
        if self.on_client { format!("client.{method}()") } else { format!("client.{}().{method}()", self.module) }
    }

    /// The cargo feature that an operation needs beside the group's.
    #[must_use]
    pub(crate) fn own_feature<'m>(&self, operation: &'m PlannedOperation) -> Option<&'m String> {
        operation.feature.as_ref().filter(|feature| !self.needs.contains(feature))
    }

    /// All cargo features that an operation needs.
    #[must_use]
    pub(crate) fn needs_of(&self, operation: &PlannedOperation) -> Vec<String> {
        self.needs.iter().chain(self.own_feature(operation)).cloned().collect()
    }
}
