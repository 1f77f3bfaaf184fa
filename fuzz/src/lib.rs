//! What the fuzz targets share with the property test of the generator: random changes, and what must hold after them.

#[path = "../../generator/tests/mutated/promise.rs"]
pub mod promise;
#[path = "../../generator/tests/mutated/tree.rs"]
pub mod tree;
