//! The location of a page's value in a request: reads the caller's value and replaces it.

use super::PageLocation;
use crate::codec::EncodeError;
use crate::codec::param::plain;
use crate::request::{Draft, Payload, with_member};
use crate::uri::encode;
use http::header::{HeaderName, HeaderValue};
use serde_json::Value;

/// Returns the number that the caller set.
pub(super) fn number_from_caller(draft: &Draft, location: PageLocation) -> Option<u64> {
    match location {
        PageLocation::Query(name) => {
            let name = encode(name);
            draft.query.iter().find(|(known, _)| *known == name)?.1.parse().ok()
        }
        PageLocation::Header(name) => draft.headers.get(name)?.to_str().ok()?.parse().ok(),
        PageLocation::Body(path) => {
            let Payload::Json(bytes) = &draft.body else { return None };
            let body: Value = serde_json::from_slice(bytes).ok()?;
            path.iter().try_fold(&body, |at, name| at.get(name))?.as_u64()
        }
    }
}

/// Replaces the value in the request.
pub(super) fn set_value(draft: &mut Draft, location: PageLocation, value: &Value) -> Result<(), EncodeError> {
    match location {
        PageLocation::Query(name) => {
            let name = encode(name);
            draft.query.retain(|(known, _)| *known != name);
            draft.query.push((name, encode(&plain(value))));
        }
        PageLocation::Header(name) => {
            let (Ok(key), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&plain(value)))
            else {
                return Err(EncodeError::new(format!("the server's value for the header {name} cannot be sent")));
            };
            draft.headers.insert(key, value);
        }
        PageLocation::Body(path) => {
            let wrong = || EncodeError::new(format!("the body cannot have a member `{}`", path.join(".")));
            let body: &[u8] = match &draft.body {
                // The caller left an optional body out.
                Payload::None => b"{}",
                Payload::Json(bytes) if bytes.trim_ascii() == b"null" => b"{}",
                Payload::Json(bytes) => bytes,
                _ => return Err(wrong()),
            };
            // The text of the caller's other values stays: a tree would round large numbers.
            let body = with_member(body, path, &value.to_string()).ok_or_else(wrong)?;
            let body = Payload::Json(body.into());
            match draft.body {
                Payload::None => draft.put_body("application/json", body)?,
                _ => draft.body = body,
            }
        }
    }
    Ok(())
}
