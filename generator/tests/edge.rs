//! Small descriptions of other tools' test suites, in the shared corpus beside a checkout. Valid descriptions are
//! generated and compile, invalid ones give diagnostics with a position, and hostile strings stay data.
//!
//! `edge.expect` has one line for each description, so that the review shows changes. `UPDATE_EXPECT=1 cargo test -p
//! clientsmith --test edge` writes it. `CLIENTSMITH_CORPUS_CHECK=all` compiles all valid descriptions.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use clientsmith::diagnostic::Severity;
use clientsmith::files::Disk;
use clientsmith::output::{Mode, write};
use clientsmith::{Config, Generated, generate};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Directories of valid and of invalid descriptions.
const VALID: [&str; 4] = ["/pass/", "/positive/", "/sanitize/", "/spec_validation/"];
/// Directories of descriptions with injection attempts.
const HOSTILE: [&str; 2] = ["/sanitize/", "/spec_validation/"];
const INVALID: [&str; 4] = ["/fail/", "/negative/", "/invalid/", "/documents_with_errors/"];

/// Every n-th valid description is compiled by default, and every one below this size in bytes.
const SAMPLE: usize = 8;
const SMALL: u64 = 600;

/// Every run tries descriptions below this size in bytes. `CLIENTSMITH_CORPUS=all` tries the others too.
const MEDIUM: u64 = 30_000;

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("SKIPPED: the shared corpus is not beside this checkout");
    None
}

/// Every description of the suites, without files that are only referred to.
fn descriptions(corpus: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(corpus.join("manifest.tsv")).unwrap();
    let rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let edge = rows.filter(|row| row[0].starts_with("edge/") && row[1] != "fragment");
    edge.map(|row| row[0].to_owned()).collect()
}

fn is_of(description: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| description.contains(folder))
}

fn run(corpus: &Path, description: &str, name: &str) -> Generated {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let mut config = Config::default();
    config.set_name(name).unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    generate(&corpus.join(description), &Disk, &config)
}

/// Figures of the generated crate, and the number of findings by code with a position.
fn outcome(description: &str, generated: &Generated) -> String {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for found in generated.diagnostics.list.iter().filter(|found| found.primary.is_some()) {
        *codes.entry(found.code.as_str()).or_default() += 1;
    }
    let codes: String = codes.iter().map(|(code, count)| format!(" {code}={count}")).collect();
    let Some(output) = &generated.output else { return format!("{description} not generated{codes}") };
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let count = |key: &str| surface[key].as_array().unwrap().len();
    format!("{description} operations={} types={}{codes}", count("operations"), count("types"))
}

/// The line of a description in the ledger, and its faults.
fn check(corpus: &Path, description: &str, accepted: bool) -> (String, Option<String>) {
    let generated = run(corpus, description, "edge");
    let found = &generated.diagnostics.list;
    let error = found.iter().any(|one| one.severity == Severity::Error) || generated.output.is_none();
    let reported = found.iter().any(|one| one.primary.is_some() && one.severity != Severity::Note);
    let wrong = match (is_of(description, &VALID), is_of(description, &INVALID)) {
        (true, _) if error => Some("is valid, and has an error"),
        (_, true) if !reported && !accepted => Some("is invalid, and nothing is reported"),
        (_, true) if reported && accepted => Some("is reported, and is listed as not reported"),
        _ => None,
    };
    (outcome(description, &generated), wrong.map(|wrong| format!("{description} {wrong}")))
}

