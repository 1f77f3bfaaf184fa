//! One request with its response, as recorded.

use serde_json::Value;

/// A request with its response.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// HTTP method.
    pub method: String,
    /// Address, or its path.
    pub url: String,
    /// Status code.
    pub status: u16,
    /// Media type of the response; empty when the recording has none.
    pub media_type: String,
    /// Body of the response.
    pub body: Body,
}

/// The body of a recorded response.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// None.
    Empty,
    /// JSON.
    Json(Value),
    /// A body of another media type, which is not compared.
    Other,
    /// Not recorded, or only its beginning.
    Cut,
    /// Base64.
    Base64,
    /// A media type of JSON, but not JSON.
    Invalid,
}

/// Parts of recordings that were not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// Bodies that are missing or cut.
    pub cut: usize,
    /// Bodies in Base64.
    pub base64: usize,
    /// Bodies that are not JSON, although their media type is.
    pub invalid: usize,
    /// Bodies of media types other than JSON.
    pub other: usize,
    /// Entries and lines that are not exchanges, and requests without a response.
    pub entries: usize,
}

impl Unread {
    pub(super) fn add(&mut self, other: &Self) {
        self.cut += other.cut;
        self.base64 += other.base64;
        self.invalid += other.invalid;
        self.other += other.other;
        self.entries += other.entries;
    }
}

impl Exchange {
    /// The body as a count, if it was not read.
    pub(super) fn unread(&self) -> Unread {
        let mut unread = Unread::default();
        match self.body {
            Body::Empty | Body::Json(_) => {}
            Body::Other => unread.other = 1,
            Body::Cut => unread.cut = 1,
            Body::Base64 => unread.base64 = 1,
            Body::Invalid => unread.invalid = 1,
        }
        unread
    }
}
