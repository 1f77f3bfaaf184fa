//! Values, the YAML that is written for them, and the values that two readers read from it.

use super::write;
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use crate::syntax::node::Tree;
use crate::syntax::{json, yaml};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The text of a JSON value, and the value that our reader and another one read from it.
fn written(value: &Value) -> String {
    let (mut tree, mut sources) = (Tree::default(), SourceMap::default());
    let text = value.to_string();
    let file = sources.add(PathBuf::from("a.json"), text.clone());
    let root = json::parse(&mut tree, file, &text, &mut Diagnostics::default()).unwrap();
    let shown = write(&tree, root).unwrap();
    let (mut again, mut diagnostics) = (Tree::default(), Diagnostics::default());
    let file = sources.add(PathBuf::from("a.yaml"), shown.clone());
    let read = yaml::parse(&mut again, file, &shown, &mut diagnostics).unwrap();
    assert_eq!(again.to_json(read).as_ref(), Some(value), "{shown}");
    assert_eq!(&serde_yaml::from_str::<Value>(&shown).unwrap(), value, "{shown}");
    shown
}

#[test]
fn quotes_strings_that_some_reader_takes_for_something_else() {
    let strings = [
        "",
        " ",
        "1_000",
        "12:30:45",
        "0o14",
        "1e3",
        "0x1F",
        "2024-01-01",
        "yes",
        "Off",
        "y",
        "~",
        "null",
        "=",
        "<<",
        ".5",
        "+1",
        "-",
        "- x",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "*a",
        "&a",
        "!a",
        "@a",
        "%a",
        "?",
        "|",
        ">",
        "[a",
        "{a",
        "'a'",
        "\"a\"",
        "a\u{85}b",
        "\u{2028}",
        "\u{feff}a",
        "a\tb",
        "a\r\nb",
        "\n",
        "a\n \nb",
        " a\nb",
        "\u{7f}",
        "404",
        "---",
        "...",
        "NaN",
    ];
    for string in strings {
        let text = written(&json!([string]));
        assert!(text.starts_with("- \"") && text.ends_with("\"\n"), "{text}");
    }
}

#[test]
fn words_are_plain_and_lines_are_blocks() {
    let value = json!({
        "openapi": "3.1.0",
        "info": { "title": "Pets, \"live\"", "description": "One.\n\n* two: 2 # no comment\n  three \n", "empty": {} },
        "paths": { "/pets/{id}": { "get": { "tags": ["pets", ["a", []], { "b": 1, "c": [true, null] }] } } },
        "keep": "a\nb\n\n",
        "strip": "a\nb",
        "numbers": [1, -1.5, 1e30, 0.1],
        "404": "not found",
    });
    let shown = written(&value);
    assert_eq!(
        shown,
        "\
openapi: \"3.1.0\"
info:
  title: Pets, \"live\"
  description: |
    One.

    * two: 2 # no comment
      three \n  empty: {}
paths:
  /pets/{id}:
    get:
      tags:
      - pets
      - - a
        - []
      - b: 1
        c:
        - true
        - null
keep: |+
  a
  b

strip: |-
  a
  b
numbers:
- 1
- -1.5
- 1.0e+30
- 0.1
\"404\": not found
"
    );
}

#[test]
fn long_keys_and_single_values_are_read_again() {
    written(&json!({ "k".repeat(1_500): { "a b": 1 }, "x": { "é".repeat(700): [1] } }));
    for value in [json!("a\nb\n"), json!([]), json!({}), json!(null), json!("word"), json!([[["deep"]]])] {
        written(&value);
    }
}
