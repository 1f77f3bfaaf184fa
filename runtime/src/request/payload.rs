//! The body of a request before it is sent.

#[cfg(not(unused = "multipart"))]
use crate::body::multipart::Written;
use crate::codec::Members;
use crate::transport::Body;
use bytes::Bytes;
use std::mem;

/// A request body.
pub(crate) enum Payload {
    None,
    /// A JSON body, to which members can be added.
    Json(Bytes),
    /// A form, to which fields can be added.
    Form(Bytes),
    /// A multipart body, to which parts can be added.
    #[cfg(not(unused = "multipart"))]
    Parts(Box<Written>),
    Other(Body),
}

impl Payload {
    /// Returns the body of the next attempt. A stream is moved out.
    pub(crate) fn next_body(&mut self) -> Body {
        match self {
            Self::None => Body::empty(),
            Self::Json(bytes) | Self::Form(bytes) => bytes.clone().into(),
            #[cfg(not(unused = "multipart"))]
            Self::Parts(_) => {
                // The parts are encoded once for all attempts.
                if let Self::Parts(parts) = mem::replace(self, Self::None) {
                    *self = Self::Other(parts.into_body());
                }
                self.next_body()
            }
            Self::Other(body) => body.try_clone().unwrap_or_else(|| mem::take(body)),
        }
    }

    /// Returns `true` when the body can be sent only once.
    pub(crate) fn is_once(&self) -> bool {
        match self {
            Self::None | Self::Json(_) | Self::Form(_) => false,
            #[cfg(not(unused = "multipart"))]
            Self::Parts(parts) => parts.is_once(),
            Self::Other(body) => body.as_bytes().is_none(),
        }
    }
}

/// Returns a JSON object with a member of this path and JSON text, without a change to the text of the others. Objects
/// that the path needs are added. `None` if the path leads through another value than an object.
pub(crate) fn with_member(object: &[u8], path: &[&str], value: &str) -> Option<String> {
    let (name, below) = path.split_first()?;
    let Members(members) = serde_json::from_slice(object).ok()?;
    let mut texts: Vec<(String, &str)> = members.into_iter().map(|(key, value)| (key, value.get())).collect();
    let place = texts.iter().position(|(key, _)| key == name);
    let known = place.and_then(|place| texts.get(place)).map_or("{}", |(_, text)| *text);
    let inner = if below.is_empty() { None } else { Some(with_member(known.as_bytes(), below, value)?) };
    let value = inner.as_deref().unwrap_or(value);
    match place.and_then(|place| texts.get_mut(place)) {
        Some((_, known)) => *known = value,
        None => texts.push(((*name).to_owned(), value)),
    }
    let spelled = texts.iter().map(|(key, value)| Some(format!("{}:{value}", serde_json::to_string(key).ok()?)));
    Some(format!("{{{}}}", spelled.collect::<Option<Vec<_>>>()?.join(",")))
}
