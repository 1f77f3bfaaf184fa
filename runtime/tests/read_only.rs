//! Read-only properties in generated calls and models: omitted from requests, present in values.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/read_only/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/bodies/read_only/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/read_only/src/xml.rs"]
#[allow(unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod xml;

use call::Call;
use calls::{Calls, PostPartsParts};
use clientsmith_runtime::{Client, Json};
use models::{Line, Order};
use serde_json::json;
use server::{Server, json};
use way::both;

/// An order as a server sends it.
fn order() -> Json {
    let line = |n: i64| json!({ "n": n, "at": "2026-01-01" });
    json!({ "id": "1", "name": "x", "first": line(1), "lines": [line(2)], "named": { "a": line(3) },
        "either": [line(4)], "animal": { "kind": "Cat", "age": 5 }, "total": { "sum": 6 }, "more": 7 })
}

fn server() -> (Server, Client) {
    let routes = Server::respond(|_, request| {
        if request.starts_with("GET /order") { json(200, &order().to_string()) } else { json(204, "") }
    });
    let client = api::builder(&routes.base).build().unwrap();
    (routes, client)
}

/// The body of the last request to a path.
fn body(routes: &Server, path: &str) -> String {
    routes.to(path).last().unwrap().split_once("\r\n\r\n").unwrap().1.to_owned()
}

both!(omits_read_only_properties_from_requests, |way| {
    let (routes, client) = server();
    let calls = Calls::new(&client);
    let order = way.send(calls.get_order()).unwrap().into_inner();
    way.send(calls.put_order(&order)).unwrap();
    let put: Json = serde_json::from_str(&body(&routes, "/order")).unwrap();
    let expected = json!({ "name": "x", "first": { "n": 1 }, "lines": [{ "n": 2 }], "named": { "a": { "n": 3 } },
        "either": [{ "n": 4 }], "animal": { "kind": "Cat" }, "more": 7 });
    assert_eq!(put, expected);
    // The value still has them.
    assert_eq!(serde_json::to_value(&order).unwrap(), self::order());
    // A call can add one.
    way.send(calls.put_order(&order).body_extra("id", "1".into())).unwrap();
    let put: Json = serde_json::from_str(&body(&routes, "/order")).unwrap();
    assert_eq!(put.get("id"), Some(&"1".into()));
    way.send(calls.post_xml(&order)).unwrap();
    let xml = body(&routes, "/xml");
    assert!(xml.contains("<n>2</n>") && !xml.contains("<at>") && !xml.contains("<id>"), "{xml}");
});

both!(omits_read_only_properties_from_every_kind_of_body, |way| {
    let (routes, client) = server();
    let calls = Calls::new(&client);
    let line: Line = serde_json::from_value(json!({ "n": 1, "at": null })).unwrap();
    way.send(calls.post_form(&line)).unwrap();
    assert_eq!(body(&routes, "/form"), "n=1");
    way.send(calls.post_parts(PostPartsParts::new(&line))).unwrap();
    let parts = body(&routes, "/parts");
    assert!(parts.contains("{\"n\":1}") && !parts.contains("\"id\""), "{parts}");
    way.send(calls.post_lines(clientsmith_runtime::ItemStream::whole(vec![line.clone()]))).unwrap();
    let lines = body(&routes, "/lines");
    assert!(lines.contains("{\"n\":1}\n") && !lines.contains("at"), "{lines}");
    way.send(calls.find(&line)).unwrap();
    let find = routes.to("/find").last().unwrap().clone();
    assert!(find.starts_with("GET /find?like=%7B%22n%22%3A1%7D HTTP"), "{find}");
    assert_eq!(serde_json::to_string(&line).unwrap(), "{\"n\":1,\"at\":null}");
});

#[test]
fn constructors_have_no_read_only_arguments() {
    assert_eq!(serde_json::to_value(Order::new("x")).unwrap(), json!({ "name": "x" }));
}
