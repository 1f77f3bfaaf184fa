//! The checked-in client over real TLS, and where there is no connection at all.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use spec_sync::Client;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

const ID: &str = "11111111-2222-3333-4444-555555555555";
const MISSING: &str = r#"{"errors":["not found"]}"#;

/// Answers every request on a certificate made here; gives its address and the certificate.
fn server() -> (SocketAddr, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            thread::spawn(move || answer(stream, config));
        }
    });
    (address, cert.der().to_vec())
}

fn answer(stream: std::net::TcpStream, config: Arc<rustls::ServerConfig>) {
    let mut stream = rustls::StreamOwned::new(rustls::ServerConnection::new(config).unwrap(), stream);
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(n) => request.extend_from_slice(&chunk[..n]),
        }
    }
    let head = "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let _ = write!(stream, "{head}content-length: {}\r\n\r\n{MISSING}", MISSING.len());
    let _ = stream.flush();
    stream.conn.send_close_notify();
    let _ = stream.flush();
}

type Failed = spec_sync::Error<spec_sync::models::ApiErrorResponse>;

async fn call(address: SocketAddr, roots: Vec<Vec<u8>>) -> Failed {
    let transport = clientsmith_runtime::transport::reqwest::Reqwest::with_roots(roots).unwrap();
    let client = Client::builder()
        .base_url(format!("https://localhost:{}", address.port()))
        .api_key_auth("the-api-key")
        .app_key_auth("the-app-key")
        .transport(transport)
        .max_retries(0)
        .build()
        .unwrap();
    client.security_monitoring().get_security_monitoring_integration_config(ID).send().await.unwrap_err()
}

#[tokio::test]
async fn a_trusted_certificate_gives_an_answer() {
    let (address, certificate) = server();
    let error = call(address, vec![certificate]).await;
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.api().unwrap().errors, ["not found"]);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_gives_none() {
    let (address, _) = server();
    let error = call(address, Vec::new()).await;
    assert!(error.is_transport() && error.status().is_none(), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

#[tokio::test]
async fn a_certificate_that_is_none_is_refused() {
    assert!(clientsmith_runtime::transport::reqwest::Reqwest::with_roots([vec![1, 2, 3]]).is_err());
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_said() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = call(address, Vec::new()).await;
    assert!(error.is_transport() && !error.is_timeout(), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(!error.to_string().contains("the-api-key"));
}
