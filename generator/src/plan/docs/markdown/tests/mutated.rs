//! Random descriptions: each becomes documentation in a short time.

use super::super::escape;
use super::{Lead, lines, page};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

const PIECES: [&str; 48] = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "<th>",
    "<td>",
    "</td>",
    "<p>",
    "</p>",
    "<br>",
    "<a href=\"https://x.example/a\">",
    "<a href='javascript:x'>",
    "</a>",
    "<sup>",
    "</sup>",
    "<h1>",
    "</h1>",
    "<!--",
    "-->",
    "<id>",
    "`",
    "```\n",
    "**",
    "_",
    "[x](https://x.example)",
    "&lt;",
    "&#x202e;",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n| a | b |\n|---|---|\n| c |",
    " word ",
    "é。",
    "\"",
    "\\",
    "https://x.example/",
];

/// Pseudo-random numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// Reads the documentation again: it has no HTML, no code that rustdoc would test, and only links to the web.
#[test]
fn no_mixture_of_pieces_becomes_html_or_a_test() {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for _ in 0..4000 {
        let count = 1 + numbers.below(24);
        let text: String = (0..count).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
        let text = &text[..(0..=numbers.below(text.len() + 1)).rev().find(|end| text.is_char_boundary(*end)).unwrap()];
        for lead in [Lead::Sentence, Lead::Line, Lead::Paragraph] {
            let written = lines(text, lead).join("\n");
            assert!(!written.contains('\u{202e}'), "{text:?}");
            for event in Parser::new_ext(&written, Options::ENABLE_TABLES) {
                match event {
                    Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} of {text:?} in {written:?}"),
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        assert!(dest_url.starts_with("https://"), "{dest_url:?} of {text:?}");
                    }
                    Event::Start(Tag::CodeBlock(kind)) => {
                        assert_eq!(kind, pulldown_cmark::CodeBlockKind::Fenced("text".into()), "{text:?} {written:?}");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn long_and_deep_descriptions_stay_in_proportion() {
    let one = |piece: &str| piece.repeat(60_000 / piece.len());
    let mut all: Vec<String> = PIECES.iter().map(|piece| one(piece)).collect();
    all.extend(
        [
            "<ul><li>",
            "<a \"",
            "<a '\"",
            "<p a='",
            "<b><i>",
            "</sub><sub>",
            ".",
            "a.",
            ".\"",
            "a. ",
            "(a. B",
            "<td><table>",
            "&",
            "&#",
            "[<b>",
        ]
        .map(one),
    );
    for text in all {
        for text in [format!("<div>{text}"), text] {
            let written: usize = lines(&text, Lead::Sentence).iter().map(String::len).sum();
            assert!(written <= 8 * text.len(), "{written}: {:?}", &text[..8.min(text.len())]);
        }
    }
    let wide = format!("<table><tr>{}{}</table>", "<td>x".repeat(3000), "<tr><td>y".repeat(3000));
    assert!(page(&wide).len() < 200_000);
}

/// Words and signs that stand in the documentation as they were given: no sign becomes markup, whatever follows.
#[test]
fn words_stay_words() {
    const SIGNS: [&str; 30] = [
        "_", "*", "<", ">", "&", "amp;", "#", "#1;", "|", "~", "a", "bc", "1.", "1", "200.", " ", " ", " ", "-", "+",
        "=", "\\", "[", "]", "(", ")", "`", "!", "---", "</b>",
    ];
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    for _ in 0..20_000 {
        let count = 1 + numbers.below(24);
        let words: String = (0..count).map(|_| SIGNS[numbers.below(SIGNS.len())]).collect();
        let mut written = Vec::new();
        escape::wrap(&escape::text(&words, true), 8, &mut written);
        let written = written.join("\n");
        let mut read = String::new();
        for event in Parser::new_ext(&written, options) {
            match event {
                Event::Text(text) | Event::Code(text) => read.push_str(&text),
                Event::SoftBreak => read.push(' '),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => panic!("{words:?} is written as {written:?}, which has {other:?}"),
            }
        }
        let expected = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read, expected, "{written:?}");
    }
}
