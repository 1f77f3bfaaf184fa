//! Sample values of scalars, within their bounds and with their formats.

use crate::api::Scalar;
use serde_json::{Number, Value};

/// Longest string that `minLength` asks for.
const LONGEST: usize = 10_000;

/// A value of a scalar. `limit` has the keywords of its schema. Values of different indexes differ where this is possible.
pub(super) fn value(scalar: &Scalar, limit: &dyn Fn(&str) -> Option<f64>, index: usize) -> Value {
    match scalar {
        Scalar::Bool => Value::Bool(index.is_multiple_of(2)),
        Scalar::Null => Value::Null,
        Scalar::Integer { .. } => integer(number(limit, index, true)),
        Scalar::Float(_) | Scalar::Decimal(_) => {
            let number = number(limit, index, false);
            if number.fract() == 0.0 {
                integer(number)
            } else {
                Number::from_f64(number).map_or(Value::Null, Value::Number)
            }
        }
        Scalar::String(format) => Value::String(text(format.as_deref(), limit, index)),
    }
}

/// A count from a keyword.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
pub(super) fn count(limit: f64) -> usize {
    limit as usize
}

#[allow(clippy::cast_possible_truncation, reason = "saturates")]
fn integer(number: f64) -> Value {
    Value::from(number as i64)
}

/// A number within the bounds: 1 where they allow it, otherwise one near to it.
fn number(limit: &dyn Fn(&str) -> Option<f64>, index: usize, is_whole: bool) -> f64 {
    let step = limit("multipleOf").filter(|step| *step > 0.0);
    match step.or(is_whole.then_some(1.0)) {
        Some(step) => multiple(limit, index, step),
        None => real(limit, index),
    }
}

/// A multiple of a number within the bounds.
fn multiple(limit: &dyn Fn(&str) -> Option<f64>, index: usize, step: f64) -> f64 {
    let above = limit("exclusiveMinimum").map(|above| (above / step).floor() * step + step);
    let below = limit("exclusiveMaximum").map(|below| (below / step).ceil() * step - step);
    let least = limit("minimum").into_iter().chain(above).reduce(f64::max);
    let most = limit("maximum").into_iter().chain(below).reduce(f64::min);
    let mut number = step + step * as_f64(index);
    number = most.map_or(number, |most| number.min(most));
    number = least.map_or(number, |least| number.max(least));
    let up = (number / step).ceil() * step;
    if most.is_some_and(|most| up > most) { (number / step).floor() * step } else { up }
}