#[test]
fn descriptions_match_the_ledger() {
    let Some(corpus) = corpus() else { return };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let reasons = fs::read_to_string(tests.join("edge.accepted")).unwrap();
    let accepted: BTreeSet<&str> =
        reasons.lines().filter_map(|line| line.split_once(": ")).map(|pair| pair.0).collect();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let whole = update || std::env::var("CLIENTSMITH_CORPUS").is_ok_and(|value| value == "all");
    let mut descriptions = descriptions(&corpus);
    descriptions
        .retain(|description| whole || fs::metadata(corpus.join(description)).is_ok_and(|file| file.len() < MEDIUM));
    let (known, next) = (&accepted, std::sync::Mutex::new(descriptions.iter()));
    let work = || {
        let mut done = Vec::new();
        loop {
            let Some(description) = next.lock().unwrap().next() else { return done };
            done.push((description, check(&corpus, description, known.contains(description.as_str()))));
        }
    };
    let mut checked = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    checked.sort_by_key(|(description, _)| *description);
    assert!(checked.len() > 700);
    let wrong: Vec<&String> = checked.iter().filter_map(|(_, (_, wrong))| wrong.as_ref()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let lines: Vec<&str> = checked.iter().map(|(_, (line, _))| line.as_str()).collect();
    if update {
        fs::write(tests.join("edge.expect"), lines.join("\n") + "\n").unwrap();
        return;
    }
    let expected = fs::read_to_string(tests.join("edge.expect")).unwrap();
    let known: BTreeSet<&str> = expected.lines().collect();
    let new: Vec<&&str> = lines.iter().filter(|line| !known.contains(**line)).collect();
    assert!(new.is_empty(), "not in the ledger: {new:#?}");
}

/// Compiles valid descriptions in one workspace, without a warning.
#[test]
fn valid_descriptions_compile() {
    let Some(corpus) = corpus() else { return };
    let all = std::env::var("CLIENTSMITH_CORPUS_CHECK").is_ok_and(|value| value == "all");
    let mut descriptions = descriptions(&corpus);
    descriptions.retain(|description| is_of(description, &VALID));
    let small = |description: &str| fs::metadata(corpus.join(description)).is_ok_and(|file| file.len() < SMALL);
    let chosen = descriptions.iter().enumerate().filter(|(index, description)| {
        all || index % SAMPLE == 0 || is_of(description, &HOSTILE) || small(description)
    });
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/edge");
    let _ = fs::remove_dir_all(&workspace);
    let mut members = Vec::new();
    for (index, description) in chosen {
        let name = format!("edge-{index}");
        let Some(output) = run(&corpus, description, &name).output else { panic!("{description} was not generated") };
        write(&output, &workspace.join(&name), Mode::Write { force: true }).unwrap();
        assert_strings_stay_data(description, &workspace.join(&name));
        members.push(format!("{name:?}"));
    }
    assert!(members.len() > 40);
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--workspace"]).args(all.then_some("--all-targets")).current_dir(&workspace);
    check.env("CARGO_TARGET_DIR", workspace.join("../corpus/target")).env("RUSTFLAGS", "-D warnings");
    let done = check.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The words of injection attempts are only in literals and comments. The other tokens of the generated code do not
/// contain them. Every file is Rust and inside the directory.
fn assert_strings_stay_data(description: &str, folder: &Path) {
    if !is_of(description, &HOSTILE) {
        return;
    }
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.canonicalize().unwrap().starts_with(folder.canonicalize().unwrap()));
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let is_example = path.components().any(|part| part.as_os_str() == "examples");
                assert_no_injected_identifiers(description, is_example, quote::ToTokens::into_token_stream(file));
            }
        }
    }
}

/// No identifier of the generated code comes from an injection attempt. `println` is allowed, since examples use it.
fn assert_no_injected_identifiers(description: &str, is_example: bool, tokens: proc_macro2::TokenStream) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(group) => {
                assert_no_injected_identifiers(description, is_example, group.stream())
            }
            proc_macro2::TokenTree::Ident(word) => {
                let word = word.to_string();
                let foreign =
                    ["func", "shadow", "shadow2", "injected"].contains(&word.as_str()) || word.contains("PWNED");
                assert!(!foreign && (is_example || word != "println"), "{description}: `{word}` became code");
            }
            proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
        }
    }
}
