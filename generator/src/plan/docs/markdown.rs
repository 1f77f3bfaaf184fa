//! Markdown read by its grammar and written anew in the few forms that rustdoc and its lints agree on.

mod escape;
mod table;

use escape::{code_span, text};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use table::Table;

/// Columns of a line of prose.
const WIDTH: usize = 110;

/// The lines of a description.
pub(super) fn render(markdown: &str) -> Vec<String> {
    let mut page = Page::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    page.end_block();
    while page.lines.last().is_some_and(|line| line.trim().is_empty()) {
        page.lines.pop();
    }
    page.lines
}

/// What is written, and where in it the reader stands.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    /// The paragraph that is being read; `\n` is a hard break.
    prose: String,
    /// Open lists: the number of the next item, or none for bullets.
    lists: Vec<Option<u64>>,
    /// Marker of the item whose first block has not come yet.
    marker: Option<String>,
    /// Columns that blocks inside the open items are moved by.
    indents: Vec<usize>,
    /// Text of the open code block.
    code: Option<String>,
    /// Starts of the open links' texts, with their targets.
    links: Vec<(usize, String)>,
    /// The open table.
    table: Option<Table>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match &mut self.code {
                Some(code) => code.push_str(&words),
                None => self.prose.push_str(&text(&words, self.links.is_empty())),
            },
            Event::Code(words) => self.prose.push_str(&code_span(&words)),
            Event::Html(html) | Event::InlineHtml(html) => {
                self.prose.push_str(&text(&html, self.links.is_empty()));
            }
            Event::SoftBreak => self.prose.push(' '),
            Event::HardBreak => self.prose.push('\n'),
            Event::Rule => self.end_block(),
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => {
                self.prose.push_str(&text(&words, true));
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.prose.push('_'),
            Tag::Strong => self.prose.push_str("**"),
            Tag::Link { dest_url, .. } => self.links.push((self.prose.len(), dest_url.into_string())),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::CodeBlock(_) => {
                self.end_block();
                self.code = Some(String::new());
            }
            Tag::Table(_) => {
                self.end_block();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.prose.push('_'),
            TagEnd::Strong => self.prose.push_str("**"),
            TagEnd::Link => self.link(),
            TagEnd::Heading(_) => self.heading(),
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Item => {
                self.end_block();
                self.marker = None;
                self.indents.pop();
            }
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::Image => {}
            TagEnd::TableCell | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Table => self.end_in_table(tag),
            _ => self.end_block(),
        }
    }

    fn end_in_table(&mut self, tag: TagEnd) {
        let Some(mut table) = self.table.take() else { return };
        match tag {
            TagEnd::TableCell => table.cell(&std::mem::take(&mut self.prose)),
            TagEnd::Table => return self.block(table.lines()),
            _ => table.end_row(),
        }
        self.table = Some(table);
    }

    fn item(&mut self) {
        self.end_block();
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some(None) | None => "- ".to_owned(),
        };
        self.indents.push(marker.len());
        self.marker = Some(marker);
    }

    /// A link keeps its target only where it leads out to the web; everything else would be taken for Rust.
    fn link(&mut self) {
        let Some((start, target)) = self.links.pop() else { return };
        let label = self.prose.split_off(start.min(self.prose.len()));
        let safe = target.chars().all(|c| c.is_ascii_graphic() && !"<>()[]\\`".contains(c));
        let web = (target.starts_with("https://") || target.starts_with("http://")) && safe;
        let written = match web {
            true if escape::plain(&label) == target || label.trim().is_empty() => format!("<{target}>"),
            true => format!("[{label}]({target})"),
            // An address that is only the text of a link elsewhere is a link of its own.
            false if label.contains("://") => text(&escape::plain(&label), self.links.is_empty()),
            false => label,
        };
        self.prose.push_str(&written);
    }

    /// Headings would compete with rustdoc's own; a bold line reads as well.
    fn heading(&mut self) {
        let words = std::mem::take(&mut self.prose).replace("**", "");
        if !words.trim().is_empty() {
            self.prose = format!("**{}**", words.trim());
        }
        self.end_block();
    }

    fn code_block(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let fence = if code.contains("```") { "~~~~" } else { "```" };
        let mut block = vec![format!("{fence}text")];
        block.extend(code.trim_end_matches('\n').lines().map(|line| line.trim_end().replace('\t', "    ")));
        block.push(fence.to_owned());
        self.block(block);
    }

    /// Writes the open paragraph.
    fn end_block(&mut self) {
        let prose = std::mem::take(&mut self.prose);
        if prose.trim().is_empty() {
            return;
        }
        let columns = WIDTH.saturating_sub(self.indents.iter().sum()).max(40);
        let mut block = Vec::new();
        for line in prose.split('\n') {
            escape::wrap(line, columns, &mut block);
            block.push(String::new());
        }
        block.pop();
        self.block(block);
    }

    /// Writes a block under the open items; the first one beside its item's marker.
    fn block(&mut self, block: Vec<String>) {
        let marker = self.marker.take();
        let close = marker.is_some() && self.lines.last().is_some_and(|line| is_item(line));
        if !close && self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
        let inside: usize = self.indents.iter().sum();
        let outside = inside.saturating_sub(marker.as_ref().map_or(0, String::len));
        let mut lead = marker.map(|marker| format!("{}{marker}", " ".repeat(outside)));
        for line in block {
            let first = lead.take().unwrap_or_else(|| " ".repeat(inside));
            self.lines.push(if line.is_empty() { line } else { first + &line });
        }
    }
}

/// Whether a line belongs to a list, so that the next item may follow at once.
fn is_item(line: &str) -> bool {
    let bare = line.trim_start();
    bare.len() < line.len() || bare.starts_with("- ") || escape::is_numbered(bare)
}

#[cfg(test)]
mod tests;
