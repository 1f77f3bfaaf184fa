//! The spelling of numbers in JSON.

use std::borrow::Cow;

/// Returns the JSON of a number of YAML, which allows more spellings: `.5`, `1.`, `+5` and `007` (YAML 1.2.2, section
/// 10.3.2). The digits of the number stay.
#[must_use]
pub(crate) fn json_number(text: &str) -> Cow<'_, str> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = digits.split_at(digits.find(['e', 'E']).unwrap_or(digits.len()));
    let (whole, fraction) = mantissa.split_at(mantissa.find('.').unwrap_or(mantissa.len()));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = if fraction == "." { "" } else { fraction };
    let json = format!("{sign}{whole}{fraction}{exponent}");
    if json == text { text.into() } else { json.into() }
}

#[cfg(test)]
mod tests {
    use super::json_number;

    #[test]
    fn numbers_of_yaml_become_json() {
        for (yaml, json) in [
            (".5", "0.5"),
            ("-.5e3", "-0.5e3"),
            ("1.", "1"),
            ("+5", "5"),
            ("007", "7"),
            ("-00", "-0"),
            ("00.10", "0.10"),
            ("1.E5", "1E5"),
            ("12.50", "12.50"),
            ("0", "0"),
            ("1e-9", "1e-9"),
        ] {
            assert_eq!(json_number(yaml), json, "{yaml}");
            assert!(serde_json::from_str::<serde_json::Number>(json).is_ok(), "{json}");
        }
    }
}
