//! Redirects: the methods and statuses that the client follows, and the responses that it returns.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/certificates.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod certificates;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/tls.rs"]
mod tls;
#[path = "loopback/way.rs"]
mod way;

use api::{API, builder, call, operation};
use certificates::Authority;
use clientsmith_runtime::client::hook::Hook;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::transport::ureq::Ureq;
use clientsmith_runtime::transport::{BoxFuture, TransportErrorKind};
use clientsmith_runtime::{
    AnyCall, Body, Client, CredentialSource, Json, JsonStream, Method, Secret, StreamSpec, TransportError, body,
};
use server::{Reply, Server, json, reply};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use way::both;

fn client(server: &Server) -> Client {
    builder(&server.base).credential("token", "t0p").max_retries(0).build().unwrap()
}

fn pets(server: &Server, method: &'static str) -> AnyCall<Json, Json> {
    call(&client(server), &operation(method, "/pets").security(API.security))
}

fn moved(status: u16, to: &str) -> Reply {
    reply(status, &[("location", to)], "")
}

both!(follows_307_and_308_of_every_method_with_the_body, |way| {
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "Copy"] {
        for status in [307, 308] {
            let server = Server::start(vec![moved(status, "/new"), moved(307, "newer"), json(200, "1")]);
            let call = pets(&server, method).json(&Json::from("x")).idempotency_key("k");
            assert_eq!(*way.send(call).unwrap(), Json::from(1), "{method} {status}");
            let lines = ["/pets", "/new", "/newer"].map(|path| format!("{method} {path}"));
            assert_eq!(server.lines(), lines);
            for request in server.requests() {
                let request = request.to_lowercase();
                assert!(request.contains("authorization: bearer t0p") && request.contains("idempotency-key: k"));
                assert!(request.contains("content-type: application/json"), "{request}");
                assert!(request.ends_with("\r\n\r\n\"x\""), "{request}");
            }
        }
        for status in [301, 302, 303] {
            let server = Server::start(vec![moved(status, "/new"), json(200, "1")]);
            let error = way.send(pets(&server, method).json(&Json::from("x"))).unwrap_err();
            assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Redirect, 1), "{method} {status}: {error}");
        }
    }
});

both!(does_not_follow_redirects_of_post_elsewhere_or_without_the_body, |way| {
    let other = Server::start(vec![json(200, "1")]);
    for (call, to) in [(None, other.base.clone() + "/new"), (Some(Body::reader(&b"x"[..], Some(1))), "/new".to_owned())]
    {
        let server = Server::start(vec![moved(307, &to), json(200, "1")]);
        let body = call.unwrap_or_else(|| "x".into());
        let error = way.send(pets(&server, "POST").bytes("text/plain", body)).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 307), "{error}");
        assert_eq!(server.lines().len(), 1);
    }
    assert!(other.lines().is_empty());
    let server = Server::start(vec![moved(307, "/pets")]);
    let error = way.send(pets(&server, "POST")).unwrap_err();
    assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Redirect, 6), "{error}");
});

