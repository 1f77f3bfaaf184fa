#!/usr/bin/env bash
# structured-headers writes decimals that no parser of structured fields reads, its own included.
#
# Guess:     1.0005 is rounded to three digits, and a whole result keeps one zero: `1.0`.
# Version:   npm structured-headers 2.1.0.
# Behaviour: numbers that are not whole but round to a whole one are written with a point and nothing after it: 1.0005 is `1.`,
#            0.0001 is `0.`. `parseItem` refuses both: "Decimal cannot end on a period". The decimal `1.0` is read as a number of
#            JavaScript and so written as the integer `1`, a value of another type.
# Source:    RFC 9651, sections 4.1.5 (at least one digit after the point) and 4.2.4 (a final point fails).
# Here:      the client reads `RateLimit` and `RateLimit-Policy`, whose numbers are integers, and writes no structured field.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund structured-headers@2.1.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { parseItem, serializeItem } from 'structured-headers'

const read = (text) => {
  try {
    return parseItem(text)[0]
  } catch (error) {
    return error.message
  }
}
const seen = [1.5, 1.0005, 0.0001, read('1.0')].map((number) => [serializeItem(number), read(serializeItem(number))])
console.log(JSON.stringify(seen))
const refused = 'Parse error: Decimal cannot end on a period at offset 2'
assert.deepEqual(seen, [['1.5', 1.5], ['1.', refused], ['0.', refused], ['1', 1]], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
