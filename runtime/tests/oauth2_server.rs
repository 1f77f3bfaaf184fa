//! Tokens of oauth2-mock-server: client credentials, refresh tokens, refresh after a 401, TLS.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed test panics, also in its helper functions"
)]

#[path = "loopback/certificates.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod certificates;
#[path = "../../tests/peers/mod.rs"]
mod peers;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use base64::Engine;
use certificates::Authority;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::transport::ureq::Ureq;
use clientsmith_runtime::{
    AnyCall, Api, Client, ClientBuilder, Json, OAuth, OperationSpec, SchemeKind, SecurityRequirement, SecurityScheme,
    body, from_json_slice,
};
use peers::Peer;
use server::{Server, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use way::both;

static API: Api = Api::new("pets/1.0.0", "https://api.example.com/v1")
    .schemes(&[SecurityScheme::new("oauth", SchemeKind::oauth().client_credentials("/token").refresh("/token"))])
    .security(&[&[SecurityRequirement::new("oauth", &["read", "write"])]]);

fn pets(client: &Client) -> AnyCall<Json, Json> {
    let operation = OperationSpec::new("op", "POST", "/pets").security(API.security);
    client.call(&operation, body::json, body::json)
}

fn builder(api: &Server) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(&api.base)
}

/// An API that returns the claims of the token, and refuses this many of its first requests.
fn api(refused: usize) -> Server {
    let count = AtomicUsize::new(0);
    Server::respond(move |_, request| {
        let token = request.split("authorization: Bearer ").nth(1).and_then(|rest| rest.split("\r\n").next());
        let claims = token.and_then(claims).filter(|_| count.fetch_add(1, Ordering::SeqCst) >= refused);
        claims.map_or_else(|| json(401, "{}"), |claims| json(200, &claims.to_string()))
    })
}

/// The claims of a signed token (RFC 7519).
fn claims(token: &str) -> Option<Json> {
    let parts: Vec<&str> = token.split('.').collect();
    let [_, claims, signature] = parts[..] else { return None };
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).ok()?;
    from_json_slice(&bytes).ok().filter(|_| signature.len() > 100)
}

/// The issued access and refresh tokens.
type Issued = Arc<Mutex<Vec<(String, Option<String>)>>>;

fn recorded(oauth: OAuth, server: &Peer) -> (OAuth, Issued) {
    let issued = Issued::default();
    let seen = Arc::clone(&issued);
    let oauth = oauth.token_url(format!("{}/token", server.base())).on_token(move |token| {
        let refresh = token.refresh_token.as_ref().map(|token| token.expose().to_owned());
        assert_eq!(token.lifetime.unwrap().as_secs(), 3600);
        seen.lock().unwrap().push((token.access_token.expose().to_owned(), refresh));
    });
    (oauth, issued)
}

both!(obtains_one_token_by_client_credentials, |way| {
    let Some(server) = peers::programs::oauth2(None) else { return };
    let api = api(0);
    let oauth = OAuth::client_credentials("me", "s3cret +ü").parameter("aud", "https://pets.test/ ü");
    let (oauth, issued) = recorded(oauth, &server);
    let client = builder(&api).credential_from("oauth", oauth).build().unwrap();
    for _ in 0..5 {
        let claims = way.send(pets(&client)).unwrap();
        assert_eq!((&claims["scope"], &claims["aud"]), (&"read write".into(), &"https://pets.test/ ü".into()));
        assert_eq!(claims["iss"], format!("http://localhost:{}", server.port()));
    }
    assert_eq!(issued.lock().unwrap().len(), 1);
});

both!(refreshes_a_refused_token_once, |way| {
    let Some(server) = peers::programs::oauth2(None) else { return };
    for (refused, requests) in [(1, 2), (9, 2)] {
        let api = api(refused);
        let (oauth, issued) = recorded(OAuth::client_credentials("me", "s3cret"), &server);
        let client = builder(&api).credential_from("oauth", oauth).build().unwrap();
        match way.send(pets(&client)) {
            Ok(claims) => assert_eq!((refused, &claims["scope"]), (1, &"read write".into())),
            Err(error) => assert_eq!((refused, error.status().unwrap().as_u16()), (9, 401), "{error}"),
        }
        assert_eq!((api.to("/pets").len(), issued.lock().unwrap().len()), (requests, requests));
    }
});

both!(follows_refresh_token_rotation, |way| {
    let Some(server) = peers::programs::oauth2(None) else { return };
    let api = api(1);
    let (oauth, issued) = recorded(OAuth::refresh_token("me", "the first").client_secret("s3cret"), &server);
    let client = builder(&api).credential_from("oauth", oauth).build().unwrap();
    assert_eq!(way.send(pets(&client)).unwrap()["sub"], "johndoe");
    let issued = issued.lock().unwrap();
    assert!(issued.len() == 2 && issued[0].1.is_some() && issued[0].1 != issued[1].1, "{issued:?}");
});

both!(reports_token_server_errors_without_secrets, |way| {
    let Some(server) = peers::programs::oauth2(None) else { return };
    let api = api(0);
    // An unsupported grant, and a path that does not exist.
    for (oauth, status) in [
        (OAuth::client_credentials("me", "s3cret").parameter("grant_type", "another"), "400"),
        (OAuth::client_credentials("me", "s3cret").token_url(format!("{}/nowhere", server.base())), "404"),
    ] {
        let oauth = if status == "400" { oauth.token_url(format!("{}/token", server.base())) } else { oauth };
        let client = builder(&api).credential_from("oauth", oauth).build().unwrap();
        let error = way.send(pets(&client)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth, "{error}");
        assert!(error.to_string().contains(status), "{error}");
        assert!(!format!("{error}{error:?}").contains("s3cret"), "{error:?}");
    }
    assert!(api.to("/").is_empty());
});

both!(requests_tokens_over_the_transport_of_the_client, |way| {
    let root = Authority::root();
    let own = root.sign("localhost", 2200);
    let folder = peers::folder();
    let (chain, key) =
        (folder.join(format!("oauth2-{way:?}-chain.pem")), folder.join(format!("oauth2-{way:?}-key.pem")));
    std::fs::write(&chain, &own.chain).unwrap();
    std::fs::write(&key, &own.key).unwrap();
    let Some(server) = peers::programs::oauth2(Some((&chain, &key))) else { return };
    let api = api(0);
    for trusted in [true, false] {
        let (mut hyper, mut ureq) = (Hyper::builder(), Ureq::builder());
        if trusted {
            (hyper, ureq) = (hyper.root_certificate(root.pem.as_str()), ureq.root_certificate(root.pem.as_str()));
        }
        let oauth =
            OAuth::client_credentials("me", "s3cret").token_url(format!("https://localhost:{}/token", server.port()));
        let client = builder(&api).transport(hyper.build().unwrap()).blocking_transport(ureq.build().unwrap());
        let client = client.credential_from("oauth", oauth).build().unwrap();
        match way.send(pets(&client)) {
            Ok(claims) => assert!(trusted && claims["scope"] == "read write"),
            Err(error) => {
                assert!(!trusted && error.to_string().contains("certificate"), "{error}");
                assert!(!format!("{error}{error:?}").contains("s3cret"), "{error:?}");
            }
        }
    }
    drop((std::fs::remove_file(chain), std::fs::remove_file(key)));
});