both!(returns_redirects_unread_only, |way| {
    let secret = "https://elsewhere.test/a?sig=s3cret";
    let redirect = || reply(302, &[("location", secret), ("x-request-id", "r-1")], "\"moved\"");
    let server = Server::start(vec![redirect()]);
    let returned = || pets(&server, "GET").return_redirects();
    assert_eq!(way.raw(returned()).unwrap().headers()["location"], secret);
    let stream = way.stream(returned()).unwrap();
    assert_eq!((stream.status().as_u16(), &stream.headers()["location"]), (302, &secret.parse().unwrap()));
    assert_eq!(way.wait(stream.into_inner().chunk()).unwrap().unwrap(), "\"moved\"");
    // The body would decode, but not to a value of a success.
    let error = way.send(returned()).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302), "{error}");
    assert_eq!(error.headers().unwrap()["location"], secret);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("redirects to https://elsewhere.test, ") && shown.contains("`send_raw`"), "{shown}");
    assert!(!shown.contains("s3cret") && shown.contains("r-1"), "{shown}");
    // Nor has a redirect that names no single address.
    for (status, location) in [(300, "/a"), (300, ""), (302, "http://["), (305, "/a"), (399, "")] {
        let server = Server::start(vec![reply(status, &[("location", location)], "\"moved\"")]);
        let error = way.send(pets(&server, "GET").return_redirects()).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, status), "{error}");
        assert!(error.to_string().contains("`send_raw`") && server.lines().len() == 1, "{error}");
        assert_eq!(way.raw(pets(&server, "GET").return_redirects()).unwrap().status().as_u16(), status);
        // Without the option, it is a response like others.
        assert_eq!(way.send(pets(&server, "GET")).unwrap_err().kind(), ErrorKind::Api, "{status}");
    }
    let server = Server::start(vec![redirect()]);
    let returned = || pets(&server, "GET").return_redirects();
    let lines = returned().streamed(StreamSpec::<JsonStream<Json, Json>, Json>::json_lines("application/jsonl"));
    assert_eq!(way.send(lines).unwrap_err().kind(), ErrorKind::Redirect);
    // An undocumented operation has any value.
    let undocumented = client(&server).request(Method::GET, "/pets").return_redirects();
    assert_eq!(*way.send(undocumented).unwrap(), Json::from("moved"));
    // No value, whatever the options are.
    let server = Server::start(vec![reply(304, &[("etag", "\"1\"")], "")]);
    let returned = || pets(&server, "GET").return_redirects();
    let error = way.send(returned()).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 304), "{error}");
    assert_eq!(way.raw(returned()).unwrap().status().as_u16(), 304);
});

/// Adds a header, as a hook that signs requests does.
struct Sign;

impl Hook for Sign {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        request.headers_mut().insert("x-signed", "s3cret".parse().unwrap());
        Box::pin(async { Ok(None) })
    }
}

/// A call of a client with credentials in header, query and cookie, with hooks, and with headers of its own.
fn secured(base: &str, method: &'static str) -> AnyCall<Json, Json> {
    let builder = builder(base).credential("key", "s3cret").credential("app", "s3cret+app").hook(Sign).max_retries(0);
    let builder = builder.header("x-session", "s3cret").header("cookie", "session=s3cret").user_agent("pets/2");
    let operation = operation(method, "/pets").security(API.security);
    let call = call(&builder.build().unwrap(), &operation).follow_redirects_anywhere();
    call.header("authorization", "s3cret")
        .header("x-auth-token", "s3cret")
        .header("if-none-match", "s3cret")
        .header("range", "bytes=0-9")
        .header("if-range", "\"v1\"")
        .idempotency_key("s3cret")
}

both!(follows_redirects_anywhere_with_nothing_of_the_call, |way| {
    for (method, status) in [("GET", 301), ("GET", 302), ("GET", 303), ("GET", 307), ("GET", 308), ("HEAD", 302)] {
        let files = Server::start(vec![moved(302, "file?at=1"), json(200, if method == "GET" { "1" } else { "" })]);
        let there = format!("{}/a/b?app=s3cret%2Bapp&app=other&sig=signature", files.base);
        let server = Server::start(vec![moved(status, &there)]);
        let raw = way.raw(secured(&server.base, method)).unwrap();
        assert_eq!(raw.status().as_u16(), 200, "{method} {status}");
        // Only the credential is gone. A relative address is that of the other server.
        assert_eq!(files.lines(), [format!("{method} /a/b?app=other&sig=signature"), format!("{method} /a/file?at=1")]);
        for head in files.heads() {
            let names = head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|(name, _)| name);
            let mut names: Vec<_> = names.filter(|name| !matches!(*name, "host" | "connection")).collect();
            names.sort_unstable();
            assert_eq!(names, ["accept", "accept-encoding", "if-range", "range", "user-agent"], "{head}");
            assert!(head.contains("range: bytes=0-9\r\n") && head.contains("if-range: \"v1\"\r\n"), "{head}");
            assert!(head.contains("accept: application/json\r\n") && head.contains("user-agent: pets/2\r\n"), "{head}");
            assert!(!head.contains("s3cret"), "{head}");
        }
        assert!(server.head().contains("x-signed: s3cret\r\n") && server.head().contains("x-key: s3cret\r\n"));
        if method == "GET" {
            assert_eq!(*way.send(secured(&server.base, method)).unwrap(), Json::from(1));
            let mut body = way.stream(secured(&server.base, method)).unwrap().into_inner();
            assert_eq!(way.wait(body.chunk()).unwrap().unwrap(), "1");
        }
    }
});

