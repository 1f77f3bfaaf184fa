//! The location of a page's value in a request: reads the caller's value and replaces it.

use super::PageLocation;
use crate::codec::EncodeError;
use crate::codec::param::plain;
use crate::request::{Draft, Payload};
use crate::uri::encode;
use http::header::{HeaderName, HeaderValue};
use serde_json::Value;

/// Returns the caller's number.
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

/// Replaces the value.
pub(super) fn send(draft: &mut Draft, location: PageLocation, value: &Value) -> Result<(), EncodeError> {
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
            let wrong = || EncodeError::new(format!("the body has no place for {}", path.join(".")));
            let mut body: Value = match &draft.body {
                Payload::None => Value::Null,
                Payload::Json(bytes) => serde_json::from_slice(bytes).map_err(|_| wrong())?,
                _ => return Err(wrong()),
            };
            if body.is_null() {
                // The caller left an optional body out.
                body = Value::Object(serde_json::Map::new());
            }
            let (last, above) = path.split_last().ok_or_else(wrong)?;
            let mut at = &mut body;
            for name in above {
                let object = at.as_object_mut().ok_or_else(wrong)?;
                at = object.entry(*name).or_insert_with(|| Value::Object(serde_json::Map::new()));
            }
            at.as_object_mut().ok_or_else(wrong)?.insert((*last).to_owned(), value.clone());
            let body = Payload::Json(body.to_string().into());
            match draft.body {
                Payload::None => draft.put_body("application/json", body)?,
                _ => draft.body = body,
            }
        }
    }
    Ok(())
}
