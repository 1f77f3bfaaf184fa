//! A name depends on its place: random changes of real descriptions rename nothing that they do not touch, and give no
//! name another meaning.
//!
//! `NAMES_SEED` sets the first seed, `NAMES_RUNS` the number of changes of each description. `NAMES_LEDGER=FILE` writes the
//! names of the whole corpus to a file.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "corpus/descriptions.rs"]
#[allow(dead_code, reason = "shared with the test of the corpus")]
mod catalogue;
#[path = "names_hold/change.rs"]
mod change;
#[path = "names_hold/locked.rs"]
mod locked;

use change::{Change, Kind, change};
use clientsmith::Config;
use clientsmith::diff::{self, Named};
use clientsmith::files::{Disk, Memory};
use fastrand::Rng;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Descriptions with more text are left out: the test runs for each change.
const LARGEST: usize = 24_000;

fn names(text: &str) -> Option<Vec<Named>> {
    let path = Path::new("api.yaml");
    let files = Memory(vec![(path.into(), text.as_bytes().to_vec())]);
    Some(diff::read(path, &files, &Config::parse("client_headers = false").unwrap()).ok()?.names())
}

/// Small descriptions of the corpus and of the cases.
fn descriptions() -> Vec<(String, String)> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = Vec::new();
    for topic in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        paths.extend(fs::read_dir(topic).unwrap().map(|entry| entry.unwrap().path().join("openapi.yaml")));
    }
    if let Some(corpus) = catalogue::corpus() {
        paths.extend(catalogue::descriptions(&corpus).into_iter().map(|(name, _)| corpus.join(name)));
    }
    // Descriptions with faults, such as equal ids; members of several unions.
    let left_out = ["/lint/", "/broken/", "/client_headers/", "/products/", "/names/operations/"];
    paths.retain(|path| !left_out.iter().any(|topic| path.display().to_string().contains(topic)));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok().filter(|text| text.len() < LARGEST)?;
        // A schema that is referred to where it stands in an operation or union is named by the first of its places.
        if ["'#/paths/", "\"#/paths/", "/oneOf/", "/anyOf/"].iter().any(|word| text.contains(word)) {
            return None;
        }
        Some((path.display().to_string(), text))
    };
    paths.into_iter().filter_map(read).collect()
}

type Table = BTreeMap<String, BTreeSet<String>>;

/// The names of each place: a schema may become several types.
fn by_place(names: &[Named], moved: impl Fn(&str) -> String) -> Table {
    let mut table = Table::new();
    for one in names {
        table.entry(moved(&one.place)).or_default().insert(one.name.clone());
    }
    table
}

/// The names that do not hold, for people.
fn faults(before: &[Named], after: &[Named], change: &Change) -> Vec<String> {
    let old = by_place(before, |place| change.moved(place));
    let new = by_place(after, str::to_owned);
    let touched: BTreeSet<String> =
        before.iter().filter(|one| change.touches(&one.place)).map(|one| change.moved(&one.place)).collect();
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (place, names) in &old {
        for name in names {
            owners.entry(name).or_default().insert(place);
        }
    }
    let mut found = Vec::new();
    // The struct of the arguments of equal schemas has the name of the first one.
    let compared = |place: &str| !touched.contains(place) && !place.ends_with(" ()");
    for (place, names) in old.iter().filter(|(place, _)| compared(place)) {
        // A path may be the reason why a schema becomes one more type.
        let now = new.get(place).filter(|now| !now.is_subset(names) && !now.is_superset(names));
        let now = now.filter(|_| change.kind == Kind::Neutral);
        found.extend(now.map(|now| format!("{place} was {names:?} and is {now:?}")));
    }
    // Without an addition or a removal no name is lost.
    if change.what.starts_with("shuffle") {
        let all: BTreeSet<&String> = new.values().flatten().collect();
        let lost = old.iter().flat_map(|(place, names)| names.iter().map(move |name| (place, name)));
        let lost = lost.filter(|(place, name)| compared(place) && !all.contains(name));
        found.extend(lost.map(|(place, name)| format!("{place} had {name}, which is gone")));
    }
    for (place, names) in &new {
        for name in names {
            let Some(owners) = owners.get(name.as_str()).filter(|owners| !owners.contains(place.as_str())) else {
                continue;
            };
            // The place that had the name is still there and has another one.
            let lost = |owner: &&&str| new.get(**owner).is_some_and(|names| !names.contains(name));
            if let Some(owner) = owners.iter().find(lost).filter(|owner| !touched.contains(**owner)) {
                found.push(format!("`{name}` was {owner} and is {place}"));
            }
        }
    }
    found
}

/// The seed of a description. Neither other descriptions nor the directory of the checkout have an influence on it.
fn own_seed(path: &str) -> u64 {
    let name = path.rsplit("/tests/").next().unwrap_or_default().rsplit("/shared/").next().unwrap_or_default();
    name.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
}

#[test]
fn changes_rename_nothing_else() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seed, runs) = (number("NAMES_SEED", 1), number("NAMES_RUNS", 40));
    let (mut tried, mut wrong) = (BTreeMap::<&str, usize>::new(), String::new());
    for (path, text) in &descriptions() {
        let own = own_seed(path);
        let Ok(document) = change::read(text) else { continue };
        let Some(before) = names(&document.to_string()) else { continue };
        for run in 0..runs {
            let mut rng = Rng::with_seed(seed.wrapping_add(run).wrapping_mul(1_000).wrapping_add(own));
            let mut changed: Value = document.clone();
            let Some(change) = change(&mut changed, &before, &mut rng) else { continue };
            let Some(after) = names(&changed.to_string()) else { continue };
            *tried.entry(change.what).or_default() += 1;
            for fault in faults(&before, &after, &change) {
                writeln!(wrong, "{path}, run {run}, {} at {}: {fault}", change.what, change.at).unwrap();
            }
        }
    }
    println!("{tried:#?}");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried.len() > 12 && tried.values().sum::<usize>() > 2_000, "{tried:#?}");
}

#[test]
fn ledger_of_names() {
    let (Some(file), Some(corpus)) = (std::env::var_os("NAMES_LEDGER"), catalogue::corpus()) else { return };
    let mut ledger = String::new();
    for (name, _) in catalogue::descriptions(&corpus) {
        let Ok(side) = diff::read(&corpus.join(&name), &Disk, &Config::default()) else { continue };
        for one in side.names() {
            writeln!(ledger, "{name}\t{}\t{}", one.place, one.name).unwrap();
        }
    }
    fs::write(file, ledger).unwrap();
}
