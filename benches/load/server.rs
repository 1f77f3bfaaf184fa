//! The server of the load: keep-alive, one thread for each connection, and faults in turn if requested.

use super::plain::PAGE;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// The delay of a slow response.
pub const SLOW: Duration = Duration::from_millis(1_500);

/// Of a hundred requests with faults, the server resets, rejects and delays those with these numbers.
const RESET: usize = 17;
const REJECTED: usize = 42;
const DELAYED: usize = 71;

/// A server in its own process, which ends with this value.
pub struct Server {
    process: Child,
    pub base: String,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut process = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut base = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut base).unwrap();
        Self { process, base: base.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Prints the URL, and serves forever.
pub fn serve(faults: bool) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    serve_on(&listener, faults);
}

/// Serves forever.
pub fn serve_on(listener: &TcpListener, faults: bool) {
    let turn = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let (stream, turn) = (stream.unwrap(), Arc::clone(&turn));
        thread::spawn(move || {
            let _ = respond_to_all(stream, faults.then_some(&*turn));
        });
    }
}

fn respond_to_all(mut stream: TcpStream, faults: Option<&AtomicUsize>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let good = response("200 OK", "", PAGE);
    let rejected = response("429 Too Many Requests", "retry-after: 1\r\n", r#"{"errors":["slower"]}"#);
    loop {
        // Before the rest of the request is read: closing now makes the system send a reset.
        let mut first = [0];
        let available = reader.get_mut().peek(&mut first)?;
        if available == 0 {
            return Ok(());
        }
        let turn = faults.map(|turn| turn.fetch_add(1, Ordering::Relaxed) % 100);
        if turn == Some(RESET) {
            stream.read_exact(&mut first)?;
            return Ok(());
        }
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n\r\n") {
            if reader.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
        }
        match turn {
            Some(REJECTED) => stream.write_all(&rejected)?,
            Some(DELAYED) => {
                thread::sleep(SLOW);
                stream.write_all(&good)?;
            }
            Some(_) | None => stream.write_all(&good)?,
        }
    }
}

fn response(status: &str, header: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nx-ratelimit-limit: 300\r\n\
         x-request-id: 0123456789abcdef\r\n{header}\r\n{body}"
    )
    .into_bytes()
}
