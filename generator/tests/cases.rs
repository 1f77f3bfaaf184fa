//! Every directory under `cases/` is a test: a description with its diagnostics, its generated code, values that its
//! types must decode and encode unchanged (`instances.json`), and code that uses the types (`checks.rs`, with `pub fn
//! check()`).
//!
//! `UPDATE_EXPECT=1 cargo test -p clientsmith --test cases` writes the current results. `CASES=enums-` limits the run
//! to the cases with this part in their names.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "cases/driver.rs"]
mod driver;

use clientsmith::diagnostic::render;
use clientsmith::files::Disk;
use clientsmith::output::Output;
use clientsmith::{Config, generate};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    /// `topic-case`
    name: String,
    folder: PathBuf,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found = Vec::new();
    for topic in folders(&root) {
        for folder in folders(&topic) {
            let word = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            found.push(Case { name: format!("{}-{}", word(&topic), word(&folder)), folder });
        }
    }
    if let Ok(words) = std::env::var("CASES") {
        found.retain(|case| case.name.contains(&words));
    }
    assert!(!found.is_empty());
    found
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The diagnostics in lines, and the generated crate.
fn run(case: &Case) -> (String, Option<Output>) {
    let settings = case.folder.join("clientsmith.toml");
    let mut config = Config::default();
    if settings.is_file() {
        config = Config::read(&settings, &Disk).unwrap();
    }
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    config.set_name(&case.name).unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    let generated = generate(&case.folder.join("openapi.yaml"), &Disk, &config);
    let diagnostics = render::short(&generated.diagnostics.list, &generated.sources);
    (diagnostics.replace(&format!("{}/", case.folder.display()), ""), generated.output)
}

/// The files for the review: types and methods, and the client for cases about it.
fn shown(case: &Case, output: Option<&Output>) -> BTreeMap<String, String> {
    let files = output.into_iter().flat_map(|output| &output.files);
    let shown = files.filter(|(path, text)| {
        let calls = path.starts_with("src/api/") && text.contains("pub fn ");
        let client = case.name.starts_with("security-") || case.name.ends_with("client_headers");
        let client = client && path.as_str() == "src/client.rs";
        let answers = path.as_str() == "src/testing.rs" && text.contains("pub fn ");
        let models = path.starts_with("src/models") && ["pub ", "impl "].iter().any(|word| text.contains(word));
        calls || client || answers || models || path.as_str() == "src/xml.rs"
    });
    shown.map(|(path, text)| (path.clone(), text.clone())).collect()
}

fn goldens(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.join("src")];
    while let Some(next) = open.pop().filter(|next| next.is_dir()) {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// Writes the current results.
fn update(case: &Case, diagnostics: &str, now: &BTreeMap<String, String>) {
    fs::write(case.folder.join("diagnostics.txt"), diagnostics).unwrap();
    let _ = fs::remove_dir_all(case.folder.join("src"));
    for (path, text) in now {
        let path = case.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn difference(name: &str, before: &str, now: &str) -> String {
    let texts = similar::TextDiff::from_lines(before, now);
    texts.unified_diff().context_radius(3).header(name, "now").to_string()
}

#[test]
fn cases_match_their_expected_files() {
    let mut wrong = String::new();
    for case in cases() {
        let (diagnostics, output) = run(&case);
        let now = shown(&case, output.as_ref());
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            update(&case, &diagnostics, &now);
            continue;
        }
        let mut before = goldens(&case.folder);
        let mut now = now;
        before.insert(
            "diagnostics.txt".to_owned(),
            fs::read_to_string(case.folder.join("diagnostics.txt")).unwrap_or_default(),
        );
        now.insert("diagnostics.txt".to_owned(), diagnostics);
        let paths: std::collections::BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        for path in paths {
            let text = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
            let (before, now) = (text(&before), text(&now));
            if before != now {
                wrong.push_str(&difference(&format!("{}/{path}", case.name), &before, &now));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 takes these over");
}

/// `versions/` has one API in several versions of the standard.
#[test]
fn output_is_equal_for_every_openapi_version() {
    let mut texts: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for case in cases().into_iter().filter(|case| case.name.starts_with("versions-")) {
        let (diagnostics, output) = run(&case);
        assert_eq!(diagnostics, "", "{}", case.name);
        let neutral = |text: String| text.replace("#/definitions/", "#/components/schemas/");
        let files = shown(&case, output.as_ref()).into_iter().map(|(path, text)| (path, neutral(text)));
        texts.push((case.name, files.collect()));
    }
    assert!(texts.len() > 2);
    for pair in texts.windows(2) {
        if let [(one, before), (other, now)] = pair {
            for (path, text) in before {
                let now = now.get(path).map_or("", String::as_str);
                assert!(text == now, "{one} and {other}\n{}", difference(path, text, now));
            }
            assert_eq!(before.len(), now.len());
        }
    }
}

/// All crates are in one workspace and share their dependencies. One program decodes all values.
#[test]
fn cases_compile_and_round_trip_their_values() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/cases");
    let _ = fs::remove_dir_all(workspace.join("crates"));
    let mut members = Vec::new();
    let (mut values, mut checks) = (Vec::new(), Vec::new());
    for case in cases() {
        let (_, Some(output)) = run(&case) else { continue };
        for (path, text) in &output.files {
            let path = workspace.join("crates").join(&case.name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let instances = case.folder.join("instances.json");
        if instances.is_file() {
            let text = fs::read_to_string(&instances).unwrap();
            values.push((case.name.clone(), serde_json::from_str(&text).unwrap()));
        }
        let code = case.folder.join("checks.rs");
        if code.is_file() {
            checks.push((case.name.clone(), code));
        }
        members.push(case.name);
    }
    let output = driver::drive(&workspace, &members, &values, &checks);
    println!("{output}");
}
