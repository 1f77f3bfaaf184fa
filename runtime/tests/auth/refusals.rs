//! Servers that refuse every request: the number of token requests, and the errors.

use super::{builder, call, credentials, send, send_concurrently, token_server};
use crate::server::{Server, json};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{OAuth, SecurityRequirement};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

both!(requests_two_tokens_when_the_api_always_refuses, |way| {
    for lifetime in [r#","expires_in":3600"#, ""] {
        let server = token_server(lifetime, |_| false);
        let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
        for _ in 0..20 {
            let error = send(way, &client).unwrap_err();
            assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
        }
        assert_eq!((server.to("/token").len(), server.to("/pets").len()), (2, 21));
    }
});

both!(refreshes_a_refused_token_after_the_interval, |way| {
    let server = token_server("", |_| false);
    let oauth = credentials().refresh_interval(Duration::from_secs(2));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    for _ in 0..3 {
        send(way, &client).unwrap_err();
    }
    assert_eq!(server.to("/token").len(), 2);
    thread::sleep(Duration::from_millis(2_100));
    for _ in 0..3 {
        send(way, &client).unwrap_err();
    }
    assert_eq!(server.to("/token").len(), 3);
});

both!(shares_an_expired_token_with_waiting_calls, |way| {
    for lifetime in [r#","expires_in":0"#, r#","expires_in":-1"#] {
        let server = token_server(lifetime, |token| !token.is_empty());
        let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
        for call in send_concurrently(way, &client, 64) {
            call.unwrap();
        }
        assert!(server.to("/token").len() < 10, "{}", server.to("/token").len());
    }
});

both!(remembers_a_refusal_of_the_token_server, |way| {
    let refusing = || Server::respond(|_, _| json(401, r#"{"error":"invalid_client"}"#));
    let server = refusing();
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for _ in 0..20 {
        let error = send(way, &client).unwrap_err();
        assert!(error.kind() == ErrorKind::Auth && error.to_string().contains("invalid_client"), "{error}");
    }
    assert_eq!(server.to("/token").len(), 1);

    let server = refusing();
    let oauth = credentials().refusal_memory(Duration::ZERO);
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    for _ in 0..3 {
        send(way, &client).unwrap_err();
    }
    assert_eq!(server.to("/token").len(), 3);
});

both!(does_not_remember_transient_failures, |way| {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| match request.starts_with("POST /token") {
        true if count.fetch_add(1, Ordering::SeqCst) == 0 => json(503, "{}"),
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(200, "1"),
    });
    let client = builder(&server).max_retries(0).credential_from("oauth", credentials()).build().unwrap();
    send(way, &client).unwrap_err();
    send(way, &client).unwrap();
});

/// A token server that sends this response, and an API that accepts every request.
fn token_server_with(status: u16, body: &'static str) -> Server {
    Server::respond(move |_, request| match request.starts_with("POST /") {
        true => json(status, body),
        false => json(200, "1"),
    })
}

both!(sends_a_single_use_grant_once, |way| {
    for status in [408, 429, 500, 502, 503, 504] {
        let server = token_server_with(status, r#"{"error":"temporarily_unavailable"}"#);
        let sent = |oauth: OAuth, path: &str| {
            let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
            let before = server.to(path).len();
            let call = call(&client, "GET", const { &[&[SecurityRequirement::new("oauth", &[])]] });
            let error = way.send(call.timeout(Duration::from_secs(10))).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Auth);
            server.to(path).len() - before
        };
        assert_eq!(sent(OAuth::refresh_token("me", "r0"), "/refresh"), 1, "{status}");
        assert_eq!(sent(credentials().parameter("assertion", "e30.e30."), "/token"), 1, "{status}");
        assert_eq!(sent(credentials(), "/token"), 3, "{status}: client credentials can be sent again");
    }
});

#[test]
fn retries_a_token_request_that_was_not_sent() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::respond(|_, _| json(200, "1"));
    thread::spawn(move || {
        // The token endpoint starts while the client connects.
        thread::sleep(Duration::from_millis(30));
        Server::start_at(address, vec![json(200, r#"{"access_token":"t"}"#)]);
    });
    let oauth = OAuth::refresh_token("me", "r0").token_url(format!("http://{address}/token"));
    let client = clientsmith_runtime::ClientBuilder::new(&super::API).base_url(&server.base);
    let client = client.max_retries(20).credential_from("oauth", oauth).build().unwrap();
    call(&client, "GET", super::READ).send_blocking().unwrap();
}

both!(reports_the_error_of_a_200_token_response, |way| {
    let server =
        token_server_with(200, r#"{"error":"bad_verification_code","error_description":"The code has expired."}"#);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = send(way, &client).unwrap_err();
    let line = "without an access token: bad_verification_code: The code has expired.";
    assert!(error.to_string().ends_with(line), "{error}");
});

both!(refuses_tokens_of_another_type, |way| {
    for kind in ["mac", "DPoP", "N_A"] {
        let body: &str = Box::leak(format!(r#"{{"access_token":"t","token_type":"{kind}"}}"#).into_boxed_str());
        let server = token_server_with(200, body);
        let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
        let error = send(way, &client).unwrap_err();
        assert!(error.kind() == ErrorKind::Auth && error.to_string().contains(kind), "{error}");
        assert!(server.to("/pets").is_empty());
        let client = builder(&server).credential_from("oauth", credentials().token_type(kind)).build().unwrap();
        send(way, &client).unwrap();
    }
    for kind in ["bearer", "BEARER", "BearerToken", ""] {
        let body: &str = Box::leak(format!(r#"{{"access_token":"t","token_type":"{kind}"}}"#).into_boxed_str());
        let server = token_server_with(200, body);
        send(way, &builder(&server).credential_from("oauth", credentials()).build().unwrap()).unwrap();
    }
});
