//! Options of the stage, from the settings. Plain data.

use super::paging::PagingRules;
use crate::api::{AllOrNamed, ChosenType, Prune, Selection};
use std::collections::BTreeSet;

/// Settings that change the meaning of the description.
#[derive(Debug, Clone, Default)]
pub(crate) struct LowerOptions {
    /// Pagination rules by operation id.
    pub pages: PagingRules,
    /// Stream rules by operation id.
    pub streams: super::stream_options::StreamRules,
    /// Required properties that servers may omit: `Schema.property`.
    pub relax: Vec<String>,
    /// All required properties of responses may be absent.
    pub relax_responses: bool,
    /// Read-only properties that callers send: `Schema.property`.
    pub send_read_only: AllOrNamed,
    /// The types of single places, by `Schema`, `Schema.property` or pointer.
    pub types: Vec<(String, ChosenType)>,
    /// Properties, parameters and components whose values are secret.
    pub secrets: Vec<String>,
    /// Operations that may change without notice, by id.
    pub preview: Vec<String>,
    /// Operations whose JSON success may be empty or null, by id.
    pub optional: Vec<String>,
    /// Header parameters that are set once on the client. All: those that most operations share.
    pub client_headers: AllOrNamed,
    /// Names that the settings give schemas by pointer: such a schema has a type of its own.
    pub renamed: Vec<(String, String)>,
    /// Pointers of unions that stay unions when one member is left, as the lock has them.
    pub locked_unions: BTreeSet<String>,
    /// Formats of numbers with a type of their own.
    pub formats: Vec<String>,
    /// The operations and webhooks that stay. Empty: all.
    pub include: Selection,
    /// Operations and webhooks that go, although `include` chooses them.
    pub exclude: Selection,
    /// Components that stay or go.
    pub prune: Prune,
}
