//! The tables of styles of the OpenAPI standard (3.1.1, "Style Examples"), and what they leave open.
#![expect(clippy::unwrap_used, reason = "a failed test says so by a panic, in its shared functions too")]

use clientsmith_runtime::param::{in_header, in_path, in_query};
use clientsmith_runtime::{Json, Style};

fn values() -> [Json; 4] {
    let colors = r#"["", "blue", ["blue","black","brown"], {"R":100,"G":200,"B":150}]"#;
    serde_json::from_str::<[Json; 4]>(colors).unwrap()
}

fn query(style: Style, explode: bool, value: &Json) -> String {
    let pairs = in_query("color", style, explode, false, value);
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

#[test]
fn path_styles_are_those_of_the_table() {
    let [empty, text, list, object] = values();
    let rows = [
        (Style::Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (Style::Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (Style::Label, false, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::Label, true, [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (style, explode, expected) in rows {
        let spelled = [&empty, &text, &list, &object].map(|value| in_path("color", style, explode, value));
        assert_eq!(spelled, expected, "{style:?} {explode}");
    }
}

#[test]
fn query_styles_are_those_of_the_table() {
    let [empty, text, list, object] = values();
    assert_eq!(query(Style::Form, false, &empty), "color=");
    assert_eq!(query(Style::Form, false, &text), "color=blue");
    assert_eq!(query(Style::Form, false, &list), "color=blue,black,brown");
    assert_eq!(query(Style::Form, false, &object), "color=R,100,G,200,B,150");
    assert_eq!(query(Style::Form, true, &empty), "color=");
    assert_eq!(query(Style::Form, true, &text), "color=blue");
    assert_eq!(query(Style::Form, true, &list), "color=blue&color=black&color=brown");
    assert_eq!(query(Style::Form, true, &object), "R=100&G=200&B=150");
    assert_eq!(query(Style::SpaceDelimited, false, &list), "color=blue%20black%20brown");
    assert_eq!(query(Style::SpaceDelimited, false, &object), "color=R%20100%20G%20200%20B%20150");
    assert_eq!(query(Style::PipeDelimited, false, &list), "color=blue%7Cblack%7Cbrown");
    assert_eq!(query(Style::PipeDelimited, false, &object), "color=R%7C100%7CG%7C200%7CB%7C150");
    assert_eq!(query(Style::DeepObject, true, &object), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    assert_eq!(query(Style::TabDelimited, false, &list), "color=blue%09black%09brown");
    assert_eq!(query(Style::Json, false, &list), "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D");
}

#[test]
fn header_styles_are_those_of_the_table() {
    let [_, text, list, object] = values();
    assert_eq!(in_header(false, Style::Simple, &text), "blue");
    assert_eq!(in_header(false, Style::Simple, &list), "blue,black,brown");
    assert_eq!(in_header(false, Style::Simple, &object), "R,100,G,200,B,150");
    assert_eq!(in_header(true, Style::Simple, &object), "R=100,G=200,B=150");
    assert_eq!(in_header(false, Style::Json, &list), r#"["blue","black","brown"]"#);
}

#[test]
fn a_delimiter_inside_a_value_is_encoded() {
    let value = serde_json::from_str(r#"["a,b","c&d","e f","ü","1+1","50%"]"#).unwrap();
    assert_eq!(query(Style::Form, false, &value), "color=a%2Cb,c%26d,e%20f,%C3%BC,1%2B1,50%25");
    assert_eq!(in_path("color", Style::Simple, false, &Json::from("a/b?c#d%2F")), "a%2Fb%3Fc%23d%252F");
}

#[test]
fn reserved_characters_stay_when_allowed() {
    let pairs = in_query("next", Style::Form, true, true, &Json::from("/a/b?c=[d]:e@f &#"));
    assert_eq!(pairs, [("next".to_owned(), "/a/b?c=[d]:e@f%20%26%23".to_owned())]);
}

#[test]
fn an_empty_list_sends_nothing_when_exploded() {
    assert_eq!(query(Style::Form, true, &Json::Array(Vec::new())), "");
}

#[test]
fn deep_objects_nest() {
    let value = serde_json::from_str(r#"{"created":{"gte":1},"ids":[1,2]}"#).unwrap();
    let spelled = query(Style::DeepObject, true, &value);
    assert_eq!(spelled, "color%5Bcreated%5D%5Bgte%5D=1&color%5Bids%5D=1&color%5Bids%5D=2");
}
