//! The mock server of `clientsmith_runtime::testing`.
#![cfg(all(feature = "test-util", feature = "blocking", feature = "hyper"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::auth::SecurityRequirement;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::testing::{Fault, MockServer, RecordedRequest, Reply};
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{Client, Json, Method, Operation, OperationSpec, Responses, body};
use std::time::Duration;
use way::both;

fn client(server: &MockServer) -> Client {
    builder("https://pets.test/v1").transport(server.clone()).build().unwrap()
}

fn get(id: &'static str) -> OperationSpec {
    OperationSpec::new(id, "GET", "/pets/{id}")
}

both!(replies_by_operation_path_and_content, |way| {
    let server = MockServer::new();
    server.on("ListPets").reply(Reply::json(200, &vec!["Rex".to_owned()]).header("x-total", "1"));
    server
        .on_request(Method::POST, "/pets")
        .when(|request: &RecordedRequest| request.body.is_empty())
        .reply(Reply::new(400));
    server.on_request(Method::POST, "/v1/pets").respond(|request: &RecordedRequest| {
        let name: String = request.json().unwrap();
        Reply::json(201, &format!("{name} of {}", request.query("owner").join(", ")))
    });
    let client = client(&server);
    let list = OperationSpec::new("ListPets", "GET", "/pets");
    let response = way.send(call(&client, &list)).unwrap();
    assert_eq!((&*response, &response.headers()["x-total"]), (&serde_json::json!(["Rex"]), &"1".parse().unwrap()));
    let post = || call(&client, &operation("POST", "/pets"));
    assert_eq!(way.send(post()).unwrap_err().status().unwrap().as_u16(), 400);
    let named = post().query("owner", &vec!["A b".to_owned(), "c&d".to_owned()]);
    assert_eq!(*way.send(named.json(&Json::from("Rex"))).unwrap(), Json::from("Rex of A b, c&d"));
    let operations: Vec<&str> = server.requests().iter().map(|request| request.operation).collect();
    assert_eq!(operations, ["ListPets", "op", "op"]);
    assert_eq!(server.requests_of("ListPets")[0].header("accept"), Some("application/json"));
});

