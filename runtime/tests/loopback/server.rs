//! A server on the loopback interface that plays answers as raw bytes, in order. Knows TCP; must not know the runtime.

#[path = "request.rs"]
mod request;

use request::read;
use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one connection.
#[derive(Clone)]
pub(crate) enum Answer {
    /// These bytes are sent, then the connection ends.
    Bytes(String),
    /// The connection ends without an answer.
    Reset,
    /// Nothing happens for a while.
    Silence,
}

/// An answer with a status line, headers and a body.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut text = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\n");
    // An answer to HEAD says the length that the body would have.
    if !headers.iter().any(|(name, _)| *name == "content-length") {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    Answer::Bytes(format!("{text}\r\n{body}"))
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    answer(status, &[("content-type", "application/json")], body)
}

#[derive(Clone)]
/// Plays its answers, one for a connection; the last one again and again.
pub(crate) struct Server {
    /// Address of its root.
    pub(crate) base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts on a port that is free. It ends with the test's process.
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let answer = answers.get(index).or(answers.last()).cloned();
                let (mut stream, seen) = (stream.unwrap(), Arc::clone(&seen));
                std::thread::spawn(move || {
                    let request = read(&mut stream);
                    seen.lock().unwrap().push(request);
                    match answer {
                        Some(Answer::Bytes(text)) => drop(stream.write_all(text.as_bytes())),
                        Some(Answer::Silence) => std::thread::sleep(Duration::from_secs(5)),
                        Some(Answer::Reset) | None => {}
                    }
                });
            }
        });
        Self { base, requests }
    }

    /// Heads and bodies of what came, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// First lines of what came, without the version.
    pub(crate) fn lines(&self) -> Vec<String> {
        let first = |text: &String| text.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
        self.requests().iter().map(first).collect()
    }
}
