//! One description in every version, format and layout of files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::diagnostic::render;
use clientsmith::files::Memory;
use clientsmith::{Config, Generated, generate};
use std::path::{Path, PathBuf};

fn run(files: &[(&str, &[u8])]) -> Generated {
    let memory = Memory(files.iter().map(|(path, text)| (PathBuf::from(path), text.to_vec())).collect());
    generate(Path::new(files[0].0), &memory, &Config::default())
}

/// The generated types and operations. The run must have no findings.
fn generated_code(files: &[(&str, &[u8])]) -> String {
    let generated = run(files);
    let findings = render::short(&generated.diagnostics.list, &generated.sources);
    assert_eq!(findings, "", "{}", String::from_utf8_lossy(files[0].1));
    let shown = generated.output.unwrap().files.into_iter();
    shown.filter(|(path, _)| path.starts_with("src/models") || path.starts_with("src/api")).map(|file| file.1).collect()
}

const REST: &str = "info: {title: Pets, version: '1'}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      responses:\n        '200':\n          description: Pets.\n";
const THREE: &str = "          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}\ncomponents:\n  schemas:\n    Pet: {type: object, properties: {name: {type: string}}}\n";
const TWO: &str = "          schema: {$ref: '#/definitions/Pet'}\ndefinitions:\n  Pet: {type: object, properties: {name: {type: string}}}\n";

#[test]
fn reads_every_version_in_every_format() {
    let plain = generated_code(&[("api.yaml", format!("openapi: 3.1.0\n{REST}{THREE}").as_bytes())]);
    assert!(plain.contains("pub struct Pet {") && plain.contains("pub fn list_pets("), "{plain}");
    let threes = [
        "3.0.0",
        "3.0.1",
        "3.0.2",
        "3.0.3",
        "3.0.4",
        "3.1.1",
        "3.1.2",
        "3.2.0",
        "3.2.1",
        "'3.0.3'",
        "\"3.1.0\"",
        "3.0",
        "3.1",
        "3.2",
        "'3.1'",
        "3.0.3 # a comment",
    ];
    for version in threes {
        let text = format!("openapi: {version}\n{REST}{THREE}");
        assert!(generated_code(&[("api.yaml", text.as_bytes())]) == plain, "{version}");
    }
    for version in ["2.0", "'2.0'", "\"2.0\"", "2"] {
        let text = format!("swagger: {version}\n{REST}{TWO}");
        let now = generated_code(&[("api.yaml", text.as_bytes())]).replace("#/definitions/", "#/components/schemas/");
        assert!(now == plain, "{version}");
    }
    for version in ["4.0.0", "3.3.0", "3.10", "1.2", "next", "''", "true"] {
        let generated = run(&[("api.yaml", format!("openapi: {version}\n{REST}{THREE}").as_bytes())]);
        let findings = render::short(&generated.diagnostics.list, &generated.sources);
        assert!(
            findings.contains("api.yaml:1:") && (findings.contains("E0202") || findings.contains("E0201")),
            "{version}: {findings}"
        );
    }
}

#[test]
fn reads_every_form_of_a_file() {
    let yaml = format!("openapi: 3.1.0\n{REST}{THREE}");
    let plain = generated_code(&[("api.yaml", yaml.as_bytes())]);
    let json = r##"{
	"openapi": "3.1.0",
	"info":	{"title": "Pets", "version": "1"},
	"paths": {"\/pets": {"get": {
		"operationId": "listPets",
		"responses": {"200": {"description": "Pets.", "content": {"application\/json": {"schema": {"$ref": "#\/components\/schemas\/Pet"}}}}}
	}}},
	"components": {"schemas": {"P\u0065t": {"type": "object", "properties": {"name": {"type": "string"}}}}}
}"##;
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let forms: [(&str, Vec<u8>); 9] = [
        ("CRLF", yaml.replace('\n', "\r\n").into_bytes()),
        ("a byte order mark", marked(&yaml)),
        ("a mark and CRLF", marked(&yaml.replace('\n', "\r\n"))),
        ("a directive", format!("%YAML 1.2\n---\n{yaml}...\n").into_bytes()),
        ("JSON with tabs", json.into()),
        ("JSON with CRLF", json.replace('\n', "\r\n").into_bytes()),
        ("JSON with a mark", marked(json)),
        ("JSON on one line", json.replace(['\n', '\t'], "").into_bytes()),
        ("JSON with a comma too many", json.replace("\"version\": \"1\"}", "\"version\": \"1\",}").into_bytes()),
    ];
    for (form, bytes) in forms {
        assert!(generated_code(&[("api.yaml", &bytes)]) == plain, "{form}");
    }
}

