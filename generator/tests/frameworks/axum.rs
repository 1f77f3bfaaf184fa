//! Calls every operation of `tests/peers/axum` through the crate that was generated from its own description.

mod drive;

use drive::{CalledOperations, SendMode, encoded, run, v};
use peer_axum::api::wire::UploadParts;
use peer_axum::models::Login;
use peer_axum::runtime::{self, File};
use peer_axum::{Client, ClientBuilder};
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
            ("echoes_enums_of_every_tagging", &|way| enums(way, c)),
            ("preserves_unsigned_numbers", &|way| unsigned(way, c)),
            ("preserves_dates_without_an_offset", &|way| dates(way, c)),
            ("echoes_flattened_fields", &|way| flat(way, c)),
            ("distinguishes_null_from_absent", &|way| null(way, c)),
            ("echoes_parameters", &|way| parameters(way, c)),
            ("sends_forms", &|way| forms(way, c)),
            ("names_files_made_of_bytes", &|way| files(way, c)),
            ("reads_strings_bytes_and_nothing", &|way| responses(way, c)),
            ("reads_bytes", &|way| bytes(way, c)),
            ("reads_streams", &|way| streams(way, c)),
            ("distinguishes_described_and_undescribed_errors", &|way| errors(way, c)),
            ("sends_a_bearer_token", &|way| bearer(way, builder)),
        ],
    );
}

fn enums(way: SendMode, c: &Client) {
    let m = c.models();
    let small = json!({ "kind": "small", "n": 1 });
    for value in [small, json!({ "kind": "largeOne", "name": "x", "list": [1, null] }), json!({ "kind": "nothing" })] {
        way.echo(value.clone(), || m.internal(&v(&value)));
    }
    for value in
        [json!({ "t": "Number", "c": 1 }), json!({ "t": "Named", "c": { "name": "x" } }), json!({ "t": "Nothing" })]
    {
        way.echo(value.clone(), || m.adjacent(&v(&value)));
    }
    for value in
        [json!("Nothing"), json!({ "One": -1 }), json!({ "Pair": [1, "x"] }), json!({ "Named": { "name": "x" } })]
    {
        way.echo(value.clone(), || m.external(&v(&value)));
    }
    for value in [json!(-1), json!("1"), json!([1, 2]), json!({ "name": "x" })] {
        way.echo(value.clone(), || m.untagged(&v(&value)));
    }
}

fn unsigned(way: SendMode, c: &Client) {
    let numbers = json!({ "tiny": 255, "small": u32::MAX, "large": u64::MAX, "signed": i64::MIN, "float": 0.5, "double": 1e300,
        "size": 1, "maybe": u64::MAX });
    way.echo(numbers.clone(), || c.models().numbers(&v(&numbers)));
}

fn dates(way: SendMode, c: &Client) {
    let times = json!({ "at": "2026-01-02T03:04:05.123456789Z", "naive": "2026-01-02T03:04:05", "day": "2026-02-28" });
    way.echo(times.clone(), || c.models().times(&v(&times)));
}

fn flat(way: SendMode, c: &Client) {
    let flat = json!({ "id": 1, "ownName": "x", "more": { "a": [1] } });
    way.echo(flat.clone(), || c.models().flat(&v(&flat)));
    let choice = json!({ "id": 1, "kind": "largeOne", "name": "x", "list": [] });
    way.echo(choice.clone(), || c.models().flat_choice(&v(&choice)));
    let page = json!({ "items": [{ "id": 1 }, { "id": 2 }], "next": null, "total": 2 });
    way.echo(page.clone(), || c.models().page(&v(&page)));
}

fn null(way: SendMode, c: &Client) {
    let none = json!({ "text": null, "choice": null, "list": null, "map": { "a": null }, "pair": [1, null], "anything": null });
    way.echo(none.clone(), || c.models().nullable(&v(&none)));
    let full = json!({ "text": "", "left_out": -1, "choice": { "kind": "nothing" }, "list": ["a", null], "map": { "a": 1 },
        "pair": [1, "x"], "anything": [{}] });
    way.echo(full.clone(), || c.models().nullable(&v(&full)));
    way.echo(json!(null), || c.models().found(0));
    way.echo(json!({ "id": 3 }), || c.models().found(3));
}

fn parameters(way: SendMode, c: &Client) {
    let seen = || c.wire().query(200, vec![1, 2]).text("a b&c").flag(true).into_call();
    let seen = encoded(&way.send(seen()));
    assert_eq!(seen["text"], "a b&c");
    let mut query: Vec<&str> = seen["query"].as_str().unwrap().split('&').collect();
    query.sort_unstable();
    assert_eq!(query, ["flag=true", "ids=1", "ids=2", "text=a%20b%26c", "tiny=200"]);
}

fn forms(way: SendMode, c: &Client) {
    let login = Login::new("Jo & Co").with_age(7).with_agreed(true);
    way.echo(json!({ "name": "Jo & Co", "age": 7, "agreed": true }), || c.wire().form(&login));
}

fn files(way: SendMode, c: &Client) {
    let part = |name: &str, file: Value, media: Value, text: &str| json!({ "name": name, "file_name": file, "media": media, "text": text });
    let binary = json!("application/octet-stream");
    let upload = || {
        c.wire().upload(
            UploadParts::new(b"bytes".to_vec()).more(vec![File::new("b").named("b.txt").media_type("text/plain")]).note("ü"),
        )
    };
    let expected = json!([
        part("file", json!("file"), binary, "bytes"),
        part("more", json!("b.txt"), json!("text/plain"), "b"),
        part("note", json!(null), json!(null), "ü"),
    ]);
    way.echo(expected, upload);
}

fn responses(way: SendMode, c: &Client) {
    assert_eq!(way.send(c.wire().text("\"plain\"")), "\"plain\"");
    assert_eq!(way.send(c.wire().quoted()), "quoted");
    way.send(c.wire().fail(204));
}

fn bytes(way: SendMode, c: &Client) {
    let every: Vec<u8> = (0..=255).collect();
    assert_eq!(way.send(c.wire().bytes(every.clone())).to_vec(), every);
}

fn streams(way: SendMode, c: &Client) {
    let lines = way.collect(c.wire().lines());
    let lines: Vec<Value> = lines.iter().map(encoded).collect();
    assert_eq!(
        lines,
        [json!({ "name": "a", "age": 1, "agreed": true }), json!({ "name": "b", "age": null, "agreed": false })]
    );
}

fn errors(way: SendMode, c: &Client) {
    for (status, known) in [(404, true), (409, true), (500, false)] {
        let error = way.fail(c.wire().fail(status));
        assert_eq!(error.api().is_some(), known, "{error}");
        assert_eq!(error.raw_body().unwrap(), format!("{{\"reason\":\"it is {status}\"}}").as_bytes());
    }
    // axum rejects requests with plain strings that the description does not have.
    let refused = way.fail(c.wire().query(300, vec![]).into_call());
    assert_eq!(refused.status().unwrap().as_u16(), 400);
    assert!(refused.to_string().contains("Failed to deserialize query string"), "{refused}");
}

fn bearer(way: SendMode, builder: impl Fn() -> ClientBuilder) {
    let client = builder().bearer("the-token").build().unwrap();
    assert_eq!(way.send(client.wire().me()), "Bearer the-token");
}
