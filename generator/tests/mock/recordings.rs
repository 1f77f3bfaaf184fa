//! Bodies in recordings: their secrets are redacted, whatever the media type.

use super::{mock, request};
use std::time::{Duration, Instant};

/// Time limit for the recording of one body.
const TIME: Duration = Duration::from_secs(5);

/// A description whose operation takes a body: `content` is the media type with its schema.
fn description(content: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.2.0
info: {{title: T, version: '1'}}
paths:
  /a:
    post:
      requestBody: {{content: {{{content}}}}}
      responses: {{'200': {{description: A.}}}}
components:
  schemas:
    Login: {{type: object, properties: {{name: {{type: string}}, pin: {{type: string, format: password}}, inner: {{$ref: '#/components/schemas/Login'}}}}}}
    Plain: {{type: object, properties: {{name: {{type: string}}}}}}
{schemas}"
    )
}

/// The text of a body in a recording.
fn recorded(description: &str, content_type: &str, body: &str) -> String {
    let sent = request("POST /a", &[&format!("Content-Type: {content_type}")], body);
    let mock = mock(description);
    let entry = mock.har_entry(&sent, &mock.respond(&sent), "", 0);
    entry["request"]["postData"]["text"].as_str().unwrap().to_owned()
}

const LOGIN: &str = "{$ref: '#/components/schemas/Login'}";
const PLAIN: &str = "{$ref: '#/components/schemas/Plain'}";

#[test]
fn items_of_streams_are_redacted_one_by_one() {
    for (media, body, expected) in [
        (
            "application/jsonl",
            "{\"name\":\"a\",\"pin\":\"s-1\"}\nno JSON s-2\n\n{\"pin\":5}\n",
            "{\"name\":\"a\",\"pin\":\"[redacted]\"}\n\n\n{\"pin\":\"[redacted]\"}\n",
        ),
        ("application/stream+json", "{\"pin\":\"s-1\"}\n{}", "{\"pin\":\"[redacted]\"}\n{}"),
        (
            "application/json-seq",
            "\u{1e}{\"pin\":\"s-1\"}\n\u{1e}{\"access_token\":\"s-2\"}\n",
            "\u{1e}{\"pin\":\"[redacted]\"}\n\u{1e}{\"access_token\":\"[redacted]\"}\n",
        ),
        (
            "text/event-stream",
            ": s-1\r\nid: 1\r\ns-4\r\nother: s-5\r\ndata: {\"pin\":\r\ndata: \"s-2\"}\r\n\r\ndata: s-3\r\n\r\ndata: {\"name\":\"a\"}\r\n\r\n",
            "id: 1\ndata: {\"pin\":\"[redacted]\"}\n\ndata: [redacted]\n\ndata: {\"name\":\"a\"}\n\n",
        ),
    ] {
        let description = description(&format!("{media}: {{itemSchema: {LOGIN}}}"), "");
        assert_eq!(recorded(&description, media, body), expected, "{media}");
    }
}

#[test]
fn bodies_that_cannot_be_read_are_left_out_if_they_can_have_secrets() {
    for (media, schema, body, expected) in [
        ("application/xml", LOGIN, "<a><pin>s-1</pin></a>", ""),
        ("application/xml", PLAIN, "<a><name>b</name></a>", "<a><name>b</name></a>"),
        ("text/plain", "{type: string, format: password}", "s-1", ""),
        ("text/plain", "{type: string}", "a", "a"),
        ("text/plain", "{}", "s-1", ""),
        ("application/json", LOGIN, "{\"pin\": s-1", ""),
        ("multipart/form-data; boundary=b", LOGIN, "--b\r\n\r\ns-1\r\n--b--", ""),
        ("application/vnd.a+json", LOGIN, "{\"inner\":{\"pin\":\"s-1\"}}", "{\"inner\":{\"pin\":\"[redacted]\"}}"),
        ("application/json", LOGIN, "{\"pin\":{\"a\":\"s-1\"},\"pin\":[\"s-2\"]}", "{\"pin\":\"[redacted]\"}"),
        ("application/json", LOGIN, "{\"inner\":{\"pin\":\"s-1\"},\"inner\":{}}", "{\"inner\":{}}"),
    ] {
        let media_range = if media.contains("+json") { "application/*+json" } else { media.split(';').next().unwrap() };
        let description = description(&format!("{media_range}: {{schema: {schema}}}"), "");
        assert_eq!(recorded(&description, media, body), expected, "{media} {schema}");
    }
    // The description does not have the media type.
    let undocumented = description(&format!("application/json: {{schema: {LOGIN}}}"), "");
    assert_eq!(recorded(&undocumented, "text/plain", "s-1"), "");
}

