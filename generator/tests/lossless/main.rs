//! Round trips of real descriptions: the generated types decode values of every component and body and encode them
//! again. The result is the same JSON. An independent validator finds the valid values.
//!
//! `lossless.expect` has the counts of each description, `lossless.known` the types that lose something for a known
//! reason. Every run tries small descriptions. `CLIENTSMITH_CORPUS_CHECK=all` tries all (or parts of names separated by
//! commas), and with `UPDATE_EXPECT=1` it writes the counts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod described;
mod deviations;
#[path = "../corpus/documents.rs"]
mod documents;
mod driver;
mod instances;
mod ledger;
mod pattern;
mod sample;
mod schemas;
mod tally;
mod view;

use documents::{COMPILED, corpus, documents, is_selected, package};
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::Mutex;
use tally::Trial;

#[test]
fn values_round_trip_without_loss() {
    let Some(corpus) = corpus() else { return };
    let small = |document: &str| fs::metadata(corpus.join(document)).is_ok_and(|file| file.len() < 40_000);
    let everything = std::env::var_os("CLIENTSMITH_CORPUS_CHECK").is_some();
    let chosen: Vec<String> = documents(&corpus)
        .into_iter()
        .map(|(document, _)| document)
        .filter(|document| {
            let usual = small(document) || COMPILED.contains(&document.as_str());
            if everything { is_selected("CLIENTSMITH_CORPUS_CHECK", document) } else { usual }
        })
        .collect();
    let workspace = driver::Workspace::new();
    let mut tallies = Vec::new();
    for some in chosen.chunks(AT_ONCE) {
        let trials = prepared(&corpus, some, &workspace);
        let programs: Vec<String> = trials.iter().map(|trial| trial.program.clone()).collect();
        workspace.build(&programs);
        tallies.extend(trials.into_iter().map(|trial| trial.run(&workspace)));
    }
    ledger::compare(Path::new(env!("CARGO_MANIFEST_DIR")), &tallies);
}

/// Descriptions that are in memory at once.
const AT_ONCE: usize = 16;

/// Runs on every core, one description after the other.
fn prepared(corpus: &Path, documents: &[String], workspace: &driver::Workspace) -> Vec<Trial> {
    let next = Mutex::new(documents.iter());
    let work = || {
        let mut done = Vec::new();
        loop {
            let document = next.lock().unwrap().next();
            let Some(document) = document else { return done };
            done.push(Trial::prepare(corpus, document, workspace));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
