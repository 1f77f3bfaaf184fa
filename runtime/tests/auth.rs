//! Where credentials come from and where they go, with a small token server on a real socket.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a failed test says so by a panic, in its shared functions too")]

#[path = "loopback/routes.rs"]
mod routes;

use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{
    Api, Call, Client, ClientAuthentication, ClientBuilder, CredentialSource, Error, Json, Need, OAuth, Operation,
    Scheme, SchemeKind, body,
};
use routes::{Routes, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

static API: Api = Api {
    user_agent: "pets/1.0.0",
    server: "https://api.example.com/v1",
    variables: &[],
    schemes: &[
        Scheme { name: "key", kind: SchemeKind::Header("x-key"), env: None },
        Scheme { name: "login", kind: SchemeKind::Basic, env: None },
        Scheme { name: "oidc", kind: SchemeKind::Bearer, env: None },
        Scheme { name: "tls", kind: SchemeKind::Other, env: None },
        Scheme {
            name: "oauth",
            kind: SchemeKind::OAuth { client_credentials: Some("/token"), refresh: Some("/refresh") },
            env: Some("AUTH_TEST"),
        },
    ],
    security: &[&[Need { scheme: "oauth", scopes: &[] }]],
};

const fn pets(method: &'static str, security: &'static [&'static [Need]]) -> Operation {
    Operation { id: "op", method, path: "/pets", accept: "application/json", security, server: None }
}

static READ: &[&[Need]] = &[&[Need { scheme: "oauth", scopes: &["read"] }]];
static WRITE: &[&[Need]] = &[&[Need { scheme: "oauth", scopes: &["read", "write"] }]];

fn call(client: &Client, method: &'static str, security: &'static [&'static [Need]]) -> Call<Json, Json> {
    client.call(&pets(method, security), body::json, body::json)
}

async fn send(client: &Client) -> Result<Json, Error<Json>> {
    Ok(call(client, "GET", READ).send().await?.into_inner())
}

fn builder(routes: &Routes) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(&routes.base)
}

/// Tokens `t1`, `t2`, … that are good for some seconds; `/pets` takes those that `good` takes.
fn tokens(expires: &str, good: impl Fn(&str) -> bool + Send + Sync + 'static) -> Routes {
    let (count, expires) = (AtomicUsize::new(0), expires.to_owned());
    Routes::start(move |_, request| {
        if request.starts_with("POST /token") || request.starts_with("POST /refresh") {
            std::thread::sleep(Duration::from_millis(50));
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            return json(
                200,
                &format!(
                    r#"{{"access_token":"t{number}","token_type":"Bearer"{expires},"refresh_token":"r{number}"}}"#
                ),
            );
        }
        let token = request.split("authorization: Bearer ").nth(1).and_then(|rest| rest.split("\r\n").next());
        if good(token.unwrap_or_default()) { json(200, "1") } else { json(401, r#"{"message":"who?"}"#) }
    })
}

fn credentials() -> OAuth {
    OAuth::client_credentials("me", "s3cret +ü")
}

#[tokio::test]
async fn a_token_is_got_once_and_used_by_all() {
    let server = tokens(r#","expires_in":3600"#, |token| token == "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let calls: Vec<_> = (0..40).map(|_| tokio::spawn(call(&client, "GET", READ).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let asked = server.to("/token");
    assert_eq!((asked.len(), server.to("/pets").len()), (1, 40));
    let asked = &asked[0];
    assert!(asked.ends_with("\r\n\r\ngrant_type=client_credentials&scope=read"), "{asked}");
    assert!(asked.contains("authorization: Basic bWU6czNjcmV0JTIwJTJCJUMzJUJD\r\n"), "{asked}");
    assert!(asked.contains("content-type: application/x-www-form-urlencoded\r\n") && asked.contains("pets/1.0.0"));
}

#[tokio::test]
async fn the_body_can_hold_the_secret_and_more() {
    let server = tokens("", |_| true);
    let oauth = credentials().client_authentication(ClientAuthentication::Body).parameter("audience", "a b");
    let oauth = oauth.scopes(["x", "y"]).token_url(format!("{}/refresh?tenant=1", server.base));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(&client).await.unwrap();
    call(&client, "GET", WRITE).send().await.unwrap();
    let asked = server.to("/refresh?tenant=1");
    let form = "grant_type=client_credentials&scope=x%20y&client_id=me&client_secret=s3cret%20%2B%C3%BC&audience=a%20b";
    assert!(asked.len() == 1 && asked[0].ends_with(form), "{asked:?}");
    assert!(!asked[0].contains("authorization"));
}

#[tokio::test]
async fn each_operation_gets_a_token_with_its_scopes() {
    let server = tokens(r#","expires_in":"3600""#, |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    send(&client).await.unwrap();
    call(&client, "GET", WRITE).send().await.unwrap();
    call(&client, "GET", &[&[Need { scheme: "oauth", scopes: &["write"] }]]).send().await.unwrap();
    send(&client).await.unwrap();
    let asked: Vec<_> =
        server.to("/token").iter().map(|text| text.split("scope=").nth(1).unwrap().to_owned()).collect();
    assert_eq!(asked, ["read", "read%20write"], "a token with more scopes is good for fewer");
}

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_end() {
    let server = tokens(r#","expires_in":2"#, |token| !token.is_empty());
    let client =
        builder(&server).credential_from("oauth", credentials().margin(Duration::from_secs(60))).build().unwrap();
    send(&client).await.unwrap();
    send(&client).await.unwrap();
    assert_eq!(server.to("/token").len(), 1, "half of the lifetime is the largest margin");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    // One goes; who comes meanwhile uses the old one.
    let renewing = tokio::spawn(call(&client, "GET", READ).send());
    tokio::time::sleep(Duration::from_millis(20)).await;
    send(&client).await.unwrap();
    renewing.await.unwrap().unwrap();
    let used: Vec<bool> = server.to("/pets").iter().map(|request| request.contains("Bearer t1")).collect();
    assert_eq!(used, [true, true, true, false]);
    assert_eq!(server.to("/token").len(), 2);
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_the_old_token_until_its_end() {
    let count = AtomicUsize::new(0);
    let server = Routes::start(move |_, request| {
        if request.starts_with("POST /token") {
            return match count.fetch_add(1, Ordering::SeqCst) {
                0 => json(200, r#"{"access_token":"t1","expires_in":2}"#),
                _ => json(500, r#"{"error":"server_error"}"#),
            };
        }
        json(200, "1")
    });
    let client = builder(&server).credential_from("oauth", credentials()).max_retries(0).build().unwrap();
    send(&client).await.unwrap();
    tokio::time::sleep(Duration::from_millis(1050)).await;
    send(&client).await.unwrap();
    send(&client).await.unwrap();
    assert_eq!(server.to("/token").len(), 2, "not asked again at once");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let error = send(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("500 Internal Server Error: server_error"), "{error}");
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_whatever_the_method() {
    let server = tokens(r#","expires_in":3600"#, |token| token == "t2");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    call(&client, "POST", READ).json(&Json::from("x")).send().await.unwrap();
    let sent = server.to("/pets");
    assert!(sent.len() == 2 && sent.iter().all(|request| request.ends_with("\"x\"")), "{sent:?}");

    let server = tokens("", |_| false);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = send(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!((server.to("/token").len(), server.to("/pets").len()), (2, 2));
}

#[tokio::test]
async fn many_refused_calls_renew_once() {
    let server = tokens(r#","expires_in":3600"#, |token| token != "t1");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let calls: Vec<_> = (0..20).map(|_| tokio::spawn(call(&client, "GET", READ).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.to("/token").len(), 2);
}

#[tokio::test]
async fn a_fixed_credential_is_not_tried_twice() {
    let server = tokens("", |_| false);
    let client = builder(&server).credential("oauth", "old").build().unwrap();
    assert_eq!(send(&client).await.unwrap_err().status().unwrap().as_u16(), 401);
    assert_eq!((server.to("/pets").len(), server.to("/token").len()), (1, 0));
}

#[tokio::test]
async fn a_refresh_token_may_change_with_each_use() {
    let server = tokens("", |token| token == "t2");
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&kept);
    let oauth = OAuth::refresh_token("me", "r0").on_token(move |token| {
        keeper.lock().unwrap().push(token.refresh_token.clone().unwrap().expose().to_owned());
    });
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    send(&client).await.unwrap();
    let asked = server.to("/refresh");
    assert!(asked[0].ends_with("grant_type=refresh_token&refresh_token=r0&client_id=me"), "{asked:?}");
    assert!(asked[1].ends_with("grant_type=refresh_token&refresh_token=r1&client_id=me"), "{asked:?}");
    assert_eq!(*kept.lock().unwrap(), ["r1", "r2"]);
}

#[tokio::test]
async fn what_the_token_server_refuses_is_said_without_secrets() {
    let said = r#"{"error":"invalid_client","error_description":"no s3cret +ü of me","access_token":"t0p"}"#;
    let server = Routes::start(|_, _| json(400, said));
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let calls: Vec<_> = (0..5).map(|_| tokio::spawn(call(&client, "GET", READ).send())).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
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
}

#[tokio::test]
async fn a_token_server_that_stumbles_is_asked_again() {
    let count = AtomicUsize::new(0);
    let server = Routes::start(move |_, request| match request.starts_with("POST /token") {
        true if count.fetch_add(1, Ordering::SeqCst) == 0 => String::new(),
        true if count.load(Ordering::SeqCst) == 2 => json(503, "{}"),
        true => json(200, r#"{"access_token":"t"}"#),
        false => json(200, "1"),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    send(&client).await.unwrap();
    assert_eq!((server.to("/token").len(), server.to("/pets").len()), (3, 1));
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_the_errand_to_the_next() {
    let count = AtomicUsize::new(0);
    let server = Routes::start(move |_, request| {
        if request.starts_with("POST /token") && count.fetch_add(1, Ordering::SeqCst) == 0 {
            std::thread::sleep(Duration::from_secs(3));
        }
        json(200, r#"{"access_token":"t"}"#)
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let first = tokio::spawn(call(&client, "GET", READ).send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let second = tokio::spawn(call(&client, "GET", READ).send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    first.abort();
    second.await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_callback_is_asked_for_each_call_and_after_a_refusal() {
    let server = tokens("", |token| token == "second read");
    let callback = CredentialSource::callback(|request| async move {
        tokio::task::yield_now().await;
        let which = if request.refused { "second" } else { "first" };
        Ok::<_, std::io::Error>(format!("{which} {}", request.scopes.join("+")))
    });
    let client = builder(&server).credential_from("oauth", callback).build().unwrap();
    send(&client).await.unwrap();
    assert_eq!(server.to("/pets").len(), 2);

    let fails = CredentialSource::callback(|_| async { Err::<String, _>("the vault is sealed") });
    let client = builder(&server).credential_from("oauth", fails).build().unwrap();
    let error = send(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("oauth: the vault is sealed"), "{error}");
    let odd = CredentialSource::callback(|_| async { Ok::<_, std::io::Error>("line\nbreak") });
    let error = send(&builder(&server).credential_from("oauth", odd).build().unwrap()).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Auth && !format!("{error:?}").contains("break\n"), "{error}");
}

#[tokio::test]
async fn a_callback_serves_every_scheme() {
    static ALL: &[&[Need]] = &[&[
        Need { scheme: "key", scopes: &[] },
        Need { scheme: "login", scopes: &[] },
        Need { scheme: "tls", scopes: &[] },
    ]];
    let server = Routes::start(|_, _| json(200, "1"));
    let give = |text: &'static str| CredentialSource::callback(move |_| async move { Ok::<_, std::io::Error>(text) });
    let client =
        builder(&server).credential_from("key", give("k")).credential_from("login", give("u:p")).build().unwrap();
    let request = call(&client, "GET", ALL).into_request().unwrap();
    assert!(request.headers().values().filter(|value| value.is_sensitive()).count() == 2);
    call(&client, "GET", ALL).send().await.unwrap();
    let sent = server.to("/pets").remove(0);
    assert!(sent.contains("x-key: k\r\n") && sent.contains("authorization: Basic dTpw\r\n"), "{sent}");
}

#[tokio::test]
async fn a_token_that_is_not_there_yet_is_in_no_request() {
    let server = tokens("", |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let error = call(&client, "GET", READ).into_request().unwrap_err();
    assert!(error.to_string().contains("it is got when the call is sent"), "{error}");
    send(&client).await.unwrap();
    let request = call(&client, "GET", READ).into_request().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer t1");
}

#[test]
fn a_scheme_without_a_token_server_must_be_given_one() {
    let client = |scheme, oauth: OAuth| ClientBuilder::new(&API).credential_from(scheme, oauth).build();
    let error = client("oidc", credentials()).unwrap_err();
    assert!(error.to_string().contains("`OAuth::token_url`"), "{error}");
    client("oidc", credentials().token_url("https://login.example.com/token")).unwrap();
    assert!(client("key", credentials()).unwrap_err().to_string().contains("does not take tokens"));
}

#[tokio::test]
async fn nothing_is_sent_where_nothing_is_needed() {
    let server = tokens("", |_| true);
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    call(&client, "GET", &[]).send().await.unwrap();
    assert_eq!(server.to("/token").len(), 0);
    assert!(!server.to("/pets")[0].contains("authorization"));
    // Anonymous is fine too, but who has a credential wants it sent.
    call(&client, "GET", &[&[], &[Need { scheme: "oauth", scopes: &[] }]]).send().await.unwrap();
    assert!(server.to("/pets")[1].contains("authorization: Bearer t1"));
}

#[tokio::test]
async fn neither_secret_nor_token_follows_a_redirect_elsewhere() {
    let thief = Routes::start(|_, _| json(200, r#"{"access_token":"stolen"}"#));
    let away =
        format!("HTTP/1.1 307 Away\r\nconnection: close\r\nlocation: {}/x\r\ncontent-length: 0\r\n\r\n", thief.base);
    let (to_token, to_pets) = (away.clone(), away);
    let server = Routes::start(move |_, _| to_token.clone());
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    assert_eq!(send(&client).await.unwrap_err().kind(), ErrorKind::Auth);
    let server = Routes::start(move |_, request| match request.starts_with("POST /token") {
        true => json(200, r#"{"access_token":"t1"}"#),
        false => to_pets.clone(),
    });
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    assert_eq!(send(&client).await.unwrap_err().kind(), ErrorKind::Redirect);
    assert!(thief.to("/").is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_share_one_errand_too() {
    let server = tokens(r#","expires_in":3600"#, |token| token == "t2");
    let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || call(&client, "GET", READ).send_blocking().map(drop))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap().unwrap();
    }
    assert_eq!(server.to("/token").len(), 2);
    // A callback that is not ready at once: another thread wakes this one.
    let callback = CredentialSource::callback(|_| {
        let (tell, mut told) = tokio::sync::mpsc::channel(1);
        std::thread::spawn(move || tell.blocking_send("t2"));
        async move { told.recv().await.ok_or("gone").map(clientsmith_runtime::Secret::from) }
    });
    let client = builder(&server).credential_from("oauth", callback).build().unwrap();
    call(&client, "GET", READ).send_blocking().unwrap();
}
