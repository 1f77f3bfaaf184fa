//! Bodies that differ from the description: strict and lenient clients.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "codec/models.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod models;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, operation};
use clientsmith_runtime::body::json;
use clientsmith_runtime::{
    ClientBuilder, Decode, DecodeError, DecodeErrorKind, Error, Json, Response, StreamSpec, to_value,
};
use models::{Line, Pet};
use serde_json::json;
use server::{Server, reply};
use std::sync::{Arc, Mutex};
use way::{SendMode, both};

/// Reads a body with a client.
fn read<T: Decode + Send>(
    way: SendMode,
    media: &str,
    body: &str,
    set: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Result<Response<T>, Error<Json>> {
    let server = Server::start(vec![reply(200, &[("content-type", media)], body)]);
    let client = set(builder(&server.base)).max_retries(0).build().unwrap();
    way.send(client.call(&operation("GET", "/pets"), json::<T>, json::<Json>))
}

fn places(misfits: &[DecodeError]) -> Vec<String> {
    misfits.iter().map(DecodeError::path).collect()
}

fn kind_of<E: std::fmt::Debug>(error: &Error<E>) -> DecodeErrorKind {
    let source = std::error::Error::source(error).unwrap();
    source.downcast_ref::<DecodeError>().unwrap().kind()
}

both!(lenient_clients_preserve_misfits, |way| {
    let body = r#"{"id":1,"tag":["a","b"],"note":{"text":"x"},"more":true}"#;
    let error = read::<Pet>(way, "application/json", body, |client| client).unwrap_err();
    assert!(error.is_decode());
    assert!(error.to_string().contains("tag: expected a string, found sequence; note: expected a string, found map"));
    let pet = read::<Pet>(way, "application/json", body, |client| client.lenient(true)).unwrap();
    assert_eq!((pet.id, &pet.tag, pet.note.is_absent()), (1, &None, true));
    assert_eq!(places(pet.misfits()), ["tag", "note"]);
    assert_eq!(pet.misfits().first().unwrap().expected(), "a string");
    assert_eq!(to_value(&*pet).unwrap(), serde_json::from_str::<Json>(body).unwrap());
    // A value that the caller sets replaces the misfit.
    let mut pet = pet.into_inner();
    pet.tag = Some("mine".to_owned());
    assert_eq!(to_value(&pet).unwrap().get("tag"), Some(&json!("mine")));
});

both!(reports_misfits_of_required_fields, |way| {
    let lenient = |client: ClientBuilder| client.lenient(true);
    let error = read::<Pet>(way, "application/json", r#"{"id":"x","tag":1}"#, lenient).unwrap_err();
    assert!(error.to_string().contains("id: expected a whole number, found string \"x\""), "{error}");
    assert!(error.to_string().contains("tag: expected a string, found integer `1`"), "{error}");
    let list = r#"[{"post":{"author":{"name":1},"states":[]}}]"#;
    let error = read::<Vec<Line>>(way, "application/json", list, lenient).unwrap_err();
    assert!(error.to_string().contains("[0].post.author.name: expected a string"), "{error}");
});

both!(reads_misfits_of_nullable_items_as_none, |way| {
    let lenient = |client: ClientBuilder| client.lenient(true);
    let list = r#"[{"id":1},7,{"id":"x"},null]"#;
    let pets = read::<Vec<Option<Pet>>>(way, "application/json", list, lenient).unwrap();
    let there: Vec<bool> = pets.iter().map(Option::is_some).collect();
    assert_eq!(
        (there, places(pets.misfits())),
        (vec![true, false, false, false], vec!["[1]".to_owned(), "[2].id".to_owned()])
    );
    assert!(read::<Vec<Pet>>(way, "application/json", list, lenient).is_err());
});

both!(reports_misfits_at_every_path, |way| {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&seen);
    let body = r#"[{"id":1,"tag":5},{"id":2,"tag":"t"},{"id":3,"tag":{}}]"#;
    let pets = read::<Vec<Pet>>(way, "application/json", body, |client| {
        let recorder = Arc::clone(&recorder);
        client.lenient(true).on_misfit(move |misfit| recorder.lock().unwrap().push(misfit.path()))
    });
    let pets = pets.unwrap();
    assert_eq!((pets.len(), places(pets.misfits())), (3, vec!["[0].tag".to_owned(), "[2].tag".to_owned()]));
    assert_eq!(*seen.lock().unwrap(), ["[0].tag", "[2].tag"]);
    let many = format!("[{}]", vec![r#"{"id":1,"tag":5}"#; 20].join(","));
    let pets = read::<Vec<Pet>>(way, "application/json", &many, |client| client.lenient(true)).unwrap();
    assert_eq!((pets.len(), pets.misfits().len()), (20, 16));
});

both!(replaces_invalid_characters, |way| {
    let same = |client: ClientBuilder| client;
    let pet = read::<Pet>(way, "application/json", "\u{feff}{\"id\":1,\"tag\":\"t\"}", same).unwrap();
    assert_eq!((pet.id, pet.tag.as_deref(), pet.misfits().len()), (1, Some("t"), 0));
    let pet = read::<Pet>(way, "application/json", r#"{"id":1,"tag":"a\ud800b"}"#, same).unwrap();
    assert_eq!((pet.id, pet.tag.as_deref()), (1, Some("a\u{fffd}b")));
    assert_eq!(pet.misfits().first().map(DecodeError::found), Some(r"the escape `\ud800`"));
});

both!(limits_the_memory_of_decoded_values, |way| {
    let body = format!("[{}]", vec![r#"{"id":1}"#; 5000].join(","));
    let bytes = 5000 * size_of::<Pet>();
    let pets = read::<Vec<Pet>>(way, "application/json", &body, |client| client.max_decoded_bytes(2 * bytes)).unwrap();
    assert_eq!(pets.len(), 5000);
    let small = |client: ClientBuilder| client.max_decoded_bytes(bytes / 2);
    let error = read::<Vec<Pet>>(way, "application/json", &body, small).unwrap_err();
    assert_eq!((error.is_decode(), kind_of(&error)), (true, DecodeErrorKind::TooLarge));
    assert!(error.to_string().contains("the client's `max_decoded_bytes`"), "{error}");
    // The limit applies to free JSON too. It is independent of the limit of bodies.
    let numbers = format!("[{}0]", "0,".repeat(5000));
    let tight = |client: ClientBuilder| client.max_response_bytes(numbers.len());
    assert!(read::<Json>(way, "application/json", &numbers, tight).is_ok());
    let error =
        read::<Json>(way, "application/json", &numbers, |client| client.max_decoded_bytes(200_000)).unwrap_err();
    assert_eq!(kind_of(&error), DecodeErrorKind::TooLarge);
});

both!(limits_nesting, |way| {
    let nest = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read::<Json>(way, "application/json", &nest(200), |client| client).is_ok());
    let error = read::<Json>(way, "application/json", &nest(200), |client| client.max_json_depth(100)).unwrap_err();
    assert_eq!(kind_of(&error), DecodeErrorKind::TooDeep);
});

both!(events_are_decoded_as_the_client_decodes, |way| {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let body = "data: {\"id\":1,\"tag\":7}\n\ndata: {\"id\":2,\"note\":[1]}\n\ndata: {\"id\":3,\"more\":[[[1]]]}\n\n";
    let pets = |set: &dyn Fn(ClientBuilder) -> ClientBuilder| {
        let server = Server::start(vec![reply(200, &[("content-type", "text/event-stream")], body)]);
        let client = set(builder(&server.base)).max_retries(0).build().unwrap();
        let call = client.call(&operation("GET", "/pets"), json::<Json>, json::<Json>);
        let mut pets: Vec<Result<Pet, Error<Json>>> = Vec::new();
        match way {
            SendMode::Blocking => {
                pets.extend(call.events_blocking::<Pet>().unwrap().map(|event| event.map(|event| event.data)));
            }
            SendMode::Async => way.wait(async {
                let mut events = call.streamed(StreamSpec::events("text/event-stream")).await.unwrap().into_inner();
                while let Some(event) = events.next().await {
                    pets.push(event.map(|event: clientsmith_runtime::Event<Pet>| event.data));
                }
            }),
        }
        pets
    };
    let read: Vec<bool> = pets(&|client| client).iter().map(Result::is_ok).collect();
    assert_eq!(read, [false, false, true]);
    let report = seen.clone();
    let lenient = move |client: ClientBuilder| {
        let report = report.clone();
        client.lenient(true).on_misfit(move |misfit| report.lock().unwrap().push(misfit.path()))
    };
    let read: Vec<(i64, Option<String>)> =
        pets(&lenient).into_iter().map(|pet| pet.map(|pet| (pet.id, pet.tag)).unwrap()).collect();
    assert_eq!(read, [(1, None), (2, None), (3, None)]);
    assert_eq!(*seen.lock().unwrap(), ["tag", "note"]);
    let errors = pets(&|client| client.lenient(true).max_json_depth(2));
    assert!(errors.first().unwrap().is_ok());
    assert_eq!(kind_of(errors.last().unwrap().as_ref().unwrap_err()), DecodeErrorKind::TooDeep);
});
