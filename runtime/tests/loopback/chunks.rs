//! A server on the loopback interface that sends bodies in chunks of its own choice. Knows TCP; must not know the runtime.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Plays its answers, one for a connection; the last one again and again.
pub(crate) struct Chunks {
    /// Address of its root.
    pub(crate) base: String,
    heads: Arc<Mutex<Vec<String>>>,
}

/// An answer: its status, media type, chunks, and whether it comes to its end.
#[derive(Clone)]
pub(crate) struct Answer(pub(crate) u16, pub(crate) &'static str, pub(crate) Vec<Vec<u8>>, pub(crate) bool);

impl Chunks {
    /// Starts on a port that is free. It ends with the test's process.
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        std::thread::spawn(move || {
            for (index, stream) in listener.incoming().enumerate() {
                let answer = answers.get(index).or(answers.last()).cloned().unwrap();
                play(stream.unwrap(), &answer, &seen);
            }
        });
        Self { base, heads }
    }

    /// Heads of the requests, in order and small letters.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn play(mut stream: TcpStream, Answer(status, media, chunks, ends): &Answer, seen: &Mutex<Vec<String>>) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.extend(byte);
    }
    seen.lock().unwrap().push(String::from_utf8_lossy(&head).to_lowercase());
    let _ = stream.set_nodelay(true);
    let head = format!("HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-type: {media}\r\n");
    let body = if *status == 204 { "\r\n" } else { "transfer-encoding: chunked\r\n\r\n" };
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
    for chunk in chunks {
        let sized = [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
        let _ = stream.write_all(&sized);
    }
    if *ends && *status != 204 {
        let _ = stream.write_all(b"0\r\n\r\n");
    }
}
