//! Markdown with HTML, parsed by their grammars and written in the few forms that rustdoc and its lints accept.

mod escape;
mod html;
mod hypertext;
mod marks;
mod open;
mod page;
mod sentence;
mod table;

pub(super) use escape::is_unsafe;
use hypertext::hypertext;
use page::Page;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
pub(super) use sentence::end as sentence_end;

/// The part of a description that becomes its first paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    /// The first sentence.
    Sentence,
    /// The first sentence when the paragraph is longer than a line.
    Line,
    /// Everything up to the first break of the description.
    Paragraph,
}

/// Renders a description as lines.
pub(super) fn render(markdown: &str, lead: Lead) -> Vec<String> {
    let mut page = Page::new(lead);
    read(markdown, &mut page, false);
    page.finish()
}

/// Reads Markdown into a page. `nested` is true for the text between tags, in which no further tag is read.
fn read(markdown: &str, page: &mut Page, nested: bool) {
    let mut block = None;
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        let source = || markdown.get(range.clone()).unwrap_or_default();
        match event {
            Event::Html(html) if !nested => block.get_or_insert_with(String::new).push_str(&html),
            Event::End(TagEnd::HtmlBlock) if !nested => {
                hypertext(&block.take().unwrap_or_default(), page, true);
                page.end_block();
            }
            Event::InlineHtml(html) if !nested => hypertext(&html, page, false),
            Event::Html(words) | Event::InlineHtml(words) => page.words(&words),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if nested => {}
            Event::Start(tag) => start(tag, page, source()),
            Event::End(tag) => end(tag, page, source()),
            Event::Text(words) => page.words(&words),
            Event::Code(words) => page.code_span(&words),
            Event::SoftBreak => page.words("\n"),
            Event::HardBreak => page.line_break(),
            Event::Rule => page.end_block(),
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => {
                page.words(&words)
            }
            Event::TaskListMarker(_) => {}
        }
    }
}

fn start(tag: Tag<'_>, page: &mut Page, source: &str) {
    match tag {
        Tag::Emphasis | Tag::Strong if page.is_raw() => page.words(sign(source, matches!(tag, Tag::Strong))),
        Tag::Emphasis => page.open_mark(open::Kind::Emphasis, None),
        Tag::Strong => page.open_mark(open::Kind::Strong, None),
        Tag::Link { dest_url, .. } => page.open_mark(open::Kind::Link, Some(dest_url.into_string())),
        Tag::Heading { .. } => page.open_heading(),
        Tag::List(first) => {
            page.enter();
            page.open_list(first);
        }
        Tag::Item => {
            page.enter();
            page.open_item();
        }
        Tag::BlockQuote(_) => {
            page.end_block();
            page.enter();
        }
        Tag::CodeBlock(_) => page.open_code_block(),
        Tag::Table(_) => {
            page.enter();
            page.open_table();
        }
        Tag::TableHead => page.open_row(true),
        Tag::TableRow => page.open_row(false),
        Tag::TableCell => page.open_cell(false),
        Tag::Image { .. } => {}
        _ => page.end_block(),
    }
}

fn end(tag: TagEnd, page: &mut Page, source: &str) {
    match tag {
        TagEnd::Emphasis | TagEnd::Strong if page.is_raw() => page.words(sign(source, tag == TagEnd::Strong)),
        TagEnd::Emphasis => page.close(open::Kind::Emphasis),
        TagEnd::Strong => page.close(open::Kind::Strong),
        TagEnd::Link => page.close(open::Kind::Link),
        TagEnd::Heading(_) => page.close_heading(),
        TagEnd::CodeBlock => page.close_code_block(),
        TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::Table => page.leave(),
        TagEnd::TableCell => page.close_cell(),
        TagEnd::Image | TagEnd::TableHead | TagEnd::TableRow => {}
        _ => page.end_block(),
    }
}

/// The sign of an emphasis in the description, for code that only looks emphasised.
fn sign(source: &str, strong: bool) -> &str {
    source.get(..if strong { 2 } else { 1 }).unwrap_or_default()
}

#[cfg(test)]
mod tests;
