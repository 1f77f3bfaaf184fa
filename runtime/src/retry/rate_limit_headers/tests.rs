//! Headers about waiting, in the spellings of many servers.

use super::*;
use http::HeaderValue;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
}

#[test]
fn waits_are_read_in_every_spelling() {
    let busy = StatusCode::SERVICE_UNAVAILABLE;
    let soon = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(100));
    for (pairs, expected) in [
        (vec![("retry-after", "3")], Some(3.0)),
        (vec![("retry-after", " 1.5 ")], Some(1.5)),
        (vec![("retry-after", "9"), ("retry-after-ms", "250")], Some(0.25)),
        (vec![("retry-after", "9"), ("retry-after-ms", "-250")], Some(9.0)),
        (vec![("retry-after", "9"), ("retry-after-ms", "soon")], Some(9.0)),
        (vec![("retry-after", "-9"), ("retry-after-ms", "inf")], None),
        (vec![("retry-after", "NaN")], None),
        (vec![("retry-after", "99999999999999999999999")], Some(Duration::MAX.as_secs_f64())),
        (vec![("retry-after-ms", "99999999999999999999999999")], Some(Duration::MAX.as_secs_f64())),
        (vec![("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT")], None),
        (vec![("retry-after", "soon")], None),
        (vec![("x-ratelimit-reset", "5")], None),
        (vec![("retry-after", "later"), ("retry-after", "9")], Some(9.0)),
        (vec![("retry-after", "3, 9")], Some(3.0)),
        (vec![("retry-after", "3s")], Some(3.0)),
        (vec![("retry-after", "1m30s")], Some(90.0)),
        (vec![("x-ms-retry-after-ms", "1500")], Some(1.5)),
        (vec![("retry-after", "1700000007"), ("date", "Tue, 14 Nov 2023 22:13:20 GMT")], Some(7.0)),
        (vec![("retry-after", "1700000007000"), ("date", "Tue, 14 Nov 2023 22:13:20 GMT")], Some(7.0)),
        (vec![("retry-after", "1700000000")], None),
        (vec![("retry-after", "Sun, 6 Nov 1994 08:49:47 GMT"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")], Some(10.0)),
        (
            vec![("retry-after", "Sun, 06 Nov 1994 08:49:47 UTC"), ("date", "Sun, 6 Nov 1994 09:49:37 +0100")],
            Some(10.0),
        ),
        // The other two formats of HTTP are GMT too; clients of npm take the second for local time (`findings/`).
        (
            vec![("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")],
            Some(10.0),
        ),
        (vec![("retry-after", "Sun Nov  6 08:49:47 1994"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")], Some(10.0)),
        (vec![("retry-after", "1994-11-06T08:49:47Z"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")], Some(10.0)),
        (vec![], None),
    ] {
        let wait = retry_after(busy, &headers(&pairs)).map(|wait| wait.as_secs_f64());
        assert_eq!(wait, expected, "{pairs:?}");
    }
    let wait = retry_after(busy, &headers(&[("retry-after", &soon)])).unwrap().as_secs();
    assert!((98..=100).contains(&wait), "{wait}");
    let hit = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers(&[("x-ratelimit-reset", "5")]));
    assert_eq!(hit, Some(Duration::from_secs(5)));
    for odd in ["soon", "-1", "", "Fri, 31 Dec 1999 23:59:59 GMT"] {
        let pairs = [("retry-after", odd), ("ratelimit-reset", "later"), ("x-ratelimit-reset", "5")];
        let hit = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers(&pairs));
        assert_eq!(hit, Some(Duration::from_secs(5)), "{odd:?} hides nothing");
    }
}

#[test]
fn of_several_limits_the_nearest_counts() {
    for (pairs, remaining, reset) in [
        (vec![("ratelimit", "\"burst, 1\";r=10;t=1, \"daily\";r=0;t=3600")], 0, 3600),
        (vec![("ratelimit", "\"a\";r=0;t=5,\"b\";r=0;t=7;pk=:x=:")], 0, 7),
        (
            vec![
                ("x-ratelimit-limit-requests", "60"),
                ("x-ratelimit-remaining-requests", "59"),
                ("x-ratelimit-reset-requests", "1s"),
                ("x-ratelimit-limit-tokens", "150000"),
                ("x-ratelimit-remaining-tokens", "0"),
                ("x-ratelimit-reset-tokens", "6m0s"),
            ],
            0,
            360,
        ),
        (
            vec![
                ("anthropic-ratelimit-requests-remaining", "3"),
                ("anthropic-ratelimit-requests-reset", "1994-11-06T08:50:37Z"),
                ("anthropic-ratelimit-tokens-remaining", "900"),
                ("anthropic-ratelimit-tokens-reset", "1994-11-06T08:59:37Z"),
                ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ],
            3,
            60,
        ),
        (vec![("x-ratelimit-remaining-minute", "4"), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "9")], 4, 9),
        (vec![("x-ratelimit-remaining-hour", "0"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "9")], 0, 9),
        (vec![("x-ratelimit-remaining", "98.0"), ("x-ratelimit-reset", "125"), ("x-ratelimit-used", "2")], 98, 125),
        (vec![("x-ratelimit-remaining", "1"), ("x-ratelimit-reset-ms", "2000")], 1, 2),
    ] {
        let limit = limit_of(&headers(&pairs)).unwrap();
        let reset = Duration::from_secs(reset);
        assert_eq!((limit.remaining, limit.reset), (Some(remaining), Some(reset)), "{pairs:?}");
    }
    assert_eq!(limit_of(&headers(&[("x-ratelimit-used", "2"), ("corporate-limit-reset", "2")])), None);
}

#[test]
fn limits_are_read_in_every_spelling() {
    let limit = |whole, remaining, reset| {
        Some(Limit { whole, remaining, reset: Option::<u64>::map(reset, Duration::from_secs) })
    };
    for (pairs, expected) in [
        (
            vec![("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "30")],
            limit(Some(100), Some(7), Some(30)),
        ),
        (
            vec![("ratelimit-limit", "10, 10;w=60"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "4")],
            limit(Some(10), Some(0), Some(4)),
        ),
        (
            vec![("x-rate-limit-remaining", "3"), ("x-rate-limit-reset", "9"), ("x-rate-limit-reset-after", "2")],
            limit(None, Some(3), Some(2)),
        ),
        (vec![("ratelimit", "limit=100, remaining=50, reset=5")], limit(Some(100), Some(50), Some(5))),
        (vec![("ratelimit", "\"default\";r=50;t=30")], limit(None, Some(50), Some(30))),
        (vec![("content-type", "text/plain")], None),
    ] {
        assert_eq!(limit_of(&headers(&pairs)), expected, "{pairs:?}");
    }
}

#[test]
fn resets_are_read_in_every_unit() {
    let at = now() + Duration::from_secs(60);
    let written = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(60);
    let system = std::time::SystemTime::now() + Duration::from_secs(60);
    for value in [
        "60".to_owned(),
        "60.0".to_owned(),
        "60;w=60".to_owned(),
        at.as_secs().to_string(),
        format!("{:.3}", at.as_secs_f64()),
        at.as_millis().to_string(),
        at.as_micros().to_string(),
        at.as_nanos().to_string(),
        written.to_string(),
        httpdate::fmt_http_date(system),
    ] {
        for name in ["x-ratelimit-reset", "ratelimit-reset"] {
            let reset = limit_of(&headers(&[(name, &value)])).unwrap().reset.unwrap();
            assert!((58..=60).contains(&reset.as_secs()), "{value}: {reset:?}");
        }
        let one = format!("limit=9, remaining=0, reset={value}");
        let one = limit_of(&headers(&[("ratelimit", &one)])).unwrap().reset;
        assert!(one.is_none_or(|reset| (58..=60).contains(&reset.as_secs())), "{value}: {one:?}");
    }
    for value in ["-1", "nan", "inf", "1e400", "soon", ""] {
        assert_eq!(limit_of(&headers(&[("x-ratelimit-reset", value)])), None, "{value}");
    }
}

#[test]
fn times_are_compared_with_the_date_of_the_response() {
    // The server's clock says the year 2033.
    let pairs = |reset: &'static str| {
        [("date", "Wed, 18 May 2033 03:33:20 GMT"), ("x-ratelimit-reset", reset), ("x-ratelimit-remaining", "0")]
    };
    for reset in ["2000000030", "2000000030000", "2033-05-18T03:33:50Z", "Wed, 18 May 2033 03:33:50 GMT", "30"] {
        let limit = limit_of(&headers(&pairs(reset))).unwrap();
        assert_eq!(limit.reset, Some(Duration::from_secs(30)), "{reset}");
    }
    let mut later = headers(&pairs("2000000030"));
    later.insert("age", HeaderValue::from_static("10"));
    assert_eq!(limit_of(&later).unwrap().reset, Some(Duration::from_secs(20)));
    let date = [("date", "Wed, 18 May 2033 03:33:20 GMT"), ("retry-after", "Wed, 18 May 2033 03:33:25 GMT")];
    let wait = retry_after(StatusCode::SERVICE_UNAVAILABLE, &headers(&date));
    assert_eq!(wait, Some(Duration::from_secs(5)));
}
