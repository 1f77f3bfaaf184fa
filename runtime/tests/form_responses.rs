//! Responses that are URL-encoded forms or multipart bodies: generated calls against a loopback server, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/forms_and_parts/src/api/calls.rs"]
#[allow(clippy::large_enum_variant, dead_code, deprecated, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/responses/forms_and_parts/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use call::Call;
use calls::{Calls, GetBundleError};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Multipart, body};
use models::{GetBundleResponseSize, Meta, TokenEither};
use server::Server;
use way::both;

const FORM: &str = "application/x-www-form-urlencoded";

/// A server that always sends this response, and its client.
fn server(status: u16, media: &str, body: &str) -> (Server, Client) {
    let head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\ncontent-type: {media}\r\n");
    let response = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let routes = Server::respond(move |_, _| response.clone());
    let client = api::builder(&routes.base).max_retries(0).build().unwrap();
    (routes, client)
}

fn meta(a: &str, n: Option<i64>) -> Meta {
    let meta = Meta::new(a);
    n.map_or(meta.clone(), |n| meta.with_n(n))
}

both!(reads_a_form_as_its_type, |way| {
    let body = "access_token=a%2Bb+c%26%3D&expires_in=3600&ratio=2.5&fresh=true&scopes=read&scopes=write&numbers=7&\
                meta=%7B%22a%22%3A%22x%22%2C%22n%22%3A1%7D&level=2&either=5&until=2026-01-31&more=1&flag";
    let (_routes, client) = server(200, FORM, body);
    let token = way.send(Calls::new(&client).create_token()).unwrap();
    assert_eq!((token.access_token.expose(), token.expires_in, token.ratio), ("a+b c&=", 3600, Some(2.5)));
    assert_eq!((token.fresh, token.numbers.clone()), (Some(true), Some(vec![7])));
    assert_eq!(token.scopes, Some(vec!["read".to_owned(), "write".to_owned()]));
    assert_eq!(token.meta, Some(meta("x", Some(1))));
    assert_eq!(token.level, Some(models::TokenLevel::Value2));
    assert_eq!(token.either, Some(TokenEither::Integer(5)));
    assert_eq!(token.until.clone().unwrap().to_string(), "2026-01-31");
    let more: Vec<(&str, &serde_json::Value)> = token.extra.iter().collect();
    assert_eq!(more, [("more", &"1".into()), ("flag", &"".into())]);
});

both!(selects_union_variants_in_a_form, |way| {
    for (text, expected) in [
        ("either=true", TokenEither::Bool(true)),
        ("either=1&either=2", TokenEither::IntegerList(vec![1, 2])),
        ("either=%7B%22a%22%3A%22x%22%7D", TokenEither::Meta(meta("x", None))),
        ("either=%5B3%5D", TokenEither::IntegerList(vec![3])),
    ] {
        let (_routes, client) = server(200, FORM, &format!("access_token=t&expires_in=1&{text}"));
        let token = way.send(Calls::new(&client).create_token()).unwrap();
        assert_eq!(token.either, Some(expected), "{text}");
    }
});

both!(round_trips_a_union_in_a_form, |way| {
    let echo = Server::respond(|_, request| {
        let body = request.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let head = format!("HTTP/1.1 200 Status\r\nconnection: close\r\ncontent-type: {FORM}\r\n");
        format!("{head}content-length: {}\r\n\r\n{body}", body.len())
    });
    let client = api::builder(&echo.base).max_retries(0).build().unwrap();
    for (either, text) in [
        (TokenEither::Bool(true), "either=true"),
        (TokenEither::Integer(5), "either=5"),
        (TokenEither::IntegerList(vec![1, 2]), "either=1&either=2"),
        (TokenEither::Meta(meta("x y&z", Some(1))), "either=%7B%22a%22%3A%22x%20y%26z%22%2C%22n%22%3A1%7D"),
    ] {
        let token = models::Token::new("t", 1).with_either(either.clone());
        let call = client.call(&const { api::operation("POST", "/form") }, body::form::<models::Token>, body::any);
        let read = way.send(call.form(&token)).unwrap();
        assert_eq!(read.either, Some(either), "{text}");
        let sent = echo.to("/form").pop().unwrap();
        assert!(sent.ends_with(&format!("access_token=t&expires_in=1&{text}")), "{sent}");
    }
});

