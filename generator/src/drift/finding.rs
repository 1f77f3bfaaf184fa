//! A difference between traffic and the description, with its place and number of occurrences.

use crate::span::Span;

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A value that the generated crate cannot decode.
    DecodeFault,
    /// A status that the operation does not define.
    UndocumentedStatus,
    /// A media type that the response does not define.
    UndocumentedMediaType,
    /// A value that an enum or constant does not have.
    UnknownEnumValue,
    /// A field that the schema does not define.
    UnknownField,
}

impl Kind {
    /// The name in messages, such as `unknown-field`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DecodeFault => "decode-fault",
            Self::UndocumentedStatus => "undocumented-status",
            Self::UndocumentedMediaType => "undocumented-media-type",
            Self::UnknownEnumValue => "unknown-enum-value",
            Self::UnknownField => "unknown-field",
        }
    }
}

/// A difference between traffic and the description. It contains no value of the traffic.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The kind.
    pub kind: Kind,
    /// The place in the description.
    pub span: Span,
    /// JSON pointer of the place.
    pub pointer: String,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// Number of occurrences.
    pub count: u64,
    /// Operations in whose responses it occurs, by id or `METHOD /path`; at most 20.
    pub operations: Vec<String>,
    /// True if the proposed overlay has an action for it.
    pub proposed: bool,
}
