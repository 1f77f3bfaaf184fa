//! Requests as the page sends them.

use super::*;

const PETS: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      responses: {'204': {description: none}}\n";

fn respond(session: &mut Session, head: &Value, files: &[&[u8]]) -> (Value, String) {
    let mut bytes = head.to_string().into_bytes();
    bytes.push(b'\n');
    files.iter().for_each(|file| bytes.extend_from_slice(file));
    let response = session.respond(Request::parse(&bytes).unwrap());
    let text = String::from_utf8(response.into_bytes()).unwrap();
    let (head, text) = text.split_once('\n').unwrap();
    (serde_json::from_str(head).unwrap(), text.to_owned())
}

fn generate(session: &mut Session, description: &[u8], settings: &str) -> Value {
    let files = json!([["pets.yaml", description.len()]]);
    let head = json!({ "task": "generate", "entry": "pets.yaml", "settings": settings, "files": files });
    respond(session, &head, &[description]).0
}

#[test]
fn generates_a_crate_with_its_list() {
    let mut session = Session::default();
    let head = generate(&mut session, PETS.as_bytes(), "");
    assert_eq!(head["operations"], 1);
    let (_, list) = respond(&mut session, &json!({ "task": "file", "path": ".clientsmith" }), &[]);
    assert!(list.starts_with("Cargo.toml "), "{list}");
    let (_, manifest) = respond(&mut session, &json!({ "task": "file", "path": "Cargo.toml" }), &[]);
    assert!(manifest.contains("name = \"pets\""), "{manifest}");
}

#[test]
fn any_file_has_findings() {
    for file in [&b""[..], b"\xff\xfe", b"{", b"\0", b"[1]", b"openapi: 9"] {
        let head = generate(&mut Session::default(), file, "");
        assert!(head["findings"].as_array().is_some_and(|list| !list.is_empty()), "{file:?}: {head}");
        assert_eq!(head["files"], Value::Null, "{file:?}");
    }
}

#[test]
fn settings_are_checked_by_the_generator() {
    let head = generate(&mut Session::default(), PETS.as_bytes(), "gruops = 'none'");
    assert!(head["settings_error"].as_str().is_some_and(|error| error.contains("did you mean `groups`?")), "{head}");
}

#[test]
fn shows_the_effects_of_one_setting() {
    let mut session = Session::default();
    let settings = "name = 'cats'\nlicense = 'MIT'\n";
    generate(&mut session, PETS.as_bytes(), settings);
    let effects = json!({ "task": "effects", "settings": settings, "without": "license" });
    let (head, _) = respond(&mut session, &effects, &[]);
    assert_eq!(head["files"], json!([{ "path": "Cargo.toml", "added": 1, "removed": 1, "new": false }]));
    let (_, lines) = respond(&mut session, &json!({ "task": "line_changes", "path": "Cargo.toml" }), &[]);
    assert!(lines.contains("+license = \"MIT\"\n"), "{lines}");
}

#[test]
fn compares_two_descriptions() {
    let new = PETS.replace("/pets:", "/cats:");
    let files = json!([["old", PETS.len()], ["new", new.len()]]);
    let head = json!({ "task": "compare", "old": "old", "new": "new", "settings": "", "files": files });
    let (head, text) = respond(&mut Session::default(), &head, &[PETS.as_bytes(), new.as_bytes()]);
    assert!(head["summary"].as_str().is_some_and(|summary| summary.starts_with("Rust: major")), "{head}");
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["rust"], "major");
}
