//! Groups of calls as cargo features: each alone has exactly the types that it needs, and compiles without a warning.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use clientsmith::output::Output;
use clientsmith::source::files::Memory;
use clientsmith::{Config, generate};
use std::fs;
use std::path::Path;
use std::process::Command;

const DESCRIPTION: &str = r##"
openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://{region}.shop.example", variables: { region: { default: eu, enum: [eu, us] } } }]
paths:
  /pets: { get: { operationId: listPets, tags: [pets], responses: { "200": { $ref: "#/components/responses/Pets" } } } }
  /orders: { get: { operationId: listOrders, tags: [orders], responses: { "200": { $ref: "#/components/responses/Order" } } } }
  /full: { get: { operationId: readFull, tags: [full], responses: { "204": { description: nothing } } } }
components:
  responses:
    Pets: { description: Pets, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
    Order: { description: Orders, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
  schemas:
    Pet: { type: object, properties: { name: { type: string }, money: { $ref: "#/components/schemas/Money" } } }
    Order: { type: object, properties: { price: { $ref: "#/components/schemas/Money" } } }
    Money: { type: object, properties: { cents: { type: integer } } }
    Letter: { type: object, properties: { text: { type: string } } }
"##;

fn printed(settings: &str) -> Output {
    let files = Memory(vec![("shop.yaml".into(), DESCRIPTION.into())]);
    let mut config = Config::parse(settings).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    config.set_name("shop-features").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    generate(Path::new("shop.yaml"), &files, &config).output.unwrap()
}

#[test]
fn a_small_api_has_none_unless_asked() {
    assert!(!printed("").files["Cargo.toml"].contains("full"));
    assert!(!printed("tag_features = 'never'").files["Cargo.toml"].contains("full"));
    assert!(Config::parse("tag_features = 'perhaps'").is_err());
}

#[test]
fn types_stand_behind_exactly_the_groups_that_need_them() {
    let output = printed("tag_features = 'always'");
    let models: String = output.files["src/models.rs"].split_whitespace().collect();
    for line in [
        "#[cfg(feature=\"pets\")]pubusepets::Pet;",
        "#[cfg(any(feature=\"pets\",feature=\"orders\"))]pubusepets_and_orders::Money;",
        "#[cfg(feature=\"unreached\")]pubuseunreached::Letter;",
        "modaddress;",
    ] {
        assert!(models.contains(line), "{line} in {models}");
    }
    // A group that is called like the feature of all groups.
    assert!(output.files["Cargo.toml"].contains("\n    \"full-calls\",\n"));
}

#[test]
fn each_feature_alone_compiles_without_a_warning() {
    let output = printed("tag_features = 'always'");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/features");
    for (path, text) in &output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(folder.join("Cargo.toml"), format!("{}\n[workspace]\n", output.files["Cargo.toml"])).unwrap();
    for features in ["", "pets", "orders", "unreached", "pets,full-calls", "full"] {
        let mut check = Command::new(env!("CARGO"));
        check.args(["check", "--all-targets", "--no-default-features", "--features", features]);
        check.current_dir(&folder).env("RUSTFLAGS", "-D warnings");
        check.env("CARGO_TARGET_DIR", folder.join("../corpus/target"));
        let done = check.output().unwrap();
        assert!(done.status.success(), "{features}: {}", String::from_utf8_lossy(&done.stderr));
    }
}
