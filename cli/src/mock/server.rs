//! The server: a thread for each connection, so that a slow client does not hold up others.

use super::connection::{Connection, Lost, Received};
use super::recording::Recording;
use super::{Log, Mock};
use crate::terminal;
use clientsmith::mock::{Request, Response};
use std::io;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum number of connections at a time. Further ones get 503.
const MAX_CONNECTIONS: usize = 256;
/// Stack of a thread: descriptions and bodies nest.
const STACK: usize = 8 << 20;
/// Time after a failed `accept`, such as one without a free file descriptor.
const PAUSE: Duration = Duration::from_millis(50);

/// The state that connections share.
pub(super) struct Server {
    mock: Mock,
    recording: Option<Recording>,
    log: Log,
    connections: AtomicUsize,
}

impl Server {
    pub(super) const fn new(mock: Mock, recording: Option<Recording>, log: Log) -> Self {
        Self { mock, recording, log, connections: AtomicUsize::new(0) }
    }

    /// Accepts connections until the process ends.
    pub(super) fn serve(self, listener: &TcpListener) -> io::Result<()> {
        let server = Arc::new(self);
        for stream in listener.incoming() {
            match stream {
                Ok(stream) => server.start(stream),
                // A client that left is not a fault of the server.
                Err(_) => thread::sleep(PAUSE),
            }
        }
        Ok(())
    }

    fn start(self: &Arc<Self>, stream: TcpStream) {
        if self.connections.fetch_add(1, Ordering::Relaxed) >= MAX_CONNECTIONS {
            Connection::new(stream).refuse();
            self.connections.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let server = Arc::clone(self);
        let run = move || {
            // The number also decreases if the thread ends by a panic.
            let _guard = Guard(&server.connections);
            let _ = server.converse(&mut Connection::new(stream));
        };
        if thread::Builder::new().stack_size(STACK).spawn(run).is_err() {
            self.connections.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Responds to the requests of a connection.
    fn converse(&self, connection: &mut Connection) -> Result<(), Lost> {
        while let Some(received) = connection.request()? {
            let started = Instant::now();
            let (request, response, is_last) = match received {
                Received::Complete { request, is_last } => {
                    let response = self.mock.respond(&request);
                    (request, response, is_last)
                }
                Received::Refused { request, response } => (request, response, true),
            };
            let sent = connection.respond(&request, &response, is_last);
            self.note(&request, &response, started.elapsed());
            if is_last {
                connection.close();
                break;
            }
            sent?;
        }
        Ok(())
    }

    fn note(&self, request: &Request, response: &Response, time: Duration) {
        // The recording is written before the log line, so an exchange in the log is in the recording too.
        let recorded =
            self.recording.as_ref().map_or(Ok(()), |recording| recording.add(&self.mock, request, response, time));
        if let Err(error) = recorded {
            terminal::line(&format!("the recording cannot be written: {error}"));
        }
        self.log.write(&self.mock, request, response, time);
    }
}

/// Counts a connection down at its end.
struct Guard<'c>(&'c AtomicUsize);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
