//! YAML and JSON: the parsers, the tree of nodes with positions that they build, and pointers into it. Must not know OpenAPI.

pub(crate) mod json;
pub(crate) mod node;
pub(crate) mod number;
pub(crate) mod parse;
pub(crate) mod pointer;
pub(crate) mod yaml;
