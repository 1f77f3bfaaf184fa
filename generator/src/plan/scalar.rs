//! Rust types of scalars, by their formats and bounds.

use super::rust_type::RustType;
use crate::api::Scalar;
use crate::config::{Config, FormatType};
use std::collections::BTreeMap;

/// The type of a scalar under the settings.
pub(super) fn scalar(scalar: &Scalar, secret: bool, config: &Config) -> RustType {
    if secret && matches!(scalar, Scalar::String(_)) {
        return RustType::Secret;
    }
    type_from_settings(scalar, config).unwrap_or_else(|| usual(scalar))
}

/// The type of a scalar whose place the settings name: each format has a type of its own.
pub(super) fn by_format(scalar: &Scalar) -> RustType {
    match scalar {
        Scalar::String(Some(format)) if format == "time" => RustType::Time,
        Scalar::String(Some(format)) if format == "duration" => RustType::Duration,
        Scalar::String(Some(format)) if format == "password" => RustType::Secret,
        other => usual(other),
    }
}

/// Its format, and whether the format is one of numbers.
pub(super) fn format(scalar: &Scalar) -> Option<(&str, bool)> {
    match scalar {
        Scalar::String(format) => Some((format.as_deref()?, false)),
        Scalar::Float(format) | Scalar::Decimal(format) | Scalar::Integer { format, .. } => {
            Some((format.as_deref()?, true))
        }
        Scalar::Bool | Scalar::Null => None,
    }
}

/// The type of the settings for its format.
fn type_from_settings(scalar: &Scalar, config: &Config) -> Option<RustType> {
    let (format, numeric) = format(scalar)?;
    let chosen = config.formats.get(format).filter(|chosen| chosen.is_numeric() == numeric)?;
    Some(match chosen {
        FormatType::String => RustType::String,
        FormatType::DateTime => RustType::DateTime,
        FormatType::Date => RustType::Date,
        FormatType::Time => RustType::Time,
        FormatType::Duration => RustType::Duration,
        FormatType::Base64 => RustType::Base64,
        FormatType::Secret => RustType::Secret,
        FormatType::Float => RustType::F64,
        FormatType::Decimal => RustType::Number,
        FormatType::Of(foreign) => RustType::ViaFromStr(foreign.path.clone()),
    })
}

/// The crates of the types that the settings name.
pub(super) fn dependencies(config: &Config) -> BTreeMap<String, String> {
    let foreign = config.formats.values().filter_map(|format_type| match format_type {
        FormatType::Of(foreign) => Some((foreign.path.split("::").next()?.to_owned(), foreign.dependency.clone()?)),
        _ => None,
    });
    foreign.collect()
}

/// The type without settings.
fn usual(scalar: &Scalar) -> RustType {
    match scalar {
        Scalar::Bool => RustType::Bool,
        Scalar::Float(_) => RustType::F64,
        Scalar::Decimal(_) => RustType::Number,
        Scalar::Null => RustType::Unit,
        Scalar::String(format) => match format.as_deref() {
            Some("date-time") => RustType::DateTime,
            Some("date") => RustType::Date,
            Some("byte") => RustType::Base64,
            _ => RustType::String,
        },
        Scalar::Integer { format, minimum, maximum } => {
            let (least, most) = (minimum.unwrap_or(0), maximum.unwrap_or(0));
            let beyond = least < i128::from(i64::MIN)
                || most > i128::from(u64::MAX)
                || (least < 0 && most > i128::from(i64::MAX));
            let wide = maximum.is_some_and(|maximum| maximum > i128::from(i64::MAX));
            // Descriptions that know only the formats of OpenAPI describe `u32` and `u64` so.
            let unsigned = maximum.is_none() && matches!(minimum, Some(0 | 1));
            match format.as_deref() {
                _ if beyond => RustType::Number,
                Some("int32") if unsigned => RustType::U32,
                Some("int64") if unsigned => RustType::U64,
                Some("int128" | "uint128" | "bigint" | "biginteger" | "big-integer") => RustType::Number,
                Some("int32" | "int8" | "int16") if maximum.is_none_or(|most| most <= i128::from(i32::MAX)) => {
                    RustType::I32
                }
                Some("uint8" | "uint16" | "uint32") => RustType::U32,
                Some("uint64" | "uint") => RustType::U64,
                _ if wide && minimum.is_none_or(|least| least >= 0) => RustType::U64,
                _ => RustType::I64,
            }
        }
    }
}
