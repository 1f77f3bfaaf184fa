//! A comparison as Markdown, for summaries and comments.

use super::{Release, is_shown, summary};
use crate::diff::Comparison;
use crate::diff::change::Change;
use crate::diff::rules::Rule;

/// The comparison as tables.
#[must_use]
pub fn markdown(comparison: &Comparison, release: &Release) -> String {
    let mut text = format!("{}\n", summary(comparison, release));
    let is_settings = |change: &&Change| change.rule == Rule::CausedBySettings;
    let all = || comparison.changes.iter().filter(|change| is_shown(change));
    let rust: Vec<&Change> = all().filter(|change| change.rust.is_some() && !is_settings(change)).collect();
    let settings: Vec<&Change> = all().filter(is_settings).collect();
    let wire: Vec<&Change> = all().filter(|change| change.wire.is_some()).collect();
    for (title, changes) in [("Rust", rust), ("Settings", settings), ("Wire", wire)] {
        if changes.is_empty() {
            continue;
        }
        text.push_str(&format!("\n### {title}\n\n| Verdict | Rule | Change | Place |\n|---|---|---|---|\n"));
        text.extend(changes.into_iter().map(row));
    }
    text
}

fn row(change: &Change) -> String {
    let place = change.new_location.as_ref().or(change.old_location.as_ref());
    let place = place.map_or_else(String::new, |place| format!("{}:{}", place.shown_file(), place.line));
    let silent = if change.silent { ", silent" } else { "" };
    let cells = [format!("{}{silent}", change.verdict()), change.rule.code().to_owned(), change.message.clone(), place];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|").replace('\n', " ")).join(" | "))
}
