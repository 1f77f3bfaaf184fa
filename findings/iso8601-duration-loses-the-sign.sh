#!/usr/bin/env bash
# iso8601-duration reads a negative duration as a positive one, and stops at the first component that it does not know.
#
# Guess:     `-P1D` is minus one day, or an error; so is `PT1H-30M`.
# Versions:  npm iso8601-duration 2.1.4, tinyduration 3.4.1 (for comparison).
# Behaviour: iso8601-duration searches for a duration in the string: `-P1D` is one day, `PT1H-30M` one hour, `P1D,5` one day. `PT` and
#            `P-1D` are errors. Servers in Python (pydantic, msgspec, isodate) write a negative duration as `-P1D`. tinyduration has
#            the sign, but writes 1e21 seconds as `PT1e+21S`, which it does not read.
# Source:    ISO 8601-2:2019 (durations with a sign); RFC 3339, appendix A (no sign).
# Here:      `Duration` stores the string; `span()` has the sign (`tests/values.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund iso8601-duration@2.1.4 tinyduration@3.4.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { parse, toSeconds } from 'iso8601-duration'
import * as tiny from 'tinyduration'

const read = (read) => {
  try {
    return read()
  } catch (error) {
    return error.message
  }
}
const seen = ['-P1D', 'PT1H-30M', 'P1D,5', 'P-1D'].map((text) => read(() => toSeconds(parse(text))))
const long = tiny.serialize({ seconds: 1e21 })
const other = [tiny.parse('-P1D'), long, read(() => tiny.parse(long))]
console.log(JSON.stringify([seen, other]))
assert.deepEqual(seen, [86400, 3600, 86400, 'invalid duration: P-1D'], 'the behaviour changed')
assert.deepEqual(other, [{ days: 1, negative: true }, 'PT1e+21S', 'Invalid duration'], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
