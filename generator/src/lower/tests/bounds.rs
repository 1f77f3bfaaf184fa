//! Recursive and very large descriptions.

use super::{lowered, schemas};
use crate::diagnostic::Code;
use std::fmt::Write;

fn chain(count: usize, line: impl Fn(usize, usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "{}", line(index, (index + 1) % count));
        text
    })
}

#[test]
fn limits_parts_that_double_at_each_level() {
    let text = chain(36, |here, next| {
        let next = format!("{{$ref: '#/components/schemas/S{next}'}}");
        format!("S{here}: {{allOf: [{next}, {next}], properties: {{p{here}: {{type: string}}}}}}")
    });
    let (lines, _) = schemas(&text);
    assert!(lines.len() >= 36);
}

#[test]
fn limits_unions_that_double_at_each_level() {
    let text = chain(36, |here, next| {
        let next = format!("{{$ref: '#/components/schemas/S{next}'}}");
        format!("S{here}: {{oneOf: [{next}, {next}, {{type: object}}], properties: {{p{here}: {{type: string}}}}}}")
    });
    let (lines, _) = schemas(&text);
    assert!(lines.len() >= 36);
}

/// A build script on Windows has 1 MiB, and other callers may have less.
#[test]
fn needs_no_deep_stack_of_the_caller() {
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(limits_unions_that_double_at_each_level);
    thread.unwrap().join().unwrap();
}

#[test]
fn ends_unions_in_a_cycle() {
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let text = chain(3, |here, next| {
            let next = format!("{{$ref: '#/components/schemas/S{next}'}}");
            format!("S{here}: {{{keyword}: [{next}], properties: {{p{here}: {{type: string}}}}}}")
        });
        let (lines, _) = schemas(&text);
        assert!(lines[0].starts_with("#0 S0: "), "{lines:?}");
    }
}

#[test]
fn two_recursive_parts_for_one_property() {
    let (lines, codes) = schemas(
        "A: {properties: {next: {$ref: '#/components/schemas/A'}, a: {type: string}}}
B: {properties: {next: {$ref: '#/components/schemas/B'}, b: {type: string}}}
C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}",
    );
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(lines[2], "#2 C: {next #5, a #3, b #4} ..");
    assert_eq!(lines[5], "#5 [C.next]: {next #5, b #4, a #3} ..");
}

#[test]
fn limits_nesting_of_schemas() {
    let deep = format!("{}{{}}{}", "{\"items\":".repeat(450), "}".repeat(450));
    let head = "\"openapi\":\"3.1.0\",\"info\":{\"title\":\"T\",\"version\":\"1\"}";
    let (dump, codes) = lowered(&format!("{{{head},\"components\":{{\"schemas\":{{\"A\":{deep}}}}}}}"));
    assert!(dump.contains("fallback (schemas nest too deep)"));
    assert_eq!(codes, [Code::UntypedFallback]);
}

#[test]
fn ignores_fields_of_wrong_types() {
    let wrong = ["1", "text", "[]", "{}", "null", "true", "[[]]", "{a: []}"];
    for value in wrong {
        for key in ["info", "paths", "components", "servers", "tags", "security", "definitions"] {
            lowered(&format!("openapi: 3.0.0\n{key}: {value}\n"));
        }
        for key in ["schemas", "securitySchemes", "parameters"] {
            lowered(&format!("openapi: 3.0.0\ncomponents: {{{key}: {value}}}\n"));
        }
        for key in ["parameters", "get", "servers", "additionalOperations", "$ref"] {
            lowered(&format!("openapi: 3.0.0\npaths: {{/a: {{{key}: {value}}}}}\n"));
        }
        for key in
            ["parameters", "responses", "requestBody", "tags", "security", "operationId", "x-unstable", "x-permission"]
        {
            lowered(&format!("openapi: 3.0.0\npaths: {{/a: {{get: {{{key}: {value}}}}}}}\n"));
            lowered(&format!("swagger: '2.0'\npaths: {{/a: {{get: {{{key}: {value}}}}}}}\n"));
        }
        for key in [
            "type",
            "allOf",
            "oneOf",
            "anyOf",
            "enum",
            "const",
            "properties",
            "required",
            "items",
            "additionalProperties",
            "patternProperties",
            "discriminator",
            "minimum",
            "exclusiveMinimum",
            "format",
            "$ref",
            "nullable",
            "title",
        ] {
            schemas(&format!("A: {{{key}: {value}, description: x}}"));
            schemas(&format!("A: {{allOf: [{{{key}: {value}}}, {{type: object, {key}: {value}}}]}}"));
        }
    }
}

// Work that grows faster than the input would take minutes in these tests.

#[test]
fn long_chains_of_arrays_end() {
    let count = 8_000;
    let chain: String = (0..count)
        .map(|at| {
            format!("A{at}: {{type: array, items: {{$ref: '#/components/schemas/A{}'}}}}\n", (at + 1).min(count - 1))
        })
        .collect();
    let (lines, _) = schemas(&chain);
    assert_eq!(lines.len(), count);
}

#[test]
fn many_references_to_an_anchor_end() {
    let count = 10_000;
    let all: String = (0..count).map(|at| format!("A{at}: {{properties: {{a: {{$ref: '#here'}}}}}}\n")).collect();
    let (lines, codes) = schemas(&format!("{all}Z: {{$anchor: here, type: string}}\n"));
    assert_eq!((lines.len(), codes.len()), (count + 1, 0));
}

#[test]
fn merge_keys_with_too_many_entries_are_reported() {
    let entries: Vec<String> = (0..10_001).map(|at| format!("p{at}: {{type: string}}")).collect();
    let (_, codes) =
        schemas(&format!("A: {{properties: {{<<: &all {{{}}}}}}}\nB: {{type: string}}\n", entries.join(", ")));
    assert_eq!(codes, [Code::UnsupportedSchema]);
}
