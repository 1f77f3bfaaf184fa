//! Shapes of single schemas, nulls, listed values and `allOf`.

use super::{check, schemas};
use crate::diagnostic::Code;

#[test]
fn scalars() {
    check(
        "A: {type: integer, format: int32, minimum: 1, exclusiveMaximum: 10}
B: {type: integer, minimum: 0.5, maximum: 18446744073709551615}
C: {type: string, contentEncoding: base64}
D: {format: date-time}
E: {format: int64}
F: {type: string, format: password}
G: {}
H: true
I: {type: [integer, number]}
J: {format: string, required: [one, other]}",
        &[
            "#0 A: integer int32 1..9",
            "#1 B: integer ..18446744073709551615",
            "#2 C: text byte",
            "#3 D: text date-time",
            "#4 E: integer int64",
            "#5 F: text password secret",
            "#6 G: any (schema allows any value)",
            "#7 H: any (schema allows any value)",
            "#8 I: union integer#10 | number#11",
            "#9 J: text string",
            "#10 [I.integer]: integer",
            "#11 [I.number]: number",
        ],
    );
}

#[test]
fn objects_and_maps() {
    check(
        "A: {properties: {a: {type: string, readOnly: true}, api_token: {type: string}}, required: [a, z]}
B: {type: object}
C: {type: object, additionalProperties: {type: integer}}
D: {type: object, additionalProperties: false, patternProperties: {^x: {type: integer}}}
E: {type: object, additionalProperties: false}
F: {items: {$ref: '#/components/schemas/A'}}
G: {type: array, prefixItems: [{type: string}]}",
        &[
            "#0 A: {a! #7 read, api_token #8, z! #9} ..",
            "#1 B: map #10",
            "#2 C: map #11",
            "#3 D: map #13",
            "#4 E: {}",
            "#5 F: list #0",
            "#6 G: tuple (#14) ..",
            "#7 [A.a]: text",
            "#8 [A.api_token]: text secret",
            "#9 [A.z]: any (required, but not declared)",
            "#10 [B.value]: any (values may be any value)",
            "#11 [C.value]: integer",
            "#12 [D.value]: integer",
            "#13 [D.value]: union #12",
            "#14 [G.item 0]: text",
        ],
    );
}

#[test]
fn nulls() {
    check(
        "A: {type: [string, 'null']}
B: {anyOf: [{$ref: '#/components/schemas/C'}, {type: 'null'}]}
C: {enum: [a, null]}
D: {properties: {p: {$ref: '#/components/schemas/C', nullable: true}, q: {$ref: '#/components/schemas/C', description: x}}}
E: {allOf: [{$ref: '#/components/schemas/C'}], nullable: true}
F: {allOf: [{$ref: '#/components/schemas/C'}, {type: 'null'}]}
G: {type: string, x-nullable: true}
H: {oneOf: [{type: 'null'}]}",
        &[
            "#0 A: text null",
            "#1 B: same #2 null",
            "#2 C: enum a null",
            "#3 D: {p #8, q #2} ..",
            "#4 E: same #2 null",
            "#5 F: enum a null",
            "#6 G: text null",
            "#7 H: null null",
            "#8 [D.p]: same #2 null",
        ],
    );
}

#[test]
fn listed_values() {
    check(
        "A: {enum: [1, 2, 2]}
B: {type: string, enum: [1, on, x], x-enum-varnames: [One, On, X]}
C: {enum: [true, false]}
D: {enum: [1, 1.5]}
E: {enum: [1, a]}
F: {const: only}
G: {type: integer, enum: ['1', '2']}
H: {type: string, enum: [a, b], x-enum-descriptions: {b: second}}",
        &[
            "#0 A: integer enum 1|2",
            "#1 B: enum 1:One|on:On|x:X",
            "#2 C: bool",
            "#3 D: number",
            "#4 E: union integer#8 | text#9",
            "#5 F: enum only",
            "#6 G: integer enum 1|2",
            "#7 H: enum a|b",
            "#8 [E.integer]: integer enum 1",
            "#9 [E.text]: enum a",
        ],
    );
}

#[test]
fn all_of_merges_in_any_order() {
    let parts = [
        "{$ref: '#/components/schemas/Base'}",
        "{required: [b], properties: {b: {type: integer}}}",
        "{description: only words}",
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let list: Vec<&str> = order.iter().map(|index| parts[*index]).collect();
        let (lines, codes) = schemas(&format!(
            "A: {{allOf: [{}]}}\nBase: {{type: object, properties: {{a: {{type: string}}}}}}",
            list.join(", ")
        ));
        assert!(codes.is_empty(), "{codes:?}");
        let object = lines[0].strip_prefix("#0 A: ").unwrap();
        assert!(object.contains("a #") && object.contains("b! #"), "{object}");
    }
}

#[test]
fn all_of_of_one_reference_is_that_reference() {
    check(
        "A: {allOf: [{$ref: '#/components/schemas/B'}, {description: words}], default: {}}
B: {type: object, properties: {x: {type: string}}}
C: {type: object, allOf: [{$ref: '#/components/schemas/B'}]}",
        &["#0 A: same #1 = {}", "#1 B: {x #3} ..", "#2 C: same #1", "#3 [B.x]: text"],
    );
}

#[test]
fn properties_of_several_parts_are_narrowed() {
    check(
        "Base: {type: object, properties: {kind: {type: string}, next: {$ref: '#/components/schemas/Base'}}}
Subtype: {allOf: [{$ref: '#/components/schemas/Base'}], properties: {kind: {enum: [h]}, next: {$ref: '#/components/schemas/Subtype'}}}
Both: {allOf: [{type: string, enum: [a, b, c]}, {enum: [c, b], maximum: 3}]}",
        &[
            "#0 Base: {kind #3, next #0} ..",
            "#1 Subtype: {kind #4, next #1} ..",
            "#2 Both: enum b|c",
            "#3 [Base.kind]: text",
            "#4 [Subtype.kind]: enum h",
        ],
    );
}

#[test]
fn reports_contradictions_and_accepts_either() {
    for (text, wanted) in [
        ("A: {allOf: [{type: string}, {type: integer}]}", "#0 A: union string#1 | integer#2"),
        ("A: {allOf: [{enum: [a]}, {enum: [b]}]}", "#0 A: enum a|b"),
        ("A: {allOf: [{type: integer, minimum: 5}, {maximum: 3}]}", "#0 A: integer"),
    ] {
        let (lines, codes) = schemas(text);
        assert_eq!((lines[0].as_str(), &codes[..]), (wanted, &[Code::EmptyIntersection][..]));
    }
}

#[test]
fn unknown_types_and_circular_references_become_untyped() {
    let (lines, codes) = schemas(
        "A: {type: thing}\nB: {allOf: [{$ref: '#/components/schemas/B'}]}\nC: {anyOf: [{$ref: '#/components/schemas/C'}]}",
    );
    assert_eq!(lines[0], "#0 A: fallback (`thing` is no type)");
    assert_eq!(lines[1], "#1 B: fallback (refers only to itself)");
    assert_eq!(lines[2], "#2 C: fallback (refers only to itself)");
    assert!(codes.contains(&Code::UntypedFallback), "{codes:?}");
}
