#!/usr/bin/env bash
# serde_qs writes a parameter that is `None`, by its bare name.
#
# Guess:     `None` is left out, as serde_urlencoded and serde_html_form do.
# Version:   crates serde_qs 1.1.3, serde_html_form 0.4.1.
# Behaviour: `{a: None, b: Some("")}` is `a&b=`. By the usual reading of forms, `a` is there and empty, so a server sees a
#            filter that nobody set. serde_html_form writes `b=`.
# Source:    documentation of serde_qs 1.x; URL standard, section 5.1 (a name without `=` is a pair with an empty value).
# Here:      parameters that are absent are left out (`param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q serde_qs@=1.1.3 serde_html_form@=0.4.1
cargo add -q serde --features derive
cat >src/main.rs <<'RUST'
#[derive(serde::Serialize)]
struct Query {
    a: Option<u32>,
    b: Option<String>,
}

fn main() {
    let query = Query { a: None, b: Some(String::new()) };
    let seen = (serde_qs::to_string(&query).unwrap(), serde_html_form::to_string(&query).unwrap());
    println!("{seen:?}");
    assert_eq!(seen, ("a&b=".to_owned(), "b=".to_owned()), "the behaviour changed");
}
RUST
cargo run -q
