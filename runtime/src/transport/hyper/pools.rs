//! A client with its connection pool for each tokio runtime. A connection is driven by the runtime that made it: a call
//! on another runtime would wait while the first one is idle.

use super::Client;
use super::connector::Connector;
use crate::transport::TransportError;
use crate::transport::on_tokio;
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::runtime::Id;

/// The largest number of pools beside the first one, for programs that create a runtime for each call.
const MAX_POOLS: usize = 16;

/// The clients of a transport. Each client is made with the first request of its runtime.
#[derive(Clone)]
pub(super) struct Pools(Arc<PoolsInner>);

struct PoolsInner {
    connector: Connector,
    idle: Option<Duration>,
    first: OnceLock<(Id, Client)>,
    /// The oldest one is first.
    others: Mutex<Vec<(Id, Client)>>,
}

impl Pools {
    /// Creates the pools. Connections are closed after `idle`; zero disables reuse.
    pub(super) fn new(connector: Connector, idle: Option<Duration>) -> Self {
        Self(Arc::new(PoolsInner { connector, idle, first: OnceLock::new(), others: Mutex::new(Vec::new()) }))
    }

    /// Returns the connector of all clients.
    pub(super) fn connector(&self) -> &Connector {
        &self.0.connector
    }

    /// Returns the client of the current runtime.
    pub(super) fn current(&self) -> Result<Client, TransportError> {
        Ok(self.0.of(on_tokio::current()?.id()))
    }
}

impl PoolsInner {
    fn of(&self, runtime: Id) -> Client {
        if let Some((_, client)) = self.first.get().filter(|(known, _)| *known == runtime) {
            return client.clone();
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = others.iter().find(|(known, _)| *known == runtime) {
            return client.clone();
        }
        let client = self.client();
        if self.first.set((runtime, client.clone())).is_err() {
            if others.len() >= MAX_POOLS {
                others.remove(0);
            }
            others.push((runtime, client.clone()));
        }
        client
    }

    fn client(&self) -> Client {
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new());
        match self.idle {
            None => &mut builder,
            Some(Duration::ZERO) => builder.pool_max_idle_per_host(0),
            Some(idle) => builder.pool_idle_timeout(idle),
        };
        builder.build(self.connector.clone())
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pools").finish_non_exhaustive()
    }
}
