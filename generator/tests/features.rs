//! Groups of operations as cargo features. Each feature alone has exactly the types that it needs, and compiles without
//! a warning.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use clientsmith::diagnostic::Code;
use clientsmith::files::Memory;
use clientsmith::output::Output;
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
webhooks:
  letter: { post: { requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Letter" } } } }, responses: { "204": { description: nothing } } } }
components:
  responses:
    Pets: { description: Pets, content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } }
    Order: { description: Orders, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
  schemas:
    Pet: { type: object, properties: { name: { type: string }, money: { $ref: "#/components/schemas/Money" } } }
    Order: { type: object, properties: { price: { $ref: "#/components/schemas/Money" } } }
    Money: { type: object, properties: { cents: { type: integer } } }
    Letter: { type: object, properties: { text: { type: string }, postage: { $ref: "#/components/schemas/Money" } } }
    Stamp: { type: object, properties: { price: { $ref: "#/components/schemas/Money" } } }
"##;

fn generate_with(settings: &str) -> Output {
    let files = Memory(vec![("shop.yaml".into(), DESCRIPTION.into())]);
    let mut config = Config::parse(settings).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    config.set_name("shop-features").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    generate(Path::new("shop.yaml"), &files, &config).output.unwrap()
}

#[test]
fn small_api_has_no_features_by_default() {
    assert!(!generate_with("").files["Cargo.toml"].contains("full"));
    assert!(!generate_with("tag_features = 'never'").files["Cargo.toml"].contains("full"));
    assert!(Config::parse("tag_features = 'perhaps'").is_err());
}

#[test]
fn types_have_the_features_of_the_groups_that_use_them() {
    let output = generate_with("tag_features = 'always'");
    let models: String = output.files["src/models.rs"].split_whitespace().collect();
    for (line, name) in [
        ("#[cfg(feature=\"pets\")]pubusepets::*;", "Pet"),
        (
            "#[cfg(any(feature=\"pets\",feature=\"orders\",feature=\"webhooks\",feature=\"unused\"))]\
             pubuseshared_money::*;",
            "Money",
        ),
        ("#[cfg(feature=\"webhooks\")]pubusewebhooks::*;", "Letter"),
        ("#[cfg(feature=\"unused\")]pubuseunused::*;", "Stamp"),
    ] {
        assert!(models.contains(line), "{line} in {models}");
        let file = line.rsplit("pubuse").next().unwrap().trim_end_matches("::*;");
        let text = &output.files[format!("src/models/{file}.rs").as_str()];
        assert!(text.contains(&format!("pub struct {name} {{")), "{name} in {text}");
    }
    assert!(models.contains("modaddress;"), "{models}");
    // A group with the name of the feature for all groups.
    assert!(output.files["Cargo.toml"].contains("\n    \"full-calls\",\n"));
}

/// The files of types of an API with groups that share a schema, which has more properties, beside more schemas.
fn shared(groups: &[&str], more_properties: &str, more_schemas: &str) -> Vec<String> {
    let mut text = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n".to_owned();
    for group in groups {
        let schema = "{$ref: '#/components/schemas/Order'}";
        text.push_str(&format!(
            "  /{group}: {{get: {{operationId: list_{group}, tags: [{group}], responses: {{'200': {{description: x, content: \
             {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
        ));
    }
    text.push_str(&format!(
        "components:\n  schemas:\n    Money: {{type: object, properties: {{cents: {{type: integer}}}}}}\n    Order: {{type: object, \
         properties: {{price: {{$ref: '#/components/schemas/Money'}}{more_properties}}}}}\n{more_schemas}"
    ));
    let config = Config::parse("tag_features = 'always'").unwrap();
    let output = generate(Path::new("shop.yaml"), &Memory(vec![("shop.yaml".into(), text.into())]), &config).output;
    output.unwrap().files.into_keys().filter(|path| path.starts_with("src/models")).collect()
}

#[test]
fn files_of_shared_types_have_the_stable_name_of_a_type() {
    let groups = ["pets", "orders", "toys"];
    let files = shared(&groups, "", "");
    let expected =
        ["src/models.rs", "src/models/shared_order.rs", "src/models/codec.rs", "src/models/codec/shared_order.rs"];
    assert_eq!(files, expected);
    // The number of groups has no influence.
    assert_eq!(shared(&groups[..2], "", ""), files);
    assert_eq!(shared(&["a", "pets", "orders", "toys"], "", ""), files);
    // A schema before the others, which all groups reach through the same type.
    let added = ", attachment: {$ref: '#/components/schemas/Attachment'}";
    assert_eq!(shared(&groups, added, "    Attachment: {type: object, properties: {url: {type: string}}}\n"), files);
    // Types of one group, or of none, are in their own files.
    let mut more = shared(&groups, "", "    Aardvark: {type: object, properties: {url: {type: string}}}\n");
    more.retain(|file| !file.contains("unused"));
    assert_eq!(more, files);
}

#[test]
fn types_of_several_groups_without_features_have_a_file() {
    let mut text = DESCRIPTION.to_owned();
    for number in 0..40 {
        text.push_str(&format!("    More{number}: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n"));
    }
    let files = Memory(vec![("shop.yaml".into(), text.into())]);
    let output = generate(Path::new("shop.yaml"), &files, &Config::default()).output.unwrap();
    for (file, name) in
        [("pets", "Pet"), ("orders", "Order"), ("shared", "Money"), ("webhooks", "Letter"), ("unused", "Stamp")]
    {
        let text = &output.files[format!("src/models/{file}.rs").as_str()];
        assert!(text.contains(&format!("pub struct {name} {{")), "{name} in {text}");
    }
}

#[test]
fn long_files_of_types_are_split_by_the_words_of_their_names() {
    let mut text = DESCRIPTION.to_owned();
    for (animal, first) in [("Cat", 0), ("CatToy", 100), ("Dog", 200)] {
        for number in first..first + 60 {
            text.push_str(&format!("    {animal}N{number}:\n      type: object\n      properties:\n"));
            for property in 0..10 {
                text.push_str(&format!("        p{property}: {{type: string}}\n"));
            }
        }
    }
    let files = Memory(vec![("shop.yaml".into(), text.into())]);
    let output = generate(Path::new("shop.yaml"), &files, &Config::parse("").unwrap()).output.unwrap();
    let models = |path: &&String| path.starts_with("src/models/") && !path.contains("codec");
    let names: Vec<&String> = output.files.keys().filter(models).collect();
    assert!(names.contains(&&"src/models/unused_dog.rs".to_owned()), "{names:?}");
    assert!(names.contains(&&"src/models/unused_cat.rs".to_owned()), "{names:?}");
    for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(text.lines().count() < 5000, "{path}");
    }
}

#[test]
fn each_feature_alone_compiles_without_warnings() {
    let output = generate_with("tag_features = 'always'");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/features");
    compile(&output, &folder, &["", "pets", "orders", "webhooks", "unused", "pets,full-calls", "full"]);
}

/// The programs in the documentation of the root are tests with the features that they need, and no link names an item that
/// is not there.
#[test]
fn documentation_of_the_root_has_no_broken_links_and_programs_that_compile() {
    let output = generate_with("tag_features = 'always'");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/root-docs");
    write(&output, &folder);
    for (features, result, count) in
        [("", " ... ignored", 3), ("orders", " ... ignored", 3), ("pets,orders,webhooks", " - compile ... ok", 4)]
    {
        cargo(&["doc", "--no-deps"], features, &folder);
        let tests = cargo(&["test", "--doc"], features, &folder);
        let lines: Vec<&str> = tests.lines().filter(|line| line.starts_with("test src/lib.rs - ")).collect();
        // A first call, an error and a webhook. A program that builds a client needs no feature.
        let with_result = lines.iter().filter(|line| line.ends_with(result)).count();
        assert_eq!((lines.len(), with_result), (4, count), "{features}: {tests}");
    }
}

/// The description of the case `docs/programs`, which has every kind of operation.
#[test]
fn programs_in_the_documentation_of_the_root_compile() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/root-programs");
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/docs/programs/openapi.yaml");
    let mut config = Config::default();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    config.set_name("shop-programs").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    write(&generate(&case, &clientsmith::files::Disk, &config).output.unwrap(), &folder);
    cargo(&["doc", "--no-deps"], "", &folder);
    let tests = cargo(&["test", "--doc"], "", &folder);
    let programs = tests.lines().filter(|line| line.starts_with("test src/lib.rs - "));
    let compiled = programs.filter(|line| line.ends_with(" - compile ... ok")).count();
    // A first call, a client, a body, a paginated list, a stream and an error.
    assert_eq!(compiled, 6, "{tests}");
    fs::create_dir_all(folder.join("tests")).unwrap();
    fs::write(folder.join("tests/mock.rs"), MOCK_TEST).unwrap();
    cargo(&["test", "--test", "mock"], "test-util", &folder);
}

