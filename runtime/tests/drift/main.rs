//! Counts of what responses have and the description lacks. They contain names and places, and no values.
#![cfg(all(feature = "drift", feature = "test-util", feature = "blocking", feature = "hyper"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "../loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "../codec/models.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod models;
#[path = "../loopback/way.rs"]
mod way;

use api::{builder, operation};
use clientsmith_runtime::Drift;
use clientsmith_runtime::body::json;
use clientsmith_runtime::testing::{MockServer, Reply};
use clientsmith_runtime::{Decode, Json, Map, PageStep, Paging};
use models::{Author, Level, Line, Pet, Shape, State, Tree};
use way::{SendMode, both};

/// The counts after one response, without the operation, each as `kind place field count`.
fn counts<T: Decode + Send>(way: SendMode, body: &str) -> Vec<String> {
    let (server, drift) = (MockServer::new(), Drift::new());
    server
        .on("op")
        .reply(Reply::new(200).header("content-type", "Application/JSON; charset=utf-8").body(body.to_owned()));
    let client = builder("https://pets.test").transport(server).drift(drift.clone()).build().unwrap();
    way.send(client.call(&operation("GET", "/pets"), json::<T>, json::<Json>)).ok();
    let entries = drift.entries();
    let names = |entry: &clientsmith_runtime::DriftEntry| {
        (entry.method.clone(), entry.path.clone(), entry.status, entry.media_type.clone())
    };
    let own = ("GET".to_owned(), "/pets".to_owned(), 200, "application/json".to_owned());
    assert!(entries.iter().all(|entry| names(entry) == own), "{entries:?}");
    let shown = entries.iter().map(|entry| {
        let field = entry.field.as_deref().unwrap_or("-");
        format!("{} {:?} {field} {}", entry.kind, entry.place, entry.count)
    });
    shown.filter(|entry| entry != "response \"\" - 1").collect()
}

