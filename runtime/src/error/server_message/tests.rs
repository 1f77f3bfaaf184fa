//! Error responses as servers and frameworks send them.

use super::*;
use serde_json::json;

fn check(cases: &[(Value, &str)]) {
    for (body, expected) in cases {
        assert_eq!(of(body.to_string().as_bytes()).as_deref().unwrap_or_default(), *expected, "{body}");
    }
}

#[test]
fn one_message() {
    check(&[
        (json!("plain"), "plain"),
        (json!({ "detail": "Not found." }), "Not found."),
        (json!({ "message": "no", "error": "Not Found", "statusCode": 404 }), "no"),
        (json!({ "error": { "code": 7, "message": "nested", "status": "NOT_FOUND" } }), "nested"),
        (json!({ "error": "invalid_grant", "error_description": "expired" }), "expired"),
        (json!({ "ok": false, "error": "channel_not_found" }), "channel_not_found"),
        (json!({ "Message": "capital" }), "capital"),
        (json!({ "errorMessage": "camel" }), "camel"),
        (json!({ "timestamp": 1, "status": 400, "error": "Bad Request", "message": "", "path": "/x" }), "Bad Request"),
        (json!({ "error": { "type": "x", "reason": "no such index", "root_cause": [] } }), "no such index"),
        (json!({ "detail": { "message": "inside" } }), "inside"),
        (json!({ "errors": [], "title": "Conflict of plans" }), "Conflict of plans"),
        (json!({ "error_msg": "quota", "error_code": 1 }), "quota"),
        (json!({ "err": "short" }), "short"),
        (json!({ "status": { "code": 5, "message": "inner words" } }), "inner words"),
        (json!({ "status": "fail", "data": 1 }), ""),
        (json!({ "error": { "code": "x", "message": { "lang": "en", "value": "No such pet" } } }), "No such pet"),
        (json!({ "odata.error": { "message": { "lang": "en", "value": "No such pet" } } }), "No such pet"),
        (
            json!({ "message": "Validation Failed", "errors": [
                { "resource": "Issue", "field": "title", "code": "missing_field" }
            ] }),
            "Validation Failed: title: missing_field",
        ),
        (
            json!({ "error": { "_message": "Not valid", "errors": { "name": { "message": "is required", "path": "name" } } } }),
            "Not valid: name: is required",
        ),
        (json!({ "data": 1 }), ""),
        (json!(7), ""),
    ]);
}

#[test]
fn bytes_that_json_allows_or_many_send() {
    assert_eq!(of(b"\xEF\xBB\xBF{\"detail\":\"no\"}").as_deref(), Some("no"));
    assert_eq!(of(b"{\"detail\":\"no\",\"input\":\"\\ud800\"}").as_deref(), Some("no"));
    assert_eq!(of(b"{\"detail\":\"caf\xE9\"}").as_deref(), Some("caf\u{fffd}"));
}

#[test]
fn problem_details() {
    let title = "Your request is not valid.";
    check(&[
        (json!({ "title": "Not Found", "detail": "No pet 7" }), "No pet 7"),
        (json!({ "title": "Out of credit", "detail": "30 of 50" }), "Out of credit: 30 of 50"),
        (
            json!({ "type": "t", "title": title, "errors": [
                { "detail": "must be positive", "pointer": "#/age" },
                { "detail": "must be 'red'", "pointer": "#/profile/0/color" },
            ] }),
            "Your request is not valid: age: must be positive; profile[0].color: must be 'red'",
        ),
        (
            json!({ "title": title, "invalid-params": [{ "name": "age", "reason": "must be positive" }] }),
            "Your request is not valid: age: must be positive",
        ),
        (
            json!({ "title": "Invalid", "status": 400, "errors": { "Name": ["The Name field is required."] } }),
            "Invalid: Name: The Name field is required.",
        ),
        (
            json!({ "errors": [{ "status": "422", "title": "Invalid", "detail": "too short",
                "source": { "pointer": "/data/attributes/name" } }, { "title": "Odd", "source": { "parameter": "q" } }] }),
            "data.attributes.name: too short; q: Odd",
        ),
    ]);
}

