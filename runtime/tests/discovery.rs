//! Discovery of the token server by the metadata of an OpenID provider or an OAuth 2 server, on sockets and with
//! oauth2-mock-server.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "../../tests/peers/mod.rs"]
mod peers;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{
    AnyCall, Api, Client, ClientBuilder, Error, Json, OAuth, OperationSpec, SchemeKind, SecurityRequirement,
    SecurityScheme, body,
};
use server::{Server, json};
use std::thread;
use std::time::Duration;
use way::{SendMode, both};

const METADATA: &str = "/.well-known/openid-configuration";
const OF_TENANT: &str = "/.well-known/oauth-authorization-server/tenants/1";
static READ: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("identity", &["read"])]];
static WRITE: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("identity", &["write"])]];

fn openid(provider: impl Into<String>) -> SchemeKind {
    SchemeKind::open_id(Box::leak(provider.into().into_boxed_str()))
}

fn oauth(metadata: impl Into<String>) -> SchemeKind {
    SchemeKind::oauth().metadata(Box::leak(metadata.into().into_boxed_str()))
}

/// An API whose description has this scheme.
fn api(kind: SchemeKind) -> &'static Api {
    let schemes = Box::leak(Box::new([SecurityScheme::new("identity", kind)]));
    let api = Api::new("pets/1.0.0", "https://api.example.com").schemes(schemes).security(READ);
    Box::leak(Box::new(api))
}

fn client(routes: &Server, kind: SchemeKind, oauth: OAuth) -> Client {
    let builder = ClientBuilder::new(api(kind)).base_url(&routes.base).max_retries(1);
    builder.header("x-own", "own s3cret").credential_from("identity", oauth).build().unwrap()
}

fn call(client: &Client, security: &'static [&'static [SecurityRequirement]]) -> AnyCall<Json, Json> {
    let operation = OperationSpec::new("op", "GET", "/pets").security(security);
    client.call(&operation, body::json, body::json)
}

fn me() -> OAuth {
    OAuth::client_credentials("me", "s3cret")
}

/// A provider with these metadata (`{base}` is its own URL), and an API that accepts its tokens.
fn provider(metadata: &'static str) -> Server {
    Server::respond(move |base, request| match request.split(' ').nth(1).unwrap() {
        METADATA | OF_TENANT | "/odd.json" => {
            thread::sleep(Duration::from_millis(50));
            json(200, &metadata.replace("{base}", base))
        }
        "/tokens" => json(200, r#"{"access_token":"t1","expires_in":3600}"#),
        "/pets" if request.contains("authorization: Bearer t1\r\n") => json(200, "1"),
        _ => json(404, "{}"),
    })
}

fn assert_refused(error: &Error<Json>, line: &str) {
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains(line), "{error}");
    assert!(!format!("{error}{error:?}").contains("s3cret"), "{error:?}");
}

