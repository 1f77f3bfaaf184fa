//! The note of a deprecated item: the sentence of its description that names the replacement. Knows the usual words; does not
//! know the item.

use super::markdown::sentence_end;

/// The deprecation of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deprecation {
    /// The sentence that names the replacement; `None` if the description names none.
    pub note: Option<String>,
}

/// Longer sentences are not notes, in characters.
const LONGEST: usize = 300;

/// Words that name a replacement wherever they stand.
const REPLACED: [&str; 5] = ["in favor of ", "in favour of ", "replaced by ", "replaced with ", "superseded by "];

/// Starts of a clause that tells readers to use something.
const USE: [&str; 9] =
    ["please use ", ", use ", "- use ", "– use ", "— use ", ": use ", "; use ", "(use ", "recommend using "];

impl Deprecation {
    /// The deprecation of an item with this documentation, if it is deprecated.
    #[must_use]
    pub(crate) fn of(deprecated: bool, docs: &[String]) -> Option<Self> {
        deprecated.then(|| Self { note: replacement(docs) })
    }
}

/// The first sentence that names a replacement.
fn replacement(docs: &[String]) -> Option<String> {
    let mut is_notice = false;
    for paragraph in docs.split(String::is_empty).filter(|lines| !is_code(lines)) {
        let text = paragraph.iter().map(|line| line.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join(" ");
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (sentence, after) = rest.split_at_checked(sentence_end(rest).unwrap_or(rest.len()))?;
            let words = sentence.to_lowercase();
            if names_replacement(words.trim(), is_notice) {
                return Some(note(sentence)).filter(|note| note.chars().count() <= LONGEST);
            }
            is_notice = words.contains("deprecat");
            rest = after.trim_start();
        }
    }
    None
}

fn is_code(lines: &[String]) -> bool {
    lines.first().is_some_and(|line| line.starts_with("```") || line.starts_with('|'))
}

/// Returns true if a sentence in lower case names a replacement. A sentence after a notice of deprecation needs fewer words.
fn names_replacement(words: &str, is_behind_notice: bool) -> bool {
    let words = words.trim_start_matches(['*', '_']);
    let uses = USE.iter().any(|start| words.contains(start)) || words.starts_with("use ");
    let is_own = words.starts_with("use this ") || words.contains("use this operation") && !words.contains("instead");
    let instead = words.contains("instead") && (!words.contains("instead of ") || words.contains("instead of this"));
    let moves = words.contains("migrat") && words.contains(" to ");
    let is_deprecated = is_behind_notice || words.contains("deprecat");
    let takes = uses || ["using ", " use ", "call ", "switch to "].iter().any(|verb| words.contains(verb));
    REPLACED.iter().any(|start| words.contains(start))
        || instead && takes
        || is_deprecated && !is_own && (uses || moves)
}

/// A sentence without bold marks and parentheses around it.
fn note(sentence: &str) -> String {
    let plain = sentence.replace("**", "");
    let plain = plain.trim();
    let inner = plain.strip_prefix('(').and_then(|inner| inner.trim_end_matches('.').strip_suffix(')'));
    inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Deprecation;

    fn note(docs: &str) -> Option<String> {
        let lines: Vec<String> = docs.lines().map(str::to_owned).collect();
        Deprecation::of(true, &lines).unwrap().note
    }

    #[test]
    fn takes_the_sentence_that_names_the_replacement() {
        for (docs, expected) in [
            ("Fetches a disk.\n\nUse `GET /v1/disks/{disk}` instead", "Use `GET /v1/disks/{disk}` instead"),
            (
                "Pets.\n\n**This is deprecated - use the V2 endpoint instead.** More.",
                "This is deprecated - use the V2 endpoint instead.",
            ),
            ("Adds a card. **DEPRECATED**. Please use [Add](/docs).", "DEPRECATED. Please use [Add](/docs)."),
            ("Deprecated, use [Get contexts](#contexts).", "Deprecated, use [Get contexts](#contexts)."),
            (
                "It is deprecated and will be\nremoved. We recommend migrating your code to use the new\n[List](https://e.org) endpoint.",
                "We recommend migrating your code to use the new [List](https://e.org) endpoint.",
            ),
            ("Likes.\n\n(use /me/likes instead to fetch them)", "use /me/likes instead to fetch them"),
            ("This was deprecated in favor of `v2`. Use a key.", "This was deprecated in favor of `v2`."),
            ("It has been deprecated. For new rules, use the updated API.", "For new rules, use the updated API."),
        ] {
            assert_eq!(note(docs).as_deref(), Some(expected), "{docs}");
        }
    }

    #[test]
    fn has_no_note_without_a_replacement() {
        for docs in [
            "",
            "Deprecated.",
            "Lists pets. Use the `limit` parameter to page through more of them.",
            "Polls instead of blocking.",
            "This is deprecated. Use this endpoint to list pets.",
            "This is deprecated.\n\n```text\nplease use tabs\n```",
        ] {
            assert_eq!(note(docs), None, "{docs}");
        }
        assert_eq!(Deprecation::of(false, &[]), None);
    }
}
