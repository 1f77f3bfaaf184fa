//! Tables (GitHub Flavored Markdown, section 4.10), which rustdoc supports. Knows rows and cells; does not know their
//! place.

use super::escape;

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    /// True if the first row has the names of the columns.
    headed: bool,
    /// Words that are in no cell.
    outside: Vec<String>,
}

impl Table {
    /// Adds words that are in no cell.
    pub(super) fn outside(&mut self, prose: &str) {
        if !prose.trim().is_empty() {
            self.outside.push(prose.to_owned());
        }
    }

    /// Begins a row.
    pub(super) fn begin_row(&mut self, head: bool) {
        self.headed |= head && self.rows.is_empty();
        self.rows.push(Vec::new());
    }

    /// Begins a cell, in a row of its own when there is none.
    pub(super) fn begin_cell(&mut self, head: bool) {
        if self.rows.is_empty() {
            self.begin_row(false);
        }
        self.headed |= head && self.rows.len() == 1;
    }

    /// Adds an escaped cell. Line breaks in it become spaces.
    pub(super) fn cell(&mut self, text: &str) {
        if let Some(row) = self.rows.last_mut() {
            row.push(piped(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }

    /// Returns the words outside the cells and the lines of the table. The header has as many columns as the longest
    /// row.
    pub(super) fn blocks(mut self, width: usize) -> Vec<Vec<String>> {
        let mut blocks = Vec::new();
        for prose in &self.outside {
            let mut lines = Vec::new();
            escape::wrap(prose, width, &mut lines);
            blocks.push(lines);
        }
        self.rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return blocks;
        }
        if !self.headed {
            self.rows.insert(0, Vec::new());
        }
        if let Some(head) = self.rows.first_mut() {
            head.resize(columns, String::new());
        }
        let mut lines: Vec<String> = self.rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        lines.insert(1.min(lines.len()), format!("|{}", "---|".repeat(columns)));
        blocks.push(lines);
        blocks
    }
}

/// Escapes `|`, also in code, as tables need it.
fn piped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '|' && before != '\\' {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}
