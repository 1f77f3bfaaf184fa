//! Patterns of names in settings: `*` matches any characters, also none. Knows strings only.

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

#[cfg(test)]
mod tests {
    use super::*;

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