both!(sends_nothing_of_the_call_back_to_its_origin, |way| {
    let other = Server::respond(|_, request| {
        let back = request.split(['=', ' ']).nth(2).unwrap().to_owned();
        moved(307, &format!("http://{back}/back"))
    });
    let there = other.base.clone();
    let server = Server::respond(move |base, request| match request.starts_with("GET /back ") {
        true => json(200, "1"),
        false => moved(302, &format!("{there}/?to={}", base.trim_start_matches("http://"))),
    });
    way.send(secured(&server.base, "GET")).unwrap();
    let back = server.to("/back").pop().unwrap();
    assert!(!back.contains("s3cret") && !back.contains("x-signed"), "{back}");
});

both!(hides_the_address_of_another_origin, |way| {
    let error = r#"{"message":"SIGNATURE/value of /bucket/objects is wrong"}"#;
    let files = Server::start(vec![json(403, error), json(401, error), json(200, "no JSON: SIGNATURE/value")]);
    let server = |base: &str| Server::start(vec![moved(302, &format!("{base}/bucket/objects?sig=SIGNATURE%2Fvalue"))]);
    let routes = server(&files.base);
    for (kind, status) in [(ErrorKind::Api, 403), (ErrorKind::Api, 401), (ErrorKind::Decode, 200)] {
        let error = way.send(secured(&routes.base, "GET")).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (kind, status), "{error}");
        let shown = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
        assert!(!shown.contains("SIGNATURE") && !shown.contains("/bucket/objects"), "{shown}");
    }
    let error = way.send(secured(&server("http://127.0.0.1:1").base, "GET")).unwrap_err();
    let shown = format!("{error} {error:?} {:?}", std::error::Error::source(&error));
    assert!(error.is_transport() && !shown.contains("SIGNATURE") && !shown.contains("/bucket"), "{shown}");
    // Other faults are those of any call: a size, a time.
    let long = Server::start(vec![reply(200, &[], "x".repeat(2000)), Reply::Silence]);
    let client = builder(&server(&long.base).base).max_response_bytes(1000).max_retries(0).build().unwrap();
    let get = || call(&client, &operation("GET", "/pets")).follow_redirects_anywhere();
    assert_eq!(way.send(get()).unwrap_err().transport_kind(), Some(TransportErrorKind::TooLarge));
    assert!(way.send(get().timeout(Duration::from_millis(300))).unwrap_err().is_timeout());
});

both!(hides_every_address_that_led_to_a_refused_redirect, |way| {
    // Each redirect repeats the address that was requested, and the one to which it points.
    let files = Server::respond(|base, request| {
        let requested = request.split(' ').nth(1).unwrap();
        let next = match requested.contains("loop") {
            true => format!("{base}/loop/again?sig=LAST-SIGNATURE"),
            false => "ftp://files.test/bucket/last?sig=LAST-SIGNATURE".to_owned(),
        };
        reply(302, &[("location", &next), ("content-type", "application/json")], format!("\"{requested} {next}\""))
    });
    for path in ["/bucket/objects", "/loop/objects"] {
        let signed = format!("{}{path}?X-Amz-Signature=FIRST-SIGNATURE", files.base);
        let server = Server::start(vec![moved(302, &signed)]);
        let error = way.send(secured(&server.base, "GET")).unwrap_err();
        let wrong = error.body_as::<u64>().unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302), "{error}");
        let shown = format!("{error} {error:?} {wrong} {wrong:?}");
        assert!(wrong.to_string().contains("redacted"), "the body is shown: {wrong}");
        assert!(!shown.contains("SIGNATURE") && !shown.contains("/objects") && !shown.contains("/again"), "{shown}");
    }
    assert_eq!(files.lines().len(), 1 + 5);
    // Also without the option.
    let signed = format!("{}/bucket?sig=SIGNATURE", files.base);
    let body = format!("\"{signed}\"");
    let headers = [("location", &signed[..]), ("content-type", "application/json")];
    let server = Server::start(vec![reply(302, &headers, body)]);
    for call in [pets(&server, "GET"), pets(&server, "POST"), pets(&server, "GET").return_redirects()] {
        let wrong = way.send(call).unwrap_err().body_as::<u64>().unwrap_err().to_string();
        assert!(wrong.contains("redacted") && !wrong.contains("SIGNATURE"), "{wrong}");
    }
    // The path of the call itself is no secret.
    let server = Server::start(vec![moved(302, "https://127.0.0.1:1/pets/of/mine")]);
    let error = way.send(client(&server).request(Method::GET, "/pets/of/mine")).unwrap_err();
    assert!(error.to_string().starts_with("GET /pets/of/mine: 302"), "{error}");
});

