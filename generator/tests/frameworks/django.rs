//! Calls every operation of `tests/peers/django` through the crate that was generated from its own description.

mod drive;

use drive::{CalledOperations, SendMode, collect_stream, encoded, run, v};
use peer_django::api::items::UploadParts;
use peer_django::models::{AuthTokenRequest, CatRequest, Item};
use peer_django::runtime::{self, File};
use peer_django::{Client, ClientBuilder};
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
            ("writes_and_reads_items", &|way| items(way, c)),
            ("iterates_over_pages", &|way| pages(way, c)),
            ("preserves_a_field_of_another_type", &|way| misfit(way, c)),
            ("writes_the_discriminator", &|way| discriminator(way, c)),
            ("uploads_files", &|way| files(way, c)),
            ("reports_rejected_fields", &|way| rejected(way, c)),
            ("logs_in_without_a_credential", &|way| login(way, c, builder)),
        ],
    );
}

fn create(way: SendMode, c: &Client, item: Value) -> Item {
    way.send(c.items().make(&v(&item)))
}

/// The items of all pages. The runtime of a description without pagination has no type for them.
fn all_items(way: SendMode, c: &Client) -> Vec<Item> {
    let list = c.items().all().items();
    match way {
        SendMode::Async => collect_stream(list),
        SendMode::Blocking => list.blocking().collect(),
    }
    .unwrap()
}

fn items(way: SendMode, c: &Client) {
    let sent = json!({ "label": "x", "colour": "", "price": "1234567890.10", "due": "2026-02-28",
        "length": "1 02:03:04", "data": [{ "a": null }], "secret": "s" });
    let item = create(way, c, sent.clone());
    let id = item.id;
    let read = encoded(&item);
    for field in ["label", "colour", "price", "due", "length", "data"] {
        assert_eq!(read[field], sent[field], "{field}");
    }
    way.echo(read.clone(), || c.items().one(id));
    way.echo(read.clone(), || c.items().replace(id, &v(&read)));
    let change = v(&json!({ "colour": null, "label": "y" }));
    let changed = encoded(&way.send(c.items().change(id).body(&change).into_call()));
    assert_eq!((&changed["label"], &changed["colour"], &changed["price"]), (&json!("y"), &json!(null), &sent["price"]));
    way.send(c.items().remove(id));
    assert!(way.fail(c.items().one(id)).is_not_found());
}

fn pages(way: SendMode, c: &Client) {
    let ids: Vec<_> = (0..5).map(|n| create(way, c, json!({ "label": n.to_string() })).id).collect();
    let mut all: Vec<_> = all_items(way, c).iter().map(|item| item.id).collect();
    all.retain(|id| ids.contains(id));
    assert_eq!(all, ids);
    ids.into_iter().for_each(|id| drop(way.send(c.items().remove(id))));
}

/// The description has a string, and the server sends an object.
fn misfit(way: SendMode, c: &Client) {
    way.echo(json!({ "data": { "value": "x" } }), || c.items().shown());
}

fn discriminator(way: SendMode, c: &Client) {
    // The discriminator is a string whose value is in the mapping.
    let cat = encoded(&CatRequest::new(9));
    way.echo(json!({ "type": "cat", "lives": 9 }), || c.items().pet().body(&v(&cat)).into_call());
}

fn files(way: SendMode, c: &Client) {
    let file = || c.items().upload().body(UploadParts::new().file(b"bytes".to_vec()).note("ü")).into_call();
    way.echo(json!({ "name": "file", "text": "bytes", "note": "ü" }), file);
    let file = || c.items().upload().body(UploadParts::new().file(File::new("a").named("a b.txt"))).into_call();
    way.echo(json!({ "name": "a b.txt", "text": "a", "note": null }), file);
    way.echo(json!({ "name": null, "text": null, "note": "x" }), || {
        c.items().upload().body(UploadParts::new().note("x")).into_call()
    });
}

fn rejected(way: SendMode, c: &Client) {
    let error = way.fail(c.items().make(&v(&json!({ "label": "", "colour": "green" }))));
    assert!(error.to_string().contains("label: This field may not be blank."), "{error}");
    assert!(error.to_string().contains("colour: \"green\" is not a valid choice."), "{error}");
}

fn login(way: SendMode, c: &Client, builder: impl Fn() -> ClientBuilder) {
    let form = v::<AuthTokenRequest>(&json!({ "username": "jo", "password": "correct horse & battery" }));
    let token = way.send(c.who().login(&form).without_credentials()).token;
    // The description has an API key in `Authorization`, so the caller provides the scheme before the key.
    let client = builder().token_auth(format!("Token {token}")).build().unwrap();
    assert_eq!(way.send(client.who().me()), "jo");
    let client = builder().basic_auth("jo", "correct horse & battery").build().unwrap();
    assert_eq!(way.send(client.who().me()), "jo");
}
