#!/usr/bin/env bash
# mime (Rust) refuses media types that HTTP allows: a blank before `;`, an empty parameter, an escape in quotes.
#
# Guess:     what RFC 9110 allows is read: `parameters = *( OWS ";" OWS [ parameter ] )`, so a blank may stand before the
#            semicolon, and a parameter may be empty. A trailing semicolon is read, after all.
# Version:   crates mime 0.3.18, mediatype 0.23.0.
# Behaviour: `application/json ; charset=utf-8`, `text/plain;;charset=utf-8` and `text/plain; a="x\"y"` are errors. A program
#            that asks "is it JSON" by this crate does not decode the first one. mediatype reads the first and the last.
# Source:    RFC 9110, sections 5.6.6 and 8.3.1.
# Here:      the runtime takes what stands before the first `;`, without blanks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q mime@=0.3.18 mediatype@=0.23.0
cat >src/main.rs <<'RUST'
fn main() {
    let cases = ["application/json ; charset=utf-8", "text/plain;;charset=utf-8", "text/plain; a=\"x\\\"y\"", "text/plain;"];
    let seen = cases.map(|text| (text.parse::<mime::Mime>().is_ok(), mediatype::MediaType::parse(text).is_ok()));
    println!("{seen:?}");
    assert_eq!(seen, [(false, true), (false, false), (false, true), (true, true)], "the behaviour changed");
}
RUST
cargo run -q
