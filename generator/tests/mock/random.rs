//! Random requests: the mock server always has a response with a valid status.

use super::{PETS, mock, request};
use fastrand::Rng;
use std::time::{Duration, Instant};

/// Time limit of the test.
const TIME: Duration = Duration::from_secs(3);

const WORDS: [&str; 40] = [
    "/",
    "pets",
    "v1",
    "1",
    "%",
    "%2F",
    "?",
    "&",
    "=",
    "limit",
    "kinds",
    "filter",
    "[",
    "]",
    "age",
    ",",
    "where",
    "{",
    "}",
    "\"a\"",
    ":",
    "-1",
    "1e999",
    "null",
    "ä",
    "\u{0}",
    "#",
    ";",
    ".",
    "+",
    "name",
    "kind",
    "cat",
    "Tom",
    "food",
    "of",
    "Fish",
    "[[",
    "999999999999999999999",
    " ",
];

fn text(random: &mut Rng) -> String {
    (0..random.usize(0..12)).map(|_| WORDS[random.usize(0..WORDS.len())]).collect()
}

#[test]
fn random_requests_have_a_response() {
    let mock = mock(PETS);
    let mut random = Rng::with_seed(7);
    let start = Instant::now();
    let mut statuses = std::collections::BTreeMap::new();
    while start.elapsed() < TIME {
        let methods = ["GET", "POST", "DELETE", "HEAD", "x", ""];
        let method = methods[random.usize(0..methods.len())];
        let paths = ["/pets", "/v1/pets", "/pets/", "/v1/pets/", ""];
        let target = format!("{}{}", paths[random.usize(0..paths.len())], text(&mut random));
        let names = ["X-Key", "X-Tenant", "Prefer", "Accept", "Content-Type", "Cookie", "Authorization"];
        let medias = ["application/json", "multipart/form-data; boundary=b", "application/x-www-form-urlencoded"];
        let headers: Vec<String> = (0..random.usize(0..6))
            .map(|_| {
                let name = names[random.usize(0..names.len())];
                let value =
                    if name == "Content-Type" { medias[random.usize(0..3)].to_owned() } else { text(&mut random) };
                format!("{name}: {value}")
            })
            .collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let sent = request(&format!("{method} {target}"), &headers, &text(&mut random));
        let response = mock.respond(&sent);
        assert!((200..500).contains(&response.status), "{sent:?}: {response:?}");
        let entry = mock.har_entry(&sent, &response, "", 0);
        assert!(entry["request"].is_object());
        *statuses.entry(response.status).or_insert(0) += 1;
    }
    // The requests reach every check.
    for status in [200, 204, 400, 401, 404, 405, 415] {
        assert!(statuses.contains_key(&status), "{statuses:?}");
    }
}

#[test]
fn deep_bodies_are_refused_or_compared() {
    let mock = mock(PETS);
    for depth in [50, 120, 5_000] {
        let body = r#"{"name": "Tom", "kind": "cat", "parent": "#.repeat(depth) + "{}" + &"}".repeat(depth);
        let sent = request("POST /pets", &["X-Key: k", "Content-Type: application/json"], &body);
        assert_eq!(mock.respond(&sent).status, 400, "{depth}");
    }
}
