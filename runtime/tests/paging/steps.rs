//! Each kind of step from one page to the next.

use super::api::{API, builder, call, operation};
use super::lists::*;
use super::server::{Server, json};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Json, Map, Number, PageToken, from_json_slice};
use serde_json::json as value;
use std::sync::atomic::{AtomicUsize, Ordering};

#[tokio::test]
async fn pages_by_cursor() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({ "meta": { "after": "a b&c", "total": 3 } }))),
        ("page%5Bcursor%5D=a%20b%26c", page(&[], value!({ "meta": { "after": 7 } }))),
        ("page%5Bcursor%5D=7", page(&[3], value!({ "meta": { "after": null } }))),
    ]);
    let (targets, ids) = iterate(&routes, &BY_CURSOR).await;
    assert_eq!(ids, [1, 2, 3], "a page without items is not the end");
    assert_eq!(targets, ["/pets", "/pets?page%5Bcursor%5D=a%20b%26c", "/pets?page%5Bcursor%5D=7"]);

    let routes = pages(&[
        ("", page(&[1], value!({ "meta": { "after": "now" } }))),
        ("page%5Bcursor%5D=now", page(&[], value!({ "meta": { "after": "now" } }))),
    ]);
    assert_eq!(iterate(&routes, &BY_CURSOR).await.1, [1], "an unchanged cursor ends the list");

    for end in [value!({}), value!({ "meta": { "after": "" } }), value!({ "more": false, "meta": { "after": "x" } })] {
        let routes = pages(&[("", page(&[1], end))]);
        assert_eq!(iterate(&routes, &BY_CURSOR).await.1, [1]);
    }
}

#[tokio::test]
async fn sends_the_arguments_with_every_page() {
    let routes = pages(&[
        ("q=x&page%5Bcursor%5D=own", page(&[1], value!({ "meta": { "after": "b" } }))),
        ("q=x&page%5Bcursor%5D=b", page(&[2], value!({}))),
    ]);
    let call = pets(&routes).query("q", &"x".to_owned());
    let call = call.query("page[cursor]", &"own".to_owned()).header("x-own", "value");
    assert_eq!(all(call.items(&BY_CURSOR)).await.unwrap(), [1, 2]);
    assert!(routes.to("/").iter().all(|request| request.contains("x-own: value\r\n")));
}

