//! Generated crates compile without a warning in each edition, with a bundled runtime and with any names of types,
//! groups and operations.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Names of the preludes of all editions, and keywords of some editions.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "Self",
    "bool",
    "str",
    "i64",
    "std",
    "core",
    "alloc",
    "crate",
    "runtime",
    "models",
    "gen",
    "async",
    "dyn",
    "try",
    "drop",
    "vec",
    "serde",
];

/// A description with each word as a schema, a property, a listed value, a group, an operation and a parameter.
fn description() -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Words, version: '1'}\npaths:\n".to_owned();
    for word in PRELUDE {
        let content = format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{word}'}}}}}}");
        let responses = format!("{{'200': {{description: x, content: {content}}}, '400': {{description: x}}}}");
        let parameter = format!("{{name: {word}, in: query, schema: {{$ref: '#/components/schemas/{word}Kind'}}}}");
        writeln!(
            text,
            "  /{word}: {{post: {{operationId: {word}, tags: [{word}], parameters: [{parameter}], requestBody: {{content: {content}}}, \
             responses: {responses}}}}}"
        )
        .unwrap();
    }
    text.push_str("components:\n  schemas:\n");
    for (word, next) in PRELUDE.iter().zip(PRELUDE.iter().cycle().skip(1)) {
        writeln!(text, "    {word}: {{type: object, required: [{next}], properties: {{{word}: {{type: string}}, {next}: {{type: array, items: {{$ref: '#/components/schemas/{next}'}}}}}}}}").unwrap();
        writeln!(text, "    {word}Kind: {{type: string, enum: [{word}, {next}]}}").unwrap();
    }
    text
}

#[test]
fn compiles_in_every_edition_without_warnings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/editions");
    for edition in ["2021", "2024"] {
        let files = Memory(vec![("words.yaml".into(), description().into())]);
        let config =
            Config::parse(&format!("name = 'words'\nedition = '{edition}'\nclosed_enums = ['VecKind']")).unwrap();
        let output = generate(Path::new("words.yaml"), &files, &config).output.unwrap();
        let folder = root.join(edition);
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &output.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let manifest = format!("{}\n[workspace]\n", output.files["Cargo.toml"]);
        assert!(manifest.contains(&format!("\nedition = \"{edition}\"\n")));
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let mut check = Command::new(env!("CARGO"));
        check.args(["check", "--all-targets", "--features", "blocking,metrics,gzip,test-util"]).current_dir(&folder);
        check.env("RUSTFLAGS", "-D warnings").env("CARGO_TARGET_DIR", root.join("../corpus/target"));
        let done = check.output().unwrap();
        assert!(done.status.success(), "{edition}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn rejects_other_editions() {
    let error = Config::parse("edition = '2018'").unwrap_err().to_string();
    assert!(error.contains("`2021`") && error.contains("`2024`"), "{error}");
}
