//! The reader and writer of JSON against serde_json: for random texts, valid and invalid, both accept and refuse the
//! same, and read the same values. `CLIENTSMITH_JSON_SECONDS` sets the time, which is 3 s by default; the seed is fixed
//! without it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "json/check.rs"]
mod check;
#[path = "json/texts.rs"]
mod texts;

use check::check;
use std::time::{Duration, Instant};
use texts::Texts;

#[test]
fn reads_and_writes_as_serde_json_does() {
    let seconds = std::env::var("CLIENTSMITH_JSON_SECONDS").ok().map(|seconds| seconds.parse().unwrap());
    let mut texts = Texts::new(seconds.map_or(1, |_: u64| fastrand::u64(..)));
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(3));
    let (mut count, mut accepted) = (0_u64, 0);
    while Instant::now() < end {
        let text = texts.next();
        accepted += u64::from(check(&text));
        count += 1;
    }
    println!("{count} texts, {accepted} of them accepted");
    assert!(accepted > 0 && accepted < count);
}

const EDGES: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "00",
    "-",
    "01",
    "-01",
    "1.",
    ".5",
    "1e",
    "1e+",
    "+1",
    "1E5",
    "1e-5",
    "0e0",
    "1e999",
    "-1e999",
    "9007199254740993",
    "123456789012345678",
    "1234567890123456789",
    "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "1e-400",
    "5e-324",
    "1.7976931348623159e308",
    "0.1",
    "100000000000000000000000000000000000000000",
    "NaN",
    "Infinity",
    "nul",
    "nulll",
    "truefalse",
    "tru",
    "fals",
    "",
    " ",
    "\"",
    "\"\\\"",
    "\"\\",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u00e9\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\\u0041\"",
    "\"\\udc00\"",
    "\"\\ud83d\"",
    "\"a\u{1}b\"",
    "\"\u{7f}\u{80}\"",
    "[",
    "]",
    "[]",
    "[,]",
    "[1,]",
    "[1 2]",
    "{",
    "}",
    "{}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\":1 \"b\":2}",
    "{1:2}",
    "[1]]",
    "1 2",
    "\u{feff}1",
    "\u{a0}1",
    "\u{c}1",
    "\t[ \r\n1 , 2 ]\n",
];

#[test]
fn agrees_at_the_edges_of_numbers_and_strings() {
    for text in EDGES {
        check(text.as_bytes());
        check(format!("[{text}]").as_bytes());
        check(format!("{{\"float\":{text}}}").as_bytes());
        check(format!("{{\"string\":{text},\"whole\":{text}}}").as_bytes());
        check(format!("{{\"number\":{text},\"any\":{text},\"other\":{text}}}").as_bytes());
        check(format!("{{\"skipping\":{{\"more\":{text},\"id\":1}}}}").as_bytes());
    }
    for levels in [1, 63, 64, 65, 127, 128, 129, 190] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"any\":", "}]")] {
            let nested = format!("{}1{}", open.repeat(levels), close.repeat(levels));
            check(nested.as_bytes());
            check(format!("{{\"skipping\":{{\"more\":{nested},\"id\":1}}}}").as_bytes());
            check(format!("{{\"skipping\":{{\"more\":{}}},\"id\":1}}}}", &nested[1..]).as_bytes());
        }
    }
}

/// Objects whose first members suggest a variant, and whose other members confirm it or not.
const UNIONS: &[&str] = &[
    r#"{"kind":"circle","radius":1}"#,
    r#"{"kind":"circle","radius":1,"kind":"circle"}"#,
    r#"{"kind":"circle","radius":1,"kind":"square","side":2}"#,
    r#"{"kind":"square","side":2,"k\u0069nd":"circle","radius":1}"#,
    r#"{"k\u0069nd":"square","side":2,"kind":"circle","radius":1}"#,
    r#"{"kind":"circle","radius":1,"kind":null}"#,
    r#"{"kind":"circle","radius":1,"kind":1}"#,
    r#"{"kind":1,"radius":1,"kind":"1"}"#,
    r#"{"kind":"1","radius":1,"kind":1}"#,
    r#"{"kind":"x","radius":1,"kind":"circle"}"#,
    r#"{"kind":"circle","radius":1,"kind":"x"}"#,
    r#"{"kind":"\u0063ircle","radius":1}"#,
    r#"{"kind":"circle","radius":"one"}"#,
    r#"{"kind":"circle","radius":"one","radius":1}"#,
    r#"{"kind":"circle","radius":1,"more":{"kind":"square"}}"#,
    r#"{"a":1,"b":"two","c":null,"kind":"circle","radius":1}"#,
    r#"{"a":1,"b":"two","c":null,"d":true,"kind":"circle","radius":1}"#,
    r#"{"a":{"kind":"square"},"kind":"circle","radius":1}"#,
    r#"{"radius":1}"#,
    r#"{"radius":1,"side":2}"#,
    r#"{"radius":1,"whole":1,"side":2}"#,
    r#"{"radius":1,"s\u0069de":2,"whole":3}"#,
    r#"{"radius":"one","radius":1}"#,
    r#"{"radius":1,"radius":"one"}"#,
    r#"{"whole":1,"side":2}"#,
    r#"{"side":2}"#,
    r#"{"side":2,"id":3,"whole":1}"#,
    r#"{"side":2,"whole":1,"around":{"radius":1},"kind":"circle"}"#,
    r#"{"side":2,"whole":1,"around":{"radius":1,"kind":"square"}}"#,
    r#"{"id":2,"more":{"id":"x"}}"#,
    r#"{"id":2,"radius":{}}"#,
    r#"{ "kind" : "circle" , "radius" : 1 }"#,
    r#"{"kind":"circle","radius":1"#,
    r#"{"kind":"circle","radius":1}}"#,
    r#"{"kind":"circle""#,
    r#"{"radius":1,}"#,
    "{}",
];

#[test]
fn agrees_about_the_variants_of_unions() {
    for text in UNIONS {
        check(text.as_bytes());
        check(format!("[{text},{text}]").as_bytes());
        check(format!(r#"{{"shape":{text},"string":"behind"}}"#).as_bytes());
        for levels in [1, 3, 7, 8, 9, 20] {
            let open = r#"{"kind":"square","side":1,"around":"#.repeat(levels);
            check(format!("{open}{text}{}", "}".repeat(levels)).as_bytes());
            check(format!("{open}{text}{}", r#","kind":"square"}"#.repeat(levels)).as_bytes());
            check(format!("{open}{text}{}", r#","kind":"circle","radius":2}"#.repeat(levels)).as_bytes());
        }
    }
}
