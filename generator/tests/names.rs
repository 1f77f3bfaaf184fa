//! Additions to a description do not rename existing items.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::diagnostic::render;
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Names that differ only in case or punctuation, names of Rust or of generated code, and likely names of inline types.
const SCHEMAS: [&str; 12] =
    ["Pet", "pet", "PET", "Result", "Pets", "ListPets", "String", "Error", "PetsApi", "GetPetOutcome", "self", "2nd"];
const OPERATIONS: [(&str, &str); 8] = [
    ("listPets", "pets"),
    ("list_pet_names", "pets"),
    ("getPet", "Pets"),
    ("type", "pets"),
    ("ListPets", "list pets"),
    ("", "api"),
    ("send", "models"),
    ("GetPets", "pets"),
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

/// The names of places: pointers, methods with paths, tags.
fn table(paths: &str, schemas: &str) -> BTreeMap<String, String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
    );
    let files = Memory(vec![("api.yaml".into(), text.into())]);
    let read = clientsmith::diff::read(Path::new("api.yaml"), &files, &Config::default());
    let side = read.map_err(|unread| render::short(&unread.diagnostics.list, &unread.sources)).unwrap();
    side.names().into_iter().map(|named| (named.place, named.name)).collect()
}

/// Every name of the first table is in the second one, for the same place.
fn holds(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    for (place, name) in before {
        assert_eq!(after.get(place), Some(name), "{place}");
    }
}

const OBJECT: &str = "{type: object, properties: {a: {type: string}, b: {type: string}}}";

#[test]
fn component_of_almost_the_same_name_renames_nothing() {
    let order = format!("Order: {OBJECT}");
    let before = table("", &order);
    for other in ["order", "ORDER", "order_"] {
        let schemas = [format!("{other}: {{type: object}}, {order}"), format!("{order}, {other}: {{type: object}}")];
        let [first, last] = schemas.map(|schemas| table("", &schemas));
        holds(&before, &first);
        assert_eq!(first, last);
    }
    let names = table("", "order-item: {type: object}, order_item: {type: object}");
    assert_eq!(names["#/components/schemas/order-item"], "models::OrderDashItem");
    assert_eq!(names["#/components/schemas/order_item"], "models::OrderUnderscoreItem");
}

#[test]
fn component_with_the_name_of_an_inline_type_does_not_take_it() {
    let order = "Order: {type: object, properties: {status: {type: string, enum: [on, off]}}}";
    let status = "OrderStatus: {type: object}";
    let inline = "#/components/schemas/Order/properties/status";
    assert_eq!(table("", order)[inline], "models::OrderStatus");
    for schemas in [format!("{order}, {status}"), format!("{status}, {order}")] {
        let names = table("", &schemas);
        assert_eq!(names[inline], "models::OrderStatusProperty");
        assert_eq!(names["#/components/schemas/OrderStatus"], "models::OrderStatusModel");
    }
    // The component that the property refers to afterwards is the same type.
    let moved = "Order: {type: object, properties: {status: {$ref: '#/components/schemas/OrderStatus'}}}";
    let names = table("", &format!("{moved}, OrderStatus: {{type: string, enum: [on, off]}}"));
    assert_eq!(names["#/components/schemas/OrderStatus"], "models::OrderStatus");
}

#[test]
fn equal_inline_types_have_the_names_of_their_places() {
    let list = |id: &str| {
        format!(
            "/{id}: {{get: {{operationId: list{id}, responses: {{'200': {{description: A, content: {{application/json: {{schema: {{type: object, properties: {{order: {OBJECT}, n: {{type: integer}}}}}}}}}}}}, \
             '400': {{description: E, content: {{application/json: {{schema: {OBJECT}}}}}}}}}}}}}"
        )
    };
    let (m, n, k) = (list("M"), list("N"), list("K"));
    let names = table(&m, "");
    assert!(names.values().any(|name| name == "models::ListMResponseOrder"), "{names:#?}");
    let both = table(&format!("{m}, {n}"), "");
    holds(&names, &both);
    for paths in [format!("{n}, {m}"), format!("{k}, {n}, {m}"), format!("{n}, {k}, {m}")] {
        holds(&both, &table(&paths, ""));
    }
    holds(&table(&n, ""), &both);
}

#[test]
fn members_of_unions_have_names_of_their_own_content() {
    let (dog, cat) = (
        "{type: object, properties: {bark: {type: string}, age: {type: integer}}}",
        "{type: object, properties: {meow: {type: string}, age: {type: integer}}}",
    );
    let bird = "{type: object, properties: {wings: {type: integer}, age: {type: integer}}}";
    let names = |members: &str| {
        let table = table("", &format!("Event: {{oneOf: [{members}]}}"));
        let fields = table.iter().filter(|(place, _)| [".bark", ".meow"].iter().any(|field| place.ends_with(field)));
        fields.map(|(_, name)| name.clone()).collect::<BTreeSet<_>>()
    };
    let expected = BTreeSet::from(["models::EventWithBark::bark".to_owned(), "models::EventWithMeow::meow".to_owned()]);
    for members in [format!("{dog}, {cat}"), format!("{cat}, {dog}"), format!("{bird}, {cat}, {dog}")] {
        assert_eq!(names(&members), expected, "{members}");
    }
}

