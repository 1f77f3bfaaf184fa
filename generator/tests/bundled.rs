//! A bundled runtime has only the modules that its crate uses. Crates of one operation compile without a warning, with any
//! features.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use clientsmith::files::Memory;
use clientsmith::output::Output;
use clientsmith::{Config, generate};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The number of files of the crate `plain`, with `Cargo.toml` and its README. It only shrinks.
const MAX_FILES: usize = 59;

const PET: &str = "{type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}";

/// Each kind of crate: its name, its operation at `/pets`, and its security schemes.
fn kinds() -> Vec<(&'static str, String, &'static str)> {
    let response = |media: &str, schema: &str| {
        format!("responses: {{'200': {{description: x, content: {{{media}: {{schema: {schema}}}}}}}}}")
    };
    let json = response("application/json", PET);
    let body =
        |media: &str, schema: &str| format!("requestBody: {{content: {{{media}: {{schema: {schema}}}}}}}, {json}");
    let typed = "{type: object, properties: {kind: {type: string, enum: [a, b]}, at: {type: string, format: date-time}, \
                 row: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}, \
                 either: {oneOf: [{type: string}, {type: array, items: {type: boolean}}]}}}";
    let page = "parameters: [{name: cursor, in: query, schema: {type: string}}], ";
    let pages = format!(
        "{{type: object, properties: {{next_cursor: {{type: string}}, items: {{type: array, items: {PET}}}}}}}"
    );
    let upload = "{type: object, properties: {title: {type: string}, file: {type: string, format: binary}}}";
    let bearer = "key: {type: http, scheme: bearer}";
    let oauth = "key: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://pets.example/token', scopes: {}}}}";
    vec![
        ("plain", format!("get: {{operationId: getPet, {json}}}"), bearer),
        ("oauth", format!("get: {{operationId: getPet, {json}}}"), oauth),
        ("typed", format!("get: {{operationId: getPet, {}}}", response("application/json", typed)), bearer),
        ("paging", format!("get: {{operationId: listPets, {page}{}}}", response("application/json", &pages)), bearer),
        ("upload", format!("post: {{operationId: addPet, {}}}", body("multipart/form-data", upload)), bearer),
        ("parts", format!("get: {{operationId: getParts, {}}}", response("multipart/mixed", PET)), bearer),
        ("events", format!("get: {{operationId: watchPets, {}}}", response("text/event-stream", PET)), bearer),
        ("xml", format!("post: {{operationId: addPet, {}}}", body("application/xml", PET)), bearer),
        (
            "bytes",
            format!(
                "post: {{operationId: convert, requestBody: {{content: {{image/png: {{}}}}}}, {}}}",
                response("image/png", "{type: string, format: binary}")
            ),
            bearer,
        ),
    ]
}

fn generated(name: &str, operation: &str, scheme: &str) -> Output {
    let description = format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\nservers: [{{url: 'https://pets.example'}}]\nsecurity: [{{key: []}}]\n\
         paths:\n  /pets: {{{operation}}}\ncomponents: {{securitySchemes: {{{scheme}}}}}\n"
    );
    let files = Memory(vec![("pets.yaml".into(), description.into())]);
    let config = Config::parse(&format!("name = '{name}-pets'")).unwrap();
    let done = generate(Path::new("pets.yaml"), &files, &config);
    done.output.unwrap()
}

fn crates() -> BTreeMap<&'static str, Output> {
    kinds().into_iter().map(|(name, operation, scheme)| (name, generated(name, &operation, scheme))).collect()
}

#[test]
fn crate_has_only_the_modules_that_it_uses() {
    let crates = crates();
    // A small module is in the file of the module around it.
    let has = |name: &str, module: &str| {
        let files = &crates.get(name).unwrap().files;
        let (around, inner) = module.rsplit_once('/').unwrap_or(("", module));
        let is_inside = |text: &String| text.lines().any(|line| line.ends_with(&format!("mod {inner} {{")));
        files.contains_key(&format!("src/runtime/{module}.rs"))
            || files.get(&format!("src/runtime/{around}.rs")).is_some_and(is_inside)
    };
    for (module, users) in [
        ("auth/oauth", &["oauth"][..]),
        ("paging", &["paging"]),
        ("body/multipart", &["upload", "parts"]),
        ("body/file", &["upload", "parts"]),
        ("events", &["events"]),
        ("body/xml", &["xml"]),
        ("values/time", &["typed"]),
        ("values/open_enum", &["typed"]),
        ("codec/union", &["typed"]),
        ("codec/row", &["typed"]),
    ] {
        for name in crates.keys() {
            assert_eq!(has(name, module), users.contains(name), "{module} in the crate {name}");
        }
    }
    let count = crates.get("plain").unwrap().files.len();
    assert!(count <= MAX_FILES, "{count} files");
    assert!(count + 5 > MAX_FILES, "only {count} files: lower MAX_FILES");
}

#[test]
fn crates_of_one_operation_compile_with_any_features() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bundled");
    let _ = fs::remove_dir_all(&root);
    let crates = crates();
    for (name, output) in &crates {
        for (path, text) in &output.files {
            let path = root.join(name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let members: Vec<String> = crates.keys().map(|name| format!("{name:?}")).collect();
    fs::write(root.join("Cargo.toml"), format!("[workspace]\nresolver = \"2\"\nmembers = [{}]\n", members.join(", ")))
        .unwrap();
    let all = ["check", "--workspace", "--all-targets", "--features", "blocking,metrics,gzip,brotli,test-util"];
    let docs = ["doc", "--no-deps", "-p", "plain-pets", "-p", "oauth-pets"];
    for arguments in [&all[..], &["check", "--workspace", "--no-default-features"], &docs] {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&root).env("CARGO_TARGET_DIR", root.join("../corpus/target"));
        let done = cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings").output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}
