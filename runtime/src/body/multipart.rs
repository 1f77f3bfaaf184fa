//! Multipart bodies (RFC 2046, RFC 7578). Knows parts and boundaries; must not know models.

#[cfg(not(unused = "streams"))]
pub(crate) mod feed;
pub(crate) mod parser;
mod part;

use crate::body::essence;
pub use crate::body::file::File;
use crate::body::file::FileName;
use crate::codec::json::to_request_value;
use crate::codec::param::{self, Encoding};
use crate::codec::{Encode, EncodeError};
use crate::response;
use crate::secrets::{Secret, written_by};
use crate::transport::Body;
use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
pub use part::{Named, Part, PartBody};
use serde_json::Value;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The media type of forms.
const FORM: &str = "multipart/form-data";

/// A multipart body. Parts that are streams are read when they are sent.
#[derive(Debug)]
pub struct Multipart {
    media: String,
    parts: Vec<Field>,
    mistake: Option<EncodeError>,
    /// The secrets of its parts, which must not be shown.
    pub(crate) secrets: Vec<Secret>,
}

#[derive(Debug)]
struct Field {
    name: String,
    file: File,
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Multipart {
    /// Creates a form (`multipart/form-data`) without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::of(FORM)
    }

    /// Creates a body of another media type, such as `multipart/related`.
    #[must_use]
    pub fn of(media: &str) -> Self {
        Self { media: media.to_owned(), parts: Vec::new(), mistake: None, secrets: Vec::new() }
    }

    /// Adds a string field.
    #[must_use]
    pub fn text(self, name: &str, value: impl Into<String>) -> Self {
        self.part(name, File::new(value.into()))
    }

    /// Adds a field as JSON.
    #[must_use]
    pub fn json(self, name: &str, value: &dyn Encode) -> Self {
        self.with(name, |form, value| form.part(name, File::json(value)), value)
    }

    /// Adds a field in the default form of the OpenAPI standard. A string is plain text. An object, and a list inside a
    /// list, is JSON. Any other list has one part for each item. An absent value adds nothing. With a media type, every part
    /// has it, and a list with a JSON media type is one part.
    #[must_use]
    pub fn field(self, name: &str, media: &str, value: &dyn Encode) -> Self {
        self.with(name, |form, value| form.values(name, media, value), value)
    }

    /// Adds a field in a style of query parameters.
    #[must_use]
    pub fn styled(self, name: &str, encoding: Encoding, value: &dyn Encode) -> Self {
        let pairs = |form, value: &Value| {
            let pairs = param::in_parts(name, encoding.style, encoding.explode, value).into_iter();
            pairs.fold(form, |form: Self, (name, text)| form.text(&name, text))
        };
        self.with(name, pairs, value)
    }

    /// Adds a file. The part has the media type of the file, or `media` if the file has none. In a form
    /// (`multipart/form-data`), a file without a name has the name of the part, because servers read a part without a
    /// `filename` as text. See [`File::named`] and [`File::unnamed`].
    #[must_use]
    pub fn file(self, name: &str, media: &str, file: impl Into<File>) -> Self {
        let file = file.into().or_media(media);
        let file = if self.is_form() { file.or_named(name) } else { file };
        self.part(name, file)
    }

    /// Adds several files under one name.
    #[must_use]
    pub fn files(self, name: &str, media: &str, files: impl IntoIterator<Item = File>) -> Self {
        files.into_iter().fold(self, |form, file| form.file(name, media, file))
    }

    /// Adds a part whose type is a union. `add` adds the part as the type of the variant.
    #[must_use]
    pub fn choice<B>(self, value: impl Into<B>, add: fn(B, Self) -> Self) -> Self {
        add(value.into(), self)
    }

    /// Adds a part for each value of a list whose items are a union.
    #[must_use]
    pub fn choices<B>(self, values: impl IntoIterator<Item = B>, add: fn(B, Self) -> Self) -> Self {
        values.into_iter().fold(self, |form, value| add(value, form))
    }

