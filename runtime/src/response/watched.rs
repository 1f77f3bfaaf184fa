//! Responses of a client that counts what they have and the description lacks.

use super::{RawResponse, is_json};
use crate::codec::Decode;
use crate::codec::drift::Watch;
use crate::codec::json::unlisted;
use std::sync::Arc;

impl RawResponse {
    /// Counts the response, and what it has and the description of the operation lacks, if the client has counts.
    pub(crate) fn watched(mut self, method: &http::Method, path: &str) -> Self {
        if let Some(drift) = self.policy.drift.as_ref().filter(|_| !path.is_empty()) {
            let watch = Watch::new(drift, method.as_str(), path);
            watch.response(self.status.as_u16(), self.media_type().unwrap_or_default());
            self.watch = Some(Arc::new(watch));
        }
        self
    }

    /// Returns this response without counts of its body, whose parts are streamed.
    pub(crate) fn unwatched(mut self) -> Self {
        self.watch = None;
        self
    }

    /// Returns this response as that of the items of a list in its body.
    pub(crate) fn of_items(mut self, list: &[&str]) -> Self {
        self.watch = self.watch.map(|watch| Arc::new(watch.of_items(list)));
        self
    }

    /// Counts what a body has and the type lacks.
    pub(super) fn compare<T: Decode>(&self, json: &[u8]) {
        let media = self.media_type().unwrap_or_default();
        if let Some(watch) = self.watch.as_ref().filter(|_| is_json(&media.to_ascii_lowercase())) {
            watch.body(self.status.as_u16(), media, unlisted::<T>(json, self.decoding()));
        }
    }
}