/// The pages of a list with the header `Link`, as the documentation of `testing` shows them.
#[test]
fn pages_of_a_mock_server_have_links() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/link-pages");
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/docs/programs_with_links/openapi.yaml");
    let mut config = Config::default();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    config.set_name("link-pages").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    let output = generate(&case, &clientsmith::files::Disk, &config).output.unwrap();
    write(&output, &folder);
    let docs = fs::read_to_string(folder.join("src/testing.rs")).unwrap().replace("\n//! ", " ");
    let rule = docs
        .split('`')
        .find(|code| code.starts_with("server.on(api::issues::ListIssues).reply(first.header("))
        .unwrap();
    fs::create_dir_all(folder.join("tests")).unwrap();
    fs::write(folder.join("tests/links.rs"), LINK_TEST.replace("RULE", rule)).unwrap();
    cargo(&["test", "--test", "links"], "test-util", &folder);
}

/// A test with the rule of the documentation.
const LINK_TEST: &str = r#"
use link_pages::Client;
use link_pages::api;
use link_pages::testing::{MockServer, Reply};

#[tokio::test]
async fn second_page() {
    let server = MockServer::new();
    let client = Client::builder().base_url("https://mock.example").transport(server.clone()).build().unwrap();
    let [first, second] = ["a", "b"].map(|name| Reply::json(200, &vec![name.to_owned()]));
    RULE;
    let (mut issues, mut names) = (client.issues().list_issues("repo").items(), Vec::new());
    while let Some(issue) = issues.next().await {
        names.push(issue.unwrap());
    }
    assert_eq!(names, ["a", "b"]);
    assert_eq!(server.requests_of(api::issues::ListIssues)[1].query("page"), ["2"]);
}
"#;

