//! Differences between traffic and a description: found at their places, and gone with the proposed overlay.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use clientsmith::Config;
use clientsmith::drift::{Drift, Recording, compare, render};
use clientsmith::files::Memory;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://{region}.pets.example/v1'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
  /pets/mine:
    get:
      operationId: myPets
      responses:
        '200':
          $ref: '#/components/responses/Pets'
        4XX:
          description: An error.
components:
  responses:
    Pets:
      description: Pets.
      content:
        application/json:
          schema:
            type: array
            items:
              $ref: '#/components/schemas/Pet'
  schemas:
    Pet:
      type: object
      required: [id, kind]
      properties:
        id: {type: integer}
        kind: {type: string, enum: [cat, dog]}
        owner: {$ref: '#/components/schemas/Owner'}
        tags: {type: object, additionalProperties: {type: string}}
    Owner:
      allOf:
        - {type: object, required: [name], properties: {name: {type: string}}}
        - {type: object, properties: {age: {type: integer}}}
";

fn exchange(method: &str, url: &str, status: u16, media: &str, body: &str) -> Value {
    json!({
        "request": {"method": method, "url": url},
        "response": {"status": status, "content": {"mimeType": media, "size": body.len(), "text": body}},
    })
}

fn get(url: &str, status: u16, body: &Value) -> Value {
    exchange("GET", url, status, "application/json", &body.to_string())
}

fn har(entries: &[Value]) -> Recording {
    Recording::parse(json!({"log": {"version": "1.2", "entries": entries}}).to_string().as_bytes()).unwrap()
}

fn drift(description: &str, overlay: Option<&str>, recording: &Recording) -> Drift {
    let mut files = vec![(PathBuf::from("api.yaml"), description.as_bytes().to_vec())];
    let mut config = Config::default();
    if let Some(overlay) = overlay {
        files.push((PathBuf::from("overlay.yaml"), overlay.as_bytes().to_vec()));
        config.add_overlay("overlay.yaml");
    }
    compare(Path::new("api.yaml"), &Memory(files), &config, std::slice::from_ref(recording)).unwrap_or_else(|unread| {
        panic!("{overlay:?}: {}", clientsmith::diagnostic::render::short(&unread.diagnostics.list, &unread.sources))
    })
}

/// The findings, after a check that the proposed overlay leaves none.
fn circle(description: &str, entries: &[Value]) -> String {
    let recording = har(entries);
    let found = drift(description, None, &recording);
    let overlay = found.proposal().unwrap();
    let after = drift(description, Some(overlay), &recording);
    assert_eq!(render::short(&after), "", "{overlay}");
    render::short(&found)
}

#[test]
fn proposed_overlay_makes_a_field_an_enum_value_and_a_status_known() {
    let entries = [
        get("https://eu.pets.example/v1/pets/1", 200, &json!({"id": 1, "kind": "cat", "colour": "red"})),
        get("https://eu.pets.example/v1/pets/2?x=1", 200, &json!({"id": 2, "kind": "bird", "colour": "blue"})),
        get("https://eu.pets.example/v1/pets/3", 404, &json!({"error": {"code": 5, "hints": [null, "a"]}})),
    ];
    assert_eq!(
        circle(PETS, &entries),
        "api.yaml:9:9: drift[undocumented-status]: responses have the status 404, which the operation does not define (once)\n\
         api.yaml:39:15: drift[unknown-enum-value]: responses have a value that is not in the enum (once)\n\
         api.yaml:35:7: drift[unknown-field]: responses have a field `colour` that the schema does not define (2 times)\n"
    );
}

#[test]
fn secrets_that_a_recording_lacks_have_no_difference() {
    let pet = |id: &str, owner: &str| {
        let body = json!({"id": id, "kind": "[redacted]", "owner": owner, "tags": {"a": "[redacted]"}});
        let found = drift(PETS, None, &har(&[get("/pets/1", 200, &body)]));
        render::short(&found).lines().count()
    };
    assert_eq!(pet("[redacted]", "[redacted]"), 0);
    assert_eq!(pet("redacted", "[redacted]"), 1);
}

