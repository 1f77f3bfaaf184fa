//! Findings as text: with the lines of the input, one line each, or JSON for editors.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::SourceMap;
use crate::span::Span;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Lines shown before and after the place.
const AROUND: usize = 2;
/// Longest line that is shown, in bytes: a minified document is one line.
const WIDEST: usize = 4_000;

/// With the lines of the input, as rustc does.
#[must_use]
pub fn human(list: &[Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for found in list {
        text.push_str(&listing(found, sources, &renderer));
        text.push_str("\n\n");
    }
    text
}

fn listing(found: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Skipped | Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&*found.message).id(found.code.as_str());
    let shown = found.primary.as_ref().map(|label| (label, sources.window(label.span, AROUND)));
    let Some((label, (window, first, offset))) = shown else {
        return short_one(found, sources);
    };
    if window.len() > WIDEST {
        return short_one(found, sources);
    }
    let name = sources.name(label.span.file);
    let range = inside(label.span, offset, window);
    let place = AnnotationKind::Primary.span(range).label(&*label.text);
    let snippet = Snippet::source(window).line_start(first).path(&*name).annotation(place);
    let mut group = title.element(snippet);
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group]).to_string()
}

/// A span as a range of its window: at most to the end of the first line, so that a long block is not all marked.
fn inside(span: Span, offset: usize, window: &str) -> std::ops::Range<usize> {
    let start = (span.start as usize).saturating_sub(offset).min(window.len());
    let rest = window.get(start..).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    let length = (span.end as usize).saturating_sub(span.start as usize).min(line);
    let end = (start..=start + length).rev().find(|at| window.is_char_boundary(*at)).unwrap_or(start);
    start..end
}

/// `file:line:column: severity[code]: message`, one line each.
#[must_use]
pub fn short(list: &[Diagnostic], sources: &SourceMap) -> String {
    list.iter().map(|found| short_one(found, sources) + "\n").collect()
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Skipped => "skipped",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn short_one(found: &Diagnostic, sources: &SourceMap) -> String {
    let place = found.primary.as_ref().map_or_else(String::new, |label| {
        let place = sources.place(label.span);
        format!("{}:{}:{}: ", sources.name(label.span.file), place.line, place.column)
    });
    let message = found.message.replace('\n', " ");
    format!("{place}{}[{}]: {message}", word(found.severity), found.code.as_str())
}

/// One JSON object a line.
#[must_use]
pub fn json(list: &[Diagnostic], sources: &SourceMap) -> String {
    let object = |found: &Diagnostic| {
        let place = found.primary.as_ref().map(|label| (sources.name(label.span.file), sources.place(label.span)));
        let (file, place) = place.map_or((None, None), |(file, place)| (Some(file), Some(place)));
        serde_json::json!({
            "code": found.code.as_str(),
            "severity": word(found.severity),
            "message": found.message,
            "file": file,
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
            "help": found.help,
        })
    };
    list.iter().map(|found| format!("{}\n", object(found))).collect()
}

/// A message that is about no place of the description, as [`json`] writes findings.
#[must_use]
pub fn json_message(code: Option<Code>, message: &str) -> String {
    let code = code.map(Code::as_str);
    serde_json::json!({ "code": code, "severity": word(Severity::Error), "message": message }).to_string()
}
