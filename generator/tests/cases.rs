//! Every directory `cases/TOPIC/CASE` is a test with the name `TOPIC::CASE`: a description with its diagnostics and its
//! generated code. Values that its types must decode and encode unchanged (`instances.json`), and code that uses the
//! types (`checks.rs`, with `pub fn check()`), are run for all cases together, in one workspace.
//!
//! `cargo test -p clientsmith --test cases unions::closed` compares one case and compiles nothing. `CASES=unions::` limits
//! all tests, the workspace too, to the cases with this part in `TOPIC::CASE` or `TOPIC-CASE`. `UPDATE_EXPECT=1` writes
//! the current results.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "cases/driver.rs"]
mod driver;

use clientsmith::diagnostic::render;
use clientsmith::files::Disk;
use clientsmith::output::Output;
use clientsmith::{Config, generate};
use driver::Workspace;
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

/// The directories of a case with generated files.
const GENERATED: [&str; 2] = ["src", "examples"];

struct Case {
    /// `topic-case`, the name of the generated crate.
    name: String,
    /// `topic::case`, the name of the test.
    test: String,
    folder: PathBuf,
    result: OnceLock<Generated>,
}

struct Generated {
    /// The diagnostics in the one-line form.
    diagnostics: String,
    output: Option<Output>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = Arc::new(cases());
    let mut trials = Vec::new();
    for index in 0..cases.len() {
        let (own, name) = (Arc::clone(&cases), cases.get(index).unwrap().test.clone());
        trials.push(Trial::test(name, move || compare(own.get(index).unwrap())));
    }
    // None of these names has the name of a case as a part: a filter for one case does not compile all.
    let versions = Arc::clone(&cases);
    trials.push(Trial::test("workspace::versions_generate_equal_code", move || equal_versions(&versions)));
    let workspace = Arc::new(OnceLock::new());
    for (name, run) in [
        ("workspace::crates_compile", Workspace::check as fn(&Workspace) -> Result<(), String>),
        ("workspace::values_survive_a_round_trip", Workspace::run),
    ] {
        let (cases, workspace) = (Arc::clone(&cases), Arc::clone(&workspace));
        trials.push(Trial::test(name, move || Ok(run(workspace.get_or_init(|| write_workspace(&cases)))?)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let selected = std::env::var("CASES").unwrap_or_default();
    let mut found = Vec::new();
    for topic in folders(&root) {
        for folder in folders(&topic) {
            let word = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            let (topic, case) = (word(&topic), word(&folder));
            let (name, test) = (format!("{topic}-{case}"), format!("{topic}::{case}"));
            if name.contains(&selected) || test.contains(&selected) {
                found.push(Case { name, test, folder, result: OnceLock::new() });
            }
        }
    }
    assert!(!found.is_empty(), "CASES selects no case");
    found
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

impl Case {
    fn generated(&self) -> &Generated {
        self.result.get_or_init(|| {
            let settings = self.folder.join("clientsmith.toml");
            let mut config = Config::default();
            if settings.is_file() {
                config = Config::read(&settings, &Disk).unwrap();
            }
            let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
            config.set_name(&self.name).unwrap();
            config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
            let generated = generate(&self.folder.join("openapi.yaml"), &Disk, &config);
            let diagnostics = render::short(&generated.diagnostics.list, &generated.sources);
            let diagnostics = diagnostics.replace(&format!("{}/", self.folder.display()), "");
            Generated { diagnostics, output: generated.output }
        })
    }

    /// The generated files that are reviewed: types, methods, sample responses, and the client in cases about it.
    fn reviewed(&self) -> BTreeMap<String, String> {
        let files = self.generated().output.iter().flat_map(|output| &output.files);
        let reviewed = files.filter(|(path, text)| {
            let calls = path.starts_with("src/api/") && text.contains("pub fn ");
            let client = self.name.starts_with("security-") || self.name.ends_with("client_headers");
            let client = client && path.as_str() == "src/client.rs";
            let testing = path.starts_with("src/testing/");
            let models =
                path.starts_with("src/models") && ["pub ", "impl ", "object!("].iter().any(|word| text.contains(word));
            // The documentation of the root, and the programs, of the cases about them.
            let shown = ["docs-examples", "docs-overview", "docs-programs", "versions-"]
                .iter()
                .any(|start| self.name.starts_with(start));
            let shown =
                shown && (["src/lib.rs", "src/testing.rs"].contains(&path.as_str()) || path.starts_with("examples/"));
            shown || calls || client || testing || models || ["src/webhooks.rs", "src/xml.rs"].contains(&path.as_str())
        });
        reviewed.map(|(path, text)| (path.clone(), text.clone())).collect()
    }

    /// The expected files in `src/` and `examples/`.
    fn expected(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut open: Vec<PathBuf> = GENERATED.iter().map(|name| self.folder.join(name)).collect();
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&self.folder).unwrap().to_str().unwrap().replace('\\', "/");
                    found.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        found
    }

    fn update(&self) {
        fs::write(self.folder.join("diagnostics.txt"), &self.generated().diagnostics).unwrap();
        for name in GENERATED {
            let _ = fs::remove_dir_all(self.folder.join(name));
        }
        for (path, text) in self.reviewed() {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

fn difference(name: &str, before: &str, now: &str) -> String {
    let texts = similar::TextDiff::from_lines(before, now);
    texts.unified_diff().context_radius(3).header(name, "now").to_string()
}

/// Compares the results of a case with its expected files, or writes them.
fn compare(case: &Case) -> Result<(), Failed> {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        case.update();
        return Ok(());
    }
    let (mut before, mut now) = (case.expected(), case.reviewed());
    let diagnostics = fs::read_to_string(case.folder.join("diagnostics.txt")).unwrap_or_default();
    before.insert("diagnostics.txt".to_owned(), diagnostics);
    now.insert("diagnostics.txt".to_owned(), case.generated().diagnostics.clone());
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let mut wrong = String::new();
    for path in paths {
        let text = |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
        let (before, now) = (text(&before), text(&now));
        if before != now {
            wrong.push_str(&difference(&format!("{}/{path}", case.test), &before, &now));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong}\nUPDATE_EXPECT=1 writes these results").into()) }
}

/// `versions/` has one API in several versions of the standard.
fn equal_versions(cases: &[Case]) -> Result<(), Failed> {
    let versions: Vec<&Case> = cases.iter().filter(|case| case.name.starts_with("versions-")).collect();
    let files = |case: &Case| -> BTreeMap<String, String> {
        let neutral = |text: String| {
            let name = case.name.replace('-', "_");
            let text = text.replace("#/definitions/", "#/components/schemas/");
            text.replace(&name, "versions").replace(&case.name, "versions")
        };
        case.reviewed().into_iter().map(|(path, text)| (path, neutral(text))).collect()
    };
    for pair in versions.windows(2) {
        let [one, other] = pair else { continue };
        let (before, now) = (files(one), files(other));
        for (path, text) in &before {
            let now = now.get(path).map_or("", String::as_str);
            if text != now {
                return Err(format!("{} and {}\n{}", one.test, other.test, difference(path, text, now)).into());
            }
        }
        assert_eq!(before.len(), now.len(), "{} and {}", one.test, other.test);
    }
    assert!(versions.len() > 2 || std::env::var_os("CASES").is_some());
    assert!(versions.iter().all(|case| case.generated().diagnostics.is_empty()));
    Ok(())
}

/// Writes the crates of all cases into one workspace.
fn write_workspace(cases: &[Case]) -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/cases");
    let _ = fs::remove_dir_all(root.join("crates"));
    let (mut members, mut values, mut checks) = (Vec::new(), Vec::new(), Vec::new());
    for case in cases {
        let Some(output) = &case.generated().output else { continue };
        for (path, text) in &output.files {
            let path = root.join("crates").join(&case.name).join(path);
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
        members.push(case.name.clone());
    }
    Workspace::write(root, &members, &values, &checks)
}
