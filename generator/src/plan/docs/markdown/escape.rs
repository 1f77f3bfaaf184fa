//! Escapes of prose that Markdown would read as markup. Knows Markdown's signs; does not know its blocks.

use super::html;

/// Escapes text. Addresses become links if `links` is true.
pub(super) fn text(words: &str, links: bool) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    let mut rest = words;
    while let Some(start) = address(rest) {
        let (before, from) = rest.split_at(start);
        let stop = |c: char| c.is_whitespace() || !c.is_ascii() || "<>()[]{}\"'`|\\^".contains(c);
        let (found, after) = from.split_at(from.find(stop).unwrap_or(from.len()));
        let url = found.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        signs(before, &mut escaped);
        let host = url.split_once("://").is_some_and(|(_, host)| host.starts_with(|c: char| c.is_ascii_alphanumeric()));
        // Rustdoc warns about a bare address without a host.
        match host {
            true if links => escaped.push_str(&format!("<{url}>")),
            true => signs(url, &mut escaped),
            false => signs(&url.replace("://", ": //"), &mut escaped),
        }
        signs(found.get(url.len()..).unwrap_or_default(), &mut escaped);
        rest = after;
    }
    signs(rest, &mut escaped);
    escaped
}

fn address(text: &str) -> Option<usize> {
    // One search, because a text can have many addresses of one kind and none of the other.
    let starts = text.match_indices("http").map(|(at, _)| at);
    starts.into_iter().find(|at| {
        text.get(at + "http".len()..).is_some_and(|rest| rest.starts_with("://") || rest.starts_with("s://"))
    })
}

/// Adds a text with escapes for the signs of Markdown and HTML.
fn signs(text: &str, escaped: &mut String) {
    let mut shown = 0;
    for (at, c) in text.char_indices() {
        if at < shown {
            continue;
        }
        // A description writes an example of a tag with character references. Two code spans in a row would be one.
        if c == '<'
            && !escaped.ends_with('`')
            && let Some(tag) = text.get(at..).and_then(html::tag_of_words)
        {
            shown = at + tag.len();
            escaped.push_str(&code_span(tag));
            continue;
        }
        if is_markup(text, at, c) {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' || c == '\t' { ' ' } else { c });
    }
}

/// Returns true if Markdown would read a sign at this place of a text as markup. Other words can follow the text.
fn is_markup(text: &str, at: usize, sign: char) -> bool {
    let rest = text.get(at + sign.len_utf8()..).unwrap_or_default();
    let next = rest.chars().next();
    match sign {
        '[' | ']' | '\\' | '*' | '`' | '~' => true,
        // Inside a word they are neither emphasis (CommonMark, section 6.2) nor the border of a table.
        '_' | '|' => {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            ![before, next].iter().all(|c| c.is_some_and(char::is_alphanumeric))
        }
        // The start of a tag or an address (sections 6.5 and 6.6).
        '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        // The start of a character reference (section 2.5).
        '&' => {
            let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            next.is_none_or(|c| c == '#') || (name.len() < rest.len() && (name.is_empty() || name.starts_with(';')))
        }
        _ => false,
    }
}

/// Removes the escapes of a text.
pub(super) fn plain(escaped: &str) -> String {
    escaped.replace('\\', "")
}

/// A code span whose fence is longer than any run of backticks in it.
pub(super) fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if longest > 0 { " " } else { "" };
    if code.trim().is_empty() {
        String::new()
    } else {
        format!("{fence}{gap}{}{gap}{fence}", code.replace(['\n', '\t'], " "))
    }
}

/// Breaks prose into lines that do not start like an item, a heading or a quote. A code span is never broken.
pub(super) fn wrap(prose: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut width = 0;
    let mut fence = 0;
    let mut is_first = true;
    for word in prose.split_whitespace() {
        let length = word.chars().count();
        if !line.is_empty() && fence == 0 && width + 1 + length > columns {
            lines.push(std::mem::take(&mut line));
            width = 0;
            is_first = false;
        }
        if line.is_empty() {
            line.push_str(&shielded(word, is_first));
        } else {
            line.push(' ');
            line.push_str(word);
            width += 1;
        }
        width += length;
        fence = open_fence(word, fence);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// The number of backticks that open the code span in which a word ends, or 0. `open` is that of the word before. Only the same
/// number closes a span (CommonMark, section 6.1), and a backslash in it is not an escape.
fn open_fence(word: &str, mut open: usize) -> usize {
    let mut rest = word;
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        let is_escaped = open == 0 && backslashes % 2 == 1;
        let run = if is_escaped { 1 } else { from.len() - from.trim_start_matches('`').len() };
        if run == open {
            open = 0;
        } else if open == 0 && !is_escaped {
            open = run;
        }
        rest = from.get(run..).unwrap_or_default();
    }
    open
}

/// Escapes the first word of a line if it would start a block. Inside a paragraph, only a list that begins with 1 would
/// (CommonMark, section 5.2).
fn shielded(word: &str, is_first: bool) -> String {
    let rule = word.len() > 1 && word.chars().all(|c| c == '-' || c == '=');
    let heading = word.chars().all(|c| c == '#');
    if rule || heading || word.starts_with('>') || matches!(word, "-" | "+" | "=") {
        return format!("\\{word}");
    }
    let begins = |digits: &str| is_first || digits.parse() == Ok(1);
    match word.strip_suffix(['.', ')']) {
        Some(digits) if digits.chars().all(|c| c.is_ascii_digit()) && !digits.is_empty() && begins(digits) => {
            let (number, sign) = word.split_at(digits.len());
            format!("{number}\\{sign}")
        }
        _ => word.to_owned(),
    }
}

/// Returns true for lines that start like a numbered item, such as `1. `.
pub(super) fn is_numbered(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". "))
}

/// Control characters, and those that turn the direction of text.
pub(in super::super) fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