#[tokio::test]
async fn pages_by_body_property_and_by_header() {
    let respond = |request: &str| match request.contains("\"cursor\":\"b\"") || request.contains("x-next: b\r\n") {
        true => json(200, &page(&[2], value!({})).to_string()),
        false => json(200, &page(&[1], value!({ "meta": { "after": "b" } })).to_string()),
    };
    let routes = Server::respond(move |_, request| respond(request));
    let post = call(&client(&routes), &operation("POST", "/search")).json(&value!({ "page": { "limit": 1 }, "q": 2 }));
    assert_eq!(all(post.items(&BY_BODY)).await.unwrap(), [1, 2]);
    assert!(routes.to("/")[1].ends_with(r#"{"page":{"limit":1,"cursor":"b"},"q":2}"#), "{:?}", routes.to("/"));
    // A number that no type of Rust holds stays as the caller wrote it.
    let large: Map<Number> = from_json_slice(br#"{"q":12345678901234567890123}"#).unwrap();
    let post = call(&client(&routes), &operation("POST", "/search")).json(&large);
    assert_eq!(all(post.items(&BY_BODY)).await.unwrap(), [1, 2]);
    let expected = r#"{"q":12345678901234567890123,"page":{"cursor":"b"}}"#;
    assert!(routes.to("/")[3].ends_with(expected), "{:?}", routes.to("/"));
    assert_eq!(all(pets(&routes).items(&BY_HEADER)).await.unwrap(), [1, 2]);
    // A body that is optional and was left out, or is null.
    for (null, first) in [(false, ""), (true, "null")] {
        let routes = Server::respond(move |_, request| respond(request));
        let post = call(&client(&routes), &operation("POST", "/search"));
        let post = if null { post.json(&Json::Null) } else { post };
        assert_eq!(all(post.items(&BY_BODY)).await.unwrap(), [1, 2]);
        let requests = routes.to("/");
        assert!(requests[0].ends_with(&format!("\r\n\r\n{first}")), "{requests:?}");
        assert!(requests[1].ends_with("\r\n\r\n{\"page\":{\"cursor\":\"b\"}}"), "{requests:?}");
        assert!(requests[1].to_lowercase().contains("content-type: application/json\r\n"), "{requests:?}");
    }
}

#[tokio::test]
async fn pages_by_last_item() {
    let routes =
        pages(&[("", page(&[1, 2], value!({ "more": true }))), ("after=2", page(&[3], value!({ "more": false })))]);
    assert_eq!(iterate(&routes, &BY_ITEM).await.1, [1, 2, 3]);
    let routes = pages(&[("", page(&[1], value!({}))), ("after=1", page(&[], value!({})))]);
    assert_eq!(iterate(&routes, &BY_ITEM).await.0.len(), 2);
}

#[tokio::test]
async fn pages_by_offset() {
    let routes = pages(&[
        ("", page(&[1, 2], value!({}))),
        ("offset=2", page(&[3], value!({}))),
        ("offset=3", page(&[4], value!({}))),
        ("offset=4", page(&[], value!({}))),
    ]);
    assert_eq!(iterate(&routes, &BY_OFFSET).await.1, [1, 2, 3, 4], "a short page is not the end");
    let total = |ids: &[i64]| page(ids, value!({ "meta": { "total": "3" } }));
    let routes = pages(&[("", total(&[1, 2])), ("offset=2", total(&[3]))]);
    assert_eq!(iterate(&routes, &BY_OFFSET).await.0.len(), 2, "the total is the end");
    // The start is an argument of the caller or a property of the page.
    let routes = pages(&[("offset=5", page(&[1], value!({}))), ("offset=6", page(&[2], value!({ "last": true })))]);
    let call = pets(&routes).query("offset", &5);
    assert_eq!(all(call.items(&BY_OFFSET)).await.unwrap(), [1, 2]);
    let routes = pages(&[("", page(&[1], value!({ "start": 9 }))), ("offset=10", page(&[], value!({})))]);
    assert_eq!(iterate(&routes, &BY_OFFSET).await.0.len(), 2);
}

#[tokio::test]
async fn pages_by_number() {
    let routes =
        pages(&[("", page(&[1], value!({}))), ("page=2", page(&[2], value!({}))), ("page=3", page(&[], value!({})))]);
    assert_eq!(iterate(&routes, &BY_NUMBER).await.1, [1, 2]);
    let routes = pages(&[("", page(&[1], value!({ "pages": 2 }))), ("page=2", page(&[2], value!({ "pages": 2 })))]);
    assert_eq!(iterate(&routes, &BY_NUMBER).await.1, [1, 2]);
    let total = |ids: &[i64]| page(ids, value!({ "meta": { "total": 3 } }));
    let routes = pages(&[("", total(&[1, 2])), ("page=2", total(&[3]))]);
    assert_eq!(iterate(&routes, &BY_NUMBER).await.0.len(), 2);
    let routes = pages(&[("page=0", page(&[1], value!({}))), ("page=1", page(&[], value!({})))]);
    assert_eq!(
        iterate(&routes, &BY_BARE_NUMBER).await.1,
        [1],
        "the first request has the page number if pages do not have it"
    );
    // A total can be more than the server serves. Its links have the end.
    let routes = Server::respond(|base, request| {
        let (id, link) = match request.starts_with("GET /pets?page=2 ") {
            true => (2, format!("<{base}/pets?page=1>; rel=\"prev\"")),
            false => (1, format!("<{base}/pets?page=2>; rel=\"next\"")),
        };
        json(200, &page(&[id], value!({ "meta": { "total": 9 } })).to_string()).header("link", &link)
    });
    assert_eq!(iterate(&routes, &BY_NUMBER).await.1, [1, 2]);
    // A page has its own number, such as 0 for the first.
    let routes = pages(&[("", page(&[1], value!({ "page": 0 }))), ("page=1", page(&[], value!({ "page": 1 })))]);
    assert_eq!(iterate(&routes, &BY_NUMBER).await.1, [1]);
}

#[tokio::test]
async fn pages_by_url() {
    let routes = pages(&[
        ("", page(&[1], value!({ "links": { "next": "BASE/pets?at=2" } }))),
        ("at=2", page(&[2], value!({ "links": { "next": { "href": "/other/pets?at=3" } } }))),
        ("at=3", page(&[3], value!({ "links": { "next": "?at=4#x" } }))),
        ("at=4", page(&[4], value!({ "links": { "next": null } }))),
    ]);
    let (targets, ids) = iterate(&routes, &BY_URL).await;
    assert_eq!(ids, [1, 2, 3, 4]);
    // Relative URLs are resolved against the URL of their page.
    assert_eq!(targets, ["/pets", "/pets?at=2", "/other/pets?at=3", "/other/pets?at=4"]);
}

#[tokio::test]
async fn sends_a_query_credential_once() {
    let routes = pages(&[
        ("app=k", page(&[1], value!({ "links": { "next": "BASE/pets?app=old&at=4" } }))),
        ("at=4&app=k", page(&[4], value!({}))),
    ]);
    let client = builder(&routes.base).credential("app", "k").credential("key", "x").build().unwrap();
    let secured = operation("GET", "/pets").security(API.security);
    assert_eq!(all(call(&client, &secured).items(&BY_URL)).await.unwrap(), [1, 4]);
    assert!(routes.to("/").iter().all(|request| request.contains("x-key: x\r\n")));
    // The page token does not contain the credential.
    let mut items = call(&client, &secured).items::<Json>(&BY_URL);
    items.next().await.unwrap().unwrap();
    let token = items.token().unwrap();
    assert!(token.to_string().ends_with("pets%3Fat%3D4"), "{token}");
    assert_eq!(all(call(&client, &secured).items(&BY_URL).resume(&token)).await.unwrap(), [4]);
}

#[tokio::test]
async fn errors_have_the_request_id_of_the_last_page() {
    let routes = Server::respond(|_, request| {
        let next = if request.starts_with("GET /pets?at=2 ") { "/pets?at=2" } else { "https://else.example.com/pets" };
        let body = value!({ "data": [{ "id": 1 }], "links": { "next": next } });
        json(200, &body.to_string()).header("x-request-id", "r-1")
    });
    for start in ["", "2"] {
        let call = || pets(&routes).query("at", &Some(start.to_owned()).filter(|at| !at.is_empty()));
        let mut items = call().items::<Json>(&BY_URL);
        let error = loop {
            if let Err(error) = items.next().await.unwrap() {
                break error;
            }
        };
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Paging, Some("r-1")), "{error}");
        assert!(error.to_string().starts_with("GET /pets: 200 OK: the "), "{error}");
        assert!(items.next().await.is_none());
    }
    let same = Server::respond(|_, _| json(200, r#"{"data":[{"id":1}]}"#).header("x-request-id", "r-1"));
    let mut pages = pets(&same).pages(&BY_NUMBER);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Paging, Some("r-1")), "{error}");
}

#[tokio::test]
async fn pages_by_link_header() {
    let routes = Server::respond(|base, request| {
        let (items, link) = match request.starts_with("GET /pets?page=2 ") {
            true => ("[{\"id\":2}]", format!("<{base}/pets>; rel=\"first\"")),
            false => {
                ("[{\"id\":1}]", format!("<{base}/pets?page=9>; rel=\"last\", <{base}/pets?page=2>; rel=\"next\""))
            }
        };
        json(200, items).header("link", &link)
    });
    assert_eq!(iterate(&routes, &BY_LINK).await.1, [1, 2]);
}

#[tokio::test]
async fn sends_no_request_to_another_origin() {
    let other = Server::respond(|_, _| json(200, "{}"));
    let there = other.base.clone();
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
    assert!(other.to("/").is_empty());
}

/// A server that selects the page and its `Link` by the target of the request. BASE is its address.
fn linked(pages_by_target: &[(&str, i64, &str)]) -> Server {
    let pages: Vec<_> =
        pages_by_target.iter().map(|(target, id, link)| ((*target).to_owned(), *id, (*link).to_owned())).collect();
    Server::respond(move |base, request| {
        let target = request.split(' ').nth(1).unwrap_or_default();
        let Some((_, id, link)) = pages.iter().find(|(known, ..)| known == target) else {
            return json(200, &page(&[], value!({})).to_string());
        };
        let found = json(200, &page(&[*id], value!({})).to_string());
        if link.is_empty() { found } else { found.header("link", &link.replace("BASE", base)) }
    })
}

#[tokio::test]
async fn follows_links_of_lists_by_number() {
    // GitHub's links lead to another path. The last page has no link to the next one.
    let routes = linked(&[
        (
            "/pets?page=0",
            1,
            "<BASE/owners/1/pets?page=1&at=x>; rel=\"next\", <BASE/owners/1/pets?page=2>; rel=\"last\"",
        ),
        ("/owners/1/pets?page=1&at=x", 2, "<BASE/owners/1/pets?page=2>; rel=\"next\""),
        ("/owners/1/pets?page=2", 3, "<BASE/owners/1/pets?page=0>; rel=\"first\""),
        ("/pets?page=2", 3, "<BASE/owners/1/pets?page=0>; rel=\"first\""),
    ]);
    let (targets, ids) = iterate(&routes, &BY_BARE_NUMBER).await;
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!(targets, ["/pets?page=0", "/owners/1/pets?page=1&at=x", "/owners/1/pets?page=2"]);
    // A token has the number, which needs no `resume_anywhere`.
    let mut items = pets(&routes).items::<Json>(&BY_BARE_NUMBER);
    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
    }
    let token = items.token().unwrap();
    assert_eq!(token.to_string(), "op:0:number:2");
    assert_eq!(token, token.to_string().parse().unwrap());
    let resumed = pets(&routes).items(&BY_BARE_NUMBER).resume(&token);
    assert_eq!(resumed.token(), Some(token), "no request is sent yet");
    assert!(all(resumed).await.unwrap().starts_with(&[3]));
}

