//! Which variant a value of the discriminator means, and which is written.

use serde_json::{from_value, json, to_value};
use unions_dangling_mappings::models::*;

pub fn check() {
    assert!(matches!(from_value(json!({"kind": "cat"})).unwrap(), Pet::Cat(_)));
    assert!(matches!(from_value(json!({"kind": "hound"})).unwrap(), Pet::Dog(_)));
    assert!(matches!(from_value(json!({"kind": "Fish"})).unwrap(), Pet::Fish(_)));
    assert_eq!(to_value(Pet::Dog(Dog::new())).unwrap(), json!({"kind": "hound"}));
    assert_eq!(to_value(Shape::Circle(Circle::default())).unwrap(), json!({"type": "round"}));
}
