#!/usr/bin/env bash
# parse_link_header (Rust) refuses a whole Link header for a comma in an address, and joins two relation types into one.
#
# Guess:     a comma between `<` and `>` is part of the address, and `rel="next last"` is two relations.
# Version:   crate parse_link_header 0.4.1.
# Behaviour: `<https://a.example/x?ids=1,2>; rel="next"` is the error "missing 'rel' parameter"; `rel="next last"` is the one
#            relation `nextlast`, because blanks are removed first.
# Source:    RFC 8288, sections 3 and 3.3.
# Here:      the runtime reads both (`paging/link.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q parse_link_header@=0.4.1
cat >src/main.rs <<'RUST'
fn main() {
    let comma = parse_link_header::parse_with_rel("<https://a.example/x?ids=1,2>; rel=\"next\"");
    let comma = comma.map(|links| links.len()).map_err(|error| error.to_string());
    let two = parse_link_header::parse_with_rel("<https://a.example/x>; rel=\"next last\"").unwrap();
    let two: Vec<String> = two.into_keys().collect();
    println!("{comma:?} {two:?}");
    assert_eq!(comma, Err("missing 'rel' parameter".to_owned()), "the behaviour changed");
    assert_eq!(two, ["nextlast"], "the behaviour changed");
}
RUST
cargo run -q
