//! The documented headers of a response, decoded on access.

use crate::codec::json::from_json_slice;
use crate::codec::param::{Encoding, Style};
use crate::codec::plain::Plain;
use crate::codec::{Decode, DecodeError};
use http::HeaderMap;
use http::header::SET_COOKIE;

/// The headers of a response, if there was one.
#[derive(Debug, Clone, Copy)]
pub struct Headers<'r>(Option<&'r HeaderMap>);

impl<'r> Headers<'r> {
    /// Creates a view of a response's headers.
    #[must_use]
    pub const fn new(headers: Option<&'r HeaderMap>) -> Self {
        Self(headers)
    }

    /// Decodes a header with one value, or with a list that may be spread over several lines.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the header is not of this type.
    pub fn get<T: Decode>(&self, name: &str, encoding: Encoding) -> Result<Option<T>, DecodeError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let value = match encoding.style {
            Style::Json => from_json_slice(text.as_bytes()),
            _ if has_one_value_per_line(name) => T::decode(&mut Plain::lines(&text)),
            _ => T::decode(&mut Plain::new(&text, encoding.explode)),
        };
        value.map(Some).map_err(|error| error.in_key(name))
    }

    /// Joins the lines of a header (RFC 9110, section 5.3).
    fn text(&self, name: &str) -> Result<Option<String>, DecodeError> {
        let mut fields = self.0.map(|headers| headers.get_all(name).iter()).into_iter().flatten().peekable();
        if fields.peek().is_none() {
            return Ok(None);
        }
        let mut all = String::new();
        for field in fields {
            let text = std::str::from_utf8(field.as_bytes());
            let text = text.map_err(|_| DecodeError::new("UTF-8", "other bytes").in_key(name))?;
            if !all.is_empty() {
                all.push_str(if has_one_value_per_line(name) { "\n" } else { ", " });
            }
            all.push_str(text);
        }
        Ok(Some(all))
    }
}

/// Returns `true` when a line of the header has one value, which may contain commas.
fn has_one_value_per_line(name: &str) -> bool {
    name.eq_ignore_ascii_case(SET_COOKIE.as_str())
}

/// Defines the conversions from a response to a generated view of its headers.
#[doc(hidden)]
#[macro_export]
macro_rules! headers {
    ($name:ident) => {
        impl<'r> From<&'r $crate::HeaderMap> for $name<'r> {
            fn from(headers: &'r $crate::HeaderMap) -> Self {
                Self($crate::Headers::new(Some(headers)))
            }
        }

        impl<'r> From<&'r $crate::RawResponse> for $name<'r> {
            fn from(response: &'r $crate::RawResponse) -> Self {
                Self($crate::Headers::new(Some(response.headers())))
            }
        }

        impl<'r, T> From<&'r $crate::Response<T>> for $name<'r> {
            fn from(response: &'r $crate::Response<T>) -> Self {
                Self($crate::Headers::new(Some(response.headers())))
            }
        }

        impl<'r, E> From<&'r $crate::Error<E>> for $name<'r> {
            fn from(error: &'r $crate::Error<E>) -> Self {
                Self($crate::Headers::new(error.headers()))
            }
        }
    };
}
