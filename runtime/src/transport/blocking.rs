//! Waiting for a future on this thread, without an async runtime. The blocking transport's futures are ready when they
//! are made; a callback's may not be, and a token may be on its way to another thread.

use crate::transport::clock::Instant;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Wakes a thread that is parked.
struct Parked(Thread);

impl Wake for Parked {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The future's output. It is looked at once more when its time is up, for it to end then.
pub(crate) fn wait<F: Future>(mut end: Option<Instant>, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => match end.map(|end| end.saturating_duration_since(Instant::now())) {
                // The end may have come while it was looked at.
                Some(Duration::ZERO) => end = None,
                Some(left) => thread::park_timeout(left),
                None => thread::park(),
            },
        }
    }
}

/// The future's output. It is looked at once more at each moment that it says is the next.
pub(crate) fn wait_until<F: Future>(next: impl Fn() -> Option<Instant>, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        match next() {
            Some(next) => thread::park_timeout(next.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::poll_fn;
    use std::sync::mpsc;

    /// A future is looked at after its end even if that came while it was being looked at.
    #[test]
    fn an_end_that_comes_between_is_not_slept_through() {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let end = Instant::now() + Duration::from_millis(20);
            let looked = poll_fn(|_| {
                if Instant::now() >= end {
                    return Poll::Ready("late");
                }
                thread::sleep(Duration::from_millis(50));
                Poll::Pending
            });
            tell.send(wait(Some(end), looked))
        });
        assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok("late"));
    }

    #[test]
    fn nobody_is_busy_after_the_end() {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let mut looks = 0;
            let woken = poll_fn(|context| {
                looks += 1;
                if looks == 1 {
                    let waker = context.waker().clone();
                    thread::spawn(move || {
                        thread::sleep(Duration::from_millis(100));
                        waker.wake();
                    });
                    return Poll::Pending;
                }
                if looks < 3 { Poll::Pending } else { Poll::Ready(()) }
            });
            wait(Some(Instant::now() + Duration::from_millis(20)), woken);
            tell.send(looks)
        });
        assert_eq!(told.recv_timeout(Duration::from_secs(5)), Ok(3));
    }
}
