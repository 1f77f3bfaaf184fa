#!/usr/bin/env bash
# `cargo package` verifies a crate against the sibling that an earlier run has packed, not against the one that it packs now.
#
# Guess:     Of two workspace members, b depending on a, `cargo package` packs both and builds b with the a that was just packed.
# Versions:  cargo 1.95.0.
# Behaviour: The packed a goes into a registry below `target/package`, and is unpacked to `$CARGO_HOME/registry/src/-HASH/` once for
#            each name and version. A later run with another a of the same version builds b with the old sources: it fails
#            although `cargo check` passes, or passes although b cannot be built. A new `target` does not help, as the directory
#            in `$CARGO_HOME` stays; deleting only that one does not help either, as the compiled a counts as fresh.
# Relation:  `.ci/run` deletes both before it packs.
# Source:    cargo's documentation of `cargo package` (packs members in order of dependency and verifies them); observed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo --version
export CARGO_HOME="$folder/home" CARGO_TERM_COLOR=never
mkdir -p workspace/a/src workspace/b/src
cd workspace
printf '[workspace]\nmembers = ["a", "b"]\nresolver = "3"\n' >Cargo.toml
printf '[package]\nname = "packed-%s"\nversion = "0.1.0"\nedition = "2024"\ndescription = "One of two"\nlicense = "MIT"\n' a >a/Cargo.toml
printf '[package]\nname = "packed-%s"\nversion = "0.1.0"\nedition = "2024"\ndescription = "One of two"\nlicense = "MIT"\n' b >b/Cargo.toml
printf '[dependencies]\npacked-a = { path = "../a", version = "0.1.0" }\n' >>b/Cargo.toml

edit() {
    echo "pub fn $1() {}" >a/src/lib.rs
    echo "pub fn call() { packed_a::$1() }" >b/src/lib.rs
}
package() { cargo package --allow-dirty >log 2>&1 && echo "packed" || grep -m1 '^error' log; }

edit before
first=$(package)
edit after
cargo check --quiet
second=$(package)
rm -rf target
third=$(package)
rm -rf "$CARGO_HOME"/registry/src/-*
fourth=$(package)
rm -rf "$CARGO_HOME"/registry/src/-* target/debug/.fingerprint/packed-a-*
fifth=$(package)
seen=$(printf '%s\n' "first: $first" "after an edit of both: $second" "with a new target: $third" \
    "with new sources: $fourth" "with both: $fifth")
echo "$seen"
expected='first: packed
after an edit of both: error[E0425]: cannot find function `after` in crate `packed_a`
with a new target: error[E0425]: cannot find function `after` in crate `packed_a`
with new sources: error[E0425]: cannot find function `after` in crate `packed_a`
with both: packed'
[ "$seen" = "$expected" ] || { echo "the behaviour changed"; exit 1; }
