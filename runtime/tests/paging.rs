//! Lists that come in pages, each way on a real socket.
#![cfg(feature = "reqwest")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test says so by a panic, in its shared functions too"
)]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/routes.rs"]
mod routes;

use api::{builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Call, Client, Error, Items, Json, PagePlace, PageStep, PageToken, Paging, Style, body};
use futures_core::Stream;
use routes::{Routes, json};
use serde_json::json as value;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const fn list(step: PageStep) -> Paging {
    Paging { step, items: &["data"], total: Some(&["meta", "total"]), more: Some(&["more"]), last: Some(&["last"]) }
}

const CURSOR: PagePlace = PagePlace::Query("page[cursor]");
static BY_CURSOR: Paging = list(PageStep::Cursor { place: CURSOR, next: &["meta", "after"] });
static BY_BODY: Paging =
    list(PageStep::Cursor { place: PagePlace::Body(&["page", "cursor"]), next: &["meta", "after"] });
static BY_HEADER: Paging = list(PageStep::Cursor { place: PagePlace::Header("x-next"), next: &["meta", "after"] });
static BY_ITEM: Paging = list(PageStep::LastItem { place: PagePlace::Query("after"), key: &["id"] });
static BY_OFFSET: Paging =
    list(PageStep::Offset { place: PagePlace::Query("offset"), first: 0, own: Some(&["start"]) });
static BY_NUMBER: Paging =
    list(PageStep::Number { place: PagePlace::Query("page"), first: 1, own: Some(&["page"]), pages: Some(&["pages"]) });
static BY_BARE_NUMBER: Paging =
    list(PageStep::Number { place: PagePlace::Query("page"), first: 0, own: None, pages: None });
static BY_URL: Paging = list(PageStep::Url { next: &["links", "next"] });
static BY_LINK: Paging = Paging { step: PageStep::Link, items: &[], total: None, more: None, last: None };

/// Answers what the target of the request, without the path, is given for; the first answer is that of no query.
fn pages(answers: &[(&str, Json)]) -> Routes {
    let answers: Vec<(String, String)> =
        answers.iter().map(|(query, json)| ((*query).to_owned(), json.to_string())).collect();
    Routes::start(move |base, request| {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let found = answers.iter().find(|(known, _)| known == query);
        found.map_or_else(|| json(404, "{}"), |(_, text)| json(200, &text.replace("BASE", base)))
    })
}

fn client(routes: &Routes) -> Client {
    builder(&routes.base).max_retries(0).build().unwrap()
}

fn pets(routes: &Routes) -> Call<Json, Json> {
    call(&client(routes), &operation("GET", "/pets"))
}

/// What is asked for, and the ids of the items.
async fn walked(routes: &Routes, facts: &'static Paging) -> (Vec<String>, Vec<i64>) {
    let ids = all(pets(routes).items(facts)).await.unwrap();
    (asked(routes), ids)
}

fn asked(routes: &Routes) -> Vec<String> {
    let target = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
    routes.to("/").iter().map(target).collect()
}

async fn all(mut items: Items<Json, Json>) -> Result<Vec<i64>, Error<Json>> {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.push(item?["id"].as_i64().unwrap());
    }
    Ok(ids)
}

fn page(ids: &[i64], rest: Json) -> Json {
    let mut page = rest;
    page["data"] = ids.iter().map(|id| value!({ "id": id })).collect();
    page
}

#[tokio::test]
async fn by_a_cursor() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "a b&c", "total": 3 } }))),
        ("page%5Bcursor%5D=a%20b%26c", page(&[], value!({ "meta": { "after": 7 } }))),
        ("page%5Bcursor%5D=7", page(&[3], value!({ "meta": { "after": null } }))),
    ]);
    let (asked, ids) = walked(&routes, &BY_CURSOR).await;
    assert_eq!(ids, [1, 2, 3], "a page without items is not the end");
    assert_eq!(asked, ["/pets", "/pets?page%5Bcursor%5D=a%20b%26c", "/pets?page%5Bcursor%5D=7"]);

    let routes = pages(&[
        ("", page(&[1], value!({ "meta": { "after": "now" } }))),
        ("page%5Bcursor%5D=now", page(&[], value!({ "meta": { "after": "now" } }))),
    ]);
    assert_eq!(walked(&routes, &BY_CURSOR).await.1, [1], "nothing yet after this cursor");

    for end in [value!({}), value!({ "meta": { "after": "" } }), value!({ "more": false, "meta": { "after": "x" } })] {
        let routes = pages(&[("", page(&[1], end))]);
        assert_eq!(walked(&routes, &BY_CURSOR).await.1, [1]);
    }
}

