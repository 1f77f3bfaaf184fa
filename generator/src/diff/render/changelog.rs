//! The section of the changelog for users of the generated crate (<https://keepachangelog.com>).

use super::Release;
use crate::diff::Comparison;
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;

/// The section: what is new, what changed and what is gone, with the way to migrate where it is known.
#[must_use]
pub fn changelog(comparison: &Comparison, release: &Release) -> String {
    let version = release.next(comparison.rust()).unwrap_or_else(|| "Unreleased".to_owned());
    let mut text = format!("## {version}\n");
    let rust =
        || comparison.changes.iter().filter(|change| change.rust.is_some_and(|verdict| verdict > RustVerdict::Patch));
    let heading = |change: &Change| match change.settings_rule.unwrap_or(change.rule) {
        Rule::Added => "Added",
        Rule::Deprecated => "Deprecated",
        Rule::Removed => "Removed",
        _ => "Changed",
    };
    for title in ["Added", "Changed", "Deprecated", "Removed"] {
        let lines: Vec<String> = rust().filter(|change| heading(change) == title).map(line).collect();
        if !lines.is_empty() {
            text.push_str(&format!("\n### {title}\n\n{}", lines.concat()));
        }
    }
    if rust().next().is_none() && !comparison.changes.is_empty() {
        text.push_str(
            "\n### Changed\n\n- The crate follows a new version of the description. No code has to change.\n",
        );
    }
    text
}

fn line(change: &Change) -> String {
    let breaking = if change.rust == Some(RustVerdict::Major) { "**Breaking:** " } else { "" };
    let migrate = migration(change).map_or_else(String::new, |text| format!(" {text}"));
    format!("- {breaking}{}.{migrate}\n", upper(&change.message))
}

fn upper(message: &str) -> String {
    let mut signs = message.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The sentence that tells users what to write, where the values of the change determine it.
fn migration(change: &Change) -> Option<String> {
    let (old, new) = (change.old_value.as_deref()?, change.new_value.as_deref()?);
    match change.settings_rule.unwrap_or(change.rule) {
        Rule::Renamed => Some(format!("Write `{new}` for `{old}`.")),
        Rule::ArgumentsReordered => Some(format!("Pass the arguments in the new order: `{new}` was `{old}`.")),
        Rule::ArgumentsChanged => Some(format!("It was `{old}`, and is `{new}`.")),
        Rule::TypeChanged if new == format!("Option<{old}>") => {
            Some(format!("The value may be absent: match on `{new}`."))
        }
        Rule::TypeChanged if old == format!("Option<{new}>") => {
            Some("The value is always there: remove the `Option`.".to_owned())
        }
        Rule::TypeChanged => Some(format!("It was `{old}`, and is `{new}`.")),
        _ => None,
    }
}
