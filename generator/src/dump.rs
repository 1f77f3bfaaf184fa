//! Compact text of a stage's value, for debugging.

pub mod api;
pub mod plan;
