#!/usr/bin/env bash
# zod-to-openapi (Hono's zod-openapi) writes the flags of a regular expression into the pattern, which then matches nothing.
#
# Guess:     `/^\p{L}+$/u` is described as `^\p{L}+$`, as zod itself does it.
# Versions:  npm @asteasolutions/zod-to-openapi 9.1.0, zod 4.6.7, ajv 8.20.0.
# Behaviour: the pattern is `^\p{L}+$/u`: the delimiter and the flags follow the end of the string, so no string is valid by the
#            description, and the server accepts letters. `i` gives `/i`. Without a flag the pattern is right.
# Source:    JSON Schema 2020-12, Validation, section 6.3.3; Core, section 6.4 (a pattern has no flags; "u" is implied).
# Here:      patterns are documentation, and do not refuse values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7 ajv@8.20.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi'
import Ajv from 'ajv/dist/2020.js'
import { z } from 'zod'

extendZodWithOpenApi(z)
const seen = []
for (const expression of [/^[a-z]+$/, /^[a-z]+$/i, /^\p{L}+$/u]) {
  const schema = z.string().regex(expression)
  const registry = new OpenAPIRegistry()
  registry.register('Word', schema)
  const described = new OpenApiGeneratorV31(registry.definitions).generateComponents().components.schemas.Word
  seen.push([described.pattern, z.toJSONSchema(schema).pattern, schema.safeParse('abc').success, new Ajv().validate(described, 'abc')])
}
console.log(seen)
assert.deepEqual(seen, [
  ['^[a-z]+$', '^[a-z]+$', true, true],
  ['^[a-z]+$/i', '^[a-z]+$', true, false],
  ['^\\p{L}+$/u', '^\\p{L}+$', true, false],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
