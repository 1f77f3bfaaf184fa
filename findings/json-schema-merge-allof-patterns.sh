#!/usr/bin/env bash
# json-schema-merge-allof merges two patterns into one that matches no string, and finds no common value of integer and number.
#
# Guess:     the merged schema accepts the values that all members of `allOf` accept.
# Versions:  npm json-schema-merge-allof 0.8.1, ajv 8.20.0.
# Behaviour: patterns `a` and `b` become `(?=a)(?=b)`: both have to match at one place, so "ab" is valid before and invalid after. `integer` and
#            `number` are "probably incompatible", an error, though an integer is a number. Limits and lists of types are right.
# Source:    JSON Schema Draft 7, Validation, sections 6.1.1 and 6.3.3 (a pattern is not anchored).
# Here:      `integer` and `number` merge to `integer`; patterns have no effect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund json-schema-merge-allof@0.8.1 ajv@8.20.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import Ajv from 'ajv'
import merge from 'json-schema-merge-allof'

const ajv = new Ajv()
const schema = { type: 'string', allOf: [{ pattern: 'a' }, { pattern: 'b' }] }
const merged = merge(structuredClone(schema))
let refused
try {
  merge({ allOf: [{ type: 'integer' }, { type: 'number' }] })
} catch (error) {
  refused = error.message.split('\n')[0]
}
const types = merge({ allOf: [{ type: ['integer', 'null'] }, { type: ['null', 'string'] }] })
const seen = [merged.pattern, ajv.validate(schema, 'ab'), ajv.validate(merged, 'ab'), ajv.validate({ allOf: [{ type: 'integer' }, { type: 'number' }] }, 1), types]
console.log(seen, refused)
assert.deepEqual(seen, ['(?=a)(?=b)', true, false, true, { type: 'null' }], 'the behaviour changed')
assert.match(refused, /Could not resolve values for path:"type"/, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
