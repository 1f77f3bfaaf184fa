//! Passes HTML of a description to the writer of Markdown. Knows elements; does not know how Markdown is written.

use super::html::{self, Element};
use super::open::Kind;
use super::read;
use super::writer::MarkdownWriter;

/// Reads HTML. Between the tags of a block, descriptions have Markdown too.
pub(super) fn read_html(html: &str, writer: &mut MarkdownWriter, block: bool) {
    html::tokens(html, writer.in_table(), |token| match token {
        html::Token::Text(text)
            if block && !writer.is_raw() && ["`", "](", "**", "\\"].iter().any(|sign| text.contains(sign)) =>
        {
            if text.starts_with(char::is_whitespace) {
                writer.words(" ");
            }
            let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
            read(&lines.join("\n"), writer, true);
            if text.ends_with(char::is_whitespace) {
                writer.words(" ");
            }
        }
        html::Token::Text(text) => writer.words(&html::decoded(text)),
        html::Token::Open(element, attributes) => writer.open(element, attributes),
        html::Token::Close(element) => writer.close_element(element),
    });
}

impl MarkdownWriter {
    /// Opens an element of HTML.
    fn open(&mut self, element: Element, attributes: &str) {
        if element == Element::Break {
            return self.line_break();
        }
        if self.is_raw() || self.stack.is_full() {
            return;
        }
        match element {
            Element::Break | Element::Transparent => {}
            Element::Link => {
                let target = html::attribute(attributes, "href").unwrap_or_default().into_owned();
                if self.stack.count(Kind::Link) == 0 {
                    self.open_mark(Kind::Link, Some(target));
                }
            }
            Element::Strong => self.open_mark(Kind::Strong, None),
            Element::Emphasis => self.open_mark(Kind::Emphasis, None),
            Element::Code => self.open_mark(Kind::Code, None),
            Element::Superscript => self.open_mark(Kind::Superscript, None),
            Element::Subscript => self.open_mark(Kind::Subscript, None),
            Element::Heading => self.open_heading(),
            Element::Preformatted if self.in_table() => self.open_mark(Kind::Code, None),
            Element::Preformatted => {
                self.open_code_block();
                self.stack.push(Kind::Preformatted, 0, None);
            }
            Element::Block => self.end_block(),
            Element::Bullets => self.open_list(None),
            Element::Numbers => {
                let first = html::attribute(attributes, "start").and_then(|start| start.parse().ok());
                self.open_list(Some(first.unwrap_or(1)));
            }
            Element::Item => {
                self.close(Kind::Item);
                self.open_item();
            }
            Element::Table => self.open_table(),
            Element::Row if self.in_table() => {
                self.close(Kind::Cell);
                self.open_row(false);
            }
            Element::Head | Element::Cell if self.in_table() => self.open_cell(element == Element::Head),
            Element::Row | Element::Head | Element::Cell => self.end_block(),
            Element::Image => self.words(&html::attribute(attributes, "alt").unwrap_or_default()),
        }
    }

    /// Closes an element of HTML if it is open.
    fn close_element(&mut self, element: Element) {
        match element {
            Element::Link => self.close(Kind::Link),
            Element::Strong => self.close(Kind::Strong),
            Element::Emphasis => self.close(Kind::Emphasis),
            Element::Code => self.close(Kind::Code),
            Element::Superscript => self.close(Kind::Superscript),
            Element::Subscript => self.close(Kind::Subscript),
            Element::Heading => self.close_heading(),
            Element::Bullets | Element::Numbers => self.close(Kind::List),
            Element::Item => self.close(Kind::Item),
            Element::Preformatted => {
                self.close(if self.stack.count(Kind::Preformatted) > 0 { Kind::Preformatted } else { Kind::Code });
            }
            Element::Table => self.close(Kind::Table),
            Element::Head | Element::Cell => self.close(Kind::Cell),
            Element::Block if !self.is_raw() => self.end_block(),
            Element::Row | Element::Block | Element::Break | Element::Image | Element::Transparent => {}
        }
    }
}
