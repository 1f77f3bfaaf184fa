//! Writes a value tree as YAML that readers of YAML 1.1 and 1.2 understand in the same way. A string is plain only where
//! no reader takes it for something else; any other one is a JSON string or a block. Knows the value tree. Does not know
//! OpenAPI.

use crate::syntax::node::{Kind, NodeId, Tree};
use crate::syntax::number::json_number;
use std::borrow::Cow;
use std::fmt;

/// Maximum number of values of a file. An alias is one node and written at every use, so nested aliases could fill any disk.
const MAX: usize = 1_000_000;
/// Deepest level. Aliases can nest deeper than the input.
const DEEPEST: usize = 1_000;
/// Longest key of the form `key: value`, in bytes (YAML 1.2.2, section 7.4, has 1,024 characters).
const LONGEST_KEY: usize = 1_000;
/// Words that a reader of YAML 1.1 or 1.2 takes for a boolean, null or number, in lower case.
const WORDS: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];

/// A value that exceeds a limit.
#[derive(Debug)]
pub(super) enum TooLarge {
    Values,
    Levels,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values => write!(f, "more than {MAX} values, aliases counted at every use"),
            Self::Levels => write!(f, "more than {DEEPEST} levels, those of aliases counted"),
        }
    }
}

/// Writes a value, unless it exceeds a limit.
pub(super) fn write(tree: &Tree, root: NodeId) -> Result<String, TooLarge> {
    let mut writer = Writer { tree, text: String::new(), left: MAX };
    writer.value(root, 0, Position::Line, 0)?;
    Ok(writer.text)
}

/// The place of a value in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// The start of a line.
    Line,
    /// After `key:`.
    Key,
    /// After `- `.
    Item,
}

struct Writer<'t> {
    tree: &'t Tree,
    text: String,
    left: usize,
}

impl Writer<'_> {
    fn value(&mut self, node: NodeId, indent: usize, position: Position, depth: usize) -> Result<(), TooLarge> {
        self.left = self.left.checked_sub(1).ok_or(TooLarge::Values)?;
        if depth > DEEPEST {
            return Err(TooLarge::Levels);
        }
        let tree = self.tree;
        match &tree.get(node).kind {
            Kind::Map(entries) if !entries.is_empty() => {
                self.open(position);
                // The entries of a list's item begin after its dash.
                let mut is_begun = position == Position::Item;
                for entry in entries {
                    self.indent(indent, &mut is_begun);
                    self.key(&entry.key, indent);
                    let is_list = matches!(&tree.get(entry.value).kind, Kind::List(items) if !items.is_empty());
                    self.value(entry.value, if is_list { indent } else { indent + 2 }, Position::Key, depth + 1)?;
                }
            }
            Kind::List(items) if !items.is_empty() => {
                self.open(position);
                let mut is_begun = position == Position::Item;
                for item in items {
                    self.indent(indent, &mut is_begun);
                    self.text.push_str("- ");
                    self.value(*item, indent + 2, Position::Item, depth + 1)?;
                }
            }
            kind => {
                if position == Position::Key {
                    self.text.push(' ');
                }
                self.scalar(kind, indent);
                self.text.push('\n');
            }
        }
        Ok(())
    }

    /// Ends the line of a key, whose map or list follows.
    fn open(&mut self, position: Position) {
        if position == Position::Key {
            self.text.push('\n');
        }
    }

    fn indent(&mut self, columns: usize, is_begun: &mut bool) {
        if !std::mem::take(is_begun) {
            self.text.extend(std::iter::repeat_n(' ', columns));
        }
    }

    fn key(&mut self, key: &str, indent: usize) {
        let shown = if is_plain(key) { Cow::Borrowed(key) } else { Cow::Owned(quoted(key)) };
        if shown.len() > LONGEST_KEY {
            self.text.extend(["? ", &shown, "\n", &" ".repeat(indent), ":"]);
        } else {
            self.text.extend([&shown, ":"]);
        }
    }

    fn scalar(&mut self, kind: &Kind, indent: usize) {
        match kind {
            Kind::Null => self.text.push_str("null"),
            Kind::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Kind::Number(text) => self.text.push_str(&number(&json_number(text))),
            Kind::String(text) if is_plain(text) => self.text.push_str(text),
            Kind::String(text) if is_block(text) => self.block(text, indent),
            Kind::String(text) => self.text.push_str(&quoted(text)),
            Kind::List(_) => self.text.push_str("[]"),
            Kind::Map(_) => self.text.push_str("{}"),
        }
    }

    /// A literal block scalar (YAML 1.2.2, section 8.1.2).
    fn block(&mut self, text: &str, indent: usize) {
        let content = text.trim_end_matches('\n');
        self.text.push_str(match text.len() - content.len() {
            0 => "|-",
            1 => "|",
            _ => "|+",
        });
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            self.text.push('\n');
            if !line.is_empty() {
                // A block at the top level is indented too.
                self.text.extend(std::iter::repeat_n(' ', indent.max(2)));
                self.text.push_str(line);
            }
        }
    }
}

/// Returns true if every reader takes the text for a string: a word that starts with a letter, `/`, `_` or `$`.
fn is_plain(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '_' | '$'));
    starts
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(|c| c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Returns true if a text of several lines can be a block as it is.
fn is_block(text: &str) -> bool {
    let is_line = |line: &str| {
        (line.is_empty() || !line.trim_matches([' ', '\t']).is_empty()) && line.chars().all(|c| !is_special(c))
    };
    text.trim_end_matches('\n').contains('\n') && !text.starts_with([' ', '\t', '\n']) && text.split('\n').all(is_line)
}

/// Returns true for characters that a reader could take for a line break or refuse.
fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A JSON string, in which no special character stands as it is. YAML reads it as a double-quoted string.
fn quoted(text: &str) -> String {
    let mut json = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            '\t' => json.push_str("\\t"),
            c if is_special(c) => json.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// A number with all its digits. Readers of YAML 1.1 need a point before an exponent, and the sign of the exponent.
fn number(text: &str) -> Cow<'_, str> {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Cow::Borrowed(text) };
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['+', '-']) { "" } else { "+" };
    Cow::Owned(format!("{mantissa}{point}e{sign}{exponent}"))
}

#[cfg(test)]
mod tests;
