//! The layout of a macro call with rows in braces: `runtime::object!(Pet { id: Required("id"), ..extra });`. Must not know
//! the meaning of the rows.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

const WIDTH: usize = 100;

/// The text of a call with rows, in one line if it fits.
pub(super) fn call(call: &syn::Macro) -> Option<String> {
    let mut tokens = call.tokens.clone().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(rows))) = (tokens.next(), tokens.next()) else {
        return None;
    };
    if rows.delimiter() != Delimiter::Brace || !matches!(call.delimiter, syn::MacroDelimiter::Paren(_)) {
        return None;
    }
    let path: Vec<String> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let (rows, rest) = (split(rows.stream()), text(tokens.collect()));
    let (start, end) = (format!("{}!({name} {{", path.join("::")), format!("}}{rest});\n"));
    let short = if rows.is_empty() { format!("{start}{end}") } else { format!("{start} {} {end}", rows.join(" ")) };
    if short.trim_end().len() <= WIDTH {
        return Some(short);
    }
    let rows = rows.iter().map(|row| format!("    {row}\n"));
    let end = if end.trim_end().len() <= WIDTH { end } else { wrapped(&end) };
    Some(format!("{start}\n{}{end}", rows.collect::<String>()))
}

/// The rows, each with its comma.
fn split(tokens: TokenStream) -> Vec<String> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    for token in tokens {
        let ends = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        row.push(token);
        if ends {
            rows.push(text(row.drain(..).collect()).trim_end().to_owned());
        }
    }
    rows.extend((!row.is_empty()).then(|| text(row.into_iter().collect())));
    rows
}

/// Tokens with spaces after commas and single colons, and around `as`.
fn text(tokens: TokenStream) -> String {
    let (mut text, mut joint) = (String::new(), false);
    for token in tokens {
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(self::text(group.stream()).trim_end());
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                let is_apart = punct.as_char() == ',' || (punct.as_char() == ':' && !joint);
                joint = punct.spacing() == Spacing::Joint;
                text.push_str(if is_apart && !joint { " " } else { "" });
                continue;
            }
            TokenTree::Ident(word) if word == "as" => text.push_str(" as "),
            token => text.push_str(&token.to_string()),
        }
        joint = false;
    }
    text
}

/// The end of a call over several lines, which break after commas.
fn wrapped(end: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in end.trim_end().split_inclusive(", ") {
        match lines.last_mut() {
            Some(line) if line.len() + part.trim_end().len() <= WIDTH => line.push_str(part),
            Some(line) => {
                line.truncate(line.trim_end().len());
                lines.push(format!("    {part}"));
            }
            None => lines.push(part.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    fn laid_out(text: &str) -> String {
        let call: syn::ItemMacro = syn::parse_str(text).unwrap();
        super::call(&call.mac).unwrap()
    }

    #[test]
    fn short_calls_are_one_line() {
        assert_eq!(laid_out("a::row!(Empty{});"), "a::row!(Empty {});\n");
        let call = "a::row!(Pet { id: Required(\"i, d: (\"), r#type: Optional([\"type\"]), ..Closed(extra) }, read);\n";
        assert_eq!(laid_out(call), call);
    }

    #[test]
    fn long_calls_have_a_line_for_each_row() {
        let names: Vec<String> = (0..30).map(|index| format!("field_{index}")).collect();
        let rows: Vec<String> = names.iter().map(|name| format!("    {name}: Required(\"{name}\"),\n")).collect();
        let (one, two) = (names[..15].join(", "), names[15..].join(", "));
        let text = laid_out(&format!("a::row!(Wide {{ {} }} as a::Group((({one}), ({two}))));", rows.concat()));
        assert!(text.starts_with(&format!("a::row!(Wide {{\n{}}} as a::Group(((field_0,", rows.concat())), "{text}");
        assert!(text.lines().all(|line| line.len() <= super::WIDTH && !line.ends_with(' ')), "{text}");
        assert_eq!(text.replace("\n    ", " ").lines().count(), 2, "{text}");
    }
}
