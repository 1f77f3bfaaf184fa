//! Proxies of the default transport: HTTP, HTTPS, SOCKS, and those of the environment.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/certificates.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod certificates;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/socks.rs"]
mod socks;
#[path = "loopback/tls.rs"]
mod tls;

use api::{builder, call, operation};
use certificates::Authority;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::transport::hyper::{Hyper, HyperBuilder};
use clientsmith_runtime::{Error, Json, Response};
use rustls::ServerConfig;
use server::{Server, json};
use socks::SocksProxy;
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

const GOOD: i32 = 2200;

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn send(base: &str, transport: HyperBuilder) -> Result<Response<Json>, Error<Json>> {
    let client = builder(base).max_retries(0).transport(transport.build().unwrap()).build().unwrap();
    runtime().block_on(call(&client, &operation("POST", "/pets")).send())
}

#[test]
fn sends_plain_http_with_the_whole_address_to_the_proxy() {
    let proxy = Server::start(vec![json(200, "1")]);
    for (login, expected) in [("", None), ("user:pa%3Ass@", Some("proxy-authorization: basic dxnlcjpwytpzcw=="))] {
        let address = format!("http://{login}{}", proxy.address);
        send("http://pets.invalid:81/v1", Hyper::builder().proxy(address)).unwrap();
        let head = proxy.heads().pop().unwrap();
        assert!(head.starts_with("post http://pets.invalid:81/v1/pets http/1.1\r\n"), "{head}");
        assert!(head.contains("\r\nhost: pets.invalid:81\r\n"), "{head}");
        let authorization = head.lines().find(|line| line.starts_with("proxy-authorization"));
        assert_eq!(authorization, expected, "{head}");
    }
}

#[test]
fn sends_plain_http_over_tls_to_the_proxy() {
    let root = Authority::root();
    // The proxy would choose HTTP/2 if it were offered.
    let config = tls::config(&root.sign("localhost", GOOD), &[b"h2", b"http/1.1"]);
    let proxy = Server::start_over(vec![json(200, "1")], tls::over(config));
    let address = format!("https://user:password@localhost:{}", proxy.address.port());
    send("http://pets.invalid", Hyper::builder().root_certificate(root.pem.as_str()).proxy(&address)).unwrap();
    let head = proxy.heads().pop().unwrap();
    assert!(head.starts_with("post http://pets.invalid/pets http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nproxy-authorization: basic "), "{head}");
    let error = send("http://pets.invalid", Hyper::builder().proxy(&address)).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{error}");
    assert!(!format!("{error:?}{error}").contains("password"), "{error:?}");
}

/// A proxy for CONNECT requests over TLS. It sends them to 127.0.0.1 and returns their heads.
fn tls_proxy(config: Arc<ServerConfig>) -> (SocketAddr, std::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    let (sender, heads) = std::sync::mpsc::channel();
    thread::spawn(move || {
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, sender) = (TlsAcceptor::from(Arc::clone(&config)), sender.clone());
                tokio::spawn(async move {
                    let mut stream = acceptor.accept(stream).await.unwrap();
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await.unwrap());
                    }
                    let head = String::from_utf8(head).unwrap();
                    let port: u16 = head.split([' ', ':']).nth(2).unwrap().parse().unwrap();
                    sender.send(head).unwrap();
                    let mut server = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
                });
            }
        });
    });
    (address, heads)
}

#[test]
fn sends_https_through_a_proxy_over_tls() {
    let root = Authority::root();
    let config = tls::config(&root.sign("localhost", GOOD), &[b"http/1.1"]);
    let server = Server::start_over(vec![json(200, "1")], tls::over(Arc::clone(&config)));
    let (proxy, heads) = tls_proxy(config);
    let base = format!("https://localhost:{}", server.address.port());
    let address = format!("https://user:password@localhost:{}", proxy.port());
    let builder = || Hyper::builder().root_certificate(root.pem.as_str());
    send(&base, builder().proxy(&address)).unwrap();
    let head = heads.recv().unwrap();
    assert!(head.starts_with(&format!("CONNECT localhost:{} HTTP/1.1\r\n", server.address.port())), "{head}");
    assert!(head.contains("Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA=="), "{head}");
    let head = server.head().to_lowercase();
    assert!(head.starts_with("post /pets http/1.1\r\n") && !head.contains("proxy"), "{head}");
}

#[test]
fn sends_through_socks_proxies() {
    let root = Authority::root();
    let secure = Server::start_over(vec![json(200, "1")], tls::over(tls::config(&root.sign("localhost", GOOD), &[])));
    let plain = Server::start(vec![json(200, "1")]);
    for (scheme, host) in
        [("socks5", "127.0.0.1"), ("socks5h", "localhost"), ("socks4", "127.0.0.1"), ("socks4a", "localhost")]
    {
        let proxy = SocksProxy::start(None);
        let transport = || {
            let builder = Hyper::builder().root_certificate(root.pem.as_str());
            builder.proxy(format!("{scheme}://{}", proxy.address))
        };
        let (first, second) = (plain.address.port(), secure.address.port());
        send(&format!("http://localhost:{first}"), transport()).unwrap();
        send(&format!("https://localhost:{second}"), transport()).unwrap();
        let version = &scheme[5..6];
        // The library may prefer the address `::1`, which is of version 5 only.
        let targets: Vec<_> = proxy.targets().iter().map(|target| target.replace("::1:", "127.0.0.1:")).collect();
        assert_eq!(targets, [format!("{version} {host}:{first}"), format!("{version} {host}:{second}")], "{scheme}");
    }
}