#[tokio::test]
async fn the_arguments_of_the_call_stay() {
    let routes = pages(&[
        ("q=x&page%5Bcursor%5D=own", page(&[1], value!({ "meta": { "after": "b" } }))),
        ("q=x&page%5Bcursor%5D=b", page(&[2], value!({}))),
    ]);
    let call = pets(&routes).query("q", Style::Form, true, &"x".to_owned());
    let call = call.query("page[cursor]", Style::Form, true, &"own".to_owned()).header("x-own", "kept");
    assert_eq!(all(call.items(&BY_CURSOR)).await.unwrap(), [1, 2]);
    assert!(routes.to("/").iter().all(|request| request.contains("x-own: kept\r\n")));
}

#[tokio::test]
async fn by_a_member_of_the_body_and_by_a_header() {
    let answer = |request: &str| match request.contains("\"cursor\":\"b\"") || request.contains("x-next: b\r\n") {
        true => json(200, &page(&[2], value!({})).to_string()),
        false => json(200, &page(&[1], value!({ "meta": { "after": "b" } })).to_string()),
    };
    let routes = Routes::start(move |_, request| answer(request));
    let post = call(&client(&routes), &operation("POST", "/search")).json(&value!({ "page": { "limit": 1 }, "q": 2 }));
    assert_eq!(all(post.items(&BY_BODY)).await.unwrap(), [1, 2]);
    assert!(routes.to("/")[1].ends_with(r#"{"page":{"limit":1,"cursor":"b"},"q":2}"#), "{:?}", routes.to("/"));
    assert_eq!(all(pets(&routes).items(&BY_HEADER)).await.unwrap(), [1, 2]);
}

#[tokio::test]
async fn by_the_last_item() {
    let routes =
        pages(&[("", page(&[1, 2], value!({ "more": true }))), ("after=2", page(&[3], value!({ "more": false })))]);
    assert_eq!(walked(&routes, &BY_ITEM).await.1, [1, 2, 3]);
    let routes = pages(&[("", page(&[1], value!({}))), ("after=1", page(&[], value!({})))]);
    assert_eq!(walked(&routes, &BY_ITEM).await.0.len(), 2);
}

#[tokio::test]
async fn by_an_offset() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({}))),
        ("offset=2", page(&[3], value!({}))),
        ("offset=3", page(&[4], value!({}))),
        ("offset=4", page(&[], value!({}))),
    ]);
    assert_eq!(walked(&routes, &BY_OFFSET).await.1, [1, 2, 3, 4], "a short page is not the end");
    let total = |ids: &[i64]| page(ids, value!({ "meta": { "total": "3" } }));
    let routes = pages(&[("", total(&[1, 2])), ("offset=2", total(&[3]))]);
    assert_eq!(walked(&routes, &BY_OFFSET).await.0.len(), 2, "the total is the end");
    // From where the caller or the page says.
    let routes = pages(&[("offset=5", page(&[1], value!({}))), ("offset=6", page(&[2], value!({ "last": true })))]);
    let call = pets(&routes).query("offset", Style::Form, true, &5);
    assert_eq!(all(call.items(&BY_OFFSET)).await.unwrap(), [1, 2]);
    let routes = pages(&[("", page(&[1], value!({ "start": 9 }))), ("offset=10", page(&[], value!({})))]);
    assert_eq!(walked(&routes, &BY_OFFSET).await.0.len(), 2);
}

