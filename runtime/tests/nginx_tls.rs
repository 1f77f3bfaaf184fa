//! TLS with nginx: trust, client certificates, HTTP/2, the system's TLS, proxies.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "http2"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/certificates.rs"]
mod certificates;
#[path = "loopback/connect.rs"]
mod connect;
#[path = "../../tests/peers/mod.rs"]
mod peers;

use api::{builder, call, operation};
use certificates::{Authority, Signed};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::transport::ureq::Ureq;
use clientsmith_runtime::{Client, Error, Json, Response, Transport};
use connect::ConnectProxy;
use peers::nginx::Nginx;
use std::collections::BTreeSet;

/// The TLS implementations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stack {
    Rustls,
    #[cfg(feature = "native-tls")]
    System,
    Blocking,
}

const STACKS: &[Stack] = &[
    Stack::Rustls,
    #[cfg(feature = "native-tls")]
    Stack::System,
    Stack::Blocking,
];

/// The TLS settings of a client.
#[derive(Default)]
struct Settings<'g> {
    root: Option<&'g str>,
    identity: Option<&'g Signed>,
    proxy: Option<String>,
}

impl Stack {
    /// Sends a call with these settings.
    fn send(self, base: &str, settings: &Settings<'_>) -> Result<Response<Json>, Error<Json>> {
        let client = self.client(base, settings);
        let mut operation = operation("GET", "/pets");
        operation.security = api::API.security;
        let call = call(&client, &operation);
        match self {
            Self::Blocking => call.send_blocking(),
            _ => tokio::runtime::Runtime::new().unwrap().block_on(call.send()),
        }
    }

    fn client(self, base: &str, settings: &Settings<'_>) -> Client {
        let client = builder(base).credential("key", "the-key").credential("app", "the-app");
        match self {
            Self::Blocking => client.blocking_transport(self.blocking(settings)).build().unwrap(),
            _ => client.transport(self.transport(settings)).build().unwrap(),
        }
    }

    fn transport(self, settings: &Settings<'_>) -> impl Transport + 'static {
        let mut builder = Hyper::builder();
        #[cfg(feature = "native-tls")]
        if self == Self::System {
            builder = builder.native_tls();
        }
        if let Some(root) = settings.root {
            builder = builder.root_certificate(root);
        }
        if let Some(own) = settings.identity {
            builder = builder.client_certificate(own.chain.as_str(), own.key.as_str());
        }
        builder = match &settings.proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder.no_proxy(),
        };
        builder.build().unwrap()
    }

    fn blocking(self, settings: &Settings<'_>) -> impl Transport + 'static {
        let mut builder = Ureq::builder();
        if let Some(root) = settings.root {
            builder = builder.root_certificate(root);
        }
        if let Some(own) = settings.identity {
            builder = builder.client_certificate(own.chain.as_str(), own.key.as_str());
        }
        builder = match &settings.proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder.no_proxy(),
        };
        builder.build().unwrap()
    }
}

/// Starts nginx with a certificate. Its second port requires a client certificate.
fn start(own: &Signed, clients: &Authority, more: &str) -> Option<Nginx> {
    let files =
        [("chain.pem", own.chain.as_bytes()), ("key.pem", own.key.as_bytes()), ("clients.pem", clients.pem.as_bytes())];
    let pets = r#"location / { return 200 '{"protocol":"$server_protocol","tls":"$ssl_protocol","name":"$ssl_server_name","subject":"$ssl_client_s_dn","connection":"$connection"}'; }"#;
    Nginx::start(
        &files,
        &format!(
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate chain.pem; ssl_certificate_key key.pem;
            server {{ listen 127.0.0.1:PORT ssl http2; {more} {pets} }}
            server {{ listen 127.0.0.1:SECOND ssl; ssl_verify_client on; ssl_client_certificate clients.pem; {pets} }}"
        ),
    )
}

const GOOD: i32 = 2200;

#[test]
fn trusts_a_chain_to_the_given_root() {
    let root = Authority::root();
    let intermediate = root.intermediate();
    let mut own = intermediate.sign("localhost", GOOD);
    own.chain.push_str(&intermediate.pem);
    let Some(nginx) = start(&own, &root, "") else { return };
    for stack in STACKS {
        let response = stack.send(&nginx.tls(), &Settings { root: Some(&root.pem), ..Settings::default() });
        let response = response.unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!((&response["tls"], &response["name"]), (&"TLSv1.3".into(), &"localhost".into()), "{stack:?}");
        let protocol = if *stack == Stack::Blocking { "HTTP/1.1" } else { "HTTP/2.0" };
        assert_eq!(response["protocol"], protocol, "{stack:?}");
    }
}

