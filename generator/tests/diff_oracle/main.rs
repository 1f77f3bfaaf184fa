//! The verdicts of `diff` against what happens: a program that uses everything the old crate offers is compiled with the
//! new crate, and values of each schema are read by the other side. The descriptions are mutations, made by a seed.
//!
//! Every run tries some mutations of `base.yaml`. `CLIENTSMITH_DIFF_ORACLE=all` tries thousands over the shared corpus
//! beside a checkout (a number tries as many), and with `UPDATE_EXPECT=1` it writes the ledger.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::panic,
    clippy::unit_arg,
    clippy::too_many_lines,
    dead_code,
    reason = "a test fails by panicking"
)]

mod api_kinds;
mod bases;
mod compiler;
#[path = "../lossless/described.rs"]
mod described;
#[path = "../lossless/deviations.rs"]
mod deviations;
mod edits;
mod form_kinds;
#[path = "../lossless/instances.rs"]
mod instances;
mod kinds;
mod ledger;
mod locked_promises;
#[path = "../lossless/merged_schema.rs"]
mod merged_schema;
mod object_kinds;
mod operation_kinds;
#[path = "../lossless/pattern.rs"]
mod pattern;
mod payload_kinds;
mod places;
mod promises;
mod reach;
#[path = "../lossless/sample.rs"]
mod sample;
mod schema_kinds;
#[path = "../lossless/schemas.rs"]
mod schemas;
mod trial;
mod usage;
mod wire;

use trial::Trial;

/// Mutations that are compiled at once.
const AT_ONCE: usize = 80;

#[test]
fn verdicts_agree_with_the_compiler_and_with_values() {
    let bases = bases::bases();
    let names: Vec<String> = bases.iter().map(|base| base.name.clone()).collect();
    let readers = wire::Readers::new(&bases);
    let mut trials: Vec<Trial> = Vec::new();
    let mut open: Vec<(usize, compiler::Pair)> = Vec::new();
    for (index, base) in bases.iter().enumerate() {
        for mutation in base.mutations() {
            let Some((trial, pair)) = Trial::of(base, index, mutation, &readers) else { continue };
            open.extend(pair.map(|pair| (trials.len(), pair)));
            trials.push(trial);
            if open.len() == AT_ONCE {
                compile(&mut trials, std::mem::take(&mut open));
                ledger::counted(&trials, &names);
            }
        }
    }
    compile(&mut trials, open);
    ledger::compare(&trials, &names);
}

fn compile(trials: &mut [Trial], open: Vec<(usize, compiler::Pair)>) {
    let (numbers, pairs): (Vec<usize>, Vec<compiler::Pair>) = open.into_iter().unzip();
    for (at, error) in compiler::failures(&compiler::folder("mutations"), &pairs) {
        trials[numbers[at]].failure = Some(error);
    }
}
