//! Generated crates against applications of real frameworks. Each application serves its own description, a crate is
//! generated from it, and a program calls every operation, async and blocking. The server receives what the program
//! sends, and responses are decoded and encoded without loss.
//!
//! `frameworks.known` has the checks that fail for a known reason. A known check that passes is an error too. Skipped
//! with a message if a framework is not installed (`tests/peers/install`). `CLIENTSMITH_FRAMEWORKS=PART` selects
//! applications by a part of the name.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../../tests/peers/mod.rs"]
mod peers;
mod workspace;

use peers::Peer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::{fs, thread};

/// Name of an application, and the function that starts it.
type Framework = (&'static str, fn() -> Option<Peer>);

const FRAMEWORKS: [Framework; 4] = [
    ("fastapi", peers::programs::fastapi),
    ("django", peers::programs::django),
    ("fastify", peers::programs::fastify),
    ("axum", peers::programs::axum),
];

/// The body of the response to GET.
fn get(peer: &Peer, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", peer.port())).unwrap();
    // HTTP/1.0, in which a response has no chunks.
    write!(stream, "GET {path} HTTP/1.0\r\nhost: 127.0.0.1\r\naccept: application/json\r\n\r\n").unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.lines().next().is_some_and(|line| line.contains(" 200 ")), "{head}");
    body.to_owned()
}

#[test]
fn generated_crates_work_against_real_frameworks() {
    let part = std::env::var("CLIENTSMITH_FRAMEWORKS").unwrap_or_default();
    let chosen = FRAMEWORKS.iter().filter(|(name, _)| name.contains(&part));
    let peers: Vec<(&str, Peer)> = chosen.filter_map(|(name, start)| Some((*name, start()?))).collect();
    if peers.is_empty() {
        return;
    }
    let members: Vec<_> = peers.iter().map(|(name, peer)| workspace::add(name, &get(peer, "/openapi.json"))).collect();
    workspace::build(&peers.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut wrong = String::new();
    thread::scope(|scope| {
        let run = |(name, peer): &(&'static str, Peer)| {
            let (name, base) = (*name, peer.base());
            scope.spawn(move || workspace::run(name, &base))
        };
        let running: Vec<_> = peers.iter().map(run).collect();
        for ((running, (name, _)), operations) in running.into_iter().zip(&peers).zip(members) {
            wrong.push_str(&faults(name, &running.join().unwrap(), &operations));
        }
    });
    assert!(wrong.is_empty(), "{wrong}");
}

/// The faults: unknown failures, known failures that pass, and operations without a call.
fn faults(name: &str, lines: &[Value], operations: &BTreeSet<String>) -> String {
    let known = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frameworks.known")).unwrap();
    let known = known.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let mut known: BTreeSet<&str> = known.collect();
    let mut failed: BTreeMap<&str, String> = BTreeMap::new();
    let mut called = BTreeSet::new();
    for line in lines {
        if let Some(ids) = line["called"].as_array() {
            called.extend(ids.iter().map(|id| id.as_str().unwrap().to_owned()));
        }
        if let (Some(check), Some(message)) = (line["check"].as_str(), line["failed"].as_str()) {
            failed.entry(check).or_default().push_str(&format!("  {}: {message}\n", line["way"].as_str().unwrap()));
        }
    }
    let whole = failed.is_empty();
    failed.retain(|check, _| !known.remove(check));
    let failed = failed.into_iter().map(|(check, message)| format!("{name} {check}\n{message}"));
    let passed =
        known.into_iter().map(|check| format!("{name} {check}\n  passes now: remove it from frameworks.known\n"));
    // A failed check does not reach its later calls.
    let uncalled = operations.difference(&called).filter(|_| whole);
    let uncalled = uncalled.map(|id| format!("{name}: no check calls {id}\n"));
    failed.chain(passed).chain(uncalled).collect()
}