#[test]
fn logs_in_at_a_socks_proxy() {
    let server = Server::start(vec![json(200, "1")]);
    let proxy = SocksProxy::start(Some(("user", "pa:55")));
    let through =
        |login: &str| send(&server.base, Hyper::builder().proxy(format!("socks5h://{login}{}", proxy.address)));
    through("user:pa%3A55@").unwrap();
    for login in ["", "user:wr0ng@"] {
        let error = through(login).unwrap_err();
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{login}: {error}");
        assert!(!format!("{error:?}{error}").contains("wr0ng"), "{error:?}");
    }
    assert_eq!(server.requests().len(), 1);
}

/// Port 80 is the default of a plain address also for a proxy, whose own default is 443.
#[test]
fn names_the_port_to_a_socks_proxy() {
    let proxy = SocksProxy::start(None);
    for (base, port) in [("http://pets.invalid", 80), ("https://pets.invalid", 443)] {
        let _ = send(base, Hyper::builder().proxy(format!("socks5h://{}", proxy.address)));
        assert_eq!(proxy.targets().pop(), Some(format!("5 pets.invalid:{port}")));
    }
}

#[test]
fn refuses_invalid_addresses_of_proxies() {
    for address in ["", "ftp://user:pa55@proxy.example", "http://user:pa55@", "user:pa55 @proxy.example", "http://a b"]
    {
        let error = Hyper::builder().proxy(address).build().unwrap_err();
        assert!(error.to_string().contains("address of the proxy is invalid"), "{address}: {error}");
        assert!(!format!("{error:?}").contains("pa55"), "{error:?}");
    }
}

#[test]
fn connect_timeout_includes_proxies_and_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = listener.local_addr().unwrap();
    let timeout = Duration::from_millis(200);
    for (base, proxy) in [
        (format!("https://{silent}"), None),
        ("https://pets.invalid".to_owned(), Some(format!("http://{silent}"))),
        ("http://pets.invalid".to_owned(), Some(format!("https://{silent}"))),
        ("http://pets.invalid".to_owned(), Some(format!("socks5h://{silent}"))),
    ] {
        let builder = Hyper::builder().connect_timeout(timeout);
        let builder = if let Some(proxy) = &proxy { builder.proxy(proxy) } else { builder.no_proxy() };
        let start = Instant::now();
        let error = send(&base, builder).unwrap_err();
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{base} {proxy:?}: {error}");
        assert!(error.to_string().contains("timeout after 200ms"), "{error}");
        assert!((timeout..timeout * 10).contains(&start.elapsed()), "{base} {proxy:?}: {:?}", start.elapsed());
    }
}

#[test]
fn reads_the_environment() {
    let server = Server::start(vec![json(200, "1")]);
    let proxy = Server::start(vec![json(200, "2")]);
    let address = format!("http://user:password@{}", proxy.address);
    let sent = |variables: &[(&str, &str)]| {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "child_sends_as_the_environment_says", "--ignored", "--nocapture"]);
        for name in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "REQUEST_METHOD"] {
            child.env_remove(name).env_remove(name.to_lowercase());
        }
        let output = child.envs(variables.iter().copied()).env("PROXY_TEST_BASE", &server.base).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        let received = output.lines().find_map(|line| line.strip_prefix("received: ")).map(str::to_owned);
        received.unwrap_or(output)
    };
    let to = |name| (name, address.as_str());
    assert_eq!(sent(&[]), "1 1");
    assert_eq!(sent(&[to("HTTP_PROXY")]), "2 1");
    assert!(proxy.heads()[0].contains("proxy-authorization: basic "));
    assert_eq!(sent(&[to("http_proxy")]), "2 1");
    assert_eq!(sent(&[to("ALL_PROXY")]), "2 1");
    assert_eq!(sent(&[to("HTTPS_PROXY")]), "1 1");
    assert_eq!(sent(&[to("HTTP_PROXY"), ("NO_PROXY", "pets.example, 127.0.0.0/8")]), "1 1");
    assert_eq!(sent(&[to("HTTP_PROXY"), ("NO_PROXY", "pets.example")]), "2 1");
    // In a CGI script the variable is the request header `Proxy`.
    assert_eq!(sent(&[to("HTTP_PROXY"), ("REQUEST_METHOD", "GET")]), "1 1");
}

#[test]
#[ignore = "reads_the_environment runs it with variables"]
fn child_sends_as_the_environment_says() {
    let base = std::env::var("PROXY_TEST_BASE").unwrap();
    let received = |builder| send(&base, builder).unwrap().into_inner().to_string();
    println!("received: {} {}", received(Hyper::builder()), received(Hyper::builder().no_proxy()));
}
