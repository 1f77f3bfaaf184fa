//! The position of a paginator as a string that outlives the process.

use super::position::Position;
use crate::uri::encode;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// The position of a paginator: `pages().resume(&token)` or `items().resume(&token)` of the same call continues from
/// it. It is a string: `Display`, `FromStr` and serde write and read it.
///
/// It contains the server's value for the next page, and neither credentials nor the other arguments of the call.
/// Protect it as you protect the list itself.
#[derive(Clone, PartialEq, Eq)]
pub struct PageToken {
    pub(super) operation: String,
    pub(super) position: Position,
    /// The number of items of the page that were returned.
    pub(super) returned_in_page: usize,
}

/// The error of a string that is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenError;

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the token of a page")
    }
}

impl std::error::Error for TokenError {}

impl fmt::Display for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, value) = match &self.position {
            Position::Start => ("start", String::new()),
            Position::Value(value) => ("value", encode(&value.to_string())),
            Position::Number(number) | Position::Link(_, number) => ("number", number.to_string()),
            Position::Url(url) => ("url", encode(url)),
        };
        write!(f, "{}:{}:{kind}:{value}", encode(&self.operation), self.returned_in_page)
    }
}

impl FromStr for PageToken {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, TokenError> {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| TokenError);
        let mut parts = text.trim().splitn(4, ':');
        let mut part = || parts.next().ok_or(TokenError);
        let operation = decoded(part()?)?;
        let returned_in_page = part()?.parse().map_err(|_| TokenError)?;
        let (kind, value) = (part()?, part()?);
        let position = match kind {
            "start" if value.is_empty() => Position::Start,
            "value" => {
                let value: Value = serde_json::from_str(&decoded(value)?).map_err(|_| TokenError)?;
                if !(value.is_string() || value.is_number()) {
                    return Err(TokenError);
                }
                Position::Value(value)
            }
            "number" => Position::Number(value.parse().map_err(|_| TokenError)?),
            "url" => Position::Url(decoded(value)?),
            _ => return Err(TokenError),
        };
        Ok(Self { operation, position, returned_in_page })
    }
}

/// The server's value is not shown in logs.
impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageToken")
            .field("operation", &self.operation)
            .field("returned_in_page", &self.returned_in_page)
            .finish_non_exhaustive()
    }
}

impl serde::Serialize for PageToken {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PageToken {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
