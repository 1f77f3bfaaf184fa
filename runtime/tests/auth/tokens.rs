//! Access tokens: when they are got, shared, renewed, and what is said when they are not.

use super::{READ, WRITE, at_once, builder, call, credentials, send, tokens};
use crate::server::{Reply, Server, json, reply};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{ClientAuthentication, Json, OAuth, SecurityRequirement};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

both!(a_token_is_got_once_and_used_by_all, |way| {
    let server = tokens(r#","expires_in":3600"#, |token| token == "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in at_once(way, &client, 40) {
        call.unwrap();
    }
    let asked = server.to("/token");
    assert_eq!((asked.len(), server.to("/pets").len()), (1, 40));
    let asked = &asked[0];
    assert!(asked.ends_with("\r\n\r\ngrant_type=client_credentials&scope=read"), "{asked}");
    assert!(asked.contains("authorization: Basic bWU6czNjcmV0JTIwJTJCJUMzJUJD\r\n"), "{asked}");
    assert!(asked.contains("content-type: application/x-www-form-urlencoded\r\n") && asked.contains("pets/1.0.0"));
});

both!(the_body_can_hold_the_secret_and_more, |way| {
    let server = tokens("", |_| true);
    let oauth = credentials().client_authentication(ClientAuthentication::Body).parameter("audience", "a b");
    let oauth = oauth.scopes(["x", "y"]).token_url(format!("{}/refresh?tenant=1", server.base));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(way, &client).unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    let asked = server.to("/refresh?tenant=1");
    let form = "grant_type=client_credentials&scope=x%20y&client_id=me&client_secret=s3cret%20%2B%C3%BC&audience=a%20b";
    assert!(asked.len() == 1 && asked[0].ends_with(form), "{asked:?}");
    assert!(!asked[0].contains("authorization"));
});