#[test]
fn refuses_untrusted_certificates() {
    let (root, other) = (Authority::root(), Authority::root());
    let trusted = || Settings { root: Some(&root.pem), ..Settings::default() };
    for (reason, own, settings) in [
        ("expired", root.sign("localhost", 2021), trusted()),
        ("another name", root.sign("elsewhere.test", GOOD), trusted()),
        ("another authority", other.sign("localhost", GOOD), trusted()),
        ("no authority", root.sign("localhost", GOOD), Settings::default()),
    ] {
        let Some(nginx) = start(&own, &root, "") else { return };
        for stack in STACKS {
            let error = stack.send(&nginx.tls(), &settings).unwrap_err();
            assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{reason}, {stack:?}: {error}");
            assert!(error.to_string().to_lowercase().contains("certificate"), "{reason}, {stack:?}: {error}");
            assert!(!format!("{error:?}{error}").contains("the-key"));
        }
        assert!(nginx.accesses(0).is_empty(), "{reason}");
    }
}

#[test]
fn accepts_tls_1_2_and_refuses_tls_1_1() {
    let root = Authority::root();
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, "ssl_protocols TLSv1.2;") else { return };
    for stack in STACKS {
        let response = stack.send(&nginx.tls(), &Settings { root: Some(&root.pem), ..Settings::default() }).unwrap();
        assert_eq!(response["tls"], "TLSv1.2", "{stack:?}");
    }
    let dead = "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;";
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, dead) else { return };
    for stack in STACKS {
        let error = stack.send(&nginx.tls(), &Settings { root: Some(&root.pem), ..Settings::default() }).unwrap_err();
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{stack:?}: {error}");
    }
}

#[test]
fn sends_a_client_certificate() {
    let (root, clients) = (Authority::root(), Authority::root());
    let Some(nginx) = start(&root.sign("localhost", GOOD), &clients, "") else { return };
    let base = format!("https://localhost:{}", nginx.second());
    let own = clients.sign("the-program", GOOD);
    for stack in STACKS {
        let settings = Settings { root: Some(&root.pem), identity: Some(&own), ..Settings::default() };
        let response = stack.send(&base, &settings).unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!(response["subject"], "CN=the-program", "{stack:?}");
        // nginx responds with status 400 without a certificate, and to one of another authority.
        let stranger = root.sign("a-stranger", GOOD);
        for identity in [None, Some(&stranger)] {
            let error =
                stack.send(&base, &Settings { root: Some(&root.pem), identity, ..Settings::default() }).unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(400), "{stack:?}: {error}");
        }
    }
}

#[test]
fn shares_http2_connections_and_replaces_closed_ones() {
    let root = Authority::root();
    let own = root.sign("localhost", GOOD);
    let Some(nginx) = start(&own, &root, "keepalive_requests 50; http2_max_concurrent_streams 8;") else { return };
    for stack in STACKS.iter().filter(|stack| **stack != Stack::Blocking) {
        let client = stack.client(&nginx.tls(), &Settings { root: Some(&root.pem), ..Settings::default() });
        let connections: BTreeSet<String> = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let send = || async {
                let response =
                    call(&client, &operation("POST", "/pets")).max_retries(0).json(&Json::Null).send().await.unwrap();
                response["connection"].to_string()
            };
            let mut connections = BTreeSet::from([send().await]);
            // More concurrent calls than the server allows, and more requests than it accepts on a connection: it sends GOAWAY.
            for _ in 0..10 {
                let calls: Vec<_> =
                    (0..30).map(|_| call(&client, &operation("GET", "/pets")).send()).map(tokio::spawn).collect();
                for call in calls {
                    connections.insert(call.await.unwrap().unwrap()["connection"].to_string());
                }
            }
            connections
        });
        assert!((2..20).contains(&connections.len()), "{stack:?}: {connections:?}");
    }
}

#[test]
fn sends_a_proxy_only_the_host_and_its_credentials() {
    let root = Authority::root();
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, "") else { return };
    for stack in STACKS {
        let proxy = ConnectProxy::start("Basic dXNlcjpwYTpzcw==");
        let address = format!("http://user:pa%3Ass@{}", proxy.address);
        let settings = Settings { root: Some(&root.pem), proxy: Some(address), ..Settings::default() };
        let response = stack.send(&nginx.tls(), &settings).unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!(response["tls"], "TLSv1.3", "{stack:?}");
        let heads = proxy.heads();
        assert!(heads[0].starts_with(&format!("CONNECT {} HTTP/1.1\r\n", &nginx.tls()[8..])), "{heads:?}");
        assert!(heads.len() == 1 && !heads[0].contains("the-key"), "{heads:?}");
    }
}

#[test]
fn reports_a_refusing_proxy_without_its_password() {
    for stack in STACKS {
        let proxy = ConnectProxy::start("Basic another");
        let settings = Settings { proxy: Some(format!("http://user:pa55@{}", proxy.address)), ..Settings::default() };
        let error = stack.send("https://localhost:1", &settings).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{stack:?}: {error}");
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{stack:?}: {error}");
        assert!(!format!("{error:?}{error}").contains("pa55"), "{error:?}");
        let Some(source) = std::error::Error::source(&error) else { continue };
        assert!(!format!("{source:?}{source}").contains("pa55"), "{source:?}");
    }
}
