//! A future that several callers wait for. It continues when the caller that started it gives up. It needs no async
//! runtime: every waiter polls it, and so does a background task if the transport can spawn one. A blocking future runs
//! on its own thread.

use super::Unobtainable;
use super::shared_deadline::SharedDeadline;
use crate::transport::clock::Instant;
use crate::transport::maybe_send::BoxFuture;
use crate::transport::{SendMode, Transport};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

type Outcome<T> = Result<T, Unobtainable>;

/// A future that several callers wait for.
pub(super) struct InFlight<T> {
    mode: SendMode,
    /// The future. `None` while a waiter polls it, and after its end.
    work: Mutex<Option<BoxFuture<'static, Outcome<T>>>>,
    outcome: OnceLock<(Instant, Outcome<T>)>,
    waiters: Arc<Waiters>,
    deadline: Arc<SharedDeadline>,
}

/// A waiter, with its source of timers.
#[derive(Clone, Copy)]
pub(super) enum Waiter<'w> {
    /// A call, whose transport has timers.
    Call(SendMode, &'w Arc<dyn Transport>),
    /// A future of the same kind, whose own waiters have timers.
    Future(&'w SharedDeadline),
}

/// The waiters.
#[derive(Default)]
struct Waiters(Mutex<WaitersState>);

#[derive(Default)]
struct WaitersState {
    wakers: Vec<Waker>,
    count: usize,
    /// True if there was a time without waiters.
    abandoned: bool,
    /// True if there is an outcome.
    is_settled: bool,
}

impl<T: Clone + Send + Sync + 'static> InFlight<T> {
    pub(super) fn new(
        mode: SendMode,
        deadline: Arc<SharedDeadline>,
        work: BoxFuture<'static, Outcome<T>>,
    ) -> Arc<Self> {
        let work = Mutex::new(Some(work));
        Arc::new(Self { mode, work, outcome: OnceLock::new(), waiters: Arc::default(), deadline })
    }

    /// Returns the outcome and its time.
    pub(super) fn outcome(&self) -> Option<&(Instant, Outcome<T>)> {
        self.outcome.get()
    }

    /// Returns true if there was a time without waiters.
    pub(super) fn was_abandoned(&self) -> bool {
        self.waiters.with_state(|state| state.abandoned)
    }

    /// Continues the future without its callers if possible: on its own thread, or in the background of the transport.
    pub(super) fn continue_in_background(self: &Arc<Self>, transport: &Arc<dyn Transport>) {
        match self.mode {
            #[cfg(feature = "blocking")]
            SendMode::Blocking => {
                let this = Arc::clone(self);
                let work = move || drop(this.run());
                if std::thread::Builder::new().name("token exchange".to_owned()).spawn(work).is_err() {
                    // No thread can be created, so the caller's thread runs it.
                    drop(self.run());
                }
            }
            SendMode::Async => {
                let (this, timers) = (Arc::clone(self), Arc::clone(transport));
                let work = async move { drop(this.wait(Waiter::Call(SendMode::Async, &timers)).await) };
                drop(transport.spawn(Box::pin(work)));
            }
        }
    }

    #[cfg(feature = "blocking")]
    fn run(&self) -> Outcome<T> {
        let _here = Presence::of(&self.waiters);
        let next = || self.deadline.next().and_then(|(_, left)| Instant::now().checked_add(left));
        crate::transport::blocking::wait_until(next, poll_fn(|context| self.poll_shared(context)))
    }

    /// Returns the outcome.
    pub(super) async fn wait(&self, waiter: Waiter<'_>) -> Outcome<T> {
        let _here = Presence::of(&self.waiters);
        let mut timer: Option<(u64, BoxFuture<'_, ()>)> = None;
        let step = |context: &mut Context<'_>| match &waiter {
            Waiter::Call(SendMode::Async, transport) if self.mode == SendMode::Async => loop {
                if let Poll::Ready(outcome) = self.poll_shared(context) {
                    return Poll::Ready(outcome);
                }
                let Some((generation, left)) = self.deadline.next() else { return Poll::Pending };
                let current = timer.take().filter(|(of, _)| *of == generation);
                let (_, sleep) = timer.insert(current.unwrap_or_else(|| (generation, transport.sleep(left))));
                if sleep.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                timer = None;
                self.deadline.expire(generation);
            },
            // This waiter cannot poll the future: a thread of its own runs it, or the waiters of the other kind of transport do.
            Waiter::Call(..) => self.poll_outcome(context),
            Waiter::Future(deadline) => {
                deadline.forward_expiry(&self.deadline);
                let step = self.poll_shared(context);
                if step.is_pending() {
                    deadline.copy_from(&self.deadline);
                }
                step
            }
        };
        poll_fn(step).await
    }

    /// Returns the outcome without a poll of the future.
    fn poll_outcome(&self, context: &Context<'_>) -> Poll<Outcome<T>> {
        // The outcome wakes every waiter that is added before it.
        self.waiters.add(context.waker());
        self.outcome.get().map_or(Poll::Pending, |(_, outcome)| Poll::Ready(outcome.clone()))
    }

    /// Returns the outcome, or polls the future unless another waiter polls it.
    fn poll_shared(&self, context: &Context<'_>) -> Poll<Outcome<T>> {
        if let Poll::Ready(outcome) = self.poll_outcome(context) {
            return Poll::Ready(outcome);
        }
        let mut work = match self.work.try_lock() {
            Ok(work) => work,
            Err(TryLockError::Poisoned(broken)) => broken.into_inner(),
            Err(TryLockError::WouldBlock) => return Poll::Pending,
        };
        let outcome = match work.take() {
            Some(mut future) => {
                let waker = Waker::from(Arc::clone(&self.waiters));
                let mut guard = PanicGuard { flight: self, armed: true };
                let step = future.as_mut().poll(&mut Context::from_waker(&waker));
                guard.armed = false;
                match step {
                    Poll::Ready(outcome) => outcome,
                    Poll::Pending => {
                        *work = Some(future);
                        return Poll::Pending;
                    }
                }
            }
            // It has ended, or a transport panicked.
            None => match self.outcome.get() {
                Some((_, outcome)) => outcome.clone(),
                None => Err(broken_off()),
            },
        };
        // The outcome is set before the lock is released, so a waiter that finds no future finds the outcome.
        drop(self.outcome.set((Instant::now(), outcome.clone())));
        drop(work);
        self.settle(outcome.clone());
        Poll::Ready(outcome)
    }

    /// Sets the outcome, unless there is one.
    fn settle(&self, outcome: Outcome<T>) {
        drop(self.outcome.set((Instant::now(), outcome)));
        self.waiters.with_state(|state| state.is_settled = true);
        self.waiters.wake_all();
    }
}