#[test]
fn forms_are_recorded_as_sent_except_secrets() {
    let form = "application/x-www-form-urlencoded";
    let description = description(&format!("{form}: {{schema: {LOGIN}}}"), "");
    for (body, expected) in [
        ("a%26b=1&name=x%20y+z&c", "a%26b=1&name=x%20y+z&c"),
        ("p%69n=s-1&name=a", "p%69n=[redacted]&name=a"),
        ("inner[inner][pin]=s-1&inner%5Bname%5D=a", "inner[inner][pin]=[redacted]&inner%5Bname%5D=a"),
        ("other[password]=s-1&inner=%7B%22pin%22:%22s-2%22%7D", "other[password]=[redacted]&inner=[redacted]"),
        ("json=%7B%22access_token%22:%22s-1%22%7D", "json=[redacted]"),
    ] {
        assert_eq!(recorded(&description, form, body), expected);
    }
    assert_eq!(recorded(&description, "Application/X-WWW-Form-URLEncoded; a=b", "pin=s-1"), "pin=[redacted]");
}

#[test]
fn members_of_recursive_unions_are_visited_once() {
    let member = |name: &str| {
        format!(
            "    {name}: {{type: object, properties: {{{name}: {{type: string}}, pin: {{type: string, format: password}}, in: {{$ref: '#/components/schemas/Node'}}}}}}\n"
        )
    };
    let names = ["A", "B", "C", "D"];
    let references = names.map(|name| format!("{{$ref: '#/components/schemas/{name}'}}")).join(", ");
    let schemas = format!("    Node: {{anyOf: [{references}]}}\n{}", names.map(member).concat());
    let description = description("application/json: {schema: {$ref: '#/components/schemas/Node'}}", &schemas);
    let body = format!("{}{{\"pin\":\"s-1\"}}{}", "{\"in\":".repeat(60), "}".repeat(60));
    let mock = mock(&description);
    let start = Instant::now();
    let sent = request("POST /a", &["Content-Type: application/json"], &body);
    let entry = mock.har_entry(&sent, &clientsmith::mock::Response::default(), "", 0);
    assert!(start.elapsed() < TIME, "{:?}", start.elapsed());
    assert_eq!(entry["request"]["postData"]["text"], body.replace("s-1", "[redacted]"));
}

/// Parameters with secrets, of each location and style.
const PARAMETERS: &str = "openapi: 3.2.0
info: {title: T, version: '1'}
servers: [{url: 'https://a.b/v1'}]
paths:
  /a:
    get:
      parameters:
        - {name: my pin, in: query, schema: {type: string, format: password}}
        - {name: X-Pin, in: header, schema: {type: string, format: password}}
        - {name: pins, in: query, schema: {type: array, items: {type: string, format: password}}}
        - {name: login, in: query, style: deepObject, explode: true, schema: {$ref: '#/components/schemas/Login'}}
        - {name: exploded, in: query, schema: {type: object, properties: {code: {type: string, format: password}, n: {type: integer}}}}
      responses: {'200': {description: A., headers: {X-Next-Pin: {schema: {type: string, format: password}}}}}
  /json:
    get:
      parameters:
        - {name: filter, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/Login'}}}}
      responses: {'200': {description: A.}}
  /form:
    get:
      parameters:
        - {name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {whole: {type: string, writeOnly: true}}}}}}
      responses: {'200': {description: A.}}
  /bot{format}.{code}/list/{apiKey}:
    get:
      parameters:
        - {name: code, in: path, required: true, schema: {type: string, format: password}}
        - {name: format, in: path, required: true, schema: {type: string}}
        - {name: apiKey, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: A.}}
components:
  schemas:
    Login: {type: object, properties: {pin: {type: string, format: password}}}
";

