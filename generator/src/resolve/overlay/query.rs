//! A JSONPath query (RFC 9535). Its library is compiled with the cargo feature `overlays` alone.

use serde_json::Value;

/// The text of a diagnostic.
type Message = String;

/// True if queries are compiled.
pub(super) const IS_COMPILED: bool = cfg!(feature = "overlays");

/// The way from the root to a place.
#[cfg_attr(not(feature = "overlays"), expect(dead_code, reason = "only queries make one"))]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A member of an object.
    Key(String),
    /// An item of an array.
    Index(usize),
}

/// A query.
#[cfg(feature = "overlays")]
#[derive(Debug)]
pub(super) struct Query(serde_json_path::JsonPath);

#[cfg(feature = "overlays")]
impl Query {
    /// Parses a query. The message has the query and the place of the error.
    pub(super) fn parse(text: &str) -> Result<Self, Message> {
        serde_json_path::JsonPath::parse(text).map(Self).map_err(|error| {
            let place = text.get(..error.position()).map_or(0, |before| before.chars().count()) + 1;
            format!("`{text}` is not a JSONPath query (RFC 9535): {} at character {place}", error.message())
        })
    }

    /// Every selected place once, in the order of the description.
    pub(super) fn select(&self, description: &Value) -> Vec<Vec<Step>> {
        use serde_json_path::PathElement;
        let found = self.0.query_located(description).dedup();
        let step = |element: &PathElement<'_>| match element {
            PathElement::Name(name) => Step::Key((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        };
        found.locations().map(|path| path.iter().map(step).collect()).collect()
    }
}

/// There is no query without the feature.
#[cfg(not(feature = "overlays"))]
#[derive(Debug)]
pub(super) enum Query {}

#[cfg(not(feature = "overlays"))]
impl Query {
    pub(super) fn parse(_: &str) -> Result<Self, Message> {
        Err("queries are not compiled".to_owned())
    }

    pub(super) fn select(&self, _: &Value) -> Vec<Vec<Step>> {
        match *self {}
    }
}