both!(reads_properties_by_their_styles, |way| {
    let body = "id=%2212%22&owner%5Ba%5D=x&owner[n]=3&tags=one%7Ctwo";
    let (_routes, client) = server(200, FORM, body);
    let styled = way.send(Calls::new(&client).get_styled()).unwrap();
    assert_eq!((styled.id.as_str(), styled.owner.clone()), ("12", Some(meta("x", Some(3)))));
    assert_eq!(styled.tags, Some(vec!["one".to_owned(), "two".to_owned()]));
    let deep = format!("id=1&owner{}=x", "[a]".repeat(100_000));
    let (_routes, client) = server(200, FORM, &deep);
    assert_eq!(way.send(Calls::new(&client).get_styled()).unwrap_err().kind(), ErrorKind::Decode);
});

both!(reports_the_path_of_an_invalid_form_value, |way| {
    for (body, line) in [
        ("access_token=t&expires_in=soon", "expires_in: expected a whole number, found string \"soon\""),
        ("access_token=t", "expires_in: expected a value, found nothing"),
        ("access_token=t&expires_in=1&numbers=1&numbers=x", "numbers[1]: expected a whole number"),
        ("access_token=t&expires_in=1&meta=%7B%22a%22%3A1%7D", "meta.a: expected a string, found integer `1`"),
        ("access_token=%FF", "the body: expected a form in UTF-8"),
        ("", "access_token: expected a value, found nothing"),
    ] {
        let (_routes, client) = server(200, FORM, body);
        let error = way.send(Calls::new(&client).create_token()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(line), "{error}\n{line}");
        assert_eq!(error.raw_body().unwrap(), body.as_bytes());
    }
});

const BUNDLE: &str = "a preamble\r\n\
    --b:1\r\n\
    Content-Disposition: form-data; name=\"picture\"; filename=\"a \\\"b%22;c.png\"\r\nContent-Type: image/png\r\n\
    X-Hint: one\r\n two\r\n\r\n\
    \r\n--b:12 is no boundary\r\n\r\n\
    --b:1 \t\r\n\
    content-disposition: form-data; name=meta\r\ncontent-type: application/vnd.x+json; charset=utf-8\r\n\r\n\
    {\"a\":\"x\",\"n\":1}\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"pages\"; filename*=UTF-8''%C3%BC.png\r\n\r\none\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"unknown\"\r\n\r\n\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"pages\"\r\n\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n12\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nbig\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"when\"\r\n\r\n2026-01-31T00:00:00Z\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"size\"\r\n\r\ntrue\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"metas\"\r\nContent-Type: application/json\r\n\r\n{\"a\":\"1\"}\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"metas\"\r\nContent-Type: application/json\r\n\r\n{\"a\":\"2\"}\r\n\
    --b:1\r\nContent-Disposition: form-data; name=\"rest\"\r\n\r\nfalse\r\n\
    --b:1--\r\nan epilogue\r\n--b:1\r\n";

