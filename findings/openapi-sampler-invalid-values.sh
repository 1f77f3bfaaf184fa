#!/usr/bin/env bash
# openapi-sampler (the examples of Redoc) gives an object for a nullable integer, 1.5 for an integer and equal items for a set.
#
# Guess:     a sample of a schema of a few keywords is valid by the schema.
# Versions:  npm openapi-sampler 1.7.10, ajv 8.20.0.
# Behaviour: `anyOf: [{type: "null"}, {type: integer}]`, an optional value with null first, is `{}`; with null last it is 0. An integer with
#            `minimum: 1.5` is 1.5; two unique items are `[0, 0]`; `multipleOf: 7` above 5 is 5. `minItems: 1` without `items` is an empty list,
#            a required name that is no property is left out, and `oneOf` of integer and number is 0, which is both. No error says so.
# Source:    JSON Schema 2020-12, Validation, sections 6.1.1, 6.2.1, 6.4.2, 6.4.3 and 6.5.3; Core, section 10.2.1.
# Here:      sample values of the mock server are within the bounds of their schema (docs/mock.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-sampler@1.7.10 ajv@8.20.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import Ajv from 'ajv/dist/2020.js'
import { sample } from 'openapi-sampler'

const schemas = [
  { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  { anyOf: [{ type: 'null' }, { type: 'integer' }] },
  { type: 'integer', minimum: 1.5 },
  { type: 'array', uniqueItems: true, minItems: 2, items: { type: 'integer' } },
  { type: 'integer', minimum: 5, multipleOf: 7 },
  { type: 'array', minItems: 1 },
  { type: 'object', required: ['a'] },
  { oneOf: [{ type: 'integer' }, { type: 'number' }] },
]
const ajv = new Ajv.default({ strict: false })
const seen = schemas.map((schema) => {
  const value = sample(schema)
  return [JSON.stringify(value), ajv.validate(schema, value)]
})
console.log(seen)
assert.deepEqual(seen, [
  ['0', true],
  ['{}', false],
  ['1.5', false],
  ['[0,0]', false],
  ['5', false],
  ['[]', false],
  ['{}', false],
  ['0', false],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
