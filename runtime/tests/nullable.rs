//! Bodies that may be null: requests of generated calls.
#![cfg(feature = "hyper")]
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, unreachable_pub, reason = "as a generated crate has it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/nullable/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/bodies/nullable/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;

use call::Call;
use calls::Calls;
use clientsmith_runtime::Body;

/// The length and the media type of a body.
fn sent(request: &http::Request<Body>) -> (Option<u64>, Option<&str>) {
    let media = request.headers().get("content-type").map(|media| media.to_str().unwrap());
    (request.body().length(), media)
}

#[test]
fn sends_null_and_omits_absent_bodies() {
    let client = api::builder("http://localhost").build().unwrap();
    let calls = Calls::new(&client);
    let json = Some("application/json");
    assert_eq!(sent(&calls.set_note(None).into_request().unwrap()), (Some(4), json));
    let note = models::Note::default();
    assert_eq!(sent(&calls.set_note(&note).into_request().unwrap()), (Some(2), json));
    assert_eq!(sent(&calls.set_note(Some(&note)).into_request().unwrap()), (Some(2), json));
    assert_eq!(sent(&calls.change_note().body(None).into_request().unwrap()), (Some(4), json));
    assert_eq!(sent(&calls.change_note().body(Some("x".to_owned())).into_request().unwrap()), (Some(3), json));
    assert_eq!(sent(&calls.change_note().into_request().unwrap()), (Some(0), None));
    assert_eq!(sent(&calls.add_note(None::<models::Note>).into_request().unwrap()), (Some(4), json));
}
