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

/// Blocks until the future is ready. At the deadline it polls once more, because the future checks the deadline itself;
/// after that only a wake-up polls it.
pub(crate) fn wait<F: Future>(mut deadline: Option<Instant>, future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => match deadline.map(|deadline| deadline.saturating_duration_since(Instant::now())) {
                // The deadline can pass during the poll.
                Some(Duration::ZERO) => deadline = None,
                Some(left) => thread::park_timeout(left),
                None => thread::park(),
            },
        }
    }
}

/// Blocks until the future is ready. It polls once more at each time that `next` returns.
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

    #[test]
    fn polls_after_a_deadline_that_passes_during_a_poll() {
        let (sender, outputs) = mpsc::channel();
        thread::spawn(move || {
            let deadline = Instant::now() + Duration::from_millis(20);
            let polled = poll_fn(|_| {
                if Instant::now() >= deadline {
                    return Poll::Ready("late");
                }
                thread::sleep(Duration::from_millis(50));
                Poll::Pending
            });
            sender.send(wait(Some(deadline), polled))
        });
        assert_eq!(outputs.recv_timeout(Duration::from_secs(5)), Ok("late"));
    }

    #[test]
    fn no_thread_is_busy_after_the_deadline() {
        let (sender, outputs) = mpsc::channel();
        thread::spawn(move || {
            let mut polls = 0;
            let woken = poll_fn(|context| {
                polls += 1;
                if polls == 1 {
                    let waker = context.waker().clone();
                    thread::spawn(move || {
                        thread::sleep(Duration::from_millis(100));
                        waker.wake();
                    });
                    return Poll::Pending;
                }
                if polls < 3 { Poll::Pending } else { Poll::Ready(()) }
            });
            wait(Some(Instant::now() + Duration::from_millis(20)), woken);
            sender.send(polls)
        });
        assert_eq!(outputs.recv_timeout(Duration::from_secs(5)), Ok(3));
    }
}
