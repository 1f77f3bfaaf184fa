//! Real descriptions of the shared corpus beside a checkout: every operation is generated, and the crates compile
//! without a warning. Skipped with a message if the corpus is missing.
//!
//! `CLIENTSMITH_CORPUS=all` generates crates of all descriptions. `CLIENTSMITH_CORPUS_CHECK=all` also compiles all of
//! them in batches, with clippy and rustdoc.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "corpus/descriptions.rs"]
mod descriptions;
#[path = "corpus/documentation.rs"]
mod documentation;
#[path = "corpus/files.rs"]
mod files;
#[path = "corpus/own_lock.rs"]
mod own_lock;
#[path = "corpus/repeats.rs"]
mod repeats;

use clientsmith::files::Disk;
use clientsmith::output::{Mode, write};
use clientsmith::{Config, generate};
use descriptions::{COMPILED, corpus, descriptions, is_selected, package};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Faults of all descriptions.
#[derive(Debug, Default)]
struct Found {
    /// Names that repeat the words around them.
    repeated: Vec<String>,
    /// Faults of files, such as more than 5,000 lines.
    files: Vec<String>,
}

/// The line of a description in `corpus.expect`. Every operation of the manifest is generated, or left out with a
/// reason. There may be more, since the manifest does not follow references of paths.
fn figures(corpus: &Path, description: &str, operations: usize, found: &mut Found) -> String {
    let generated = generate(&corpus.join(description), &Disk, &Config::default());
    let errors = clientsmith::diagnostic::render::short(&generated.diagnostics.list, &generated.sources);
    let Some(output) = generated.output else { panic!("{description}: {errors}") };
    let faults = documentation::faults(output.files.iter());
    assert!(faults.tags.is_empty(), "{description}: tags that are text {:#?}", faults.tags);
    assert!(faults.notes.is_empty(), "{description}: summaries that are notes {:#?}", faults.notes);
    assert!(faults.fillers.is_empty(), "{description}: documentation without content {:#?}", faults.fillers);
    assert_eq!(faults.long, 0, "{description}: summaries that are too long");
    let faults = files::faults(output.files.iter());
    found.files.extend(faults.into_iter().map(|fault| format!("{description} {fault}")));
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    found.repeated.extend(repeats::of(&surface).into_iter().map(|name| format!("{description} {name}")));
    let count = |key: &str| surface[key].as_array().unwrap().len();
    let untyped = surface["untyped"].as_array().unwrap();
    let left_out = surface["skipped"].as_array().unwrap().iter().filter(|place| place["code"] == "S0407").count();
    assert!(count("operations") + left_out >= operations, "{description}: {operations} operations");
    let fallback = untyped.iter().filter(|place| place["fallback"] == true).count();
    let paged = surface["operations"].as_array().unwrap().iter().filter(|one| !one["pagination"].is_null()).count();
    format!(
        "{description} operations={} paged={paged} types={} skipped={} untyped={} fallback={fallback}",
        count("operations"),
        count("types"),
        count("skipped"),
        untyped.len() - fallback,
    )
}

/// The ledger has the figures of every description, so that the review shows changes. `CLIENTSMITH_CORPUS=all
/// UPDATE_EXPECT=1` writes it.
#[test]
fn descriptions_match_the_ledger() {
    let Some(corpus) = corpus() else { return };
    let ledger = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus.expect");
    let expected = fs::read_to_string(&ledger).unwrap_or_default();
    let everything = std::env::var("CLIENTSMITH_CORPUS").is_ok_and(|value| value == "all");
    let small = |description: &str| fs::metadata(corpus.join(description)).is_ok_and(|file| file.len() < 100_000);
    let mut descriptions = descriptions(&corpus);
    descriptions
        .retain(|(description, _)| everything || small(description) || COMPILED.contains(&description.as_str()));
    let mut faults = Found::default();
    let figures = |(description, operations): &(String, usize)| figures(&corpus, description, *operations, &mut faults);
    let found: Vec<String> = descriptions.iter().map(figures).collect();
    assert!(found.len() > 20);
    assert!(faults.files.is_empty(), "{:#?}", faults.files);
    assert_no_repeated_words(&faults.repeated, &descriptions, everything);
    if everything && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&ledger, found.join("\n") + "\n").unwrap();
        return;
    }
    let known: Vec<&str> = expected.lines().collect();
    let new: Vec<&String> = found.iter().filter(|line| !known.contains(&line.as_str())).collect();
    assert!(new.is_empty(), "not in the ledger: {new:#?}");
}

/// Methods do not begin with their group's words, nor variants with their union's, unless `names.known` has the reason.
fn assert_no_repeated_words(repeated: &[String], descriptions: &[(String, usize)], everything: bool) {
    let known = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names.known")).unwrap();
    let known: Vec<&str> = known.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    let new: Vec<&String> = repeated.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(new.is_empty(), "names that repeat the words around them: {new:#?}");
    let tried =
        |name: &str| everything && descriptions.iter().any(|(description, _)| name.starts_with(description.as_str()));
    let unused: Vec<&&str> =
        known.iter().filter(|name| tried(name) && !repeated.iter().any(|one| one == *name)).collect();
    assert!(unused.is_empty(), "listed in names.known, but without repeated words: {unused:#?}");
}

/// Number of crates in one workspace when all are compiled.
const BATCH: usize = 8;

#[test]
fn generated_crates_compile_without_warnings() {
    let Some(corpus) = corpus() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus");
    let mut chosen: Vec<String> = descriptions(&corpus).into_iter().map(|(description, _)| description).collect();
    chosen.retain(|description| {
        is_selected("CLIENTSMITH_CORPUS_CHECK", description) || COMPILED.contains(&description.as_str())
    });
    if chosen.len() == COMPILED.len() {
        cargo(&workspace(&corpus, &chosen, &folder), &["check", "--workspace", "--all-targets"]);
        return;
    }
    // All crates in batches, the smallest first, which limits memory and disk space.
    chosen.sort_by_key(|description| fs::metadata(corpus.join(description)).map_or(0, |file| file.len()));
    for batch in chosen.chunks(BATCH) {
        println!("{batch:?}");
        let workspace = workspace(&corpus, batch, &folder.join("batch"));
        cargo(&workspace, &["clippy", "--workspace", "--all-targets"]);
        cargo(&workspace, &["doc", "--workspace", "--no-deps"]);
        fs::remove_dir_all(workspace).unwrap();
    }
}

/// Generates crates in one workspace.
fn workspace(corpus: &Path, descriptions: &[String], folder: &Path) -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let mut members = Vec::new();
    for description in descriptions {
        let name = package(description);
        let mut config = Config::default();
        config.set_name(&name).unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let generated = generate(&corpus.join(description), &Disk, &config);
        let Some(output) = generated.output else { panic!("{description} was not generated") };
        write(&output, &folder.join(&name), Mode::Write { force: true }).unwrap();
        members.push(format!("{name:?}"));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    folder.to_owned()
}

fn cargo(workspace: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus/target");
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(workspace).env("CARGO_TARGET_DIR", target);
    let done = command.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings").output().unwrap();
    assert!(done.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&done.stderr));
}
