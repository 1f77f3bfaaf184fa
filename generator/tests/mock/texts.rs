//! Parameters, paths and forms as texts.

use super::{mock, request};
use std::time::{Duration, Instant};

/// A description with one parameter of an operation, and a form as body.
fn parameter(parameter: &str) -> String {
    let path = if parameter.contains("in: path") { "/a/{id}" } else { "/a" };
    format!(
        "openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  {path}:
    post:
      parameters: [{{name: id, {parameter}}}]
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                list: {{type: array, items: false, prefixItems: [{{type: integer}}, {{type: boolean}}]}}
                of: {{anyOf: [{{type: object, required: [a], properties: {{a: {{type: string}}}}, additionalProperties: {{type: integer}}}}, {{type: boolean}}]}}
      responses: {{'200': {{description: A.}}}}
"
    )
}

#[test]
fn matrix_parameters_have_their_name_once() {
    let object = "in: path, required: true, style: matrix, explode: true, schema: {type: object, required: [id, xid], properties: {id: {type: integer}, xid: {type: integer}, name: {type: string}}}";
    let list = "in: path, required: true, style: matrix, explode: true, schema: {type: array, maxItems: 2, items: {type: string, enum: [a, 'id=b']}}";
    let plain = "in: path, required: true, style: matrix, schema: {type: string}";
    for (schema, segment, status) in [
        (object, ";xid=5;id=2", 200),
        (object, ";xid=5;name=id=2", 400),
        (object, ";id=5", 400),
        (list, ";id=a;id=id=b", 200),
        (list, ";id=a;id=b", 400),
        (list, ";id=a;other=b", 400),
        (plain, ";id=5", 200),
        (plain, ";%69d=5", 200),
        (plain, ";id", 200),
        (plain, ";wrong=1", 400),
        (plain, ";idx=1", 400),
        (plain, "id=1", 400),
    ] {
        let response = mock(&parameter(schema)).respond(&request(&format!("POST /a/{segment}"), &[], ""));
        assert_eq!(response.status, status, "{segment}: {}", String::from_utf8_lossy(&response.body));
    }
}

#[test]
fn items_of_forms_are_in_the_order_of_their_numbers() {
    let mock = mock(&parameter("in: query, schema: {type: integer}"));
    let headers = ["Content-Type: application/x-www-form-urlencoded"];
    for (form, status) in [
        ("list[0]=1&list[1]=true", 200),
        ("list[1]=true&list[0]=1", 200),
        ("list[10]=true&list[9]=1", 200),
        ("list[0]=true&list[1]=1", 400),
        // Members that are no properties of a union's member have the schema of these.
        ("of[a]=5&of[b]=5", 200),
        ("of[a]=5&of[b]=c", 400),
    ] {
        let response = mock.respond(&request("POST /a", &headers, form));
        assert_eq!(response.status, status, "{form}: {}", String::from_utf8_lossy(&response.body));
    }
}

/// A union of strings and of arrays of itself, in each place that is text.
const RECURSIVE: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      parameters: [{name: id, in: query, schema: {$ref: '#/components/schemas/One'}}]
      requestBody:
        content:
          application/x-www-form-urlencoded: {schema: {type: object, properties: {id: {$ref: '#/components/schemas/One'}}}}
          text/plain: {schema: {$ref: '#/components/schemas/One'}}
          multipart/form-data: {schema: {type: object, properties: {id: {$ref: '#/components/schemas/One'}}}}
      responses: {'200': {description: A.}}
components:
  schemas:
    One: {anyOf: [{type: array, minItems: 1, items: {$ref: '#/components/schemas/One'}}, {$ref: '#/components/schemas/Other'}]}
    Other: {anyOf: [{type: array, minItems: 2, items: {$ref: '#/components/schemas/One'}}, {type: string, maxLength: 3}]}
";

#[test]
fn an_array_can_be_an_item_of_itself() {
    let mock = mock(RECURSIVE);
    let content_type = |media: &str| format!("Content-Type: {media}");
    for (media, start, end) in [
        ("application/x-www-form-urlencoded", "id=", ""),
        ("text/plain", "", ""),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=id\r\n\r\n", "\r\n--b--"),
    ] {
        for (text, status) in [("abc", 200), ("abcd", 400)] {
            let line = format!("POST /a?id={text}");
            assert_eq!(mock.respond(&request(&line, &[], "")).status, status, "{text}");
            let response = mock.respond(&request("POST /a", &[&content_type(media)], &format!("{start}{text}{end}")));
            assert_eq!(response.status, status, "{media} {text}: {}", String::from_utf8_lossy(&response.body));
        }
    }
}

