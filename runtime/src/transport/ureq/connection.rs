//! Connections of ureq, which know whether a failed request was sent. A request without a connection was not sent. A
//! server that refuses a body early responds before it closes; its response is read although the rest cannot be
//! written.
//!
//! This is the only file that uses `ureq::unversioned`, which can change with a minor version of ureq.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::{error, fmt};
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport};

/// The largest write, in bytes, that the operating system takes as a whole or not at all, if no other data is waiting.
const ATOMIC_WRITE_BYTES: usize = 4096;

thread_local! {
    /// True if the response to this thread's request arrived before the request was written. ureq sends a request on
    /// the caller's own thread, one at a time.
    static RESPONDED: Cell<bool> = const { Cell::new(false) };
}

/// The reason why nothing of the request was sent.
#[derive(Debug)]
pub(super) struct Unsent(pub(super) Error);

impl Unsent {
    fn of(error: Error) -> Error {
        match error {
            // These errors already name the cause and the step.
            Error::Timeout(_) | Error::Tls(_) | Error::Rustls(_) | Error::ConnectProxyFailed(_) => error,
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for Unsent {}

/// Resolves names as ureq does.
#[derive(Debug, Default)]
pub(super) struct Resolve(DefaultResolver);

impl Resolver for Resolve {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(Unsent::of)
    }
}

/// Connects as ureq does.
#[derive(Debug, Default)]
pub(super) struct Connect(DefaultConnector);

impl Connector for Connect {
    type Out = ServerConnection;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<ServerConnection>, Error> {
        let connection = self.0.connect(details, chained).map_err(Unsent::of)?;
        Ok(connection.map(|inner| ServerConnection { inner, written: false, closed: false }))
    }
}

/// A connection to a server.
pub(super) struct ServerConnection {
    inner: Box<dyn Transport>,
    /// True if a part of the current request was written.
    written: bool,
    /// True if the server reads no more.
    closed: bool,
}

impl Transport for ServerConnection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.closed {
            return Ok(());
        }
        match self.inner.transmit_output(amount, timeout) {
            Ok(()) => {
                self.written = true;
                Ok(())
            }
            Err(Error::Io(error)) if is_closed(&error) => {
                // Data that arrived before the end can be read after it.
                if matches!(self.inner.await_input(timeout), Ok(true)) {
                    self.closed = true;
                    RESPONDED.set(true);
                    return Ok(());
                }
                let unsent = !self.written && amount <= ATOMIC_WRITE_BYTES && !self.inner.is_tls();
                Err(if unsent { Unsent::of(Error::Io(error)) } else { Error::Io(error) })
            }
            Err(error) => Err(error),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    /// Called between two requests.
    fn is_open(&mut self) -> bool {
        self.written = false;
        !self.closed && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl fmt::Debug for ServerConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

fn is_closed(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted)
}

/// A request body that is a stream. After the server stops reading, the source is no longer read: its remaining length
/// is filled up, so that ureq continues with the response.
pub(super) struct Source<R> {
    reader: R,
    left: Option<u64>,
}

impl<R> Source<R> {
    /// Creates a body from a reader and its length, if known.
    pub(super) fn new(reader: R, length: Option<u64>) -> Self {
        Self { reader, left: length }
    }
}

/// Resets the state of this thread's last request.
pub(super) fn start() {
    RESPONDED.set(false);
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match (RESPONDED.get(), self.left) {
            (false, _) => self.reader.read(into)?,
            (true, None) => 0,
            (true, Some(left)) => usize::try_from(left).unwrap_or(usize::MAX).min(into.len()),
        };
        self.left = self.left.map(|left| left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}
