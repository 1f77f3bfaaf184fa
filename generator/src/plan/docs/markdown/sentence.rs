//! The first sentence of a paragraph of Markdown. Knows marks and abbreviations; does not know blocks.

/// Words that end with a full stop inside a sentence.
const ABBREVIATIONS: [&str; 27] = [
    "e.g", "i.e", "eg", "ie", "etc", "vs", "cf", "approx", "no", "nr", "fig", "inc", "ltd", "co", "corp", "mr", "mrs",
    "ms", "dr", "st", "ex", "incl", "resp", "max", "min", "al", "ca",
];

/// The end of the first sentence if another one follows.
pub(in crate::plan::docs) fn end(prose: &str) -> Option<usize> {
    let bytes = prose.as_bytes();
    let mut marks = Marks::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = prose.get(at..)?;
        match byte {
            b'\\' => at += 1,
            b'\n' => return None,
            b'`' => {
                // A full stop in a code span ends no sentence.
                let fence = rest.len() - rest.trim_start_matches('`').len();
                let (ticks, inside) = rest.split_at_checked(fence)?;
                at += fence + inside.find(ticks)? + fence;
                continue;
            }
            b'<' if is_link(rest) => at += rest.find('>')?,
            b'_' if is_inside_word(prose, at) => {}
            b']' if rest.starts_with("](") => {
                marks.take(b']');
                at += rest.find(')')?;
            }
            b'.' | b'!' | b'?' => {
                let after_marks = rest.get(1..)?.trim_start_matches(['.', '!', '?']);
                let mut after = marks;
                let closers = |c: char| matches!(c, '*' | '_' | '"' | '\'' | ')' | '”' | '’');
                let next = after_marks.trim_start_matches(closers);
                let closed = after_marks.get(..after_marks.len() - next.len()).unwrap_or_default();
                closed.bytes().for_each(|byte| after.take(byte));
                if after.are_closed()
                    && begins(next)
                    && prose.get(..at)?.trim().contains(char::is_whitespace)
                    && !(byte == b'.' && ends_with_abbreviation(prose.get(..at)?))
                {
                    return Some(prose.len() - next.len());
                }
                at += rest.len() - 1 - after_marks.len();
            }
            0xE3 if rest.starts_with('。') && marks.are_closed() && rest.len() > 3 => return Some(at + 3),
            _ => marks.take(byte),
        }
        at += 1;
        while !prose.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

/// Returns true for the start of a link that is its own text.
fn is_link(rest: &str) -> bool {
    rest.get(1..).is_some_and(|address| address.starts_with("http"))
}

/// Returns true for a sign between letters or digits.
fn is_inside_word(prose: &str, at: usize) -> bool {
    let before = prose.get(..at).and_then(|before| before.chars().next_back());
    let next = prose.get(at + 1..).and_then(|rest| rest.chars().next());
    [before, next].iter().all(|c| c.is_some_and(char::is_alphanumeric))
}

/// Returns true if a new sentence begins.
fn begins(rest: &str) -> bool {
    let words = rest.trim_start();
    words.len() < rest.len()
        && words.starts_with(|c: char| !c.is_lowercase() && (c.is_alphanumeric() || "`[*_<\"'\\(“‘".contains(c)))
}

/// Returns true if the full stop after a text belongs to its last word.
fn ends_with_abbreviation(before: &str) -> bool {
    let start = before.rfind(|c: char| c.is_whitespace() || "(*_\"'[".contains(c));
    let word = start.and_then(|start| before.get(start..)).unwrap_or(before);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    word.split('.').all(single) || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Signs that enclose text.
#[derive(Debug, Default, Clone, Copy)]
struct Marks {
    /// Number of `*`, modulo 4, because `**` opens and `**` closes.
    asterisks: u32,
    emphasis: bool,
    parentheses: u32,
    brackets: u32,
}

impl Marks {
    fn take(&mut self, byte: u8) {
        match byte {
            b'*' => self.asterisks = (self.asterisks + 1) % 4,
            b'_' => self.emphasis = !self.emphasis,
            b'(' => self.parentheses += 1,
            b')' => self.parentheses = self.parentheses.saturating_sub(1),
            b'[' => self.brackets += 1,
            b']' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    const fn are_closed(self) -> bool {
        self.asterisks == 0 && !self.emphasis && self.parentheses == 0 && self.brackets == 0
    }
}
