//! The numbers in the documentation of generated crates are the defaults of the runtime.

use std::fs;
use std::path::Path;

/// The first number behind a text in a file.
fn number(path: &str, before: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join(path)).unwrap();
    let text = text.split_whitespace().filter(|word| *word != "//!").collect::<Vec<_>>().join(" ");
    let digits = |after: &str| after.chars().take_while(char::is_ascii_digit).collect::<String>();
    let found = text.split(before).skip(1).map(digits).find(|digits| !digits.is_empty());
    found.unwrap_or_else(|| panic!("{path} has no number behind {before:?}"))
}

#[test]
fn documented_limits_are_those_of_the_runtime() {
    let overview = "generator/tests/cases/docs/overview/src/lib.rs";
    let timeouts = "runtime/src/client/timeouts.rs";
    assert_eq!(number(overview, "A call ends after "), number(timeouts, "call: Duration::from_secs("));
    assert_eq!(
        number(overview, "and one attempt after "),
        number(timeouts, "self.attempt.unwrap_or(Duration::from_secs(")
    );
    assert_eq!(number(overview, "is retried at most "), number("runtime/src/client/builder.rs", "retries: "));
}
