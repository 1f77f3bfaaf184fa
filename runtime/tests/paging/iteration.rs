//! Rules for the iteration over all pages.

use super::api::{builder, call, operation};
use super::lists::*;
use super::server::{Server, json, reply};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{AnyCall, Error, Json, PageToken, body};
use futures_core::Stream;
use serde_json::json as value;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn reports_repeated_cursors_and_pages() {
    let routes = pages(&[
        ("", page(&[1], value!({ "meta": { "after": "a" } }))),
        ("page%5Bcursor%5D=a", page(&[2], value!({ "meta": { "after": "b" } }))),
        ("page%5Bcursor%5D=b", page(&[3], value!({ "meta": { "after": "a" } }))),
    ]);
    let mut items = pets(&routes).items::<Json>(&BY_CURSOR);
    for id in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap()["id"], id);
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    assert!(items.next().await.is_none() && items.token().is_none());
    assert_eq!(targets(&routes).len(), 3);

    // A server that returns its last page for every number.
    let same = page(&[1], value!({}));
    let routes = pages(&[("", same.clone()), ("page=2", same)]);
    let mut pages = pets(&routes).pages(&BY_NUMBER);
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_are_responses_and_have_the_total() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "b", "total": 3 } }))),
        ("page%5Bcursor%5D=b", page(&[3], value!({}))),
    ]);
    let mut pages = pets(&routes).pages(&BY_CURSOR);
    assert_eq!(
        (pages.total(), targets(&routes).len()),
        (None, 0),
        "no request is sent before the first page is requested"
    );
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first["data"].as_array().unwrap().len(), first.status().as_u16(), pages.total()), (2, 200, Some(3)));
    assert_eq!(targets(&routes).len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap()["data"][0]["id"], 3);
    assert!(pages.next().await.is_none() && pages.token().is_none());
    assert_eq!(pages.total(), Some(3));
}

#[tokio::test]
async fn resumes_from_a_stored_token() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "b c" } }))),
        ("page%5Bcursor%5D=b%20c", page(&[3, 4, 5], value!({}))),
    ]);
    let mut whole = Vec::new();
    let mut stored: Option<String> = None;
    // One item for each process.
    loop {
        let mut items = pets(&routes).items::<Json>(&BY_CURSOR);
        if let Some(text) = &stored {
            let token: PageToken = serde_json::from_str(text).unwrap();
            assert_eq!(token.to_string().parse::<PageToken>().unwrap(), token);
            items = items.resume(&token);
        }
        match items.next().await {
            Some(item) => whole.push(item.unwrap()["id"].as_i64().unwrap()),
            None => break,
        }
        let Some(token) = items.token() else { break };
        assert!(!format!("{token:?}").contains("b c"));
        stored = Some(serde_json::to_string(&token).unwrap());
    }
    assert_eq!(whole, [1, 2, 3, 4, 5]);
    assert_eq!(stored.unwrap(), "\"op:2:value:%22b%20c%22\"");
    for text in ["", "op:0:value", "op:x:start:", "op:0:value:%7B%7D", "op:0:number:-1", "op:0:other:1", "op:0:start:1"]
    {
        assert!(text.parse::<PageToken>().is_err(), "{text}");
    }
    let other: PageToken = "other:0:start:".parse().unwrap();
    let error = pets(&routes).items::<Json>(&BY_CURSOR).resume(&other).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
}

#[tokio::test]
async fn retries_a_failed_page() {
    let count = AtomicUsize::new(0);
    let routes = Server::respond(move |_, request| match request.contains("cursor%5D=b") {
        true if count.fetch_add(1, Ordering::SeqCst) < 3 => json(503, r#"{"message":"later"}"#),
        true => json(200, &page(&[2], value!({})).to_string()),
        false => json(200, &page(&[1], value!({ "meta": { "after": "b" } })).to_string()),
    });
    // The client retries twice, then the caller once.
    let client = builder(&routes.base).max_retries(2).build().unwrap();
    let mut items = call(&client, &operation("GET", "/pets")).items::<Json>(&BY_CURSOR);
    assert_eq!(items.next().await.unwrap().unwrap()["id"], 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 503));
    assert_eq!(error.api().unwrap()["message"], "later");
    assert_eq!(items.next().await.unwrap().unwrap()["id"], 2);
    assert!(items.next().await.is_none());

    let routes = pages(&[]);
    let mut items = pets(&routes).items::<Json>(&BY_CURSOR);
    let mut errors = 0;
    while let Some(item) = items.next().await {
        assert!(item.unwrap_err().is_not_found());
        errors += 1;
    }
    assert_eq!(errors, 5, "the iteration ends after repeated errors");
}

