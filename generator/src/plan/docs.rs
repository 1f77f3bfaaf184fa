//! Documentation as lines that rustdoc renders without a warning and never runs. Must not know what is documented.

mod markdown;

/// A summary and the description behind it.
#[must_use]
pub fn of(summary: &str, description: Option<&str>) -> Vec<String> {
    let mut lines = Vec::new();
    if !summary.trim().is_empty() {
        lines.extend(clean(summary));
    }
    if let Some(description) = description.filter(|text| !text.trim().is_empty() && text.trim() != summary.trim()) {
        let described = clean(description);
        if !lines.is_empty() && !described.is_empty() {
            lines.push(String::new());
        }
        lines.extend(described);
    }
    lines
}

/// Everything on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of the description inside a code span: on one line, whatever it holds, and without its fence.
#[must_use]
pub fn told(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '`' => told.push('\''),
            // As code has it: blanks of all kinds look the same.
            c if c.is_control() => told.extend(c.escape_default()),
            c => told.push(c),
        }
    }
    told
}

/// Markdown in which nothing is a link, HTML or a test by accident.
#[must_use]
pub fn clean(text: &str) -> Vec<String> {
    // A return alone ends a line too.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = lines.chars().filter(|c| !is_unsafe(*c)).collect();
    markdown::render(&text)
}

/// Control characters, and those that turn the direction of text.
fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