    /// Adds a part: a file, or other content with its own media type and headers. A stream, an image, bytes that are not
    /// UTF-8 without a media type, and content of other media types than text, JSON, XML, YAML, JavaScript, a form,
    /// `multipart/` and `message/` are sent as a file, as by [`Multipart::file`]. Other content has a `filename` only by
    /// [`File::named`].
    #[must_use]
    pub fn part(mut self, name: &str, file: impl Into<File>) -> Self {
        let mut file = file.into();
        if self.is_form() && file.is_surely_a_file() {
            file = file.or_named(name);
        }
        self.secrets.append(&mut file.secrets);
        if let Some(mistake) = file.mistake.take() {
            self.mistake.get_or_insert(EncodeError::new(format!("{name} cannot be written: {mistake}")));
        }
        self.parts.push(Field { name: name.to_owned(), file });
        self
    }

    fn is_form(&self) -> bool {
        self.media.get(..FORM.len()).is_some_and(|start| start.eq_ignore_ascii_case(FORM))
    }

    fn with(mut self, name: &str, add: impl FnOnce(Self, &Value) -> Self, value: &dyn Encode) -> Self {
        if value.is_absent() {
            return self;
        }
        let (written, mut secrets) = written_by(|| to_request_value(value));
        self.secrets.append(&mut secrets);
        match written {
            Ok(value) => add(self, &value),
            Err(error) => {
                self.mistake.get_or_insert(EncodeError::new(format!("{name} cannot be written: {error}")));
                self
            }
        }
    }

    fn values(self, name: &str, media: &str, value: &Value) -> Self {
        match value {
            Value::Array(items) if !is_json(media) => {
                items.iter().fold(self, |form, item| form.value(name, media, item))
            }
            value => self.value(name, media, value),
        }
    }

    /// Adds one part.
    fn value(self, name: &str, media: &str, value: &Value) -> Self {
        let file = match value {
            Value::Null => return self,
            Value::Array(_) | Value::Object(_) if media.is_empty() => File::json(value),
            Value::Array(_) | Value::Object(_) => File::json(value).media_type(media),
            _ if is_json(media) => File::new(value.to_string()).media_type(media),
            _ => File::new(param::plain(value)).or_media(media),
        };
        self.part(name, file)
    }

    /// Returns the media type with its boundary, and the body. The body is a stream if a part is one, otherwise bytes.
    ///
    /// # Errors
    /// Returns an error when a part cannot be encoded, or its media type or one of its headers cannot be sent.
    pub fn encode(self) -> Result<(String, Body), EncodeError> {
        self.written().map(|(media, parts)| (media, parts.into_body()))
    }

    /// Returns the media type and the encoded parts, to which parts can still be added.
    pub(crate) fn written(self) -> Result<(String, Written), EncodeError> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let bytes: Vec<&Bytes> = self.parts.iter().filter_map(|part| part.file.content.as_bytes()).collect();
        let mut boundary = random();
        while bytes.iter().any(|content| holds(content, boundary.as_bytes())) {
            boundary = random();
        }
        let form = self.is_form();
        let mut media = format!("{}; boundary={boundary}", self.media);
        if let Some(root) = self.parts.first().filter(|_| is_related(&self.media)) {
            // RFC 2387, section 3.1: without parameters.
            media.push_str(&format!("; type=\"{}\"", essence(root.file.media.as_deref().unwrap_or("text/plain"))));
        }
        let mut parts = Written { boundary, form, parts: Vec::new() };
        for Field { name, file } in self.parts {
            parts.add(name, file)?;
        }
        Ok((media, parts))
    }
}

/// Returns true for `multipart/related`, which names the media type of its first part (RFC 2387, section 3.1).
fn is_related(media: &str) -> bool {
    essence(media) == "multipart/related"
}

