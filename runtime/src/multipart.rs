//! Multipart bodies (RFC 7578). Knows parts and boundaries; must not know models.

use bytes::Bytes;

/// A body in parts, put together by the caller.
#[derive(Debug, Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    name: String,
    file: Option<String>,
    media: Option<String>,
    content: Bytes,
}

impl Multipart {
    /// Without a part.
    #[must_use]
    pub const fn new() -> Self {
        Self { parts: Vec::new() }
    }

    /// Adds a plain field.
    #[must_use]
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.add(name.into(), None, None, Bytes::from(value.into()))
    }

    /// Adds a field with a media type, such as `application/json`.
    #[must_use]
    pub fn part(self, name: impl Into<String>, media: impl Into<String>, content: impl Into<Bytes>) -> Self {
        self.add(name.into(), None, Some(media.into()), content.into())
    }

    /// Adds a file.
    #[must_use]
    pub fn file(
        self,
        name: impl Into<String>,
        file: impl Into<String>,
        media: impl Into<String>,
        content: impl Into<Bytes>,
    ) -> Self {
        self.add(name.into(), Some(file.into()), Some(media.into()), content.into())
    }

    fn add(mut self, name: String, file: Option<String>, media: Option<String>, content: Bytes) -> Self {
        self.parts.push(Part { name, file, media, content });
        self
    }

    /// The media type with its boundary, and the bytes.
    #[must_use]
    pub fn encode(&self) -> (String, Bytes) {
        let mut boundary = format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        while self.parts.iter().any(|part| holds(&part.content, boundary.as_bytes())) {
            boundary = format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        }
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head()).as_bytes());
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.into())
    }
}

impl Part {
    fn head(&self) -> String {
        let mut head = format!("content-disposition: form-data; name=\"{}\"", quoted(&self.name));
        if let Some(file) = &self.file {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        head.push_str("\r\n");
        if let Some(media) = &self.media {
            head.push_str(&format!("content-type: {}\r\n", media.replace(['\r', '\n'], " ")));
        }
        head
    }
}

/// As browsers do (HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn holds(content: &[u8], boundary: &[u8]) -> bool {
    content.windows(boundary.len()).any(|window| window == boundary)
}
