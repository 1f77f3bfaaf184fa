//! Documentation as lines that rustdoc renders without a warning and never runs.

/// A summary and the description behind it.
#[must_use]
pub fn of(summary: &str, description: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    if !summary.trim().is_empty() {
        lines.extend(clean(summary));
    }
    if let Some(description) = description.filter(|text| !text.trim().is_empty() && text.trim() != summary.trim()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(clean(description));
    }
    lines
}

/// Everything on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markdown in which nothing is a link, HTML or a test by accident.
#[must_use]
pub fn clean(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !is_unsafe(*c)).collect();
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            lines.push(if fenced { "```".to_owned() } else { "```text".to_owned() });
            fenced = !fenced;
        } else if fenced {
            lines.push(line.trim_end().to_owned());
        } else if !(bare.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(prose(bare));
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Control characters, and those that turn the direction of text.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A line outside fences: code spans stay, everything else is escaped.
fn prose(line: &str) -> String {
    let mut clean = String::new();
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            clean.push('`');
        }
        let code = index % 2 == 1 && line.matches('`').count().is_multiple_of(2);
        if code {
            clean.push_str(part);
        } else {
            escape(part, &mut clean);
        }
    }
    clean
}

fn escape(text: &str, clean: &mut String) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            clean.push(' ');
        }
        let start = word.find("http://").or_else(|| word.find("https://"));
        let Some(start) = start else {
            escape_word(word, clean);
            continue;
        };
        let (before, url) = word.split_at(start);
        let end = url.find([')', ']', '>', '<', '"', '\'', '(', '[', '|', '\\', '`']).unwrap_or(url.len());
        let (url, after) = url.split_at(end);
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        escape_word(before, clean);
        if trimmed.len() > 8 {
            clean.push_str(&format!("<{trimmed}>"));
        }
        escape_word(url.get(trimmed.len()..).unwrap_or_default(), clean);
        // A second address in the same word is rare; it is broken up so that it is no bare link.
        escape_word(&after.replace("://", ": //"), clean);
    }
}

fn escape_word(word: &str, clean: &mut String) {
    for c in word.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '\\') {
            clean.push('\\');
        }
        clean.push(c);
    }
}