both!(reads_parts_as_described, |way| {
    let (_routes, client) = server(200, "Multipart/Form-Data; charset=utf-8; boundary=\"b:1\"", BUNDLE);
    let bundle = way.send(Calls::new(&client).get_bundle()).unwrap();
    assert_eq!(&bundle.picture.body[..], b"\r\n--b:12 is no boundary\r\n");
    assert_eq!(bundle.picture.file_name.as_deref(), Some("a \"b\";c.png"));
    assert_eq!(bundle.picture.media.as_deref(), Some("image/png"));
    assert_eq!(bundle.picture.headers.get("x-hint").unwrap(), "one two");
    assert_eq!(bundle.meta, meta("x", Some(1)));
    let pages: Vec<(&[u8], Option<&str>)> =
        bundle.pages.iter().map(|page| (&page.body[..], page.file_name.as_deref())).collect();
    assert_eq!(pages, [(&b"one"[..], Some("ü.png")), (&b""[..], None)]);
    assert_eq!((bundle.tags.clone(), bundle.count, bundle.rest), (vec!["a".to_owned()], Some(12), false));
    assert_eq!(bundle.kind.as_ref().unwrap().as_str(), "big");
    assert_eq!(bundle.when.clone().unwrap().to_string(), "2026-01-31T00:00:00Z");
    assert_eq!(bundle.size, Some(GetBundleResponseSize::Bool(true)));
    assert_eq!(bundle.metas, Some(vec![meta("1", None), meta("2", None)]));
    let [rest] = &bundle.rest2[..] else { panic!("{:?}", bundle.rest2) };
    assert_eq!((&bundle.nothing, rest.name.as_deref(), &rest.body[..]), (&None, Some("unknown"), &b""[..]));
});

both!(limits_the_nesting_of_json_in_a_part, |way| {
    let deep = format!("{{\"a\":\"x\",\"deep\":{}1{}}}", "[".repeat(20), "]".repeat(20));
    let body = BUNDLE.replace("{\"a\":\"x\",\"n\":1}", &deep);
    let media = "multipart/form-data; boundary=\"b:1\"";
    for (depth, fits) in [(20, false), (30, true)] {
        let (routes, _) = server(200, media, &body);
        let client = api::builder(&routes.base).max_json_depth(depth).build().unwrap();
        let error = way.send(Calls::new(&client).get_bundle()).err();
        assert_eq!(error.is_none(), fits, "{depth}: {error:?}");
        assert!(error.is_none_or(|error| error.to_string().contains("meta: expected at most 20 levels")));
    }
});

both!(reports_the_path_of_an_invalid_part, |way| {
    let replaced = |one: &str, other: &str| BUNDLE.replace(one, other);
    for (body, line) in [
        (replaced("\r\n12\r\n", "\r\nmany\r\n"), "count: expected a whole number, found string \"many\""),
        (replaced("name=meta", "name=other"), "meta: expected a value, found nothing"),
        (replaced("name=\"picture\"", "name=\"painting\""), "picture: expected a value, found nothing"),
        (replaced("{\"a\":\"2\"}", "{\"a\":2}"), "metas[1].a: expected a string, found integer `2`"),
        (replaced("{\"a\":\"2\"}", "{\"a\":"), "metas: expected JSON"),
        (replaced("--b:1--", ""), "[13]: expected the boundary that ends the parts"),
        (
            replaced("content-type: application/vnd", "content type application/vnd"),
            "[1]: expected the headers of a part",
        ),
        (replaced("one\r\n two", &"x".repeat(17 << 10)), "found more than 16 KiB"),
        (String::new(), "expected the boundary that ends the parts, found the end"),
    ] {
        let (_routes, client) = server(200, "multipart/form-data; boundary=b:1", &body);
        let error = way.send(Calls::new(&client).get_bundle()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(line), "{error}\n{line}");
    }
    for media in ["multipart/form-data", "text/plain; boundary=b:1", "multipart/mixed; boundary=\"\""] {
        let (_routes, client) = server(200, media, BUNDLE);
        let error = way.send(Calls::new(&client).get_bundle()).unwrap_err();
        assert!(error.to_string().contains("expected a body in parts with its boundary"), "{error}");
    }
});

both!(reads_errors_from_parts_and_forms, |way| {
    let body = "--b\nContent-Disposition: form-data; name=why\n\nüber\n--b--";
    let (_routes, client) = server(409, "multipart/mixed; boundary=b", body);
    let error = way.send(Calls::new(&client).get_bundle()).unwrap_err();
    let Some(GetBundleError::Status409(response)) = error.api() else { panic!("{error:?}") };
    assert_eq!(response.why, "über");
    let (_routes, client) = server(500, FORM, "access_token=t&expires_in=1");
    let error = way.send(Calls::new(&client).get_bundle()).unwrap_err();
    let Some(GetBundleError::Default(token)) = error.api() else { panic!("{error:?}") };
    assert_eq!(token.expires_in, 1);
});

