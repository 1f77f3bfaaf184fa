//! Which way values of a type go.

use crate::api::Schema;

/// What a type's code can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// It is read and written.
    #[default]
    Both,
    /// It is only read: only servers send it.
    Read,
    /// It is only written: only callers send it.
    Write,
}

impl Way {
    /// The way of a schema, where types that go one way have code for that only.
    pub(super) fn of(schema: &Schema) -> Self {
        match (schema.sent, schema.received) {
            (true, false) => Self::Write,
            (false, true) => Self::Read,
            (true, true) | (false, false) => Self::Both,
        }
    }

    /// Whether it is read.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(self, Self::Both | Self::Read)
    }

    /// Whether it is written.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Both | Self::Write)
    }
}
