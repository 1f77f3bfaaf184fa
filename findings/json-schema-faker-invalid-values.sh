#!/usr/bin/env bash
# json-schema-faker makes values that its own schema refuses, for keywords that it knows.
#
# Guess:     a generated value is valid, or there is an error for a keyword that is not supported.
# Versions:  npm json-schema-faker 0.6.3, ajv 8.20.0, ajv-formats 3.0.1.
# Behaviour: of 20 values each, none is valid: `minContains: 2` adds fractions to a list of integers; an e-mail address is cut at `maxLength`
#            ("frank3@demo."); a duration is "PT0D"; the key for `^x-` is "x"; keys for `propertyNames` are "prop1"; an integer of at
#            least 2^53 is smaller. Limits, `multipleOf`, `contains`, `dependentRequired` and `if` are right.
# Source:    JSON Schema 2020-12, Validation, sections 6.4.5 and 7.3; Core, sections 10.3.2.2 and 10.3.2.4.
# Here:      sample values are made by the generator and decoded by its tests (`generator/tests/prism.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund json-schema-faker@0.6.3 ajv@8.20.0 ajv-formats@3.0.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { generate } from 'json-schema-faker'

const ajv = new Ajv({ strict: false })
formats(ajv)
const integer = { type: 'integer' }
const schemas = {
  multipleOf: { ...integer, minimum: 7, multipleOf: 5 },
  contains: { type: 'array', items: integer, contains: { const: 5 } },
  minContains: { type: 'array', items: integer, contains: { minimum: 10 }, minContains: 2 },
  email: { type: 'string', format: 'email', maxLength: 12 },
  duration: { type: 'string', format: 'duration' },
  patternProperties: { type: 'object', patternProperties: { '^x-': integer }, additionalProperties: false, minProperties: 1 },
  propertyNames: { type: 'object', propertyNames: { pattern: '^[a-z]{3}$' }, additionalProperties: integer, minProperties: 1 },
  large: { ...integer, minimum: 9007199254740992 },
}
const seen = {}
for (const [name, schema] of Object.entries(schemas)) {
  const validate = ajv.compile(schema)
  const values = []
  for (let count = 0; count < 20; count += 1) values.push(await generate(structuredClone(schema), {}))
  seen[name] = values.filter((value) => validate(value)).length
  console.log(name, seen[name], JSON.stringify(values[0]))
}
assert.deepEqual(seen, {
  multipleOf: 20, contains: 20, minContains: 0, email: 0, duration: 0, patternProperties: 0, propertyNames: 0, large: 0,
}, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
