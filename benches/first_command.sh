#!/usr/bin/env bash
# CPU seconds and crates of the first command on a cold machine, at each of some revisions, in turn.
#
# Usage: benches/first_command.sh TURNS REVISION…
# Sources of crates are downloaded first; nothing is compiled before. Needs /usr/bin/time.
set -euo pipefail
turns=$1
shift
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CARGO_TARGET_DIR

# The command as the README of the revision has it.
first_command() {
    grep -m1 -oE 'cargo (run|clientsmith) [^#]*generate spec/openapi.yaml [^#]*' "$1/README.md"
}

for revision in "$@"; do
    git clone -q "$root" "$work/$revision"
    git -C "$work/$revision" checkout -q "$revision"
    cargo fetch -q --locked --manifest-path "$work/$revision/Cargo.toml"
done
for turn in $(seq "$turns"); do
    for revision in "$@"; do
        cd "$work/$revision"
        rm -rf target
        # Without the compilation of the generated crate, which is not the command's own.
        command=$(first_command . | sed 's/ --compile//')
        # shellcheck disable=SC2086 # Words of the command.
        /usr/bin/time -f '%U %S %M' -o "$work/time" $command >/dev/null 2>"$work/log"
        crates=$(grep -c '^ *Compiling' "$work/log")
        awk -v r="$revision" -v c="$crates" '{ printf "%s: %d crates, %.1f CPU s, %d MB\n", r, c, $1 + $2, $3 / 1024 }' "$work/time"
    done
done
