//! The facts about a stream of values before it is requested.

use super::{EventData, Events, JsonStream, PartStream};
use crate::body::multipart::{Multipart, PartBody};
use crate::call::path::encode;
use crate::call::{Draft, Opened, Payload, StreamReader, json_patch};
use crate::codec::{Decode, EncodeError};
use crate::error::Error;
use crate::transport::Body;
use std::fmt;

/// The request for a stream, its format, and its end marker: `StreamSpec::events("text/event-stream").end("[DONE]")`.
#[doc(hidden)]
#[non_exhaustive]
pub struct StreamSpec<T, E> {
    /// Value of `Accept`; that of the operation unless set.
    pub accept: Option<&'static str>,
    /// The property that is true in the request of a stream.
    pub switch: Option<StreamFlag>,
    /// The function that makes the stream.
    pub(crate) opening: StreamReader<T, E>,
}

impl<T, E> StreamSpec<T, E> {
    const fn of(open: fn(Opened<E>) -> Result<T, Error<E>>) -> Self {
        Self { accept: None, switch: None, opening: StreamReader { open, end: None, again: false } }
    }

    const fn asking(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// Sets the text that marks the end of the stream.
    #[must_use]
    pub const fn end(mut self, text: &'static str) -> Self {
        self.opening.end = Some(text);
        self
    }

    /// Names the property that is true in the request of a stream.
    #[must_use]
    pub const fn switch(mut self, name: &'static str, places: &'static [StreamFlagPlace]) -> Self {
        self.switch = Some(StreamFlag { name, places });
        self
    }
}

impl<E> StreamSpec<Body, E> {
    /// Returns the body unread.
    #[must_use]
    pub const fn bytes() -> Self {
        Self::of(|opened| Ok(opened.flow.into_body()))
    }
}

impl<D: EventData, E> StreamSpec<Events<D, E>, E> {
    /// Returns the server-sent events of responses of this media type.
    #[must_use]
    pub const fn events(accept: &'static str) -> Self {
        let mut spec = Self::of(Events::of).asking(accept);
        spec.opening.again = true;
        spec
    }
}

impl<D: Decode, E> StreamSpec<JsonStream<D, E>, E> {
    /// Returns the JSON value of each line of responses of this media type.
    #[must_use]
    pub const fn json_lines(accept: &'static str) -> Self {
        Self::of(JsonStream::lines).asking(accept)
    }

    /// Returns each JSON text of responses of this media type.
    #[must_use]
    pub const fn json_seq(accept: &'static str) -> Self {
        Self::of(JsonStream::sequence).asking(accept)
    }
}

impl<D: PartBody, E> StreamSpec<PartStream<D, E>, E> {
    /// Returns the parts of responses of this media type.
    #[must_use]
    pub const fn parts(accept: &'static str) -> Self {
        Self::of(PartStream::of).asking(accept)
    }
}

impl<T, E> Clone for StreamSpec<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for StreamSpec<T, E> {}

impl<T, E> fmt::Debug for StreamSpec<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamSpec")
            .field("accept", &self.accept)
            .field("end", &self.opening.end)
            .finish_non_exhaustive()
    }
}

/// The property that is true in the request of a stream.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct StreamFlag {
    /// The name of the property.
    pub name: &'static str,
    /// The places of the property: each kind of body that has it, else the query.
    pub places: &'static [StreamFlagPlace],
}

/// A place of the property.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFlagPlace {
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
        let has = |place| self.places.contains(&place);
        match &mut draft.body {
            _ if has(StreamFlagPlace::Query) => {
                let name = encode(self.name);
                draft.query.retain(|(known, _)| *known != name);
                draft.query.push((name, ON.to_owned()));
                Ok(())
            }
            Payload::None => self.alone(draft),
            Payload::Json(bytes) if has(StreamFlagPlace::Json) => {
                let body = json_patch::with(bytes, self.name, ON);
                let body =
                    body.ok_or_else(|| EncodeError::new("the body cannot ask for a stream: it is no JSON object"))?;
                draft.body = Payload::Json(body.into());
                Ok(())
            }
            Payload::Form(bytes) if has(StreamFlagPlace::Form) => {
                let name = encode(self.name).into_bytes();
                let others = bytes.split(|byte| *byte == b'&').filter(|pair| {
                    let key = pair.split(|byte| *byte == b'=').next();
                    !pair.is_empty() && key != Some(&name[..])
                });
                let own = [&name, b"=" as &[u8], ON.as_bytes()].concat();
                let body = others.chain([&own[..]]).collect::<Vec<_>>().join(&b'&');
                draft.body = Payload::Form(body.into());
                Ok(())
            }
            Payload::Parts(parts) if has(StreamFlagPlace::Part) => parts.set(self.name, ON),
            // The caller wrote a body that the description does not define, including the property.
            Payload::Json(_) | Payload::Form(_) | Payload::Parts(_) | Payload::Other(_) => Ok(()),
        }
    }

    /// Creates a body with only the property.
    fn alone(self, draft: &mut Draft) -> Result<(), EncodeError> {
        match self.places.first() {
            Some(StreamFlagPlace::Json) => {
                let body = json_patch::with(b"{}", self.name, ON).unwrap_or_default();
                draft.put_body("application/json", Payload::Json(body.into()))
            }
            Some(StreamFlagPlace::Form) => {
                let body = format!("{}={ON}", encode(self.name));
                draft.put_body("application/x-www-form-urlencoded", Payload::Form(body.into()))
            }
            Some(StreamFlagPlace::Part) => {
                let (media, parts) = Multipart::new().text(self.name, ON).written()?;
                draft.put_body(&media, Payload::Parts(Box::new(parts)))
            }
            Some(StreamFlagPlace::Query) | None => Ok(()),
        }
    }
}
