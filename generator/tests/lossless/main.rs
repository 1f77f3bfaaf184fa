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
#[path = "../corpus/descriptions.rs"]
mod descriptions;
mod deviations;
mod driver;
mod instances;
mod ledger;
mod merged_schema;
mod pattern;
mod sample;
mod schemas;
mod tally;

use descriptions::{COMPILED, corpus, descriptions, is_selected, package};
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::sync::Mutex;
use tally::Trial;

#[test]
fn values_round_trip_without_loss() {
    let Some(corpus) = corpus() else { return };
    let small = |description: &str| fs::metadata(corpus.join(description)).is_ok_and(|file| file.len() < 40_000);
    let everything = std::env::var_os("CLIENTSMITH_CORPUS_CHECK").is_some();
    let chosen: Vec<String> = descriptions(&corpus)
        .into_iter()
        .map(|(description, _)| description)
        .filter(|description| {
            let usual = small(description) || COMPILED.contains(&description.as_str());
            if everything { is_selected("CLIENTSMITH_CORPUS_CHECK", description) } else { usual }
        })
        .collect();
    let workspace = driver::Workspace::new();
    let mut tallies = Vec::new();
    for some in chosen.chunks(BATCH) {
        let trials = prepared(&corpus, some, &workspace);
        let programs: Vec<String> = trials.iter().map(|trial| trial.program.clone()).collect();
        workspace.build(&programs);
        tallies.extend(trials.into_iter().map(|trial| trial.run(&workspace)));
    }
    ledger::compare(Path::new(env!("CARGO_MANIFEST_DIR")), &tallies);
}

/// Descriptions that are in memory at once.
const BATCH: usize = 16;

/// Runs on every core, one description after the other.
fn prepared(corpus: &Path, descriptions: &[String], workspace: &driver::Workspace) -> Vec<Trial> {
    let next = Mutex::new(descriptions.iter());
    let work = || {
        let mut done = Vec::new();
        loop {
            let description = next.lock().unwrap().next();
            let Some(description) = description else { return done };
            done.push(Trial::prepare(corpus, description, workspace));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