#[test]
fn secret_parameters_are_redacted() {
    let mock = mock(PARAMETERS);
    for (target, expected) in [
        ("GET /a?my+pin=s-1&b%26c=d", "/a?my+pin=[redacted]&b%26c=d"),
        ("GET /v1/a?pins=s-1&pins=s-2&n=1&code=s-3", "/v1/a?pins=[redacted]&pins=[redacted]&n=1&code=[redacted]"),
        ("GET /a?login[pin]=s-1&login%5Bpin%5D=s-2", "/a?login[pin]=[redacted]&login%5Bpin%5D=[redacted]"),
        ("GET /a?access_token=s-1&x[clientSecret]=s-2", "/a?access_token=[redacted]&x[clientSecret]=[redacted]"),
        (
            "GET /a?token=s-1&sig=s-2&id_token=s-3&jwt=s-4&page_token=5",
            "/a?token=[redacted]&sig=[redacted]&id_token=[redacted]&jwt=[redacted]&page_token=5",
        ),
        ("GET /json?filter=%7B%22pin%22:%22s-1%22%7D&a=1", "/json?filter=[redacted]&a=1"),
        ("GET /json?other=%7B%22password%22:%22s-1%22%7D", "/json?other=[redacted]"),
        ("GET /json?%7B%22password%22:%22s-1%22%7D", "/json?[redacted]"),
        ("GET /form?whole=s-1&a", "/form?whole=[redacted]&a"),
        ("GET /botjson.s-1/list/s-2", "/bot[redacted].[redacted]/list/[redacted]"),
        ("HEAD /v1/botjson.s-1/list/s-2", "/v1/bot[redacted].[redacted]/list/[redacted]"),
        ("POST /botjson.s-1/list/s-2?a=b", "/bot[redacted].[redacted]/list/[redacted]?a=b"),
        ("GET /v1/botjson.s-1/lists-2/a", "/v1/[redacted]/[redacted]/a"),
    ] {
        let sent = request(target, &["X-Pin: s-4", "X-Api-Key: s-5", "X-Session: s-7", "X-Site-Key: s-8"], "");
        let mut response = mock.respond(&sent);
        response.headers.push(("x-next-pin".to_owned(), "s-6".to_owned()));
        let entry = mock.har_entry(&sent, &response, "", 0);
        assert!(!entry.to_string().contains("s-"), "{entry}");
        assert_eq!(entry["request"]["url"], format!("http://localhost{expected}"));
        assert_eq!(mock.redacted_target(&sent), expected);
    }
}

#[test]
fn paths_without_secret_parameters_are_recorded_as_sent() {
    let mock = mock(&PARAMETERS.replace(", format: password", "").replace("apiKey", "key"));
    for target in ["/botjson.1/list/2", "/unknown/1?a=b"] {
        assert_eq!(mock.redacted_target(&request(&format!("GET {target}"), &[], "")), target);
    }
}

#[test]
fn a_query_in_which_any_name_can_be_secret_is_left_out() {
    let query = |media: &str, schema: &str| {
        let description = PARAMETERS.replace("application/x-www-form-urlencoded: {schema: {type: object, properties: {whole: {type: string, writeOnly: true}}}}", &format!("{media}: {{schema: {schema}}}"));
        mock(&description).redacted_target(&request("GET /form?b=s-1", &[], ""))
    };
    let map = "{type: object, additionalProperties: {type: string, format: password}}";
    assert_eq!(query("application/x-www-form-urlencoded", map), "/form?[redacted]");
    assert_eq!(query("application/json", map), "/form?[redacted]");
    assert_eq!(query("application/json", "{type: object}"), "/form?b=s-1");
}

#[test]
fn credentials_in_undocumented_bodies_are_redacted() {
    let mock = mock(PARAMETERS);
    let recorded = |target: &str, body: &str| {
        let sent = request(target, &["Content-Type: application/json"], body);
        mock.har_entry(&sent, &mock.respond(&sent), "", 0)["request"]["postData"]["text"].clone()
    };
    for target in ["GET /a", "POST /unknown"] {
        for (body, expected) in [
            (r#"{"accessToken":"s-1","name":"a"}"#, r#"{"accessToken":"[redacted]","name":"a"}"#),
            (
                r#"{"a":[{"clientSecret":"s-1","api_key":"s-2"}]}"#,
                r#"{"a":[{"clientSecret":"[redacted]","api_key":"[redacted]"}]}"#,
            ),
            (r#"{"client_assertion":"s-1"}"#, r#"{"client_assertion":"[redacted]"}"#),
            (
                r#"{"password":1234,"passwords":["s-1",[2]]}"#,
                r#"{"password":"[redacted]","passwords":["[redacted]",["[redacted]"]]}"#,
            ),
            (r#"{"password":null,"hasPassword":true}"#, r#"{"password":null,"hasPassword":true}"#),
            (
                r#"{"credentials":[{"kind":"s-1","value":2,"on":true}],"password":{"a":{"b":["s-2"]}}}"#,
                r#"{"credentials":[{"kind":"[redacted]","value":"[redacted]","on":true}],"password":{"a":{"b":["[redacted]"]}}}"#,
            ),
            (
                r#"{"sessionId":"s-1","otp":5,"nextPageToken":"a","next_token":"b","cursor":"c"}"#,
                r#"{"sessionId":"[redacted]","otp":"[redacted]","nextPageToken":"a","next_token":"b","cursor":"c"}"#,
            ),
        ] {
            assert_eq!(recorded(target, body), expected);
        }
    }
}
