#!/usr/bin/env bash
# utoipa describes a tuple struct, and a tuple variant of an enum, as a list of objects.
#
# Guess:     `struct Rectangle(u8, String)` is described as a field of the type `(u8, String)` is: `prefixItems` of an integer and
#            a string. Both are the same to serde, `[1, "x"]`.
# Version:   crate utoipa 6.0.0 (with serde 1.0.229, serde_json 1.0.154).
# Behaviour: `{type: array, items: {type: object}, minItems: 2, maxItems: 2}`, of which no item is an object. So is a tuple variant
#            of an enum that serde tags from outside. The field is `prefixItems` with `items: false`. No error or warning.
# Source:    serde's documentation, "Enum representations"; OpenAPI 3.1.0 and JSON Schema 2020-12, section 10.3.1.1 (prefixItems).
# Here:      what fits no variant is kept as it came, so that the round trip is lossless; generator/tests/frameworks/axum.rs,
#            `echoes_enums_of_every_tagging`, and docs/frameworks.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "seen"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
utoipa = "=6.0.0"

[workspace]

[profile.dev]
debug = false
TOML
cat >src/main.rs <<'RUST'
use serde::Serialize;
use serde_json::{Value, json, to_value};
use utoipa::{PartialSchema, ToSchema};

#[derive(Serialize, ToSchema)]
enum Shape {
    Circle(f64),
    Rectangle(u8, String),
}

#[derive(Serialize, ToSchema)]
struct Rectangle(u8, String);

#[derive(Serialize, ToSchema)]
struct Holder {
    pair: (u8, String),
}

fn described<T: PartialSchema>() -> Value {
    to_value(T::schema()).unwrap()
}

fn main() {
    let objects = json!({ "type": "array", "items": { "type": "object" }, "minItems": 2, "maxItems": 2 });
    let variant = &described::<Shape>()["oneOf"][1]["properties"]["Rectangle"];
    let whole = described::<Rectangle>();
    let field = &described::<Holder>()["properties"]["pair"]["prefixItems"];
    println!("{variant}\n{whole}\n{field}");
    assert_eq!((variant, &whole), (&objects, &objects), "the behaviour changed");
    assert_eq!([&field[0]["type"], &field[1]["type"]], ["integer", "string"], "the behaviour changed");
    let written = to_value([Shape::Circle(1.0), Shape::Rectangle(1, "x".into())]).unwrap();
    assert_eq!(written, json!([{ "Circle": 1.0 }, { "Rectangle": [1, "x"] }]));
    let written = to_value((Rectangle(1, "x".into()), Holder { pair: (1, "x".into()) })).unwrap();
    assert_eq!(written, json!([[1, "x"], { "pair": [1, "x"] }]));
}
RUST
cargo run -q