#[test]
fn names_with_brackets_have_one_value_by_each_schema() {
    let members = "ABCDEFGH".chars().map(|name| {
        format!("    {name}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/Node'}}, {name}: {{type: integer}}}}}}\n")
    });
    let references: Vec<String> =
        "ABCDEFGH".chars().map(|name| format!("{{$ref: '#/components/schemas/{name}'}}")).collect();
    let schemas = format!("    Node: {{anyOf: [{}]}}\n{}", references.join(", "), members.collect::<String>());
    let description = RECURSIVE.replace("properties: {id:", "properties: {id: {type: string}, node:");
    let description =
        description.replace("schemas/One'}}}}\n          text", "schemas/Node'}}}}\n          text") + &schemas;
    let start = Instant::now();
    let form = format!("node{}[C]=1", "[a]".repeat(14));
    let sent = request("POST /a", &["Content-Type: application/x-www-form-urlencoded"], &form);
    assert_eq!(mock(&description).respond(&sent).status, 200);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn sample_cookies_with_separators_are_allowed() {
    let list = "in: cookie, required: true, explode: false, schema: {type: array, maxItems: 1, items: {type: string, enum: ['a,b; c']}}, example: ['a,b; c']";
    let object = "in: cookie, required: true, explode: false, schema: {type: object, required: [a], properties: {a: {type: string, enum: ['b,c']}}}, example: {a: 'b,c'}";
    for (schema, cookie) in [(list, "id=a%2Cb%3B%20c"), (object, "id=a,b%2Cc")] {
        let mock = mock(&parameter(schema));
        let sample = mock.sample_request(0).unwrap();
        assert!(sample.headers.contains(&("Cookie".to_owned(), cookie.to_owned())), "{sample:?}");
        assert_eq!(mock.respond(&sample).status, 200, "{sample:?}");
    }
}

#[test]
fn an_encoded_comma_belongs_to_an_item() {
    let schema = "in: query, explode: false, schema: {type: array, items: {type: string, enum: ['a,b', c]}}";
    let pair = "in: query, explode: false, schema: {type: array, minItems: 2, items: {type: string}}";
    for (schema, query, status) in [
        (schema, "a%2Cb,c", 200),
        (schema, "a,b", 400),
        (pair, "a,b", 200),
        // Some clients encode the commas between items.
        (pair, "a%2Cb", 200),
        (pair, "a", 400),
    ] {
        let response = mock(&parameter(schema)).respond(&request(&format!("POST /a?id={query}"), &[], ""));
        assert_eq!(response.status, status, "{query}: {}", String::from_utf8_lossy(&response.body));
    }
}

#[test]
fn an_address_in_a_path_is_a_part_of_it() {
    let mock = mock(&parameter("in: query, schema: {type: string}"));
    for (path, status) in [("/a", 200), ("http://127.0.0.1:1/a", 200), ("/proxy/https://h/a", 404)] {
        assert_eq!(mock.respond(&request(&format!("POST {path}"), &[], "")).status, status, "{path}");
    }
}

#[test]
fn exploded_objects_in_cookies_are_their_members() {
    let parameter = "in: cookie, name: id, required: true, schema: {type: object, required: [a], properties: {a: {type: integer}, b: {type: string}}}";
    let mock = mock(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/x: {{get: {{parameters: [{{{parameter}}}, {{in: cookie, name: b, schema: {{type: string}}}}], responses: {{'204': {{description: A.}}}}}}}}}}\n"
    ));
    for (cookie, status) in [("a=1; b=x", 204), ("a=x", 400), ("b=x", 400), ("other=1", 400)] {
        let response = mock.respond(&request("GET /x", &[&format!("Cookie: {cookie}")], ""));
        assert_eq!(response.status, status, "{cookie}: {response:?}");
    }
}

#[test]
fn content_of_zero_bytes_is_content() {
    let media = "application/octet-stream: {}, text/plain: {schema: {type: string}}, application/json: {schema: {type: object}}";
    let mock = mock(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/x: {{post: {{requestBody: {{required: true, content: {{{media}}}}}, responses: {{'204': {{description: A.}}}}}}}}}}\n"
    ));
    for (media, status) in
        [("application/octet-stream", 204), ("text/plain", 204), ("application/json", 400), ("", 400)]
    {
        let header = format!("Content-Type: {media}");
        let headers: &[&str] = if media.is_empty() { &["Content-Length: 0"] } else { &[&header] };
        let response = mock.respond(&request("POST /x", headers, ""));
        assert_eq!(response.status, status, "{media}: {response:?}");
    }
}

#[test]
fn an_encoded_comma_belongs_to_an_item_of_a_form() {
    let schema = "{type: object, properties: {tags: {type: array, maxItems: 2, items: {type: string}}, even: {allOf: [{type: integer, multipleOf: 2}, {multipleOf: 3}]}}}";
    let content =
        format!("application/x-www-form-urlencoded: {{schema: {schema}, encoding: {{tags: {{explode: false}}}}}}");
    let mock = mock(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/x: {{post: {{requestBody: {{content: {{{content}}}}}, responses: {{'204': {{description: A.}}}}}}}}}}\n"
    ));
    let headers = ["Content-Type: application/x-www-form-urlencoded"];
    for (body, status) in [
        ("tags=a%2Cb,c", 204),
        ("tags=a,b,c", 400),
        ("tags=a%2Cb%2Cc", 400),
        ("even=6", 204),
        // A multiple of the first divisor alone.
        ("even=4", 400),
        ("even=9", 400),
    ] {
        assert_eq!(mock.respond(&request("POST /x", &headers, body)).status, status, "{body}");
    }
}
