//! The counts and the known losses in files.

use super::tally::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Fails when the counts differ, when an unknown loss occurs, and when a known loss no longer occurs. `UPDATE_EXPECT=1`
/// writes the counts. The known losses are written by hand, with their reasons.
pub(crate) fn compare(generator: &Path, tallies: &[Tally]) {
    let expect = generator.join("tests/lossless.expect");
    let known = fs::read_to_string(generator.join("tests/lossless.known")).unwrap_or_default();
    let mut lines = lines(&fs::read_to_string(&expect).unwrap_or_default());
    let tried: BTreeSet<&str> = tallies.iter().map(|tally| tally.description.as_str()).collect();
    let mut wrong = String::new();
    let mut unseen = known_losses(&known);
    unseen.retain(|(description, _)| tried.contains(description.as_str()));
    for tally in tallies {
        for (pointer, (before, after)) in &tally.losses {
            if !unseen.remove(&(tally.description.clone(), pointer.clone())) {
                wrong.push_str(&format!("{} {pointer}\n  {}\n  {}\n", tally.description, short(before), short(after)));
            }
        }
    }
    for (description, pointer) in unseen {
        wrong.push_str(&format!("{description} {pointer}\n  has no loss now: remove it from lossless.known\n"));
    }
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for tally in tallies {
        let before = lines.insert(tally.description.clone(), tally.line.clone());
        if before.as_ref() != Some(&tally.line) && !update {
            wrong.push_str(&format!("counts differ:\n- {}\n+ {}\n", before.unwrap_or_default(), tally.line));
        }
    }
    if update {
        let text: String = lines.into_values().map(|line| line + "\n").collect();
        fs::write(expect, text).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn lines(text: &str) -> BTreeMap<String, String> {
    let named = text.lines().filter_map(|line| Some((line.split_once(' ')?.0.to_owned(), line.to_owned())));
    named.collect()
}

/// Lines of description and place below each reason. A reason starts with `#` and a space.
fn known_losses(text: &str) -> BTreeSet<(String, String)> {
    let lines = text.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    lines
        .map(|line| line.split_once(' ').expect("description and place"))
        .map(|(one, two)| (one.into(), two.into()))
        .collect()
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(700).collect();
    if start.len() < text.len() { start + "…" } else { start }
}