#[tokio::test]
async fn reports_or_skips_undecodable_items() {
    let list = value!({ "data": [1, "two", 3], "meta": { "after": "b" } });
    let routes = pages(&[("", list), ("page%5Bcursor%5D=b", value!({ "data": [null, 4] }))]);
    let mut items = pets(&routes).items::<i64>(&BY_CURSOR);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("data[1]: expected"), "{error}");
    let mut rest = Vec::new();
    while let Some(item) = items.next().await {
        rest.push(item.ok());
    }
    assert_eq!(rest, [Some(3), None, Some(4)]);

    let skipped = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&skipped);
    let mut items = pets(&routes).items::<i64>(&BY_CURSOR).skip_undecodable(move |error, text| {
        recorder.lock().unwrap().push(format!("{error} / {}", String::from_utf8_lossy(text)));
    });
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all, [1, 3, 4]);
    assert!(skipped.lock().unwrap()[0].ends_with("/ \"two\"") && skipped.lock().unwrap().len() == 2);
}

#[tokio::test]
async fn limits_the_items_of_a_page() {
    let list = value!({ "data": vec![1; 1_000] }).to_string();
    let routes = Server::respond(move |_, _| json(200, &list));
    for (bytes, good) in [(1_000_000, true), (10_000, false)] {
        let client = builder(&routes.base).max_decoded_bytes(bytes).build().unwrap();
        let first = call(&client, &operation("GET", "/pets")).items::<i64>(&BY_CURSOR).next().await.unwrap();
        assert_eq!(first.is_ok(), good);
        if let Err(error) = first {
            assert!(error.is_decode() && error.to_string().contains("the page has 1000 items"), "{error}");
        }
    }
}

#[tokio::test]
async fn reports_a_page_without_a_list() {
    for (body, words) in [("{\"data\":{}}", "no list at \"data\""), ("{", "not JSON")] {
        let routes = Server::respond(move |_, _| json(200, body));
        let error = pets(&routes).items::<Json>(&BY_CURSOR).next().await.unwrap().unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(words), "{error}");
        assert_eq!(error.raw_body().unwrap().as_ref(), body.as_bytes());
    }
    for body in ["", "{}", "{\"data\":null}"] {
        let routes = Server::respond(move |_, _| json(200, body));
        assert!(pets(&routes).items::<Json>(&BY_CURSOR).next().await.is_none(), "{body}");
    }
}

#[tokio::test]
async fn streams_survive_a_cancelled_wait() {
    let routes = Server::respond(|_, request| {
        if !request.contains("cursor") {
            return json(200, &page(&[1], value!({ "meta": { "after": "b" } })).to_string());
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
        json(200, &page(&[2], value!({})).to_string())
    });
    let mut items: Pin<Box<dyn Stream<Item = Result<Json, Error<Json>>> + Send>> =
        Box::pin(pets(&routes).items::<Json>(&BY_CURSOR));
    let mut next = async || std::future::poll_fn(|context| items.as_mut().poll_next(context)).await;
    assert_eq!(next().await.unwrap().unwrap()["id"], 1);
    assert!(tokio::time::timeout(std::time::Duration::from_millis(50), next()).await.is_err());
    assert_eq!(next().await.unwrap().unwrap()["id"], 2);
    assert!(next().await.is_none());
    assert_eq!(targets(&routes).len(), 2);
}

#[tokio::test]
async fn refuses_pagination_with_a_streamed_body() {
    let routes = pages(&[]);
    let reader = clientsmith_runtime::Body::reader(std::io::empty(), None);
    let post: AnyCall<Json, Json> = client(&routes).call(&operation("POST", "/pets"), body::json, body::json);
    let error = post.bytes("text/plain", reader).items::<Json>(&BY_CURSOR).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

/// A server whose pages have no items and always a next page.
fn empty_pages() -> Server {
    let count = AtomicUsize::new(0);
    Server::respond(move |_, _| {
        let next = count.fetch_add(1, Ordering::SeqCst);
        let rest = value!({ "meta": { "after": next }, "links": { "next": format!("/pets?at={next}") } });
        json(200, &page(&[], rest).to_string())
    })
}

#[tokio::test]
async fn limits_pages_without_items() {
    for facts in [&BY_CURSOR, &BY_URL, &BY_BODY] {
        let routes = empty_pages();
        let client = builder(&routes.base).max_empty_pages(3).build().unwrap();
        let call = || call(&client, &operation("POST", "/pets"));
        let mut items = call().items::<Json>(facts);
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
        assert!(error.to_string().contains("more than 3 pages in a row") && error.status().is_some(), "{error}");
        assert!(items.next().await.is_none() && items.token().is_none());
        assert_eq!(targets(&routes).len(), 4);
        let mut pages = call().pages(facts).max_empty_pages(1);
        assert!(pages.next().await.unwrap().is_ok() && pages.next().await.unwrap().is_ok());
        assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging);
        assert!(pages.next().await.is_none());
    }
    let routes = empty_pages();
    let error = pets(&routes).items::<Json>(&BY_CURSOR).next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("more than 100 pages"), "{error}");
    assert_eq!(targets(&routes).len(), 101);
}

