//! A comparison as text: for people, one line each, or as JSON.

mod changelog;
mod github;
mod json;
mod markdown;
mod sarif;

pub use changelog::changelog;
pub use github::github;
pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;

use super::Comparison;
use super::change::{Change, Location, RustVerdict, WireVerdict};

/// The released version and the approvals.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// The version that was released last.
    pub released: Option<String>,
    /// Ids of approved changes.
    pub approved: Vec<String>,
}

impl Release {
    /// The version that the verdict asks for. `None` without a released version, or for one that is not
    /// `major.minor.patch`. Before 1.0 a breaking change raises the minor.
    #[must_use]
    pub fn next(&self, verdict: RustVerdict) -> Option<String> {
        let plain = self.released.as_deref()?;
        let plain = plain.strip_prefix('v').unwrap_or(plain);
        let parts: Result<Vec<u64>, _> = plain.split('.').map(str::parse).collect();
        let [major, minor, patch] = parts.ok()?[..] else { return None };
        Some(match (verdict, major) {
            (RustVerdict::None, _) => plain.to_owned(),
            (RustVerdict::Major, 0) => format!("0.{}.0", minor + 1),
            (RustVerdict::Major, _) => format!("{}.0.0", major + 1),
            (RustVerdict::Minor, 0) | (RustVerdict::Patch, _) => format!("{major}.{minor}.{}", patch + 1),
            (RustVerdict::Minor, _) => format!("{major}.{}.0", minor + 1),
        })
    }
}

/// The comparison for people.
#[must_use]
pub fn human(comparison: &Comparison, release: &Release) -> String {
    let (shown, rest): (Vec<&Change>, Vec<&Change>) = comparison.changes.iter().partition(|change| is_shown(change));
    let mut text: String = shown.into_iter().map(|change| listing(change, release)).collect();
    if !rest.is_empty() {
        let word = if rest.len() == 1 { "change is" } else { "changes are" };
        text.push_str(&format!("{} more {word} a patch or safe; `--format short` lists them\n", rest.len()));
    }
    text.push_str(&summary(comparison, release));
    text.push('\n');
    text
}

/// Returns true for a change that is more than a patch, and not safe.
fn is_shown(change: &Change) -> bool {
    change.rust.is_some_and(|verdict| verdict > RustVerdict::Patch)
        || change.wire.is_some_and(|verdict| verdict > WireVerdict::Safe)
}

/// A change as lines for people.
fn listing(change: &Change, release: &Release) -> String {
    let mut lines = vec![format!("{}[{}] {}", change.verdict(), change.rule.code(), change.message)];
    let at = |place: &Location| format!("{}:{}:{}", place.shown_file(), place.line, place.column);
    match (&change.new_location, &change.old_location) {
        (Some(new), Some(old)) => lines.push(format!(" --> {}   was {}", at(new), at(old))),
        (Some(place), None) | (None, Some(place)) => lines.push(format!(" --> {}", at(place))),
        (None, None) => {}
    }
    if let (Some(old), Some(new)) = (&change.old_value, &change.new_value) {
        let shown = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
        lines.push(format!("  | before: {}    now: {}", shown(old), shown(new)));
    }
    if let Some(direction) = change.direction {
        lines.push(format!("  = in: {}", direction.as_str()));
    }
    if change.silent {
        lines.push("  = silent: old code compiles and means something else".to_owned());
    }
    if !change.effects.is_empty() {
        lines.push(format!("  = reaches: {}", shortened(&change.effects)));
    }
    if let Some(help) = &change.help {
        lines.push(format!("  = help: {help}"));
    }
    if release.approved.contains(&change.id()) {
        lines.push("  = approved".to_owned());
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}

/// The first effects, and the number of the others.
fn shortened(effects: &[String]) -> String {
    const MAX: usize = 3;
    let shown: Vec<&str> = effects.iter().take(MAX).map(String::as_str).collect();
    let rest = effects.len().saturating_sub(MAX);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The last line: both verdicts and the counts.
#[must_use]
pub fn summary(comparison: &Comparison, release: &Release) -> String {
    let count = |count: usize, noun: &str| format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" });
    let compared = format!("{}, {}", count(comparison.operations, "operation"), count(comparison.types, "type"));
    if comparison.changes.is_empty() {
        return format!("0 changes in {compared}");
    }
    let verdict = comparison.rust();
    let next = match (&release.released, release.next(verdict)) {
        (Some(from), Some(to)) => format!(" ({from} -> {to})"),
        _ => String::new(),
    };
    let approved = comparison.changes.iter().filter(|change| release.approved.contains(&change.id())).count();
    let approved = if approved > 0 { format!("; {approved} approved") } else { String::new() };
    format!(
        "Rust: {}{next}   Wire: {}   {}, {} in {compared}{approved}",
        verdict.as_str(),
        comparison.wire().as_str(),
        count(comparison.changes.len(), "cause"),
        count(comparison.effects(), "effect"),
    )
}

/// A number with a comma after each thousand.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// One line for each change, then the summary.
#[must_use]
pub fn short(comparison: &Comparison, release: &Release) -> String {
    let line = |change: &Change| {
        let place = change.new_location.as_ref().or(change.old_location.as_ref());
        let place =
            place.map_or_else(String::new, |place| format!("{}:{}:{}: ", place.shown_file(), place.line, place.column));
        let direction = change.direction.map_or_else(String::new, |direction| format!(" ({})", direction.as_str()));
        let silent = if change.silent { " (silent)" } else { "" };
        format!("{place}{}[{}]: {}{direction}{silent}\n", change.verdict(), change.rule.code(), change.message)
    };
    let mut text: String = comparison.changes.iter().map(line).collect();
    text.push_str(&summary(comparison, release));
    text.push('\n');
    text
}
