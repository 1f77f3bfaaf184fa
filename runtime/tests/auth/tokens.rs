//! Access tokens: obtained, shared and refreshed, and the errors when that fails.

use super::{READ, WRITE, builder, call, credentials, send, send_concurrently, token_server};
use crate::server::{Reply, Server, json, reply};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{ClientAuthentication, Json, OAuth, SecurityRequirement};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

both!(obtains_a_token_once_for_all_calls, |way| {
    let server = token_server(r#","expires_in":3600"#, |token| token == "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in send_concurrently(way, &client, 40) {
        call.unwrap();
    }
    let requests = server.to("/token");
    assert_eq!((requests.len(), server.to("/pets").len()), (1, 40));
    let requests = &requests[0];
    assert!(requests.ends_with("\r\n\r\ngrant_type=client_credentials&scope=read"), "{requests}");
    assert!(requests.contains("authorization: Basic bWU6czNjcmV0JTIwJTJCJUMzJUJD\r\n"), "{requests}");
    assert!(
        requests.contains("content-type: application/x-www-form-urlencoded\r\n") && requests.contains("pets/1.0.0")
    );
});

both!(sends_the_client_secret_and_parameters_in_the_body, |way| {
    let server = token_server("", |_| true);
    let oauth = credentials().client_authentication(ClientAuthentication::Body).parameter("audience", "a b");
    let oauth = oauth.scopes(["x", "y"]).token_url(format!("{}/refresh?tenant=1", server.base));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(way, &client).unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    let requests = server.to("/refresh?tenant=1");
    let form = "grant_type=client_credentials&scope=x%20y&client_id=me&client_secret=s3cret%20%2B%C3%BC&audience=a%20b";
    assert!(requests.len() == 1 && requests[0].ends_with(form), "{requests:?}");
    assert!(!requests[0].contains("authorization"));
});

// The host of such a URL would be less than it looks.
both!(refuses_a_token_url_whose_port_is_no_number, |way| {
    let server = token_server("", |_| true);
    let oauth = credentials().token_url(format!("{}.pets.test/token", server.base));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    let error = send(way, &client).unwrap_err();
    assert!(error.to_string().contains("is not a valid URL of a token server"), "{error}");
    assert!(server.to("/").is_empty());
});

