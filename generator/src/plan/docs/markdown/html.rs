//! HTML of descriptions: tags of a short list; everything else is text. Reads tokens in linear time and never fails.
//! Does not know their meaning.

use std::borrow::Cow;

/// An element that a description may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Link,
    Strong,
    Emphasis,
    Code,
    Superscript,
    Subscript,
    Heading,
    /// `p` and other elements that begin a paragraph.
    Block,
    Break,
    /// A list without numbers.
    Bullets,
    /// A list with numbers.
    Numbers,
    Item,
    Preformatted,
    Table,
    Row,
    /// `th`
    Head,
    /// `td`
    Cell,
    Image,
    /// An element without effect: its content is read as if it had no tag.
    Transparent,
}

/// Names that are elements only inside a table; elsewhere they are placeholders of a description.
const IN_TABLES: [&str; 6] = ["thead", "tbody", "tfoot", "caption", "colgroup", "col"];

impl Element {
    /// The element of a tag's name in lower case.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "a" => Self::Link,
            "b" | "strong" => Self::Strong,
            "i" | "em" => Self::Emphasis,
            "code" | "tt" | "kbd" | "samp" => Self::Code,
            "sup" => Self::Superscript,
            "sub" => Self::Subscript,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "p" | "div" | "blockquote" | "aside" | "center" | "dl" | "dt" | "dd" | "hr" => Self::Block,
            "br" => Self::Break,
            "ul" => Self::Bullets,
            "ol" => Self::Numbers,
            "li" => Self::Item,
            "pre" => Self::Preformatted,
            "table" => Self::Table,
            "tr" => Self::Row,
            "th" => Self::Head,
            "td" => Self::Cell,
            "img" => Self::Image,
            "span" | "u" | "font" => Self::Transparent,
            _ => return None,
        })
    }
}

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Everything except known tags, with its character references.
    Text(&'h str),
    /// An opening tag and its attributes.
    Open(Element, &'h str),
    /// A closing tag.
    Close(Element),
}

/// A tag, and the start of the text after it.
struct Tag<'h> {
    name: &'h str,
    attributes: &'h str,
    closes: bool,
    end: usize,
}

/// Calls `take` with every token in order. `in_table` is true if a table is open.
pub(super) fn tokens<'h>(html: &'h str, mut in_table: bool, mut take: impl FnMut(Token<'h>)) {
    let mut text = 0;
    let mut at = 0;
    // Bytes that may still be read a second time, because tags had no end.
    let mut rescan_budget = html.len().saturating_mul(4);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = html.get(start..).unwrap_or_default();
        at = start + 1;
        let (token, end) = if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(length) = (rescan_budget > 0).then(|| comment.find("-->")).flatten() else {
                rescan_budget = rescan_budget.saturating_sub(comment.len());
                continue;
            };
            (None, start + length + 7)
        } else {
            let Some(tag) = tag(rest, &mut rescan_budget) else { continue };
            let name = tag.name.to_ascii_lowercase();
            let token = match Element::named(&name) {
                Some(Element::Break) => Token::Open(Element::Break, ""),
                Some(element) if tag.closes => Token::Close(element),
                Some(element) => Token::Open(element, tag.attributes),
                None if in_table && IN_TABLES.contains(&name.as_str()) => {
                    if tag.closes {
                        Token::Close(Element::Transparent)
                    } else {
                        Token::Open(Element::Transparent, "")
                    }
                }
                None => continue,
            };
            in_table = match token {
                Token::Open(Element::Table, _) => true,
                Token::Close(Element::Table) => false,
                _ => in_table,
            };
            (Some(token), start + tag.end)
        };
        if let Some(before) = html.get(text..start).filter(|before| !before.is_empty()) {
            take(Token::Text(before));
        }
        token.into_iter().for_each(&mut take);
        (text, at) = (end, end);
    }
    if let Some(rest) = html.get(text..).filter(|rest| !rest.is_empty()) {
        take(Token::Text(rest));
    }
}

