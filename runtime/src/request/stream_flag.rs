//! The property of a request that asks for a stream.

use super::payload::with_member;
use super::{Draft, Payload};
#[cfg(not(unused = "multipart"))]
use crate::body::multipart::Multipart;
use crate::codec::EncodeError;
use crate::uri::encode;

/// The property that is true in the request of a stream.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct StreamFlag {
    /// The name of the property.
    pub name: &'static str,
    /// The locations of the property: each kind of body that has it, else the query.
    pub locations: &'static [StreamFlagLocation],
}

/// A location of the property.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFlagLocation {
    /// A member of a JSON body.
    Json,
    /// A field of a form.
    Form,
    /// A part.
    Part,
    /// A query parameter.
    Query,
}

const ON: &str = "true";

impl StreamFlag {
    /// Sets the property in the request.
    pub(crate) fn set(self, draft: &mut Draft) -> Result<(), EncodeError> {
        let has = |location| self.locations.contains(&location);
        match &mut draft.body {
            _ if has(StreamFlagLocation::Query) => {
                let name = encode(self.name);
                draft.query.retain(|(known, _)| *known != name);
                draft.query.push((name, ON.to_owned()));
                Ok(())
            }
            Payload::None => self.alone(draft),
            Payload::Json(bytes) if has(StreamFlagLocation::Json) => {
                let body = with_member(bytes, &[self.name], ON);
                let body = body.ok_or_else(|| {
                    EncodeError::new("the property that requests a stream cannot be set: the body is not a JSON object")
                })?;
                draft.body = Payload::Json(body.into());
                Ok(())
            }
            Payload::Form(bytes) if has(StreamFlagLocation::Form) => {
                let name = encode(self.name).into_bytes();
                let others = bytes.split(|byte| *byte == b'&').filter(|pair| {
                    let key = pair.split(|byte| *byte == b'=').next();
                    !pair.is_empty() && key != Some(&name[..])
                });
                let flag = [&name, b"=" as &[u8], ON.as_bytes()].concat();
                let body = others.chain([&flag[..]]).collect::<Vec<_>>().join(&b'&');
                draft.body = Payload::Form(body.into());
                Ok(())
            }
            #[cfg(not(unused = "multipart"))]
            Payload::Parts(parts) if has(StreamFlagLocation::Part) => parts.set(self.name, ON),
            // The caller wrote a body that the description does not define, including the property.
            _ => Ok(()),
        }
    }

    /// Creates a body with only the property.
    fn alone(self, draft: &mut Draft) -> Result<(), EncodeError> {
        match self.locations.first() {
            Some(StreamFlagLocation::Json) => {
                let body = with_member(b"{}", &[self.name], ON).unwrap_or_default();
                draft.put_body("application/json", Payload::Json(body.into()))
            }
            Some(StreamFlagLocation::Form) => {
                let body = format!("{}={ON}", encode(self.name));
                draft.put_body("application/x-www-form-urlencoded", Payload::Form(body.into()))
            }
            #[cfg(not(unused = "multipart"))]
            Some(StreamFlagLocation::Part) => {
                let (media, parts) = Multipart::new().text(self.name, ON).written()?;
                draft.put_body(&media, Payload::Parts(Box::new(parts)))
            }
            _ => Ok(()),
        }
    }
}
