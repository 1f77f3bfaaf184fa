//! Patterns of names in settings (`*` matches any characters, also none), and words that are nearly equal. Knows strings
//! only.

use indexmap::IndexMap;

/// Returns true if a name matches a pattern. A pattern without `*` matches only itself.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, after)) = name.split_once(part) else { return false };
        name = after;
    }
    name.ends_with(end)
}

/// Returns true if a path matches a glob: `*` matches within a segment, and a segment `**` matches any number of segments,
/// also none.
pub(crate) fn fits_path(glob: &str, path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').collect();
    // The numbers of segments that the glob can match up to its current part.
    let mut ends = vec![true];
    ends.resize(segments.len() + 1, false);
    for part in glob.split('/') {
        let mut next = vec![false; ends.len()];
        let mut open = false;
        for (at, reached) in ends.iter().enumerate() {
            open |= *reached;
            let (to, is_match) = if part == "**" {
                (at, open)
            } else {
                (at + 1, *reached && segments.get(at).is_some_and(|segment| fits(part, segment)))
            };
            if let Some(slot) = next.get_mut(to) {
                *slot |= is_match;
            }
        }
        ends = next;
    }
    ends.last().copied().unwrap_or_default()
}

/// Returns true if a key is a pattern with a `*`.
pub(crate) fn is_pattern(key: &str) -> bool {
    key.contains('*')
}

/// The rules of a setting whose patterns match a name, in the order of the settings. The rule for the name itself is
/// not included, since it goes first.
pub(crate) fn rules<'r, R>(rules: &'r IndexMap<String, R>, name: &str) -> impl Iterator<Item = (&'r str, &'r R)> {
    let fitting = move |(pattern, _): &(&String, &R)| is_pattern(pattern) && fits(pattern, name);
    rules.iter().filter(fitting).map(|(pattern, rule)| (pattern.as_str(), rule))
}

/// The known word that was probably meant by `word`.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    fewest_edits(known.iter().copied(), 3.max(word.len() / 8), |name| strsim::levenshtein(word, name))
}

/// The known word of which `word` is a misspelling: it differs in one or two letters, or only in case and punctuation.
pub(crate) fn misspelled<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let edits = |name: &str| if plain(name) == plain(word) { 0 } else { strsim::osa_distance(name, word) };
    fewest_edits(known, (word.chars().count() / 4).min(2), edits)
}

/// The word with the fewest edits, if it has at most `most`; of equal ones the first in the alphabet.
fn fewest_edits<'k>(
    known: impl Iterator<Item = &'k str>,
    most: usize,
    edits: impl Fn(&str) -> usize,
) -> Option<&'k str> {
    known.map(|name| (edits(name), name)).min().filter(|(edits, _)| *edits <= most).map(|(_, name)| name)
}

/// The end of a message that an unknown word is in: the known word that was probably meant, or nothing.
pub(crate) fn suggestion(word: &str, known: &[&str]) -> String {
    nearest(word, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_segments() {
        for (glob, path) in [
            ("/pets", "/pets"),
            ("/pets/*", "/pets/{id}"),
            ("/pets/**", "/pets"),
            ("/pets/**", "/pets/{id}/toys"),
            ("/**/toys", "/pets/{id}/toys"),
            ("/**/toys", "/toys"),
            ("**", "/pets"),
            ("**", "newPet"),
            ("/v*/pets/{id}", "/v2/pets/{id}"),
            ("/**/a/**/b/**", "/x/a/a/b"),
            ("*Pet", "newPet"),
        ] {
            assert!(fits_path(glob, path), "{glob} {path}");
        }
        for (glob, path) in [
            ("/pets", "/pets/{id}"),
            ("/pets/*", "/pets"),
            ("/pets/*", "/pets/{id}/toys"),
            ("/pets/**", "/petshop"),
            ("/*", "/pets/{id}"),
            ("pets", "/pets"),
            ("/pets/", "/pets"),
            ("", "/pets"),
            ("/**/a/**/b", "/a/x"),
        ] {
            assert!(!fits_path(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn star_matches_any_characters() {
        for (pattern, name) in [
            ("listPets", "listPets"),
            ("list*", "listPets"),
            ("list*", "list"),
            ("*", ""),
            ("*", "listPets"),
            ("*Pets", "listPets"),
            ("l*P*s", "listPets"),
            ("**Pets", "listPets"),
            ("*a*a", "aa"),
            ("*ab*ab", "ababab"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("listPets", "listPet"),
            ("list*", "getPets"),
            ("*Pets", "listPetsOf"),
            ("l*X*s", "listPets"),
            ("*a*a", "a"),
            ("ab*ba", "aba"),
            ("", "x"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }
}
