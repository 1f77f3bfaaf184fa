#!/usr/bin/env bash
# http's `HeaderValue::from_str` accepts characters beyond ASCII, which its documentation and `to_str` refuse.
#
# Guess:     `from_str("é")` is an error: "Only visible ASCII characters (32-127) are permitted". This project's own page on
#            parameters said that such values are refused, because of that sentence.
# Versions:  crate http 1.5.0.
# Behaviour: `from_str("é")` is a value of the two bytes of UTF-8, which is sent as it is. `to_str` of the same value is an error, so that
#            code which reads the value as text (such as a redaction of secret headers) does not see it.
# Source:    docs.rs/http, `HeaderValue::from_str` and `HeaderValue::to_str`; RFC 9110, section 5.5.
# Here:      the client refuses such values itself (`header_value` in `runtime/src/codec/param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q http@=1.5.0
cat >src/main.rs <<'RUST'
use http::HeaderValue;

fn main() {
    let value = HeaderValue::from_str("é").expect("http refuses it now");
    assert_eq!(value.as_bytes(), [0xc3, 0xa9]);
    assert!(value.to_str().is_err());
    assert!(HeaderValue::from_str("a\nb").is_err());
    println!("from_str(\"é\") is {:?}, and to_str is {:?}", value.as_bytes(), value.to_str().map_err(|error| error.to_string()));
}
RUST
cargo run -q