both!(obtains_a_token_with_the_scopes_of_the_operation, |way| {
    let server = token_server(r#","expires_in":"3600""#, |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    send(way, &client).unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    way.send(call(&client, "GET", const { &[&[SecurityRequirement::new("oauth", &["write"])]] })).unwrap();
    send(way, &client).unwrap();
    let requests: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(requests, ["read", "read%20write"], "a token with more scopes is good for fewer");
});

both!(refused_scopes_do_not_affect_other_operations, |way| {
    let server = Server::respond(|_, request| match request.starts_with("POST /token") {
        true if request.contains("write") => json(400, r#"{"error":"invalid_scope"}"#),
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(200, "1"),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = way.send(call(&client, "GET", WRITE)).unwrap_err();
    assert!(error.to_string().contains("invalid_scope"), "{error}");
    send(way, &client).unwrap();
    let requests: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(requests, ["read%20write", "read"]);
});

both!(does_not_renew_the_wider_scopes_of_an_expired_token, |way| {
    let server = token_server(r#","expires_in":1"#, |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    send(way, &client).unwrap();
    thread::sleep(Duration::from_millis(1100));
    send(way, &client).unwrap();
    let requests: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(requests, ["read%20write", "read"]);
});

both!(refreshes_a_token_before_it_expires, |way| {
    let server = token_server(r#","expires_in":2"#, |token| !token.is_empty());
    let client =
        builder(&server).credential_from("oauth", credentials().margin(Duration::from_secs(60))).build().unwrap();
    send(way, &client).unwrap();
    send(way, &client).unwrap();
    assert_eq!(server.to("/token").len(), 1, "half of the lifetime is the largest margin");
    thread::sleep(Duration::from_millis(1100));
    // One call refreshes the token. Other calls meanwhile use the old one.
    thread::scope(|scope| {
        let refreshing = scope.spawn(|| send(way, &client));
        while server.to("/token").len() < 2 {
            thread::sleep(Duration::from_millis(2));
        }
        send(way, &client).unwrap();
        refreshing.join().unwrap().unwrap();
    });
    let used: Vec<bool> = server.to("/pets").iter().map(|request| request.contains("Bearer t1")).collect();
    assert_eq!(used, [true, true, true, false]);
    assert_eq!(server.to("/token").len(), 2);
});

both!(uses_the_old_token_until_it_expires_when_a_refresh_fails, |way| {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| {
        if request.starts_with("POST /token") {
            return match count.fetch_add(1, Ordering::SeqCst) {
                0 => json(200, r#"{"access_token":"t1","expires_in":2}"#),
                _ => json(500, r#"{"error":"server_error"}"#),
            };
        }
        json(200, "1")
    });
    let client = builder(&server).credential_from("oauth", credentials()).max_retries(0).build().unwrap();
    send(way, &client).unwrap();
    thread::sleep(Duration::from_millis(1050));
    send(way, &client).unwrap();
    send(way, &client).unwrap();
    assert_eq!(server.to("/token").len(), 2, "not requested again at once");
    thread::sleep(Duration::from_secs(1));
    let error = send(way, &client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("500 Internal Server Error: server_error"), "{error}");
});

both!(refreshes_a_refused_token_once_for_any_method, |way| {
    let server = token_server(r#","expires_in":3600"#, |token| token == "t2");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    way.send(call(&client, "POST", READ).json(&Json::from("x"))).unwrap();
    let sent = server.to("/pets");
    assert!(sent.len() == 2 && sent.iter().all(|request| request.ends_with("\"x\"")), "{sent:?}");

    let server = token_server("", |_| false);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = send(way, &client).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!((server.to("/token").len(), server.to("/pets").len()), (2, 2));
});

both!(reports_the_401_when_no_new_token_is_available, |way| {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| match request.starts_with("POST /token") {
        true if count.fetch_add(1, Ordering::SeqCst) == 0 => json(200, r#"{"access_token":"t1"}"#),
        true => json(400, r#"{"error":"invalid_client"}"#),
        false => reply(401, &[("x-request-id", "r-1")], "who?"),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = send(way, &client).unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Auth, Some("r-1")), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), error.raw_body().unwrap().as_ref()), (401, &b"who?"[..]));
    assert!(error.to_string().ends_with("invalid_client (request r-1)"), "{error}");
});

both!(refreshes_once_for_many_refused_calls, |way| {
    let server = token_server(r#","expires_in":3600"#, |token| token != "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in send_concurrently(way, &client, 20) {
        call.unwrap();
    }
    assert_eq!(server.to("/token").len(), 2);
});

both!(follows_refresh_token_rotation, |way| {
    let server = token_server("", |token| token == "t2");
    let issued = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&issued);
    let oauth = OAuth::refresh_token("me", "r0").on_token(move |token| {
        recorder.lock().unwrap().push(token.refresh_token.clone().unwrap().expose().to_owned());
    });
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(way, &client).unwrap();
    let requests = server.to("/refresh");
    assert!(requests[0].ends_with("grant_type=refresh_token&refresh_token=r0&client_id=me"), "{requests:?}");
    assert!(requests[1].ends_with("grant_type=refresh_token&refresh_token=r1&client_id=me"), "{requests:?}");
    assert_eq!(*issued.lock().unwrap(), ["r1", "r2"]);
});

both!(reports_a_refusal_of_the_token_server_without_secrets, |way| {
    let body = r#"{"error":"invalid_client","error_description":"no s3cret +ü of me","access_token":"t0p"}"#;
    let server = Server::respond(|_, _| {
        thread::sleep(Duration::from_millis(50));
        json(400, body)
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in send_concurrently(way, &client, 5) {
        let error = call.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        let line = "no credential could be obtained for oauth: the token server responded with 400 Bad Request: \
                    invalid_client: no [redacted] of me";
        assert!(error.to_string().ends_with(line), "{error}");
        assert!(!format!("{error:?}").contains("s3cret"));
    }
    assert_eq!(server.to("/pets").len(), 0);
    let requests = server.to("/token").len();
    assert!(requests < 5, "waiting calls share the response: {requests}");
    let shown =
        format!("{client:?} {:?} {:?}", builder(&server).credential_from("oauth", credentials()), credentials());
    assert!(!shown.contains("s3cret"), "{shown}");
});

both!(retries_a_token_request_after_transient_failures, |way| {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| match request.starts_with("POST /token") {
        true if count.fetch_add(1, Ordering::SeqCst) == 0 => Reply::Reset,
        true if count.load(Ordering::SeqCst) == 2 => json(503, "{}"),
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(200, "1"),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    send(way, &client).unwrap();
    assert_eq!((server.to("/token").len(), server.to("/pets").len()), (3, 1));
});

both!(into_request_needs_an_obtained_token, |way| {
    let server = token_server("", |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = call(&client, "GET", READ).into_request().unwrap_err();
    assert!(error.to_string().contains("`into_request` does not wait for one"), "{error}");
    send(way, &client).unwrap();
    let request = call(&client, "GET", READ).into_request().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer t1");
});

both!(reads_unusual_token_responses, |way| {
    for body in [
        "\u{feff}{\"access_token\":\"t\"}",
        r#"{"access_token":"t","who":"\ud800"}"#,
        r#"{"access_token":"t","expires_in":"3600"}"#,
        r#"{"access_token":"t","expires_in":-5}"#,
        r#"{"access_token":"t","expires_in":99999999999999999999999999}"#,
        r#"{"access_token":"t","expires_in":null,"token_type":null}"#,
    ] {
        let server = Server::respond(move |_, request| match request.starts_with("POST /token") {
            true => json(200, body),
            false => json(if request.contains("Bearer t\r\n") { 200 } else { 401 }, "1"),
        });
        let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
        send(way, &client).unwrap();
        send(way, &client).unwrap();
        assert_eq!(server.to("/token").len(), 1, "{body}");
    }
});

both!(reports_the_message_of_the_token_server, |way| {
    for (body, message) in [
        (r#"{"message":"wrong tenant"}"#, "wrong tenant"),
        (r#"{"error":{"message":"wrong tenant"}}"#, "wrong tenant"),
        ("<html><title>Blocked</title><body><h1>Blocked</h1>by policy 7</body></html>", "Blocked by policy 7"),
        ("no route to the identity service", "no route to the identity service"),
        (r#"{"detail":"bad secret s3cret +ü or s3cret%20%2B%C3%BC"}"#, "bad secret [redacted] or [redacted]"),
        ("", "no message"),
    ] {
        let server = Server::respond(move |_, _| json(403, body));
        let error = send(way, &builder(&server).credential_from("oauth", credentials()).build().unwrap()).unwrap_err();
        assert!(
            error.to_string().ends_with(&format!("the token server responded with 403 Forbidden: {message}")),
            "{error}"
        );
    }
});

both!(does_not_show_the_query_of_the_token_url, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let oauth = credentials().token_url("https://login.example.com/to ken?code=2secret");
    let error = send(way, &builder(&server).credential_from("oauth", oauth).build().unwrap()).unwrap_err();
    assert!(error.to_string().contains("is not a valid URL") && !format!("{error:?}").contains("2secret"), "{error}");
});