/// A test with the mock server, as `docs/testing.md` has it.
const MOCK_TEST: &str = r#"
use shop_programs::api::pets::{AddPet, ListPets};
use shop_programs::testing::{Fault, MockServer, Reply};
use shop_programs::{Client, models};

#[tokio::test]
async fn replies_by_the_types_of_operations() {
    let server = MockServer::new();
    let client = Client::builder().base_url("https://mock.example").transport(server.clone()).build().unwrap();
    let rex = models::Pet::new("Rex");
    server.on(AddPet).reply(Fault::Connect).reply(Reply::json(201, &rex));
    assert_eq!(client.pets().add_pet(&rex).repeatable(true).await.unwrap().into_inner(), rex);
    assert_eq!(server.requests_of(AddPet).len(), 2);
    server
        .on(ListPets)
        .reply(Reply::json(200, &models::ListPetsResponse::new(vec![rex]).with_next_cursor("2")))
        .reply(Reply::json(200, &models::ListPetsResponse::new(vec![models::Pet::new("Kit")])));
    let (mut pets, mut names) = (client.pets().list_pets().items(), Vec::new());
    while let Some(pet) = pets.next().await {
        names.push(pet.unwrap().name);
    }
    assert_eq!(names, ["Rex", "Kit"]);
    assert_eq!(server.requests_of(ListPets)[1].query("cursor"), ["2"]);
}
"#;

/// Compiles with each list of features.
fn compile(output: &Output, folder: &Path, lists: &[&str]) {
    write(output, folder);
    for features in lists {
        cargo(&["check", "--all-targets"], features, folder);
    }
}

fn write(output: &Output, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    for (path, text) in &output.files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(folder.join("Cargo.toml"), format!("{}\n[workspace]\n", output.files["Cargo.toml"])).unwrap();
}

