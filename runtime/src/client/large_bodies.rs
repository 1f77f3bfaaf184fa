//! Where large response bodies are decoded. Decoding is computation: on a thread of an async runtime it holds up the other
//! tasks of that thread, and no deadline ends it.

use super::ClientBuilder;
use crate::codec::DecodeError;
use std::sync::Arc;

/// What runs the decoding of large bodies.
#[derive(Clone)]
pub(crate) struct LargeBodies {
    /// The smallest large body, in bytes.
    pub(crate) least: usize,
    run: Arc<Run>,
}

/// What calls the function that it is given, once, before it returns.
type Run = dyn Fn(&mut dyn FnMut()) + Send + Sync;

impl LargeBodies {
    /// The result of the work, which is run where the program wants it.
    pub(crate) fn run<T>(&self, work: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let (mut work, mut done) = (Some(work), None);
        let mut once = || {
            if let Some(work) = work.take() {
                done = Some(work());
            }
        };
        (self.run)(&mut once);
        // A program that did not run it leaves it to this thread.
        once();
        done.unwrap_or_else(|| Err(DecodeError::new("a decoded body", "none")))
    }
}

impl ClientBuilder {
    /// Sets what runs the decoding of async calls' response bodies of at least so many bytes; by default a body of any size
    /// is decoded on the thread that polls the call. Blocking calls always decode on their own thread.
    ///
    /// `run` calls the function that it is given, once, before it returns. On tokio's multi-threaded runtime that is
    /// `block_in_place`, which hands the thread's other tasks to another thread first:
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
