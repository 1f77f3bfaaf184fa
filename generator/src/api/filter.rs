//! Filters of the settings, and the parts of a description that they leave out. Plain data.

use crate::span::Span;
use serde::Deserialize;

/// A selection of operations and webhooks. Lists hold patterns; an empty list has no effect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Selection {
    /// Tags, in which `*` stands for any characters.
    pub tags: Vec<String>,
    /// Globs of paths: `*` stays within a segment, `**` is any number of segments.
    pub paths: Vec<String>,
    /// Operation ids, in which `*` stands for any characters, or `METHOD /path` with a glob.
    pub operations: Vec<String>,
    /// HTTP methods, in upper or lower case.
    pub methods: Vec<String>,
    /// Deprecated operations alone, or all others.
    pub deprecated: Option<bool>,
}

/// The setting `prune`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Prune {
    /// Components that are never left out, by name, pattern or pointer.
    pub keep: Vec<String>,
    /// True if components that nothing uses are left out too.
    pub unused: bool,
}

/// A part of the description that the settings leave out.
#[derive(Debug, Clone)]
pub(crate) struct LeftOut {
    /// The kind of the part.
    pub kind: LeftOutKind,
    /// Operation id or `METHOD /path`, or the name of the webhook or component.
    pub name: String,
    /// JSON pointer.
    pub pointer: String,
    /// The part. `None` for a security scheme, which has no findings.
    pub span: Option<Span>,
    /// The rule.
    pub reason: String,
}

/// The kinds of parts that settings leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOutKind {
    /// An operation.
    Operation,
    /// A webhook.
    Webhook,
    /// A callback of an operation.
    Callback,
    /// A schema of the components.
    Schema,
    /// A security scheme.
    SecurityScheme,
}

impl LeftOutKind {
    /// The word in `surface.json`.
    #[must_use]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Webhook => "webhook",
            Self::Callback => "callback",
            Self::Schema => "schema",
            Self::SecurityScheme => "security scheme",
        }
    }
}
