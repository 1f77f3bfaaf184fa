//! Parameter styles: the tables of the OpenAPI standard (3.2.0, "Style Examples") and of RFC 6570, and cases that both
//! leave open.
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

use clientsmith_runtime::codec::param::{as_form, in_cookie, in_header, in_header_lines, in_parts, in_path, in_query};
use clientsmith_runtime::{Encoding, Json, Style};

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

/// `color` of the standard: an empty string, a string, an array, an object.
fn colors() -> [Json; 4] {
    let colors = r#"["", "blue", ["blue","black","brown"], {"R":100,"G":200,"B":150}]"#;
    serde_json::from_str::<[Json; 4]>(colors).unwrap()
}

/// Values of RFC 6570, section 1.2 and 3.2.
fn keys() -> Json {
    json(r#"{"semi":";","dot":".","comma":","}"#)
}

fn list() -> Json {
    json(r#"["red","green","blue"]"#)
}

fn path(style: Style, explode: bool, value: &Json) -> String {
    in_path("color", style, explode, false, value).unwrap()
}

fn query(style: Style, explode: bool, value: &Json) -> String {
    joined(&in_query("color", style, explode, false, value), "&")
}

fn cookie(style: Style, explode: bool, value: &Json) -> String {
    joined(&in_cookie("color", style, explode, false, value).unwrap(), "; ")
}

fn joined(pairs: &[(String, String)], between: &str) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(between)
}

#[test]
fn path_styles_match_the_table() {
    let values = colors();
    let rows = [
        (Style::Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (Style::Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (Style::Label, false, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::Label, true, [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (style, explode, expected) in rows {
        assert_eq!(values.each_ref().map(|value| path(style, explode, value)), expected, "{style:?} {explode}");
    }
}

#[test]
fn writes_whole_numbers_without_a_fraction() {
    let values = [3.0, -0.5, 9_007_199_254_740_992.0, 100.25].map(Json::from);
    assert_eq!(
        values.each_ref().map(|value| path(Style::Simple, false, value)),
        ["3", "-0.5", "9007199254740992", "100.25"]
    );
    let list = Json::from(values.to_vec());
    assert_eq!(query(Style::Form, true, &list), "color=3&color=-0.5&color=9007199254740992&color=100.25");
    assert_eq!(in_header(Style::Simple, false, &values[0]).unwrap(), "3");
    assert_eq!(joined(&as_form(&json(r#"{"n":3.0}"#), &[]), "&"), "n=3");
}

#[test]
fn query_styles_match_the_table() {
    let values = colors();
    let rows = [
        (Style::Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (Style::Form, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
    ];
    for (style, explode, expected) in rows {
        assert_eq!(values.each_ref().map(|value| query(style, explode, value)), expected, "{style:?} {explode}");
    }
    let [_, _, list, object] = values;
    assert_eq!(query(Style::SpaceDelimited, false, &list), "color=blue%20black%20brown");
    assert_eq!(query(Style::SpaceDelimited, false, &object), "color=R%20100%20G%20200%20B%20150");
    assert_eq!(query(Style::PipeDelimited, false, &list), "color=blue%7Cblack%7Cbrown");
    assert_eq!(query(Style::PipeDelimited, false, &object), "color=R%7C100%7CG%7C200%7CB%7C150");
    assert_eq!(query(Style::DeepObject, true, &object), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    assert_eq!(query(Style::Json, false, &list), "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D");
}

#[test]
fn header_styles_match_the_table() {
    let [empty, text, list, object] = colors();
    for explode in [false, true] {
        assert_eq!(in_header(Style::Simple, explode, &empty).unwrap(), "");
        assert_eq!(in_header(Style::Simple, explode, &text).unwrap(), "blue");
        assert_eq!(in_header(Style::Simple, explode, &list).unwrap(), "blue,black,brown");
    }
    assert_eq!(in_header(Style::Simple, false, &object).unwrap(), "R,100,G,200,B,150");
    assert_eq!(in_header(Style::Simple, true, &object).unwrap(), "R=100,G=200,B=150");
    assert_eq!(in_header(Style::Json, false, &list).unwrap(), r#"["blue","black","brown"]"#);
    assert_eq!(in_header(Style::Json, false, &json(r#"["ü","🦀"]"#)).unwrap(), r#"["\u00fc","\ud83e\udd80"]"#);
}

#[test]
fn cookie_styles_match_the_table() {
    let values = colors();
    let exploded = ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"];
    let plain = ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"];
    for style in [Style::Form, Style::Cookie] {
        assert_eq!(values.each_ref().map(|value| cookie(style, false, value)), plain, "{style:?}");
        // The table has `&` for the form style, which separates no cookies.
        assert_eq!(values.each_ref().map(|value| cookie(style, true, value)), exploded, "{style:?}");
    }
    assert_eq!(cookie(Style::Form, true, &Json::from("a b;c=d%")), "color=a%20b%3Bc%3Dd%25");
    assert_eq!(cookie(Style::Cookie, true, &Json::from("a=b%20c")), "color=a=b%20c");
    assert_eq!(cookie(Style::Json, false, &json(r#"{"a":";"}"#)), "color=%7B%22a%22%3A%22%3B%22%7D");
    let reserved = in_cookie("color", Style::Form, true, true, &Json::from("a/b;c=%20 d")).unwrap();
    assert_eq!(joined(&reserved, "; "), "color=a/b%3Bc=%20%20d");
}

#[test]
fn refuses_cookie_values_with_delimiters() {
    for value in ["a;b", "a,b", "\"a,b\"", "a b", "a\"b", "\"", "\"a", "a\\b", "ü", "a\r\nb"] {
        let error = in_cookie("color", Style::Cookie, true, false, &Json::from(value)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("color") && !error.contains(value), "{error}");
    }
    // Quotation marks around the whole are part of the grammar.
    let quoted = in_cookie("color", Style::Cookie, true, false, &Json::from("\"a|b\"")).unwrap();
    assert_eq!(joined(&quoted, "; "), "color=\"a|b\"");
    for (explode, value) in [(true, r#"["a","b,c"]"#), (false, r#"["a","b,c"]"#), (false, r#"{"a":"b,c"}"#)] {
        assert!(in_cookie("color", Style::Cookie, explode, false, &json(value)).is_err(), "{explode} {value}");
    }
    assert!(in_cookie("c;d", Style::Cookie, true, false, &Json::from("x")).is_err());
    assert!(in_cookie("c", Style::Cookie, true, false, &json(r#"{"a=b":1}"#)).is_err());
}

#[test]
fn rfc_6570_simple_and_reserved_expansion() {
    let simple = |explode, value: &Json| in_path("x", Style::Simple, explode, false, value).unwrap();
    assert_eq!(simple(false, &Json::from("value")), "value");
    assert_eq!(simple(false, &Json::from("Hello World!")), "Hello%20World%21");
    assert_eq!(simple(false, &Json::from("50%")), "50%25");
    assert_eq!(simple(false, &list()), "red,green,blue");
    assert_eq!(simple(true, &list()), "red,green,blue");
    assert_eq!(simple(false, &keys()), "semi,%3B,dot,.,comma,%2C");
    assert_eq!(simple(true, &keys()), "semi=%3B,dot=.,comma=%2C");
    let reserved = |explode, value: &Json| in_path("x", Style::Simple, explode, true, value).unwrap();
    assert_eq!(reserved(false, &Json::from("Hello World!")), "Hello%20World!");
    assert_eq!(reserved(false, &Json::from("50%")), "50%25");
    assert_eq!(reserved(false, &Json::from("50%25 %zz %2")), "50%25%20%25zz%20%252");
    assert_eq!(reserved(false, &keys()), "semi,;,dot,.,comma,,");
    assert_eq!(reserved(true, &keys()), "semi=;,dot=.,comma=,");
    // OpenAPI encodes characters that end a segment.
    assert_eq!(reserved(false, &Json::from("a/b?c#d[e]:@")), "a%2Fb%3Fc%23d%5Be%5D:@");
}

#[test]
fn rfc_6570_label_and_matrix_expansion() {
    let label = |explode, value: &Json| in_path("x", Style::Label, explode, false, value).unwrap();
    assert_eq!(label(false, &Json::from("fred")), ".fred");
    assert_eq!(label(false, &Json::from("50%")), ".50%25");
    assert_eq!(label(false, &list()), ".red,green,blue");
    assert_eq!(label(true, &list()), ".red.green.blue");
    assert_eq!(label(false, &keys()), ".semi,%3B,dot,.,comma,%2C");
    assert_eq!(label(true, &keys()), ".semi=%3B.dot=..comma=%2C");
    let matrix = |name, explode, value: &Json| in_path(name, Style::Matrix, explode, false, value).unwrap();
    assert_eq!(matrix("k", true, &json(r#"{"a b":"","c":"d"}"#)), ";a%20b;c=d");
    assert_eq!(matrix("who", false, &Json::from("fred")), ";who=fred");
    assert_eq!(matrix("half", false, &Json::from("50%")), ";half=50%25");
    assert_eq!(matrix("empty", false, &Json::from("")), ";empty");
    assert_eq!(matrix("list", false, &list()), ";list=red,green,blue");
    assert_eq!(matrix("list", true, &list()), ";list=red;list=green;list=blue");
    assert_eq!(matrix("keys", false, &keys()), ";keys=semi,%3B,dot,.,comma,%2C");
    assert_eq!(matrix("keys", true, &keys()), ";semi=%3B;dot=.;comma=%2C");
}

#[test]
fn rfc_6570_form_expansion() {
    let form = |name, explode, value: &Json| joined(&in_query(name, Style::Form, explode, false, value), "&");
    assert_eq!(form("who", true, &Json::from("fred")), "who=fred");
    assert_eq!(form("half", true, &Json::from("50%")), "half=50%25");
    assert_eq!(form("list", false, &list()), "list=red,green,blue");
    assert_eq!(form("list", true, &list()), "list=red&list=green&list=blue");
    assert_eq!(form("keys", false, &keys()), "keys=semi,%3B,dot,.,comma,%2C");
    assert_eq!(form("keys", true, &keys()), "semi=%3B&dot=.&comma=%2C");
}

/// RFC 6570, section 2.3: null, and arrays and objects with only null, are undefined.
#[test]
fn omits_undefined_values() {
    for nothing in ["null", "[]", "{}", "[null]", r#"{"a":null}"#] {
        let nothing = json(nothing);
        for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject, Style::TabDelimited]
        {
            for explode in [true, false] {
                assert_eq!(query(style, explode, &nothing), "", "{nothing} {style:?} {explode}");
            }
        }
        assert_eq!(cookie(Style::Cookie, true, &nothing), "", "{nothing}");
        assert_eq!(in_header(Style::Simple, true, &nothing), None, "{nothing}");
        assert!(in_path("color", Style::Simple, false, false, &nothing).is_err(), "{nothing}");
    }
    assert_eq!(query(Style::Form, false, &json(r#"[null,"a",null]"#)), "color=a");
    assert_eq!(query(Style::Form, true, &json(r#"{"a":null,"b":""}"#)), "b=");
}

#[test]
fn encodes_delimiters_inside_values() {
    let value = json(r#"["a,b","c&d","e f","ü","1+1","50%","g|h"]"#);
    assert_eq!(query(Style::Form, false, &value), "color=a%2Cb,c%26d,e%20f,%C3%BC,1%2B1,50%25,g%7Ch");
    assert_eq!(path(Style::Simple, false, &Json::from("a/b?c#d%2F")), "a%2Fb%3Fc%23d%252F");
    assert_eq!(joined(&in_query("a b&c", Style::Form, true, false, &Json::from("d")), "&"), "a%20b%26c=d");
}

#[test]
fn refuses_a_path_value_that_leads_up() {
    for value in ["../x", "a/../b", "a/..", "..\\x", "a/%2e%2E/b", "./x"] {
        assert!(in_path("color", Style::Simple, false, false, &Json::from(value)).is_err(), "{value}");
    }
    for value in ["a/b", "..x/y", "a..b/c", "%2e%2e"] {
        assert!(in_path("color", Style::Simple, false, false, &Json::from(value)).is_ok(), "{value}");
    }
    // Reserved values are sent with their percent-encoded characters.
    for (value, is_sent) in [("..%2Fx", false), ("a%2f..%5cx", false), ("a%2Fb", true), ("..%2", true)] {
        assert_eq!(in_path("color", Style::Simple, false, true, &Json::from(value)).is_ok(), is_sent, "{value}");
    }
    assert!(in_path("color", Style::Json, false, false, &Json::from("a/../b")).is_err());
}

#[test]
fn preserves_reserved_characters_when_allowed() {
    let pairs = in_query("next", Style::Form, true, true, &Json::from("/a/b?c=[d]:e@f &#%20%"));
    assert_eq!(pairs, [("next".to_owned(), "/a/b?c=[d]:e@f%20%26%23%20%25".to_owned())]);
}

#[test]
fn writes_nested_deep_objects() {
    let deep = |text| query(Style::DeepObject, true, &json(text)).replace("%5B", "[").replace("%5D", "]");
    assert_eq!(
        deep(r#"{"created":{"gte":1,"lt":null},"ids":[1,2]}"#),
        "color[created][gte]=1&color[ids][]=1&color[ids][]=2"
    );
    assert_eq!(deep(r#"["a","b"]"#), "color[]=a&color[]=b");
    assert_eq!(deep(r#"{"a":[{"b":1},{"b":[2]}]}"#), "color[a][0][b]=1&color[a][1][b][]=2");
    assert_eq!(deep("\"text\""), "color=text");
    assert_eq!(deep(r#"{"a b":{"[c]":"=&"}}"#), "color[a%20b][[c]]=%3D%26");
}

/// Swagger 2.0, "collectionFormat".
#[test]
fn collection_formats_match_swagger_2() {
    let value = list();
    let formats = [
        (Style::Form, ","),
        (Style::SpaceDelimited, "%20"),
        (Style::TabDelimited, "%09"),
        (Style::PipeDelimited, "%7C"),
    ];
    for (style, between) in formats {
        let expected = ["red", "green", "blue"].join(between);
        assert_eq!(query(style, false, &value), format!("color={expected}"));
        assert_eq!(path(style, false, &value), expected);
    }
    let header = |style| in_header(style, false, &value).unwrap();
    assert_eq!(header(Style::Simple), "red,green,blue");
    assert_eq!(header(Style::SpaceDelimited), "red green blue");
    assert_eq!(header(Style::TabDelimited), "red\tgreen\tblue");
    assert_eq!(header(Style::PipeDelimited), "red|green|blue");
    assert_eq!(query(Style::Form, true, &value), "color=red&color=green&color=blue");
}

#[test]
fn writes_nested_values_as_json() {
    assert_eq!(query(Style::Form, true, &json(r#"[{"a":1},[2]]"#)), "color=%7B%22a%22%3A1%7D&color=%5B2%5D");
    assert_eq!(query(Style::Form, false, &json(r#"{"a":{"b":1}}"#)), "color=a,%7B%22b%22%3A1%7D");
}

/// Spring's `Pageable` is such an object.
#[test]
fn repeats_names_for_lists_in_exploded_objects() {
    let pageable =
        json(r#"{"page":0,"sort":["a,asc","b"],"none":[],"null":null,"like":{"x":[1]},"all":[{"y":2},[3]]}"#);
    let expected = "page=0&sort=a%2Casc&sort=b&like=%7B%22x%22%3A%5B1%5D%7D&all=%7B%22y%22%3A2%7D&all=%5B3%5D";
    assert_eq!(query(Style::Form, true, &pageable), expected);
    assert_eq!(joined(&as_form(&json(r#"{"p":{"sort":["a","b"]}}"#), &[("p", Encoding::FORM)]), "&"), "sort=a&sort=b");
    let sort = json(r#"{"page":1,"sort":["a","b"]}"#);
    for style in [Style::Form, Style::Cookie] {
        assert_eq!(cookie(style, true, &sort), "page=1; sort=a; sort=b");
    }
    let parts = in_parts("p", Style::Form, true, &sort);
    assert_eq!(joined(&parts, "&"), "page=1&sort=a&sort=b");
    // Without `explode` the object is one value.
    assert_eq!(query(Style::Form, false, &sort), "color=page,1,sort,%5B%22a%22%2C%22b%22%5D");
}

#[test]
fn writes_a_header_line_for_each_item() {
    let lines = |style, text| in_header_lines(style, false, &json(text));
    assert_eq!(lines(Style::Simple, r#"["a","b, c",null,1]"#), ["a", "b, c", "1"]);
    assert_eq!(lines(Style::Simple, r#"{"a":1}"#), ["a,1"]);
    assert_eq!(lines(Style::Simple, r#""a,b""#), ["a,b"]);
    assert_eq!(lines(Style::Json, "[1,2]"), ["[1,2]"]);
    assert!(lines(Style::Simple, "[]").is_empty());
}

/// The standard's own form (3.1.1, "Support for x-www-form-urlencoded Request Bodies"), and its table of encodings.
#[test]
fn encodes_forms() {
    let address = r#"{"id":"f81d4fae","address":{"zip":"99999+1234"},"tags":["a","b"],"none":null}"#;
    let plain = joined(&as_form(&json(address), &[]), "&");
    assert_eq!(plain, "id=f81d4fae&address=%7B%22zip%22%3A%2299999%2B1234%22%7D&tags=a&tags=b");
    let styles = [("address", Encoding::DEEP_OBJECT), ("tags", Encoding::PIPE_DELIMITED), ("id", Encoding::JSON)];
    let styled = joined(&as_form(&json(address), &styles), "&");
    assert_eq!(styled, "id=%22f81d4fae%22&address%5Bzip%5D=99999%2B1234&tags=a%7Cb");
    let reserved = [("url", Encoding::FORM.with_reserved())];
    assert_eq!(joined(&as_form(&json(r#"{"url":"https://a.test/?b"}"#), &reserved), "&"), "url=https://a.test/?b");
}