fn check_read_once(way: SendMode, kind: SchemeKind) {
    let routes = provider(r#"{"issuer":"{base}","token_endpoint":"{base}/tokens"}"#);
    let client = client(&routes, kind, me());
    assert!(routes.to("/").is_empty(), "no request is sent before a token is needed");
    thread::scope(|scope| {
        for security in [READ, WRITE, READ, WRITE] {
            let client = &client;
            scope.spawn(move || way.send(call(client, security)).unwrap());
        }
    });
    way.send(call(&client, READ)).unwrap();
    let requests = routes.to(METADATA);
    assert_eq!((requests.len(), routes.to("/tokens").len(), routes.to("/pets").len()), (1, 2, 5));
    let requests = requests.concat().to_lowercase();
    assert!(requests.starts_with("get ") && requests.contains("user-agent: pets/1.0.0\r\n"), "{requests}");
    assert!(
        !requests.contains("s3cret") && !requests.contains("authorization") && !requests.contains("x-own"),
        "{requests}"
    );
    let token = routes.to("/tokens").remove(0);
    assert!(token.starts_with("POST ") && token.contains("authorization: Basic bWU6czNjcmV0\r\n"), "{token}");
}

both!(reads_metadata_once_without_credentials, |way| {
    check_read_once(way, openid(METADATA));
    check_read_once(way, oauth(METADATA));
});

both!(appends_the_well_known_path_to_an_issuer, |way| {
    let routes = provider(r#"{"token_endpoint":"{base}/tokens"}"#);
    way.send(call(&client(&routes, openid(format!("{}/", routes.base)), me()), READ)).unwrap();
    way.send(call(&client(&routes, openid("/odd.json"), me()), READ)).unwrap();
    assert_eq!((routes.to("/odd.json").len(), routes.to(METADATA).len()), (1, 1));
    // The caller's `token_url` is preferred.
    way.send(call(&client(&routes, openid(METADATA), me().token_url("/tokens")), READ)).unwrap();
    assert_eq!(routes.to(METADATA).len(), 1);
});

both!(finds_oauth_metadata_of_a_tenant, |way| {
    for tenant in ["/tenants/1", "/tenants/1/"] {
        let routes = provider(r#"{"token_endpoint":"{base}/tokens"}"#);
        way.send(call(&client(&routes, oauth(format!("{}{tenant}", routes.base)), me()), READ)).unwrap();
        assert_eq!((routes.to("/tenants/1").len(), routes.to(OF_TENANT).len()), (1, 1));
    }
});

both!(flows_with_a_token_url_need_no_metadata, |way| {
    let person = || OAuth::refresh_token("me", "the first");
    let described = SchemeKind::oauth().metadata(METADATA);
    for (kind, oauth, requests) in [
        (described.client_credentials("/tokens"), me(), 0),
        (described.refresh("/tokens"), person(), 0),
        // The token URL of another flow does not count.
        (described.client_credentials("/nowhere"), person(), 1),
        (described.refresh("/nowhere"), me(), 1),
        (SchemeKind::oauth().refresh("/tokens"), me(), 0),
    ] {
        let routes = provider(r#"{"token_endpoint":"{base}/tokens"}"#);
        way.send(call(&client(&routes, kind, oauth), READ)).unwrap();
        assert_eq!((routes.to(METADATA).len(), routes.to("/nowhere").len()), (requests, 0));
    }
});

both!(accepts_another_issuer_of_a_multi_tenant_provider, |way| {
    for metadata in [
        r#"{"issuer":"https://login.example.com/{tenantid}/v2.0","token_endpoint":"{base}/tokens"}"#,
        r#"{"issuer":"https://sts.example.com/3f0c/","token_endpoint":"{base}/tokens"}"#,
    ] {
        let routes = provider(metadata);
        for kind in [openid(METADATA), oauth(METADATA)] {
            way.send(call(&client(&routes, kind, me()), READ)).unwrap();
        }
    }
});

both!(refuses_metadata_and_token_urls_without_tls, |way| {
    let routes = provider(r#"{"token_endpoint":"http://login.example.com/tokens"}"#);
    type Kind = fn(String) -> SchemeKind;
    for (name, kind) in [("OpenID", openid as Kind), ("OAuth", oauth as Kind)] {
        let error = way.send(call(&client(&routes, kind(METADATA.to_owned()), me()), READ)).unwrap_err();
        assert_refused(
            &error,
            &format!("the {name} metadata at {}{METADATA} has a `token_endpoint` without TLS", routes.base),
        );
        for base in ["http://login.example.com", "ftp://127.0.0.1"] {
            for path in [METADATA, ""] {
                let plain = client(&routes, kind(format!("{base}{path}")), me());
                let line = format!("the {name} metadata at {base}{path} would be requested without TLS");
                assert_refused(&way.send(call(&plain, READ)).unwrap_err(), &line);
            }
        }
    }
    assert!(routes.to("/tokens").is_empty() && routes.to("/pets").is_empty());
});

both!(reports_unusable_metadata, |way| {
    let routes = provider(r#"{"issuer":"{base}"}"#);
    let error = way.send(call(&client(&routes, openid(METADATA), me()), READ)).unwrap_err();
    assert_refused(&error, "has no `token_endpoint`");
    let error = way.send(call(&client(&routes, oauth("/nowhere"), me()), READ)).unwrap_err();
    assert_refused(&error, &format!("there is no OAuth metadata at {}/nowhere: status 404", routes.base));
    let error = way.send(call(&client(&routes, openid("/nowhere/.well-known/x"), me()), READ)).unwrap_err();
    assert_refused(&error, "there is no OpenID metadata at");
    // The client does not follow a redirect, and the next call requests the metadata again.
    let away = Server::respond(|_, _| {
        "HTTP/1.1 302 Away\r\nconnection: close\r\nlocation: /else\r\ncontent-length: 0\r\n\r\n".to_owned()
    });
    let client = client(&away, openid(METADATA), me());
    for requests in 1..=2 {
        assert_refused(&way.send(call(&client, READ)).unwrap_err(), "status 302");
        assert_eq!((away.to(METADATA).len(), away.to("/else").len()), (requests, 0));
    }
});

both!(times_out_during_discovery, |way| {
    let routes = Server::respond(|_, _| {
        thread::sleep(Duration::from_secs(2));
        json(200, "{}")
    });
    let error =
        way.send(call(&client(&routes, oauth(METADATA), me()), READ).timeout(Duration::from_millis(200))).unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
});

both!(works_with_oauth2_mock_server, |way| {
    let Some(server) = peers::programs::oauth2(None) else { return };
    let routes = Server::respond(|_, request| match request.contains("authorization: Bearer ey") {
        true => json(200, "1"),
        false => json(401, "{}"),
    });
    let well_known = format!("http://localhost:{}{METADATA}", server.port());
    for provider in [well_known, format!("http://localhost:{}", server.port())] {
        way.send(call(&client(&routes, openid(provider.clone()), me()), READ)).unwrap();
        let person = OAuth::refresh_token("me", "the first");
        way.send(call(&client(&routes, openid(provider), person), READ)).unwrap();
    }
    // The server has no metadata at the path of RFC 8414.
    way.send(call(&client(&routes, oauth(format!("http://localhost:{}{METADATA}", server.port())), me()), READ))
        .unwrap();
});
