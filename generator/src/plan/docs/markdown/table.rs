//! Tables (GitHub Flavored Markdown, section 4.10), which rustdoc shows too. Knows rows and cells; must not know where
//! they stand.

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
}

impl Table {
    /// Adds a cell, already escaped; a line break has no place in one.
    pub(super) fn cell(&mut self, text: &str) {
        self.row.push(piped(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }

    /// Ends a row; the first one is the head.
    pub(super) fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
    }

    /// Its lines, every row as wide as the head.
    pub(super) fn lines(mut self) -> Vec<String> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let mut lines: Vec<String> = Vec::new();
        for row in &mut self.rows {
            row.resize(columns, String::new());
            lines.push(format!("| {} |", row.join(" | ")));
        }
        lines.insert(1.min(lines.len()), format!("|{}", "---|".repeat(columns)));
        lines
    }
}

/// In a table even code must not hold a bare `|`.
fn piped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        if c == '|' && last != '\\' {
            escaped.push('\\');
        }
        escaped.push(c);
        last = c;
    }
    escaped
}
