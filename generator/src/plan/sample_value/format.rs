//! Strings that the runtime parses as dates and times (RFC 3339).

use crate::plan::rust_type::RustType;
use crate::validation::text_format::{is_date, is_date_time, is_duration, is_time};

/// The runtime's name of a type, if a string is a value of it.
pub(super) fn name(ty: &RustType, text: &str) -> Option<&'static str> {
    let (name, is_valid) = match ty {
        // One without an offset has no point in time.
        RustType::DateTime => ("DateTime", is_date_time(text)),
        RustType::Date => ("Date", is_date(text)),
        RustType::Time => ("Time", is_time(text)),
        RustType::Duration => ("Duration", is_duration(text)),
        _ => return None,
    };
    is_valid.then_some(name)
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
