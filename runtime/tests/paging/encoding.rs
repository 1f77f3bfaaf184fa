//! Pages with byte order marks, other charsets and invalid characters.

use super::api::{builder, call, operation};
use super::lists::BY_CURSOR;
use super::server::{Reply, Server};
use clientsmith_runtime::Json;
use std::sync::{Arc, Mutex};

/// The names of all items, the number of requests, and the paths of reported misfits.
async fn names(media: &'static str, pages: &[&[u8]]) -> (Vec<String>, usize, Vec<String>) {
    let replies = pages.iter().map(|page| Reply::Chunks(200, media, vec![page.to_vec()], true)).collect();
    let server = Server::start(replies);
    let (misfits, names) = (Arc::new(Mutex::new(Vec::new())), &mut Vec::new());
    let recorder = Arc::clone(&misfits);
    let client = builder(&server.base).on_misfit(move |misfit| recorder.lock().unwrap().push(misfit.path()));
    let mut items = call(&client.build().unwrap(), &operation("GET", "/pets")).items::<Json>(&BY_CURSOR);
    while let Some(item) = items.next().await {
        names.push(item.unwrap()["name"].as_str().unwrap().to_owned());
    }
    let misfits = misfits.lock().unwrap().clone();
    (names.clone(), server.heads().len(), misfits)
}

#[tokio::test]
async fn reads_pages_with_byte_order_marks_and_invalid_characters() {
    let first = b"\xEF\xBB\xBF{\"data\":[{\"name\":\"a\"}],\"meta\":{\"after\":\"b\"}}";
    let last = b"\xEF\xBB\xBF{\"data\":[{\"name\":\"b\"}]}";
    let (found, requests, misfits) = names("application/json", &[first, last]).await;
    assert_eq!((found.as_slice(), requests, misfits.len()), (&["a".to_owned(), "b".to_owned()][..], 2, 0));

    // The client uses the charset of the response.
    let latin = b"{\"data\":[{\"name\":\"caf\xE9\"}],\"note\":\"\xE9\"}";
    assert_eq!(names("application/json; charset=iso-8859-1", &[latin]).await.0, ["caf\u{e9}"]);
    // Without a charset, the client replaces and reports invalid characters.
    let (found, _, misfits) = names("application/json", &[latin]).await;
    assert_eq!((found[0].as_str(), misfits.len()), ("caf\u{fffd}", 1), "{misfits:?}");
    assert!(misfits[0].ends_with("name"), "{misfits:?}");

    let surrogates = br#"{"data":[{"name":"\ud800"}],"note":"\udc00","meta":{"after":null}}"#;
    let (found, _, misfits) = names("application/json", &[surrogates]).await;
    assert_eq!((found[0].as_str(), misfits.len()), ("\u{fffd}", 1));
}
