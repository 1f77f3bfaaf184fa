#!/usr/bin/env bash
# The SOCKS and tunnel connectors of hyper-util ask the proxy for port 443 when the address of a plain `http` request names no port,
# and their errors hide the cause.
#
# Guess:     `http://plain.example/` goes through a proxy to port 80, the default of its scheme; and when the proxy ends the
#            connection in the handshake, the `source()` of the error is the I/O error.
# Versions:  crates hyper-util 0.1.21, hyper 1.12.0.
# Behaviour: `SocksV4`, `SocksV5` and `Tunnel` take 443 for every address without a port, whatever its scheme; the request then reaches
#            the TLS port of the server in plain text. `SocksError` and `TunnelError` implement `Error` without `source`, so
#            a program sees "io error during SOCKS handshake" and never the kind of the I/O error.
# Here:      the transport `hyper` names the port itself (`names_the_port_to_a_socks_proxy` in `runtime/tests/proxies.rs`).
# Source:    RFC 9110, section 4.2.1 (port 80 is the default of `http`); RFC 1928, section 4.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --name seen --vcs none
cat >>Cargo.toml <<'TOML'
hyper = "=1.12.0"
hyper-util = { version = "=0.1.21", features = ["client-legacy", "client-proxy", "http1", "tokio"] }
tokio = { version = "=1.54.1", features = ["io-util", "macros", "net", "rt"] }
tower-service = "=0.3.3"
TOML
cat >src/main.rs <<'RUST'
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::legacy::connect::HttpConnector;
use std::error::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tower_service::Service;

/// Bytes that the proxy receives. It sends `reply` before the last ones, and then ends the connection.
async fn received(listener: &TcpListener, reply: &[u8]) -> Vec<u8> {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = vec![0; 1024];
    let mut length = stream.read(&mut bytes).await.unwrap();
    if !reply.is_empty() {
        stream.write_all(reply).await.unwrap();
        length = stream.read(&mut bytes).await.unwrap();
    }
    bytes.truncate(length);
    bytes
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy: hyper::Uri = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let to = || hyper::Uri::from_static("http://plain.example/");
    let http = HttpConnector::new;

    let (error, bytes) = tokio::join!(SocksV5::new(proxy.clone(), http()).call(to()), received(&listener, &[5, 0]));
    let five = u16::from_be_bytes([bytes[bytes.len() - 2], bytes[bytes.len() - 1]]);
    let error = error.unwrap_err();
    let (_, bytes) = tokio::join!(SocksV4::new(proxy.clone(), http()).call(to()), received(&listener, &[]));
    let four = u16::from_be_bytes([bytes[2], bytes[3]]);
    let (tunnel, bytes) = tokio::join!(Tunnel::new(proxy.clone(), http()).call(to()), received(&listener, &[]));
    let line = String::from_utf8_lossy(&bytes).lines().next().unwrap().to_owned();
    println!("SocksV5: port {five}; {error}; source: {}", error.source().is_some());
    println!("SocksV4: port {four}");
    println!("Tunnel: {line}; source: {}", tunnel.unwrap_err().source().is_some());
}
RUST
cargo run -q >seen
cat seen
diff seen - <<'EXPECTED' || { echo "the behaviour changed"; exit 1; }
SocksV5: port 443; SOCKS error: io error during SOCKS handshake; source: false
SocksV4: port 443
Tunnel: CONNECT plain.example:443 HTTP/1.1; source: false
EXPECTED
