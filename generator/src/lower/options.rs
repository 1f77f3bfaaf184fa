//! What the settings ask of the meaning. Plain data.

use super::paging::PagingRules;
use crate::api::{ChosenType, Places};

/// What is to be understood otherwise than the description says it.
#[derive(Debug, Clone, Default)]
pub struct LowerOptions {
    /// How lists come in pages, by operation id.
    pub pages: PagingRules,
    /// How streams are asked for and end, by operation id.
    pub streams: super::stream_options::PagingRules,
    /// Required properties that servers leave out all the same: `Schema.property`.
    pub relax: Vec<String>,
    /// All required properties of what servers send are such.
    pub relax_responses: bool,
    /// Read-only properties that callers send all the same: `Schema.property`.
    pub send_read_only: Places,
    /// The types of single places, by `Schema`, `Schema.property` or pointer.
    pub types: Vec<(String, ChosenType)>,
    /// Properties, parameters and components whose texts are not shown.
    pub secrets: Vec<String>,
    /// Operations that may change without notice, by id.
    pub preview: Vec<String>,
    /// Operations whose JSON success may be empty or null, by id.
    pub optional: Vec<String>,
    /// Header parameters that are set once on the client; those that most operations take, where it is all of them.
    pub client_headers: Places,
    /// Formats of numbers that have a type of their own.
    pub formats: Vec<String>,
}
