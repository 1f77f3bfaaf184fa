//! A reqwest client with its connection pool for each tokio runtime. A connection is driven by the runtime that made
//! it: a call on another runtime would wait while the first one is idle.

use crate::transport::{TransportError, TransportErrorKind};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tokio::runtime::{Handle, Id};

/// Largest number of pools beside the first one, for programs that create a runtime for each call.
const MOST: usize = 16;

/// The clients of a transport.
#[derive(Clone)]
pub(super) enum Pools {
    /// The caller's own client, for all runtimes.
    One(reqwest::Client),
    /// One for each runtime.
    Each(Arc<Each>),
}

/// One for each runtime.
pub(super) struct Each {
    make: Box<dyn Fn() -> Result<reqwest::Client, TransportError> + Send + Sync>,
    first: OnceLock<(Id, reqwest::Client)>,
    /// The oldest one is first.
    others: Mutex<Vec<(Id, reqwest::Client)>>,
}

impl Pools {
    /// Creates the pools. The client of a runtime is made with its first request; one is made now, so that wrong
    /// options are an error.
    pub(super) fn each(
        make: impl Fn() -> Result<reqwest::Client, TransportError> + Send + Sync + 'static,
    ) -> Result<Self, TransportError> {
        make()?;
        Ok(Self::Each(Arc::new(Each { make: Box::new(make), first: OnceLock::new(), others: Mutex::new(Vec::new()) })))
    }

    /// Returns the client of the current runtime.
    pub(super) fn current(&self) -> Result<reqwest::Client, TransportError> {
        let Ok(runtime) = Handle::try_current() else {
            let message = "async calls need a tokio runtime: send the call on one, or use `send_blocking()`";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        };
        match self {
            Self::One(client) => Ok(client.clone()),
            Self::Each(each) => each.of(runtime.id()),
        }
    }
}

impl Each {
    fn of(&self, runtime: Id) -> Result<reqwest::Client, TransportError> {
        if let Some((_, client)) = self.first.get().filter(|(known, _)| *known == runtime) {
            return Ok(client.clone());
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = others.iter().find(|(known, _)| *known == runtime) {
            return Ok(client.clone());
        }
        let client = (self.make)()?;
        if self.first.set((runtime, client.clone())).is_err() {
            if others.len() >= MOST {
                others.remove(0);
            }
            others.push((runtime, client.clone()));
        }
        Ok(client)
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One(_) => "One",
            Self::Each(_) => "Each",
        })
    }
}
