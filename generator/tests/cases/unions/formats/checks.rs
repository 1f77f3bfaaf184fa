//! Which variant a string or a number is.

use unions_formats::models::*;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

pub fn check() {
    assert!(matches!(read(r#""2025-01-02""#), Moment::Date(_)));
    assert!(matches!(read(r#""2025-01-02T03:04:05Z""#), Moment::DateTime(_)));
    assert!(matches!(read(r#""hello""#), Loose::Text(_)));
    assert!(matches!(read(r#""2025-01-02T03:04:05+01:00""#), Loose::DateTime(_)));
    let debug = |text: &str| format!("{:?}", read::<Period>(text));
    assert!(debug(r#""always""#).contains("Always"), "{}", debug(r#""always""#));
    assert!(debug(r#""5 days""#).contains("Text(\"5 days\")"), "{}", debug(r#""5 days""#));
    assert!(matches!(read(r#""2025-01-02""#), Period::Date(_)));
    assert!(matches!(read("9007199254740993"), Count::Integer(9_007_199_254_740_993)));
    assert!(matches!(read("2.5"), Count::Number(_)));
    assert!(matches!(read("9007199254740993"), Size::Integer(9_007_199_254_740_993)));
}
