//! Values of models that Rust's own types cannot hold as the API sends them.

#![doc(hidden)]

#[cfg(not(unused = "enums"))]
pub mod closed_enum;
#[cfg(not(unused = "from_str"))]
pub mod from_str;
#[cfg(not(unused = "lenient"))]
pub mod lenient;
pub mod maybe;
#[cfg(not(unused = "numeric"))]
pub mod numeric;
#[cfg(not(unused = "enums"))]
pub mod open_enum;
#[cfg(not(unused = "or_none"))]
pub mod or_none;
pub mod primitives;
#[cfg(not(unused = "time"))]
pub mod time;