#[tokio::test]
async fn by_the_number_of_the_page() {
    let routes =
        pages(&[("", page(&[1], value!({}))), ("page=2", page(&[2], value!({}))), ("page=3", page(&[], value!({})))]);
    assert_eq!(walked(&routes, &BY_NUMBER).await.1, [1, 2]);
    let routes = pages(&[("", page(&[1], value!({ "pages": 2 }))), ("page=2", page(&[2], value!({ "pages": 2 })))]);
    assert_eq!(walked(&routes, &BY_NUMBER).await.1, [1, 2]);
    let total = |ids: &[i64]| page(ids, value!({ "meta": { "total": 3 } }));
    let routes = pages(&[("", total(&[1, 2])), ("page=2", total(&[3]))]);
    assert_eq!(walked(&routes, &BY_NUMBER).await.0.len(), 2);
    let routes = pages(&[("page=0", page(&[1], value!({}))), ("page=1", page(&[], value!({})))]);
    assert_eq!(
        walked(&routes, &BY_BARE_NUMBER).await.1,
        [1],
        "the first page is asked for where no page says its number"
    );
    // A server whose first page is 0 says so itself.
    let routes = pages(&[("", page(&[1], value!({ "page": 0 }))), ("page=1", page(&[], value!({ "page": 1 })))]);
    assert_eq!(walked(&routes, &BY_NUMBER).await.1, [1]);
}

#[tokio::test]
async fn by_an_address_in_the_body() {
    let routes = pages(&[
        ("", page(&[1], value!({ "links": { "next": "BASE/pets?at=2" } }))),
        ("at=2", page(&[2], value!({ "links": { "next": { "href": "/other/pets?at=3" } } }))),
        ("at=3", page(&[3], value!({ "links": { "next": "?at=4#x" } }))),
        ("at=4", page(&[4], value!({ "links": { "next": null } }))),
    ]);
    let (asked, ids) = walked(&routes, &BY_URL).await;
    assert_eq!(ids, [1, 2, 3, 4]);
    // Relative ones start from the address of the call.
    assert_eq!(asked, ["/pets", "/pets?at=2", "/other/pets?at=3", "/pets?at=4"]);
}

#[tokio::test]
async fn a_credential_in_the_query_is_sent_once() {
    let routes = pages(&[
        ("app=k", page(&[1], value!({ "links": { "next": "BASE/pets?app=old&at=4" } }))),
        ("at=4&app=k", page(&[4], value!({}))),
    ]);
    let client = builder(&routes.base).credential("app", "k").credential("key", "x").build().unwrap();
    let secured = clientsmith_runtime::Operation { security: api::API.security, ..operation("GET", "/pets") };
    assert_eq!(all(call(&client, &secured).items(&BY_URL)).await.unwrap(), [1, 4]);
    assert!(routes.to("/").iter().all(|request| request.contains("x-key: x\r\n")));
}

#[tokio::test]
async fn by_the_header_field() {
    let routes = Routes::start(|base, request| {
        let (items, link) = match request.starts_with("GET /pets?page=2 ") {
            true => ("[{\"id\":2}]", format!("<{base}/pets>; rel=\"first\"")),
            false => {
                ("[{\"id\":1}]", format!("<{base}/pets?page=9>; rel=\"last\", <{base}/pets?page=2>; rel=\"next\""))
            }
        };
        json(200, items).replacen("\r\n", &format!("\r\nlink: {link}\r\n"), 1)
    });
    assert_eq!(walked(&routes, &BY_LINK).await.1, [1, 2]);
}

