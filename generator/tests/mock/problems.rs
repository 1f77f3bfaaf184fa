//! Requests that the description forbids, with the violated places.

use super::{PETS, header, json, mock, request};
use serde_json::json;

const LIST: &[&str] = &["X-Key: k", "X-Tenant: ab"];
const JSON: &[&str] = &["X-Key: k", "Content-Type: application/json"];
const FORM: &[&str] = &["X-Key: k", "Content-Type: application/x-www-form-urlencoded"];
const PARTS: &[&str] = &["X-Key: k", "Content-Type: multipart/form-data; boundary=b"];

/// Requests, and the place, schema and message of their first violation. No place: the request is allowed.
const TABLE: &[(&str, &[&str], &str, &str)] = &[
    ("GET /pets?limit=100&kinds=cat,dog&filter[age]=3&where=%7B%22a%22:1%7D", LIST, "", ""),
    (
        "GET /pets?limit=0",
        LIST,
        "",
        "/query/limit #/paths/~1pets/get/parameters/0/schema/minimum does not follow `minimum: 1`",
    ),
    (
        "GET /pets?limit=ten",
        LIST,
        "",
        "/query/limit #/paths/~1pets/get/parameters/0/schema/type has the type string in place of integer",
    ),
    (
        "GET /pets?kinds=cat,cow",
        LIST,
        "",
        "/query/kinds/1 #/components/schemas/Kind/enum has a value that the schema does not allow",
    ),
    (
        "GET /pets?filter[age]=old",
        LIST,
        "",
        "/query/filter/age #/paths/~1pets/get/parameters/2/schema/properties/age/type has the type string in place of integer",
    ),
    (
        "GET /pets?where={",
        LIST,
        "",
        "/query/where #/paths/~1pets/get/parameters/3 is not in the form that the parameter's style or media type has",
    ),
    (
        "GET /pets?where=%7B%7D",
        LIST,
        "",
        "/query/where #/paths/~1pets/get/parameters/3/content/application~1json/schema/required lacks `a`, which is required",
    ),
    (
        "GET /pets",
        &["X-Key: k"],
        "",
        "/headers/X-Tenant #/paths/~1pets/get/parameters/4/required is required, and absent",
    ),
    (
        "GET /pets",
        &["X-Key: k", "X-Tenant: a"],
        "",
        "/headers/X-Tenant #/paths/~1pets/get/parameters/4/schema/minLength does not follow `minLength: 2`",
    ),
    (
        "GET /pets",
        &["X-Key: k", "X-Tenant: ab", "Cookie: a=b; session=1"],
        "",
        "/cookies/session #/paths/~1pets/get/parameters/5/schema/format does not have the format `uuid`",
    ),
    (
        "GET /pets/one",
        &[],
        "",
        "/path/id #/paths/~1pets~1{id}/get/parameters/0/schema/type has the type string in place of integer",
    ),
    ("GET /v1/pets/1", &[], "", ""),
    ("POST /pets", JSON, "", "/body #/paths/~1pets/post/requestBody/required is required, and absent"),
    (
        "POST /pets",
        JSON,
        "{",
        "/body #/components/schemas/Pet is not JSON: EOF while parsing an object at line 1 column 1",
    ),
    ("POST /pets", JSON, "[]", "/body #/components/schemas/Pet/type has the type array in place of object"),
    (
        "POST /pets",
        JSON,
        r#"{"kind": "cat"}"#,
        "/body #/components/schemas/Pet/required lacks `name`, which is required",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tomcat", "kind": "cat"}"#,
        "/body/name #/components/schemas/Pet/properties/name/maxLength does not follow `maxLength: 5`",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "a/b": 1}"#,
        "/body #/components/schemas/Pet/additionalProperties has the field `a/b`, which the schema does not allow",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": null, "kind": "cat", "born": null}"#,
        "/body/name #/components/schemas/Pet/properties/name is null, which the schema does not allow",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "born": "today"}"#,
        "/body/born #/components/schemas/Pet/properties/born/format does not have the format `date`",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "tags": ["a", "a"]}"#,
        "/body/tags #/components/schemas/Pet/properties/tags/uniqueItems does not follow `uniqueItems: true`",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "parent": {"name": "Kit", "kind": "cow"}}"#,
        "/body/parent/kind #/components/schemas/Kind/enum has a value that the schema does not allow",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "food": {"of": "Meat", "weight": 0.7}}"#,
        "/body/food/weight #/components/schemas/Meat/properties/weight/multipleOf does not follow `multipleOf: 0.5`",
    ),
    (
        "POST /pets",
        JSON,
        r#"{"name": "Tom", "kind": "cat", "food": {"of": "Bird"}}"#,
        "/body/food #/components/schemas/Pet/properties/food has a discriminator value that no variant has",
    ),
    ("POST /pets", FORM, "name=Tom&kind=cat&tags=a&tags=b", ""),
    (
        "POST /pets",
        FORM,
        "name=Tom&kind=cow",
        "/body/kind #/components/schemas/Kind/enum has a value that the schema does not allow",
    ),
    (
        "POST /pets",
        PARTS,
        "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\nx\r\n--b--",
        "",
    ),
    (
        "POST /pets",
        PARTS,
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--",
        "/body #/paths/~1pets/post/requestBody/content/multipart~1form-data/schema/required lacks `photo`, which is required",
    ),
    (
        "POST /pets",
        PARTS,
        "x",
        "/body #/paths/~1pets/post/requestBody/content/multipart~1form-data/schema is not multipart with the boundary of its media type",
    ),
];

