//! The decoding of response bodies: the thread of large bodies, and the handling of values that do not match their type
//! in the description.

use super::ClientBuilder;
use crate::codec::DecodeError;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use std::sync::Arc;

/// The function that runs the decoding of large bodies. Decoding is computation: on a thread of an async runtime it
/// blocks the other tasks of that thread, and no deadline ends it.
#[derive(Clone)]
pub(crate) struct LargeBodies {
    /// The minimum size of a large body, in bytes.
    pub(crate) min_bytes: usize,
    run: Arc<Run>,
}

/// A function that calls its argument once before it returns.
type Run = dyn Fn(&mut dyn FnMut()) + Send + Sync;

impl LargeBodies {
    /// Returns the result of the work, which the program's function runs.
    pub(crate) fn run<T>(&self, work: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let (mut work, mut done) = (Some(work), None);
        let mut once = || {
            if let Some(work) = work.take() {
                done = Some(work());
            }
        };
        (self.run)(&mut once);
        // If the program's function did not run it, this thread does.
        once();
        done.unwrap_or_else(|| Err(DecodeError::new("a decoded body", "none")))
    }
}

impl ClientBuilder {
    /// Sets the function that runs the decoding of async calls' response bodies of at least `min_bytes` bytes. By default
    /// a body of any size is decoded on the thread that polls the call. Blocking calls always decode on their own thread.
    ///
    /// `run` calls its argument once before it returns. On tokio's multi-threaded runtime use `block_in_place`, which
    /// first moves the thread's other tasks to another thread:
    ///
    /// ```ignore
    /// builder.decode_large_bodies(1 << 20, |decode| tokio::task::block_in_place(decode))
    /// ```
    #[must_use]
    pub fn decode_large_bodies(
        mut self,
        min_bytes: usize,
        run: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static,
    ) -> Self {
        self.large_bodies = Some(LargeBodies { min_bytes, run: Arc::new(run) });
        self
    }

    /// Sets whether a value of another type than its field's is stored separately instead of failing the whole
    /// response; false by default.
    ///
    /// The nearest optional field around the value is then `None`, and `extra` has the value under the name of the
    /// field. Encoding writes it again from there. [`Response::misfits`](crate::Response::misfits) lists the places. If
    /// no field around it is optional, an item of a list that may be null becomes null; otherwise the response fails as
    /// without the setting. A value of a wrong type in a field of the type `Secret` is not stored.
    ///
    /// A response in which every value has its type costs nothing more; others are decoded twice.
    #[must_use]
    pub const fn lenient(mut self, lenient: bool) -> Self {
        self.misfits.lenient = lenient;
        self
    }

    /// Sets the [`Drift`](crate::Drift) that counts what responses have and the description lacks. Each JSON body is then
    /// decoded twice.
    #[cfg(feature = "drift")]
    #[must_use]
    pub fn drift(mut self, drift: crate::codec::drift::Drift) -> Self {
        self.misfits.drift = Some(drift);
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
