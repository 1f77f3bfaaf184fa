//! What a part holds.

use crate::codec::Encode;
use crate::codec::json::to_json_vec;
use crate::transport::Body;
use std::path::Path;
use std::{fs, io};

/// Bytes or a stream of them, with a name, a media type and headers where the server is to see some. Whatever makes a
/// [`Body`] makes a file too.
///
/// ```
/// use clientsmith_runtime::File;
///
/// let picture = File::new(vec![0x89, b'P', b'N', b'G']).named("dot.png").media("image/png");
/// let plain: File = "only bytes".into();
/// ```
#[derive(Debug)]
pub struct File {
    pub(super) content: Body,
    pub(super) name: Option<String>,
    pub(super) media: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    /// Why it cannot be sent.
    pub(super) mistake: Option<String>,
}

impl File {
    /// Without a name.
    #[must_use]
    pub fn new(content: impl Into<Body>) -> Self {
        Self { content: content.into(), name: None, media: None, headers: Vec::new(), mistake: None }
    }

    /// A file of the disk under its own name. It is read when it is sent, in constant memory.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = fs::File::open(&path)?;
        let length = file.metadata()?.len();
        let name = path.as_ref().file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, ..Self::new(Body::reader(file, Some(length))) })
    }

    /// A value as JSON.
    #[must_use]
    pub fn json(value: &dyn Encode) -> Self {
        let (content, mistake) = match to_json_vec(value) {
            Ok(json) => (json, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        Self { mistake, ..Self::new(content).media("application/json") }
    }

    /// What the file is called.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What kind of file it is.
    #[must_use]
    pub fn media(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// A header of its part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same, of this kind unless it says of which.
    pub(crate) fn or_media(mut self, media: &str) -> Self {
        if self.media.is_none() && !media.is_empty() {
            self.media = Some(media.to_owned());
        }
        self
    }

    /// Its own media type, and what it holds.
    pub(crate) fn into_body(self) -> Result<(Option<String>, Body), String> {
        self.mistake.map_or(Ok((self.media, self.content)), Err)
    }
}

impl<T: Into<Body>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}
