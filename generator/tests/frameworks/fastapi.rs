//! Calls every operation of `tests/peers/fastapi` through the crate that was generated from its own description.

mod drive;

use drive::{CalledOperations, SendMode, encoded, run, v};
use peer_fastapi::api::forms::{ContentsParts, FileParts, FilesParts, OptionalParts};
use peer_fastapi::models::{BodyToken, BoxModel, HttpValidationError, Large, Login, Secrets, Small, Thing};
use peer_fastapi::runtime::{self, File};
use peer_fastapi::{Client, ClientBuilder};
use serde_json::{Value, json};

fn main() {
    let base = std::env::args().nth(1).unwrap();
    let called = CalledOperations::default();
    let builder = || Client::builder().base_url(&base).max_retries(0).hook(called.clone());
    let client = builder().build().unwrap();
    let c = &client;
    run(
        &called,
        &[
            ("writes_the_discriminator_of_a_union", &|way| discriminator(way, c)),
            ("writes_the_discriminator_inside_lists_and_maps", &|way| discriminators(way, c)),
            ("echoes_models", &|way| models(way, c)),
            ("preserves_every_digit_of_decimals", &|way| decimals(way, c)),
            ("preserves_dates_without_an_offset", &|way| dates(way, c)),
            ("distinguishes_null_from_absent", &|way| null(way, c)),
            ("omits_read_only_fields_from_requests", &|way| read_only(way, c)),
            ("echoes_parameters", &|way| parameters(way, c)),
            ("sends_a_header_list_as_repeated_lines", &|way| header_list(way, c)),
            ("sends_forms", &|way| forms(way, c)),
            ("names_files_made_of_bytes", &|way| files(way, c)),
            ("reads_strings_bytes_and_nothing", &|way| responses(way, c)),
            ("reads_streams", &|way| streams(way, c)),
            ("distinguishes_described_and_undescribed_errors", &|way| errors(way, c)),
            ("shows_the_message_of_a_validation_error", &|way| validation(way, c)),
            ("obtains_a_token_by_the_password_form", &|way| password(way, c, builder)),
            ("sends_a_cookie_credential_unchanged", &|way| cookie(way, builder)),
            ("redacts_secrets_that_an_error_repeats", &|way| secrets(way, c)),
        ],
    );
}

fn discriminator(way: SendMode, c: &Client) {
    for (thing, kind) in [(Thing::Large(Large::default()), "large"), (Thing::Small(Small::default()), "small")] {
        let echoed = encoded(&way.send(c.unions().thing(&thing)));
        assert_eq!(echoed["kind"], kind);
    }
    let large = json!({ "kind": "large", "name": "x" });
    way.echo(large.clone(), || c.unions().thing(&Thing::Large(Large::default().with_name("x"))));
    way.echo(large.clone(), || c.unions().either(&v(&large)));
}

fn discriminators(way: SendMode, c: &Client) {
    let small = || Thing::Small(Small::default().with_n(1));
    let large = || Thing::Large(Large::default().with_name("x"));
    let body = BoxModel::new(small())
        .with_maybe(large())
        .with_many(vec![large(), small()])
        .with_named([("a".to_owned(), large())].into_iter().collect());
    let (small, large) = (json!({ "kind": "small", "n": 1 }), json!({ "kind": "large", "name": "x" }));
    let expected = json!({ "first": small, "maybe": large, "many": [large, small], "named": { "a": large } });
    way.echo(expected, || c.unions().boxed(&body));
}

fn models(way: SendMode, c: &Client) {
    let tree = json!({ "value": 1, "children": [{ "value": 2, "children": [], "from": null }], "from": "root" });
    way.echo(tree.clone(), || c.models().tree(&v(&tree)));
    way.echo(json!(null), || c.models().nothing());
    let small = json!({ "kind": "small", "n": 3 });
    let box_of = json!({ "first": small, "maybe": null, "many": [small, small], "named": {} });
    way.echo(box_of, || c.models().several(&v(&json!({ "left": small, "weight": 2 }))));
}

fn decimals(way: SendMode, c: &Client) {
    let text = json!({ "amount": "12345678901234567890.10", "rate": "0.10000000000000000000", "whole": 9007199254740993_i64, "part": 0.1 });
    way.echo(text.clone(), || c.models().price(&v(&text)));
}

