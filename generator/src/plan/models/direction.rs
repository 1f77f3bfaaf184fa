//! Direction of the values of a type.

use crate::api::Schema;

/// Direction of a type: whether its code decodes, encodes or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Decoded and encoded.
    #[default]
    Both,
    /// Only decoded: only servers send it.
    Read,
    /// Only encoded: only callers send it.
    Write,
}

impl Direction {
    /// The direction of a schema, for the setting that types of one direction have code for that one only.
    pub(super) fn of(schema: &Schema) -> Self {
        match (schema.sent, schema.received) {
            (true, false) => Self::Write,
            (false, true) => Self::Read,
            (true, true) | (false, false) => Self::Both,
        }
    }

    /// Returns true if it is decoded.
    #[must_use]
    pub(crate) const fn reads(self) -> bool {
        matches!(self, Self::Both | Self::Read)
    }

    /// Returns true if it is encoded.
    #[must_use]
    pub(crate) const fn writes(self) -> bool {
        matches!(self, Self::Both | Self::Write)
    }
}
