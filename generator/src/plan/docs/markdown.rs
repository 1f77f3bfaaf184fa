//! Markdown with HTML, parsed by their grammars and written in the few forms that rustdoc and its lints accept.

mod escape;
mod html;
mod html_reader;
mod marks;
mod open;
mod sentence;
mod table;
mod writer;

pub(super) use escape::is_unsafe;
use html_reader::read_html;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
pub(super) use sentence::end as sentence_end;
use writer::MarkdownWriter;

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
    let mut writer = MarkdownWriter::new(lead);
    read(markdown, &mut writer, false);
    writer.finish()
}

/// Passes Markdown to a writer. `nested` is true for the text between tags, in which no further tag is read.
fn read(markdown: &str, writer: &mut MarkdownWriter, nested: bool) {
    let mut block = None;
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        let source = || markdown.get(range.clone()).unwrap_or_default();
        match event {
            Event::Html(html) if !nested => block.get_or_insert_with(String::new).push_str(&html),
            Event::End(TagEnd::HtmlBlock) if !nested => {
                read_html(&block.take().unwrap_or_default(), writer, true);
                writer.end_block();
            }
            Event::InlineHtml(html) if !nested => read_html(&html, writer, false),
            Event::Html(words) | Event::InlineHtml(words) => writer.words(&words),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) if nested => {}
            Event::Start(tag) => start(tag, writer, source()),
            Event::End(tag) => end(tag, writer, source()),
            Event::Text(words) => writer.words(&words),
            Event::Code(words) => writer.code_span(&words),
            Event::SoftBreak => writer.words("\n"),
            Event::HardBreak => writer.line_break(),
            Event::Rule => writer.end_block(),
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => {
                writer.words(&words)
            }
            Event::TaskListMarker(_) => {}
        }
    }
}

/// Opens a block or mark.
fn start(tag: Tag<'_>, writer: &mut MarkdownWriter, source: &str) {
    match tag {
        Tag::Emphasis | Tag::Strong if writer.is_raw() => writer.words(sign(source, matches!(tag, Tag::Strong))),
        Tag::Emphasis => writer.open_mark(open::Kind::Emphasis, None),
        Tag::Strong => writer.open_mark(open::Kind::Strong, None),
        Tag::Link { dest_url, .. } => writer.open_mark(open::Kind::Link, Some(dest_url.into_string())),
        Tag::Heading { .. } => writer.open_heading(),
        Tag::List(first) => {
            writer.enter();
            writer.open_list(first);
        }
        Tag::Item => {
            writer.enter();
            writer.open_item();
        }
        Tag::BlockQuote(_) => {
            writer.end_block();
            writer.enter();
        }
        Tag::CodeBlock(_) => writer.open_code_block(),
        Tag::Table(_) => {
            writer.enter();
            writer.open_table();
        }
        Tag::TableHead => writer.open_row(true),
        Tag::TableRow => writer.open_row(false),
        Tag::TableCell => writer.open_cell(false),
        Tag::Image { .. } => {}
        _ => writer.end_block(),
    }
}

/// Closes a block or mark.
fn end(tag: TagEnd, writer: &mut MarkdownWriter, source: &str) {
    match tag {
        TagEnd::Emphasis | TagEnd::Strong if writer.is_raw() => writer.words(sign(source, tag == TagEnd::Strong)),
        TagEnd::Emphasis => writer.close(open::Kind::Emphasis),
        TagEnd::Strong => writer.close(open::Kind::Strong),
        TagEnd::Link => writer.close(open::Kind::Link),
        TagEnd::Heading(_) => writer.close_heading(),
        TagEnd::CodeBlock => writer.close_code_block(),
        TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::Table => writer.leave(),
        TagEnd::TableCell => writer.close_cell(),
        TagEnd::Image | TagEnd::TableHead | TagEnd::TableRow => {}
        _ => writer.end_block(),
    }
}

/// The sign of an emphasis in the description, for code that only looks emphasised.
fn sign(source: &str, strong: bool) -> &str {
    source.get(..if strong { 2 } else { 1 }).unwrap_or_default()
}

#[cfg(test)]
mod tests;