#[test]
fn positions_are_right_in_every_format() {
    let yaml = "openapi: 3.1.0\ninfo: {title: é, version: '1'}\npaths: {}\ntag: []\n";
    let json = "{\n\t\"openapi\": \"3.1.0\",\n\t\"info\": {\"title\": \"é\", \"version\": \"1\"},\n\t\"paths\": {}, \"tag\": []\n}\n";
    for (text, place) in [(yaml, "4:1"), (json, "4:15")] {
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let generated = run(&[("api.yaml", text.as_bytes())]);
            let findings = render::short(&generated.diagnostics.list, &generated.sources);
            assert!(findings.contains(&format!("api.yaml:{place}: warning[W0205]")), "{text}{findings}");
        }
    }
}

#[test]
fn reads_files_with_circular_references() {
    let api = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {$ref: 'paths/pets.yaml'}\n  /a~b/{c}: {$ref: 'paths/all.yaml#/~1a~0b~1%7Bc%7D'}\n";
    let pets = "get:\n  operationId: listPets\n  parameters: [{$ref: '../shared/parameters.json#/limit'}]\n  responses:\n    '200':\n      description: Pets.\n      content: {application/json: {schema: {$ref: '../shared/pet.yaml'}}}\n";
    let all = "/a~b/{c}:\n  get:\n    operationId: odd\n    parameters: [{name: c, in: path, required: true, schema: {$ref: '#/text'}}]\n    responses: {'204': {description: Done.}}\ntext: {type: string}\n";
    let parameters = "{\"limit\": {\"name\": \"limit\", \"in\": \"query\", \"schema\": {\"type\": \"integer\"}}}";
    let pet =
        "title: Pet\ntype: object\nproperties:\n  name: {type: string}\n  owner: {$ref: 'owner.yaml#/schemas/Owner'}\n";
    let owner = "schemas:\n  Owner:\n    type: object\n    properties:\n      pets: {type: array, items: {$ref: 'pet.yaml'}}\n      friend: {$ref: '#/schemas/Owner', description: A friend.}\n";
    let files: [(&str, &[u8]); 6] = [
        ("spec/api.yaml", api.as_bytes()),
        ("spec/paths/pets.yaml", pets.as_bytes()),
        ("spec/paths/all.yaml", all.as_bytes()),
        ("spec/shared/parameters.json", parameters.as_bytes()),
        ("spec/shared/pet.yaml", pet.as_bytes()),
        ("spec/shared/owner.yaml", owner.as_bytes()),
    ];
    let text = generated_code(&files);
    for expected in [
        "pub fn list_pets(",
        "pub fn odd(",
        "pub struct Pet {",
        "pub struct Owner {",
        "pub owner: Option<Owner>",
        "pub pets: Option<Vec<Pet>>",
        "pub friend: Option<Box<Owner>>",
        "A friend.",
    ] {
        assert!(text.contains(expected), "no `{expected}` in\n{text}");
    }
}

#[test]
fn applies_keywords_beside_a_reference_since_3_1() {
    let schema = |version: &str, pet: &str| {
        format!(
            "openapi: {version}\ninfo: {{title: Pets, version: '1'}}\npaths: {{/pets: {{get: {{responses: {{'204': {{description: x}}}}}}}}}}\ncomponents:\n  schemas:\n    Name: {{type: string, description: Any name.}}\n    Pet:\n      type: object\n      properties:\n        name: {pet}\n"
        )
    };
    let text =
        schema("3.1.0", "{$ref: '#/components/schemas/Name', description: The name of the pet., deprecated: true}");
    let text = generated_code(&[("api.yaml", text.as_bytes())]);
    assert!(text.contains("The name of the pet.") && text.contains("/// Deprecated."), "{text}");
    let nullable = schema("3.0.3", "{$ref: '#/components/schemas/Name', nullable: true}");
    let _ = generated_code(&[("api.yaml", nullable.as_bytes())]);
}

