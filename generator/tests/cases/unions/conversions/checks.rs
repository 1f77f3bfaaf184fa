//! Constructors and setters take the value of a variant.

use unions_conversions::models::*;

pub fn check() {
    let task = Task::new(Some("next".into()), 5).with_value("a").with_level(true);
    assert_eq!(serde_json::to_string(&task).unwrap(), r#"{"milestone":"next","limit":5,"value":"a","level":true}"#);
    let task = Task::new(Some(3.into()), "inf").with_value(1.5);
    assert_eq!(serde_json::to_string(&task).unwrap(), r#"{"milestone":3,"limit":"inf","value":1.5}"#);
    assert_eq!(Task::new(None, String::from("inf")).limit, TaskLimit::from("inf"));
    assert!(matches!(TaskValue::from(1), TaskValue::Integer(1)));
}
