//! Types of values: hashes, invalid values, and preserved texts.
#![allow(clippy::unwrap_used, reason = "a failed test panics")]

use clientsmith_runtime::codec::json::from_value;
use clientsmith_runtime::{Date, DateTime, Duration, Lenient, Map, Number, Time, from_json_slice, to_json_vec};
use std::hash::{BuildHasher, Hash, RandomState};

fn same<T: Hash + PartialEq + std::fmt::Debug>(one: &T, other: &T) {
    let hashes = RandomState::new();
    assert_eq!(one, other);
    assert_eq!(hashes.hash_one(one), hashes.hash_one(other));
}

#[test]
fn equal_values_have_equal_hashes() {
    let map = |keys: [&str; 2]| keys.into_iter().map(|key| (key, key.len())).collect::<Map<usize>>();
    same(&map(["a", "bc"]), &map(["bc", "a"]));
    let number = |text: &str| text.parse::<Number>().unwrap();
    same(&number("1e3"), &number("1000.0"));
    let hashes = RandomState::new();
    assert_ne!(hashes.hash_one(map(["a", "b"])), hashes.hash_one(map(["a", "c"])));
}

#[test]
fn lenient_preserves_invalid_values() {
    for text in ["1767225600.5", "{\"b\":1,\"a\":[null]}", "null", "3000000000"] {
        let value: Lenient<DateTime> = from_json_slice(text.as_bytes()).unwrap();
        assert!(value.value().is_none());
        assert_eq!(value.other().unwrap().to_string(), text);
        assert_eq!(to_json_vec(&value).unwrap(), text.as_bytes());
    }
    let value: Lenient<Date> = from_value(&"2026-01-31".into()).unwrap();
    assert_eq!(value, Lenient::from("2026-01-31".parse::<Date>().unwrap()));
    assert_eq!(value.into_value().unwrap().as_str(), "2026-01-31");
    assert_eq!(from_json_slice::<Lenient<i32>>(b"3.0").unwrap(), Lenient::Value(3));
    assert!(from_json_slice::<Lenient<i32>>(b"{").is_err());
}

#[test]
fn times_and_durations_preserve_their_texts() {
    for text in ["10:20:30", "10:20:30Z", "10:20:30.5+02:00", "10:20:30-02:00"] {
        let time: Time = text.parse().unwrap();
        assert_eq!((time.as_str(), time.time().unwrap().minute()), (text, 20));
    }
    assert!("25:00:00".parse::<Time>().is_err());
    let long: Duration = "P1DT12H".parse().unwrap();
    assert_eq!((long.as_str(), long.span().unwrap().get_hours()), ("P1DT12H", 12));
    assert!("long".parse::<Duration>().is_err());
    assert_eq!(Duration::from(long.span().unwrap()).as_str(), "P1DT12H");
}

/// Other libraries read the first as 2016-12-31T00:00:00 (aniso8601 10.0.1), and the second as one day (iso8601-duration
/// 2.1.4): `findings/`.
#[test]
fn ends_of_days_are_refused_and_signs_of_durations_count() {
    assert!("2016-12-31T24:00:00Z".parse::<DateTime>().is_err());
    let stored: DateTime = from_value(&"2016-12-31T24:00:00Z".into()).unwrap();
    assert_eq!((stored.as_str(), stored.timestamp().is_err()), ("2016-12-31T24:00:00Z", true));
    for (text, days) in [("-P1D", -1), ("+P1D", 1), ("P1D", 1)] {
        assert_eq!(text.parse::<Duration>().unwrap().span().unwrap().get_days(), days, "{text}");
    }
    for text in ["PT1H-30M", "P1D,5", "P-1D", "PT", "P"] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
}