#[test]
fn problems_name_the_violated_place() {
    let mock = mock(PETS);
    for (line, headers, body, expected) in TABLE {
        let response = mock.respond(&request(line, headers, body));
        if expected.is_empty() {
            assert!(response.status < 300, "{line} {body}: {}", String::from_utf8_lossy(&response.body));
            continue;
        }
        assert_eq!(response.status, 400, "{line} {body}");
        assert_eq!(header(&response, "Content-Type"), Some("application/problem+json"));
        let violation = &json(&response)["violations"][0];
        let text = |key: &str| violation[key].as_str().unwrap().to_owned();
        assert_eq!(format!("{} {} {}", text("place"), text("schema"), text("message")), *expected, "{line} {body}");
    }
}

const VALUES: &str = r#"
openapi: 3.1.0
info: {title: Values, version: '1'}
paths:
  /values:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Values'}}
      responses: {'204': {description: None.}}
components:
  schemas:
    Values:
      type: object
      properties:
        nothing: {type: 'null'}
        nothing_or_list: {oneOf: [{type: 'null'}, {type: array, items: {type: 'null'}}]}
        level: {type: integer, enum: [1, 9007199254740993]}
        fixed: {const: 9007199254740993}
        pair: {const: [1, {a: 2}]}
        set: {type: array, uniqueItems: true, items: {}}
        time: {type: string, format: time}
        duration: {type: string, format: duration}
"#;

