//! Blocks this thread on a future, without an async runtime. The futures of the blocking transport are ready at once;
//! those of callbacks and of token requests on other threads are not always.

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

/// Blocks until the future is ready. After `end` it is polled once more, so that it can end.
pub(crate) fn wait<F: Future>(mut end: Option<Instant>, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => match end.map(|end| end.saturating_duration_since(Instant::now())) {
                // The end can come during the poll.
                Some(Duration::ZERO) => end = None,
                Some(left) => thread::park_timeout(left),
                None => thread::park(),
            },
        }
    }
}

/// Blocks until the future is ready. It is polled again at each time that `next` returns.
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

    /// A future is polled after its end, also if the end comes during a poll.
    #[test]
    fn an_end_that_comes_between_is_not_slept_through() {
        let (sender, outputs) = mpsc::channel();
        thread::spawn(move || {
            let end = Instant::now() + Duration::from_millis(20);
            let looked = poll_fn(|_| {
                if Instant::now() >= end {
                    return Poll::Ready("late");
                }
                thread::sleep(Duration::from_millis(50));
                Poll::Pending
            });
            sender.send(wait(Some(end), looked))
        });
        assert_eq!(outputs.recv_timeout(Duration::from_secs(5)), Ok("late"));
    }

    #[test]
    fn no_thread_is_busy_after_the_end() {
        let (sender, outputs) = mpsc::channel();
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
            sender.send(looks)
        });
        assert_eq!(outputs.recv_timeout(Duration::from_secs(5)), Ok(3));
    }
}
