//! TLS with nginx: whom to trust, client certificates, HTTP/2, the system's TLS, proxies.
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "http2"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test says so by a panic, in its shared functions too")]

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
use clientsmith_runtime::transport::reqwest::Reqwest;
use clientsmith_runtime::transport::ureq::Ureq;
use clientsmith_runtime::{Client, Error, Json, Response, Transport};
use connect::Connect;
use peers::nginx::Nginx;
use std::collections::BTreeSet;

/// The stacks of TLS. `SECOND` asks for a certificate of the client.
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

/// What a stack is given.
#[derive(Default)]
struct Given<'g> {
    root: Option<&'g str>,
    identity: Option<&'g Signed>,
    proxy: Option<String>,
}

impl Stack {
    /// Makes the call that most tests make.
    fn send(self, base: &str, given: &Given<'_>) -> Result<Response<Json>, Error<Json>> {
        let client = self.client(base, given);
        let mut operation = operation("GET", "/pets");
        operation.security = api::API.security;
        let call = call(&client, &operation);
        match self {
            Self::Blocking => call.send_blocking(),
            _ => tokio::runtime::Runtime::new().unwrap().block_on(call.send()),
        }
    }

    fn client(self, base: &str, given: &Given<'_>) -> Client {
        let client = builder(base).credential("key", "the-key").credential("app", "the-app");
        match self {
            Self::Blocking => client.blocking_transport(self.blocking(given)).build().unwrap(),
            _ => client.transport(self.transport(given)).build().unwrap(),
        }
    }

    fn transport(self, given: &Given<'_>) -> impl Transport + 'static {
        let mut builder = Reqwest::builder();
        #[cfg(feature = "native-tls")]
        if self == Self::System {
            builder = builder.native_tls();
        }
        if let Some(root) = given.root {
            builder = builder.root_certificate(root);
        }
        if let Some(own) = given.identity {
            builder = builder.client_certificate(own.chain.as_str(), own.key.as_str());
        }
        builder = match &given.proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder.no_proxy(),
        };
        builder.build().unwrap()
    }

    fn blocking(self, given: &Given<'_>) -> impl Transport + 'static {
        let mut builder = Ureq::builder();
        if let Some(root) = given.root {
            builder = builder.root_certificate(root);
        }
        if let Some(own) = given.identity {
            builder = builder.client_certificate(own.chain.as_str(), own.key.as_str());
        }
        builder = match &given.proxy {
            Some(proxy) => builder.proxy(proxy),
            None => builder.no_proxy(),
        };
        builder.build().unwrap()
    }
}

/// nginx with a certificate, that asks for one of an authority at its second port.
fn start(own: &Signed, clients: &Authority, more: &str) -> Option<Nginx> {
    let files =
        [("chain.pem", own.chain.as_bytes()), ("key.pem", own.key.as_bytes()), ("clients.pem", clients.pem.as_bytes())];
    let pets = r#"location / { return 200 '{"protocol":"$server_protocol","tls":"$ssl_protocol","name":"$ssl_server_name","who":"$ssl_client_s_dn","connection":"$connection"}'; }"#;
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
fn a_chain_to_a_given_root_is_trusted() {
    let root = Authority::root();
    let below = root.below();
    let mut own = below.sign("localhost", GOOD);
    own.chain.push_str(&below.pem);
    let Some(nginx) = start(&own, &root, "") else { return };
    for stack in STACKS {
        let answer = stack.send(&nginx.tls(), &Given { root: Some(&root.pem), ..Given::default() });
        let answer = answer.unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!((&answer["tls"], &answer["name"]), (&"TLSv1.3".into(), &"localhost".into()), "{stack:?}");
        let protocol = if *stack == Stack::Blocking { "HTTP/1.1" } else { "HTTP/2.0" };
        assert_eq!(answer["protocol"], protocol, "{stack:?}");
    }
}

#[test]
fn what_must_not_be_trusted_gets_nothing() {
    let (root, other) = (Authority::root(), Authority::root());
    let trusted = || Given { root: Some(&root.pem), ..Given::default() };
    for (what, own, given) in [
        ("expired", root.sign("localhost", 2021), trusted()),
        ("another name", root.sign("elsewhere.test", GOOD), trusted()),
        ("another authority", other.sign("localhost", GOOD), trusted()),
        ("no authority", root.sign("localhost", GOOD), Given::default()),
    ] {
        let Some(nginx) = start(&own, &root, "") else { return };
        for stack in STACKS {
            let error = stack.send(&nginx.tls(), &given).unwrap_err();
            assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{what}, {stack:?}: {error}");
            assert!(error.to_string().to_lowercase().contains("certificate"), "{what}, {stack:?}: {error}");
            assert!(!format!("{error:?}{error}").contains("the-key"));
        }
        assert!(nginx.accesses(0).is_empty(), "{what}");
    }
}

#[test]
fn an_old_version_of_tls_is_spoken_and_a_dead_one_is_not() {
    let root = Authority::root();
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, "ssl_protocols TLSv1.2;") else { return };
    for stack in STACKS {
        let answer = stack.send(&nginx.tls(), &Given { root: Some(&root.pem), ..Given::default() }).unwrap();
        assert_eq!(answer["tls"], "TLSv1.2", "{stack:?}");
    }
    let dead = "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;";
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, dead) else { return };
    for stack in STACKS {
        let error = stack.send(&nginx.tls(), &Given { root: Some(&root.pem), ..Given::default() }).unwrap_err();
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{stack:?}: {error}");
    }
}

