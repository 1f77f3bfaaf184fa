#!/usr/bin/env bash
# The build cost of a program that sends the call of the README, with the checked-in crate and written by hand on the same
# dependencies: CPU seconds and peak memory of a cold build, number of crates, size of the binary.
# Needs bash, cargo and python3. Usage: benches/cost.sh
set -euo pipefail
cd "$(dirname "$0")/cost"
target=$(mktemp -d)
trap 'rm -rf "$target"' EXIT

measure() { # name, then the command: user and system seconds, peak of the largest process
    python3 - "$@" <<'PYTHON'
import resource, subprocess, sys
name, command = sys.argv[1], sys.argv[2:]
done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
if done.returncode:
    sys.exit(done.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{name}: {used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB")
PYTHON
}

for program in hand-written checked-in; do
    export CARGO_TARGET_DIR="$target/$program" CARGO_INCREMENTAL=0
    manifest="$program/Cargo.toml"
    cargo fetch -q --manifest-path "$manifest"
    echo "$program: $(cargo tree -q --manifest-path "$manifest" -e normal --prefix none | cut -d " " -f 1,2 | sort -u | wc -l) crates"
    measure "$program, cold check" cargo check -q --manifest-path "$manifest"
    rm -rf "$CARGO_TARGET_DIR"
    measure "$program, cold release build" cargo build -q --release --manifest-path "$manifest"
    cp "$CARGO_TARGET_DIR/release/$program" "$target/binary"
    size=$(wc -c <"$target/binary")
    strip "$target/binary"
    echo "$program: binary $size bytes, stripped $(wc -c <"$target/binary")"
done

export CARGO_TARGET_DIR="$target/alone"
cargo check -q --manifest-path checked-in/Cargo.toml
cargo clean -q --manifest-path checked-in/Cargo.toml -p datadog-entity-context-sync
measure "the checked-in crate alone, check" cargo check -q --manifest-path checked-in/Cargo.toml -p datadog-entity-context-sync
