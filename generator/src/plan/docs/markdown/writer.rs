//! Writes a text of the description as Markdown: paragraphs, lists, tables and code. Does not know how Markdown or HTML is
//! read.

use super::escape::{self, code_span, text};
use super::open::{Kind, Open, Stack};
use super::table::Table;
use super::{Lead, marks, sentence};

/// Columns of a line of prose.
const WIDTH: usize = 110;

/// Lists inside this many lists are not indented further.
const DEEPEST: usize = 12;

/// The lines so far, and the open blocks in which the next words stand.
#[derive(Debug)]
pub(super) struct MarkdownWriter {
    lines: Vec<String>,
    lead: Lead,
    /// The current paragraph. A line break in it is a hard break.
    prose: String,
    pub(super) stack: Stack,
    /// Open lists: the number of the next item, or none for bullets.
    lists: Vec<Option<u64>>,
    /// Marker of the item that has no block yet.
    marker: Option<String>,
    /// Indentation of the blocks inside each open item, in columns.
    indents: Vec<usize>,
    /// Sum of the indentations.
    indentation: usize,
    /// Text of the open code block.
    code: Option<String>,
    /// The open table.
    table: Option<Table>,
}

impl MarkdownWriter {
    pub(super) fn new(lead: Lead) -> Self {
        Self {
            lines: Vec::new(),
            lead,
            prose: String::new(),
            stack: Stack::default(),
            lists: Vec::new(),
            marker: None,
            indents: Vec::new(),
            indentation: 0,
            code: None,
            table: None,
        }
    }

    /// Ends the open blocks and returns the lines.
    pub(super) fn finish(mut self) -> Vec<String> {
        while let Some(open) = self.stack.pop() {
            self.closed(open);
        }
        self.end_block();
        while self.lines.last().is_some_and(|line| line.trim().is_empty()) {
            self.lines.pop();
        }
        self.lines
    }

    /// Adds words of prose, which are not escaped yet.
    pub(super) fn words(&mut self, words: &str) {
        // A character reference can name any character.
        if words.contains(escape::is_unsafe) {
            let words: String = words.chars().filter(|c| !escape::is_unsafe(*c)).collect();
            return self.words(&words);
        }
        if let Some(code) = &mut self.code {
            code.push_str(words);
        } else if self.stack.count(Kind::Code) > 0 {
            self.prose.push_str(words);
        } else {
            marks::separate(&mut self.prose, words);
            self.prose.push_str(&text(words, self.stack.count(Kind::Link) == 0));
        }
    }

    /// Adds words of code.
    pub(super) fn code_span(&mut self, words: &str) {
        if self.is_raw() { self.words(words) } else { self.prose.push_str(&code_span(words)) }
    }

    /// Begins a line.
    pub(super) fn line_break(&mut self) {
        if let Some(code) = &mut self.code {
            code.push('\n');
        } else if self.table.is_some() || self.stack.count(Kind::Heading) + self.stack.count(Kind::Code) > 0 {
            self.prose.push(' ');
        } else {
            self.prose.push('\n');
        }
    }

    /// Returns true inside code.
    pub(super) fn is_raw(&self) -> bool {
        self.code.is_some() || self.stack.count(Kind::Code) > 0
    }

    pub(super) const fn in_table(&self) -> bool {
        self.table.is_some()
    }

    pub(super) fn open_mark(&mut self, kind: Kind, target: Option<String>) {
        self.stack.push(kind, self.prose.len(), target);
    }

    /// Begins a heading. It becomes a bold line, because headings would compete with rustdoc's own.
    pub(super) fn open_heading(&mut self) {
        self.end_block();
        self.open_mark(Kind::Heading, None);
    }

