//! Decoding and encoding of models: unknown values, invalid values, and the paths of errors.

#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "codec/misfits.rs"]
mod misfits;
#[path = "codec/models.rs"]
mod models;
#[path = "codec/numbers.rs"]
mod numbers;
#[path = "codec/unions.rs"]
mod unions;

use clientsmith_runtime::{
    self as runtime, Base64, Buffered, Candidate, Constant, Date, DateTime, Decode, DecodeError, Extra, Json, JsonKind,
    Map, Maybe, Number, Secret,
};
use models::{Keys, Level, Line, Node, Odd, Pet, Shape, State, Tree, read, write, wrong};
use serde_json::json;

#[test]
fn round_trips_are_lossless() {
    for text in [
        r#"{"id":1}"#,
        r#"{"id":1,"tag":"a","note":null}"#,
        r#"{"id":-9007199254740993,"note":"n","zeta":[1,{"b":2.5,"a":null}],"alpha":"\u0001é\n"}"#,
    ] {
        let expected: Json = serde_json::from_str(text).unwrap();
        let pet: Pet = read(text);
        assert_eq!(serde_json::from_str::<Json>(&write(&pet)).unwrap(), expected);
        assert_eq!(runtime::to_value(&pet).unwrap(), expected);
        assert_eq!(runtime::codec::json::from_value::<Pet>(&expected).unwrap(), pet);
    }
}

#[test]
fn preserves_the_order_of_unknown_members() {
    let text = r#"{"id":1,"z":1,"a":{"y":1,"b":2},"m":[]}"#;
    let pet: Pet = read(text);
    assert_eq!(write(&pet), text);
    assert_eq!(pet.extra.get("a"), Some(&json!({"y": 1, "b": 2})));
    assert_eq!(pet.extra.iter().map(|(key, _)| key).collect::<Vec<_>>(), ["z", "a", "m"]);
}

