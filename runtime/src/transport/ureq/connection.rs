//! Connections of ureq: what is known when one fails. A request that could not be connected was not sent; a server that
//! refuses a body early answers before it closes, and its response is read although the rest cannot be written.
//!
//! This is the only file that uses `ureq::unversioned`, which may change with a minor version of ureq.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::{error, fmt};
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport};

/// The operating system takes a write of this size whole or not at all where nothing waits to be sent.
const WHOLE: usize = 4096;

thread_local! {
    /// Whether the request of this thread was answered before it was written to its end. ureq sends a request on the
    /// caller's own thread, one at a time.
    static ANSWERED: Cell<bool> = const { Cell::new(false) };
}

/// Nothing of the request was sent, and why.
#[derive(Debug)]
pub(super) struct Unsent(pub(super) Error);

impl Unsent {
    fn of(error: Error) -> Error {
        match error {
            // These say what ended, and when.
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

/// Finds addresses as ureq does.
#[derive(Debug, Default)]
pub(super) struct Names(DefaultResolver);

impl Resolver for Names {
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
    type Out = Link;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<Link>, Error> {
        let link = self.0.connect(details, chained).map_err(Unsent::of)?;
        Ok(link.map(|inner| Link { inner, written: false, closed: false }))
    }
}

/// A connection.
pub(super) struct Link {
    inner: Box<dyn Transport>,
    /// Whether a part of the current request was written.
    written: bool,
    /// Whether the server takes no more.
    closed: bool,
}

impl Transport for Link {
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
                // What came before the end can be read after it.
                if matches!(self.inner.await_input(timeout), Ok(true)) {
                    self.closed = true;
                    ANSWERED.set(true);
                    return Ok(());
                }
                let unsent = !self.written && amount <= WHOLE && !self.inner.is_tls();
                Err(if unsent { Unsent::of(Error::Io(error)) } else { Error::Io(error) })
            }
            Err(error) => Err(error),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.inner.await_input(timeout)
    }

    /// Asked between two requests.
    fn is_open(&mut self) -> bool {
        self.written = false;
        !self.closed && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

fn is_closed(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted)
}

/// A request's body that is a stream. Its source is not asked for what nobody takes any more: what is missing of its length
/// is filled up, for ureq to come to the response.
pub(super) struct Source<R> {
    reader: R,
    left: Option<u64>,
}

impl<R> Source<R> {
    /// Starts a request on this thread.
    pub(super) fn new(reader: R, length: Option<u64>) -> Self {
        Self { reader, left: length }
    }
}

/// Forgets what the last request of this thread met.
pub(super) fn start() {
    ANSWERED.set(false);
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match (ANSWERED.get(), self.left) {
            (false, _) => self.reader.read(into)?,
            (true, None) => 0,
            (true, Some(left)) => usize::try_from(left).unwrap_or(usize::MAX).min(into.len()),
        };
        self.left = self.left.map(|left| left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX)));
        Ok(read)
    }
}