fn dates(way: SendMode, c: &Client) {
    for (at, either) in [
        ("2026-01-02T03:04:05", "2026-01-02T03:04:05.500000"),
        ("2026-01-02T03:04:05.678901Z", "2026-01-02"),
        ("2026-01-02T03:04:05+05:30", "2026-01-02T03:04:05Z"),
    ] {
        let times = json!({ "at": at, "day": "2026-02-28", "clock": "03:04:05.500000", "long": "P1DT2H3.5S", "either": either });
        way.echo(times.clone(), || c.models().times(&v(&times)));
    }
}

fn null(way: SendMode, c: &Client) {
    let none = json!({ "text": null, "number": null, "flag": null, "colour": null, "choice": null, "texts": null,
        "numbers": null, "thing": null, "anything": null, "pair": null });
    way.echo(none.clone(), || c.models().nullable(&v(&json!({ "flag": null }))));
    let full = json!({ "text": "", "number": -1, "flag": false, "colour": "blue", "choice": "b", "texts": ["a", null],
        "numbers": { "a": 1.5, "b": null }, "thing": { "kind": "small", "n": 1 }, "anything": [{}], "pair": [1, null] });
    way.echo(full.clone(), || c.models().nullable(&v(&full)));
    let given = |body: Value| way.send(c.models().given(&v(&body)));
    assert_eq!(given(json!({ "flag": null, "text": null })), ["flag", "text"]);
    assert_eq!(given(json!({ "flag": true })), ["flag"]);
}

/// The server rejects the computed field, which requests do not have, and the read-only field.
fn read_only(way: SendMode, c: &Client) {
    let account = way.send(c.models().account());
    assert_eq!(encoded(&account), json!({ "first": "Jo", "last": "Doe", "full": "Jo Doe" }));
    let account = v(&json!({ "first": account.first, "last": "Roe" }));
    way.echo(json!({ "first": "Jo", "last": "Roe", "full": "Jo Roe" }), || c.models().rename(&account));
    let record = way.send(c.models().record());
    way.echo(json!({ "id": 7, "label": "one" }), || c.models().replace(&record));
}

fn parameters(way: SendMode, c: &Client) {
    let filter = || {
        let filter = c.parameters().filter().limit(7).order("down").tags(vec!["a b".into(), "c&d".into()]);
        filter.into_call()
    };
    way.echo(json!({ "limit": 7, "order": "down", "tags": ["a b", "c&d"], "since": null }), filter);
    let seen = || c.parameters().anywhere("red", "a b/c").q("ü&=+").ids(vec![1, 2]).into_call();
    way.echo(json!({ "path": "/parameters/any/red/a b/c", "query": [["q", "ü&=+"], ["ids", "1"], ["ids", "2"]], "headers": {} }), seen);
    let seen = || c.parameters().headers().x_flag(true).session("a").into_call();
    way.echo(json!({ "path": "/parameters/headers", "query": [], "headers": { "x-tag": [], "x-flag": ["true"], "cookie": ["session=a"] } }), seen);
}

fn header_list(way: SendMode, c: &Client) {
    let seen = way.send(c.parameters().headers().x_tag(vec!["a".into(), "b, c".into()]).into_call());
    assert_eq!(encoded(&seen)["headers"]["x-tag"], json!(["a", "b, c"]));
}

fn forms(way: SendMode, c: &Client) {
    let login = Login::new("Jo & Co").with_age(7).with_tags(vec!["a b".into(), "c".into()]).with_agreed(true);
    way.echo(json!({ "name": "Jo & Co", "age": 7, "tags": ["a b", "c"], "colour": "red", "agreed": true }), || {
        c.forms().login(&login)
    });
}

fn files(way: SendMode, c: &Client) {
    let upload = |name: &str, media: &str, text: &str, note: Value| json!({ "name": name, "media": media, "text": text, "note": note });
    let binary = "application/octet-stream";
    let file = || c.forms().file(FileParts::new(b"bytes".to_vec()).note("ü"));
    way.echo(upload("file", binary, "bytes", json!("ü")), file);
    let file = || c.forms().file(FileParts::new(File::new("text").named("a b.txt").media_type("text/plain")));
    way.echo(upload("a b.txt", "text/plain", "text", json!("none")), file);
    let optional = || c.forms().optional().body(OptionalParts::new().file(b"x".to_vec())).into_call();
    way.echo(upload("file", binary, "x", json!(null)), optional);
    way.echo(json!(null), || c.forms().optional().into_call());
    way.echo(json!(null), || c.forms().optional().body(OptionalParts::new().note("x")).into_call());
    let two = || vec![File::new("a"), File::new("b").named("b.txt")];
    let files = || c.forms().files(FilesParts::new(two()).tags(vec!["x".into(), "y".into()]));
    way.echo(json!([upload("files", binary, "a", json!("x,y")), upload("b.txt", binary, "b", json!("x,y"))]), files);
    // The server reads a part without a file name as text.
    let bytes =
        || c.forms().contents(ContentsParts::new(vec![0xff, 0, 0xfe]).more(vec![File::new(vec![0x80]), File::new("")]));
    way.echo(json!([3, 1, 0]), bytes);
}