#[test]
fn problems_of_validation() {
    let fastapi = json!({ "detail": [
        { "type": "string_too_short", "loc": ["body", "password"], "input": "hunter2",
          "msg": "String should have at least 12 characters", "ctx": { "min_length": 12 } },
        { "type": "missing", "loc": ["body", "pets", 0, "name"], "msg": "Field required", "input": {} },
    ] });
    check(&[
        (fastapi, "body.password: String should have at least 12 characters; body.pets[0].name: Field required"),
        (
            json!({ "password": ["Too short.", "Too common."], "non_field_errors": ["No match."] }),
            "password: Too short.; password: Too common.; No match.",
        ),
        (
            json!({ "pets": [{}, { "name": ["Required."] }], "owner": { "mail": ["Wrong."] } }),
            "pets[1].name: Required.; owner.mail: Wrong.",
        ),
        (json!({ "title": ["May not be blank."] }), "title: May not be blank."),
        (json!(["One.", "Two."]), "One.; Two."),
        (
            json!({ "statusCode": 400, "message": ["a must be b", "c is odd"], "error": "Bad Request" }),
            "a must be b; c is odd",
        ),
        (json!({ "message": "Invalid data.", "errors": { "mail": ["Required."] } }), "Invalid data: mail: Required."),
        (json!({ "errorMessages": ["Whole."], "errors": { "summary": "Missing." } }), "Whole.; summary: Missing."),
        (
            json!({ "success": false, "error": { "name": "ZodError", "issues": [{ "path": ["a", 0], "message": "Required" }] } }),
            "a[0]: Required",
        ),
        (
            json!({ "success": false, "error": { "name": "ZodError", "message": "[{\"path\":[\"a\"],\"message\":\"Required\"}]" } }),
            "a: Required",
        ),
        (
            json!({ "status_code": 400, "detail": "Validation failed", "extra": [{ "message": "Expected int", "key": "n", "source": "body" }] }),
            "Validation failed: body.n: Expected int",
        ),
        (
            json!({ "exception_message": "Invalid request", "exception_detail": [{ "loc": ["body", "x"], "msg": "bad" }], "request_body": { "x": "s" } }),
            "Invalid request: body.x: bad",
        ),
        (
            json!({ "errors": [{ "type": "field", "msg": "Invalid value", "path": "email", "location": "body", "value": "v" }] }),
            "body.email: Invalid value",
        ),
        (
            json!({ "message": "Invalid Form Body", "errors": { "name": { "_errors": [{ "code": "L", "message": "Too long" }] } } }),
            "Invalid Form Body: name: Too long",
        ),
        (
            json!({ "error": { "message": "Bad", "details": [{ "@type": "t", "fieldViolations": [{ "field": "a.b", "description": "odd" }] }] } }),
            "Bad: a.b: odd",
        ),
        (
            json!({ "message": "x is invalid: a: Required", "details": { "kind": "pods", "causes": [{ "message": "Required", "field": "a" }] } }),
            "x is invalid: a: Required",
        ),
    ]);
    let many: Vec<String> = (0..9).map(|index| format!("p{index}")).collect();
    assert_eq!(of(json!({ "errors": many }).to_string().as_bytes()).unwrap(), "p0; p1; p2; p3; p4; and 4 more");
    let message = "Validation failed: p0; p1; p2; p3; p4";
    assert_eq!(of(json!({ "message": message, "errors": many }).to_string().as_bytes()).unwrap(), message);
}

#[test]
fn large_bodies_are_not_taken_apart() {
    let errors = |count: usize| json!({ "errors": (0..count).collect::<Vec<_>>(), "message": "odd" }).to_string();
    assert_eq!(of(errors(1_000).as_bytes()).as_deref(), Some("odd"));
    assert_eq!(of(errors(60_000).as_bytes()), None);
    let many: Vec<String> = (0..20_000).map(|index| format!("p{index}")).collect();
    let line = of(json!({ "errors": many }).to_string().as_bytes()).unwrap();
    assert_eq!(line, "p0; p1; p2; p3; p4; and 19995 more");
}

#[test]
fn json_is_read_as_far_as_it_can_be() {
    assert_eq!(of("\u{feff}{\"message\":\"marked\"}".as_bytes()).unwrap(), "marked");
    assert_eq!(of(br#"{"message":"half \ud800"}"#).unwrap(), "half \u{fffd}");
    assert_eq!(of("[".repeat(100_000).as_bytes()), None);
}
