//! Descriptions with random changes: the generator does not panic, ends, reports existing positions, and writes valid
//! Rust. The changes and checks are those of `fuzz/`, with a seed and a time limit.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[path = "mutated/invariants.rs"]
mod invariants;
#[path = "mutated/tree.rs"]
mod tree;

use fastrand::Rng;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tree::Value;

/// Time limits of the whole test and of one input.
const TIME: Duration = Duration::from_secs(6);
const LONGEST: Duration = Duration::from_secs(5);

/// The descriptions of the cases, which are small and cover every feature.
fn seeds() -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    while let Some(next) = open.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("openapi.yaml") {
                found.extend(fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()));
            }
        }
    }
    found
}

fn assert_invariants(name: &str, input: &[u8]) {
    let start = Instant::now();
    let result = catch_unwind(|| invariants::check(input));
    let violated = match result {
        Ok(Ok(())) if start.elapsed() < LONGEST => return,
        Ok(Ok(())) => format!("took {:?}", start.elapsed()),
        Ok(Err(violated)) => violated,
        Err(_) => "a panic".to_owned(),
    };
    panic!("{name}: {violated}\n{}", String::from_utf8_lossy(input));
}

#[test]
fn changed_descriptions_give_valid_output() {
    let seeds: Vec<Value> = seeds().iter().filter_map(|text| Value::read(text)).collect();
    assert!(seeds.len() > 40);
    let start = Instant::now();
    let mut tried = 0;
    for round in 0..400 {
        let mut rng = Rng::with_seed(round);
        let mut value = seeds[rng.usize(..seeds.len())].clone();
        for _ in 0..rng.usize(1..6) {
            value.mutate(&mut rng);
        }
        let mut text = String::new();
        value.write(&mut text);
        assert_invariants(&format!("round {round}"), text.as_bytes());
        tried = round;
        // A slow machine tries a few inputs too.
        if start.elapsed() > TIME && tried > 10 {
            break;
        }
    }
    println!("{tried} rounds");
    assert!(tried > 10);
}