    pub(super) fn close_heading(&mut self) {
        self.close(Kind::Heading);
        if !self.is_raw() {
            self.end_block();
        }
    }

    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.end_block();
        self.lists.push(first);
        self.stack.push(Kind::List, 0, None);
    }

    /// Begins an item of a list. In a cell of a table, items stand in one line.
    pub(super) fn open_item(&mut self) {
        self.end_block();
        self.stack.push(Kind::Item, 0, None);
        if self.table.is_some() {
            self.prose.truncate(self.prose.trim_end().len());
            let begun = !self.prose.is_empty() && !self.prose.ends_with([':', ';', '.']);
            self.prose.push_str(if begun { "; " } else { " " });
            return self.indents.push(0);
        }
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some(None) | None => "- ".to_owned(),
        };
        let moved = if self.indents.len() < DEEPEST { marker.len() } else { 0 };
        self.indents.push(moved);
        self.indentation += moved;
        self.marker = Some(marker);
    }

    pub(super) fn open_table(&mut self) {
        self.end_block();
        self.stack.push(Kind::Table, 0, None);
        if self.stack.count(Kind::Table) == 1 {
            self.table = Some(Table::default());
        }
    }

    pub(super) fn open_row(&mut self, head: bool) {
        if self.stack.count(Kind::Table) > 1 {
            return self.prose.push(' ');
        }
        let outside = std::mem::take(&mut self.prose);
        if let Some(table) = &mut self.table {
            table.outside(&outside);
            table.begin_row(head);
        }
    }

    pub(super) fn open_cell(&mut self, head: bool) {
        if self.stack.count(Kind::Table) > 1 {
            return self.prose.push(' ');
        }
        self.close(Kind::Cell);
        let outside = std::mem::take(&mut self.prose);
        if let Some(table) = &mut self.table {
            table.outside(&outside);
            table.begin_cell(head);
            self.stack.push(Kind::Cell, 0, None);
        }
    }

    pub(super) fn close_cell(&mut self) {
        self.close(Kind::Cell);
    }

    pub(super) fn open_code_block(&mut self) {
        self.end_block();
        self.code = Some(String::new());
    }

    /// Begins a container of Markdown, which closes everything that is opened in it.
    pub(super) fn enter(&mut self) {
        self.close_marks();
        self.stack.enter();
    }

    pub(super) fn leave(&mut self) {
        while let Some(open) = self.stack.pop_inside() {
            self.closed(open);
        }
        self.stack.leave();
        self.end_block();
    }

    /// Closes the innermost open one of a kind and everything in it.
    pub(super) fn close(&mut self, kind: Kind) {
        if !self.stack.can_close(kind) {
            return;
        }
        while let Some(open) = self.stack.pop() {
            let found = open.kind == kind;
            self.closed(open);
            if found {
                return;
            }
        }
    }

    /// Writes a closed element or mark.
    fn closed(&mut self, open: Open) {
        let start = open.start;
        match open.kind {
            Kind::Strong | Kind::Heading => {
                if self.stack.count(Kind::Strong) + self.stack.count(Kind::Heading) == 0 {
                    marks::enclose(&mut self.prose, start, "**");
                }
            }
            Kind::Emphasis => {
                if self.stack.count(Kind::Emphasis) == 0 {
                    marks::enclose(&mut self.prose, start, "_");
                }
            }
            Kind::Link => {
                let label = self.prose.split_off(start.min(self.prose.len()));
                let links = self.stack.count(Kind::Link) == 0;
                self.prose.push_str(&marks::link(&label, &open.target.unwrap_or_default(), links));
            }
            Kind::Code => {
                let code = self.prose.split_off(start.min(self.prose.len()));
                self.prose.push_str(&code_span(code.trim()));
            }
            Kind::Superscript | Kind::Subscript => {
                marks::shift(&mut self.prose, start, open.kind == Kind::Superscript);
            }
            Kind::List => {
                self.end_block();
                self.lists.pop();
            }
            Kind::Item => {
                self.end_block();
                self.marker = None;
                self.indentation = self.indentation.saturating_sub(self.indents.pop().unwrap_or(0));
            }
            Kind::Preformatted => self.close_code_block(),
            Kind::Cell => {
                let cell = std::mem::take(&mut self.prose);
                if let Some(table) = &mut self.table {
                    table.cell(&cell);
                }
            }
            Kind::Table => {
                if self.stack.count(Kind::Table) == 0 {
                    let outside = std::mem::take(&mut self.prose);
                    let Some(mut table) = self.table.take() else { return };
                    table.outside(&outside);
                    for block in table.blocks(WIDTH) {
                        self.block(block);
                    }
                }
            }
        }
    }

    /// Ends a block of code. In a cell of a table, it is a code span.
    pub(super) fn close_code_block(&mut self) {
        let code = self.code.take().unwrap_or_default();
        if self.table.is_some() {
            self.prose.push(' ');
            return self.prose.push_str(&code_span(code.trim()));
        }
        let ticks = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(ticks.max(2) + 1);
        let mut block = vec![format!("{fence}text")];
        let code = code.strip_prefix('\n').unwrap_or(&code).trim_end_matches('\n');
        block.extend(code.lines().map(|line| line.trim_end().replace('\t', "    ")));
        block.push(fence);
        self.block(block);
    }

    fn close_marks(&mut self) {
        while let Some(open) = self.stack.pop_mark() {
            if open.kind == Kind::Code {
                // A tag without an end is a placeholder.
                let words = self.prose.split_off(open.start.min(self.prose.len()));
                self.prose.push_str("`<code>`");
                self.prose.push_str(&text(&words, true));
            } else {
                self.closed(open);
            }
        }
    }

    /// Writes the open paragraph.
    pub(super) fn end_block(&mut self) {
        if self.stack.count(Kind::Preformatted) > 0 && self.code.is_some() {
            self.close(Kind::Preformatted);
        }
        self.close_marks();
        if self.table.is_some() {
            return self.prose.push(' ');
        }
        let prose = std::mem::take(&mut self.prose);
        if prose.trim().is_empty() {
            return;
        }
        let columns = WIDTH.saturating_sub(self.indentation).max(40);
        let first = self.lines.is_empty() && self.marker.is_none();
        let wanted = match self.lead {
            Lead::Sentence => first,
            Lead::Line => first && prose.len() > WIDTH,
            Lead::Paragraph => false,
        };
        let prose = prose.trim_start();
        let (lead, rest) = prose.split_at(sentence::end(prose).filter(|_| wanted).unwrap_or(0));
        let mut block = Vec::new();
        for line in lead.lines().chain(rest.split('\n')).filter(|line| !line.trim().is_empty()) {
            escape::wrap(line, columns, &mut block);
            block.push(String::new());
        }
        block.pop();
        self.block(block);
    }

    /// Writes a block under the open items; the first one beside its item's marker.
    fn block(&mut self, block: Vec<String>) {
        let marker = self.marker.take();
        let is_tight = marker.is_some() && self.lines.last().is_some_and(|line| is_item(line));
        if !is_tight && self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
        let outside = self.indentation.saturating_sub(marker.as_ref().map_or(0, String::len));
        let mut lead = marker.map(|marker| format!("{}{marker}", " ".repeat(outside)));
        for line in block {
            let prefix = lead.take().unwrap_or_else(|| " ".repeat(self.indentation));
            self.lines.push(if line.is_empty() { line } else { prefix + &line });
        }
    }
}

/// Returns true if a line belongs to a list, so that the next item needs no blank line.
fn is_item(line: &str) -> bool {
    let bare = line.trim_start();
    bare.len() < line.len() || bare.starts_with("- ") || escape::is_numbered(bare)
}
