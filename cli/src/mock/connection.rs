//! A connection: bytes from a client with limits of size and time, and responses (RFC 9112).

use super::chunked;
use super::request::{Framing, Head, Malformed};
use clientsmith::mock::{Request, Response};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// Largest head of a request in bytes.
const LARGEST_HEAD: usize = 64 << 10;
/// Largest body of a request in bytes.
pub(super) const LARGEST_BODY: usize = 16 << 20;
/// Time for a whole request.
const REQUEST_TIME: Duration = Duration::from_secs(30);
/// Time without a byte between requests, and for a part of a response.
const IDLE_TIME: Duration = Duration::from_secs(60);
/// Bytes that are read and dropped before a connection with an unread request closes.
const DRAINED: usize = 1 << 20;

/// The connection ended, or took too long.
#[derive(Debug)]
pub(super) struct Lost;

impl From<io::Error> for Lost {
    fn from(_: io::Error) -> Self {
        Self
    }
}

/// A received request.
pub(super) enum Received {
    /// A request for the mock server.
    Complete {
        request: Request,
        /// The client closes the connection after it.
        is_last: bool,
    },
    /// A request that is not HTTP or too large, as far as it is known. Its response is the last of the connection.
    Refused { request: Request, response: Response },
}

/// A connection of a client.
pub(super) struct Connection {
    stream: TcpStream,
    /// Bytes that were received and are not used yet.
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        let _ = stream.set_nodelay(true);
        let _ = stream.set_write_timeout(Some(IDLE_TIME));
        Self { stream, buffer: Vec::new() }
    }

    /// Refuses a connection beyond the limit.
    pub(super) fn refuse(mut self) {
        let _ = self.stream.set_write_timeout(Some(Duration::from_millis(100)));
        let _ = self
            .stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    /// The next request. `None` at the end of the connection.
    pub(super) fn request(&mut self) -> Result<Option<Received>, Lost> {
        if self.buffer.is_empty() && !self.fill(Instant::now() + IDLE_TIME)? {
            return Ok(None);
        }
        let deadline = Instant::now() + REQUEST_TIME;
        let head = loop {
            match Head::parse(&self.buffer) {
                Ok(Some(head)) => break head,
                Ok(None) if self.buffer.len() > LARGEST_HEAD => {
                    let detail = "the head of the request is larger than 64 KiB";
                    return Ok(Some(refused(Request::default(), 431, detail)));
                }
                Ok(None) => {}
                Err(Malformed(message)) => return Ok(Some(refused(Request::default(), 400, &message))),
            }
            if !self.fill(deadline)? {
                return Err(Lost);
            }
        };
        self.buffer.drain(..head.head_bytes.min(self.buffer.len()));
        let mut request = head.request;
        let too_large = |request| refused(request, 413, "the body is larger than 16 MiB");
        if matches!(head.framing, Framing::Length(length) if length > LARGEST_BODY) {
            return Ok(Some(too_large(request)));
        }
        if head.expects_continue && self.buffer.is_empty() && head.framing != Framing::Length(0) {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        match head.framing {
            Framing::Length(length) => {
                while self.buffer.len() < length {
                    if !self.fill(deadline)? {
                        return Err(Lost);
                    }
                }
                request.body = self.buffer.drain(..length).collect();
            }
            Framing::Chunked => {
                let mut decoder = chunked::Decoder::default();
                loop {
                    match decoder.decode(&mut self.buffer, &mut request.body) {
                        Ok(true) => break,
                        Ok(false) if request.body.len() > LARGEST_BODY => return Ok(Some(too_large(request))),
                        Ok(false) => {}
                        Err(Malformed(message)) => return Ok(Some(refused(request, 400, &message))),
                    }
                    if !self.fill(deadline)? {
                        return Err(Lost);
                    }
                }
            }
        }
        Ok(Some(Received::Complete { request, is_last: head.is_last }))
    }

    /// Receives bytes. Returns false at the end of the stream.
    fn fill(&mut self, deadline: Instant) -> Result<bool, Lost> {
        let left = deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).ok_or(Lost)?;
        self.stream.set_read_timeout(Some(left))?;
        let mut bytes = [0; 16 << 10];
        let count = self.stream.read(&mut bytes)?;
        self.buffer.extend(bytes.get(..count).unwrap_or_default());
        Ok(count > 0)
    }

    pub(super) fn respond(&mut self, request: &Request, response: &Response, is_last: bool) -> Result<(), Lost> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", response.status, response.reason());
        for (name, value) in &response.headers {
            let value: String = value.chars().filter(|sign| !sign.is_control()).collect();
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !matches!(response.status, 204 | 304) {
            head.push_str(&format!("Content-Length: {}\r\n", response.body.len()));
        }
        if is_last {
            head.push_str("Connection: close\r\n");
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if !request.method.eq_ignore_ascii_case("HEAD") {
            bytes.extend(&response.body);
        }
        self.stream.write_all(&bytes)?;
        Ok(())
    }

    /// Closes the connection. Unread bytes are received first, since a client could lose the response otherwise.
    pub(super) fn close(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let deadline = Instant::now() + Duration::from_secs(2);
        let mut dropped = 0;
        while dropped < DRAINED && self.fill(deadline).unwrap_or(false) {
            dropped += self.buffer.len();
            self.buffer.clear();
        }
    }
}

/// A request with a problem as its response.
fn refused(request: Request, status: u16, detail: &str) -> Received {
    let headers = vec![("Content-Type".to_owned(), "application/problem+json".to_owned())];
    let mut response = Response { status, headers, body: Vec::new() };
    let body = serde_json::json!({ "title": response.reason(), "status": status, "detail": detail });
    response.body = body.to_string().into_bytes();
    Received::Refused { request, response }
}
