#!/usr/bin/env bash
# zod describes `format: date-time` and refuses times with an offset; what zod-to-openapi calls `format: time` refuses them too.
#
# Guess:     a schema with `format: date-time` accepts RFC 3339, offsets included, and `format: time` is the same without a date.
# Versions:  npm zod 4.6.7, @asteasolutions/zod-to-openapi 9.1.0, ajv 8.20.0, ajv-formats 3.0.1.
# Behaviour: `z.iso.datetime()` takes `Z` only, in upper case; "+00:00" needs an option. `z.iso.time()` takes no offset at all, and RFC 3339
#            requires one, so no string is valid for the server and for a validator of its description. zod's own JSON Schema adds
#            a pattern to the first, and has no format for the second.
# Source:    RFC 3339, section 5.6; JSON Schema 2020-12, Validation, section 7.3.1.
# Here:      `DateTime::from(Timestamp)` ends with `Z` (`runtime/src/values/time.rs`); docs/frameworks.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7 @asteasolutions/zod-to-openapi@9.1.0 ajv@8.20.0 ajv-formats@3.0.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { z } from 'zod'

extendZodWithOpenApi(z)
const ajv = new Ajv()
formats(ajv)
const check = (schema, texts) => {
  const registry = new OpenAPIRegistry()
  registry.register('Value', schema)
  const described = new OpenApiGeneratorV31(registry.definitions).generateComponents().components.schemas.Value
  return [described.format, texts.map((text) => [schema.safeParse(text).success, ajv.validate(described, text)])]
}
const seen = [
  check(z.iso.datetime(), ['2025-01-02T03:04:05Z', '2025-01-02T03:04:05+00:00', '2025-01-02T03:04:05z']),
  check(z.iso.time(), ['03:04:05', '03:04:05Z', '03:04:05+00:00']),
]
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [
  ['date-time', [[true, true], [false, true], [false, true]]],
  ['time', [[true, false], [false, true], [false, true]]],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
