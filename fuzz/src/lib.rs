//! The shared code of the fuzz targets and the property test of the generator: random changes and invariants.

#[path = "../../generator/tests/mutated/invariants.rs"]
pub mod invariants;
#[path = "../../generator/tests/mutated/tree.rs"]
pub mod tree;