#[tokio::test]
async fn limits_pages_of_skipped_items() {
    let count = AtomicUsize::new(0);
    let routes = Server::respond(move |_, _| {
        let next = count.fetch_add(1, Ordering::SeqCst);
        let good = if next == 2 { value!(7) } else { value!("odd") };
        json(200, &value!({ "data": ["odd", good], "meta": { "after": next } }).to_string())
    });
    let mut items = pets(&routes).items::<i64>(&BY_CURSOR).max_empty_pages(2).skip_undecodable(|_, _| {});
    assert_eq!(items.next().await.unwrap().unwrap(), 7);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    assert!(items.next().await.is_none());
    // Three pages up to the good item, and three without one.
    assert_eq!(targets(&routes).len(), 6);
}

#[tokio::test]
async fn items_reset_the_count_of_empty_pages() {
    let count = AtomicUsize::new(0);
    let routes = Server::respond(move |_, _| {
        let next = count.fetch_add(1, Ordering::SeqCst);
        let ids: &[i64] = if next % 4 == 3 { &[1] } else { &[] };
        let rest = if next < 20 { value!({ "meta": { "after": next } }) } else { value!({}) };
        json(200, &page(ids, rest).to_string())
    });
    assert_eq!(all(pets(&routes).items(&BY_CURSOR).max_empty_pages(3)).await.unwrap().len(), 5);
}

#[tokio::test]
async fn refuses_a_token_with_another_path() {
    let routes = pages(&[("at=2", page(&[2], value!({})))]);
    let token = |address: &str| -> PageToken {
        format!("op:0:url:{}", address.replace(':', "%3A").replace('/', "%2F").replace('?', "%3F")).parse().unwrap()
    };
    let base = routes.base.clone();
    for address in
        ["/admin?at=2", "/pets/../admin?at=2", "/pets/2?at=2", "/?at=2", &format!("{base}/admin?at=2"), "//pets?at=2"]
    {
        let mut items = pets(&routes).items::<Json>(&BY_URL).resume(&token(address));
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{address}: {error}");
        assert!(items.next().await.is_none());
        let error = pets(&routes).pages(&BY_URL).resume(&token(address)).next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{address}: {error}");
    }
    assert!(targets(&routes).is_empty(), "{:?}", targets(&routes));
    for address in ["/pets?at=2", "/pets/?at=2", "?at=2", &format!("{base}/pets?at=2")] {
        assert_eq!(all(pets(&routes).items(&BY_URL).resume(&token(address))).await.unwrap(), [2], "{address}");
    }
    assert_eq!(all(pets(&routes).items(&BY_URL).resume_anywhere(&token("/else?at=2"))).await.unwrap(), [2]);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_pagination_is_an_iterator() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "b", "total": 3 } }))),
        ("page%5Bcursor%5D=b", page(&[3], value!({}))),
    ]);
    let items = pets(&routes).items::<Json>(&BY_CURSOR).blocking();
    let ids: Vec<i64> = items.map(|item| item.unwrap()["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [1, 2, 3]);
    let mut pages = pets(&routes).pages(&BY_CURSOR).blocking();
    assert_eq!(pages.next().unwrap().unwrap()["data"].as_array().unwrap().len(), 2);
    assert_eq!(pages.total(), Some(3));
    let token = pages.token().unwrap();
    assert_eq!(pets(&routes).items::<Json>(&BY_CURSOR).resume(&token).blocking().count(), 1);
    let error = pets(&self::pages(&[])).pages(&BY_CURSOR).blocking().next().unwrap().unwrap_err();
    assert!(error.is_not_found());
    let mut items = pets(&empty_pages()).items::<Json>(&BY_CURSOR).max_empty_pages(2).blocking();
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Paging);
    assert!(items.next().is_none());
}

#[tokio::test]
async fn follows_a_link_in_utf8() {
    let routes = Server::respond(|base, request| {
        let body = r#"[{"id":1}]"#;
        let next = if request.starts_with("GET /pets ") {
            format!("link: <{base}/pets?q=hüte>; rel=\"next\"; title=\"ü\"\r\n")
        } else {
            String::new()
        };
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{next}content-length: {}\r\n\r\n{body}", body.len())
    });
    let (targets, ids) = iterate(&routes, &BY_LINK).await;
    assert_eq!((targets[1].as_str(), ids), ("/pets?q=h%C3%BCte", vec![1, 1]), "no page is lost");
}

#[tokio::test]
async fn reads_a_page_with_an_invalid_character() {
    for body in ["\u{feff}{\"data\":[{\"id\":1}]}", r#"{"x":"\ud800","data":[{"id":1}]}"#] {
        let routes = Server::respond(move |_, _| json(200, body));
        assert_eq!(iterate(&routes, &BY_CURSOR).await.1, [1], "{body}");
    }
}

#[tokio::test]
async fn reads_a_page_in_latin_1() {
    let page = b"{\"data\":[{\"id\":\"caf\xe9\"}]}";
    let server = Server::start(vec![reply(200, &[("content-type", "application/json; charset=iso-8859-1")], page)]);
    let client = builder(&server.base).max_retries(0).build().unwrap();
    let mut items = call(&client, &operation("GET", "/pets")).items::<Json>(&BY_CURSOR);
    assert_eq!(items.next().await.unwrap().unwrap()["id"], "café");
}
