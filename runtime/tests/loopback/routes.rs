//! A server on the loopback interface that answers each request by a function. Knows TCP; must not know the runtime.

#[path = "request.rs"]
mod request;

use request::read;
use std::io::Write;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// Answers by a function.
pub(crate) struct Routes {
    /// Address of its root.
    pub(crate) base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: &str) -> String {
    let head = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-type: application/json\r\n");
    format!("{head}content-length: {}\r\n\r\n{body}", body.len())
}

impl Routes {
    /// Starts on a port that is free. The function is given the address of the server and the request, head and body.
    pub(crate) fn start(answer: impl Fn(&str, &str) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer, own) = (Arc::clone(&requests), Arc::new(answer), base.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, seen, answer) = (stream.unwrap(), Arc::clone(&seen), Arc::clone(&answer));
                let own = own.clone();
                std::thread::spawn(move || {
                    let request = read(&mut stream);
                    seen.lock().unwrap().push(request.clone());
                    drop(stream.write_all(answer(&own, &request).as_bytes()));
                });
            }
        });
        Self { base, requests }
    }

    /// Heads and bodies of what came to a path, in order.
    pub(crate) fn to(&self, path: &str) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let fits = |request: &&String| request.split(' ').nth(1).is_some_and(|target| target.starts_with(path));
        requests.iter().filter(fits).cloned().collect()
    }
}
