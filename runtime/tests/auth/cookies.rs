//! Cookies: unchanged credentials, encoded and raw parameters, and cookies of the caller.

use super::{builder, call};
use crate::server::{Server, json};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{CredentialSource, Encoding, SecurityRequirement};

static SESSION: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("session", &[])]];

fn cookies(server: &Server) -> Vec<String> {
    let field = |request: &String| {
        let mut lines = request.lines().filter_map(|line| line.split_once(": "));
        let cookies: Vec<&str> =
            lines.by_ref().filter(|(name, _)| name.eq_ignore_ascii_case("cookie")).map(|(_, value)| value).collect();
        assert!(cookies.len() < 2, "more than one cookie header: {request}");
        cookies.concat()
    };
    server.to("/pets").iter().map(field).collect()
}

both!(sends_a_credential_unchanged, |way| {
    let sessions = [
        "2|1:0|10:1700000000|8:username|44:ZmVkY2Jh==|0a1b",
        "s%3Aabc.sig/+x=",
        "\"quoted\"",
        "a!#$&'()*<>?@[]^_`{|}~",
    ];
    let server = Server::respond(|_, _| json(200, "1"));
    for session in sessions {
        way.send(call(&builder(&server).credential("session", session).build().unwrap(), "GET", SESSION)).unwrap();
    }
    assert_eq!(cookies(&server), sessions.map(|session| format!("sid={session}")));
});

both!(refuses_invalid_cookie_values_without_showing_them, |way| {
    for session in
        ["a b-2secret", "a;b-2secret", "a,b-2secret", "a\\b-2secret", "a\"b-2secret", "ä-2secret", "a\nb-2secret"]
    {
        let error =
            builder(&Server::respond(|_, _| json(200, "1"))).credential("session", session).build().unwrap_err();
        assert!(error.to_string().contains("session") && error.to_string().contains("RFC 6265"), "{error}");
        assert!(!format!("{error}{error:?}").contains("2secret"), "{error}");
        let server = Server::respond(|_, _| json(200, "1"));
        let source = CredentialSource::callback(move |_| async move { Ok::<_, std::io::Error>(session) });
        let client = builder(&server).credential_from("session", source).build().unwrap();
        let error = way.send(call(&client, "GET", SESSION)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(error.to_string().contains("session") && !format!("{error:?}").contains("2secret"), "{error:?}");
        assert!(server.to("/").is_empty());
    }
});

both!(merges_the_cookies_of_the_caller, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let client = builder(&server).header("Cookie", "lang=de; theme=dark").credential("session", "s|1").build().unwrap();
    let own = |call: clientsmith_runtime::AnyCall<_, _>| call.header("cookie", "a=1; theme=light");
    let parameter = |call: clientsmith_runtime::AnyCall<_, _>| call.cookie("p", &"x y".to_owned());
    way.send(own(parameter(call(&client, "GET", SESSION)))).unwrap();
    way.send(parameter(own(call(&client, "GET", SESSION)))).unwrap();
    way.send(call(&client, "GET", SESSION).header("cookie", "a=1").header("cookie", "b=2")).unwrap();
    // A credential replaces a cookie of the same name.
    way.send(call(&client, "GET", SESSION).header("cookie", "sid=other")).unwrap();
    // A header of the call replaces a parameter of the same name.
    way.send(parameter(call(&client, "GET", SESSION)).header("cookie", "p=own; theme=light")).unwrap();
    let all = "lang=de; p=x%20y; a=1; theme=light; sid=s|1";
    let own = "lang=de; p=own; theme=light; sid=s|1";
    let two = "lang=de; theme=dark; a=1; b=2; sid=s|1";
    assert_eq!(cookies(&server), [all, all, two, "lang=de; theme=dark; sid=s|1", own]);
});

both!(sends_raw_cookie_parameters, |way| {
    let server = Server::respond(|_, _| json(200, "1"));
    let value = || "2|1:0=".to_owned();
    for raw in [false, true] {
        let client = builder(&server).raw_cookies(raw).build().unwrap();
        way.send(call(&client, "GET", &[]).cookie("p", &value())).unwrap();
        way.send(call(&client, "GET", &[]).cookie("p", &value()).raw_cookies(!raw)).unwrap();
        way.send(call(&client, "GET", &[]).raw_cookies(!raw).cookie_as("p", Encoding::COOKIE, &value())).unwrap();
    }
    let (encoded, raw) = ("p=2%7C1%3A0%3D", "p=2|1:0=");
    assert_eq!(cookies(&server), [encoded, raw, raw, raw, encoded, raw]);
    // A value that needs encoding cannot be sent raw.
    let client = builder(&server).build().unwrap();
    let error = way.send(call(&client, "GET", &[]).cookie("p", &"a b".to_owned()).raw_cookies(true));
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Build);
    let list = vec!["a".to_owned(), "b".to_owned()];
    way.send(call(&client, "GET", &[]).cookie_as("p", Encoding::COOKIE, &list)).unwrap();
    assert_eq!(cookies(&server).last().unwrap(), "p=a; p=b");
});