both!(compares_the_whole_path, |way| {
    let server = MockServer::new();
    server.on_request(Method::GET, "/issues").reply(Reply::json(200, &"all".to_owned()));
    server.on_request(Method::GET, "/repos/{owner}/{repo}/issues").reply(Reply::json(200, &"template".to_owned()));
    server.on_request(Method::GET, "/v1/repos/{name}.json").reply(Reply::json(200, &"name".to_owned()));
    let client = client(&server);
    let sent =
        |path: &'static str| way.send(call(&client, &operation("GET", path))).map(|it| it.as_str().map(str::to_owned));
    assert_eq!(sent("/issues").unwrap().unwrap(), "all");
    assert_eq!(sent("/repos/o/r/issues").unwrap().unwrap(), "template");
    assert_eq!(sent("/repos/o/r/issues/issues").unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(sent("/v1/issues").unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(sent("/repos/a.json").unwrap().unwrap(), "name");
    assert_eq!(sent("/repos/.json").unwrap_err().kind(), ErrorKind::Transport);
});

/// Two operations with one id, as generated crates have operations.
struct ListPets;
struct ListOwners;

impl Operation for ListPets {
    type Success = Json;
    type Error = Json;
    const SPEC: &'static OperationSpec = &OperationSpec::new("list", "GET", "/pets");
    const RESPONSES: Responses<Json, Json> = Responses::new(body::json, body::json);
}

impl Operation for ListOwners {
    type Success = Json;
    type Error = Json;
    const SPEC: &'static OperationSpec = &OperationSpec::new("list", "GET", "/owners");
    const RESPONSES: Responses<Json, Json> = Responses::new(body::json, body::json);
}

both!(replies_by_the_type_of_an_operation, |way| {
    let server = MockServer::new();
    server.on(ListPets).reply(Reply::json(200, &"Rex".to_owned()));
    server.on(ListOwners).reply(Reply::json(200, &"Ann".to_owned()));
    let client = client(&server);
    assert_eq!(*way.send(call(&client, ListOwners::SPEC)).unwrap(), Json::from("Ann"));
    assert_eq!(*way.send(call(&client, ListPets::SPEC)).unwrap(), Json::from("Rex"));
    assert_eq!(server.requests_of(ListPets).len(), 1);
    assert_eq!(server.requests_of("list".to_owned()).len(), 2);
});

both!(replies_in_turn_without_pauses, |way| {
    let server = MockServer::new();
    server
        .on("op")
        .reply(Fault::Reset)
        .reply(Reply::new(503).header("retry-after", "40"))
        .reply(Reply::json(200, &1_i64));
    let client = client(&server);
    for _ in 0..2 {
        assert_eq!(*way.send(call(&client, &operation("GET", "/pets"))).unwrap(), Json::from(1));
    }
    let retries: Vec<u32> = server.requests().iter().map(|request| request.retry).collect();
    assert_eq!(retries, [0, 1, 2, 0]);
    assert_eq!(server.pauses().len(), 2);
    assert_eq!(server.pauses()[1], Duration::from_secs(40));
});

both!(faults_become_transport_errors, |way| {
    for (fault, kind, transport) in [
        (Fault::Connect, ErrorKind::Transport, TransportErrorKind::Connect),
        (Fault::Tls, ErrorKind::Transport, TransportErrorKind::Tls),
        (Fault::Reset, ErrorKind::Transport, TransportErrorKind::Broken),
        (Fault::HalfBody, ErrorKind::Transport, TransportErrorKind::Broken),
        (Fault::Timeout, ErrorKind::Timeout, TransportErrorKind::Timeout),
    ] {
        let server = MockServer::new();
        server.on("op").reply(Reply::json(200, &"Re".to_owned()).fault(fault));
        let error = way.send(call(&client(&server), &operation("GET", "/pets")).max_retries(0)).unwrap_err();
        assert_eq!((error.kind(), error.transport_kind()), (kind, Some(transport)), "{error}");
    }
    let server = MockServer::new();
    server.on_any().reply(Reply::json(200, &1_i64).delay(Duration::from_secs(20)));
    let late = || call(&client(&server), &operation("GET", "/pets")).max_retries(0);
    way.send(late()).unwrap();
    assert!(way.send(late().timeout(Duration::from_secs(10))).unwrap_err().is_timeout());
});

both!(replies_with_a_changed_example, |way| {
    let example = Reply::text(200, "application/json", r#"["Rex"]"#);
    let mut pets: Vec<String> = example.body_as().unwrap();
    pets.push("Kit".to_owned());
    assert!(example.body_as::<String>().is_err());
    let server = MockServer::new();
    server.on("op").reply(Reply::json(200, &pets));
    let pets = way.send(call(&client(&server), &operation("GET", "/pets"))).unwrap();
    assert_eq!(*pets, serde_json::json!(["Rex", "Kit"]));
});

both!(sends_bodies_in_chunks, |way| {
    let server = MockServer::new();
    server.on("GetPet").reply(Reply::new(200).chunk("a").chunk("bc"));
    let call = call(&client(&server), &get("GetPet")).path("id", &"1".to_owned());
    let mut body = way.stream(call).unwrap().into_inner();
    let mut chunks = Vec::new();
    while let Some(chunk) = way.wait(body.chunk()).unwrap() {
        chunks.push(chunk);
    }
    assert_eq!(chunks, ["a", "bc"]);
});

both!(reports_requests_without_a_rule_or_a_reply, |way| {
    let server = MockServer::new();
    server.on("GetDog").reply(Reply::new(204));
    let error = way.send(call(&client(&server), &operation("GET", "/pets"))).unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: no rule matches op (GET /v1/pets)");
    let _ = server.on("op").when(|request: &RecordedRequest| request.retry > 0);
    let _ = server.on("op");
    let error = way.send(call(&client(&server), &operation("GET", "/pets"))).unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: the rule for op (GET /v1/pets) has no reply");
    let server = MockServer::new();
    server.on("op").reply(Reply::new(200).header("x-a", "line\nbreak"));
    let error = way.send(call(&client(&server), &operation("GET", "/pets"))).unwrap_err();
    assert!(error.to_string().contains("the header x-a cannot be sent"), "{error}");
});

#[test]
fn recorded_requests_show_no_secrets() {
    let server = MockServer::new();
    server.on_any().reply(Reply::json(200, &1_i64));
    let client = builder("https://pets.test").transport(server.clone()).credential("app", "s3cret").build().unwrap();
    let operation = operation("GET", "/pets").security(const { &[&[SecurityRequirement::new("app", &[])]] });
    call(&client, &operation).send_blocking().unwrap();
    assert_eq!(server.requests()[0].query("app"), ["s3cret"]);
    assert!(!format!("{:?}", server.requests()).contains("s3cret"));
}