#[test]
fn a_client_proves_itself_by_a_certificate() {
    let (root, clients) = (Authority::root(), Authority::root());
    let Some(nginx) = start(&root.sign("localhost", GOOD), &clients, "") else { return };
    let base = format!("https://localhost:{}", nginx.second());
    let own = clients.sign("the-program", GOOD);
    for stack in STACKS {
        let given = Given { root: Some(&root.pem), identity: Some(&own), ..Given::default() };
        let answer = stack.send(&base, &given).unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!(answer["who"], "CN=the-program", "{stack:?}");
        // nginx answers those who have none; one of a stranger too.
        let stranger = root.sign("a-stranger", GOOD);
        for identity in [None, Some(&stranger)] {
            let error = stack.send(&base, &Given { root: Some(&root.pem), identity, ..Given::default() }).unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(400), "{stack:?}: {error}");
        }
    }
}

#[test]
fn many_calls_share_a_connection_of_http2_and_survive_its_end() {
    let root = Authority::root();
    let own = root.sign("localhost", GOOD);
    let Some(nginx) = start(&own, &root, "keepalive_requests 50; http2_max_concurrent_streams 8;") else { return };
    for stack in STACKS.iter().filter(|stack| **stack != Stack::Blocking) {
        let client = stack.client(&nginx.tls(), &Given { root: Some(&root.pem), ..Given::default() });
        let connections: BTreeSet<String> = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let send = || async {
                let answer =
                    call(&client, &operation("POST", "/pets")).retries(0).json(&Json::Null).send().await.unwrap();
                answer["connection"].to_string()
            };
            let mut connections = BTreeSet::from([send().await]);
            // More at a time than the server allows, and more in all than it takes on a connection: it says goodbye.
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
fn a_proxy_gets_the_name_and_its_own_password_and_nothing_else() {
    let root = Authority::root();
    let Some(nginx) = start(&root.sign("localhost", GOOD), &root, "") else { return };
    for stack in STACKS {
        let proxy = Connect::start("Basic dXNlcjpwYTpzcw==");
        let address = format!("http://user:pa%3Ass@{}", proxy.address);
        let given = Given { root: Some(&root.pem), proxy: Some(address), ..Given::default() };
        let answer = stack.send(&nginx.tls(), &given).unwrap_or_else(|error| panic!("{stack:?}: {error}"));
        assert_eq!(answer["tls"], "TLSv1.3", "{stack:?}");
        let heads = proxy.heads();
        assert!(heads[0].starts_with(&format!("CONNECT {} HTTP/1.1\r\n", &nginx.tls()[8..])), "{heads:?}");
        assert!(heads.len() == 1 && !heads[0].contains("the-key"), "{heads:?}");
    }
}

#[test]
fn a_proxy_that_refuses_is_said_and_its_password_is_not() {
    for stack in STACKS {
        let proxy = Connect::start("Basic another");
        let given = Given { proxy: Some(format!("http://user:pa55@{}", proxy.address)), ..Given::default() };
        let error = stack.send("https://localhost:1", &given).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{stack:?}: {error}");
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{stack:?}: {error}");
        assert!(!format!("{error:?}{error}").contains("pa55"), "{error:?}");
        let Some(source) = std::error::Error::source(&error) else { continue };
        assert!(!format!("{source:?}{source}").contains("pa55"), "{source:?}");
    }
}
