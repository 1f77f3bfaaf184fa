//! The counts and the known violations in files.

use super::trial::Tally;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Fails when the counts differ, when Prism reports an unknown violation, and when a known violation no longer occurs.
/// `UPDATE_EXPECT=1` writes the counts. The known violations are written by hand, with their reasons.
pub(crate) fn compare(generator: &Path, tallies: &[Tally]) {
    let expect = generator.join("tests/prism.expect");
    let known = fs::read_to_string(generator.join("tests/prism.known")).unwrap_or_default();
    let before = fs::read_to_string(&expect).unwrap_or_default();
    let named = before.lines().filter_map(|line| Some((line.split_once(' ')?.0.to_owned(), line.to_owned())));
    let mut lines: BTreeMap<String, String> = named.collect();
    let mut unseen = known_violations(&known);
    unseen.retain(|(description, _)| tallies.iter().any(|tally| tally.description == *description));
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    // Descriptions that a variable selects are reported and not recorded.
    let update = update && std::env::var_os("CLIENTSMITH_PRISM").is_none();
    for tally in tallies {
        for (call, reason) in tally.violations.iter().chain(&tally.undecoded) {
            if !unseen.remove(&(tally.description.clone(), call.clone())) {
                wrong.push_str(&format!("{} {call}\n  {reason}\n", tally.description));
            }
        }
        let before = lines.insert(tally.description.clone(), tally.line.clone());
        if before.as_ref() != Some(&tally.line) && !update {
            wrong.push_str(&format!("counts differ:\n- {}\n+ {}\n", before.unwrap_or_default(), tally.line));
        }
    }
    for (description, call) in unseen {
        wrong.push_str(&format!("{description} {call}\n  has no violation now: remove it from prism.known\n"));
    }
    if update {
        fs::write(expect, lines.into_values().map(|line| line + "\n").collect::<String>()).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Lines of description and call below each reason. A reason starts with `#` and a space.
fn known_violations(text: &str) -> BTreeSet<(String, String)> {
    let lines = text.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    let parts = lines.map(|line| line.split_once(' ').expect("description and call"));
    parts.map(|(description, call)| (description.to_owned(), call.to_owned())).collect()
}