both!(counts_unknown_fields, |way| {
    let pets = r#"[{"id":1,"colour":"red"},{"id":2,"colour":"blue","age":3},{"id":3}]"#;
    assert_eq!(counts::<Vec<Pet>>(way, pets), ["unknown-field \"/*\" age 1", "unknown-field \"/*\" colour 2"]);
    let line = r#"{"post":{"author":{"name":"A","nick":"a"},"states":[]}}"#;
    assert_eq!(counts::<Line>(way, line), ["unknown-field \"/post/author\" nick 1"]);
    assert!(counts::<Line>(way, r#"{"post":{"author":{"name":"A"},"states":[]}}"#).is_empty());
});

both!(counts_unlisted_values, |way| {
    assert_eq!(counts::<Vec<State>>(way, r#"["valid","s3cret",4]"#), ["unknown-enum-value \"/*\" - 2"]);
    assert_eq!(counts::<Level>(way, "7"), ["unknown-enum-value \"\" - 1"]);
    assert!(counts::<Level>(way, "1").is_empty());
});

both!(counts_variants, |way| {
    assert_eq!(counts::<Shape>(way, r#"{"kind":"star","points":5}"#), ["unknown-variant \"\" - 1"]);
    assert_eq!(counts::<Shape>(way, r#"{"kind":"circle","radius":1,"x":0}"#), ["unknown-field \"\" x 1"]);
    // Only the variant that the value has counts.
    let tree = r#"{"next":{"next":null,"count":"s3cret","deep":0},"count":1,"more":true}"#;
    let found = counts::<Tree>(way, tree);
    assert_eq!(
        found,
        ["unknown-variant \"/next/next\" - 1", "unknown-field \"\" more 1", "unknown-field \"/next\" deep 1"]
    );
});

both!(counts_faults_without_values_and_keys, |way| {
    let fault = ["decode-fault \"/*/id\" - 1", "decode-fault \"/*/tag\" - 1"];
    assert_eq!(counts::<Map<Pet>>(way, r#"{"s3cret":{"id":"s3cret","tag":[]}}"#), fault);
    assert_eq!(counts::<Map<Pet>>(way, r#"{"s3cret":{"id":1,"x":[]}}"#), ["unknown-field \"/*\" x 1"]);
    let both = ["decode-fault \"/*/id\" - 1", "unknown-field \"/*\" x 1"];
    assert_eq!(counts::<Map<Pet>>(way, r#"{"s3cret":{"id":"s3cret","x":[]}}"#), both);
    assert_eq!(counts::<Vec<i64>>(way, r#"["s3cret"]"#), ["decode-fault \"/*\" - 1"]);
    assert_eq!(counts::<Vec<i64>>(way, "[1"), ["decode-fault \"\" - 1"]);
});

both!(counts_bodies_in_latin_1, |way| {
    let (server, drift) = (MockServer::new(), Drift::new());
    let body: &[u8] = b"{\"name\":\"Zo\xeb\",\"No\xebl\":1}";
    let latin = Reply::new(200).header("content-type", "application/json; charset=iso-8859-1").body(body);
    server.on("op").reply(latin);
    let client = builder("https://pets.test").transport(server).drift(drift.clone()).build().unwrap();
    let author = way.send(client.call(&operation("GET", "/pets"), json::<Author>, json::<Json>)).unwrap();
    assert_eq!(author.name, "Zo\u{eb}");
    let fields: Vec<String> = drift.entries().into_iter().filter_map(|entry| entry.field).collect();
    assert_eq!(fields, ["No\u{eb}l"]);
});

both!(counts_responses_of_any_status, |way| {
    let (server, drift) = (MockServer::new(), Drift::new());
    server.on("op").reply(Reply::text(418, "text/plain", "tea")).reply(Reply::new(204)).reply(Reply::new(204));
    let client = builder("https://pets.test").transport(server).drift(drift.clone()).build().unwrap();
    for _ in 0..3 {
        way.send(client.call(&operation("GET", "/pets"), json::<Json>, json::<Json>)).ok();
    }
    // A call that the description does not define belongs to no operation.
    way.send(client.request(clientsmith_runtime::Method::GET, "/other")).ok();
    let responses: Vec<String> =
        drift.to_ndjson().lines().filter(|line| line.contains("\"response\"")).map(str::to_owned).collect();
    assert_eq!(
        responses,
        [
            r#"{"method":"GET","path":"/pets","status":204,"media_type":"","kind":"response","place":"","count":2}"#,
            r#"{"method":"GET","path":"/pets","status":418,"media_type":"text/plain","kind":"response","place":"","count":1}"#,
        ]
    );
});

/// Values of a stream have no place in a body.
#[test]
fn counts_only_the_response_of_a_stream() {
    let (server, drift) = (MockServer::new(), Drift::new());
    let lines =
        Reply::new(200).header("content-type", "application/json").body("{\"id\":1,\"x\":0}\n{\"id\":2,\"x\":0}\n");
    server.on("op").reply(lines);
    let client = builder("https://pets.test").transport(server).drift(drift.clone()).build().unwrap();
    let call = client.call(&operation("GET", "/pets"), json::<Json>, json::<Json>);
    let ids: Vec<i64> = SendMode::Async.wait(async {
        let (mut pets, mut ids) = (call.json_lines::<Pet>().await.unwrap(), Vec::new());
        while let Some(pet) = pets.next().await {
            ids.push(pet.unwrap().id);
        }
        ids
    });
    assert_eq!(ids, [1, 2]);
    let kinds: Vec<&str> = drift.entries().iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["response"]);
}

both!(counts_items_of_pages_at_their_place, |way| {
    let (server, drift) = (MockServer::new(), Drift::new());
    let page: Json = serde_json::from_str(r#"{"data":{"pets":[{"id":1,"x":0},{"id":2,"x":0}]}}"#).unwrap();
    server.on("op").reply(Reply::json(200, &page));
    let client = builder("https://pets.test").transport(server).drift(drift.clone()).build().unwrap();
    static PAGING: Paging = Paging::new(PageStep::Link, &["data", "pets"]);
    let call = client.call(&operation("GET", "/pets"), json::<Json>, json::<Json>);
    let pets: Vec<Pet> = match way {
        SendMode::Async => way.wait(async {
            let (mut items, mut pets) = (call.items::<Pet>(&PAGING), Vec::new());
            while let Some(pet) = items.next().await {
                pets.push(pet.unwrap());
            }
            pets
        }),
        SendMode::Blocking => call.items::<Pet>(&PAGING).blocking().map(Result::unwrap).collect(),
    };
    assert_eq!(pets.len(), 2);
    let entries = drift.entries();
    let entry = entries.iter().find(|entry| entry.field.is_some()).unwrap();
    assert_eq!((entry.place.as_str(), entry.field.as_deref(), entry.count), ("/data/pets/*", Some("x"), 2));
});

/// A server that is ahead of `lines.yaml`. The generator's test of drift compares the same counts with the description.
#[test]
fn counts_a_server_that_is_ahead() {
    let (server, drift) = (MockServer::new(), Drift::new());
    let line = |text: &'static str| Reply::new(200).header("content-type", "application/json").body(text);
    server
        .on("op")
        .reply(line(r#"{"post":{"author":{"name":"A","nick":"a"},"states":["valid","lost"]}}"#))
        .reply(line(r#"{"post":{"author":{"name":"B","nick":"b"},"states":["found"]}}"#))
        .reply(line(r#"{"post":{"author":{"name":7},"states":[]}}"#))
        .reply(Reply::text(422, "text/html", "<h1>no</h1>"))
        .reply(Reply::new(302));
    let client = builder("https://lines.test").transport(server).drift(drift.clone()).max_retries(0).build().unwrap();
    for id in 0..5_i64 {
        let call = client.call(&operation("GET", "/lines/{id}"), json::<Line>, json::<Json>);
        SendMode::Blocking.send(call.path("id", &id)).ok();
    }
    let known = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drift/lines.ndjson");
    assert_eq!(drift.to_ndjson(), std::fs::read_to_string(known).unwrap());
}