/// A number within the bounds, between those that are not allowed themselves.
fn real(limit: &dyn Fn(&str) -> Option<f64>, index: usize) -> f64 {
    let (low, high) = (limit("minimum"), limit("maximum"));
    let (above, below) = (limit("exclusiveMinimum"), limit("exclusiveMaximum"));
    let least = low.into_iter().chain(above).reduce(f64::max);
    let most = high.into_iter().chain(below).reduce(f64::min);
    let wanted = 1.0 + as_f64(index);
    match (least, most) {
        (Some(least), Some(most)) if above == Some(least) || below == Some(most) => {
            let share = wanted / (wanted + 1.0);
            least * (1.0 - share) + most * share
        }
        (Some(least), None) if above == Some(least) => wanted.max(least + wanted),
        (None, Some(most)) if below == Some(most) => wanted.min(most - wanted),
        (least, most) => {
            let number = most.map_or(wanted, |most| wanted.min(most));
            least.map_or(number, |least| number.max(least))
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "an index is small")]
const fn as_f64(index: usize) -> f64 {
    index as f64
}

fn text(format: Option<&str>, limit: &dyn Fn(&str) -> Option<f64>, index: usize) -> String {
    if let Some(formatted) = format.and_then(|format| formatted(format, index)) {
        return formatted;
    }
    let (least, most) = (limit("minLength").map_or(0, count).min(LONGEST), limit("maxLength").map(count));
    let mut text = if index == 0 { "string".to_owned() } else { format!("{index}string") };
    while text.len() < least {
        text.push('x');
    }
    text.truncate(most.unwrap_or(usize::MAX));
    text
}

/// A string with a format. `None` for a format that any string has.
fn formatted(format: &str, index: usize) -> Option<String> {
    let day = index % 28 + 1;
    let last = index % 100 + 1;
    Some(match format {
        "date-time" => format!("2026-01-{day:02}T12:00:00Z"),
        "date" => format!("2026-01-{day:02}"),
        "time" => format!("12:00:{:02}", index % 60),
        "duration" => format!("PT{last}H"),
        "uuid" => format!("00000000-0000-4000-8000-{last:012}"),
        "email" | "idn-email" => format!("user{last}@example.com"),
        "uri" | "url" | "iri" => format!("https://example.com/{last}"),
        "uri-reference" | "iri-reference" | "uri-template" => format!("/{last}"),
        "hostname" | "idn-hostname" => format!("host{last}.example.com"),
        "ipv4" => format!("192.0.2.{last}"),
        "ipv6" => format!("2001:db8::{last}"),
        "byte" | "base64" => "c2FtcGxl".to_owned(),
        "int32" | "int64" | "decimal" | "number" => last.to_string(),
        "json-pointer" => format!("/{last}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{formatted, number, text};
    use crate::validation::text_format::fits;

    fn limits<'l>(limits: &'l [(&'l str, f64)]) -> impl Fn(&str) -> Option<f64> + 'l {
        |keyword| limits.iter().find(|(known, _)| *known == keyword).map(|(_, limit)| *limit)
    }

    #[test]
    #[allow(clippy::float_cmp, reason = "the values are exact")]
    fn numbers_are_within_their_bounds() {
        for (keywords, is_whole, expected) in [
            (&[][..], true, 1.0),
            (&[("minimum", 10.0)], true, 10.0),
            (&[("maximum", -3.0)], true, -3.0),
            (&[("exclusiveMinimum", 5.0)], true, 6.0),
            (&[("exclusiveMinimum", 0.0), ("exclusiveMaximum", 1.0)], false, 0.5),
            (&[("exclusiveMinimum", 0.0), ("maximum", 0.5)], false, 0.25),
            (&[("minimum", -0.5), ("exclusiveMaximum", 0.0)], false, -0.25),
            (&[("exclusiveMinimum", 0.5), ("minimum", 0.0), ("maximum", 1.5)], false, 1.0),
            (&[("exclusiveMinimum", 0.0), ("maximum", 0.7), ("multipleOf", 0.5)], false, 0.5),
            (&[("exclusiveMinimum", 0.5), ("multipleOf", 0.5)], false, 1.0),
            (&[("exclusiveMinimum", 1.5)], false, 2.5),
            (&[("exclusiveMaximum", 1.0)], false, 0.0),
            (&[("maximum", 0.5)], false, 0.5),
            (&[("multipleOf", 5.0), ("minimum", 7.0)], true, 10.0),
            (&[("minimum", 1.5)], true, 2.0),
        ] {
            assert_eq!(number(&limits(keywords), 0, is_whole), expected, "{keywords:?}");
        }
    }

    #[test]
    fn strings_have_their_length_and_format() {
        assert_eq!(text(None, &limits(&[("maxLength", 3.0)]), 0), "str");
        assert_eq!(text(None, &limits(&[("minLength", 8.0)]), 0), "stringxx");
        assert_eq!(text(Some("unknown"), &limits(&[]), 0), "string");
        for format in ["date-time", "date", "time", "duration", "uuid", "email", "uri", "ipv4", "ipv6", "byte"] {
            for index in [0, 7, 1_000] {
                assert!(fits(format, &formatted(format, index).unwrap()), "{format} {index}");
            }
        }
    }
}
