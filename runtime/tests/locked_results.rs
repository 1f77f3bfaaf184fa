//! Responses that the lock leaves out of the types of results: generated calls against a loopback server.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[path = "../../generator/tests/cases/lock/results/src"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
#[rustfmt::skip]
#[path = "../../generator/tests/cases/lock/results/src/api/orders.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, clippy::missing_errors_doc, reason = "generated for a crate of its own")]
mod orders;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use call::Call;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Error, IntoCall, Response};
use generated::models;
use orders::Orders;
use server::{Server, reply};
use way::{SendMode, both};

fn receive<C: IntoCall<Success: Send, Error: Send>>(
    way: SendMode,
    (status, body): (u16, &'static str),
    call: impl FnOnce(Orders<'_>) -> C,
) -> Result<Response<C::Success>, Error<C::Error>> {
    let server = Server::start(vec![reply(status, &[("content-type", "application/json")], body)]);
    let client: Client = api::builder(&server.base).max_retries(0).build().unwrap();
    way.send(call(Orders::new(&client)))
}

both!(error_status_of_another_type_has_body_as, |way| {
    let get = |response| receive(way, response, |orders| orders.get_order("1")).unwrap_err();
    let known = get((400, r#"{"message":"wrong"}"#));
    assert_eq!(known.api().unwrap().message, "wrong");
    let text = known.to_string();
    let mapped = known.map_api(|api| api.message);
    assert_eq!((mapped.to_string(), mapped.status().unwrap().is_client_error()), (text, true));
    assert_eq!(mapped.into_api().unwrap(), "wrong");
    // A body that would be of the locked type too is not decoded as it.
    let other = get((404, r#"{"id":"1","message":"gone"}"#));
    assert!(other.kind() == ErrorKind::Api && other.api().is_none() && other.is_not_found(), "{other:?}");
    assert_eq!(other.body_as::<models::Missing>().unwrap().id, "1");
    assert_eq!(other.body_as::<models::Job>().unwrap_err().path(), "job");
    let create = |response| receive(way, response, |orders| orders.create_order()).unwrap_err();
    assert!(create((418, r#"{"message":"tea"}"#)).api().is_some());
    assert!(create((409, r#"{"id":"1","message":"twice"}"#)).api().is_none());
    assert_eq!(create((503, r#"{"job":7}"#)).body_as::<models::Job>().unwrap().job, 7);
});

both!(success_status_of_another_type_is_an_error_with_its_body, |way| {
    let get = |response| receive(way, response, |orders| orders.get_order("1"));
    assert_eq!(get((200, r#"{"id":"1"}"#)).unwrap().id, "1");
    let other = get((202, r#"{"id":"1","job":7}"#)).unwrap_err();
    assert!(other.is_decode() && other.status().unwrap() == 202, "{other:?}");
    assert_eq!(other.body_as::<models::Job>().unwrap().job, 7);
    assert!(other.to_string().contains("status 202 (`body_as` decodes its body)"), "{other}");
});

both!(nothing_stays_nothing_and_untyped_stays_untyped, |way| {
    let deleted = receive(way, (200, r#"{"id":"1"}"#), |orders| orders.delete_order("1")).unwrap();
    assert_eq!(deleted.body_as::<models::Order>().unwrap().id, "1");
    assert!(deleted.body_as::<models::Job>().is_err());
    let wrong = receive(way, (400, r#"{"message":"wrong"}"#), |orders| orders.list_orders()).unwrap_err();
    assert_eq!(wrong.api().unwrap()["message"], "wrong");
    assert_eq!(wrong.body_as::<models::Problem>().unwrap().message, "wrong");
});

#[test]
fn error_without_a_response_has_no_body() {
    let client: Client = api::builder("http://127.0.0.1:9").max_retries(0).build().unwrap();
    let error = SendMode::Blocking.send(Orders::new(&client).get_order("1")).unwrap_err();
    assert!(error.body_as::<models::Order>().unwrap_err().to_string().contains("none"));
}
