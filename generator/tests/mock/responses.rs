//! The responses of operations: made values, examples, preferences and media types.

use super::{PETS, header, json, mock, request};
use serde_json::json;
use std::time::{Duration, Instant};

const LIST: [&str; 2] = ["X-Key: k", "X-Tenant: ab"];

#[test]
fn values_follow_their_schemas() {
    let mock = mock(PETS);
    let response = mock.respond(&request("GET /pets", &LIST, ""));
    assert_eq!((response.status, header(&response, "X-Total")), (200, Some("1")));
    assert_eq!(header(&response, "Content-Type"), Some("application/json"));
    let pet = json!({
        "id": 5, "name": "strin", "kind": "cat", "born": "2026-01-01", "tags": ["string"],
        "food": {"of": "Meat", "weight": 0.5},
    });
    assert_eq!(json(&response), json!([pet, pet]));
    // The same request has the same response.
    assert_eq!(mock.respond(&request("GET /pets", &LIST, "")), response);
    let deleted = mock.respond(&request("DELETE /v1/pets/9", &[], ""));
    assert_eq!((deleted.status, deleted.body.len(), header(&deleted, "Content-Type")), (204, 0, None));
}

#[test]
fn preferences_choose_status_and_example() {
    let mock = mock(PETS);
    let add = |prefer: &str| {
        let headers = ["X-Key: k", "Content-Type: application/json", &format!("Prefer: {prefer}")];
        mock.respond(&request("POST /pets", &headers, r#"{"name": "Tom", "kind": "cat"}"#))
    };
    // The first example is not valid, so the second one is used.
    assert_eq!(json(&add("none"))["id"], 7);
    assert_eq!(json(&add("example=wrong")), json!({"id": "none"}));
    assert_eq!(json(&add("dynamic=true"))["id"], 5);
    let conflict = add("code=409");
    assert_eq!((conflict.status, conflict.body.len()), (409, 0));
    assert_eq!(header(&conflict, "Preference-Applied"), Some("code=409"));
    for unknown in ["code=418", "code=x", "code=99999", "example=dog"] {
        assert_eq!(add(unknown).status, 400, "{unknown}");
    }
    let get = |prefer: &str| mock.respond(&request("GET /pets/1", &[&format!("Prefer: {prefer}")], ""));
    assert_eq!((get("code=503").status, json(&get("code=503"))), (503, json!({"message": "no such pet"})));
    let list =
        |prefer: &str| mock.respond(&request("GET /pets", &[LIST[0], LIST[1], &format!("Prefer: {prefer}")], ""));
    assert_eq!(list("code=404").status, 404);
    assert_eq!(list("code=500").status, 400);
}

#[test]
fn media_types_are_negotiated() {
    let mock = mock(PETS);
    let list =
        |accept: &str| mock.respond(&request("GET /pets", &[LIST[0], LIST[1], &format!("Accept: {accept}")], ""));
    assert_eq!(header(&list("text/html, */*;q=0.1"), "Content-Type"), Some("application/json"));
    let xml = list("application/xml");
    let text = String::from_utf8(xml.body).unwrap();
    let start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><root><id>5</id><name>strin</name><kind>cat</kind>";
    assert!(text.starts_with(start), "{text}");
    let refused = list("text/html");
    assert_eq!((refused.status, json(&refused)["status"].as_u64()), (406, Some(406)));
}

#[test]
fn streams_and_forms_have_their_media_types() {
    let description = |media: &str, key: &str| {
        format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: A.\n          content:\n            {media}:\n              {key}: {{type: object, required: [a], properties: {{a: {{type: integer}}}}}}\n"
        )
    };
    for (media, key, body) in [
        ("application/jsonl", "itemSchema", "{\"a\":1}\n{\"a\":1}\n"),
        ("application/json-seq", "itemSchema", "\u{1e}{\"a\":1}\n\u{1e}{\"a\":1}\n"),
        ("application/x-www-form-urlencoded", "schema", "a=1"),
        ("application/xml", "schema", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><a>1</a></root>"),
    ] {
        let response = mock(&description(media, key)).respond(&request("GET /a", &[], ""));
        assert_eq!(String::from_utf8(response.body).unwrap(), body, "{media}");
    }
}

#[test]
fn sample_requests_have_bodies_of_their_media_types() {
    let object = "type: object, required: [a], properties: {a: {type: integer}, b: {type: integer, readOnly: true}}";
    for (media, key, sent_as, body) in [
        (
            "application/xml",
            "schema",
            "application/xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><a>1</a></root>",
        ),
        (
            "text/xml",
            "schema: {example: {a: [1]}, type: object, additionalProperties: {xml: {wrapped: true}, type: array, items: {xml: {name: b}}}}, x-none",
            "text/xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root><a><b>1</b></a></root>",
        ),
        ("application/json-seq", "itemSchema", "application/json-seq", "\u{1e}{\"a\":1}\n\u{1e}{\"a\":1}\n"),
        (
            "multipart/mixed",
            "itemSchema",
            "multipart/mixed; boundary=mock-boundary",
            "--mock-boundary\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--mock-boundary\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--mock-boundary--\r\n",
        ),
        ("application/*+json", "schema", "application/json", "{\"a\":1}"),
        ("application/pdf", "x-none", "application/pdf", "sample"),
    ] {
        let mock = mock(&format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody: {{required: true, content: {{'{media}': {{{key}: {{{object}}}}}}}}}\n      responses: {{'200': {{description: A.}}}}\n"
        ));
        let sample = mock.sample_request(0).unwrap();
        assert_eq!(sample.headers, [("Content-Type".to_owned(), sent_as.to_owned())]);
        assert_eq!(String::from_utf8(sample.body.clone()).unwrap(), body, "{media}");
        assert_eq!(mock.respond(&sample).status, 200, "{media}");
    }
}

#[test]
fn recordings_have_no_credentials() {
    let mock = mock(&PETS.replace("in: header, name: X-Key", "in: query, name: key"));
    let headers =
        ["Authorization: Bearer secret-1", "Cookie: a=secret-2", "Content-Type: application/json", "Host: a:1"];
    let body = r#"{"name": "Tom", "kind": "cat", "password": "secret-3", "food": {"of": "Fish", "refresh_token": "secret-4"}}"#;
    let added = request("POST /pets?key=secret-5&a=b", &headers, body);
    let response = mock.respond(&added);
    assert_eq!(response.status, 201);
    let entry = mock.har_entry(&added, &response, "2026-01-01T00:00:00Z", 3);
    assert!(!entry.to_string().contains("secret-"), "{entry}");
    assert_eq!(entry["request"]["url"], "http://a:1/pets?key=[redacted]&a=b");
    let form =
        request("POST /pets", &["Content-Type: application/x-www-form-urlencoded"], "password=secret-6&name=Tom");
    let entry = mock.har_entry(&form, &response, "", 0);
    assert_eq!(entry["request"]["postData"]["text"], "password=[redacted]&name=Tom");
}

#[test]
fn samples_have_no_bound_that_is_excluded() {
    let description = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: A., content: {application/json: {schema: {type: number, exclusiveMinimum: 0, maximum: 0.5}}}}
";
    assert_eq!(json(&mock(description).respond(&request("GET /a", &[], ""))), json!(0.25));
}

/// Each member of each union needs another union, in all orders.
#[test]
fn unions_that_need_each_other_have_a_value_in_time() {
    let count = 26;
    let members: String = (0..count).map(|index| format!(" {{$ref: '#/components/schemas/A{index}'}},")).collect();
    let schemas: String = (0..count)
        .map(|index| {
            let next = (index + 1) % count;
            format!(
                "    U{index}: {{oneOf: [{members}]}}\n    A{index}: {{type: object, required: [u{index}], properties: {{u{index}: {{$ref: '#/components/schemas/U{next}'}}}}}}\n"
            )
        })
        .collect();
    let description = format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /a:
    get:
      responses: {{'200': {{description: A., content: {{application/json: {{schema: {{$ref: '#/components/schemas/U0'}}}}}}}}}}
components:
  schemas:
{schemas}"
    );
    let mock = mock(&description);
    let start = Instant::now();
    assert_eq!(mock.respond(&request("GET /a", &[], "")).body, b"{}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
