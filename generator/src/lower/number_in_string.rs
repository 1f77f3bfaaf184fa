//! Numbers that may be written as strings, as serializers describe them that read and write both. Knows merged
//! keywords.

use super::all_of::MergedSchema;
use super::schema::is_numeric;

/// Reads a union of a number and a string as a number, where the format is that of a number and the strings are
/// numbers.
pub(super) fn narrow_to_number(merged: &mut MergedSchema) {
    let has = |name: &str| merged.types.iter().any(|one| one == name);
    let numeric = merged.types.iter().all(|name| matches!(name.as_str(), "integer" | "number" | "string"));
    if !numeric || !has("string") || merged.types.len() < 2 || !merged.format.as_deref().is_some_and(is_numeric) {
        return;
    }
    if merged.string_patterns.iter().any(|pattern| fits_only_numbers(pattern)) {
        let name = if has("number") { "number" } else { "integer" };
        merged.types = vec![name.to_owned()];
        merged.in_string = true;
    }
}

/// Returns true if a pattern matches only numbers, such as `^-?(?:0|[1-9]\d*)(?:\.\d+)?$`: it is anchored, needs a
/// digit, and allows only the characters of numbers.
fn fits_only_numbers(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$'));
    let Some(inner) = inner.filter(|inner| !inner.ends_with('\\')) else { return false };
    let (mut level, mut digits, mut in_class) = (0_usize, false, false);
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('d') => digits = true,
                Some('.' | '-' | '+') => {}
                _ => return false,
            },
            '0'..='9' => digits = true,
            '[' if !in_class => in_class = true,
            ']' if in_class => in_class = false,
            '.' if in_class => {}
            '(' if !in_class => level += 1,
            ')' if !in_class => match level.checked_sub(1) {
                Some(outer) => level = outer,
                None => return false,
            },
            // An alternative beside the anchors would have only one of them.
            '|' if !in_class && level == 0 => return false,
            '|' | '?' | ':' | '*' | '+' | '{' | '}' | ',' if !in_class => {}
            '-' | '+' | 'e' | 'E' => {}
            _ => return false,
        }
    }
    digits && level == 0 && !in_class
}

#[cfg(test)]
mod tests {
    use super::fits_only_numbers;

    #[test]
    fn distinguishes_numbers_from_other_strings() {
        let numbers = [
            r"^-?(?:0|[1-9]\d*)$",
            r"^(?:0|[1-9]\d*)$",
            r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$",
            r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$",
            r"^[+-]?[0-9]+(\.[0-9]{1,4})?$",
        ];
        let others = [
            r"^\d+%?$",
            r"\d+",
            r"^\d+$|x",
            r"^.*$",
            r"^[a-f0-9]+$",
            "^$",
            r"^\w+$",
            r"^[^1]$",
            r"^\d+\$",
            "",
            r"^a|\d$",
        ];
        assert!(numbers.iter().all(|pattern| fits_only_numbers(pattern)));
        assert!(others.iter().all(|pattern| !fits_only_numbers(pattern)), "{others:?}");
    }
}
