//! Unions and their discriminators.

use super::{check, check_pointers, schemas};
use crate::diagnostic::Code;

const PETS: &str = "
Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
Dog: {type: object, required: [kind], properties: {kind: {const: dog}}}";

#[test]
fn infers_discriminator_from_constants() {
    let (lines, _) = schemas(&format!(
        "Pet: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]}}{PETS}"
    ));
    assert_eq!(lines[0], "#0 Pet: union by kind Cat#1 (cat) | Dog#2 (dog)");
}

#[test]
fn discriminators_by_mapping_constant_or_name() {
    let members = "oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]";
    let whole =
        "A: {type: object, properties: {t: {type: string}}}\nB: {type: object, properties: {t: {enum: [b1, b2]}}}";
    for (mapping, wanted) in [
        ("", "A#1 (A) | B#2 (b1,b2)"),
        (", mapping: {x: A, y: '#/components/schemas/A'}", "A#1 (x,y) | B#2 (b1,b2)"),
        (", mapping: {x: A, z: B}", "A#1 (x) | B#2 (z)"),
    ] {
        let (lines, codes) =
            schemas(&format!("U: {{{members}, discriminator: {{propertyName: t{mapping}}}}}\n{whole}"));
        assert_eq!(lines[0], format!("#0 U: union by t {wanted}"));
        assert!(codes.is_empty(), "{codes:?}");
    }
}

#[test]
fn mappings_reach_into_inner_unions() {
    let (lines, _) = schemas(&format!(
        "Pet: {{oneOf: [{{$ref: '#/components/schemas/Furry'}}, {{$ref: '#/components/schemas/Fish'}}], discriminator: {{propertyName: kind, mapping: {{c: Cat, d: Dog, f: Fish}}}}}}
Furry: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]}}
Fish: {{type: object}}{PETS}"
    ));
    assert_eq!(lines[0], "#0 Pet: union by kind Furry#1 (c,d) | Fish#2 (f)");
}

#[test]
fn replaces_redundant_unions() {
    check(
        "A: {oneOf: [{$ref: '#/components/schemas/B'}]}
B: {type: object, properties: {x: {type: string}}, anyOf: [{required: [x]}, {required: [y]}]}
C: {anyOf: [{type: string}, {enum: [a, b]}]}
D: {oneOf: [{const: a, title: First}, {const: b}]}
E: {anyOf: [{type: string, pattern: a}, {type: string, maxLength: 3}]}
F: {type: string, anyOf: [{format: date}, {format: date-time}]}
G: {type: [string, integer, 'null']}
H: {anyOf: [{type: string}, {$ref: '#/components/schemas/D'}]}",
        &[
            "#0 A: same #1",
            "#1 B: {x #8} ..",
            "#2 C: enum a|b",
            "#3 D: enum a:First|b",
            "#4 E: text",
            "#5 F: union #9 | #10",
            "#6 G: union string#11 | integer#12 null",
            "#7 H: same #3",
            "#8 [B.x]: text",
            "#9 [F.date]: text date",
            "#10 [F.date-time]: text date-time",
            "#11 [G.string]: text",
            "#12 [G.integer]: integer",
        ],
    );
}

#[test]
fn keywords_around_a_union_apply_to_members() {
    check(
        "A: {type: object, required: [id], properties: {id: {type: integer}}, oneOf: [{title: P, properties: {p: {type: string}}}, {title: Q, properties: {q: {type: string}}}]}
B: {allOf: [{properties: {id: {type: integer}}}, {oneOf: [{properties: {p: {type: string}}}]}]}",
        &[
            "#0 A: union P#4 | Q#6",
            "#1 B: {id #7, p #8} ..",
            "#2 [A.id]: integer",
            "#3 [A.P.p]: text",
            "#4 [A.P]: {id! #2, p #3} ..",
            "#5 [A.Q.q]: text",
            "#6 [A.Q]: {id! #2, q #5} ..",
            "#7 [B.id]: integer",
            "#8 [B.p]: text",
        ],
    );
}

#[test]
fn base_schema_lists_its_subtypes() {
    check(
        "Base: {type: object, required: [t], properties: {t: {type: string}}, oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}], discriminator: {propertyName: t}}
X: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {x: {type: string}}}]}
Y: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {y: {type: string}}}]}",
        &[
            "#0 Base: union by t X#1 (X) | Y#2 (Y)",
            "#1 X: {t! #3, x #4} ..",
            "#2 Y: {t! #3, y #5} ..",
            "#3 [Base.t]: text",
            "#4 [X.x]: text",
            "#5 [Y.y]: text",
        ],
    );
}

#[test]
fn combines_several_unions_at_one_schema() {
    check(
        "A: {oneOf: [{type: string}, {type: integer}], anyOf: [{type: boolean}, {type: integer}]}",
        &["#0 A: integer"],
    );
    let (lines, _) = schemas(&format!(
        "A: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], anyOf: [{{properties: {{x: {{type: string}}}}}}, {{properties: {{y: {{type: string}}}}}}]}}{PETS}"
    ));
    assert_eq!(lines[0], "#0 A: union Cat#5 | Cat#7 | Dog#9 | Dog#10");
}

#[test]
fn reports_too_many_combinations() {
    let members: Vec<String> =
        (0..20).map(|at| format!("{{required: [p{at}], properties: {{p{at}: {{type: string}}}}}}")).collect();
    let list = members.join(", ");
    let (lines, codes) = schemas(&format!("A: {{oneOf: [{list}], anyOf: [{list}]}}"));
    assert_eq!(lines[0].matches(" | ").count(), 19, "{}", lines[0]);
    assert_eq!(codes, [Code::UnsupportedSchema]);
}

#[test]
fn pointers_of_members_lead_to_their_nodes() {
    check_pointers(
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters:
        - {name: filter, in: query, content: {application/json: {schema: {type: string, maxLength: 3}}}}
      responses:
        '204':
          description: Done.
          headers:
            X-A: {content: {application/json: {schema: {type: integer, maximum: 5}}}}
components:
  schemas:
    Null: {anyOf: [{type: 'null'}, {type: string, maxLength: 3}, {type: integer, maximum: 5}]}
    Twice: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}, {type: string}]}
    A: {type: object, properties: {a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
    Product:
      oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
      anyOf: [{properties: {c: {type: string}}}, {properties: {d: {type: string}}}]
    Constrained:
      type: object
      properties:
        x: {type: [string, integer], oneOf: [{type: string}, {type: integer}], anyOf: [{minLength: 1}, {minimum: 1}]}
",
        "#/components/schemas/Product/oneOf/",
    );
}