both!(refuses_redirects_that_must_not_leave_the_origin, |way| {
    let other = Server::start(vec![json(200, "1")]);
    let host = other.base.trim_start_matches("http://").to_owned();
    let refused = |call: AnyCall<Json, Json>| {
        let error = way.send(call).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
        error.to_string()
    };
    let to = |location: &str| Server::start(vec![moved(302, location)]);
    for location in [&format!("http://user:s3cret@{host}/x")[..], "ftp://else.test/x", "HTTP://user@else.test/x"] {
        let shown = refused(secured(&to(location).base, "GET"));
        assert!(!shown.contains("user"), "{shown}");
        // No advice to use the option, which would not help.
        let shown = refused(pets(&to(location), "GET"));
        assert!(!shown.contains("follow_redirects_anywhere") && shown.contains("not followed"), "{shown}");
    }
    // The default names the option. It is not for other methods and for bodies.
    let server = Server::start(vec![moved(307, &other.base)]);
    for (call, names_option) in [
        (pets(&server, "GET"), true),
        (pets(&server, "HEAD"), true),
        (pets(&server, "POST"), false),
        (pets(&server, "GET").json(&Json::from("x")), false),
        (pets(&server, "POST").follow_redirects_anywhere(), false),
        (pets(&server, "GET").follow_redirects_anywhere().json(&Json::from("x")), false),
    ] {
        let shown = refused(call);
        assert!(shown.contains(&host) && shown.contains("follow_redirects_anywhere") == names_option, "{shown}");
    }
    let server = Server::start(vec![moved(302, &format!("{}/a", other.base)), json(200, "2")]);
    let call = pets(&server, "GET").follow_redirects_anywhere().return_redirects();
    assert_eq!(way.raw(call).unwrap().status().as_u16(), 302, "the last option counts");
    assert!(other.lines().is_empty());
});

both!(follows_no_redirect_from_https_to_http, |way| {
    let (root, other) = (Authority::root(), Server::start(vec![json(200, "1")]));
    let config = tls::config(&root.sign("localhost", 2099), &[b"http/1.1"]);
    let there = format!("{}/x", other.base);
    let secure = Server::start_over(vec![moved(302, &there), moved(302, &there), json(200, "1")], tls::over(config));
    let base = format!("https://localhost:{}", secure.address.port());
    let pem = root.pem.as_str();
    let hyper = Hyper::builder().root_certificate(pem).no_proxy().build().unwrap();
    let ureq = Ureq::builder().root_certificate(pem).no_proxy().build().unwrap();
    let client = |base: &str| {
        builder(base).transport(hyper.clone()).blocking_transport(ureq.clone()).max_retries(0).build().unwrap()
    };
    let get = |base: &str| call(&client(base), &operation("GET", "/pets")).follow_redirects_anywhere();
    let error = way.send(get(&base)).unwrap_err();
    assert!(error.kind() == ErrorKind::Redirect && error.to_string().contains("without TLS"), "{error}");
    let error = way.send(call(&client(&base), &operation("GET", "/pets"))).unwrap_err().to_string();
    assert!(error.contains("without TLS") && !error.contains("follow_redirects_anywhere"), "{error}");
    assert!(other.lines().is_empty());
    // From http to https, and to http only from http.
    let first = Server::start(vec![moved(302, &format!("{base}/y"))]);
    assert_eq!(*way.send(get(&first.base)).unwrap(), Json::from(1));
    assert_eq!(secure.lines(), ["GET /pets", "GET /pets", "GET /y"]);
});

