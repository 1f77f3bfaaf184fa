//! The variant that a received value becomes is the one that the documentation names.

use unions_equal_variants::models::*;

pub fn check() {
    let event = |text: &str| serde_json::from_str::<Event>(text).unwrap();
    assert!(matches!(event(r#"{"id":1,"label":"bug"}"#), Event::Labeled(_)));
    assert!(matches!(event(r#"{"label":"bug","id":1,"more":true}"#), Event::Labeled(_)));
    assert!(matches!(event(r#"{"id":1,"name":"bug"}"#), Event::Renamed(_)));
    let level = |text: &str| serde_json::from_str::<Level>(text).unwrap();
    assert!(matches!(level(r#"{"level":1}"#), Level::Low(_)));
    assert!(matches!(level(r#"{"level":2}"#), Level::High(_)));
    let assignment = |text: &str| serde_json::from_str::<Assignment>(text).unwrap();
    assert!(matches!(assignment(r#"{"id":1,"app":"a"}"#), Assignment::Assigned(_)));
    assert!(matches!(assignment(r#"{"id":1,"app":"a","note":null}"#), Assignment::Assigned(_)));
    assert!(matches!(assignment(r#"{"id":1,"app":null}"#), Assignment::Unassigned(_)));
    assert!(matches!(assignment(r#"{"id":null,"app":"a"}"#), Assignment::Reassigned(_)));
}