#[test]
fn proposed_overlay_makes_faults_and_media_types_known() {
    let pets = json!([
        {"id": "one", "kind": "cat", "owner": {"nick": {"a": [1, 2.5]}}},
        {"id": 2, "kind": "dog", "owner": null, "tags": {"a": "b"}},
        {"id": 3, "owner": {"name": "A", "age": 1}},
    ]);
    let entries = [
        get("http://localhost:8080/pets/mine", 200, &pets),
        exchange("GET", "/v1/pets/mine", 200, "text/csv; charset=utf-8", "id,kind"),
        exchange("GET", "/v1/pets/mine", 429, "text/plain", "later"),
    ];
    let recording = har(&entries);
    let found = drift(PETS, None, &recording);
    let kinds: Vec<String> = found.findings.iter().map(|one| format!("{} {}", one.pointer, one.message)).collect();
    assert_eq!(
        kinds,
        [
            "#/components/schemas/Pet/properties/id responses have the type string in place of integer",
            "#/components/schemas/Owner responses lack `name`, which is required",
            "#/components/schemas/Owner responses have null, which the schema does not allow",
            "#/components/schemas/Pet responses lack `kind`, which is required",
            "#/components/responses/Pets responses have the media type `text/csv`, which is not defined",
            "#/paths/~1pets~1mine/get/responses/4XX responses have the media type `text/plain`, which is not defined",
            "#/components/schemas/Owner responses have a field `nick` that the schema does not define",
        ]
    );
    let after = drift(PETS, found.proposal(), &recording);
    let left: Vec<&str> = after.findings.iter().map(|one| one.message.as_str()).collect();
    // A schema without `type` of its own has no place for null.
    assert_eq!(left, ["responses have null, which the schema does not allow"]);
    assert!(!after.findings[0].proposed);
}

#[test]
fn other_versions_have_their_own_proposals() {
    let old = PETS.replace("openapi: 3.1.0", "openapi: 3.0.3");
    let pet = json!({"id": null, "kind": "x y", "seen": null, "at": {"x": 1, "y": null}});
    let entries = [get("/v1/pets/1", 200, &pet), get("/v1/pets/1", 200, &json!({"id": true, "kind": "cat"}))];
    assert_eq!(circle(&old, &entries).lines().count(), 5);
    let two = "swagger: '2.0'\ninfo: {title: Pets, version: '1'}\nbasePath: /v2\npaths:\n  /a:\n    get:\n      produces: [application/json]\n      responses:\n        '200': {description: A., schema: {$ref: '#/definitions/A'}}\ndefinitions:\n  A: {type: object, properties: {b: {type: string, enum: [c]}}}\n";
    let entries = [
        get("/v2/a", 200, &json!({"b": "d", "e": [{"f": null}]})),
        get("/v2/a", 500, &json!({"message": "no"})),
        get("/v2/a", 200, &json!({"b": 1})),
    ];
    assert_eq!(circle(two, &entries).lines().count(), 4);
}

#[test]
fn several_types_and_values_at_one_place_have_one_overlay() {
    let pet = |id: Value, kind: Value| get("/v1/pets/1", 200, &json!({"id": id, "kind": kind}));
    let entries = [
        pet(json!("a"), json!("bird")),
        pet(json!(true), json!(7)),
        pet(Value::Null, Value::Null),
        pet(json!(1.5), json!("text of a person")),
    ];
    for version in ["3.1.0", "3.0.3"] {
        let description = PETS.replace("openapi: 3.1.0", &format!("openapi: {version}"));
        assert_eq!(circle(&description, &entries).lines().count(), 7, "{version}");
    }
}

