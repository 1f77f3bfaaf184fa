//! Lines of documentation that rustdoc renders without a warning and never runs as a test. Does not know the documented
//! item.

mod deprecation;
mod markdown;

pub(crate) use deprecation::Deprecation;
pub(crate) use markdown::Lead;
use markdown::{is_unsafe, sentence_end};

/// A summary and the description after it. The summary is one sentence; where there is none, it is the first one of
/// the description. A description that begins with the summary does not repeat it.
#[must_use]
pub(crate) fn of(summary: &str, description: Option<&str>) -> Vec<String> {
    let description = description.unwrap_or_default();
    let mut lines = clean(summary, Lead::Sentence);
    if lines.is_empty() {
        return clean(description, Lead::Sentence);
    }
    if let [only] = lines.as_slice()
        && begins_with(description, summary)
    {
        let described = clean(description, Lead::Sentence);
        let repeated = described.first().is_some_and(|first| is_same(only, first));
        if repeated && described.get(1).is_none_or(String::is_empty) {
            return described;
        }
    }
    let described = clean(description, Lead::Paragraph);
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    lines
}

/// The description of a field or parameter: its first sentence is a paragraph when the description needs more than a
/// line.
#[must_use]
pub(crate) fn of_field(description: Option<&str>) -> Vec<String> {
    clean(description.unwrap_or_default(), Lead::Line)
}

/// The documentation of an item that the description does not describe: its name there, if the identifier does not show
/// it. There is nothing else to say about such an item (docs/names.md), and the crate allows `missing_docs`.
#[must_use]
pub(crate) fn of_name(name: &str, identifier: &str) -> Option<String> {
    let letters = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_shown = is_plain && letters(name) == letters(identifier);
    (!is_shown).then(|| format!("`{}` in the OpenAPI description.", escape_inline(&one_line(name))))
}

/// The note on arguments that take a value or `None`, whose function has a const parameter for each of them.
#[must_use]
pub(crate) fn or_none_note<'n>(arguments: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = arguments.map(|name| format!("`{}`", name.trim_end_matches('_'))).collect();
    let (last, first) = names.split_last()?;
    let names = if first.is_empty() { last.clone() } else { format!("{} and {last}", first.join(", ")) };
    Some(format!("Pass a value or `None` for {names}; Rust infers the const parameters ([`OrNone`](runtime::OrNone))."))
}

/// Appends notes of the generator, each as a paragraph.
pub(crate) fn add_notes(lines: &mut Vec<String>, notes: impl IntoIterator<Item = String>) {
    for note in notes {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(note);
    }
}

/// The note on a deprecated item, unless its documentation says so already.
#[must_use]
pub(crate) fn of_deprecated(deprecated: bool, lines: &[String]) -> Option<String> {
    let is_noted = || lines.iter().any(|line| line.to_lowercase().contains("deprecated"));
    (deprecated && !is_noted()).then(|| "Deprecated.".to_owned())
}

/// Returns true if a description begins with the words of its summary.
fn begins_with(description: &str, summary: &str) -> bool {
    let mut words = description.split_whitespace();
    let first = summary.split_whitespace().all(|word| words.next().is_some_and(|other| is_same(word, other)));
    first && !summary.trim().is_empty()
}

/// Returns true if two lines have the same words.
fn is_same(one: &str, other: &str) -> bool {
    let words = |line: &str| line.trim().trim_end_matches('.').to_lowercase();
    words(one) == words(other)
}

/// A note: its name, and its text in the same paragraph.
#[must_use]
pub(crate) fn of_note(name: &str, text: &str) -> Vec<String> {
    clean(&format!("{name} {text}"), Lead::Paragraph)
}

/// Returns true for a character that has no place in a string of a program that people read: control characters, and those
/// that change the order of the others.
#[must_use]
pub(crate) fn is_unshown(c: char) -> bool {
    c.is_control() || is_unsafe(c)
}

/// Ends the first paragraph with a full stop. Many summaries have none.
#[must_use]
pub(crate) fn as_sentence(mut lines: Vec<String>) -> Vec<String> {
    let is_text = lines.first().is_some_and(|line| line.starts_with(char::is_alphanumeric));
    let end = lines.iter().position(String::is_empty).unwrap_or(lines.len());
    let last = end.checked_sub(1).and_then(|last| lines.get_mut(last)).filter(|_| is_text);
    if let Some(last) = last.filter(|last| last.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '`')) {
        last.push('.');
    }
    lines
}

/// The first sentence of a paragraph, or all of it.
#[must_use]
pub(crate) fn first_sentence(paragraph: &str) -> &str {
    paragraph.get(..sentence_end(paragraph).unwrap_or(paragraph.len())).unwrap_or(paragraph)
}

/// Joins all lines of a text.
#[must_use]
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of the description for a code span: one line, without backticks.
#[must_use]
pub(crate) fn escape_inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '`' => escaped.push('\''),
            // Escaped as in code, since blanks of all kinds look the same.
            c if c.is_control() => escaped.extend(c.escape_default()),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Markdown without accidental links, HTML or doc tests.
#[must_use]
pub(crate) fn clean(text: &str, lead: Lead) -> Vec<String> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    // A carriage return alone ends a line too.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = lines.chars().filter(|c| !is_unsafe(*c)).collect();
    markdown::render(&text, lead)
}