both!(assigns_unnamed_parts_in_order, |way| {
    let parts =
        "--r\r\nContent-Type: application/json\r\n\r\n{\"a\":\"x\"}\r\n--r\r\n\r\nbytes\r\n--r\r\n\r\nmore\r\n--r--";
    let (_routes, client) = server(200, "multipart/related; boundary=r; type=\"application/json\"", parts);
    let response = way.send(Calls::new(&client).get_related()).unwrap();
    assert_eq!((response.meta.a.as_str(), &response.media.body[..], response.rest.len()), ("x", &b"bytes"[..], 1));
    let named = "--r\r\nContent-ID: <media>\r\n\r\nbytes\r\n--r\r\nContent-ID: <meta>\r\n\r\n{\"a\":\"y\"}\r\n--r--";
    let (_routes, client) = server(200, "multipart/related; boundary=r", named);
    let response = way.send(Calls::new(&client).get_related()).unwrap();
    assert_eq!((response.meta.a.as_str(), &response.media.body[..]), ("y", &b"bytes"[..]));
});

both!(reads_undescribed_parts_in_order, |way| {
    let inner = "--i\r\n\r\n1\r\n--i\r\n\r\n2\r\n--i--";
    let body = format!(
        "--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n{inner}\r\n--o\r\nContent-Type: text/plain; \
         charset=iso-8859-1\r\n\r\nx\r\n--o\r\nContent-Type: application/json\r\n\r\n{{\"a\":\"x\"}}\r\n--o--"
    );
    let (_routes, client) = server(200, "multipart/mixed; boundary=o", &body);
    let parts = way.send(Calls::new(&client).get_any()).unwrap();
    let [inside, text, json] = &parts[..] else { panic!("{parts:?}") };
    let texts: Vec<String> = inside.parts().unwrap().iter().map(|part| part.text().unwrap()).collect();
    assert_eq!(texts, ["1", "2"]);
    assert_eq!((text.text().unwrap().as_str(), json.json::<Meta>().unwrap()), ("x", meta("x", None)));
    assert!(text.parts().is_err());
    let raw = way.send(Calls::new(&client).get_raw()).unwrap();
    assert_eq!(raw.parts().unwrap(), *parts);

    let values = "--v\r\nContent-Type: application/json\r\n\r\n{\"a\":\"1\"}\r\n--v\r\n\r\n{\"a\":\"2\"}\r\n--v--";
    let (_routes, client) = server(200, "multipart/mixed; boundary=v", values);
    assert_eq!(*way.send(Calls::new(&client).get_values()).unwrap(), [meta("1", None), meta("2", None)]);
    let (_routes, client) = server(200, "multipart/mixed; boundary=v", &values.replace("\"2\"", "2"));
    let error = way.send(Calls::new(&client).get_values()).unwrap_err();
    assert!(error.to_string().contains("[1].a: expected a string"), "{error}");
    let (_routes, client) = server(200, "multipart/mixed; boundary=v", "--v--");
    assert!(way.send(Calls::new(&client).get_any()).unwrap().is_empty());
    let many = "--v\r\n\r\n\r\n".repeat(70_000) + "--v--";
    let (_routes, client) = server(200, "multipart/mixed; boundary=v", &many);
    let error = way.send(Calls::new(&client).get_any()).unwrap_err();
    assert!(error.to_string().contains("at most 65536 parts"), "{error}");
});

both!(round_trips_a_multipart_body, |way| {
    let form = Multipart::new().text("a\"b", "1").part("file", clientsmith_runtime::File::new("x").named("n\r.txt"));
    let (media, body) = form.encode().unwrap();
    let body = String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap();
    let (_routes, client) = server(200, &media, &body);
    let parts = way.send(Calls::new(&client).get_any()).unwrap();
    let [text, file] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!((text.name.as_deref(), file.file_name.as_deref()), (Some("a\"b"), Some("n\r.txt")));
});
