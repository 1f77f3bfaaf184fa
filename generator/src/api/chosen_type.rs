//! Types that the settings choose in place of the description's. Plain data.

use super::Scalar;

/// The type that the settings choose for a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChosenType {
    /// Any JSON.
    Any,
    /// A scalar. Every format has its own type.
    Scalar(Scalar),
    /// The type of a component by its name, or of any schema by its pointer.
    Schema(String),
    /// A union of these types.
    Union(Vec<ChosenType>),
}

/// A setting about a type that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnmatchedType {
    /// The place in the setting.
    pub place: String,
    /// The component in the setting's value, if the description does not have it. `None`: the description does not have the place.
    pub component: Option<String>,
}