#[tokio::test]
async fn a_relative_link_is_one_of_its_page() {
    let paths = ["/pets", "/owners/1/pets?page=2", "/owners/1/pets?page=3", "/owners/1/more"];
    let links = ["<BASE/owners/1/pets?page=2>", "<?page=3>", "<more>", ""];
    let next = |link: &str| if link.is_empty() { String::new() } else { format!("{link}; rel=\"next\"") };
    let links = links.map(next);
    for (facts, first) in [(&BY_LINKED_DATA, "/pets"), (&BY_BARE_NUMBER, "/pets?page=0")] {
        let paths = [first, paths[1], paths[2], paths[3]];
        let routes: Vec<_> =
            (1..).zip(paths.iter().zip(&links)).map(|(id, (path, link))| (*path, id, &**link)).collect();
        let routes = linked(&routes);
        let (targets, ids) = iterate(&routes, facts).await;
        assert_eq!((targets.as_slice(), ids), (paths.map(str::to_owned).as_slice(), vec![1, 2, 3, 4]));
    }
    // A token has an address that needs no other page.
    let routes = linked(&[(paths[0], 1, &links[0]), (paths[1], 2, &links[1]), (paths[2], 3, "")]);
    let mut items = pets(&routes).items::<Json>(&BY_LINKED_DATA);
    for _ in 0..2 {
        items.next().await.unwrap().unwrap();
    }
    let token: PageToken = items.token().unwrap().to_string().parse().unwrap();
    assert_eq!(all(pets(&routes).items(&BY_LINKED_DATA).resume_anywhere(&token)).await.unwrap(), [3]);
}

