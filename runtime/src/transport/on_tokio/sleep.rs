//! The pauses of a call, also where it is polled without a tokio runtime.

use crate::transport::BoxFuture;
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;
use tokio::runtime::Handle;

/// Sleeps. tokio's own timers panic without a runtime. There a thread waits, so that a call reaches the transport, which
/// returns an error.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    match Handle::try_current() {
        Ok(_) => Box::pin(tokio::time::sleep(duration)),
        Err(_) => Box::pin(ThreadTimer::new(duration)),
    }
}

/// A timer on a thread of its own, which ends with the timer.
struct ThreadTimer {
    state: Arc<Mutex<TimerState>>,
    /// The thread waits for the end of this channel.
    _thread: Sender<()>,
}

#[derive(Default)]
struct TimerState {
    passed: bool,
    waker: Option<Waker>,
}

impl ThreadTimer {
    fn new(duration: Duration) -> Self {
        let state = Arc::<Mutex<TimerState>>::default();
        let (sender, dropped) = mpsc::channel();
        let timed = Arc::clone(&state);
        let wait = move || {
            if dropped.recv_timeout(duration) == Err(RecvTimeoutError::Timeout) {
                pass(&timed);
            }
        };
        if thread::Builder::new().name("timer".to_owned()).spawn(wait).is_err() {
            // Without a thread, the caller must not wait forever.
            pass(&state);
        }
        Self { state, _thread: sender }
    }
}

fn pass(state: &Mutex<TimerState>) {
    let waker = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.passed = true;
        state.waker.take()
    };
    waker.into_iter().for_each(Waker::wake);
}

impl Future for ThreadTimer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.passed {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}
