//! The keywords that make null a value of a schema, for the rules of `lint` and the meaning in `lower`.

use super::Document;
use crate::syntax::node::NodeId;

/// The keyword of OpenAPI 3.0, and its extension for 2.0.
const KEYWORDS: [&str; 2] = ["nullable", "x-nullable"];

impl Document {
    /// Returns true if a schema has such a keyword with the value true.
    #[must_use]
    pub(crate) fn is_nullable(&self, schema: NodeId) -> bool {
        KEYWORDS.iter().any(|keyword| self.tree.bool_at(schema, keyword) == Some(true))
    }
}
