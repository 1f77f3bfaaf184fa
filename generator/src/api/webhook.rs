//! What an API sends to its user.

use super::{Media, Origin, SchemaId};

/// The body of a webhook or a callback. The user receives it, so that there is a type and no call.
#[derive(Debug)]
pub struct Payload {
    /// Where its operation stands.
    pub origin: Origin,
    /// Name of the webhook or callback.
    pub name: String,
    /// Whether an operation asks for it; everything else is a webhook.
    pub callback: bool,
    /// Upper case.
    pub method: String,
    /// Its body in each media type.
    pub media: Vec<Media>,
}

impl Payload {
    /// The schemas that it names.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        self.media.iter().flat_map(Media::schemas)
    }
}
