//! The content of a part.

use crate::body::essence;
use crate::codec::json::to_request_vec;
use crate::codec::{Encode, EncodeError};
use crate::secrets::{Secret, written_by};
use crate::transport::Body;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The content of a part: bytes or a stream, with an optional name, media type and headers. Everything that converts to
/// a [`Body`] converts to a file.
///
/// ```
/// use clientsmith_runtime::File;
///
/// let picture = File::new(vec![0x89, b'P', b'N', b'G']).named("dot.png").media_type("image/png");
/// let plain: File = "only bytes".into();
/// ```
#[derive(Debug)]
pub struct File {
    pub(super) content: Body,
    pub(super) name: FileName,
    pub(super) media: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    /// The reason why it cannot be sent.
    pub(super) mistake: Option<EncodeError>,
    /// The secrets of its content, which must not be shown.
    pub(crate) secrets: Vec<Secret>,
}

/// The `filename` of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileName {
    /// The name of the part, if the part is a file of a form.
    Usual,
    /// The caller's name.
    Own(String),
    /// No name.
    Omitted,
}

impl File {
    /// Creates a file without a name. As a file of a form it has the name of its part.
    #[must_use]
    pub fn new(content: impl Into<Body>) -> Self {
        Self {
            content: content.into(),
            name: FileName::Usual,
            media: None,
            headers: Vec::new(),
            mistake: None,
            secrets: Vec::new(),
        }
    }

    /// Opens a file of the disk, with its own name. It is read while it is sent, in constant memory. A pipe or device, such
    /// as `/dev/stdin`, is sent without a length.
    ///
    /// # Errors
    /// Returns an error when the file cannot be opened or read.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = fs::File::open(&path)?;
        let metadata = file.metadata()?;
        let content = match metadata.len() {
            0 if metadata.is_file() => without_length(file)?,
            length => Body::reader(file, Some(length).filter(|_| metadata.is_file())),
        };
        let name = path.as_ref().file_name().map(|name| FileName::Own(name.to_string_lossy().into_owned()));
        let name = name.unwrap_or(FileName::Usual);
        Ok(Self { name, ..Self::new(content) })
    }

    /// Encodes a value as JSON.
    #[must_use]
    pub fn json(value: &dyn Encode) -> Self {
        let (json, secrets) = written_by(|| to_request_vec(value));
        let (content, mistake) = match json {
            Ok(json) => (json, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        Self { mistake, secrets, ..Self::new(content).media_type("application/json") }
    }

    /// Sets the name of the file (`filename`). By default a file of a form has the name of its part.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = FileName::Own(name.into());
        self
    }

    /// Sends the file without a name. Most servers read a part without a `filename` as the text of a field, not as a
    /// file (RFC 7578, section 4.2).
    #[must_use]
    pub fn unnamed(mut self) -> Self {
        self.name = FileName::Omitted;
        self
    }

    /// Sets the media type of the file.
    #[must_use]
    pub fn media_type(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// Adds a header to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the media type if the file has none. A range (`image/*`) is an error, because the caller must choose.
    pub(crate) fn or_media(mut self, media: &str) -> Self {
        match (&self.media, media) {
            (Some(_), _) | (None, "") => {}
            (None, range) if range.contains('*') => {
                self.mistake.get_or_insert(EncodeError::new(format!(
                    "it needs a media type of {range}; `File::media_type` sets it"
                )));
            }
            (None, media) => self.media = Some(media.to_owned()),
        }
        self
    }

    /// Sets the name if the caller did not.
    pub(super) fn or_named(mut self, name: &str) -> Self {
        if self.name == FileName::Usual && !name.is_empty() {
            self.name = FileName::Own(name.to_owned());
        }
        self
    }

    /// Returns true for content that must be sent as a file: a stream, bytes that are not text, or content of a media
    /// type that is neither text nor data.
    pub(super) fn is_surely_a_file(&self) -> bool {
        match (&self.media, self.content.as_bytes()) {
            (_, None) => true,
            (Some(media), _) => is_opaque(media),
            (None, Some(bytes)) => std::str::from_utf8(bytes).is_err(),
        }
    }

    /// Returns the media type and the content.
    pub(crate) fn into_body(self) -> Result<(Option<String>, Body), EncodeError> {
        self.mistake.map_or(Ok((self.media, self.content)), Err)
    }
}

/// Returns the content of a file that claims the length 0: it is empty, or one of `/proc`, which all claim it.
fn without_length(mut file: fs::File) -> io::Result<Body> {
    let mut start = Vec::new();
    file.by_ref().take(1).read_to_end(&mut start)?;
    let length = start.is_empty().then_some(0);
    Ok(Body::reader(io::Cursor::new(start).chain(file), length))
}

/// Returns true for images, also those in XML, and for other media types except text, JSON, XML, YAML, JavaScript, forms,
/// `multipart/` and `message/`.
fn is_opaque(media: &str) -> bool {
    let essence = essence(media);
    let data = ["json", "xml", "yaml", "javascript", "x-www-form-urlencoded"];
    let readable = ["text/", "multipart/", "message/"];
    let image = essence.starts_with("image/");
    image || !readable.iter().any(|start| essence.starts_with(start)) && !data.iter().any(|end| essence.ends_with(end))
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}
