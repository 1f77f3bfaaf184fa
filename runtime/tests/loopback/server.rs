//! The server on the loopback interface of all tests with sockets. It knows HTTP/1.1 as far as it needs, and does not know
//! the runtime. A test of another behaviour takes the connections itself ([`Server::connections`]).
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A running server. It ends with the test's process.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// URL of its root, without a slash at the end.
    pub(crate) base: String,
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request that the server read.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// The request line and the headers, with the empty line.
    pub(crate) head: String,
    /// The body without its transfer coding. It is shorter if the client closes the connection early.
    pub(crate) body: Vec<u8>,
}

/// The handling of one request. The connection ends after it.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Sends these bytes.
    Bytes(Vec<u8>),
    /// Sends a status, a media type, chunks, and the end of the chunks if `true`.
    Chunks(u16, &'static str, Vec<Vec<u8>>, bool),
    /// Sends nothing.
    Reset,
    /// Closes before the end of the request, so that the system sends a reset.
    Slam,
    /// Sends nothing, and closes after 20 s.
    Silence,
}

/// A response with a status line, headers and a body.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    // A response to HEAD has the length of the body that it omits.
    if !headers.iter().any(|(name, _)| *name == "content-length") {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    Reply::Bytes([head.as_bytes(), b"\r\n", body].concat())
}

/// A JSON response.
pub(crate) fn json(status: u16, body: &str) -> Reply {
    reply(status, &[("content-type", "application/json")], body)
}

impl Reply {
    /// Adds a header to bytes.
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        let Self::Bytes(bytes) = self else { return self };
        let line = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let (status, rest) = bytes.split_at(line);
        Self::Bytes([status, format!("{name}: {value}\r\n").as_bytes(), rest].concat())
    }

    fn send(&self, stream: &mut impl Write) -> std::io::Result<()> {
        match self {
            Self::Bytes(bytes) => stream.write_all(bytes),
            Self::Chunks(status, media, chunks, ends) => {
                let head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\ncontent-type: {media}\r\n");
                let coding = if *status == 204 { "\r\n" } else { "transfer-encoding: chunked\r\n\r\n" };
                stream.write_all(format!("{head}{coding}").as_bytes())?;
                for chunk in chunks {
                    stream.write_all(&[format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())?;
                }
                if *ends && *status != 204 { stream.write_all(b"0\r\n\r\n") } else { Ok(()) }
            }
            Self::Reset | Self::Slam => Ok(()),
            Self::Silence => {
                thread::sleep(Duration::from_secs(20));
                Ok(())
            }
        }
    }
}

impl From<String> for Reply {
    fn from(text: String) -> Self {
        Self::Bytes(text.into_bytes())
    }
}

/// Handles the connection of a number by the reply of this number, or by the last one.
fn in_turn<S: Read + Write>(
    replies: Vec<Reply>,
    wrap: impl Fn(TcpStream) -> S + Send + Sync + 'static,
) -> impl Fn(&Server, usize, TcpStream) + Send + Sync + 'static {
    move |server, turn, stream| {
        let reply = replies.get(turn).or(replies.last()).unwrap_or(&Reply::Reset);
        server.exchange(wrap(stream), reply, |_| reply.clone());
    }
}

impl Server {
    /// Starts a server with one reply for each connection. The last reply is repeated.
    pub(crate) fn start(replies: Vec<Reply>) -> Self {
        Self::start_over(replies, |stream| stream)
    }

    /// Starts a server at an address that is free.
    pub(crate) fn start_at(address: SocketAddr, replies: Vec<Reply>) -> Self {
        Self::listen(TcpListener::bind(address).unwrap(), in_turn(replies, |stream| stream))
    }

    /// Starts a server with one reply for each connection, over another protocol such as TLS.
    pub(crate) fn start_over<S: Read + Write>(
        replies: Vec<Reply>,
        wrap: impl Fn(TcpStream) -> S + Send + Sync + 'static,
    ) -> Self {
        Self::serve(in_turn(replies, wrap))
    }

