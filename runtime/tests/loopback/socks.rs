//! A SOCKS proxy on the loopback interface, versions 4, 4a and 5 (RFC 1928, RFC 1929). Independent of the runtime.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A proxy that connects to 127.0.0.1 for every host.
pub(crate) struct SocksProxy {
    pub(crate) address: SocketAddr,
    targets: Arc<Mutex<Vec<String>>>,
}

impl SocksProxy {
    /// Starts a proxy on a free port. Version 5 requires the user and password, if there are any.
    pub(crate) fn start(login: Option<(&'static str, &'static str)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let targets = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&targets);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let seen = Arc::clone(&seen);
                thread::spawn(move || connect(stream.unwrap(), login, &seen));
            }
        });
        Self { address, targets }
    }

    /// The version, host and port of each request.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

fn bytes<const N: usize>(client: &mut TcpStream) -> [u8; N] {
    let mut bytes = [0; N];
    let _ = client.read_exact(&mut bytes);
    bytes
}

fn text(client: &mut TcpStream, length: u8) -> String {
    let mut bytes = vec![0; length.into()];
    let _ = client.read_exact(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

fn until_zero(client: &mut TcpStream) -> String {
    let mut all = Vec::new();
    loop {
        match bytes(client) {
            [0] => return String::from_utf8(all).unwrap(),
            [byte] => all.push(byte),
        }
    }
}

fn connect(mut client: TcpStream, login: Option<(&str, &str)>, seen: &Mutex<Vec<String>>) {
    let [version] = bytes(&mut client);
    let (host, port) = match version {
        4 => {
            let [_, high, low, a, b, c, d] = bytes(&mut client);
            let _user = until_zero(&mut client);
            let host = if (a, b, c) == (0, 0, 0) {
                until_zero(&mut client)
            } else {
                std::net::Ipv4Addr::new(a, b, c, d).to_string()
            };
            client.write_all(&[0, 90, 0, 0, 0, 0, 0, 0]).unwrap();
            (host, u16::from_be_bytes([high, low]))
        }
        5 => {
            let [count] = bytes(&mut client);
            let methods = text(&mut client, count);
            let wanted = if login.is_some() { 2 } else { 0 };
            if !methods.as_bytes().contains(&wanted) {
                client.write_all(&[5, 255]).unwrap();
                return;
            }
            client.write_all(&[5, wanted]).unwrap();
            if let Some(login) = login {
                let [_, length] = bytes(&mut client);
                let user = text(&mut client, length);
                let [length] = bytes(&mut client);
                let password = text(&mut client, length);
                let allowed = (user.as_str(), password.as_str()) == login;
                client.write_all(&[1, u8::from(!allowed)]).unwrap();
                if !allowed {
                    return;
                }
            }
            let [_, _, _, kind] = bytes(&mut client);
            let host = match kind {
                1 => std::net::Ipv4Addr::from(bytes::<4>(&mut client)).to_string(),
                4 => std::net::Ipv6Addr::from(bytes::<16>(&mut client)).to_string(),
                _ => {
                    let [length] = bytes(&mut client);
                    text(&mut client, length)
                }
            };
            let port = u16::from_be_bytes(bytes(&mut client));
            client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).unwrap();
            (host, port)
        }
        _ => return,
    };
    seen.lock().unwrap().push(format!("{version} {host}:{port}"));
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { return };
    let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    thread::spawn(move || {
        drop(std::io::copy(&mut from, &mut to));
        drop(to.shutdown(Shutdown::Write));
    });
    let mut server = server;
    drop(std::io::copy(&mut client, &mut server));
    drop(server.shutdown(Shutdown::Write));
}