fn broken_off() -> Unobtainable {
    Unobtainable::from("the request was broken off".to_owned())
}

/// Sets an outcome if the future panics, as a callback of the caller may. Otherwise the waiters and all later calls
/// would wait forever.
struct PanicGuard<'f, T: Clone + Send + Sync + 'static> {
    flight: &'f InFlight<T>,
    armed: bool,
}

impl<T: Clone + Send + Sync + 'static> Drop for PanicGuard<'_, T> {
    fn drop(&mut self) {
        if self.armed {
            self.flight.settle(Err(broken_off()));
        }
    }
}

impl Waiters {
    fn with_state<R>(&self, change: impl FnOnce(&mut WaitersState) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, waker: &Waker) {
        self.with_state(|state| {
            if !state.wakers.iter().any(|known| known.will_wake(waker)) {
                state.wakers.push(waker.clone());
            }
        });
    }

    fn wake_all(&self) {
        let wakers = self.with_state(|state| std::mem::take(&mut state.wakers));
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

/// The presence of one waiter.
struct Presence<'w>(&'w Waiters);

impl<'w> Presence<'w> {
    fn of(waiters: &'w Waiters) -> Self {
        waiters.with_state(|state| state.count += 1);
        Self(waiters)
    }
}

impl Drop for Presence<'_> {
    fn drop(&mut self) {
        self.0.with_state(|state| {
            state.count -= 1;
            state.abandoned |= state.count == 0 && !state.is_settled;
        });
        // The other waiters poll again, because they may have relied on the timer of this one.
        self.0.wake_all();
    }
}
