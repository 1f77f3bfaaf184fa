//! Patterns of names in settings: `*` stands for any characters, also for none. Knows text only.

use indexmap::IndexMap;

/// Whether a name fits a pattern. Without a `*`, a pattern is the name itself.
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

/// Whether a key is a pattern that can stand for several names.
pub(crate) fn is_pattern(key: &str) -> bool {
    key.contains('*')
}

/// The rules of a setting whose patterns fit a name, in the order of the settings, each with its pattern. The rule of the
/// name itself is not among them: it goes before all patterns.
pub(crate) fn rules<'r, R>(rules: &'r IndexMap<String, R>, name: &str) -> impl Iterator<Item = (&'r str, &'r R)> {
    let fitting = move |(pattern, _): &(&String, &R)| is_pattern(pattern) && fits(pattern, name);
    rules.iter().filter(fitting).map(|(pattern, rule)| (pattern.as_str(), rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
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
