//! Filters change which operations and types exist, and not what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use clientsmith::diagnostic::render;
use clientsmith::files::{Disk, Memory};
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "corpus/descriptions.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod descriptions;

fn surface(description: &Path, settings: &str) -> Result<Value, String> {
    let generated = generate(description, &Disk, &Config::parse(settings).unwrap());
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    let output = generated.output.ok_or(findings)?;
    Ok(serde_json::from_str(&output.files["surface.json"]).unwrap())
}

fn list<'s>(surface: &'s Value, name: &str) -> &'s [Value] {
    surface[name].as_array().map_or(&[], Vec::as_slice)
}

/// Types by pointer and name, and operations by pointer.
fn items(surface: &Value) -> BTreeMap<String, &Value> {
    let types = list(surface, "types").iter().map(|ty| (format!("{} {}", ty["pointer"], ty["rust"]), ty));
    let operations = list(surface, "operations").iter().map(|one| (one["pointer"].to_string(), one));
    types.chain(operations).collect()
}

/// Components that something reaches, found without the generator: by the references in the text of the description.
fn components_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Value::as_str) {
                found.extend(name.strip_prefix("#/components/schemas/").map(str::to_owned));
            }
            members.values().for_each(|value| components_in(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| components_in(value, found)),
        _ => {}
    }
}

/// Every item of the crate for one tag is in the complete crate, with the same name and content. Returns the number of
/// compared items.
fn compare(description: &Path, tags: usize, differences: &mut Vec<String>) -> usize {
    let Ok(complete) = surface(description, "") else { return 0 };
    let all = items(&complete);
    let found: BTreeSet<&str> = list(&complete, "operations").iter().filter_map(|one| one["tag"].as_str()).collect();
    let mut compared = 0;
    for tag in found.into_iter().take(tags) {
        let settings = format!("tag_features = 'never'\n[include]\ntags = [{tag:?}]");
        let filtered = surface(description, &settings).unwrap_or_else(|found| panic!("{description:?} {tag}: {found}"));
        for (item, content) in items(&filtered) {
            let without_feature = |value: &Value| {
                let mut value = value.clone();
                value.as_object_mut().unwrap().remove("feature");
                value
            };
            match all.get(&item).map(|known| without_feature(known)) {
                None => differences.push(format!("{description:?} {tag}: {item} has another name")),
                Some(known) if known != without_feature(content) => {
                    differences.push(format!("{description:?} {tag}: {item}: {known}\n  became {content}"));
                }
                Some(_) => {}
            }
            compared += 1;
        }
        let left = list(&filtered, "operations").len();
        let gone = list(&filtered, "left_out").iter().filter(|left| left["kind"] == "operation").count();
        assert_eq!(left + gone, list(&complete, "operations").len(), "{description:?} {tag}");
    }
    compared
}

#[test]
fn one_tag_has_the_types_of_the_complete_crate() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let names = cases.join("names");
    let folders = fs::read_dir(cases).unwrap().map(|topic| topic.unwrap().path()).filter(|topic| topic.is_dir());
    let cases = folders.flat_map(|topic| fs::read_dir(topic).unwrap()).map(|case| case.unwrap().path());
    // The cases of `names` are about collisions, which disappear with an operation.
    let cases = cases.filter(|case| !case.starts_with(&names));
    let mut differences = Vec::new();
    let compared: usize = cases.map(|case| compare(&case.join("openapi.yaml"), 2, &mut differences)).sum();
    assert!(compared > 50, "{compared}");
    for name in ["swagger-2.0/docker-engine.yaml"] {
        let Some(corpus) = descriptions::corpus() else { break };
        assert!(compare(&corpus.join(name), 1, &mut differences) > 20, "{name}");
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn filtered_crate_has_exactly_the_components_that_it_reaches() {
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/settings/include/openapi.yaml");
    let document: Value = serde_yaml::from_str(&fs::read_to_string(&description).unwrap()).unwrap();
    let schemas = &document["components"]["schemas"];
    for id in ["listPets", "addPet", "getHealth", "listStaff"] {
        let filtered =
            surface(&description, &format!("[include]\noperations = ['{id}']\n[prune]\nunused = true")).unwrap();
        let mut open = BTreeSet::new();
        let items = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        components_in(items.clone().find(|one| one["operationId"] == id).unwrap(), &mut open);
        let mut expected = BTreeSet::new();
        while let Some(name) = open.pop_first() {
            components_in(&schemas[&name], &mut open);
            open.remove(&name);
            open = open.difference(&expected).cloned().collect();
            if schemas.get(&name).is_some() {
                expected.insert(name);
            }
        }
        let types = list(&filtered, "types")
            .iter()
            .filter_map(|ty| ty["pointer"].as_str().unwrap().strip_prefix("#/components/schemas/").map(str::to_owned));
        assert_eq!(types.collect::<BTreeSet<_>>(), expected, "{id}");
    }
}

#[test]
fn further_names_of_left_out_places_are_left_out() {
    let get = |id: &str| {
        format!(
            "  /{id}:\n    get: {{operationId: {id}, tags: [{id}], responses: {{'200': {{description: A., content: {{application/json: {{schema: {{type: object, properties: {{at: {{type: object, properties: {{x: {{type: integer}}, y: {{type: integer}}}}}}, {id}: {{type: string}}}}}}}}}}}}}}}}\n"
        )
    };
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n{}{}", get("a"), get("b"));
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.into())]);
    let names = |settings: &str| -> BTreeSet<String> {
        let output = generate(Path::new("api.yaml"), &files, &Config::parse(settings).unwrap()).output.unwrap();
        let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
        list(&surface, "types").iter().map(|ty| ty["rust"].as_str().unwrap().to_owned()).collect()
    };
    let all = names("");
    assert!(all.contains("models::AResponseAt") && all.contains("models::BResponseAt"), "{all:?}");
    let some = names("[exclude]\ntags = ['b']");
    assert!(some.contains("models::AResponseAt") && !some.contains("models::BResponseAt"), "{some:?}");
}

#[test]
fn findings_of_left_out_operations_are_dropped() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {operationId: a, responses: {'204': {description: A.}}}\n  /b:\n    get: {operationId: b, requestBody: {$ref: '#/components/requestBodies/None'}, responses: {'204': {description: B.}}}\n    post: {operationId: c, parameters: [{$ref: '#/components/parameters/None'}], responses: {}}\n";
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.into())]);
    let run = |settings: &str| {
        let config = Config::parse(&format!("strict = true\n{settings}")).unwrap();
        let generated = generate(Path::new("api.yaml"), &files, &config);
        (generated.diagnostics.list.len(), generated.output.is_some())
    };
    assert!(matches!(run(""), (found, false) if found > 1));
    assert_eq!(run("[exclude]\npaths = ['/b']"), (0, true));
    assert_eq!(run("[include]\npaths = ['/**']\n[exclude]\noperations = ['b', 'POST /b']"), (0, true));
}
