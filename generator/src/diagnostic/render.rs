//! Findings as text: with lines of the input, one line each, or as JSON for editors.

use super::json_pointers::JsonPointers;
use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::source::SourceMap;
use crate::span::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::Value;

/// Lines before and after the position.
const AROUND: usize = 2;
/// Longest line that is shown whole, in bytes. A minified description is one line.
const WIDEST: usize = 4_000;
/// Characters of a longer line that are shown.
const PIECE: usize = 80;

/// Findings with lines of the input, in the form of rustc.
#[must_use]
pub fn human(list: &[Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let pointers = JsonPointers::of(list, sources);
    let mut text = String::new();
    for found in list {
        text.push_str(&listing(found, sources, &pointers, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn listing(found: &Diagnostic, sources: &SourceMap, pointers: &JsonPointers, renderer: &Renderer) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Skipped => Level::WARNING.with_name(word(Severity::Skipped)),
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*found.message).id(found.code.as_str()));
    let labels = found.primary.iter().map(|label| (AnnotationKind::Primary, label));
    let mut notes = Vec::new();
    for (kind, label) in labels.chain(found.related.iter().map(|label| (AnnotationKind::Context, label))) {
        let (window, first, offset) = sources.window(label.span, AROUND);
        let name = sources.name(label.span.file);
        if window.len() > WIDEST {
            notes.push(excerpt(label, sources, pointers.get(label)));
            continue;
        }
        notes.extend(pointers.get(label).map(|pointer| format!("at {pointer}")));
        let mark = kind.span(inside(label.span, offset, window)).label(&*label.text);
        group = group.element(Snippet::source(window).line_start(first).path(name).annotation(mark));
    }
    // Excerpts of wide lines, such as minified JSON, and the pointers of shown ones.
    for note in notes {
        group = group.element(Level::NOTE.no_name().message(note));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group]).to_string()
}

/// A part of a line with marks below it.
fn excerpt(label: &Label, sources: &SourceMap, pointer: Option<&str>) -> String {
    let (place, text) = (sources.line_column(label.span), sources.text(label.span.file));
    let (start, end) = (label.span.start as usize, label.span.end as usize);
    let piece = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let rest: String = text.get(start..).unwrap_or_default().chars().take(PIECE).collect();
    let before: Vec<char> = text.get(..start).unwrap_or_default().chars().rev().take(PIECE / 2).collect();
    let before: String = before.into_iter().rev().collect();
    let marked = text.get(start..end.min(start + rest.len())).map_or(1, |marked| marked.chars().count()).max(1);
    let margin = " ".repeat(before.chars().count());
    let after = pointer.into_iter().chain(Some(label.text.as_str()).filter(|text| !text.is_empty()));
    let after: String = after.map(|text| format!(" {text}")).collect();
    format!(
        "{}:{}:{}{after}\n{}{}\n{margin}{}",
        sources.name(label.span.file),
        place.line,
        place.column,
        piece(&before),
        piece(&rest),
        "^".repeat(marked)
    )
}

/// A span as a range of the shown lines, at most to the end of its first line.
fn inside(span: Span, offset: usize, window: &str) -> std::ops::Range<usize> {
    let start = (span.start as usize).saturating_sub(offset).min(window.len());
    let rest = window.get(start..).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    let length = (span.end as usize).saturating_sub(span.start as usize).min(line);
    let end = (start..=start + length).rev().find(|at| window.is_char_boundary(*at)).unwrap_or(start);
    start..end
}

/// The number of findings of each severity, such as `1 error, 2 warnings`.
#[must_use]
pub fn count(list: &[Diagnostic]) -> String {
    let of = |severity: Severity| list.iter().filter(|found| found.severity == severity).count();
    let named = [
        (of(Severity::Error), "error", "errors"),
        (of(Severity::Skipped), "part left out", "parts left out"),
        (of(Severity::Warning), "warning", "warnings"),
        (of(Severity::Note), "note", "notes"),
    ];
    let counts = named.into_iter().filter(|(count, ..)| *count > 0);
    counts
        .map(|(count, one, more)| format!("{count} {}", if count == 1 { one } else { more }))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Findings as `file:line:column: severity[code]: message`, one line each. A place in a JSON file with long lines also has its
/// JSON pointer, at the end.
#[must_use]
pub fn short(list: &[Diagnostic], sources: &SourceMap) -> String {
    let pointers = JsonPointers::of(list, sources);
    let line = |found: &Diagnostic| {
        let place = found.primary.as_ref().map_or_else(String::new, |label| {
            let place = sources.line_column(label.span);
            format!("{}:{}:{}: ", sources.name(label.span.file), place.line, place.column)
        });
        let pointer = found.primary.as_ref().and_then(|label| pointers.get(label));
        let pointer = pointer.map_or_else(String::new, |pointer| format!(" (at {pointer})"));
        format!("{place}{}[{}]: {}{pointer}\n", word(found.severity), found.code.as_str(), found.message)
    };
    list.iter().map(line).collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Skipped => "skipped",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// One finding as `file:line:column: severity[code]: message`, without a line break.
#[must_use]
pub fn line(found: &Diagnostic, sources: &SourceMap) -> String {
    short(std::slice::from_ref(found), sources).trim_end_matches('\n').to_owned()
}

/// Findings as JSON objects, one line each. docs/diagnostics.md defines the fields.
#[must_use]
pub fn json(list: &[Diagnostic], sources: &SourceMap) -> String {
    let pointers = JsonPointers::of(list, sources);
    let located = |label: &Label| located(label, sources, pointers.get(label));
    let object = |found: &Diagnostic| {
        let mut object = serde_json::json!({
            "code": found.code.as_str(),
            "severity": word(found.severity),
            "message": found.message,
            "help": found.help,
        });
        let place = found.primary.as_ref().map(located);
        let related: Vec<Value> = found.related.iter().map(located).collect();
        if let (Value::Object(object), Some(Value::Object(place))) = (&mut object, place) {
            object.extend(place);
            object.insert("related".to_owned(), Value::Array(related));
        }
        object
    };
    list.iter().map(|found| format!("{}\n", object(found))).collect()
}

fn located(label: &Label, sources: &SourceMap, pointer: Option<&str>) -> Value {
    let end = Span { start: label.span.end.max(label.span.start), ..label.span };
    let (start, end) = (sources.line_column(label.span), sources.line_column(end));
    let mut place = serde_json::json!({
        "file": sources.name(label.span.file),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "label": label.text,
    });
    if let (Some(place), Some(pointer)) = (place.as_object_mut(), pointer) {
        place.insert("pointer".to_owned(), pointer.into());
    }
    place
}

/// A message without a position as a finding of [`json`].
#[must_use]
pub fn json_message(code: Option<Code>, message: &str) -> String {
    let code = code.map(Code::as_str);
    serde_json::json!({ "code": code, "severity": word(Severity::Error), "message": message }).to_string()
}