both!(each_operation_gets_a_token_with_its_scopes, |way| {
    let server = tokens(r#","expires_in":"3600""#, |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    send(way, &client).unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    way.send(call(&client, "GET", const { &[&[SecurityRequirement::new("oauth", &["write"])]] })).unwrap();
    send(way, &client).unwrap();
    let asked: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(asked, ["read", "read%20write"], "a token with more scopes is good for fewer");
});

both!(scopes_that_are_refused_are_no_other_operations, |way| {
    let server = Server::respond(|_, request| match request.starts_with("POST /token") {
        true if request.contains("write") => json(400, r#"{"error":"invalid_scope"}"#),
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(200, "1"),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = way.send(call(&client, "GET", WRITE)).unwrap_err();
    assert!(error.to_string().contains("invalid_scope"), "{error}");
    send(way, &client).unwrap();
    let asked: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(asked, ["read%20write", "read"]);
});

both!(a_token_with_more_scopes_that_has_ended_is_not_got_for_fewer, |way| {
    let server = tokens(r#","expires_in":1"#, |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    way.send(call(&client, "GET", WRITE)).unwrap();
    send(way, &client).unwrap();
    thread::sleep(Duration::from_millis(1100));
    send(way, &client).unwrap();
    let asked: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(asked, ["read%20write", "read"]);
});

both!(a_token_is_renewed_ahead_of_its_end, |way| {
    let server = tokens(r#","expires_in":2"#, |token| !token.is_empty());
    let client =
        builder(&server).credential_from("oauth", credentials().margin(Duration::from_secs(60))).build().unwrap();
    send(way, &client).unwrap();
    send(way, &client).unwrap();
    assert_eq!(server.to("/token").len(), 1, "half of the lifetime is the largest margin");
    thread::sleep(Duration::from_millis(1100));
    // One goes; who comes meanwhile uses the old one.
    thread::scope(|scope| {
        let renewing = scope.spawn(|| send(way, &client));
        while server.to("/token").len() < 2 {
            thread::sleep(Duration::from_millis(2));
        }
        send(way, &client).unwrap();
        renewing.join().unwrap().unwrap();
    });
    let used: Vec<bool> = server.to("/pets").iter().map(|request| request.contains("Bearer t1")).collect();
    assert_eq!(used, [true, true, true, false]);
    assert_eq!(server.to("/token").len(), 2);
});

both!(a_renewal_that_fails_leaves_the_old_token_until_its_end, |way| {
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
    assert_eq!(server.to("/token").len(), 2, "not asked again at once");
    thread::sleep(Duration::from_secs(1));
    let error = send(way, &client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("500 Internal Server Error: server_error"), "{error}");
});

both!(a_refused_token_is_renewed_once_whatever_the_method, |way| {
    let server = tokens(r#","expires_in":3600"#, |token| token == "t2");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    way.send(call(&client, "POST", READ).json(&Json::from("x"))).unwrap();
    let sent = server.to("/pets");
    assert!(sent.len() == 2 && sent.iter().all(|request| request.ends_with("\"x\"")), "{sent:?}");

    let server = tokens("", |_| false);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = send(way, &client).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!((server.to("/token").len(), server.to("/pets").len()), (2, 2));
});

both!(a_refusal_is_known_where_no_other_token_can_be_got, |way| {
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

both!(many_refused_calls_renew_once, |way| {
    let server = tokens(r#","expires_in":3600"#, |token| token != "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in at_once(way, &client, 20) {
        call.unwrap();
    }
    assert_eq!(server.to("/token").len(), 2);
});

both!(a_refresh_token_may_change_with_each_use, |way| {
    let server = tokens("", |token| token == "t2");
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&kept);
    let oauth = OAuth::refresh_token("me", "r0").on_token(move |token| {
        keeper.lock().unwrap().push(token.refresh_token.clone().unwrap().expose().to_owned());
    });
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(way, &client).unwrap();
    let asked = server.to("/refresh");
    assert!(asked[0].ends_with("grant_type=refresh_token&refresh_token=r0&client_id=me"), "{asked:?}");
    assert!(asked[1].ends_with("grant_type=refresh_token&refresh_token=r1&client_id=me"), "{asked:?}");
    assert_eq!(*kept.lock().unwrap(), ["r1", "r2"]);
});

both!(what_the_token_server_refuses_is_said_without_secrets, |way| {
    let said = r#"{"error":"invalid_client","error_description":"no s3cret +ü of me","access_token":"t0p"}"#;
    let server = Server::respond(|_, _| {
        thread::sleep(Duration::from_millis(50));
        json(400, said)
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    for call in at_once(way, &client, 5) {
        let error = call.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        let line = "no credential could be got for oauth: the token server answered 400 Bad Request: invalid_client: no \
                    [redacted] of me";
        assert!(error.to_string().ends_with(line), "{error}");
        assert!(!format!("{error:?}").contains("s3cret"));
    }
    assert_eq!(server.to("/pets").len(), 0);
    let asked = server.to("/token").len();
    assert!(asked < 5, "those who waited share the answer: {asked}");
    let shown =
        format!("{client:?} {:?} {:?}", builder(&server).credential_from("oauth", credentials()), credentials());
    assert!(!shown.contains("s3cret"), "{shown}");
});

both!(a_token_server_that_stumbles_is_asked_again, |way| {
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

both!(a_token_that_is_not_there_yet_is_in_no_request, |way| {
    let server = tokens("", |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = call(&client, "GET", READ).into_request().unwrap_err();
    assert!(error.to_string().contains("it is got when the call is sent"), "{error}");
    send(way, &client).unwrap();
    let request = call(&client, "GET", READ).into_request().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer t1");
});

both!(a_token_response_is_read_as_far_as_it_can_be, |way| {
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

both!(a_refusal_is_told_in_the_words_of_whoever_refuses, |way| {
    for (body, said) in [
        (r#"{"message":"wrong tenant"}"#, "wrong tenant"),
        (r#"{"error":{"message":"wrong tenant"}}"#, "wrong tenant"),
        ("<html><title>Blocked</title><body><h1>Blocked</h1>by policy 7</body></html>", "Blocked by policy 7"),
        ("no route to the identity service", "no route to the identity service"),
        (r#"{"detail":"bad secret s3cret +ü or s3cret%20%2B%C3%BC"}"#, "bad secret [redacted] or [redacted]"),
        ("", "no message"),
    ] {
        let server = Server::respond(move |_, _| json(403, body));
        let error = send(way, &builder(&server).credential_from("oauth", credentials()).build().unwrap()).unwrap_err();
        assert!(error.to_string().ends_with(&format!("the token server answered 403 Forbidden: {said}")), "{error}");
    }
});

both!(an_address_of_the_token_server_shows_no_query, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let oauth = credentials().token_url("https://login.example.com/to ken?code=2secret");
    let error = send(way, &builder(&server).credential_from("oauth", oauth).build().unwrap()).unwrap_err();
    assert!(error.to_string().contains("is no address") && !format!("{error:?}").contains("2secret"), "{error}");
});
