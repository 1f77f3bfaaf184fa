//! Descriptions and the documentation that they become.

mod html_reader;
mod mutated;

use super::{Lead, render as lines};

fn render(markdown: &str) -> Vec<String> {
    lines(markdown, Lead::Paragraph)
}

fn page(markdown: &str) -> String {
    render(markdown).join("\n")
}

#[test]
fn signs_of_rustdoc_are_escaped() {
    assert_eq!(page("See [the docs] or <x>y</x>"), "See \\[the docs\\] or \\<x>y\\</x>");
    assert_eq!(page("a _snake and 2 * 3"), "a \\_snake and 2 \\* 3");
    assert_eq!(page("&lt;id>, &amp;copy; and &amp;#169;"), "\\<id>, \\&copy; and \\&#169;");
}

#[test]
fn signs_without_a_meaning_have_no_escape() {
    for text in ["a snake_case name", "1 < 2 <= 3", "a -> b", "either|or", "R&D & AT&T do", "in 2024."] {
        assert_eq!(page(text), text);
    }
    let long = format!("{} 200. Next", "word ".repeat(22).trim_end());
    assert!(render(&long).iter().any(|line| line.starts_with("200. Next")));
}

#[test]
fn links_keep_their_text_and_only_web_targets() {
    assert_eq!(page("[x](http://e.example/a)."), "[x](http://e.example/a).");
    assert_eq!(page("[x](#/local)."), "x.");
    assert_eq!(page("[https://x.example/a](/local)."), "<https://x.example/a>.");
    assert_eq!(page("at https://x.example/a_b, or"), "at <https://x.example/a_b>, or");
}

#[test]
fn code_is_never_a_test() {
    assert_eq!(page("    let a = 1;"), "```text\nlet a = 1;\n```");
    assert_eq!(page("```rust\nfn main() {}\n```"), "```text\nfn main() {}\n```");
    assert_eq!(page("``a`b``"), "`` a`b ``");
    assert_eq!(page("```\na\tb\n```"), "```text\na    b\n```");
}

#[test]
fn lists_are_indented() {
    assert_eq!(page("* one\nlazy\n* two\n\nafter"), "- one lazy\n- two\n\nafter");
    assert_eq!(page("1. a\n   - b\n2. c"), "1. a\n   - b\n2. c");
}

#[test]
fn tables_stay_tables() {
    let table =
        "Types:\n\n| Type | Unit |\n|---|:--:|\n| cpu | *percent* |\n| a \\| b | `x \\| y` | more |\n| one |\n\nafter";
    let lines =
        "Types:\n\n| Type | Unit |\n|---|---|\n| cpu | _percent_ |\n| a \\| b | `x \\| y` |\n| one |  |\n\nafter";
    assert_eq!(page(table), lines);
    assert_eq!(page("a | b"), "a \\| b");
}

#[test]
fn a_broken_line_starts_no_block() {
    let long = format!("{} 1. x", "word ".repeat(22).trim_end());
    assert!(render(&long).iter().all(|line| !line.starts_with("1. ")));
}

#[test]
fn a_code_span_is_not_broken() {
    for code in ["`` `a` b c - x ``", "`` a ` b - x ``", "`a - x\\`", "``` ``a - x ```"] {
        for words in 10..24 {
            let before = "word ".repeat(words);
            let lines = render(&format!("{before}{code} {}", "after ".repeat(30)));
            assert!(lines.iter().any(|line| line.contains(code)), "{lines:?}");
            // The text after it is wrapped.
            assert!(lines.last().is_some_and(|line| line.chars().count() <= 100), "{lines:?}");
        }
    }
}

#[test]
fn deep_nesting_ends() {
    assert!(!render(&"> ".repeat(5000)).iter().any(|line| line.contains('>')));
    let _ = render(&format!("{}x", "- ".repeat(2000)));
    let _ = render(&"[".repeat(5000));
}

#[test]
fn the_first_sentence_is_the_summary() {
    let first = |text: &str| lines(text, Lead::Sentence);
    assert_eq!(first("Lists pets. Sorted by name."), ["Lists pets.", "", "Sorted by name."]);
    assert_eq!(
        first("Uses e.g. `a. B` or v1.2 (see this. Or that). Then."),
        ["Uses e.g. `a. B` or v1.2 (see this. Or that).", "", "Then."]
    );
    assert_eq!(
        first("**A note.** More [a. B](https://x.example/a.b). \"End.\" It is."),
        ["**A note.**", "", "More [a. B](https://x.example/a.b). \"End.\" It is."]
    );
    assert_eq!(first("In the U.S. Army. no"), ["In the U.S. Army. no"]);
    assert_eq!(first("One.\n\nTwo. Three."), ["One.", "", "Two. Three."]);
    assert_eq!(first("- One. Two.\n- Three"), ["- One. Two.", "- Three"]);
    assert_eq!(first("A wide **bold. Text** stays. 日本"), ["A wide **bold. Text** stays.", "", "日本"]);
    assert_eq!(first("一。二。"), ["一。", "", "二。"]);
    let short = |text: &str| lines(text, Lead::Line);
    assert_eq!(short("Two. Sentences."), ["Two. Sentences."]);
    assert_eq!(short(&format!("Two words. {}", "Sentences. ".repeat(10)))[0], "Two words.");
}

#[test]
fn many_addresses_are_links() {
    // A search through the whole rest for each address would take minutes.
    let shown = page(&"http://a.example ".repeat(40_000));
    assert_eq!(shown.matches("<http://a.example>").count(), 40_000);
}