/// Runs cargo in a generated crate with these features only. Warnings are errors. Returns the standard output.
fn cargo(arguments: &[&str], features: &str, folder: &Path) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args(["--no-default-features", "--features", features]).current_dir(folder);
    cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
    cargo.env("CARGO_TARGET_DIR", folder.join("../corpus/target"));
    let done = cargo.output().unwrap();
    assert!(done.status.success(), "{arguments:?} {features}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The description of the case `settings/preview_feature`, with operations in preview of every kind.
#[test]
fn preview_operations_need_their_feature() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/settings/preview_feature/openapi.yaml");
    for (tags, lists) in [
        ("never", &["", "preview"][..]),
        ("always", &["", "pets", "labs", "preview", "labs,preview", "pets,preview", "full,preview"]),
    ] {
        let settings = format!(
            "tag_features = '{tags}'\npreview = ['feedPets']\npreview_feature = 'preview'\nname = 'pets-preview'"
        );
        let mut config = Config::parse(&settings).unwrap();
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let output = generate(&case, &clientsmith::files::Disk, &config).output.unwrap();
        let manifest = &output.files["Cargo.toml"];
        assert!(manifest.contains("\npreview = []\n"), "{manifest}");
        let mut on = manifest.lines().filter(|line| line.starts_with("default = ") || line.starts_with("    \""));
        assert!(!on.any(|line| line.contains("preview")), "{manifest}");
        let models: String = output.files["src/models.rs"].split_whitespace().collect();
        let (food, pet) = match tags {
            "never" => ("#[cfg(feature=\"preview\")]pubusepets_preview::*;", "pubusepets::*;"),
            _ => (
                "#[cfg(all(feature=\"pets\",feature=\"preview\"))]pubusepets_preview::*;",
                "#[cfg(any(feature=\"pets\",all(feature=\"labs\",feature=\"preview\")))]pubuseshared_pet::*;",
            ),
        };
        assert!(models.contains(food) && models.contains(pet), "{models}");
        compile(&output, &target.join(format!("preview-{tags}")), lists);
    }
    for (feature, code) in
        [("preview", Code::SettingNoMatch), ("blocking", Code::SettingInvalid), ("webhooks", Code::SettingInvalid)]
    {
        let files = Memory(vec![("shop.yaml".into(), DESCRIPTION.into())]);
        let config = Config::parse(&format!("preview_feature = '{feature}'")).unwrap();
        let found = generate(Path::new("shop.yaml"), &files, &config).diagnostics.list;
        assert!(found.iter().any(|one| one.code == code), "{found:?}");
    }
}

/// A group of 72 operations with documented errors, and a type with 600 optional fields, that is sent and received.
fn long_description() -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Long, version: '1'}\npaths:\n".to_owned();
    for number in 0..72 {
        let word = ["cats", "models", "aux", "runtime"][number % 4];
        let (id, path) = (format!("{word}{number}"), format!("/parks/{{id}}/{word}/v{number}x"));
        text.push_str(&format!("  {path}:\n    post:\n      operationId: {id}\n      tags: [parks]\n"));
        text.push_str(if number % 4 == 0 { "      x-unstable: true\n" } else { "" });
        text.push_str("      parameters:\n        - {name: id, in: path, required: true, schema: {type: string}}\n");
        for query in 0..8 {
            text.push_str(&format!("        - {{name: q{query}, in: query, schema: {{type: string}}}}\n"));
        }
        let settings = "{application/json: {schema: {$ref: '#/components/schemas/Settings'}}}";
        let example = "{application/json: {schema: {$ref: '#/components/schemas/Problem'}, example: {why: not}}}";
        text.push_str(&format!("      requestBody: {{content: {settings}}}\n      responses:\n"));
        text.push_str(&format!("        '200': {{description: x, content: {settings}}}\n"));
        text.push_str(&format!(
            "        '404': {{description: x, content: {example}}}\n        '409': {{description: x}}\n"
        ));
    }
    text.push_str("components:\n  schemas:\n    Problem: {type: object, properties: {why: {type: string}}}\n");
    text.push_str(
        "    Settings:\n      type: object\n      required: [name]\n      properties:\n        name: {type: string}\n",
    );
    for number in 0..600_u16 {
        let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
        let schema = ["{type: [string, 'null']}", "{$ref: '#/components/schemas/Problem'}", "{type: boolean}"];
        text.push_str(&format!("        {letter}_property_{number}: {}\n", schema[usize::from(number % 3)]));
    }
    text
}

#[test]
fn long_files_are_split_by_paths_and_fields_and_compile() {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let types = ["setters_a_to_m.rs", "setters_n_to_z.rs"];
    for (name, groups, lists) in [
        ("tags", "groups = 'tag'\npreview_feature = 'preview'", &["", "preview,test-util"][..]),
        ("client", "groups = 'none'\npreview_feature = 'preview'", &["", "preview,test-util"]),
        ("path", "groups = 'path'", &["test-util"]),
    ] {
        let mut config = Config::parse(&format!("{groups}\nname = 'long-{name}'")).unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let files = Memory(vec![("long.yaml".into(), long_description().into())]);
        let output = generate(Path::new("long.yaml"), &files, &config).output.unwrap();
        let names: Vec<&String> = output.files.keys().filter(|path| path.starts_with("src/")).collect();
        let parts = names.iter().filter(|path| path.starts_with("src/api/") && path.matches('/').count() == 3);
        assert_eq!(parts.count(), 4, "{names:#?}");
        assert!(types.iter().all(|end| names.iter().any(|path| path.ends_with(end))), "{names:#?}");
        for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            assert!(text.lines().count() < 5000, "{path}");
        }
        compile(&output, &target.join(format!("long-{name}")), lists);
    }
}
