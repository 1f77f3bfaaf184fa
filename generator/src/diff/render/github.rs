//! A comparison as annotations of GitHub Actions. The worst changes come first, since ten annotations of a level are
//! shown for each step.

use super::{Release, is_shown, summary};
use crate::diff::Comparison;
use crate::diff::change::{Change, RustVerdict, WireVerdict};

/// The comparison as workflow commands.
#[must_use]
pub fn github(comparison: &Comparison, release: &Release) -> String {
    let shown = comparison.changes.iter().filter(|change| is_shown(change));
    let mut text: String = shown.map(|change| annotation(change, release)).collect();
    text.push_str(&summary(comparison, release));
    text.push('\n');
    text
}

fn annotation(change: &Change, release: &Release) -> String {
    let level = match (change.rust, change.wire) {
        _ if release.approved.contains(&change.id()) => "notice",
        (Some(RustVerdict::Major), _) | (_, Some(WireVerdict::Break)) => "error",
        (_, Some(WireVerdict::Risk)) => "warning",
        _ => "notice",
    };
    let place = change.new_location.as_ref().or(change.old_location.as_ref());
    let place = place.map_or_else(String::new, |place| {
        format!("file={},line={},col={},", property(&place.file), place.line, place.column)
    });
    let title = format!("{}[{}]", change.verdict(), change.rule.code());
    format!("::{level} {place}title={}::{}\n", property(&title), message(&change.message))
}

/// Escapes a message of a workflow command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