#[test]
fn unions_are_compared_with_their_variant() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '200':\n          description: A.\n          content:\n            application/json:\n              schema:\n                oneOf:\n                  - {$ref: '#/components/schemas/Cat'}\n                  - {$ref: '#/components/schemas/Dog'}\ncomponents:\n  schemas:\n    Cat: {type: object, required: [claws], properties: {claws: {type: integer}}}\n    Dog: {type: object, required: [bark], properties: {bark: {type: string}}}\n";
    let entries = [get("/a", 200, &json!({"bark": "w", "size": 3})), get("/a", 200, &json!({"claws": 1}))];
    let found = circle(text, &entries);
    assert!(found.starts_with("api.yaml:19:") && found.contains("`size`") && found.lines().count() == 1, "{found}");
}

#[test]
fn a_redacted_discriminator_fits_any_variant() {
    let description = PETS.replace("    Pet:\n", "    Pet:\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n      discriminator: {propertyName: kind}\n    Cat: {type: object, required: [kind, claws], properties: {kind: {type: string}, claws: {type: integer}}}\n    Dog: {type: object, required: [kind, bark], properties: {kind: {type: string}, bark: {type: string}}}\n    Old:\n");
    let lines =
        |body: &Value| render::short(&drift(&description, None, &har(&[get("/pets/1", 200, body)]))).lines().count();
    assert_eq!(lines(&json!({"kind": "[redacted]", "bark": "[redacted]"})), 0);
    assert_eq!(lines(&json!({"kind": "Cow", "bark": "w"})), 1);
}

#[test]
fn counts_what_it_cannot_compare() {
    let entries = [
        get("/v1/pets/1", 200, &json!({"id": 1, "kind": "cat"})),
        get("/v1/owners/1", 200, &json!({})),
        exchange("POST", "/v1/pets/1", 200, "application/json", "{}"),
        exchange("GET", "/v1/pets/1", 200, "application/json", "{\"id\": "),
        exchange("GET", "/v1/pets/1", 304, "", ""),
        json!({"request": {"method": "GET", "url": "/v1/pets/1"}, "response": {"status": 0}}),
    ];
    let found = drift(PETS, None, &har(&entries));
    assert!(found.findings.is_empty() && found.proposal().is_none());
    let counts = found.counts;
    assert_eq!((counts.responses, counts.operations, counts.unmatched), (3, 1, 2));
    assert_eq!((counts.unread.cut, counts.unread.entries), (1, 1));
    let summary = render::summary(&found);
    assert!(summary.contains("2 requests match no operation; 1 bodies are cut"), "{summary}");
}

#[test]
fn findings_are_bounded_and_have_no_values() {
    let many: serde_json::Map<String, Value> = (0..12_000).map(|n| (format!("f{n}"), json!("secret-value"))).collect();
    let found = drift(PETS, None, &har(&[get("/v1/pets/1", 200, &Value::Object(many))]));
    assert_eq!(found.findings.len(), clientsmith::drift::MAX_FINDINGS);
    assert!(found.counts.overflow >= 2_000, "{}", found.counts.overflow);
    let text = format!("{}{}{}", render::human(&found), render::json(&found), found.proposal().unwrap());
    assert!(!text.contains("secret-value"));
    assert!(found.proposal().unwrap().len() < 100_000);
}

/// Counts of a program whose server is ahead of its description. The runtime's test of drift makes the same counts.
#[test]
fn counts_of_a_program_are_findings_until_the_overlay_is_applied() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/tests/drift");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let (lines, recording) = (read("lines.yaml"), Recording::parse(read("lines.ndjson").as_bytes()).unwrap());
    assert_eq!((recording.counts.len(), recording.unread.entries), (6, 0));
    let found = drift(&lines, None, &recording);
    assert_eq!(
        render::short(&found),
        "api.yaml:34:19: drift[decode-fault]: responses have a value that cannot be decoded (once)\n\
         api.yaml:10:9: drift[undocumented-status]: responses have the status 302, which the operation does not define (once)\n\
         api.yaml:16:11: drift[undocumented-media-type]: responses have the media type `text/html`, which is not defined (once)\n\
         api.yaml:37:18: drift[unknown-enum-value]: responses have a value that is not in the enum (2 times)\n\
         api.yaml:31:11: drift[unknown-field]: responses have a field `nick` that the schema does not define (2 times)\n"
    );
    assert_eq!((found.counts.responses, found.counts.operations), (5, 1));
    let after = drift(&lines, found.proposal(), &recording);
    let left: Vec<&str> = after.findings.iter().map(|one| one.kind.as_str()).collect();
    // The counts do not have the type that the server sent.
    assert_eq!(left, ["decode-fault"], "{:?}", found.proposal());
}

