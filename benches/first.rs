//! The first decoding in a process, as in a program that sends one call: memory pages are new, and the allocator has none of
//! an earlier round. `cargo bench --bench first` runs itself once for each figure, in turn.

mod plain;

use clientsmith_runtime::from_json_slice;
use plain::{ignoring, list, preserving};
use spec_sync::models::SecurityMonitoringIntegrationConfigData;
use std::process::Command;
use std::time::Instant;

const KINDS: [&str; 3] = ["generated", "serde, unknown fields preserved", "serde, unknown fields ignored"];
const ROUNDS: usize = 31;

fn measure<T>(decode: impl FnOnce() -> Vec<T>) -> u128 {
    let start = Instant::now();
    let items = decode();
    let took = start.elapsed().as_micros();
    assert_eq!(items.len(), 10_000);
    took
}

fn once(kind: &str) -> u128 {
    let list = list();
    match kind {
        "generated" => measure::<SecurityMonitoringIntegrationConfigData>(|| from_json_slice(list.as_bytes()).unwrap()),
        "serde, unknown fields preserved" => measure::<preserving::Data>(|| serde_json::from_str(&list).unwrap()),
        _ => measure::<ignoring::Data>(|| serde_json::from_str(&list).unwrap()),
    }
}

fn main() {
    if let Some(kind) = std::env::args().nth(1).filter(|kind| KINDS.contains(&kind.as_str())) {
        println!("{}", once(&kind));
        return;
    }
    let program = std::env::current_exe().unwrap();
    let mut taken = [const { Vec::new() }; KINDS.len()];
    for _ in 0..ROUNDS {
        for (kind, taken) in KINDS.iter().zip(&mut taken) {
            let output = Command::new(&program).arg(kind).output().unwrap().stdout;
            taken.push(String::from_utf8(output).unwrap().trim().parse::<u128>().unwrap());
        }
    }
    for (kind, taken) in KINDS.iter().zip(&mut taken) {
        taken.sort_unstable();
        println!("{kind}: median {} µs, least {} µs", taken[ROUNDS / 2], taken[0]);
    }
}