/// Every value of a long list has its own variant, also if their names collide. docs/benchmarks.md has the cost.
#[test]
fn long_enums_have_a_variant_for_each_value() {
    let values: Vec<String> = (0..10_000).map(|index| format!("value-{index}")).collect();
    let words: Vec<String> = (0..10_000).map(|index| format!("Word{}", index % 7)).collect();
    let schema = format!("{{type: string, enum: {values:?}, x-enum-varnames: {words:?}}}");
    let text = format!("openapi: 3.1.0\n{REST}{THREE}    Listed: {schema}\n");
    let output = run(&[("api.yaml", text.as_bytes())]).output.unwrap();
    let models = output.files.iter().filter(|(path, _)| path.starts_with("src/models"));
    let models: String = models.map(|(_, text)| text.as_str()).collect();
    let variants: std::collections::BTreeSet<&str> =
        models.lines().map(str::trim).filter(|line| line.starts_with("Word") && line.ends_with(',')).collect();
    assert_eq!(variants.len(), 10_000);
}

#[test]
fn file_name_of_the_description_changes_nothing() {
    let text = format!("openapi: 3.1.0\n{REST}{THREE}");
    let [one, other] =
        ["api.yaml", "other/petstore-v2.yaml"].map(|path| run(&[(path, text.as_bytes())]).output.unwrap().files);
    assert!(one.contains_key("README.md") && one == other);
}

/// A body of 101 lines is a file, one of 100 lines is in the function. Both are included as they are.
#[test]
fn long_bodies_of_examples_are_files() {
    let list = |items: usize| format!("[{}]", vec!["1"; items].join(", "));
    let response = |items| {
        format!(
            "{{description: x, content: {{application/json: {{schema: {{type: array, items: {{type: integer}}}}, example: {}}}}}}}",
            list(items)
        )
    };
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      \
         tags: [pets]\n      responses:\n        '200': {}\n        '404': {}\n",
        response(99),
        response(98)
    );
    let output = run(&[("api.yaml", text.as_bytes())]).output.unwrap();
    let bodies: Vec<&String> =
        output.files.keys().filter(|path| path.ends_with(".json") && path.starts_with("src/")).collect();
    assert_eq!(bodies, ["src/testing/pets/list_pets_200.json"]);
    let body: Vec<u8> = serde_json::from_str(&output.files["src/testing/pets/list_pets_200.json"]).unwrap();
    assert_eq!(body, [1; 99]);
    let functions = &output.files["src/testing/pets.rs"];
    assert!(functions.contains("include_str!(\"pets/list_pets_200.json\")"), "{functions}");
    assert_eq!(functions.matches("include_str!").count(), 1);
}

/// A package without a licence gives no permission to use it, so it is not published.
#[test]
fn settings_of_the_package_are_in_the_manifest() {
    let text = format!("openapi: 3.1.0\n{REST}{THREE}");
    let memory = Memory(vec![(PathBuf::from("api.yaml"), text.into_bytes())]);
    let package = |settings: &str| {
        let output = generate(Path::new("api.yaml"), &memory, &Config::parse(settings).unwrap()).output.unwrap();
        let manifest: toml::Table = output.files["Cargo.toml"].parse().unwrap();
        manifest["package"].clone()
    };
    let none = package("");
    assert_eq!((none.get("license"), none["publish"].as_bool()), (None, Some(false)), "{none}");
    assert_eq!(none["rust-version"].as_str(), Some("1.88"));
    let all = package(
        "license = 'Apache-2.0'\nrepository = 'https://example.com/pets'\nauthors = ['A \"B\" <a@example.com>']\nrust_version = '1.90'",
    );
    assert_eq!((all["license"].as_str(), all.get("publish")), (Some("Apache-2.0"), None), "{all}");
    assert_eq!(all["repository"].as_str(), Some("https://example.com/pets"));
    assert_eq!(all["authors"][0].as_str(), Some("A \"B\" <a@example.com>"));
    assert_eq!(all["rust-version"].as_str(), Some("1.90"));
}