/// The tag at the start of a text. A `>` in a quoted attribute does not end it. With a `<` outside of an attribute it
/// is not a tag.
fn tag<'h>(html: &'h str, rescan_budget: &mut usize) -> Option<Tag<'h>> {
    let inside = html.strip_prefix('<')?;
    let closes = inside.starts_with('/');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = inside.split_at_checked(length)?;
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !named || !rest.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()) || *rescan_budget == 0 {
        return None;
    }
    let mut quote = None;
    // A quote opens a value only after `=`.
    let mut value = false;
    for (index, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if value => quote = Some(byte),
            (None, b'>') => {
                let attributes = rest.get(..index).unwrap_or_default();
                let before = html.len() - rest.len();
                return Some(Tag { name, attributes, closes, end: before + index + 1 });
            }
            (None, b'<') => {
                *rescan_budget = rescan_budget.saturating_sub(index);
                return None;
            }
            (None, _) => {}
        }
        value = byte == b'=' || (value && byte.is_ascii_whitespace());
    }
    *rescan_budget = rescan_budget.saturating_sub(rest.len());
    None
}

/// The tag without attributes at the start of words, if its element becomes Markdown.
pub(super) fn tag_of_words(words: &str) -> Option<&str> {
    let length = words.bytes().take(16).position(|byte| byte == b'>')? + 1;
    let tag = words.get(..length)?;
    let name = tag.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']);
    Element::named(&name.to_ascii_lowercase()).map(|_| tag)
}

/// The decoded value of an attribute.
pub(super) fn attribute<'h>(attributes: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c == '=' || c == '/' || c.is_whitespace()).unwrap_or(rest.len());
        let (found, after) = rest.split_at_checked(length)?;
        let spaced = after.trim_start();
        let value = if let Some(value) = spaced.strip_prefix('=') {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let bare = quote.map_or(value, |quote| value.strip_prefix(quote).unwrap_or(value));
            let end = match quote {
                Some(quote) => bare.find(quote),
                None => bare.find(char::is_whitespace),
            };
            let (value, after) = bare.split_at_checked(end.unwrap_or(bare.len()))?;
            rest = quote.and_then(|quote| after.strip_prefix(quote)).unwrap_or(after);
            value
        } else {
            if found.is_empty() && spaced.is_empty() {
                return None;
            }
            // Skips a sign that belongs to no attribute.
            rest = if found.is_empty() { after.get(1..)? } else { after };
            ""
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(decoded(value));
        }
    }
}

/// Character references that descriptions use (HTML, section 13.5).
const NAMED: [(&str, &str); 38] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("times", "×"),
    ("divide", "÷"),
    ("plusmn", "±"),
    ("minus", "−"),
    ("deg", "°"),
    ("micro", "µ"),
    ("le", "≤"),
    ("ge", "≥"),
    ("ne", "≠"),
    ("larr", "←"),
    ("rarr", "→"),
    ("euro", "€"),
    ("pound", "£"),
    ("sect", "§"),
    ("para", "¶"),
];

/// Decodes the character references of a text. Unknown ones stay.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, reference) = rest.split_at(start);
        decoded.push_str(before);
        let inside = reference.strip_prefix('&').unwrap_or_default();
        let end = inside.bytes().take(12).position(|byte| byte == b';');
        let read = end.and_then(|end| Some((character(inside.get(..end)?)?, inside.get(end + 1..)?)));
        rest = if let Some((character, after)) = read {
            decoded.push_str(&character);
            after
        } else {
            decoded.push('&');
            inside
        };
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The text of a character reference without its signs.
fn character(reference: &str) -> Option<Cow<'static, str>> {
    let Some(number) = reference.strip_prefix('#') else {
        return NAMED.iter().find(|(name, _)| *name == reference).map(|(_, text)| Cow::Borrowed(*text));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let c = char::from_u32(code.ok()?)?;
    Some(if c.is_control() || c == '\u{a0}' { Cow::Borrowed(" ") } else { Cow::Owned(c.to_string()) })
}
