//! What a client does about values of responses that are not of the types of the description.

use super::ClientBuilder;
use crate::codec::DecodeError;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};

impl ClientBuilder {
    /// Sets whether a value of another type than its field's is kept aside instead of failing the whole response; off unless
    /// set.
    ///
    /// The nearest field around the value that may be absent is `None`, what came in its place stands under its name in `extra`,
    /// and is written again from there. [`Response::misfits`](crate::Response::misfits) names the places. Where no field around it
    /// may be absent, an item of a list that may be null is null in its place; else the response fails as it does without the
    /// setting. A value that a `Secret` cannot hold is not kept.
    ///
    /// A response in which every value is of its type costs nothing more; others are read twice.
    #[must_use]
    pub const fn lenient(mut self, lenient: bool) -> Self {
        self.misfits.lenient = lenient;
        self
    }

    /// Sets what is called with every value that is not what the description promises and does not fail its response: those of
    /// [`lenient`](Self::lenient), and strings with characters that no string can hold. Items of paginated lists and of streams
    /// of JSON values, which come without a response of their own, are reported here too. It is called on the thread of the call:
    /// it must not wait.
    #[must_use]
    pub fn on_misfit(mut self, report: impl Fn(&DecodeError) + MaybeSend + MaybeSync + 'static) -> Self {
        self.misfits.on_misfit(report);
        self
    }
}
