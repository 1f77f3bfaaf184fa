//! Waiting for a future on this thread, without an async runtime. The blocking transport's futures are ready when they
//! are made; a callback's may not be, and a token may be on its way to another thread.

use crate::clock::Instant;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Wakes a thread that is parked.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The future's output. It is looked at once more when its time is up, for it to end then.
pub(crate) fn wait<F: Future>(end: Option<Instant>, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => match end.and_then(|end| end.checked_duration_since(Instant::now())) {
                Some(left) => thread::park_timeout(left),
                None => thread::park(),
            },
        }
    }
}
