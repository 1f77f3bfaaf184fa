//! The text of an error in XML or HTML, as gateways and older services send it.

use crate::secrets::redactor::character_reference;

/// The XML elements of messages, the most specific first.
const WORDS: [&str; 6] = ["message", "faultstring", "detail", "text", "title", "description"];
/// The elements without readable text.
const UNSEEN: [&str; 3] = ["script", "style", "svg"];

/// Returns the text of XML or HTML, and `None` for other formats.
pub(super) fn text(body: &str) -> Option<String> {
    let body = body.trim_start_matches('\u{feff}').trim_start();
    if !body.starts_with('<') {
        return None;
    }
    let pieces = pieces(body);
    let is_page = pieces.iter().any(|(name, _)| matches!(name.as_str(), "body" | "h1" | "p" | "html"))
        || body.get(..200).unwrap_or(body).to_ascii_lowercase().contains("<html");
    let message = || WORDS.iter().find_map(|word| pieces.iter().find(|(name, _)| name == word));
    if let Some((_, text)) = (!is_page).then(message).flatten() {
        return Some(text.clone());
    }
    let mut texts: Vec<&str> = Vec::new();
    for (_, text) in &pieces {
        // A page often has its title twice.
        if !texts.contains(&text.as_str()) && texts.len() < MAX_TEXTS {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// The largest number of texts in a message. More do not fit in a line.
const MAX_TEXTS: usize = 100;

/// Returns each text with the name of its element, in lower case and without a prefix.
fn pieces(body: &str) -> Vec<(String, String)> {
    let (mut pieces, mut name, mut rest) = (Vec::new(), String::new(), body);
    while let Some((before, behind)) = rest.split_once('<') {
        push(&mut pieces, &name, before);
        rest = behind;
        if let Some(data) = rest.strip_prefix("![CDATA[") {
            let (data, behind) = data.split_once("]]>").unwrap_or((data, ""));
            if !data.trim().is_empty() {
                pieces.push((name.clone(), data.trim().to_owned()));
            }
            rest = behind;
            continue;
        }
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let (tag, behind) = rest.split_once('>').unwrap_or((rest, ""));
        rest = behind;
        let tag_name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        name = tag_name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if UNSEEN.contains(&name.as_str()) && !tag.ends_with('/') {
            let end = format!("</{name}");
            rest = rest.to_ascii_lowercase().find(&end).map_or("", |at| rest.get(at..).unwrap_or_default());
        }
    }
    push(&mut pieces, &name, rest);
    pieces
}

fn push(pieces: &mut Vec<(String, String)>, name: &str, text: &str) {
    let text = unescaped(text.trim());
    if !text.is_empty() {
        pieces.push((name.to_owned(), text));
    }
}

/// Decodes the character references of a text.
fn unescaped(text: &str) -> String {
    let (mut read, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        let (c, length) = character_reference(reference.as_bytes()).unwrap_or(('&', 1));
        read.push_str(before);
        read.push(c);
        rest = reference.get(length..).unwrap_or_default();
    }
    read + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_errors_in_markup() {
        for (body, expected) in [
            (
                "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>The key &amp; more &#x2014; \
                 gone.</Message><RequestId>44</RequestId></Error>",
                "The key & more — gone.",
            ),
            (
                "\u{feff}<s:Envelope xmlns:s=\"x\"><s:Body><s:Fault><faultcode>s:Client</faultcode>\
                 <faultstring>Bad input</faultstring></s:Fault></s:Body></s:Envelope>",
                "Bad input",
            ),
            ("<root><detail>Not found.</detail></root>", "Not found."),
            ("<error><code/><message xml:lang=\"en\"><![CDATA[a < b]]></message></error>", "a < b"),
            (
                "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>b{c:d}</style>\
                 <SCRIPT>if (a<b) {}</script></head><body><!-- <p>no</p> --><center><h1>502 Bad Gateway</h1>\
                 </center><hr/>nginx &nbsp; &bogus; & co</body></html>",
                "502 Bad Gateway nginx   &bogus; & co",
            ),
            ("<a", ""),
            ("<<<>", ""),
            ("plain <b>text</b>", ""),
        ] {
            assert_eq!(text(body).unwrap_or_default(), expected, "{body}");
        }
    }
}