#[test]
fn counts_have_places_in_unions_maps_and_lists() {
    let description = "openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /a:
    get:
      responses:
        '200':
          description: A.
          content:
            application/json:
              schema:
                type: object
                additionalProperties:
                  type: array
                  items:
                    oneOf:
                      - {type: object, required: [a], properties: {a: {type: string, enum: [x]}}}
                      - {type: object, required: [b], properties: {b: {type: integer}}, additionalProperties: true}
";
    let line = |kind: &str, place: &str, field: &str| {
        let line = json!({"method": "get", "path": "/a", "status": 200, "media_type": "application/json", "kind": kind, "place": place, "field": field, "count": 3});
        Recording::parse(line.to_string().as_bytes()).unwrap()
    };
    let found = |kind: &str, place: &str, field: &str| {
        let drift = drift(description, None, &line(kind, place, field));
        let pointer =
            |one: &clientsmith::drift::Finding| format!("{} {}", one.pointer.rsplit('/').next().unwrap(), one.count);
        (drift.findings.iter().map(pointer).collect::<Vec<_>>(), drift.counts.unplaced)
    };
    // The second variant allows any field.
    assert_eq!(found("unknown-field", "/*/*", "c"), (vec!["0 3".to_owned()], 0));
    assert_eq!(found("unknown-field", "/*/*", "a"), (vec![], 0));
    assert_eq!(found("unknown-enum-value", "/*/*/a", ""), (vec!["a 3".to_owned()], 0));
    assert_eq!(found("unknown-variant", "/*/*", ""), (vec!["items 3".to_owned()], 0));
    assert_eq!(found("decode-fault", "/*/*/b", ""), (vec!["b 3".to_owned()], 0));
    assert_eq!(found("decode-fault", "/*/*/gone", ""), (vec![], 1));
    // Lines of other kinds are no counts.
    let other = r#"{"method":"get","path":"/a","status":200,"media_type":"","kind":"new","place":"","count":1}"#;
    assert!(Recording::parse(other.as_bytes()).is_err());
}

#[test]
fn open_objects_of_other_files_allow_any_field() {
    let api = "openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /a:
    get:
      responses:
        '200': {description: A., content: {application/json: {schema: {$ref: 'pets.yaml#/Pet'}}}}
  /b:
    get:
      responses:
        '200': {description: B., content: {application/json: {schema: {$ref: 'pets.yaml#/Cat'}}}}
  /c:
    get:
      responses:
        '200': {description: C., content: {application/json: {schema: {$ref: 'pets.yaml#/Dog'}}}}
";
    let pets = "Pet: {type: object, properties: {a: {type: string}}, additionalProperties: true}
Cat: {type: object, properties: {a: {type: string}}}
Dog: {anyOf: [{type: object, properties: {a: {type: string}}, additionalProperties: true}, {type: 'null'}]}
";
    let file = |path: &str, text: &str| (PathBuf::from(path), text.as_bytes().to_vec());
    let files = Memory(vec![file("api.yaml", api), file("pets.yaml", pets)]);
    let entries = ["/a", "/b", "/c"].map(|path| get(path, 200, &json!({"a": "x", "b": 1})));
    let drift = compare(Path::new("api.yaml"), &files, &Config::default(), std::slice::from_ref(&har(&entries)))
        .unwrap_or_else(|_| panic!());
    let pointers: Vec<&str> = drift.findings.iter().map(|found| found.pointer.as_str()).collect();
    assert_eq!(pointers, ["pets.yaml#/Cat"]);
}