#[test]
fn reads_escaped_keys() {
    let pet: Pet = read(r#"{"\u0069d":7,"\u0065xtra":1}"#);
    assert_eq!((pet.id, pet.extra.get("extra")), (7, Some(&json!(1))));
}

#[test]
fn distinguishes_absent_null_and_value() {
    let note = |text| read::<Pet>(text).note;
    assert_eq!(note(r#"{"id":1}"#), Maybe::Absent);
    assert_eq!(note(r#"{"id":1,"note":null}"#), Maybe::Null);
    assert_eq!(note(r#"{"id":1,"note":""}"#), Maybe::Value(String::new()));
    assert_eq!(Maybe::from(Some(1)), Maybe::Value(1));
    let text = Maybe::Value("a".to_owned());
    assert_eq!(
        (text.as_deref(), text.as_option(), Option::from(text.clone())),
        (Some("a"), Some(&"a".to_owned()), Some("a".to_owned()))
    );
    assert_eq!((Maybe::<String>::Null.as_deref(), Maybe::<u8>::Absent.as_option()), (None, None));
    assert_eq!(Maybe::<i64>::from(None), Maybe::Absent);
    assert_eq!(Maybe::from(1), Maybe::Value(1));
}

#[test]
fn reads_undescribed_null_as_none() {
    let pet: Pet = read(r#"{"id":1,"tag":null}"#);
    assert_eq!(pet.tag, None);
    assert_eq!(write(&pet), r#"{"id":1}"#);
}

#[test]
fn uses_the_last_of_duplicate_keys() {
    assert_eq!(read::<Pet>(r#"{"id":1,"id":2}"#).id, 2);
    let mut map: Map<i64> = read(r#"{"a":1,"b":2,"a":3}"#);
    assert_eq!(map.get("a"), Some(&3));
    assert_eq!(map.insert("a", 4), Some(3));
    assert_eq!(map.get("a"), Some(&4));
}

#[test]
fn reads_whole_numbers_in_float_notation() {
    assert_eq!(read::<i64>("3.0"), 3);
    assert_eq!(read::<i32>("1e3"), 1000);
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
    assert_eq!(wrong::<i64>("3.5"), "the body: expected a whole number, found floating point `3.5`");
    assert_eq!(wrong::<u8>("256"), "the body: expected u8, found 256");
    assert_eq!(wrong::<u64>("-1"), "the body: expected u64, found -1");
    assert!(wrong::<i64>("1e300").contains("expected a whole number"));
    assert!(wrong::<i64>("1e999").contains("number out of range"));
    assert_eq!(read::<f64>("3").to_bits(), 3.0_f64.to_bits());
    assert_eq!(write(&read::<f32>("0.1")), "0.1");
    // The decoder reads the nearest float.
    assert_eq!(write(&read::<f64>("123456789.12345679")), "123456789.12345679");
    assert_eq!(write(&read::<Json>("0.0010322310263291001")), "0.0010322310263291001");
}

#[test]
fn refuses_to_write_infinity_and_nan() {
    for value in [f64::NAN, f64::INFINITY] {
        assert!(runtime::to_json_vec(&value).unwrap_err().to_string().contains("JSON"));
    }
    assert!(runtime::to_json_vec(&vec![f32::INFINITY]).is_err());
}

#[test]
fn errors_have_a_path() {
    let post = |author: &str, state: &str| format!(r#"{{"post":{{"author":{author},"states":["valid",{state}]}}}}"#);
    assert_eq!(read::<Line>(&post(r#"{"name":"a"}"#, "3")).post.author.name, "a");
    let list = format!("[{0},{0},{1}]", post(r#"{"name":"a"}"#, "1"), post(r#"{"name":4}"#, "1"));
    assert_eq!(wrong::<Vec<Line>>(&list), "[2].post.author.name: expected a string, found integer `4`");
    assert_eq!(wrong::<Line>(&post("{}", "1")), "post.author.name: expected a value, found nothing");
    assert_eq!(wrong::<Line>(&post("[]", "1")), "post.author: expected an object (Author), found sequence");
    let error = runtime::from_json_slice::<Vec<Line>>(b"[{}]").unwrap_err();
    assert_eq!((error.path().as_str(), error.expected(), error.found()), ("[0].post", "a value", "nothing"));
    assert_eq!(wrong::<Map<Vec<bool>>>(r#"{"a.b":[true,0]}"#), "a.b[1]: expected a boolean, found integer `0`");
    assert_eq!(wrong::<Pet>(r#"{"id":1,"tag":{}}"#), "tag: expected a string, found map");
    assert_eq!(wrong::<Pet>("null"), "the body: expected an object (Pet), found null");
}

#[test]
fn errors_truncate_long_values() {
    let text = r#"{"id":"x at line 3, expected y"}"#;
    let expected = r#"id: expected a whole number, found string "x at line 3, expected y""#;
    assert_eq!(wrong::<Pet>(text), expected);
    let value: Json = serde_json::from_str(text).unwrap();
    assert_eq!(runtime::codec::json::from_value::<Pet>(&value).unwrap_err().to_string(), expected);
    let long = format!(r#"{{"id":"{}"}}"#, "é".repeat(5000));
    assert!(wrong::<Pet>(&long).len() < 400);
    assert!(wrong::<()>(&format!("{:?}", "x".repeat(5000))).len() < 400);
    assert!(!wrong::<Pet>("{\"id\":\"a\\nb\"}").contains('\n'));
}

#[test]
fn reports_the_position_of_invalid_json() {
    for (text, words) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (r#"{"id":1"#, "EOF while parsing an object at line 1 column 7"),
        (r#"{"id":1,}"#, "trailing comma at line 1 column 9"),
        ("{\"id\":1}\n x", "trailing characters at line 2 column 2"),
        (r#"{"id":tru}"#, "id: expected JSON, found expected ident at line 1 column 10"),
        ("<html>", "expected value at line 1 column 1"),
    ] {
        assert!(wrong::<Pet>(text).contains(words), "{text}: {}", wrong::<Pet>(text));
    }
    let error = runtime::from_json_slice::<String>(b"\"a\"\xff").unwrap_err();
    assert_eq!(error.to_string(), "the body: expected UTF-8, found other bytes at offset 3");
}

#[test]
fn errors_are_small_and_send() {
    fn movable<T: Clone + Send + Sync + std::error::Error + 'static>(error: T) -> T {
        error.clone()
    }
    assert_eq!(movable(DecodeError::undocumented("418 I'm a teapot")).path(), "");
    assert!(size_of::<DecodeError>() <= 16);
}

#[test]
fn open_enums_preserve_unknown_values() {
    assert_eq!(read::<State>(r#""valid""#), State::Valid);
    for text in [r#""paused""#, "7", "1.50", "null", "true", r#"{"z":1,"a":[null]}"#, "[1,2]", r#""""#] {
        let state: State = read(text);
        assert!(matches!(state, State::Unknown(_)), "{text}");
        let back: Json = serde_json::from_str(&write(&state)).unwrap();
        assert_eq!(back, serde_json::from_str::<Json>(text).unwrap());
        assert_eq!(serde_json::from_str::<State>(text).unwrap(), state);
    }
    assert_ne!(read::<State>("7"), read::<State>(r#""7""#));
}

#[test]
fn open_enums_convert_from_and_to_strings() {
    assert_eq!(State::from("invalid"), State::Invalid);
    assert_eq!(State::from("other".to_owned()).as_str(), "other");
    assert_eq!("valid".parse::<State>(), Ok(State::Valid));
    assert_eq!(State::Invalid.to_string(), "invalid");
    assert_eq!(AsRef::<str>::as_ref(&State::Valid), "valid");
    assert!(matches!(State::from("Valid"), State::Unknown(_)));
}

#[test]
fn open_integer_enums_preserve_unknown_numbers() {
    assert_eq!((read::<Level>("1"), read::<Level>("1.0")), (Level::Low, Level::Low));
    assert_eq!(write(&read::<Level>("9")), "9");
    assert_eq!(Level::from(1), Level::Low);
    assert_eq!(wrong::<Level>(r#""1""#), r#"the body: expected a whole number, found string "1""#);
}

#[test]
fn selects_variants_by_discriminator() {
    assert!(matches!(read::<Shape>(r#"{"radius":1,"kind":"circle"}"#), Shape::Circle(_)));
    let other = r#"{"kind":"star","points":5}"#;
    let shape: Shape = read(other);
    assert!(matches!(shape, Shape::Unknown(_)));
    assert_eq!(write(&shape), other);
    assert!(matches!(read::<Shape>("3"), Shape::Unknown(_)));
    let error = wrong::<Vec<Shape>>(r#"[{"kind":"circle","radius":"big"}]"#);
    assert_eq!(error, r#"[0].radius: expected a number (as Circle), found string "big""#);
}

fn order(value: &Json, members: &[Candidate]) -> Vec<usize> {
    let mut reader = runtime::codec::serde_source::Reader::new(value);
    let value = Buffered::read(&mut reader).unwrap();
    let mut members: Vec<usize> = value.trials(members).map(|trial| trial.variant).collect();
    if members.len() > 1 {
        // Each of several variants is tried a second time, for values with unknown members.
        let second = members.split_off(members.len() / 2);
        assert_eq!(second, members);
    }
    members
}

#[test]
fn tries_the_likeliest_variant_first() {
    const ANY: Candidate = Candidate::new(JsonKind::Object);
    let members = [
        ANY,
        ANY.properties(&["a", "b"]),
        ANY.required(&["a"]),
        ANY.constants(&[(&["type"], Constant::Text("x"))]),
        ANY.constants(&[(&["type"], Constant::Text("y"))]),
        Candidate::new(JsonKind::Text),
    ];
    assert_eq!(order(&json!({"type": "x", "a": 1, "b": 1}), &members), [3, 2, 1, 0]);
    assert_eq!(order(&json!({"b": 1}), &members), [1, 0, 3, 4], "an absent constant does not count");
    assert_eq!(order(&json!("t"), &members), [5]);
    let kinds = [JsonKind::Number, JsonKind::Integer, JsonKind::Any, JsonKind::Null, JsonKind::Bool, JsonKind::List];
    let kinds = kinds.map(Candidate::new);
    assert_eq!(order(&json!(1.0), &kinds), [0, 1, 2]);
    assert_eq!(order(&json!(1.5), &kinds), [0, 2]);
    assert_eq!(order(&json!(null), &kinds), [2, 3]);
    assert_eq!(order(&json!([true]), &kinds), [2, 5]);
}

#[test]
fn prefers_variants_without_unknown_members() {
    fn tries<T: Decode + 'static>(value: &Json) -> Vec<bool> {
        let mut reader = runtime::codec::serde_source::Reader::new(value);
        let value = Buffered::read(&mut reader).unwrap();
        let any = [Candidate::new(JsonKind::Any); 2];
        let trials = value.trials(&any).filter(|trial| trial.variant == 0);
        trials.map(|trial| value.try_decode::<T>(trial).is_some()).collect()
    }
    assert_eq!(tries::<State>(&json!("valid")), [true, true]);
    assert_eq!(tries::<State>(&json!("odd")), [false, true], "only the second trial accepts an unlisted value");
    assert_eq!(tries::<State>(&json!(1)), [false, true]);
    assert_eq!(tries::<Level>(&json!(99)), [false, true]);
    assert_eq!(tries::<Level>(&json!("99")), [false, false]);
    assert_eq!(tries::<Node>(&json!({"child": {}})), [true, true]);
    assert_eq!(tries::<Node>(&json!({"child": {"more": 1}})), [false, true], "an unknown member");
    assert_eq!(tries::<Vec<Shape>>(&json!([{"kind": "oval"}])), [false, true], "an unlisted tag");
}

#[test]
fn does_not_repeat_trials_of_nested_unions() {
    let deep = |depth| format!("{}0{}", r#"{"next":"#.repeat(depth), r#","count":"x"}"#.repeat(depth));
    let tree: Tree = read(&deep(6));
    assert!(matches!(tree, Tree::Named(_)));
    assert_eq!(write(&tree), deep(6));
    // Trials of nested unions are not repeated. Otherwise the time would grow exponentially with the depth.
    let tree: Tree = read(&deep(100));
    assert_eq!(write(&tree), deep(100));
    let wide = format!("[{}]", vec![deep(3); 2000].join(","));
    assert!(read::<Vec<Tree>>(&wide).iter().all(|tree| matches!(tree, Tree::Named(_))));
}

#[test]
fn refuses_nesting_above_the_limit() {
    let nest = |depth| format!("{}{{}}{}", r#"{"child":"#.repeat(depth), "}".repeat(depth));
    assert_eq!(write(&read::<Node>(&nest(120))), nest(120));
    for depth in [600, 100_000] {
        let too_deep = |error: String| {
            assert!(error.contains("no more levels") || error.contains("at most 512 levels"), "{error}")
        };
        too_deep(wrong::<Node>(&nest(depth)));
        too_deep(wrong::<Pet>(&format!(r#"{{"id":1,"x":{}}}"#, nest(depth))));
        too_deep(wrong::<State>(&nest(depth)));
        too_deep(wrong::<Tree>(&nest(depth)));
    }
}

#[test]
fn models_implement_serde() {
    let pets: Vec<Pet> = serde_json::from_str(r#"[{"id":1,"z":null}]"#).unwrap();
    assert_eq!(serde_json::to_string(&pets).unwrap(), r#"[{"id":1,"z":null}]"#);
    let error = serde_json::from_str::<Vec<Line>>(r#"[{"post":{"author":{"name":1}}}]"#).unwrap_err().to_string();
    assert!(error.contains("post.author.name: expected a string, found integer `1`"), "{error}");
    let by_name: std::collections::BTreeMap<String, Shape> =
        serde_json::from_value(json!({"a": {"kind": "square", "side": 2}})).unwrap();
    assert_eq!(serde_json::to_value(&by_name).unwrap(), json!({"a": {"kind": "square", "side": 2}}));
    let read: Pet = serde_json::from_reader(&br#"{"id":1,"tag":"t"}"#[..]).unwrap();
    assert_eq!(read.tag.as_deref(), Some("t"));
}

#[test]
fn formats_preserve_their_text() {
    let text = r#"{"state":"valid","level":1,"text":"AAE=","at":"2024-02-29T23:59:60.50+00:00","day":"2024-02-29"}"#;
    let odd: Odd = read(text);
    assert_eq!(write(&odd), text);
    assert_eq!(&odd.text.bytes().unwrap()[..], [0, 1]);
    assert_eq!(odd.day.day().unwrap().to_string(), "2024-02-29");
    let at = |text: &str| read::<DateTime>(&format!("{text:?}")).timestamp().map(|time| time.to_string());
    assert_eq!(at("2024-01-02T03:04:05+01:00").unwrap(), "2024-01-02T02:04:05Z");
    assert_eq!(at("2024-01-02T03:04:05").unwrap(), "2024-01-02T03:04:05Z");
    assert_eq!(at("2024-01-02 03:04:05.123").unwrap(), "2024-01-02T03:04:05.123Z");
    assert_eq!(at("yesterday").unwrap_err().expected(), "a date and time");
    assert!(read::<Date>(r#""2024-13-01""#).day().is_err());
    assert!(read::<Base64>(r#""!""#).bytes().is_err());
    assert_eq!(write(&Base64::from(vec![255])), r#""/w==""#);
}

#[test]
fn secrets_are_not_shown() {
    let keys: Keys = read(r#"{"name":"n","password":"hunter2"}"#);
    assert!(format!("{keys:?}").contains("[redacted]") && !format!("{keys:?}").contains("hunter2"));
    assert_eq!(keys.password.expose(), "hunter2");
    assert_eq!(write(&Secret::from("s")), r#""s""#);
    let error = wrong::<Keys>(r#"{"name":"n","password":918273}"#);
    assert!(error.starts_with("password: expected a string") && !error.contains("918273"), "{error}");
}

#[test]
fn maps_insert_get_and_remove() {
    let mut map: Map<i64> = [("b", 1), ("a", 2)].into_iter().collect();
    assert_eq!(map.insert("b", 3), Some(1));
    assert_eq!((map.len(), map.get("b"), map.get("x")), (2, Some(&3), None));
    assert_eq!(write(&map), r#"{"b":3,"a":2}"#);
    assert_eq!((&map).into_iter().map(|(key, value)| format!("{key}{value}")).collect::<String>(), "b3a2");
    assert!(Extra::<Json>::new().is_empty());
    let mut many: Map<usize> = (0..1000).map(|number| (number.to_string(), number)).collect();
    assert_eq!((many.insert("7", 8), many.remove("3"), many.remove("3")), (Some(7), Some(3), None));
    assert_eq!((many.get("7"), many.get("999"), many.get("3"), many.len()), (Some(&8), Some(&999), None, 999));
}

#[test]
fn reads_null_as_unit() {
    read::<()>("null");
    assert_eq!(wrong::<()>("1"), "the body: expected null, found 1");
    assert_eq!(write(&()), "null");
}

#[test]
fn skips_values_that_a_decoder_leaves_unread() {
    #[derive(Debug)]
    struct Unread;
    impl Decode for Unread {
        fn decode(_: &mut dyn runtime::Source) -> Result<Self, DecodeError> {
            Ok(Self)
        }
    }
    assert_eq!(read::<Vec<Unread>>(r#"[1,{"a":[2]},"x"]"#).len(), 3);
}
