//! Responses of a client with `drift`: counts of the fields, values and statuses that the description lacks.

use super::{RawResponse, is_json};
use crate::codec::Decode;
use crate::codec::drift::Watch;
use crate::codec::json::unlisted;
use std::sync::Arc;

impl RawResponse {
    /// Counts the response if the client has `drift`, and lets decoding count fields that the operation's description lacks.
    pub(crate) fn watched(mut self, method: &http::Method, path: &str) -> Self {
        if let Some(drift) = self.policy.drift.as_ref().filter(|_| !path.is_empty()) {
            let watch = Watch::new(drift, method.as_str(), path);
            watch.response(self.status.as_u16(), self.media_type().unwrap_or_default());
            self.watch = Some(Arc::new(watch));
        }
        self
    }

    /// Ends the counts of this response, whose body is streamed in parts.
    pub(crate) fn unwatched(mut self) -> Self {
        self.watch = None;
        self
    }

    /// Makes the paths in later counts start at the items of this list.
    pub(crate) fn of_items(mut self, list: &[&str]) -> Self {
        self.watch = self.watch.map(|watch| Arc::new(watch.of_items(list)));
        self
    }

    /// Counts the fields of a body that the type lacks.
    pub(super) fn compare<T: Decode>(&self, json: &[u8]) {
        let media = self.media_type().unwrap_or_default();
        if let Some(watch) = self.watch.as_ref().filter(|_| is_json(&media.to_ascii_lowercase())) {
            watch.body(self.status.as_u16(), media, unlisted::<T>(json, self.decoding()));
        }
    }
}
