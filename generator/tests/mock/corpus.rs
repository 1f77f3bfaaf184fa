//! Every operation of the corpus: a sample request is allowed, and its response has no difference from the description.

use super::descriptions::{corpus, descriptions};
use clientsmith::Config;
use clientsmith::drift::{Kind, Recording, compare};
use clientsmith::files::Disk;
use clientsmith::mock::Mock;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};

/// The line of a description in the ledger: operations, allowed sample requests, JSON responses, and differences in them.
fn figures(corpus: &Path, description: &str) -> String {
    let path = corpus.join(description);
    let Ok(mock) = Mock::new(&path, &Disk, &Config::default()) else { return format!("{description} has errors") };
    let (mut allowed, mut entries) = (0, Vec::new());
    for index in 0..mock.operation_count() {
        let Some(request) = mock.sample_request(index) else { continue };
        let response = mock.respond(&request);
        let is_problem = response.headers.iter().any(|(_, value)| value == "application/problem+json");
        if is_problem && std::env::var_os("CLIENTSMITH_MOCK_PROBLEMS").is_some() {
            println!(
                "{description} {} {}\n  {}",
                request.method,
                request.target,
                String::from_utf8_lossy(&response.body)
            );
        }
        allowed += usize::from(!is_problem);
        if !is_problem {
            entries.push(mock.har_entry(&request, &response, "2026-01-01T00:00:00Z", 0));
        }
    }
    let recording = json!({"log": {"entries": entries}}).to_string();
    let drift = compare(&path, &Disk, &Config::default(), &[Recording::parse(recording.as_bytes()).unwrap()]).unwrap();
    // An operation without responses has an empty one.
    let others = [Kind::UnknownField, Kind::UndocumentedStatus];
    let faults = drift.findings.iter().filter(|found| !others.contains(&found.kind));
    let differences: u64 = faults.map(|found| found.count).sum();
    format!("{description} operations={} allowed={allowed} differences={differences}", mock.operation_count())
}

/// The ledger has a line for each description. `CLIENTSMITH_CORPUS=all UPDATE_EXPECT=1` writes it.
#[test]
fn sample_requests_and_responses_match_the_ledger() {
    let Some(corpus) = corpus() else { return };
    let ledger = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mock/corpus.expect");
    let everything = std::env::var("CLIENTSMITH_CORPUS").is_ok_and(|value| value == "all");
    let is_small = |description: &str| fs::metadata(corpus.join(description)).is_ok_and(|file| file.len() < 100_000);
    let all = descriptions(&corpus).into_iter().map(|(description, _)| description);
    let chosen = all.filter(|description| everything || is_small(description));
    let found: Vec<String> = chosen.map(|description| figures(&corpus, &description)).collect();
    assert!(found.len() > 20);
    if everything && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&ledger, found.join("\n") + "\n").unwrap();
        return;
    }
    let expected = fs::read_to_string(&ledger).unwrap_or_default();
    let known: Vec<&str> = expected.lines().collect();
    let new: Vec<&String> = found.iter().filter(|line| !known.contains(&line.as_str())).collect();
    assert!(new.is_empty(), "not in the ledger: {new:#?}");
}
