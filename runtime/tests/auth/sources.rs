//! Credentials of each kind of scheme and source, and the requests that do not carry them.

use super::{API, builder, call, credentials, send, token_server};
use crate::server::{Server, json, reply};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{ClientBuilder, CredentialSource, OAuth, Secret, SecurityRequirement};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

both!(does_not_retry_a_fixed_credential, |way| {
    let server = token_server("", |_| false);
    let client = builder(&server).credential("oauth", "old").build().unwrap();
    assert_eq!(send(way, &client).unwrap_err().status().unwrap().as_u16(), 401);
    assert_eq!((server.to("/pets").len(), server.to("/token").len()), (1, 0));
});

both!(calls_the_callback_for_each_call_and_after_a_401, |way| {
    let server = token_server("", |token| token == "second read");
    let callback = CredentialSource::callback(|request| async move {
        tokio::task::yield_now().await;
        let which = if request.refused { "second" } else { "first" };
        Ok::<_, std::io::Error>(format!("{which} {}", request.scopes.join("+")))
    });
    let client = builder(&server).credential_from("oauth", callback).build().unwrap();
    send(way, &client).unwrap();
    assert_eq!(server.to("/pets").len(), 2);

    let fails = CredentialSource::callback(|_| async { Err::<String, _>("the vault is sealed") });
    let client = builder(&server).credential_from("oauth", fails).build().unwrap();
    let error = send(way, &client).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("oauth: the vault is sealed"), "{error}");
    let odd = CredentialSource::callback(|_| async { Ok::<_, std::io::Error>("line\nbreak") });
    let error = send(way, &builder(&server).credential_from("oauth", odd).build().unwrap()).unwrap_err();
    assert!(error.kind() == ErrorKind::Auth && !format!("{error:?}").contains("break\n"), "{error}");
});

both!(reports_a_401_to_the_callback_once, |way| {
    let replies = [json(401, "{}"), json(503, "{}"), json(200, "1")];
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, _| replies[count.fetch_add(1, Ordering::SeqCst)].clone());
    let refusals = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&refusals);
    let callback = CredentialSource::callback(move |request| {
        recorder.lock().unwrap().push(request.refused);
        async { Ok::<_, std::io::Error>("t") }
    });
    let client = builder(&server).credential_from("oauth", callback).build().unwrap();
    send(way, &client).unwrap();
    assert_eq!(*refusals.lock().unwrap(), [false, true, false], "a status 503 refuses no credential");
});

both!(callbacks_serve_every_scheme, |way| {
    static ALL: &[&[SecurityRequirement]] = &[&[
        SecurityRequirement::new("key", &[]),
        SecurityRequirement::new("login", &[]),
        SecurityRequirement::new("tls", &[]),
    ]];
    let server = Server::respond(|_, _| json(200, "1"));
    let source = |text: &'static str| CredentialSource::callback(move |_| async move { Ok::<_, std::io::Error>(text) });
    let client =
        builder(&server).credential_from("key", source("k")).credential_from("login", source("u:p")).build().unwrap();
    let request = call(&client, "GET", ALL).into_request().unwrap();
    assert!(request.headers().values().filter(|value| value.is_sensitive()).count() == 2);
    way.send(call(&client, "GET", ALL)).unwrap();
    let sent = server.to("/pets").remove(0);
    assert!(sent.contains("x-key: k\r\n") && sent.contains("authorization: Basic dTpw\r\n"), "{sent}");
});

#[test]
fn requires_a_token_url_without_a_described_one() {
    let client = |scheme, oauth: OAuth| ClientBuilder::new(&API).credential_from(scheme, oauth).build();
    let error = client("oidc", credentials()).unwrap_err();
    assert!(error.to_string().contains("`OAuth::token_url`"), "{error}");
    client("oidc", credentials().token_url("https://login.example.com/token")).unwrap();
    assert!(client("key", credentials()).unwrap_err().to_string().contains("does not take tokens"));
}

