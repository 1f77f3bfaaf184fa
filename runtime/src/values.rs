//! Values of models that Rust's own types cannot hold as the API sends them.

#![doc(hidden)]

pub mod closed_enum;
pub mod extra;
pub mod from_str;
pub mod lenient;
pub mod maybe;
pub mod number;
pub mod numeric;
pub mod open_enum;
pub mod primitives;
pub mod secret;
pub mod time;
