//! Redaction: no error shows a secret that was sent, in any encoding.

use super::{API, builder, call, credentials, send};
use crate::server::{Reply, Server, json, reply};
use crate::way::both;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::{AttemptLimits, Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use clientsmith_runtime::{
    Client, ClientBuilder, Encoding, Error, Json, Map, Method, OAuth, Secret, SecurityRequirement,
};
use std::time::Duration;

const SECRET: &str = "a b/ü+\"q\\1&z-2secret";

/// The texts of an error that a program may log.
fn shown(error: &Error<Json>) -> String {
    let mut all = format!("{error}\n{error:?}\n{error:#?}");
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        all.push_str(&format!("\n{error}\n{error:?}"));
        next = error.source();
    }
    if let Some(error) = error.api_decode_error() {
        all.push_str(&format!("\n{error}\n{error:?}"));
    }
    all
}

fn percent(text: &str, upper: bool) -> String {
    let hex = |byte: u8| if upper { format!("%{byte:02X}") } else { format!("%{byte:02x}") };
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { hex(byte) }).collect()
}

/// The encodings in which a server may repeat a text.
fn encodings(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned(), percent(text, true), percent(text, false)];
    all.push(percent(text, false).replace("%20", "+"));
    all.push(STANDARD.encode(text));
    all.push(URL_SAFE_NO_PAD.encode(text));
    all.push(STANDARD.encode(format!("user-x:{text}")));
    all.push(serde_json::to_string(text).unwrap().trim_matches('"').to_owned());
    all.push(
        text.chars().map(|c| if c.is_alphanumeric() { c.into() } else { format!("\\u{:04X}", c as u32) }).collect(),
    );
    all
}

