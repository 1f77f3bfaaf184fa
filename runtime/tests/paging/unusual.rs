//! Pages whose bytes are unusual and can be read all the same.

use super::api::{builder, call, operation};
use super::lists::BY_CURSOR;
use super::server::{Reply, Server};
use clientsmith_runtime::Json;
use std::sync::{Arc, Mutex};

/// The names of all items, how many requests were sent, and the misfits that the client was told of.
async fn names(media: &'static str, pages: &[&[u8]]) -> (Vec<String>, usize, Vec<String>) {
    let answers = pages.iter().map(|page| Reply::Chunks(200, media, vec![page.to_vec()], true)).collect();
    let server = Server::start(answers);
    let (told, names) = (Arc::new(Mutex::new(Vec::new())), &mut Vec::new());
    let keeper = Arc::clone(&told);
    let client = builder(&server.base).on_misfit(move |misfit| keeper.lock().unwrap().push(misfit.path()));
    let mut items = call(&client.build().unwrap(), &operation("GET", "/pets")).items::<Json>(&BY_CURSOR);
    while let Some(item) = items.next().await {
        names.push(item.unwrap()["name"].as_str().unwrap().to_owned());
    }
    let told = told.lock().unwrap().clone();
    (names.clone(), server.heads().len(), told)
}

#[tokio::test]
async fn a_byte_order_mark_and_odd_characters_do_not_fail_a_list() {
    let first = b"\xEF\xBB\xBF{\"data\":[{\"name\":\"a\"}],\"meta\":{\"after\":\"b\"}}";
    let last = b"\xEF\xBB\xBF{\"data\":[{\"name\":\"b\"}]}";
    let (found, requests, told) = names("application/json", &[first, last]).await;
    assert_eq!((found.as_slice(), requests, told.len()), (&["a".to_owned(), "b".to_owned()][..], 2, 0));

    // The charset of the response says what the bytes are.
    let latin = b"{\"data\":[{\"name\":\"caf\xE9\"}],\"note\":\"\xE9\"}";
    assert_eq!(names("application/json; charset=iso-8859-1", &[latin]).await.0, ["caf\u{e9}"]);
    // Without one, only the characters are lost, and that is told.
    let (found, _, told) = names("application/json", &[latin]).await;
    assert_eq!((found[0].as_str(), told.len()), ("caf\u{fffd}", 1), "{told:?}");
    assert!(told[0].ends_with("name"), "{told:?}");

    let surrogates = br#"{"data":[{"name":"\ud800"}],"note":"\udc00","meta":{"after":null}}"#;
    let (found, _, told) = names("application/json", &[surrogates]).await;
    assert_eq!((found[0].as_str(), told.len()), ("\u{fffd}", 1));
}
