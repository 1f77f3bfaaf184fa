//! Additions to a description do not rename existing items.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::diagnostic::render;
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Names that differ only in case or punctuation, names of Rust or of generated code, and likely names of inline types.
const SCHEMAS: [&str; 12] =
    ["Pet", "pet", "PET", "Result", "Pets", "ListPets", "String", "Error", "PetsApi", "GetPetOutcome", "self", "2nd"];
const OPERATIONS: [(&str, &str); 8] = [
    ("listPets", "pets"),
    ("list_pets", "pets"),
    ("getPet", "Pets"),
    ("type", "pets"),
    ("ListPets", "list pets"),
    ("", "api"),
    ("send", "models"),
    ("GetPet", "pets"),
];

fn description(schemas: usize, operations: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Names, version: '1'}\npaths:\n".to_owned();
    for (index, (id, tag)) in OPERATIONS.iter().take(operations).enumerate() {
        let id = if id.is_empty() { String::new() } else { format!("operationId: {id}, ") };
        write!(
            text,
            "  /p{index}:\n    get: {{{id}tags: [{tag}], parameters: [{{name: limit, in: query, schema: {{type: integer}}}}], \
             responses: {{'200': {{description: a, content: {{application/json: {{schema: {{type: string}}}}}}}}, \
             '202': {{description: b, content: {{application/json: {{schema: {{type: integer}}}}}}}}}}}}\n"
        )
        .unwrap();
    }
    text.push_str("components:\n  schemas:\n    Zero: {type: string, enum: [a]}\n");
    for name in SCHEMAS.iter().take(schemas) {
        writeln!(text, "    {name:?}: {{type: object, properties: {{status: {{type: string, enum: [on, off]}}}}}}")
            .unwrap();
    }
    text
}

/// Every public name: types with their pointers, methods with their operations, and types of requests.
fn names(text: String) -> Vec<String> {
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.into_bytes())]);
    let generated = generate(Path::new("api.yaml"), &files, &Config::default());
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    let output = generated.output.ok_or(findings).unwrap();
    let surface: Value = serde_json::from_str(output.files.get("surface.json").unwrap()).unwrap();
    let of = |list: &str, key: &str| -> Vec<String> {
        let list = surface.get(list).unwrap().as_array().unwrap().iter();
        list.map(|one| format!("{} {}", one.get(key).unwrap(), one.get("rust").unwrap())).collect()
    };
    let api_files = output.files.iter().filter(|(path, _)| path.starts_with("src/api/"));
    let structs = api_files.flat_map(|(path, text)| {
        let types = text.lines().filter(|line| line.starts_with("pub struct ") || line.starts_with("pub enum "));
        types.map(move |line| format!("{path} {line}"))
    });
    of("types", "pointer").into_iter().chain(of("operations", "path")).chain(structs).collect()
}

#[test]
fn additions_at_the_end_rename_nothing() {
    let mut before: Vec<String> = Vec::new();
    for size in 0..=SCHEMAS.len().max(OPERATIONS.len()) {
        let now = names(description(size.min(SCHEMAS.len()), size.min(OPERATIONS.len())));
        let lost: Vec<&String> = before.iter().filter(|name| !now.contains(name)).collect();
        assert!(lost.is_empty(), "with {size} items these names are missing: {lost:#?}\nnow: {now:#?}");
        before = now;
    }
    assert!(before.len() > 30, "{before:#?}");
}

#[test]
fn operations_of_the_client_are_listed_as_its_methods() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {operationId: a, tags: [x, y], responses: {'204': {description: A.}}}}\n  /b: {get: {operationId: b, responses: {'204': {description: B.}}}}\n";
    let files = Memory(vec![("api.yaml".into(), text.into())]);
    let config = Config::parse("groups = 'none'").unwrap();
    let output = generate(Path::new("api.yaml"), &files, &config).output.unwrap();
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let calls = surface["operations"].as_array().unwrap().iter();
    let calls: Vec<_> = calls.map(|call| (call["rust"].as_str(), call["tag"].as_str())).collect();
    assert_eq!(calls, [(Some("Client::a"), Some("x")), (Some("Client::b"), None)]);
    let readme = &output.files["README.md"];
    assert!(
        readme.contains("client.a().send()") && readme.contains("The 2 operations of the API are methods"),
        "{readme}"
    );
}

#[test]
fn added_union_member_renames_nothing() {
    let named = |members: &str| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{Event: {{oneOf: [{members}]}}}}}}\n"
        );
        let files = Memory(vec![("api.yaml".into(), text.into())]);
        let output = generate(Path::new("api.yaml"), &files, &Config::default()).output.unwrap();
        let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
        let types = surface["types"].as_array().unwrap().iter().filter(|one| one["kind"] == "struct");
        types.map(|one| one["rust"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let member = |kind: &str| {
        format!(
            "{{type: object, required: [of, kind], properties: {{of: {{const: pets}}, kind: {{const: {kind}}}, {kind}: {{type: string}}}}}}"
        )
    };
    let (born, sold) = (member("pet.born"), member("pet.sold"));
    let two = named(&format!("{born}, {sold}"));
    assert_eq!(two, ["models::EventPetBorn", "models::EventPetSold"]);
    let more = named(&format!("{}, {born}, {sold}", member("pet.seen")));
    assert_eq!(more, ["models::EventPetSeen", "models::EventPetBorn", "models::EventPetSold"]);
}

/// The methods of GET operations, given as id, path and tag; sorted by id.
fn methods(operations: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
    for (id, path, tag) in operations {
        writeln!(
            text,
            "  {path}: {{get: {{operationId: {id}, tags: [{tag}], responses: {{'204': {{description: A.}}}}}}}}"
        )
        .unwrap();
    }
    let files = Memory(vec![("api.yaml".into(), text.into())]);
    let output = generate(Path::new("api.yaml"), &files, &Config::default()).output.unwrap();
    let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let mut found: Vec<_> = surface["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(one, "operation_id"), text(one, "rust")))
        .collect();
    found.sort();
    found
}

#[test]
fn an_added_operation_renames_no_other() {
    let before = [
        ("repos/list", "/repos", "repos"),
        ("repos_get", "/repos/one", "repos"),
        ("RepoController_update_v1", "/repos/update", "repos"),
        ("read_repos_all_get", "/repos/all", "repos"),
        ("same", "/same", "repos"),
    ];
    let names = methods(&before);
    for added in
        [("repos_delete", "/d", "repos"), ("list", "/l", "other"), ("delete", "/e", "repos"), ("repos", "/f", "repos")]
    {
        for place in 0..=before.len() {
            let mut all = before.to_vec();
            all.insert(place, added);
            let mut now = methods(&all);
            now.retain(|(id, _)| id != added.0);
            assert_eq!(now, names, "{added:?} at {place}");
        }
    }
}

#[test]
fn names_of_methods_do_not_depend_on_the_order_of_operations() {
    let mut all = vec![
        ("repos_list", "/a", "repos"),
        ("repo_list", "/b", "repos"),
        ("list_c_get", "/c", "repos"),
        ("repos_get", "/d", "repos"),
        ("get", "/e", "repos"),
    ];
    let names = methods(&all);
    let named = |id: &str| names.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str());
    assert_eq!(named("repos_list"), Some("api::Repos::repos_list"));
    assert_eq!(named("repo_list"), Some("api::Repos::repo_list"));
    assert_eq!(named("repos_get"), Some("api::Repos::repos_get"));
    assert_eq!(named("get"), Some("api::Repos::get"));
    for _ in 0..all.len() {
        all.rotate_left(1);
        assert_eq!(methods(&all), names);
    }
}