fn random() -> String {
    format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

fn holds(content: &[u8], boundary: &[u8]) -> bool {
    content.windows(boundary.len()).any(|window| window == boundary)
}

/// Encoded parts with their boundary.
#[derive(Debug)]
pub(crate) struct Written {
    boundary: String,
    form: bool,
    /// The name, the headers, and the content of each part.
    parts: Vec<(String, Body, Body)>,
}

impl Written {
    fn add(&mut self, name: String, file: File) -> Result<(), EncodeError> {
        let head = format!("--{}\r\n{}\r\n", self.boundary, file.head(&name, self.form)?);
        self.parts.push((name, head.into(), file.content));
        Ok(())
    }

    /// Adds a field, and removes all others of its name.
    pub(crate) fn set(&mut self, name: &str, value: &'static str) -> Result<(), EncodeError> {
        self.parts.retain(|(known, ..)| known != name);
        self.add(name.to_owned(), File::new(value))
    }

    /// Clones the parts, unless one is a stream.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let parts = self
            .parts
            .iter()
            .map(|(name, head, content)| Some((name.clone(), head.try_clone()?, content.try_clone()?)));
        Some(Self { boundary: self.boundary.clone(), form: self.form, parts: parts.collect::<Option<_>>()? })
    }

    /// Returns true if the parts can be sent only once.
    pub(crate) fn is_once(&self) -> bool {
        self.parts.iter().any(|(_, _, content)| content.as_bytes().is_none())
    }

    /// Returns the body: a stream if a part is one, otherwise bytes.
    pub(crate) fn into_body(self) -> Body {
        let mut pieces = VecDeque::new();
        for (_, head, content) in self.parts {
            pieces.extend([head, content, Body::from("\r\n")]);
        }
        pieces.push_back(Body::from(format!("--{}--\r\n", self.boundary)));
        joined(pieces)
    }
}

/// Returns true for a JSON media type of any case and parameters.
fn is_json(media: &str) -> bool {
    response::is_json(&essence(media))
}

/// Joins bodies to one.
fn joined(pieces: VecDeque<Body>) -> Body {
    let whole: Option<Vec<&Bytes>> = pieces.iter().map(Body::as_bytes).collect();
    if let Some(whole) = whole {
        return Body::from(whole.into_iter().fold(Vec::new(), |mut all, piece| {
            all.extend_from_slice(piece);
            all
        }));
    }
    let length = pieces.iter().map(Body::length).sum();
    Body::stream(Pieces(pieces), length)
}

struct Pieces(VecDeque<Body>);

impl Stream for Pieces {
    type Item = Result<Bytes, crate::transport::TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(first) = self.0.front_mut() else { return Poll::Ready(None) };
            match Pin::new(first).poll_next(context) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                other => return other,
            }
        }
    }
}

/// Escapes a name as browsers do (HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl File {
    /// Returns the headers of a part.
    fn head(&self, name: &str, form: bool) -> Result<String, EncodeError> {
        let mut head = String::new();
        if form {
            head.push_str(&format!("content-disposition: form-data; name=\"{}\"", quoted(name)));
        } else if !name.is_empty() {
            head.push_str(&format!("content-id: <{}>", quoted(name).replace(['<', '>'], "")));
        }
        if let FileName::Own(file) = &self.name {
            let before = if form { "" } else { "\r\ncontent-disposition: attachment" };
            head.push_str(&format!("{before}; filename=\"{}\"", quoted(file)));
        }
        let mut lines = vec![head.trim_start().to_owned()];
        let media = self.media.iter().map(|media| ("content-type", media.as_str()));
        for (header, value) in media.chain(self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))) {
            let fits = http::HeaderName::from_bytes(header.as_bytes()).is_ok() && HeaderValue::from_str(value).is_ok();
            if !fits {
                return Err(EncodeError::new(format!("the {header} of the part {name} cannot be sent")));
            }
            lines.push(format!("{header}: {value}"));
        }
        Ok(lines.iter().filter(|line| !line.is_empty()).map(|line| format!("{line}\r\n")).collect())
    }
}

/// Implements the methods of every generated multipart body.
#[doc(hidden)]
#[macro_export]
macro_rules! parts {
    ($name:ident) => {
        impl $name {
            /// Adds a part that the description does not define, or a part with headers of its own.
            pub fn part(self, name: &str, part: impl Into<$crate::File>) -> Self {
                Self(self.0.part(name, part))
            }
        }

        impl From<$name> for $crate::Multipart {
            fn from(parts: $name) -> Self {
                parts.0
            }
        }
    };
}
