//! Tokens with the spaces that people write.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The kind of the last token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Word,
    /// A closing bracket or `>`.
    Close,
    /// `,`, `:` and what has spaces on both sides.
    Spaced,
    Joined,
}

/// Spells tokens in one line.
pub(crate) fn spell(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut last = Last::Nothing;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let inner = spell(group.stream());
                let inner = inner.trim_end_matches(',');
                let is_list = group.delimiter() == Delimiter::Bracket;
                if last == Last::Spaced || last == Last::Word && is_list {
                    text.push(' ');
                }
                text.push_str(&match group.delimiter() {
                    Delimiter::Parenthesis => format!("({inner})"),
                    Delimiter::Bracket => format!("[{inner}]"),
                    Delimiter::Brace => format!("{{ {inner} }}"),
                    Delimiter::None => inner.to_owned(),
                });
                last = Last::Close;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if matches!(last, Last::Word | Last::Close | Last::Spaced) {
                    text.push(' ');
                }
                text.push_str(&token.to_string());
                last = Last::Word;
            }
            TokenTree::Punct(mark) => {
                let sign = mark.as_char();
                let next = match tokens.peek() {
                    Some(TokenTree::Punct(next)) if mark.spacing() == Spacing::Joint => Some(next.as_char()),
                    _ => None,
                };
                let sign = match (sign, next) {
                    (':', Some(':')) => "::".to_owned(),
                    ('-', Some('>')) => " -> ".to_owned(),
                    _ => sign.to_string(),
                };
                if sign.len() > 1 {
                    tokens.next();
                }
                last = mark_after(&mut text, &sign, last);
            }
        }
    }
    text.truncate(text.trim_end_matches(',').len());
    text
}

fn mark_after(text: &mut String, sign: &str, last: Last) -> Last {
    match sign {
        "," | ":" | ";" => {
            text.push_str(sign);
            Last::Spaced
        }
        "=" | "+" => {
            text.push_str(&format!(" {sign}"));
            Last::Spaced
        }
        ">" => {
            text.truncate(text.trim_end_matches(',').len());
            text.push('>');
            Last::Close
        }
        _ => {
            let begins = matches!(sign, "&" | "'" | "?" | "*" | "#") && last == Last::Word;
            if last == Last::Spaced || begins {
                text.push(' ');
            }
            text.push_str(sign);
            Last::Joined
        }
    }
}
