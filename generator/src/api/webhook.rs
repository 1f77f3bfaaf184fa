//! Requests that the API sends to its user.

use super::{Media, Origin, SchemaId};

/// The body of a webhook or a callback. The user receives it, so there is a type and no method.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Origin of the operation.
    pub origin: Origin,
    /// Name of the webhook or callback.
    pub name: String,
    /// True for a callback of an operation, false for a webhook.
    pub callback: bool,
    /// HTTP method in upper case.
    pub method: String,
    /// Plain text.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Media types of the body.
    pub media: Vec<Media>,
}

impl Webhook {
    /// The schemas of the body.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        self.media.iter().flat_map(Media::schemas)
    }
}
