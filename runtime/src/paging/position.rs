//! The position of a page in a list.

use crate::uri::query_pairs;
use serde_json::Value;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The position of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Position {
    /// The first page: the call as the caller built it.
    Start,
    Value(Value),
    Number(u64),
    Url(String),
    /// A URL of the header `Link` in a list by number, and the number in it. A token has the number only, which can be
    /// resumed whatever the path of the URL is.
    Link(String, u64),
}

impl Position {
    /// Creates the position of a link in a list by number, whose requests have the number in this query parameter.
    pub(super) fn of_link(url: String, parameter: &str) -> Self {
        let number = query_pairs(&url).find(|(name, _)| name == parameter).and_then(|(_, value)| value.parse().ok());
        match number {
            Some(number) => Self::Link(url, number),
            None => Self::Url(url),
        }
    }

    /// Returns the position as a token stores it.
    pub(super) fn for_token(&self) -> Self {
        match self {
            Self::Link(_, number) => Self::Number(*number),
            other => other.clone(),
        }
    }

    pub(super) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        match self {
            Self::Start => 0.hash(&mut hasher),
            Self::Value(value) => (1, value.to_string()).hash(&mut hasher),
            Self::Number(number) => (2, number).hash(&mut hasher),
            Self::Url(url) | Self::Link(url, _) => (3, url).hash(&mut hasher),
        }
        hasher.finish()
    }
}
