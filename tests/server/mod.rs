//! A loopback server on raw sockets: it handles each connection by the next script, and records requests.
#![allow(dead_code, reason = "each test file uses a part")]

use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The handling of a connection after its request.
#[derive(Debug, Clone)]
pub enum Script {
    /// Sends these bytes, then closes.
    Bytes(Vec<u8>),
    /// Closes without a response.
    Reset,
    /// Closes before the end of the request, so that the system sends a reset.
    Slam,
    /// Sends nothing for a long time.
    Silence,
}

/// A running server.
#[derive(Debug, Clone)]
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

/// A self-signed certificate and its key, both in DER.
pub fn certificate(names: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let own = rcgen::generate_simple_self_signed(names).unwrap();
    (own.cert.der().to_vec(), own.signing_key.serialize_der())
}

impl Server {
    /// Starts a server with one script for each connection. The last script is repeated.
    pub fn start(scripts: Vec<Script>) -> Self {
        Self::serve(scripts, None)
    }

    /// Starts a server over TLS.
    pub fn start_tls((certificate, key): (Vec<u8>, Vec<u8>), scripts: Vec<Script>) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate)], PrivatePkcs8KeyDer::from(key).into());
        Self::serve(scripts, Some(Arc::new(config.unwrap())))
    }

    fn serve(scripts: Vec<Script>, tls: Option<Arc<rustls::ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for (turn, stream) in listener.incoming().enumerate() {
                let Ok(stream) = stream else { return };
                let script = scripts[turn.min(scripts.len() - 1)].clone();
                let seen = Arc::clone(&seen);
                let tls = tls.clone();
                thread::spawn(move || match tls {
                    None => run_script(stream, &script, &seen),
                    Some(config) => {
                        let session = rustls::ServerConnection::new(config).unwrap();
                        let mut stream = rustls::StreamOwned::new(session, stream);
                        run_script(&mut stream, &script, &seen);
                        stream.conn.send_close_notify();
                        let _ = stream.flush();
                    }
                });
            }
        });
        Self { address, requests }
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Head and body of every request so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn run_script(mut stream: impl Read + Write, script: &Script, seen: &Mutex<Vec<String>>) {
    let mut request = Vec::new();
    if matches!(script, Script::Slam) {
        let read = stream.read(&mut [0; 1]);
        seen.lock().unwrap().push(format!("{read:?}"));
        return;
    }
    let mut chunk = [0; 4096];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(n) => request.extend_from_slice(&chunk[..n]),
        }
        if request.windows(4).any(|window| window == b"\r\n\r\n") {
            break;
        }
    }
    seen.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
    match script {
        Script::Bytes(bytes) => {
            let _ = stream.write_all(bytes);
        }
        Script::Reset | Script::Slam => {}
        Script::Silence => thread::sleep(Duration::from_secs(20)),
    }
}

/// A complete HTTP/1.1 response.
pub fn http(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Script {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    Script::Bytes(bytes)
}

/// A JSON response.
pub fn json(status: &str, body: &str) -> Script {
    http(status, &[("content-type", "application/json")], body)
}