/// Values, and the message of their violation. No message: the value is allowed.
const OF_VALUES: &[(&str, &str)] = &[
    (r#"{"nothing": null}"#, ""),
    (r#"{"nothing": 5}"#, "has the type integer in place of null"),
    (r#"{"nothing_or_list": [null]}"#, ""),
    (r#"{"nothing_or_list": [5]}"#, "has the type integer in place of null"),
    (r#"{"level": 1.0}"#, ""),
    (r#"{"level": 1e0}"#, ""),
    (r#"{"level": 9007199254740993}"#, ""),
    (r#"{"level": 9007199254740992}"#, "has a value that the schema does not allow"),
    (r#"{"level": 1.5}"#, "has the type number in place of integer"),
    (r#"{"fixed": 9007199254740992}"#, "has a value that the schema does not allow"),
    (r#"{"pair": [1.0, {"a": 2.0}]}"#, ""),
    (r#"{"pair": [1, {"a": 3}]}"#, "has a value that the schema does not allow"),
    (r#"{"set": [1, "1", true, null, [1], {"a": 1}, 0.5]}"#, ""),
    (r#"{"set": [1, 1.0]}"#, "does not follow `uniqueItems: true`"),
    (r#"{"set": [{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}]}"#, "does not follow `uniqueItems: true`"),
    (r#"{"set": [9007199254740993, 9007199254740992]}"#, ""),
    (r#"{"time": "12:00:00+02:00"}"#, ""),
    (r#"{"time": "12:00:00Zrubbish"}"#, "does not have the format `time`"),
    (r#"{"duration": "P1DT12H"}"#, ""),
    (r#"{"duration": "one hour"}"#, "does not have the format `duration`"),
];

#[test]
fn values_equal_and_have_types_as_in_json_schema() {
    let mock = mock(VALUES);
    for (body, expected) in OF_VALUES {
        let response = mock.respond(&request("POST /values", &["Content-Type: application/json"], body));
        let message = match response.status {
            204 => String::new(),
            _ => json(&response)["violations"][0]["message"].as_str().unwrap().to_owned(),
        };
        assert_eq!(message, *expected, "{body}");
    }
}

#[test]
fn repeated_items_of_a_long_list_are_found() {
    let mock = mock(VALUES);
    let respond = |last: usize| {
        let items: Vec<_> = (0..200_000).chain([last]).map(|item| json!({ "item": item })).collect();
        let body = json!({ "set": items }).to_string();
        mock.respond(&request("POST /values", &["Content-Type: application/json"], &body)).status
    };
    assert_eq!((respond(200_000), respond(7)), (204, 400));
}

#[test]
fn all_violations_are_listed() {
    let response = mock(PETS).respond(&request("GET /pets?limit=0&kinds=cow", &["X-Key: k"], ""));
    let places: Vec<_> =
        json(&response)["violations"].as_array().unwrap().iter().map(|one| one["place"].clone()).collect();
    assert_eq!(places, ["/query/limit", "/query/kinds/0", "/headers/X-Tenant"]);
    assert!(json(&response)["detail"].as_str().unwrap().ends_with(", and 2 more"));
}

#[test]
fn unknown_paths_and_methods_get_help() {
    let mock = mock(PETS);
    let unknown = mock.respond(&request("GET /pet/1", &[], ""));
    assert_eq!((unknown.status, json(&unknown)["nearest"].clone()), (404, json!(["/pets/{id}", "/pets"])));
    let method = mock.respond(&request("PATCH /v1/pets/1", &[], ""));
    assert_eq!((method.status, header(&method, "Allow")), (405, Some("GET, DELETE")));
    assert_eq!(mock.respond(&request("HEAD /pets/1", &[], "")).status, 200);
    let media = mock.respond(&request("POST /pets", &["X-Key: k", "Content-Type: text/plain"], "x"));
    assert_eq!(media.status, 415);
    assert!(json(&media)["detail"].as_str().unwrap().contains("multipart/form-data"));
    assert_eq!(mock.respond(&request("POST /pets", &["X-Key: k"], "{}")).status, 415);
}

#[test]
fn credentials_must_be_present() {
    let mock = mock(PETS);
    let list = |headers: &[&str]| mock.respond(&request("GET /pets", headers, ""));
    let missing = list(&["X-Tenant: ab"]);
    assert_eq!((missing.status, header(&missing, "WWW-Authenticate")), (401, Some("Bearer")));
    assert_eq!(json(&missing)["detail"], "the operation needs the security scheme key, or token");
    for wrong in ["Authorization: Bearer ", "Authorization: Basic eA==", "X-Key: "] {
        assert_eq!(list(&["X-Tenant: ab", wrong]).status, 401, "{wrong}");
    }
    for right in ["Authorization: bearer t", "X-Key: k"] {
        assert_eq!(list(&["X-Tenant: ab", right]).status, 200, "{right}");
    }
}

#[test]
fn null_in_a_merge_patch_removes_a_property() {
    let mock = mock(
        "openapi: 3.0.0
info: {title: T, version: '1'}
paths:
  /a:
    patch:
      requestBody:
        content:
          application/merge-patch+json: {schema: {$ref: '#/components/schemas/A'}}
          application/json: {schema: {$ref: '#/components/schemas/A'}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    A:
      type: object
      required: [name]
      properties: {name: {type: string}, deep: {type: object, properties: {size: {type: integer}}}}
",
    );
    for (media, body, status) in [
        ("application/merge-patch+json", r#"{"name":null}"#, 204),
        ("application/merge-patch+json", r#"{"deep":{"size":null}}"#, 204),
        ("application/merge-patch+json", r#"{"deep":{"size":"large"}}"#, 400),
        ("application/json", r#"{"name":null}"#, 400),
        ("application/json", r#"{"deep":{"size":null}}"#, 400),
    ] {
        let response = mock.respond(&request("PATCH /a", &[&format!("Content-Type: {media}")], body));
        assert_eq!(response.status, status, "{media} {body}: {}", String::from_utf8_lossy(&response.body));
    }
}

#[test]
fn a_body_that_is_too_large_to_be_checked_is_no_valid_body() {
    let description = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {type: array, items: {type: integer}}}}}
      responses: {'200': {description: A.}}
";
    let mock = mock(description);
    let list = |items: usize| format!("[{}0]", "0,".repeat(items - 1));
    let respond = |body: &str| mock.respond(&request("POST /a", &["Content-Type: application/json"], body));
    assert_eq!(respond(&list(900_000)).status, 200);
    let response = respond(&list(1_100_000));
    assert_eq!(response.status, 400);
    assert_eq!(json(&response)["detail"], "/body is too large to be checked");
}

#[test]
fn bounds_are_checked_wherever_they_are() {
    let description = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Text'}}}}
      responses: {'200': {description: A., content: {application/json: {schema: {$ref: '#/components/schemas/Text'}}}}}
components:
  schemas:
    Text:
      type: object
      properties:
        beside: {$ref: '#/components/schemas/Name', maxLength: 5}
        chain: {$ref: '#/components/schemas/Short'}
        merged: {$ref: '#/components/schemas/Name', type: string, format: code, maxLength: 50}
        part: {allOf: [{$ref: '#/components/schemas/Short'}], minLength: 2}
        member: {anyOf: [{type: integer, multipleOf: 1000000}, {type: string, maxLength: 3}]}
        only: {anyOf: [{type: 'null'}, {type: string, maxLength: 3}]}
        object: {oneOf: [{type: object, properties: {a: {type: string, maxLength: 3}}}, {type: 'null'}]}
    Short: {$ref: '#/components/schemas/Name', maxLength: 4}
    Name: {type: string, minLength: 1, maxLength: 10}
";
    let mock = mock(description);
    let respond = |body: &str| mock.respond(&request("POST /a", &["Content-Type: application/json"], body));
    let text = "#/components/schemas/Text/properties";
    let name = "#/components/schemas/Name";
    for (body, schema) in [
        (r#"{"beside":"12345","chain":"1234","merged":"ab","part":"12","member":"abc"}"#, String::new()),
        (r#"{"beside":"123456"}"#, format!("{text}/beside/maxLength")),
        (r#"{"beside":""}"#, format!("{name}/minLength")),
        (r#"{"beside":"12345678901"}"#, format!("{name}/maxLength")),
        (r#"{"chain":"12345"}"#, "#/components/schemas/Short/maxLength".to_owned()),
        (r#"{"merged":"12345678901"}"#, format!("{text}/merged/maxLength")),
        (r#"{"part":"1"}"#, format!("{text}/part/minLength")),
        (r#"{"part":"12345"}"#, "#/components/schemas/Short/maxLength".to_owned()),
        (r#"{"member":"abcd"}"#, format!("{text}/member/oneOf/1/maxLength")),
        (r#"{"member":1}"#, format!("{text}/member/oneOf/0/multipleOf")),
        (r#"{"member":3000000}"#, String::new()),
        (r#"{"only":"abcd"}"#, format!("{text}/only/maxLength")),
        (r#"{"only":null,"object":null}"#, String::new()),
        (r#"{"object":{"a":"abcd"}}"#, format!("{text}/object/properties/a/maxLength")),
    ] {
        let response = respond(body);
        if schema.is_empty() {
            // The sample value of the response follows the bounds too.
            let sample = String::from_utf8(response.body).unwrap();
            assert_eq!((response.status, respond(&sample).status), (200, 200), "{body} {sample}");
        } else {
            assert_eq!(json(&response)["violations"][0]["schema"], schema, "{body}");
        }
    }
}