both!(sends_no_credential_without_a_requirement, |way| {
    let server = token_server("", |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    way.send(call(&client, "GET", &[])).unwrap();
    assert_eq!(server.to("/token").len(), 0);
    assert!(!server.to("/pets")[0].contains("authorization"));
    // A configured credential is preferred over anonymous access.
    way.send(call(&client, "GET", const { &[&[], &[SecurityRequirement::new("oauth", &[])]] })).unwrap();
    assert!(server.to("/pets")[1].contains("authorization: Bearer t1"));
});

both!(does_not_send_credentials_to_redirects_of_other_origins, |way| {
    let other = Server::respond(|_, _| json(200, r#"{"access_token":"stolen"}"#));
    let away = reply(307, &[("location", &format!("{}/x", other.base))], "");
    let (to_token, to_pets) = (away.clone(), away);
    let server = Server::respond(move |_, _| to_token.clone());
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    assert_eq!(send(way, &client).unwrap_err().kind(), ErrorKind::Auth);
    let server = Server::respond(move |_, request| match request.starts_with("POST /token") {
        true => json(200, r#"{"access_token":"t1"}"#),
        false => to_pets.clone(),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    assert_eq!(send(way, &client).unwrap_err().kind(), ErrorKind::Redirect);
    assert!(other.to("/").is_empty());
});

both!(callbacks_may_be_woken_by_another_thread, |way| {
    let server = token_server("", |token| token == "t2");
    let callback = CredentialSource::callback(|_| {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
        thread::spawn(move || sender.blocking_send("t2"));
        async move { receiver.recv().await.ok_or("gone").map(Secret::from) }
    });
    let client = builder(&server).credential_from("oauth", callback).build().unwrap();
    send(way, &client).unwrap();
});

both!(calls_may_omit_credentials, |way| {
    static LOGIN: &[&[SecurityRequirement]] = &[
        &[SecurityRequirement::new("key", &[]), SecurityRequirement::new("query", &[])],
        &[SecurityRequirement::new("oauth", &[])],
    ];
    let server = Server::respond(|_, _| json(200, "1"));
    let bare = builder(&server).build().unwrap();
    let error = way.send(call(&bare, "GET", LOGIN)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let line = "no credentials: the operation needs key and query, or oauth (`from_env` reads AUTH_TEST_QUERY, or AUTH_TEST); \
                `without_credentials` sends it without";
    assert!(error.to_string().ends_with(line), "{error}");
    way.send(call(&bare, "GET", LOGIN).without_credentials()).unwrap();
    call(&bare, "GET", LOGIN).without_credentials().into_request().unwrap();
    let open = builder(&server).allow_anonymous(true).build().unwrap();
    way.send(call(&open, "GET", LOGIN)).unwrap();
    // A configured credential is sent, except with `without_credentials`.
    let full = builder(&server).allow_anonymous(true).credential("oauth", "t").build().unwrap();
    way.send(call(&full, "GET", LOGIN).without_credentials()).unwrap();
    way.send(call(&full, "GET", LOGIN)).unwrap();
    // One of two schemes does not meet the requirement.
    way.send(call(&builder(&server).allow_anonymous(true).credential("key", "k").build().unwrap(), "GET", LOGIN))
        .unwrap();
    let sent = server.to("/pets");
    let with: Vec<bool> =
        sent.iter().map(|request| request.contains("authorization") || request.contains("x-key")).collect();
    assert_eq!(with, [false, false, false, true, false]);
    assert!(server.to("/token").is_empty());
    // A header of the caller is sent.
    way.send(call(&bare, "GET", LOGIN).without_credentials().header("authorization", "Bearer own")).unwrap();
    assert!(server.to("/pets").last().unwrap().contains("authorization: Bearer own"));
});

both!(sends_a_query_key_to_redirects_of_the_same_origin, |way| {
    static QUERY: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("query", &[])]];
    let server = Server::respond(|_, request| {
        let to = match request.split(' ').nth(1).unwrap() {
            target if target.starts_with("/pets?") => "/moved",
            target if target.starts_with("/moved") => "/again?x=1&key=stale",
            target if target.starts_with("/again") => "/last?key=k%20/s",
            _ => return json(200, "1"),
        };
        reply(302, &[("location", to)], "")
    });
    let client = builder(&server).credential("query", "k /s").build().unwrap();
    way.send(call(&client, "GET", QUERY)).unwrap();
    let target = |path: &str| server.to(path)[0].split(' ').nth(1).unwrap().to_owned();
    assert_eq!(target("/moved"), "/moved?key=k%20%2Fs");
    assert_eq!(target("/again"), "/again?x=1&key=k%20%2Fs");
    assert_eq!(target("/last"), "/last?key=k%20%2Fs");
});

both!(redacts_credentials_that_the_server_repeats, |way| {
    static ALL: &[&[SecurityRequirement]] =
        &[&[SecurityRequirement::new("key", &[]), SecurityRequirement::new("oauth", &[])]];
    let server =
        Server::respond(|_, _| json(403, r#"{"message":"neither my-s3cret-key nor Bearer my-t0ken-too is good"}"#));
    let builder = builder(&server).credential("key", "my-s3cret-key").credential("oauth", "my-t0ken-too");
    let error = way.send(call(&builder.build().unwrap(), "GET", ALL)).unwrap_err();
    let line = "GET /pets: 403 Forbidden: neither [redacted] nor Bearer [redacted] is good";
    assert_eq!(error.to_string(), line);
    // The raw body is unchanged.
    assert!(error.raw_body().unwrap().windows(8).any(|part| part == b"s3cret-k"));
    // Short credentials inside words are not redacted.
    let server = Server::respond(|_, _| json(403, r#"{"message":"no"}"#));
    let client = super::builder(&server).credential("key", "n").credential("oauth", "o").build().unwrap();
    assert!(way.send(call(&client, "GET", ALL)).unwrap_err().to_string().ends_with(": no"));
});
