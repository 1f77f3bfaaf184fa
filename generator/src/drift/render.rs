//! The findings as text, and as JSON.

use super::{Drift, Finding};
use serde_json::json;
use std::fmt::Write;

fn place(drift: &Drift, finding: &Finding) -> (String, usize, usize) {
    let at = drift.sources.line_column(finding.span);
    (drift.sources.name(finding.span.file), at.line, at.column)
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// Several lines for each finding.
#[must_use]
pub fn human(drift: &Drift) -> String {
    let mut text = String::new();
    for finding in &drift.findings {
        let (file, line, column) = place(drift, finding);
        let (kind, message, count) = (finding.kind.as_str(), &finding.message, times(finding.count));
        let _ = writeln!(text, "drift[{kind}]: {message} ({count})\n --> {file}:{line}:{column}");
        let _ = writeln!(text, "  = place: {}\n  = operations: {}", finding.pointer, finding.operations.join(", "));
        if !finding.proposed {
            let _ = writeln!(text, "  = note: the proposed overlay has no action for it");
        }
    }
    text
}

/// One line for each finding.
#[must_use]
pub fn short(drift: &Drift) -> String {
    let line = |finding: &Finding| {
        let (file, line, column) = place(drift, finding);
        let (kind, message) = (finding.kind.as_str(), &finding.message);
        format!("{file}:{line}:{column}: drift[{kind}]: {message} ({})\n", times(finding.count))
    };
    drift.findings.iter().map(line).collect()
}

/// One JSON object for each finding.
#[must_use]
pub fn json(drift: &Drift) -> String {
    let line = |finding: &Finding| {
        let (file, line, column) = place(drift, finding);
        let object = json!({
            "kind": finding.kind.as_str(), "message": finding.message, "file": file, "line": line, "column": column,
            "pointer": finding.pointer, "count": finding.count, "operations": finding.operations,
            "proposed": finding.proposed,
        });
        format!("{object}\n")
    };
    drift.findings.iter().map(line).collect()
}

/// The amounts of traffic, and of what was not compared.
#[must_use]
pub fn summary(drift: &Drift) -> String {
    let counts = drift.counts;
    let mut text = format!("{} responses of {} operations compared", counts.responses, counts.operations);
    let unread = counts.unread;
    let parts = [
        (counts.unmatched, "requests match no operation"),
        (counts.unplaced, "counts have a place that the description lacks"),
        (unread.cut, "bodies are cut or missing"),
        (unread.base64, "bodies are Base64"),
        (unread.invalid, "bodies are not valid JSON"),
        (unread.other, "bodies are of other media types than JSON"),
        (unread.entries, "entries are no exchange with a response"),
        (counts.too_large, "bodies are too large or too deep to compare whole"),
    ];
    for (count, what) in parts.iter().filter(|(count, _)| *count > 0) {
        let _ = write!(text, "; {count} {what}");
    }
    if counts.overflow > 0 {
        let _ = write!(text, "; {} occurrences beyond the limit of findings", counts.overflow);
    }
    text
}
