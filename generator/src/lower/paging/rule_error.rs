//! The reasons why a rule of the setting `pagination`, or of an extension, does not fit an operation.

use std::fmt;

/// The reason why a rule does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PagingRuleError {
    NoResponse,
    NotArray(String),
    AmbiguousItems,
    NotUrl(String),
    NoNextCursor,
    NoStep,
    SeveralSteps,
    NotObject { of: &'static str, path: String, name: String },
    NoProperty { of: &'static str, path: String, meant: Option<String> },
    NotQueryOrHeader(String),
    NoBody,
    NoParameter { name: String, meant: Option<String> },
}

impl fmt::Display for PagingRuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, meant) = match self {
            Self::NoResponse => return f.write_str("no success has a single JSON body with a schema"),
            Self::NotArray(path) => return write!(f, "`{path}` is not an array"),
            Self::AmbiguousItems => {
                return f.write_str("the property with the items is ambiguous; name it with `results`");
            }
            Self::NotUrl(path) => return write!(f, "`{path}` is not an address"),
            Self::NoNextCursor => return f.write_str("`cursor` needs `next`, the property with the next cursor"),
            Self::NoStep => return f.write_str("one of `cursor`, `offset`, `page`, `next` and `link` is required"),
            Self::SeveralSteps => {
                return f.write_str("`cursor`, `offset`, `page`, `next` alone and `link` exclude each other");
            }
            Self::NotObject { of, path, name } => {
                return write!(f, "{of} has no property `{path}`: `{name}` is not an object");
            }
            Self::NotQueryOrHeader(name) => return write!(f, "`{name}` is neither a query parameter nor a header"),
            Self::NoBody => return f.write_str("the operation has no JSON body with a schema"),
            Self::NoProperty { of, path, meant } => (format!("{of} has no property `{path}`"), meant),
            Self::NoParameter { name, meant } => (format!("the operation has no parameter `{name}`"), meant),
        };
        f.write_str(&text)?;
        meant.as_ref().map_or(Ok(()), |known| write!(f, "; did you mean `{known}`?"))
    }
}

impl std::error::Error for PagingRuleError {}
