//! Generated crates against Prism, which validates each request by the description. Every operation is called with its
//! required arguments and with all arguments. No request violates the description.
//!
//! `prism.expect` has the counts of each description (`UPDATE_EXPECT=1` writes them), `prism.known` the violations that
//! the generator does not cause, with their reasons. `CLIENTSMITH_PRISM=PART,PART` tries other descriptions of the
//! corpus by parts of their names. Skipped with a message if Prism is not installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod arguments;
#[path = "../lossless/described.rs"]
mod described;
#[path = "../corpus/descriptions.rs"]
#[allow(dead_code, reason = "this test selects other descriptions")]
mod descriptions;
#[path = "../lossless/deviations.rs"]
#[allow(dead_code, reason = "only plain values are sent")]
mod deviations;
mod driver;
#[path = "../lossless/instances.rs"]
#[allow(dead_code, reason = "only a part of it is used here")]
mod instances;
mod ledger;
#[path = "../lossless/merged_schema.rs"]
#[allow(dead_code, reason = "only plain values are sent")]
mod merged_schema;
mod methods;
mod own_mock;
#[path = "../lossless/pattern.rs"]
mod pattern;
#[path = "../../../tests/peers/mod.rs"]
mod peers;
#[path = "../lossless/sample.rs"]
mod sample;
#[path = "../lossless/schemas.rs"]
mod schemas;
mod trial;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Descriptions of the corpus: many query parameters, forms with parts and headers, Swagger 2.0.
const DESCRIPTIONS: [&str; 3] =
    ["openapi-3.0/apache.org-airflow.json", "openapi-3.1/discourse.local.json", "swagger-2.0/harbor.yaml"];

/// The description of the checked-in crate.
const OWN: &str = "spec/openapi.yaml";

/// Name in the ledger, and file.
fn chosen() -> Vec<(String, PathBuf)> {
    let selected = std::env::var_os("CLIENTSMITH_PRISM").is_some();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.yaml");
    let mut chosen = if selected { Vec::new() } else { vec![(OWN.to_owned(), own)] };
    if let Some(corpus) = descriptions::corpus() {
        let descriptions = descriptions::descriptions(&corpus).into_iter().map(|(description, _)| description);
        let wanted = |description: &String| {
            if selected {
                descriptions::is_selected("CLIENTSMITH_PRISM", description)
            } else {
                DESCRIPTIONS.contains(&description.as_str())
            }
        };
        chosen.extend(descriptions.filter(wanted).map(|description| (description.clone(), corpus.join(description))));
    }
    chosen
}

/// Prism reports a violation for every call if its description requires more than that of the generated crate.
fn reports_violations(trial: &trial::Trial) -> bool {
    let text = std::fs::read_to_string(&trial.path).unwrap();
    let (before, more) =
        ("      parameters:\n", "        - { name: more, in: query, required: true, schema: { type: integer } }\n");
    assert!(text.contains(before));
    let other = peers::folder().join("other.yaml");
    std::fs::write(&other, text.replacen(before, &format!("{before}{more}"), 1)).unwrap();
    let violations = trial.run_against(&other).violations;
    violations.len() == 2 && violations.values().all(|reason| reason.contains("more"))
}

#[test]
fn requests_match_the_description() {
    if peers::programs::has_prism().is_none() {
        return;
    }
    let descriptions = chosen();
    let trials: Vec<_> = descriptions.iter().map(|(name, path)| trial::Trial::prepare(name, path)).collect();
    driver::build(&trials.iter().map(|trial| trial.program.as_str()).collect::<Vec<_>>());
    let own = trials.iter().find(|trial| trial.description == OWN);
    assert!(own.is_none_or(reports_violations), "Prism reports no violations of another description");
    ledger::compare(Path::new(env!("CARGO_MANIFEST_DIR")), &run_all(&trials));
}

/// The mock server of this project allows the requests of generated clients, and they decode its responses.
#[test]
fn mock_server_and_clients_agree() {
    let trials: Vec<_> = chosen().iter().map(|(name, path)| trial::Trial::prepare(name, path)).collect();
    driver::build(&trials.iter().map(|trial| trial.program.as_str()).collect::<Vec<_>>());
    let command = own_mock::command();
    let (mut faults, mut calls) = (Vec::new(), 0);
    for trial in &trials {
        let (found, all) = own_mock::faults(&command, trial);
        faults.extend(found);
        calls += all;
    }
    assert!(faults.is_empty(), "{} of {calls} calls failed: {faults:#?}", faults.len());
}

/// Runs on every core, one description after the other, since Prism starts slowly.
fn run_all(trials: &[trial::Trial]) -> Vec<trial::Tally> {
    let next = Mutex::new(trials.iter());
    let work = || {
        let mut done = Vec::new();
        loop {
            let trial = next.lock().unwrap().next();
            let Some(trial) = trial else { return done };
            done.push(trial.run());
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}
