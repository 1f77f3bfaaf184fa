//! Calls as a generated crate has them.

use super::*;
use clientsmith_runtime::{Operation, Responses};

/// An operation as a generated crate has it, without optional parameters.
struct AddPet;

impl Operation for AddPet {
    type Success = Json;
    type Error = Json;
    const SPEC: &'static OperationSpec = &operation("POST", "/pets");
    const RESPONSES: Responses<Json, Json> = Responses::new(body::json, body::json);
}

fn add_pet(server: &Server) -> generated::Call<AddPet> {
    generated::Call::new(&client(server))
}

// A generated call has every option, whatever its operation.
both!(generated_calls_have_every_option, |way| {
    let server = Server::start(vec![reply(503, &[], ""), json(200, "1"), reply(302, &[("location", "/x")], "1")]);
    let mut call = add_pet(&server).timeout(Duration::from_secs(9)).attempt_timeout(Duration::from_secs(8));
    call = call.idle_timeout(None).max_retries(1).header("x-a", "b").query_extra("q", "a b").raw_cookies(true);
    call = call.repeatable(true).without_credentials();
    assert!(format!("{call:?}").contains("/pets"));
    call.draft.json(&Json::from_iter([("name", "Rex")]));
    assert_eq!(*way.send(call.body_extra("age", 3.into()).into_call()).unwrap(), Json::from(1));
    let request = &server.requests()[1];
    assert!(request.starts_with("POST /pets?q=a%20b ") && request.contains("x-a: b"), "{request}");
    assert!(request.ends_with(r#"{"name":"Rex","age":3}"#), "{request}");
    let moved = way.raw(add_pet(&server).return_redirects().into_call()).unwrap();
    assert_eq!(moved.status(), 302);
    let request = add_pet(&server).idempotency_key("k").into_request().unwrap();
    assert_eq!(request.headers()["idempotency-key"], "k");
});

// Each way to send a call has a method.
#[tokio::test]
async fn generated_calls_have_every_async_method() {
    let server = Server::start(vec![json(200, "1")]);
    assert_eq!(*add_pet(&server).await.unwrap(), Json::from(1));
    assert_eq!(*add_pet(&server).send().await.unwrap(), Json::from(1));
    assert_eq!(add_pet(&server).send_raw().await.unwrap().status().as_u16(), 200);
    assert_eq!(add_pet(&server).send_stream().await.unwrap().into_inner().chunk().await.unwrap().unwrap(), "1");
    assert_eq!(add_pet(&server).json_lines::<i64>().await.unwrap().next().await.unwrap().unwrap(), 1);
    assert_eq!(add_pet(&server).json_seq::<Json>().await.unwrap().headers()["content-type"], "application/json");
    assert!(add_pet(&server).events::<Json>().await.unwrap_err().is_decode());
}

#[test]
fn generated_calls_have_every_blocking_method() {
    let server = Server::start(vec![json(200, "1")]);
    assert_eq!(*add_pet(&server).send_blocking().unwrap(), Json::from(1));
    assert_eq!(add_pet(&server).send_raw_blocking().unwrap().status().as_u16(), 200);
    assert_eq!(add_pet(&server).json_lines_blocking::<i64>().unwrap().next().unwrap().unwrap(), 1);
    assert_eq!(add_pet(&server).json_seq_blocking::<Json>().unwrap().headers()["content-type"], "application/json");
    assert!(add_pet(&server).events_blocking::<Json>().unwrap_err().is_decode());
    let mut text = String::new();
    let body = add_pet(&server).send_stream_blocking().unwrap().into_inner();
    std::io::Read::read_to_string(&mut body.into_reader(), &mut text).unwrap();
    assert_eq!(text, "1");
}