fn responses(way: SendMode, c: &Client) {
    let r = c.responses();
    assert_eq!(way.send(r.text()), "plain");
    assert_eq!(way.send(r.string()), "quoted");
    assert_eq!(way.send(r.raw()).to_vec(), (0..=255).collect::<Vec<u8>>());
    way.send(r.gone());
    assert_eq!(way.raw(r.file_of_anything()).raw_body().len(), 256);
}

fn streams(way: SendMode, c: &Client) {
    let small = |n| Small::default().with_kind().with_n(n);
    assert_eq!(way.collect(c.responses().lines().count(2).into_call()), [small(0), small(1)]);
    let ticks = way.collect(c.responses().ticks().count(2).into_call());
    assert_eq!(ticks.into_iter().map(|event| event.data).collect::<Vec<_>>(), [small(0), small(1)]);
    let named = way.collect(c.responses().named());
    let named: Vec<_> =
        named.iter().map(|event| (event.event.as_str(), event.id.as_deref(), event.data.as_str())).collect();
    assert_eq!(named, [("first", Some("1"), "{\"n\": 1}"), ("second", Some("2"), "two\nlines")]);
}

fn errors(way: SendMode, c: &Client) {
    let r = c.responses();
    assert_eq!(way.send(r.error(200).into_call()).n, Some(200));
    let conflict = way.fail(r.error(409).detail("taken").into_call());
    assert_eq!(conflict.raw_body().unwrap(), &b"{\"reason\":\"taken\"}"[..]);
    assert!(conflict.api().is_some_and(|error| format!("{error:?}").contains("taken")));
    // The description does not define it: `detail` is a string here, and an array in the only documented error.
    let missing = way.fail(r.error(404).detail("gone").into_call());
    assert_eq!((missing.status().unwrap().as_u16(), missing.api().is_some()), (404, false));
    assert!(missing.to_string().ends_with("404 Not Found: gone"), "{missing}");
}

fn validation(way: SendMode, c: &Client) {
    let error = way.fail(c.parameters().filter().limit(1000).into_call());
    let api: &HttpValidationError = error.api().unwrap();
    let detail = &api.detail.as_ref().unwrap()[0];
    assert_eq!(encoded(&detail.loc), json!(["query", "limit"]));
    assert_eq!(encoded(api), serde_json::from_slice::<Value>(error.raw_body().unwrap()).unwrap());
    assert!(error.to_string().contains("query.limit: Input should be less than or equal to 100"), "{error}");
}

fn password(way: SendMode, c: &Client, builder: impl Fn() -> ClientBuilder) {
    let form = BodyToken::new("jo", "correct horse & battery").with_grant_type("password").with_scope("me");
    let token = way.send(c.credentials().token(&form));
    let client = builder().oauth2_password_bearer(token.access_token.expose()).build().unwrap();
    assert_eq!(way.send(client.credentials().me()), "jo.me");
    let refused = way.fail(c.credentials().token(&BodyToken::new("jo", "wrong horse battery")));
    assert!(refused.to_string().ends_with("Incorrect username or password"), "{refused}");
}

fn cookie(way: SendMode, builder: impl Fn() -> ClientBuilder) {
    for value in ["2|1:0|10:1700000000|3:sid|4:YWJj==", "s%3Aabc.sig%2Fx", "a=b/c+d"] {
        let client = builder().api_key_cookie(value).build().unwrap();
        let seen = encoded(&way.send(client.credentials().session()));
        assert_eq!(seen["headers"]["cookie"], json!([format!("sid={value}")]));
    }
}

fn secrets(way: SendMode, c: &Client) {
    assert_eq!(way.send(c.credentials().secrets(&Secrets::new("abc", "correct horse"))), "abc");
    let error = way.fail(c.credentials().secrets(&Secrets::new("abc", "hunter2-x")));
    assert!(error.to_string().contains("password"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}
