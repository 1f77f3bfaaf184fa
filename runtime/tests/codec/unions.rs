//! Unions: the order in which variants are tried, and the discriminators that variants write.

use crate::models::{Circle, Pet, Shape, Square, read, write};
use clientsmith_runtime::{
    self as runtime, Base64, Buffered, Candidate, Date, DateTime, Decode, Encode, Json, JsonKind, Number, Sink,
};
use serde_json::json;

/// Writes a pet as a variant with these values of `kind`.
struct As<'a>(&'a Pet, &'static [&'static str]);

impl Encode for As<'_> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), runtime::EncodeError> {
        runtime::codec::union::tagged(sink, "kind", self.1, self.0)
    }
}

#[test]
fn writes_a_discriminator_once() {
    let pet = |text: &str| read::<Pet>(text);
    let written = |text: &str, tags| write(&As(&pet(text), tags));
    assert_eq!(written(r#"{"id":1}"#, &["cat", "tom"]), r#"{"kind":"cat","id":1}"#);
    assert_eq!(written(r#"{"id":1,"kind":"tom"}"#, &["cat", "tom"]), r#"{"id":1,"kind":"tom"}"#);
    assert_eq!(written(r#"{"id":1,"kind":"dog","z":2}"#, &["cat"]), r#"{"kind":"cat","id":1,"z":2}"#);
    assert_eq!(written(r#"{"id":1,"kind":null}"#, &["cat"]), r#"{"kind":"cat","id":1}"#);
    assert_eq!(written(r#"{"id":1,"kind":["cat"]}"#, &["cat"]), r#"{"kind":"cat","id":1}"#);
    assert_eq!(written(r#"{"id":1}"#, &[]), r#"{"id":1}"#);
    let wrong = Shape::Circle(Circle { kind: "square".to_owned(), radius: 1.0 });
    assert_eq!(write(&wrong), r#"{"kind":"circle","radius":1}"#);
    let square = Shape::Square(Square { kind: String::new(), side: 2.0 });
    assert_eq!(write(&vec![square]), r#"[{"kind":"square","side":2}]"#);
}

#[test]
fn writes_number_and_default_discriminators() {
    struct Version(Pet, &'static [i64]);
    impl Encode for Version {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), runtime::EncodeError> {
            runtime::codec::union::tagged(sink, "v", self.1, &self.0)
        }
    }
    struct Rest(Pet);
    impl Encode for Rest {
        fn encode(&self, sink: &mut dyn Sink) -> Result<(), runtime::EncodeError> {
            runtime::codec::union::tagged_rest(sink, "v", "other", &["first"], &self.0)
        }
    }
    assert_eq!(write(&Version(read(r#"{"id":1}"#), &[2])), r#"{"v":2,"id":1}"#);
    assert_eq!(write(&Version(read(r#"{"id":1,"v":2}"#), &[2])), r#"{"id":1,"v":2}"#);
    assert_eq!(write(&Version(read(r#"{"id":1,"v":"2"}"#), &[2])), r#"{"v":2,"id":1}"#);
    assert_eq!(write(&Rest(read(r#"{"id":1}"#))), r#"{"v":"other","id":1}"#);
    assert_eq!(write(&Rest(read(r#"{"id":1,"v":"any"}"#))), r#"{"id":1,"v":"any"}"#);
    assert_eq!(write(&Rest(read(r#"{"id":1,"v":"first"}"#))), r#"{"v":"other","id":1}"#);
}

#[test]
fn the_last_of_two_discriminators_counts() {
    let circle = |text: &str| matches!(read::<Shape>(text), Shape::Circle(circle) if circle.kind == "circle");
    assert!(circle(r#"{"kind":"circle","radius":1,"kind":"circle"}"#));
    assert!(circle(r#"{"kind":"square","kind":"circle","radius":1}"#));
    assert!(circle(r#"{"kind":"star","radius":1,"kind":"circle"}"#));
    assert!(circle(r#"{"kind":null,"radius":1,"k\u0069nd":"circle"}"#));
    let square = r#"{"kind":"circle","radius":1,"side":2,"k\u0069nd":"square"}"#;
    assert!(matches!(read::<Shape>(square), Shape::Square(_)));
    let star = r#"[{"kind":"circle","radius":1,"kind":"star"}]"#;
    assert!(matches!(read::<Vec<Shape>>(star).as_slice(), [Shape::Unknown(value)] if value["kind"] == "star"));
}

/// The variants in the order in which they are tried, each once.
fn order(value: &Json, kinds: &[JsonKind]) -> Vec<JsonKind> {
    let of = |kind: &JsonKind| Candidate::new(*kind);
    let candidates: Vec<Candidate> = kinds.iter().map(of).collect();
    let mut reader = runtime::codec::serde_source::Reader::new(value);
    let value = Buffered::read(&mut reader).unwrap();
    let mut found: Vec<JsonKind> = Vec::new();
    for trial in value.trials(&candidates) {
        let kind = *kinds.get(trial.variant).unwrap();
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    found
}

#[test]
fn tries_the_narrowest_type_first() {
    use JsonKind::{Any, Format, Integer, Listed, Number, Text};
    assert_eq!(order(&json!("x"), &[Text, Format, Listed, Integer]), [Listed, Format, Text]);
    assert_eq!(order(&json!("x"), &[Any, Text, Format]), [Format, Any, Text]);
    assert_eq!(order(&json!(9_007_199_254_740_993_i64), &[Number, Integer]), [Integer, Number]);
    assert_eq!(order(&json!(2.5), &[Number, Integer]), [Number]);
    assert_eq!(order(&json!(2.0), &[Number, Integer]), [Number, Integer]);
}

#[test]
fn formats_match_only_values_they_parse() {
    fn fits<T: Decode + 'static>(text: &str) -> bool {
        let value = json!(text);
        let mut reader = runtime::codec::serde_source::Reader::new(&value);
        let value = Buffered::read(&mut reader).unwrap();
        // Of several variants, each is first tried as one that knows the whole value.
        let any = [Candidate::new(JsonKind::Any); 2];
        value.trials(&any).map(|trial| value.try_decode::<T>(trial).is_some()).next().unwrap()
    }
    assert!(fits::<DateTime>("2025-01-02T03:04:05Z") && fits::<DateTime>("2025-01-02 03:04:05.5"));
    assert!(!fits::<DateTime>("2025-01-02") && !fits::<DateTime>("hello"));
    assert!(fits::<Date>("2025-01-02") && !fits::<Date>("2025-01-02T03:04:05Z") && !fits::<Date>("2025-13-02"));
    assert!(fits::<runtime::Time>("03:04:05+01:00") && !fits::<runtime::Time>("2025-01-02"));
    assert!(fits::<runtime::Duration>("P1DT2H") && !fits::<runtime::Duration>("5 days"));
    assert!(fits::<Base64>("aGk=") && !fits::<Base64>("hello!"));
    assert!(fits::<runtime::ViaFromStr<std::net::Ipv4Addr>>("127.0.0.1"));
    assert!(!fits::<runtime::ViaFromStr<std::net::Ipv4Addr>>("somewhere"));
    assert!(!fits::<Number>("1"));
}
