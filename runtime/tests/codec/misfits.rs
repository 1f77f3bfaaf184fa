//! JSON that does not match a model: errors with every path, invalid characters, nesting.

use super::*;

#[test]
fn one_error_has_every_path() {
    let text = r#"{"id":"x","tag":1,"note":{"a":1}}"#;
    let error = runtime::from_json_slice::<Pet>(text.as_bytes()).unwrap_err();
    let places: Vec<String> = error.each().map(runtime::DecodeError::path).collect();
    assert_eq!(places, ["id", "tag", "note"]);
    let expected = "id: expected a whole number, found string \"x\"; tag: expected a string, found integer `1`; note: expected a \
                    string, found map";
    assert_eq!(error.to_string(), expected);
    let post = |author: &str, states: &str| format!(r#"{{"post":{{"author":{author},"states":{states}}}}}"#);
    let list = format!("[{},{},{},7]", post("{}", "[]"), post(r#"{"name":"a"}"#, "{}"), post(r#"{"name":4}"#, "1"));
    let error = runtime::from_json_slice::<Vec<Line>>(list.as_bytes()).unwrap_err();
    let places: Vec<String> = error.each().map(runtime::DecodeError::path).collect();
    let all = ["[0].post.author.name", "[1].post.states", "[2].post.author.name", "[2].post.states", "[3]"];
    assert_eq!(places, all);
    let many = format!("[{}]", vec!["null"; 30].join(","));
    let error = runtime::from_json_slice::<Vec<Line>>(many.as_bytes()).unwrap_err();
    assert_eq!((error.each().count(), error.more()), (16, 14));
    assert!(error.to_string().ends_with("[15]: expected an object (Line), found null; and 14 more"), "{error}");
}

#[test]
fn reads_byte_order_marks_and_invalid_characters() {
    assert_eq!(runtime::from_json_slice::<Vec<i64>>(b"\xEF\xBB\xBF [1]").unwrap(), [1]);
    let (pet, misfits) =
        runtime::read_json_slice::<Pet>(br#"{"id":1,"tag":"a\ud83d\ude00\ud800b","more":["\udc00"]}"#).unwrap();
    assert_eq!(pet.tag.as_deref(), Some("a\u{1F600}\u{FFFD}b"));
    let messages: Vec<String> = misfits.iter().map(ToString::to_string).collect();
    // The string may be a secret, so only the character is shown.
    let first = r"tag: expected a string of Unicode characters, found the escape `\ud800`";
    assert_eq!(messages, [first, r"more[0]: expected a string of Unicode characters, found the escape `\udc00`"]);
    let (pet, misfits) = runtime::read_json_slice::<Pet>(b"{\"id\":1,\"tag\":\"ok\",\"more\":\"caf\xE9\"}").unwrap();
    assert_eq!((pet.tag.as_deref(), misfits.len()), (Some("ok"), 1));
    let wrong = runtime::from_json_slice::<Pet>(b"{\"id\":\"caf\xE9\"}").unwrap_err();
    assert_eq!(wrong.to_string(), "id: expected a whole number, found string \"caf\u{FFFD}\"");
}

#[test]
fn refuses_values_above_the_nesting_limit() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(runtime::from_json_slice::<Json>(nested(300).as_bytes()).is_ok());
    let error = runtime::from_json_slice::<Json>(nested(513).as_bytes()).unwrap_err();
    assert_eq!(error.kind(), runtime::DecodeErrorKind::TooDeep);
    let error = runtime::from_json_slice::<Json>("[".repeat(1_000_000).as_bytes()).unwrap_err();
    assert_eq!(error.kind(), runtime::DecodeErrorKind::TooDeep);
    // Skipped values need no stack.
    assert!(runtime::from_json_slice::<Vec<()>>(nested(100_000).as_bytes()).is_err());
}
