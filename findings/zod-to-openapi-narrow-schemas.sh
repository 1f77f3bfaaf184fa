#!/usr/bin/env bash
# zod-to-openapi describes less than zod accepts: other literals, the rest of a tuple, an optional property.
#
# Guess:     a value that zod parses is valid by the description that is made of the same schema.
# Versions:  npm @asteasolutions/zod-to-openapi 9.1.0, zod 4.6.7, ajv 8.20.0.
# Behaviour: `z.literal(["a", 1])` is a string with `enum: [a]`; 1 is parsed and not described. A tuple with a rest has `maxItems` of its first
#            items in 3.0. `z.exactOptional` is required. The other way round, a record over an enum requires all its keys, and
#            the description none; `z.int32()` is `type: number`.
# Source:    documentation of zod 4, "Literals", "Tuples", "Records"; OpenAPI 3.0.4, section 4.7.24.
# Here:      `[types]` corrects the type of a field (docs/settings.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7 ajv@8.20.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV3 } from '@asteasolutions/zod-to-openapi'
import Ajv from 'ajv'
import { z } from 'zod'

extendZodWithOpenApi(z)
const cases = [
  [z.literal(['a', 1]), 1],
  [z.tuple([z.number()]).rest(z.string()), [1, 'a']],
  [z.object({ a: z.exactOptional(z.string()) }), {}],
  [z.record(z.enum(['x', 'y']), z.number()), { x: 1 }],
  [z.int32(), 1.5],
]
const seen = cases.map(([schema, value]) => {
  const registry = new OpenAPIRegistry()
  registry.register('Value', schema)
  const described = new OpenApiGeneratorV3(registry.definitions).generateComponents().components.schemas.Value
  return [JSON.stringify(described), schema.safeParse(value).success, new Ajv({ strict: false }).validate(described, value)]
})
console.log(seen)
assert.deepEqual(seen, [
  ['{"type":"string","enum":["a"]}', true, false],
  ['{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":1}', true, false],
  ['{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}', true, false],
  ['{"type":"object","properties":{"x":{"type":"number"},"y":{"type":"number"}}}', false, true],
  ['{"type":"number"}', false, true],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
