//! Small documents from the test suites of other tools, in the shared corpus beside a checkout: what such a suite calls
//! good is printed and compiles, what it calls bad is said with a place, and hostile texts stay texts.
//!
//! `edge.expect` says what each gives, one line a document, so that every change is seen in review;
//! `UPDATE_EXPECT=1 cargo test -p clientsmith --test edge` writes it anew. `CLIENTSMITH_CORPUS_CHECK=all` compiles all that
//! is called good, not only a part.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use clientsmith::diagnostic::Severity;
use clientsmith::output::write::{Mode, write};
use clientsmith::source::files::Disk;
use clientsmith::{Config, Generated, generate};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders whose documents are good, and those whose documents are bad.
const GOOD: [&str; 4] = ["/pass/", "/positive/", "/sanitize/", "/spec_validation/"];
/// Those of them that try to become code.
const HOSTILE: [&str; 2] = ["/sanitize/", "/spec_validation/"];
const BAD: [&str; 4] = ["/fail/", "/negative/", "/invalid/", "/documents_with_errors/"];

/// Every n-th good document is compiled when not all are, and every one below this size.
const SAMPLE: usize = 8;
const SMALL: u64 = 600;

/// Documents below this size are tried on every run, the others with `CLIENTSMITH_CORPUS=all`.
const MIDDLING: u64 = 30_000;

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("the shared corpus is not beside this checkout: nothing tried");
    None
}

/// Every description of the suites; files that are only referred to are none.
fn documents(corpus: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(corpus.join("manifest.tsv")).unwrap();
    let rows = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let edge = rows.filter(|row| row[0].starts_with("edge/") && row[1] != "fragment");
    edge.map(|row| row[0].to_owned()).collect()
}

fn is_of(document: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| document.contains(folder))
}

fn run(corpus: &Path, document: &str, name: &str) -> Generated {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let mut config = Config::default();
    config.set_name(name).unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    generate(&corpus.join(document), &Disk, &config)
}

/// Figures of the printed crate, and how often each code is found with a place.
fn outcome(document: &str, generated: &Generated) -> String {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for found in generated.diagnostics.list.iter().filter(|found| found.primary.is_some()) {
        *codes.entry(found.code.as_str()).or_default() += 1;
    }
    let codes: String = codes.iter().map(|(code, count)| format!(" {code}={count}")).collect();
    let Some(output) = &generated.output else { return format!("{document} not printed{codes}") };
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let count = |key: &str| surface[key].as_array().unwrap().len();
    format!("{document} operations={} types={}{codes}", count("operations"), count("types"))
}

/// What one document gives: its line in the ledger, and what is wrong with that.
fn judge(corpus: &Path, document: &str, accepted: bool) -> (String, Option<String>) {
    let generated = run(corpus, document, "edge");
    let found = &generated.diagnostics.list;
    let error = found.iter().any(|one| one.severity == Severity::Error) || generated.output.is_none();
    let said = found.iter().any(|one| one.primary.is_some() && one.severity != Severity::Note);
    let wrong = match (is_of(document, &GOOD), is_of(document, &BAD)) {
        (true, _) if error => Some("is called good, and has an error"),
        (_, true) if !said && !accepted => Some("is called bad, and nothing is said"),
        (_, true) if said && accepted => Some("is said, and has a reason why not"),
        _ => None,
    };
    (outcome(document, &generated), wrong.map(|wrong| format!("{document} {wrong}")))
}

#[test]
fn every_document_gives_what_the_ledger_says() {
    let Some(corpus) = corpus() else { return };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let reasons = fs::read_to_string(tests.join("edge.accepted")).unwrap();
    let accepted: BTreeSet<&str> =
        reasons.lines().filter_map(|line| line.split_once(": ")).map(|pair| pair.0).collect();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let whole = update || std::env::var("CLIENTSMITH_CORPUS").is_ok_and(|value| value == "all");
    let mut documents = documents(&corpus);
    documents.retain(|document| whole || fs::metadata(corpus.join(document)).is_ok_and(|file| file.len() < MIDDLING));
    let (known, next) = (&accepted, std::sync::Mutex::new(documents.iter()));
    let work = || {
        let mut done = Vec::new();
        loop {
            let Some(document) = next.lock().unwrap().next() else { return done };
            done.push((document, judge(&corpus, document, known.contains(document.as_str()))));
        }
    };
    let mut judged = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect::<Vec<_>>()
    });
    judged.sort_by_key(|(document, _)| *document);
    assert!(judged.len() > 700);
    let wrong: Vec<&String> = judged.iter().filter_map(|(_, (_, wrong))| wrong.as_ref()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let lines: Vec<&str> = judged.iter().map(|(_, (line, _))| line.as_str()).collect();
    if update {
        fs::write(tests.join("edge.expect"), lines.join("\n") + "\n").unwrap();
        return;
    }
    let expected = fs::read_to_string(tests.join("edge.expect")).unwrap();
    let known: BTreeSet<&str> = expected.lines().collect();
    let new: Vec<&&str> = lines.iter().filter(|line| !known.contains(**line)).collect();
    assert!(new.is_empty(), "not in the ledger: {new:#?}");
}

/// Good documents as one workspace, without a warning.
#[test]
fn good_documents_compile() {
    let Some(corpus) = corpus() else { return };
    let all = std::env::var("CLIENTSMITH_CORPUS_CHECK").is_ok_and(|value| value == "all");
    let mut documents = documents(&corpus);
    documents.retain(|document| is_of(document, &GOOD));
    let small = |document: &str| fs::metadata(corpus.join(document)).is_ok_and(|file| file.len() < SMALL);
    let chosen = documents
        .iter()
        .enumerate()
        .filter(|(index, document)| all || index % SAMPLE == 0 || is_of(document, &HOSTILE) || small(document));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/edge");
    let _ = fs::remove_dir_all(&workspace);
    let mut members = Vec::new();
    for (index, document) in chosen {
        let name = format!("edge-{index}");
        let Some(output) = run(&corpus, document, &name).output else { panic!("{document} was not printed") };
        write(&output, &workspace.join(&name), Mode::Write { force: true }).unwrap();
        stays_a_text(document, &workspace.join(&name));
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

/// The words of the attempts at injection are found in literals and comments only: the tokens of the printed code do not
/// hold them, and every file is Rust and where it should be.
fn stays_a_text(document: &str, printed: &Path) {
    if !is_of(document, &HOSTILE) {
        return;
    }
    let mut open = vec![printed.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.canonicalize().unwrap().starts_with(printed.canonicalize().unwrap()));
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let shows = path.components().any(|part| part.as_os_str() == "examples");
                inert(document, shows, quote::ToTokens::into_token_stream(file));
            }
        }
    }
}

/// No identifier of the printed code is one of the payloads' own. Examples print what they get, as payloads want to.
fn inert(document: &str, shows: bool, tokens: proc_macro2::TokenStream) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(group) => inert(document, shows, group.stream()),
            proc_macro2::TokenTree::Ident(word) => {
                let word = word.to_string();
                let foreign =
                    ["func", "shadow", "shadow2", "injected"].contains(&word.as_str()) || word.contains("PWNED");
                assert!(!foreign && (shows || word != "println"), "{document}: `{word}` became code");
            }
            proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
        }
    }
}
