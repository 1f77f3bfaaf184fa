//! The methods of a request that set its body: each encodes a value and sets its media type.

use super::{Draft, Payload};
#[cfg(not(unused = "file"))]
use crate::body::file::File;
#[cfg(not(unused = "streams"))]
use crate::body::item_stream::ItemStream;
#[cfg(not(unused = "multipart"))]
use crate::body::multipart::Multipart;
#[cfg(not(unused = "multipart"))]
#[cfg(not(unused = "streams"))]
use crate::body::multipart::{Part, feed};
#[cfg(not(unused = "multipart"))]
#[cfg(not(unused = "streams"))]
use crate::body::sent_data::SentData;
#[cfg(feature = "xml")]
use crate::body::xml::Root;
use crate::codec::json::{json_of, to_request_vec};
use crate::codec::param::{self, Encoding};
use crate::codec::{Encode, EncodeError};
use crate::transport::Body;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

impl Draft {
    /// Sets a JSON body.
    pub fn json(&mut self, body: &dyn Encode) {
        self.json_as("application/json", body);
    }

    /// Sets a JSON body with another media type.
    pub fn json_as(&mut self, media: &str, body: &dyn Encode) {
        self.change(|draft| {
            let bytes = to_request_vec(body)
                .map_err(|error| EncodeError::new(format!("the body cannot be written: {error}")))?;
            draft.put_body(media, Payload::Json(bytes.into()))
        });
    }

    /// Sets a form body (`application/x-www-form-urlencoded`).
    pub fn form(&mut self, body: &dyn Encode) {
        self.form_as(&[], body);
    }

    /// Sets a form body. The table contains the fields with an encoding of their own.
    pub fn form_as(&mut self, styles: &[(&str, Encoding)], body: &dyn Encode) {
        self.change(|draft| {
            let value = json_of("the body", body)?;
            if !value.is_object() {
                return Err(EncodeError::new("a form body must be an object"));
            }
            let pairs = param::as_form(&value, styles).into_iter();
            let text = pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
            draft.put_body("application/x-www-form-urlencoded", Payload::Form(text.into()))
        });
    }

    /// Sets a plain text body.
    pub fn text(&mut self, media: &str, body: impl Into<String>) {
        self.bytes(media, body.into());
    }

    /// Sets any body: bytes, or a stream of them.
    pub fn bytes(&mut self, media: &str, body: impl Into<Body>) {
        self.change(|draft| draft.put_body(media, Payload::Other(body.into())));
    }

    /// Sets any body with its own media type, or this one.
    #[cfg(not(unused = "file"))]
    pub fn file(&mut self, media: &str, body: impl Into<File>) {
        self.change(|draft| {
            let mut file = body.into();
            draft.secrets.append(&mut file.secrets);
            let (own_media, body) = file.into_body()?;
            draft.put_body(own_media.as_deref().unwrap_or(media), Payload::Other(body))
        });
    }

    /// Sets a multipart body.
    #[cfg(not(unused = "multipart"))]
    pub fn multipart(&mut self, body: impl Into<Multipart>) {
        self.change(|draft| {
            let mut body = body.into();
            draft.secrets.append(&mut body.secrets);
            let (media, parts) = body.written()?;
            draft.put_body(&media, Payload::Parts(Box::new(parts)))
        });
    }

    /// Sets a body with one JSON value on each line.
    #[cfg(not(unused = "streams"))]
    pub fn lines<D: Encode + 'static>(&mut self, media: &str, values: impl Into<ItemStream<D>>) {
        self.feed(media, "", values.into());
    }

    /// Sets a body of JSON texts, each after its record separator.
    #[cfg(not(unused = "streams"))]
    pub fn texts<D: Encode + 'static>(&mut self, media: &str, values: impl Into<ItemStream<D>>) {
        self.feed(media, "\u{1e}", values.into());
    }

    #[cfg(not(unused = "streams"))]
    fn feed<D: Encode + 'static>(&mut self, media: &str, mark: &'static str, values: ItemStream<D>) {
        self.change(|draft| {
            let body = values.into_body(&mut draft.sent_secrets, move |value| json_line(mark, value), None)?;
            draft.put_body(media, Payload::Other(body))
        });
    }

    /// Sets a body of parts, each with one value: JSON, or plain text for a `String`. `media` is the media type of the
    /// body, and `each` that of a part without its own.
    #[cfg(not(unused = "multipart"))]
    #[cfg(not(unused = "streams"))]
    pub fn part_feed<D>(&mut self, media: &str, each: &'static str, values: impl Into<ItemStream<Part<D>>>)
    where
        D: SentData + 'static,
    {
        self.change(|draft| {
            let (media, body) = feed::body(media, each, values.into(), &mut draft.sent_secrets)?;
            draft.put_body(&media, Payload::Other(body))
        });
    }

    /// Sets an XML body.
    #[cfg(feature = "xml")]
    pub fn xml(&mut self, media: &str, root: &Root, body: &dyn Encode) {
        self.change(|draft| {
            let text = root
                .written(body, true)
                .map_err(|error| EncodeError::new(format!("the body cannot be written: {error}")))?;
            draft.put_body(media, Payload::Other(text.into()))
        });
    }

    pub(crate) fn put_body(&mut self, media: &str, body: Payload) -> Result<(), EncodeError> {
        self.body = body;
        // The caller's media type takes precedence in any order, except for the boundary of parts, which only the body
        // knows.
        if self.has_media_type && !media.starts_with("multipart/") {
            return Ok(());
        }
        let value = HeaderValue::from_str(media)
            .map_err(|_| EncodeError::new(format!("the media type {media:?} cannot be sent")))?;
        self.headers.insert(CONTENT_TYPE, value);
        Ok(())
    }
}

/// Encodes a value as JSON, with a prefix and a line feed at the end.
#[cfg(not(unused = "streams"))]
fn json_line(mark: &str, value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let json = to_request_vec(value).map_err(|error| EncodeError::new(format!("cannot be written: {error}")))?;
    Ok([mark.as_bytes(), &json, b"\n"].concat())
}
