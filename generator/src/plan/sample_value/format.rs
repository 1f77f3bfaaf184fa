//! Strings that the runtime parses as dates and times (RFC 3339).

use crate::plan::rust_type::RustType;
use toml::value::Datetime;

/// The runtime's name of a type, if a string is a value of it.
pub(super) fn name(ty: &RustType, text: &str) -> Option<&'static str> {
    let (name, is_valid) = match ty {
        // One without an offset has no point in time.
        RustType::DateTime => ("DateTime", date_or_time(text).is_some_and(|found| found.offset.is_some())),
        RustType::Date => ("Date", date_or_time(text).is_some_and(|found| found.time.is_none())),
        RustType::Time => ("Time", date_or_time(text).is_some_and(|found| found.date.is_none())),
        RustType::Duration => ("Duration", is_duration(text)),
        _ => return None,
    };
    is_valid.then_some(name)
}

/// A date, a time of day, or both by RFC 3339, as the TOML parser reads them too. TOML allows times without seconds, and the
/// runtime fractions of up to nine digits.
fn date_or_time(text: &str) -> Option<Datetime> {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let found: Datetime = text.parse().ok().filter(|_| digits <= 9)?;
    found.time.is_none_or(|time| time.second.is_some()).then_some(found)
}

/// `P1DT12H`: whole numbers of units, each unit at most once and in its order.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let is_some = !date.is_empty() || time.is_some();
    is_some && has_units(date, "YMWD") && time.is_none_or(|time| !time.is_empty() && has_units(time, "HMS"))
}

fn has_units(mut text: &str, mut units: &str) -> bool {
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let Some(unit) = rest.chars().next().filter(char::is_ascii_uppercase) else { return false };
        let Some(at) = units.find(unit).filter(|_| (1..=4).contains(&number.len())) else { return false };
        units = units.get(at + 1..).unwrap_or_default();
        text = rest.get(1..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::name;
    use crate::plan::rust_type::RustType;

    #[test]
    fn knows_what_the_runtime_parses() {
        for (ty, text, fits) in [
            (RustType::DateTime, "2026-01-31T12:00:00Z", true),
            (RustType::DateTime, "2026-01-31T12:00:00.123+02:00", true),
            (RustType::DateTime, "2026-01-31T12:00:00", false),
            (RustType::DateTime, "2026-02-30T12:00:00Z", false),
            (RustType::DateTime, "2026-01-31", false),
            (RustType::Date, "2024-02-29", true),
            (RustType::Date, "2023-02-29", false),
            (RustType::Date, "2026-13-01", false),
            (RustType::Date, "31.01.2026", false),
            (RustType::Time, "23:59:59", true),
            (RustType::Time, "24:00:00", false),
            (RustType::Time, "12:30", false),
            (RustType::DateTime, "2026-01-31T12:00Z", false),
            (RustType::DateTime, "2026-01-31T12:00:00.1234567891Z", false),
            (RustType::Duration, "P1DT12H", true),
            (RustType::Duration, "PT", false),
            (RustType::Duration, "P", false),
            (RustType::Duration, "1h", false),
        ] {
            assert_eq!(name(&ty, text).is_some(), fits, "{text}");
        }
    }
}