#[tokio::test]
async fn lists_by_number_end_where_links_do() {
    let one_page =
        linked(&[("/pets?page=0", 1, "<BASE/pets?page=0>; rel=\"first\", <BASE/pets?page=0>; rel=\"last\"")]);
    let (targets, ids) = iterate(&one_page, &BY_BARE_NUMBER).await;
    assert_eq!((targets.len(), ids), (1, vec![1]));
    // A link that leads back, or to another origin, is not followed: the client counts.
    for link in ["<BASE/pets?page=0>; rel=\"next\"", "<http://else.example.com/pets?page=1>; rel=\"next\""] {
        let routes = linked(&[("/pets?page=0", 1, link), ("/pets?page=1", 2, "")]);
        let (targets, ids) = iterate(&routes, &BY_BARE_NUMBER).await;
        assert_eq!((targets.len(), ids), (3, vec![1, 2]), "{link}");
    }
    // A response without links does not end the list while the client knows the number.
    let routes = linked(&[
        ("/pets?page=0", 1, "<BASE/pets?page=1>; rel=\"next\""),
        ("/pets?page=1", 2, ""),
        ("/pets?page=2", 3, "<BASE/pets?page=1>; rel=\"prev\""),
    ]);
    assert_eq!(iterate(&routes, &BY_BARE_NUMBER).await.1, [1, 2, 3]);
    // Links by cursor have no number.
    let routes = linked(&[
        ("/pets?page=0", 1, "<BASE/pets?after=a>; rel=\"next\""),
        ("/pets?after=a", 2, "<?after=b>; rel=\"next\", </pets?before=b>; rel=\"prev\""),
        ("/pets?after=b", 3, ""),
    ]);
    let (targets, ids) = iterate(&routes, &BY_BARE_NUMBER).await;
    assert_eq!((targets.len(), ids), (3, vec![1, 2, 3]));
    let mut items = pets(&routes).items::<Json>(&BY_BARE_NUMBER);
    items.next().await.unwrap().unwrap();
    let token = items.token().unwrap();
    assert_eq!(all(pets(&routes).items(&BY_BARE_NUMBER).resume(&token)).await.unwrap(), [2, 3]);
}

