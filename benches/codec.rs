//! Decoding and encoding against serde's derived code: `cargo bench -p spec-sync --bench codec`. Each figure is the median
//! CPU time of processes that take turns. With the name of a row and of a side, the program runs that one
//! once, between two functions whose instructions `valgrind --tool=callgrind --toggle-collect='codec::measured*'` counts.

mod plain;
mod unions;

use clientsmith_runtime::{Decode, Encode, from_json_slice, to_json_vec};
use plain::{PAGE, ignoring, list, preserving};
use serde::Serialize;
use serde::de::DeserializeOwned;
use spec_sync::models::{SecurityMonitoringIntegrationConfigData, SecurityMonitoringIntegrationConfigResponse};
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;
use unions::{Discriminated, Keyed, Shaped};

/// Runs a number of rounds and returns the nanoseconds of one.
type Run = fn(rounds: usize) -> f64;
/// A name, the number of rounds, and what is compared.
type Row = (&'static str, usize, &'static [(&'static str, Run)]);

const GENERATED: &str = "generated";
const STORED: &str = "serde, unknown fields stored";
const IGNORED: &str = "serde, unknown fields ignored";

type List = Vec<SecurityMonitoringIntegrationConfigData>;

const ROWS: &[Row] = &[
    (
        "example, decode",
        200_000,
        &[
            (GENERATED, |n| decode::<SecurityMonitoringIntegrationConfigResponse>(n, PAGE)),
            ("generated, by serde_json", |n| by_serde::<SecurityMonitoringIntegrationConfigResponse>(n, PAGE)),
            (STORED, |n| by_serde::<preserving::Response>(n, PAGE)),
            (IGNORED, |n| by_serde::<ignoring::Response>(n, PAGE)),
        ],
    ),
    (
        "example, encode",
        200_000,
        &[
            (GENERATED, |n| encode::<SecurityMonitoringIntegrationConfigResponse>(n, PAGE)),
            ("generated, by serde_json", |n| encode_by_serde::<SecurityMonitoringIntegrationConfigResponse>(n, PAGE)),
            (STORED, |n| encode_by_serde::<preserving::Response>(n, PAGE)),
            (IGNORED, |n| encode_by_serde::<ignoring::Response>(n, PAGE)),
        ],
    ),
    (
        "list, decode",
        40,
        &[
            (GENERATED, |n| decode::<List>(n, &list())),
            ("generated, by serde_json", |n| by_serde::<List>(n, &list())),
            (STORED, |n| by_serde::<Vec<preserving::Data>>(n, &list())),
            (IGNORED, |n| by_serde::<Vec<ignoring::Data>>(n, &list())),
        ],
    ),
    (
        "list, encode",
        40,
        &[
            (GENERATED, |n| encode::<List>(n, &list())),
            ("generated, by serde_json", |n| encode_by_serde::<List>(n, &list())),
            (STORED, |n| encode_by_serde::<Vec<preserving::Data>>(n, &list())),
            (IGNORED, |n| encode_by_serde::<Vec<ignoring::Data>>(n, &list())),
        ],
    ),
    (
        "discriminated union, decode",
        40,
        &[
            (GENERATED, |n| decode::<Vec<Discriminated>>(n, &unions::discriminated())),
            ("serde's tagged, stored", |n| by_serde::<Vec<unions::preserving::Tagged>>(n, &unions::discriminated())),
            ("serde's tagged, ignored", |n| by_serde::<Vec<unions::ignoring::Tagged>>(n, &unions::discriminated())),
            ("serde's untagged, stored", |n| {
                by_serde::<Vec<unions::preserving::Untagged>>(n, &unions::discriminated())
            }),
            ("serde's untagged, ignored", |n| by_serde::<Vec<unions::ignoring::Untagged>>(n, &unions::discriminated())),
        ],
    ),
    (
        "keyed union, decode",
        40,
        &[
            (GENERATED, |n| decode::<Vec<Keyed>>(n, &unions::keyed())),
            ("serde's untagged, stored", |n| by_serde::<Vec<unions::preserving::Keyed>>(n, &unions::keyed())),
            ("serde's untagged, ignored", |n| by_serde::<Vec<unions::ignoring::Keyed>>(n, &unions::keyed())),
        ],
    ),
    (
        "union by shape, decode",
        40,
        &[
            (GENERATED, |n| decode::<Vec<Shaped>>(n, &unions::shaped())),
            ("serde's untagged, stored", |n| by_serde::<Vec<unions::preserving::Untagged>>(n, &unions::shaped())),
            ("serde's untagged, ignored", |n| by_serde::<Vec<unions::ignoring::Untagged>>(n, &unions::shaped())),
        ],
    ),
];

fn decode<T: Decode>(rounds: usize, text: &str) -> f64 {
    measured(rounds, || from_json_slice::<T>(black_box(text).as_bytes()).unwrap())
}

fn by_serde<T: DeserializeOwned>(rounds: usize, text: &str) -> f64 {
    measured(rounds, || serde_json::from_str::<T>(black_box(text)).unwrap())
}

fn encode<T: Decode + Encode>(rounds: usize, text: &str) -> f64 {
    let value: T = from_json_slice(text.as_bytes()).unwrap();
    measured(rounds, || to_json_vec(black_box(&value)).unwrap())
}

fn encode_by_serde<T: Serialize + DeserializeOwned>(rounds: usize, text: &str) -> f64 {
    let value: T = serde_json::from_str(text).unwrap();
    measured(rounds, || serde_json::to_vec(black_box(&value)).unwrap())
}

/// Runs the rounds, drops each result within its round, and returns the nanoseconds of one.
#[inline(never)]
fn measured<T>(rounds: usize, round: impl Fn() -> T) -> f64 {
    let start = Time::now();
    (0..rounds).for_each(|_| drop(black_box(round())));
    start.nanoseconds() / rounds as f64
}

/// The CPU time of this thread, or elapsed time where the system does not tell it.
enum Time {
    Cpu(f64),
    Elapsed(Instant),
}

impl Time {
    fn now() -> Self {
        cpu().map_or_else(|| Self::Elapsed(Instant::now()), Self::Cpu)
    }

    fn nanoseconds(&self) -> f64 {
        match self {
            Self::Cpu(start) => cpu().unwrap_or_default() - start,
            Self::Elapsed(start) => start.elapsed().as_nanos() as f64,
        }
    }
}

fn cpu() -> Option<f64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

const TURNS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.as_slice() {
        [row, side] => println!("{}", find(row, side)(1)),
        [row, side, rounds] => println!("{}", find(row, side)(rounds.parse().unwrap())),
        [part] => ROWS.iter().filter(|(row, ..)| row.contains(part.as_str())).for_each(print),
        _ => ROWS.iter().for_each(print),
    }
}

fn find(row: &str, side: &str) -> Run {
    let (_, _, sides) = ROWS.iter().find(|(name, ..)| *name == row).unwrap();
    sides.iter().find(|(name, _)| *name == side).unwrap().1
}

fn print((row, rounds, sides): &Row) {
    let program = std::env::current_exe().unwrap();
    let mut taken = vec![Vec::new(); sides.len()];
    for _ in 0..TURNS {
        for ((side, _), taken) in sides.iter().zip(&mut taken) {
            let output = Command::new(&program).args([row, *side, &rounds.to_string()]).output().unwrap().stdout;
            taken.push(String::from_utf8(output).unwrap().trim().parse::<f64>().unwrap());
        }
    }
    let median = |taken: &mut Vec<f64>| {
        taken.sort_unstable_by(f64::total_cmp);
        taken[taken.len() / 2]
    };
    let medians: Vec<f64> = taken.iter_mut().map(median).collect();
    for ((side, _), median) in sides.iter().zip(&medians) {
        let ratio = median / medians[0];
        println!("{row}: {side}: {:.2} µs; generated is {ratio:.2} times as fast", median / 1e3);
    }
}