    /// Starts a server whose replies depend on its URL and the request, as a string.
    pub(crate) fn respond<R: Into<Reply>>(respond: impl Fn(&str, &str) -> R + Send + Sync + 'static) -> Self {
        Self::serve(move |server, _, stream| {
            server.exchange(stream, &Reply::Reset, |request| respond(&server.base, &request.text()).into());
        })
    }

    /// Starts a server that sends each body back with its media type.
    pub(crate) fn echo() -> Self {
        Self::serve(move |server, _, stream| {
            server.exchange(stream, &Reply::Reset, |request| {
                let media = request.header("content-type").unwrap_or("text/plain");
                reply(200, &[("content-type", media)], &request.body)
            });
        })
    }

    /// Starts a server that passes each connection to a function, in a thread of its own. It records no requests.
    pub(crate) fn connections(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        Self::serve(move |_, _, stream| handle(stream))
    }

    fn serve(handle: impl Fn(&Self, usize, TcpStream) + Send + Sync + 'static) -> Self {
        Self::listen(TcpListener::bind("127.0.0.1:0").unwrap(), handle)
    }

    fn listen(listener: TcpListener, handle: impl Fn(&Self, usize, TcpStream) + Send + Sync + 'static) -> Self {
        let address = listener.local_addr().unwrap();
        let server = Self { base: format!("http://{address}"), address, requests: Arc::default() };
        let (own, handle) = (server.clone(), Arc::new(handle));
        thread::spawn(move || {
            for (turn, stream) in listener.incoming().enumerate() {
                let (own, handle, stream) = (own.clone(), Arc::clone(&handle), stream.unwrap());
                let _ = stream.set_nodelay(true);
                thread::spawn(move || handle(&own, turn, stream));
            }
        });
        server
    }

    /// Reads and records a request, and sends the reply. `planned` decides how much is read.
    fn exchange(&self, stream: impl Read + Write, planned: &Reply, respond: impl FnOnce(&Request) -> Reply) {
        let mut reader = BufReader::new(stream);
        if matches!(planned, Reply::Slam) {
            // The rest stays unread in the socket. Thus the system sends a reset.
            let _ = reader.get_mut().read(&mut [0; 1]);
            return;
        }
        let Some(request) = Request::read(&mut reader) else { return };
        self.requests.lock().unwrap().push(request.clone());
        let _ = respond(&request).send(reader.get_mut());
    }

    /// The requests so far as strings, with their heads and bodies.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(Request::text).collect()
    }

    /// The heads of the requests in lower case.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.requests.lock().unwrap().iter().map(|request| request.head.to_lowercase()).collect()
    }

    /// The head of the last request.
    pub(crate) fn head(&self) -> String {
        self.requests.lock().unwrap().last().map(|request| request.head.clone()).unwrap_or_default()
    }

    /// The request lines without the version.
    pub(crate) fn lines(&self) -> Vec<String> {
        let first = |text: &String| text.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
        self.requests().iter().map(first).collect()
    }

    /// The requests to paths with this prefix.
    pub(crate) fn to(&self, path: &str) -> Vec<String> {
        let fits = |request: &String| request.split(' ').nth(1).is_some_and(|target| target.starts_with(path));
        self.requests().into_iter().filter(fits).collect()
    }
}

impl Request {
    /// Reads a request. Returns `None` if the connection ends within the head.
    pub(crate) fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut head).unwrap_or(0) == 0 {
                return None;
            }
        }
        let mut request = Self { head: String::from_utf8_lossy(&head).into_owned(), body: Vec::new() };
        if let Some(length) = request.header("content-length").and_then(|length| length.parse().ok()) {
            let _ = reader.take(length).read_to_end(&mut request.body);
        } else if request.header("transfer-encoding").is_some() {
            let _ = request.read_chunks(reader);
        }
        Some(request)
    }

    fn read_chunks(&mut self, reader: &mut impl BufRead) -> std::io::Result<()> {
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Ok(length) = u64::from_str_radix(line.trim(), 16) else { return Ok(()) };
            reader.by_ref().take(length).read_to_end(&mut self.body)?;
            reader.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    /// The value of a header, whose name is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    fn text(&self) -> String {
        format!("{}{}", self.head, String::from_utf8_lossy(&self.body))
    }
}
