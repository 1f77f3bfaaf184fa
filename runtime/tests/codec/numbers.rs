//! Numbers of any size, and floats without a fraction.

use super::*;

#[test]
fn numbers_preserve_their_digits() {
    let digits = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    for text in [digits, "-0.10", "1e400", "18446744073709551616", "0", "-0", "-7", "1.50"] {
        assert_eq!(write(&read::<Number>(text)), text);
        assert_eq!(serde_json::to_string(&read::<Number>(text)).unwrap(), text);
        let listed: Vec<Number> = read(&format!("[{text}]"));
        assert_eq!(listed[0].as_str(), text);
    }
    assert_eq!(read::<Number>("1.0"), Number::from(1));
    assert_eq!(read::<Number>("1e3"), "1000.00".parse().unwrap());
    assert_eq!((read::<Number>("-0").as_i128(), read::<Number>("12e2").as_i128()), (Some(0), Some(1200)));
    assert_eq!(read::<Number>("0.5").as_i128(), None);
    // Exponents beyond 64 bits.
    let (small, large): (Number, Number) =
        ("1e-99999999999999999999".parse().unwrap(), "1e99999999999999999999".parse().unwrap());
    assert!(small < Number::from(1) && large > Number::from(1));
    let mut sorted: Vec<Number> = ["10", "-3", "9.99", "1e2", "0", "-20"].map(|text| text.parse().unwrap()).to_vec();
    sorted.sort();
    let sorted: Vec<&str> = sorted.iter().map(Number::as_str).collect();
    assert_eq!(sorted, ["-20", "-3", "0", "9.99", "10", "1e2"]);
    for text in ["", "1 ", " 1", "+1", "01", "1.", "nan", "\"1\"", "1,2", "-"] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
    assert_eq!(wrong::<Number>(r#""1""#), r#"the body: expected a number, found string "1""#);
    assert!(wrong::<Number>("null").contains("expected a number, found"));
    // Other formats than JSON give an `f64`.
    let json = clientsmith_runtime::codec::json::from_value::<Number>(&json!(7.5)).unwrap();
    assert_eq!(json.as_f64(), 7.5);
}

#[test]
fn writes_whole_floats_without_a_fraction() {
    for (read_as, written) in
        [("1.0", "1"), ("1", "1"), ("-0.0", "-0.0"), ("0.5", "0.5"), ("1e300", "1e+300"), ("1e15", "1000000000000000")]
    {
        assert_eq!(write(&read::<f64>(read_as)), written);
    }
}

/// With `exact-numbers`, or with another crate in the build that turns `serde_json/arbitrary_precision` on.
#[test]
#[cfg(feature = "exact-numbers")]
// The sign of an exponent is written even where it was not read.
fn free_json_preserves_every_digit() {
    let text = r#"{"id":1,"big":[123456789012345678901234567890,0.10,1e+400]}"#;
    assert_eq!(write(&read::<Pet>(text)), text);
}
