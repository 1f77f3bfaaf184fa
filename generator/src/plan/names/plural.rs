//! Singular and plural of English words.

/// Returns true if two words are equal, or one is the plural of the other.
#[must_use]
pub(crate) fn same_or_plural(one: &str, other: &str) -> bool {
    one == other || is_plural(one, other) || is_plural(other, one)
}

/// Returns true if a word is the plural of another one.
fn is_plural(plural: &str, singular: &str) -> bool {
    const OTHERS: [(&str, &str); 4] = [("people", "person"), ("children", "child"), ("men", "man"), ("women", "woman")];
    if plural == "news" || singular.len() < 2 {
        return false;
    }
    let ends = |plural_end: &str, singular_end: &str| {
        plural.strip_suffix(plural_end).is_some_and(|stem| singular.strip_suffix(singular_end) == Some(stem))
    };
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| singular.ends_with(end));
    ends("s", "")
        || (sibilant && ends("es", ""))
        || ends("ies", "y")
        || ends("ses", "sis")
        || ends("ices", "ix")
        || ends("ices", "ex")
        || OTHERS.contains(&(plural, singular))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_and_plural_are_one_word() {
        let pairs = [
            ("repos", "repo"),
            ("policies", "policy"),
            ("boxes", "box"),
            ("statuses", "status"),
            ("analyses", "analysis"),
            ("people", "person"),
            ("indices", "index"),
            ("branches", "branch"),
            ("heroes", "hero"),
        ];
        for (plural, singular) in pairs {
            assert!(same_or_plural(plural, singular) && same_or_plural(singular, plural), "{plural}");
        }
        for (one, other) in [("news", "new"), ("status", "state"), ("a", "as"), ("pet", "petes"), ("", "s")] {
            assert!(!same_or_plural(one, other), "{one} {other}");
        }
    }
}