#[tokio::test]
async fn follows_links_of_lists_by_offset() {
    let routes = linked(&[
        ("/pets", 1, "<BASE/pets?offset=5>; rel=\"next\""),
        ("/pets?offset=5", 2, ""),
        ("/pets?offset=6", 3, "<BASE/pets?offset=1>; rel=\"prev\""),
    ]);
    assert_eq!(iterate(&routes, &BY_OFFSET).await.1, [1, 2, 3]);
}

#[tokio::test]
async fn a_cursor_may_stay_the_same_while_the_items_move() {
    let (count, moves) = (AtomicUsize::new(0), 4);
    let routes = Server::respond(move |_, _| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        let items: Vec<i64> = (0..2).map(|item| i64::try_from(number).unwrap() * 2 + item).collect();
        let items = if number < moves { items } else { Vec::new() };
        json(200, &page(&items, value!({ "meta": { "after": "scroll" } })).to_string())
    });
    assert_eq!(all(pets(&routes).items(&BY_CURSOR)).await.unwrap(), (0..8).collect::<Vec<i64>>());
    let routes = pages(&[
        ("", page(&[1], value!({ "meta": { "after": "a" } }))),
        ("page%5Bcursor%5D=a", page(&[2, 3], value!({ "meta": { "after": "a" } }))),
    ]);
    let mut items = pets(&routes).items::<Json>(&BY_CURSOR);
    for _ in 0..3 {
        items.next().await.unwrap().unwrap();
    }
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the same page twice"), "{error}");
    assert!(items.next().await.is_none());
}
