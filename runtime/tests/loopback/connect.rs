//! A proxy on the loopback interface for CONNECT (RFC 9110, section 9.3.6). Independent of the runtime.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A proxy that connects requests with the right credentials.
pub(crate) struct ConnectProxy {
    pub(crate) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl ConnectProxy {
    /// Starts a proxy on a free port. It ends with the test's process.
    pub(crate) fn start(authorization: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || connect(stream.unwrap(), authorization, &seen));
            }
        });
        Self { address, heads }
    }

    /// The head of each CONNECT request.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn connect(mut client: TcpStream, authorization: &str, seen: &Mutex<Vec<String>>) {
    let (mut head, mut byte) = (Vec::new(), [0; 1]);
    while !head.ends_with(b"\r\n\r\n") {
        if !matches!(client.read(&mut byte), Ok(1)) {
            return;
        }
        head.extend(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    seen.lock().unwrap().push(head.clone());
    let allowed = head.lines().any(|line| {
        line.split_once(": ")
            .is_some_and(|(name, value)| name.eq_ignore_ascii_case("proxy-authorization") && value == authorization)
    });
    if !allowed {
        drop(client.write_all(
            b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        ));
        return;
    }
    let target = head.split(' ').nth(1).unwrap_or_default().replace("localhost", "127.0.0.1");
    let Ok(server) = TcpStream::connect(target) else { return };
    drop(client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n"));
    let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    std::thread::spawn(move || {
        drop(std::io::copy(&mut from, &mut to));
        drop(to.shutdown(std::net::Shutdown::Write));
    });
    let mut server = server;
    drop(std::io::copy(&mut client, &mut server));
    drop(server.shutdown(std::net::Shutdown::Write));
}