#[test]
fn members_of_unions_have_distinct_readable_names() {
    let names = |members: &[&str]| -> BTreeSet<String> {
        let table = table("", &format!("Event: {{oneOf: [{}]}}", members.join(", ")));
        table.into_values().filter(|name| name.matches("::").count() == 1 && name != "models::Event").collect()
    };
    let object = |properties: &str, required: &str| {
        format!("{{type: object, required: [{required}], properties: {{{properties}}}}}")
    };
    let typed = |name: &str| object(&format!("id: {{type: {name}}}, a: {{type: string}}"), "id");
    let inner = |name: &str| object(&format!("who: {{type: object, properties: {{{name}: {{type: string}}}}}}"), "who");
    let requiring = |name: &str| object("a: {type: string}, b: {type: string}", name);
    let values = |values: &str| format!("{{type: integer, enum: [{values}]}}");
    let items =
        |name: &str| format!("{{type: array, items: {{type: object, properties: {{{name}: {{type: integer}}}}}}}}");
    let tuple =
        |name: &str| format!("{{type: array, prefixItems: [{{const: {name}}}, {{type: number}}], minItems: 2}}");
    let groups = [
        (vec![typed("integer"), typed("string")], ["EventIdInteger", "EventIdText"]),
        (vec![inner("email"), inner("phone")], ["EventWithWhoEmail", "EventWithWhoPhone"]),
        (vec![requiring("a"), requiring("b")], ["EventWithA", "EventWithB"]),
        (vec![values("1"), "{type: string, enum: [on, off]}".to_owned()], ["EventValue1", "EventOffOrOn"]),
        (vec![items("low"), items("high")], ["EventWithLowItem", "EventWithHighItem"]),
        (vec![tuple("circle"), tuple("line")], ["EventCircleItem0", "EventLineItem0"]),
    ];
    for (mut members, expected) in groups {
        let expected: BTreeSet<String> = expected.iter().map(|name| format!("models::{name}")).collect();
        for _ in 0..2 {
            let found = names(&members.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(expected.is_subset(&found), "{members:?}: {found:?}, expected {expected:?}");
            members.reverse();
        }
    }
}

#[test]
fn values_and_fields_of_almost_the_same_name_say_what_differs() {
    let names = |values: &str| table("", &format!("Kind: {{type: string, enum: [{values}]}}"));
    let both = names("a_b, a-b, x");
    assert_eq!(both["#/components/schemas/Kind =a_b"], "models::Kind::AUnderscoreB");
    assert_eq!(both["#/components/schemas/Kind =a-b"], "models::Kind::ADashB");
    assert_eq!(names("x, a-b, a_b"), both);
    let fields = |properties: &str| table("", &format!("Kind: {{type: object, properties: {{{properties}}}}}"));
    let both = fields("a-b: {type: string}, a.b: {type: string}, a_b: {type: string}");
    assert_eq!(both["#/components/schemas/Kind .a_b"], "models::Kind::a_b");
    assert_eq!(both["#/components/schemas/Kind .a-b"], "models::Kind::a_dash_b");
    assert_eq!(both, fields("a_b: {type: string}, a.b: {type: string}, a-b: {type: string}"));
}

#[test]
fn tags_of_almost_the_same_name_are_one_group() {
    let get = |path: &str, tag: &str| {
        format!(
            "/{path}: {{get: {{operationId: get_{path}, tags: [{tag}], responses: {{'204': {{description: A.}}}}}}}}"
        )
    };
    let before = table(&get("x", "alpha"), "");
    let after = table(&format!("{}, {}", get("y", "Alpha"), get("x", "alpha")), "");
    assert_eq!(after["GET /x"], before["GET /x"]);
    assert_eq!(after["GET /y"], "api::Alpha::get_y");
}

#[test]
fn titles_that_respell_their_property_name_nothing() {
    let model = |name: &str, value: &str| {
        format!(
            "{name}: {{type: object, properties: {{type: {{title: Type, type: string, enum: [{value}, {name}]}}}}}}"
        )
    };
    let names = table("", &format!("{}, {}", model("Zoo", "a"), model("Aquarium", "b")));
    assert_eq!(names["#/components/schemas/Zoo/properties/type"], "models::ZooType");
    assert_eq!(names["#/components/schemas/Aquarium/properties/type"], "models::AquariumType");
}