#[tokio::test]
async fn another_origin_is_not_asked() {
    let thief = Routes::start(|_, _| json(200, "{}"));
    let there = thief.base.clone();
    let routes = pages(&[("", page(&[1], value!({ "links": { "next": format!("{there}/pets") } })))]);
    let mut items = pets(&routes).items::<Json>(&BY_URL);
    assert_eq!(items.next().await.unwrap().unwrap()["id"], 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(error.to_string().contains("another origin"), "{error}");
    assert!(items.next().await.is_none());
    // A token does not lead there either.
    let token: PageToken = format!("op:0:url:{there}/x").replace("//", "%2F%2F").replace(":/", "%3A/").parse().unwrap();
    let error = pets(&routes).items::<Json>(&BY_URL).resume(&token).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    assert!(thief.to("/").is_empty());
}

#[tokio::test]
async fn a_list_without_an_end_is_an_error() {
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
    assert_eq!(asked(&routes).len(), 3);

    // A server that gives its last page for every number.
    let same = page(&[1], value!({}));
    let routes = pages(&[("", same.clone()), ("page=2", same)]);
    let mut pages = pets(&routes).pages(&BY_NUMBER);
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn pages_are_responses_and_say_the_total() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "b", "total": 3 } }))),
        ("page%5Bcursor%5D=b", page(&[3], value!({}))),
    ]);
    let mut pages = pets(&routes).pages(&BY_CURSOR);
    assert_eq!((pages.total(), asked(&routes).len()), (None, 0), "nothing is sent before it is wanted");
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first["data"].as_array().unwrap().len(), first.status().as_u16(), pages.total()), (2, 200, Some(3)));
    assert_eq!(asked(&routes).len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap()["data"][0]["id"], 3);
    assert!(pages.next().await.is_none() && pages.token().is_none());
    assert_eq!(pages.total(), Some(3));
}

#[tokio::test]
async fn a_walk_goes_on_in_another_process() {
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
async fn a_page_that_fails_can_be_asked_for_again() {
    let count = AtomicUsize::new(0);
    let routes = Routes::start(move |_, request| match request.contains("cursor%5D=b") {
        true if count.fetch_add(1, Ordering::SeqCst) < 3 => json(503, r#"{"message":"later"}"#),
        true => json(200, &page(&[2], value!({})).to_string()),
        false => json(200, &page(&[1], value!({ "meta": { "after": "b" } })).to_string()),
    });
    // The pipeline repeats twice, then the caller does once.
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
    assert_eq!(errors, 5, "who passes over errors comes to an end");
}

#[tokio::test]
async fn an_item_that_is_not_as_promised_is_one_error_or_is_passed_over() {
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

    let told = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&told);
    let mut items = pets(&routes).items::<i64>(&BY_CURSOR).skip_undecodable(move |error, text| {
        keeper.lock().unwrap().push(format!("{error} / {}", String::from_utf8_lossy(text)));
    });
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.unwrap());
    }
    assert_eq!(all, [1, 3, 4]);
    assert!(told.lock().unwrap()[0].ends_with("/ \"two\"") && told.lock().unwrap().len() == 2);
}

#[tokio::test]
async fn a_page_that_is_no_list_is_an_error() {
    for (body, words) in [("{\"data\":{}}", "no list at \"data\""), ("{", "not JSON")] {
        let routes = Routes::start(move |_, _| json(200, body));
        let error = pets(&routes).items::<Json>(&BY_CURSOR).next().await.unwrap().unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(words), "{error}");
        assert_eq!(error.raw_body().unwrap().as_ref(), body.as_bytes());
    }
    for body in ["", "{}", "{\"data\":null}"] {
        let routes = Routes::start(move |_, _| json(200, body));
        assert!(pets(&routes).items::<Json>(&BY_CURSOR).next().await.is_none(), "{body}");
    }
}

#[tokio::test]
async fn they_are_streams_and_lose_nothing_when_a_wait_is_given_up() {
    let routes = Routes::start(|_, request| {
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
    assert_eq!(asked(&routes).len(), 2);
}

#[tokio::test]
async fn a_body_that_is_a_stream_has_no_pages() {
    let routes = pages(&[]);
    let reader = clientsmith_runtime::Body::reader(std::io::empty(), None);
    let post: Call<Json, Json> = Call::new(&client(&routes), &operation("POST", "/pets"), body::json, body::json);
    let error = post.bytes("text/plain", reader).items::<Json>(&BY_CURSOR).next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_walks_are_iterators() {
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
}
