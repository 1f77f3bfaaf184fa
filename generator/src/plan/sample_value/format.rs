//! Strings that the runtime parses as dates and times (RFC 3339).

use crate::plan::rust_type::RustType;

/// The runtime's name of a type, if a string is a value of it.
pub(super) fn name(ty: &RustType, text: &str) -> Option<&'static str> {
    let (name, is_valid) = match ty {
        RustType::DateTime => ("DateTime", is_date_time(text)),
        RustType::Date => ("Date", is_date(text)),
        RustType::Time => ("Time", is_time(text)),
        RustType::Duration => ("Duration", is_duration(text)),
        _ => return None,
    };
    is_valid.then_some(name)
}

/// `2026-01-31T12:00:00Z`. One without an offset has no point in time.
fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't', ' ']).is_some_and(|(date, time)| {
        let (time, offset) = time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()));
        is_date(date) && is_time(time) && is_offset(offset)
    })
}

fn is_offset(text: &str) -> bool {
    let numbers = || text.get(1..).and_then(|rest| rest.split_once(':'));
    let is_number = |(hours, minutes)| number(hours, 2, 0..=23).is_some() && number(minutes, 2, 0..=59).is_some();
    matches!(text, "Z" | "z") || numbers().is_some_and(is_number)
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let (Some(year), Some(month)) = (number(year, 4, 1..=9999), number(month, 2, 1..=12)) else { return false };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    number(day, 2, 1..=days).is_some()
}

fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let [hours, minutes, seconds] = parts[..] else { return false };
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|digit| digit.is_ascii_digit());
    number(hours, 2, 0..=23).is_some()
        && number(minutes, 2, 0..=59).is_some()
        && number(seconds, 2, 0..=59).is_some()
        && is_fraction
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

fn number(text: &str, digits: usize, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|number| is_number && range.contains(number))
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
            (RustType::Duration, "P1DT12H", true),
            (RustType::Duration, "PT", false),
            (RustType::Duration, "P", false),
            (RustType::Duration, "1h", false),
        ] {
            assert_eq!(name(&ty, text).is_some(), fits, "{text}");
        }
    }
}