/// Responses that repeat a text: errors, a success with an invalid body, HTML, and a request ID.
fn responses_with(text: &str) -> Vec<Reply> {
    let quoted = serde_json::to_string(text).unwrap();
    let line: String = text.chars().filter(|c| !c.is_control()).collect();
    let named = reply(403, &[("x-request-id", &line)], "");
    let html = reply(500, &[], format!("<p>{text}</p>"));
    vec![
        json(403, &format!(r#"{{"message":{quoted}}}"#)),
        json(
            422,
            &format!(r#"{{"detail":[{{"type":"x","loc":["body","password"],"msg":"too short","input":{quoted}}}]}}"#),
        ),
        json(422, &format!(r#"{{"detail":[{{"input":{{"password":{quoted}}}}}]}}"#)),
        json(200, &format!("{{{quoted}: 1")),
        named,
        html,
    ]
}

fn client(routes: &Server, scheme: &'static str, secret: &str) -> Client {
    builder(routes).max_retries(0).credential(scheme, secret).build().unwrap()
}

fn assert_hidden(error: &Error<Json>, secret: &str, context: &str) {
    let shown = shown(error);
    for encoded in encodings(secret) {
        assert!(!shown.contains(&encoded), "{context}: {encoded:?} is in {shown}");
    }
    assert!(!shown.contains("2secret"), "{context}: {shown}");
}

both!(redacts_credentials_in_every_encoding, |way| {
    for (scheme, secret) in
        [("key", "k-a/b+\"q\\1&z-2secret"), ("oidc", "t-a/b+\"q\\1&z-2secret"), ("query", "q-a/b+\"q\\1&z-2secret")]
    {
        for encoded in encodings(secret) {
            for response in responses_with(&encoded) {
                let server = Server::respond(move |_, _| response.clone());
                let security: &'static [&'static [SecurityRequirement]] = match scheme {
                    "key" => const { &[&[SecurityRequirement::new("key", &[])]] },
                    "oidc" => const { &[&[SecurityRequirement::new("oidc", &[])]] },
                    _ => const { &[&[SecurityRequirement::new("query", &[])]] },
                };
                let error = way.send(call(&client(&server, scheme, secret), "GET", security)).unwrap_err();
                assert_hidden(&error, secret, scheme);
            }
        }
    }
});

both!(redacts_user_and_password, |way| {
    static LOGIN: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("login", &[])]];
    let (user, password) = ("ada.lovelace", "pass word-2secret");
    let pair = format!("{user}:{password}");
    for text in [user, password, &pair, &STANDARD.encode(&pair)] {
        for encoded in encodings(text) {
            let response = json(401, &format!(r#"{{"message":{}}}"#, serde_json::to_string(&encoded).unwrap()));
            let server = Server::respond(move |_, _| response.clone());
            let client = builder(&server).credential_basic("login", user, password).build().unwrap();
            let shown = shown(&way.send(call(&client, "GET", LOGIN)).unwrap_err());
            assert!(
                !shown.contains(user) && !shown.contains("2secret") && !shown.contains(&encoded),
                "{encoded}: {shown}"
            );
        }
    }
});

both!(redacts_secrets_of_the_request, |way| {
    for encoded in encodings(SECRET) {
        for response in responses_with(&encoded) {
            let server = Server::respond(move |_, _| response.clone());
            let client = builder(&server).max_retries(0).build().unwrap();
            let secret = Secret::from(SECRET);
            let calls = [
                call(&client, "POST", &[]).json(&vec![secret.clone()]),
                call(&client, "GET", &[]).query("password", &secret),
                call(&client, "POST", &[])
                    .multipart(clientsmith_runtime::Multipart::new().field("password", "", &secret)),
                call(&client, "GET", &[]).query_extra("access_token", SECRET),
            ];
            for call in calls {
                assert_hidden(&way.send(call).unwrap_err(), SECRET, "request");
            }
        }
    }
    // The call is not sent, and its error does not show the argument.
    let client = ClientBuilder::new(&API).base_url("http://127.0.0.1:9").build().unwrap();
    let path = call(&client, "GET", &[]).path("id", &Secret::from("../2secret"));
    assert_hidden(&way.send(path).unwrap_err(), "../2secret", "path");
});

both!(redacts_headers_of_the_caller, |way| {
    let response = json(403, r#"{"message":"bad c00kie-2secret, h3ader-2secret and own-2secret"}"#);
    let server = Server::respond(move |_, _| response.clone());
    let client = builder(&server).header("xi-api-key", "h3ader-2secret").build().unwrap();
    let request = client.request(Method::GET, "/pets/own-2secret").without_credentials();
    let request = request.header("cookie", "a=1; sid=c00kie-2secret").header("x-auth", "own-2secret");
    let error = way.send(request).unwrap_err();
    assert_eq!(error.to_string(), "GET /pets/[redacted]: 403 Forbidden: bad [redacted], [redacted] and [redacted]");
    assert_hidden(&error, "own-2secret", "headers");
});

both!(redacts_secrets_at_the_end_of_truncated_text, |way| {
    static KEY: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("key", &[])]];
    let key = "k3y-of-2secret-length";
    for before in 80..130 {
        for body in [format!("\"{}{key}\"", "x".repeat(before)), format!("{}{key}{key}", "y".repeat(before + 380))] {
            let server = Server::respond({
                let (ok, body) = (body.starts_with('"'), body.clone());
                move |_, _| json(if ok { 200 } else { 500 }, &body)
            });
            let call = client(&server, "key", key).call::<i64, Json>(
                &crate::pets("GET", KEY),
                clientsmith_runtime::body::json,
                clientsmith_runtime::body::json,
            );
            let error = way.send(call.max_retries(0)).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("k3y-"), "{before}: {shown}");
        }
        if way == SendMode::Async {
            break;
        }
    }
});

both!(redacts_secrets_repeated_by_the_token_server, |way| {
    for encoded in encodings("s3cret +ü") {
        let body =
            serde_json::json!({"error": "invalid_client", "error_description": format!("no {encoded}.")}).to_string();
        let server = Server::respond(move |_, _| json(400, &body));
        let client = builder(&server).credential_from("oauth", credentials()).build().unwrap();
        let shown = shown(&send(way, &client).unwrap_err());
        assert!(shown.contains("no [redacted]") && !shown.contains(&encoded), "{encoded}: {shown}");
    }
    let server = Server::respond(|_, request| {
        json(400, &serde_json::json!({"error": request.split("refresh_token=").nth(1).unwrap_or_default()}).to_string())
    });
    let oauth = OAuth::refresh_token("me", "r0/2secret+x");
    let error = send(way, &builder(&server).credential_from("oauth", oauth).build().unwrap()).unwrap_err();
    assert!(error.kind() == ErrorKind::Auth && !shown(&error).contains("2secret"), "{error:?}");
});

/// A transport whose errors have the URL of the request.
struct LeakyTransport;

impl Transport for LeakyTransport {
    fn send(
        &self,
        request: http::Request<Body>,
        _: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let inner = std::io::Error::other(format!("cannot send to {}", request.uri()));
        let message = format!("no route to {}", request.uri());
        let error = TransportError { kind: TransportErrorKind::Broken, message, source: Some(Box::new(inner)) };
        Box::pin(std::future::ready(Err(error)))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

both!(redacts_urls_in_transport_errors, |way| {
    static QUERY: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("query", &[])]];
    let client = ClientBuilder::new(&API).credential("query", "a b/2secret").transport(LeakyTransport).build().unwrap();
    let error = way.send(call(&client, "GET", QUERY)).unwrap_err();
    assert_hidden(&error, "a b/2secret", "transport");
    assert!(std::error::Error::source(&error).is_some_and(|source| source.to_string().starts_with("cannot send to ")));
});

both!(responses_do_not_show_secret_headers, |way| {
    let head =
        "HTTP/1.1 200 OK\r\nconnection: close\r\nset-cookie: sid=2secret\r\ncontent-length: 9\r\n\r\n\"2secret\"";
    let server = Server::respond(move |_, _| head.to_owned());
    let client = builder(&server).build().unwrap();
    let raw = way.raw(call(&client, "GET", &[])).unwrap();
    assert!(!format!("{raw:?}").contains("2secret") && format!("{raw:?}").contains("set-cookie"), "{raw:?}");
    let response = way.send(call(&client, "GET", &[])).unwrap();
    assert!(!format!("{response:?}").contains("sid=2secret"), "{response:?}");
});

both!(redacts_secrets_at_the_end_of_the_scanned_text, |way| {
    let text = format!("{}my-2secret-key", " ".repeat((16 << 10) - 8));
    let server = Server::respond(move |_, _| json(500, &text));
    let error = way.send(call(&client(&server, "key", "my-2secret-key"), "GET", KEY)).unwrap_err();
    assert!(shown(&error).contains("[redacted]") && !shown(&error).contains("my-2"), "{error}");
});

both!(redacts_headers_with_secret_names, |way| {
    for name in ["x-signature", "x-jwt", "x-db-pwd", "x-api-pass", "x-passphrase"] {
        let server = Server::respond(|_, _| json(403, r#"{"message":"bad my-2secret-value"}"#));
        let plain = builder(&server).max_retries(0).build().unwrap();
        let on_client = builder(&server).max_retries(0).header(name, "my-2secret-value").build().unwrap();
        for call in [call(&plain, "GET", &[]).header(name, "my-2secret-value"), call(&on_client, "GET", &[])] {
            assert_hidden(&way.send(call).unwrap_err(), "my-2secret-value", name);
        }
    }
});

static KEY: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("key", &[])]];

both!(values_whose_names_mark_a_secret_are_not_shown, |way| {
    let server = Server::respond(|_, request| json(403, &serde_json::json!({ "message": request }).to_string()));
    let client = builder(&server).max_retries(0).build().unwrap();
    let secret = "my-2secret-value";
    let free = serde_json::json!({"user": {"newPassword": secret}, "tokens": [{"access-token": secret}], "auth": {"apiKey": secret}});
    let fields: Map<String> = [("DB_PASSWORD", secret.to_owned())].into_iter().collect();
    let named = client.request(Method::POST, format!("/pets?api_key={secret}")).without_credentials();
    let calls = [
        call(&client, "POST", &[]).json(&serde_json::json!({})).body_extra("client_secret", secret.into()),
        call(&client, "POST", &[]).json(&free),
        call(&client, "POST", &[]).json(&fields),
        call(&client, "POST", &[]).form(&fields),
        call(&client, "GET", &[]).query("session_token", &secret.to_owned()),
        call(&client, "GET", &[]).query_as("filter", Encoding::DEEP_OBJECT, &free),
        call(&client, "GET", &[]).query_extra("sig", secret),
        call(&client, "GET", &[]).cookie("sid", &secret.to_owned()),
        call(&client, "GET", &[]).header_parameter("x-auth-token", &secret.to_owned()),
        named,
    ];
    for call in calls {
        assert_hidden(&way.send(call).unwrap_err(), secret, "named");
    }
    // Names that only resemble them stay readable.
    let plain = serde_json::json!({"key": "colour", "author": "ada", "pinned": "yes"});
    let error = way.send(call(&client, "POST", &[]).json(&plain)).unwrap_err();
    assert!(["colour", "ada", "yes"].iter().all(|text| error.to_string().contains(text)), "{error}");
});

both!(headers_in_other_encodings_are_refused_and_not_shown, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let client = builder(&server).build().unwrap();
    for name in ["x-name", "x-api-key"] {
        for call in [
            call(&client, "GET", &[]).header(name, "söme-2secret"),
            call(&client, "GET", &[]).header_parameter(name, &"söme-2secret".to_owned()),
        ] {
            let error = way.send(call).unwrap_err();
            assert_hidden(&error, "söme-2secret", name);
            assert!(error.kind() == ErrorKind::Build && error.to_string().contains("beyond ASCII"), "{error}");
        }
        let error = builder(&server).header(name, "söme-2secret").build().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("2secret"), "{error}");
    }
    assert!(server.requests().is_empty());
});
