//! Types that the settings choose in place of the description's. Plain data.

use super::Scalar;

/// The type that the settings choose for a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChosenType {
    /// Any JSON.
    Any,
    /// A plain value. Every format means its own type.
    Scalar(Scalar),
    /// That of a component, by its name, or of any schema, by its pointer.
    Schema(String),
    /// A union of these.
    Union(Vec<ChosenType>),
}

/// A setting about a type that names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownChoice {
    /// The place that it names.
    pub place: String,
    /// The component that it gives the place, where that is what does not exist.
    pub chosen: Option<String>,
}
