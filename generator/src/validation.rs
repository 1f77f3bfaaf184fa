//! Values beside their schemas, and addresses beside the paths of operations. The mechanism of `drift`, `mock` and the
//! check of examples. Knows methods, directions, and the formats that generated crates decode, but no Rust types.

mod difference;
mod equality;
pub(crate) mod examples;
mod keywords;
mod route;
pub(crate) mod text_format;
mod validator;

pub(crate) use difference::{Detail, Difference};
pub(crate) use keywords::Keywords;
pub(crate) use route::Routes;
pub(crate) use validator::{Validator, kind_of};

use crate::api::Property;

/// The value in a recording that stands for a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// The direction of a value, which decides the properties that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From callers to the server.
    Request,
    /// From the server to callers.
    Response,
}

impl Direction {
    /// Returns true for a property that values of this direction can have.
    pub(crate) const fn has(self, property: &Property) -> bool {
        match self {
            Self::Request => !property.read_only,
            Self::Response => !property.write_only,
        }
    }
}
