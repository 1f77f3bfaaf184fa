//! The thread on which large response bodies are decoded. Decoding is computation: on a thread of an async runtime it
//! blocks the other tasks of that thread, and no deadline ends it.

use super::ClientBuilder;
use crate::codec::DecodeError;
use std::sync::Arc;

/// The function that runs the decoding of large bodies.
#[derive(Clone)]
pub(crate) struct LargeBodies {
    /// The minimum size of a large body, in bytes.
    pub(crate) least: usize,
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
    /// Sets the function that runs the decoding of async calls' response bodies of at least `least` bytes. By default a
    /// body of any size is decoded on the thread that polls the call. Blocking calls always decode on their own thread.
    ///
    /// `run` calls its argument once before it returns. On tokio's multi-threaded runtime use `block_in_place`, which
    /// first moves the thread's other tasks to another thread:
    ///
    /// ```ignore
    /// builder.decode_large_bodies(1 << 20, |decode| tokio::task::block_in_place(decode))
    /// ```
    #[must_use]
    pub fn decode_large_bodies(mut self, least: usize, run: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static) -> Self {
        self.large_bodies = Some(LargeBodies { least, run: Arc::new(run) });
        self
    }
}