both!(an_operation_that_documents_redirects_can_follow_them, |way| {
    let files = Server::start(vec![reply(200, &[("content-type", "application/zip")], "PK")]);
    let away = || moved(302, &files.base);
    let server = Server::start(vec![away(), away(), away(), reply(302, &[], "")]);
    let operation = operation("GET", "/archive").return_redirects();
    let archive = || -> AnyCall<(), Json> { client(&server).call(&operation, body::empty, body::json) };
    assert_eq!(way.send(archive()).unwrap().status().as_u16(), 302);
    let zip = way.send(archive().follow_redirects_anywhere()).unwrap();
    assert_eq!((zip.status().as_u16(), &zip.raw_body()[..]), (200, &b"PK"[..]));
    let mut zip = way.stream(archive().follow_redirects_anywhere()).unwrap().into_inner();
    assert_eq!(way.wait(zip.chunk()).unwrap().unwrap(), "PK");
    let nowhere = way.send(archive().follow_redirects_anywhere()).unwrap();
    assert_eq!(nowhere.status().as_u16(), 302, "the documented response");
});

both!(another_origin_changes_neither_credentials_nor_limits, |way| {
    let spent = [("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "9")];
    let files = Server::start(vec![reply(401, &spent, "{}")]);
    let server = Server::start(vec![moved(302, &files.base)]);
    let tokens = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tokens);
    let callback = CredentialSource::callback(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        async { Ok::<_, std::convert::Infallible>(Secret::from("t0p")) }
    });
    let client = builder(&server.base).credential_from("token", callback).pace(true).build().unwrap();
    for number in 1..=2 {
        let call = call(&client, &operation("GET", "/pets").security(API.security)).follow_redirects_anywhere();
        let error = way.send(call.timeout(Duration::from_secs(3))).unwrap_err();
        assert_eq!((error.kind(), files.lines().len()), (ErrorKind::Api, number), "{error}");
        assert_eq!(tokens.load(Ordering::SeqCst), number, "no token is renewed");
    }
});

both!(errors_of_another_origin_do_not_change_limits, |way| {
    let spent = [("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "9")];
    // A redirect that is not followed, too many redirects, and a body that breaks off.
    let away = [("location", "ftp://files.test/x"), spent[0], spent[1], spent[2]];
    let again = [("location", "/again"), spent[0], spent[1], spent[2]];
    let short = [("content-length", "9"), spent[0], spent[1], spent[2]];
    let replies = [reply(302, &away, ""), reply(302, &again, ""), reply(200, &short, "1")];
    for (reply, requests) in replies.into_iter().zip([1, 5, 1]) {
        let files = Server::start(vec![reply]);
        let server = Server::start(vec![moved(302, &files.base)]);
        let client = builder(&server.base).pace(true).max_retries(0).build().unwrap();
        let get = || call(&client, &operation("GET", "/pets")).timeout(Duration::from_secs(3));
        for number in 1..=2 {
            let error = way.send(get().follow_redirects_anywhere()).unwrap_err();
            assert!(error.status().is_some() && !error.is_timeout(), "{error}");
            assert_eq!(files.lines().len(), number * requests, "{error}");
        }
    }
    // The limit of the API counts, also that of its redirect to another origin.
    let server = Server::start(vec![reply(302, &away, "")]);
    let client = builder(&server.base).pace(true).max_retries(0).build().unwrap();
    let get = || call(&client, &operation("GET", "/pets")).timeout(Duration::from_secs(3));
    assert_eq!(way.send(get().follow_redirects_anywhere()).unwrap_err().kind(), ErrorKind::Redirect);
    assert!(way.send(get()).unwrap_err().is_timeout());
    assert_eq!(server.lines().len(), 1);
});
