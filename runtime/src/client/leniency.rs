//! The handling of response values that do not match their type in the description.

use super::ClientBuilder;
use crate::codec::DecodeError;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};

impl ClientBuilder {
    /// Sets whether a value of another type than its field's is stored separately instead of failing the whole
    /// response; false by default.
    ///
    /// The nearest optional field around the value is then `None`, and `extra` has the value under the name of the
    /// field. Encoding writes it again from there. [`Response::misfits`](crate::Response::misfits) lists the places. If
    /// no field around it is optional, an item of a list that may be null becomes null; otherwise the response fails as
    /// without the setting. A value that a `Secret` cannot hold is dropped.
    ///
    /// A response in which every value has its type costs nothing more; others are decoded twice.
    #[must_use]
    pub const fn lenient(mut self, lenient: bool) -> Self {
        self.misfits.lenient = lenient;
        self
    }

    /// Sets a function that is called with every value that differs from the description and does not fail its
    /// response: those of [`lenient`](Self::lenient), and strings with characters that no string can contain. Items of
    /// paginated lists and of streams of JSON values, which have no response of their own, are reported here too. The
    /// function runs on the thread of the call and must not block.
    #[must_use]
    pub fn on_misfit(mut self, report: impl Fn(&DecodeError) + MaybeSend + MaybeSync + 'static) -> Self {
        self.misfits.on_misfit(report);
        self
    }
}
