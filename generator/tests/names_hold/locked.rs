//! With a lock, no random change of a description takes the name of another place, whatever it collides with.

use super::{Named, Table, by_place, change, descriptions, own_seed};
use clientsmith::Config;
use clientsmith::diff::{self, Side};
use clientsmith::files::Memory;
use fastrand::Rng;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

fn config() -> Config {
    Config::parse("client_headers = false").unwrap()
}

fn files(text: &str, lock: Option<&str>) -> Memory {
    let lock = lock.map(|lock| ("clientsmith.lock.toml".into(), lock.as_bytes().to_vec()));
    Memory([("api.yaml".into(), text.as_bytes().to_vec())].into_iter().chain(lock).collect())
}

fn read(text: &str, lock: Option<&str>) -> Option<Side> {
    diff::read(Path::new("api.yaml"), &files(text, lock), &config()).ok()
}

/// Names that two parts of one type or operation have.
fn shared(names: &[Named]) -> Vec<String> {
    let mut owners: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for one in names {
        let owner = one.place.rsplit_once(' ').map_or(one.place.as_str(), |(owner, _)| owner);
        owners.entry((owner, &one.name)).or_default().insert(&one.place);
    }
    // Arguments and setters have names of their own.
    let is_call = |owner: &str| !owner.starts_with('#');
    let shared = owners.into_iter().filter(|((owner, _), places)| places.len() > 1 && !is_call(owner));
    shared.map(|((_, name), places)| format!("{name} is {places:?}")).collect()
}

/// The first lines that only one of two texts has.
fn differences(one: &str, other: &str) -> String {
    let only = |text: &str, other: &str, sign: char| -> Vec<String> {
        let known: BTreeSet<&str> = other.lines().collect();
        text.lines().filter(|line| !known.contains(line)).map(|line| format!("\n    {sign}{line}")).take(3).collect()
    };
    [only(one, other, '-'), only(other, one, '+')].concat().concat()
}

#[test]
fn locked_names_hold() {
    let runs: u64 = std::env::var("NAMES_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let (mut tried, mut wrong) = (0_usize, String::new());
    for (path, text) in &descriptions() {
        let own = own_seed(path);
        let Ok(document) = change::read(text) else { continue };
        let Some(first) = read(&document.to_string(), None).map(|side| side.lock()) else { continue };
        let side = read(&document.to_string(), Some(&first)).unwrap();
        let (before, again) = (side.names(), side.lock());
        if again != first {
            writeln!(wrong, "{path}: the lock of the lock differs: {}", differences(&first, &again)).unwrap();
        }
        for run in 0..runs {
            let mut rng = Rng::with_seed(run.wrapping_mul(1_000).wrapping_add(own));
            let mut changed: Value = document.clone();
            let Some(change) = change::change(&mut changed, &before, &mut rng) else { continue };
            let text = changed.to_string();
            let Some(side) = read(&text, Some(&first)) else { continue };
            let (after, second) = (side.names(), side.lock());
            tried += 1;
            let mut fault = |fault: String| {
                writeln!(wrong, "{path}, run {run}, {} at {}: {fault}", change.what, change.at).unwrap()
            };
            let (old, new): (Table, Table) = (by_place(&before, str::to_owned), by_place(&after, str::to_owned));
            // Known: `oneOf` beside `anyOf` has types for their combinations, several at one place, and the lock has one of
            // them (docs/lock.md). A change of a member of `anyOf` can rename the others.
            let is_known = |place: &str| {
                let around =
                    place.trim_start_matches('#').split_once("/oneOf/").map(|(around, _)| format!("{around}/anyOf/"));
                around.is_some_and(|around| change.at.starts_with(&around))
            };
            let compared = old
                .iter()
                .filter(|(place, _)| !change.touches(place) && change.moved(place) == **place && !is_known(place));
            for (place, names) in compared {
                let now = new.get(place).filter(|now| !now.is_subset(names) && !now.is_superset(names));
                now.into_iter().for_each(|now| fault(format!("{place} was {names:?} and is {now:?}")));
            }
            shared(&after).into_iter().for_each(&mut fault);
            let third = read(&text, Some(&second)).map(|side| side.lock()).unwrap_or_default();
            if second != third {
                fault(format!("the lock of the lock differs: {}", differences(&second, &third)));
            }
        }
    }
    println!("{tried} changes");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 100, "{tried}");
}
