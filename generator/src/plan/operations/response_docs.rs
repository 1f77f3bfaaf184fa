//! The text of the description about a response: in the documentation of a variant, in a list of statuses, and beside the
//! value of an operation that can return none. Does not know types.

use super::outcome::TypedResponse;
use super::status_range::StatusRange;
use crate::api::{Status, reason_phrase};
use crate::plan::docs::{self, Lead};
use crate::plan::rust_type::RustType;

/// Words without which a text about a response says nothing.
const GENERIC: &[&str] = &[
    "a",
    "an",
    "api",
    "body",
    "call",
    "case",
    "code",
    "default",
    "done",
    "error",
    "expected",
    "failed",
    "failure",
    "general",
    "http",
    "in",
    "of",
    "operation",
    "request",
    "requested",
    "resource",
    "response",
    "server",
    "status",
    "success",
    "successful",
    "successfully",
    "the",
    "unexpected",
    "was",
];

/// Older reason phrases (RFC 7231 and RFC 4918).
const OLDER_REASONS: [(u16, &str); 2] = [(413, "payload too large"), (422, "unprocessable entity")];

/// The text of a response, unless it says no more than the status.
pub(super) fn text(status: Status, description: Option<&str>) -> Option<&str> {
    let text = description?.trim();
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let number = status.to_string().to_lowercase();
    let is_generic = |word: &String| GENERIC.contains(&word.as_str()) || *word == "ok" || *word == number;
    let content_words: Vec<String> = words(text).into_iter().filter(|word| !is_generic(word)).collect();
    let reasons = match status {
        Status::Exact(status) => {
            let older = OLDER_REASONS.iter().filter(|(of, _)| *of == status).map(|(_, reason)| *reason);
            [reason_phrase(status)].into_iter().filter(|reason| !reason.is_empty()).chain(older).collect()
        }
        Status::Range(_) | Status::Default => Vec::new(),
    };
    let repeats = reasons.into_iter().any(|reason| {
        let reason = words(reason);
        // Also `BadRequest`, and "Bad request error".
        content_words.concat() == reason.concat()
            || content_words.iter().eq(reason.iter().filter(|word| !is_generic(word)))
    });
    (!content_words.is_empty() && !repeats).then_some(text)
}

/// The documentation of the variant of a response.
pub(super) fn variant(response: &TypedResponse, text: Option<&str>) -> Vec<String> {
    let media = response.media.as_ref().map(|media| format!(" with `{media}`")).unwrap_or_default();
    let statuses = match StatusRange::of(response.status) {
        Some(range) if range.is_single() => format!("Status {}{media}", range.first),
        Some(StatusRange { first, last }) => format!("Status {first} to {last}{media}"),
        None => format!("Every other status{media}"),
    };
    followed(&statuses, text)
}

/// The sentence about an operation that returns nothing with these statuses; none where no text says more.
pub(super) fn nothing(empty: &[(Status, Option<&str>)]) -> Option<Vec<String>> {
    let has_text = empty.iter().any(|(_, text)| text.is_some());
    has_text.then(|| with_statuses("Returns nothing,", empty))
}

/// The end of the sentence about the value of an operation that returns `None` with these statuses.
pub(super) fn none_clause(empty: &[(Status, Option<&str>)]) -> Vec<String> {
    match empty {
        [] => vec!["or `None` if the body is empty or `null`.".to_owned()],
        empty => with_statuses("or `None`", empty),
    }
}

/// The end of a sentence about statuses without a body, with their texts.
fn with_statuses(start: &str, empty: &[(Status, Option<&str>)]) -> Vec<String> {
    if let [(status, text)] = empty {
        return followed(&format!("{start} with the status `{status}`"), *text);
    }
    let mut names: Vec<String> = empty.iter().map(|(status, _)| format!("`{status}`")).collect();
    let last = names.pop().unwrap_or_default();
    let first = format!("{start} with the status {} or {last}.", names.join(", "));
    let items = empty.iter().filter_map(|(status, text)| Some(format!("- `{status}`: {}", first_paragraph((*text)?))));
    let items: Vec<String> = items.collect();
    let blank = (!items.is_empty()).then(String::new);
    std::iter::once(first).chain(blank).chain(items).collect()
}

/// The note on a body of bytes that has a schema of this type.
pub(super) fn bytes_of(ty: &RustType) -> String {
    format!("If the bytes are JSON, `runtime::from_json_slice` decodes them as `{}`.", ty.path())
}

/// The longest text of a response in a list, in characters. Of a longer one, the list has the first sentence.
const LONGEST: usize = 200;

/// The text of a response for a line of a list, unless it says no more than the status.
pub(super) fn line(status: Status, description: Option<&str>) -> Option<String> {
    let paragraph = first_paragraph(text(status, description)?);
    // A line that introduces a list says nothing without it.
    let is_sentence = begins_with_words(&paragraph) && !paragraph.ends_with(':');
    let is_long = paragraph.chars().count() > LONGEST;
    let line = if is_long { docs::first_sentence(&paragraph).trim_end().to_owned() } else { paragraph };
    is_sentence.then_some(line)
}

/// The first paragraph of a text in one line.
fn first_paragraph(text: &str) -> String {
    let lines = docs::clean(text, Lead::Paragraph).into_iter().take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn begins_with_words(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphabetic() || c == '`')
}

/// A phrase, and a text about it: after a colon where the text begins with a sentence, otherwise as paragraphs of its own.
fn followed(phrase: &str, text: Option<&str>) -> Vec<String> {
    let lines = docs::clean(text.unwrap_or_default(), Lead::Paragraph);
    if !lines.first().is_some_and(|line| begins_with_words(line)) {
        let blank = (!lines.is_empty()).then(String::new);
        return std::iter::once(format!("{phrase}.")).chain(blank).chain(lines).collect();
    }
    docs::as_sentence(docs::of_note(&format!("{phrase}:"), text.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_repeat_the_status_are_left_out() {
        let of = |status: Status, description: &'static str| text(status, Some(description));
        for (status, description) in [
            (200, "OK"),
            (200, "Successful response."),
            (204, "no content"),
            (400, "BadRequest"),
            (400, "Bad request error"),
            (404, "404 Not Found"),
            (404, "Resource not found"),
            (422, "Unprocessable Entity"),
            (500, "Internal server error"),
            (500, "Internal Error"),
            (201, "OK, created"),
            (202, " "),
        ] {
            assert_eq!(of(Status::Exact(status), description), None, "{status} {description}");
        }
        for (status, description) in [(200, "A pet."), (404, "Pet not found"), (409, "not found")] {
            assert_eq!(of(Status::Exact(status), description), Some(description), "{description}");
        }
        assert_eq!(of(Status::Default, "Unexpected error"), None);
        assert_eq!(of(Status::Range(5), "5XX: overloaded"), Some("5XX: overloaded"));
    }
}
