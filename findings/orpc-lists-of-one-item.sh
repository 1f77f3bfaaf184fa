#!/usr/bin/env bash
# oRPC describes lists in a query as deep objects, refuses one item of them, and every number and boolean of a query.
#
# Guess:     `tags=a` is a list of one item; `n=1` is a number, since the description says `type: number`.
# Versions:  npm @orpc/server 1.16.1, @orpc/openapi 1.16.1, @orpc/zod 1.16.1, zod 4.6.7.
# Behaviour: a list is `style: deepObject`, which OpenAPI defines for objects alone. `tags=a` is 400 "expected array, received string",
#            in a form too; `tags=a&tags=b` and `tags[]=a` are lists. `n=1` and `on=true` are 400 until the application adds
#            `SmartCoercionPlugin`, which does not mend the list. Each parameter of a query is described with `allowReserved`.
# Source:    OpenAPI 3.1.1, sections 4.8.12.2 and 4.8.12.3 (`deepObject` is for objects); oRPC's documentation, "Bracket Notation".
# Here:      the client sends `tags[]=a` for a list with this style, and the generator reports it (N0408); docs/frameworks.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @orpc/server@1.16.1 @orpc/openapi@1.16.1 @orpc/zod@1.16.1 @orpc/json-schema@1.16.1 zod@4.6.7
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { os } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import * as z from 'zod'

const input = z.object({ tags: z.array(z.string()).optional(), n: z.number().optional(), on: z.boolean().optional() })
const echo = (method, path) => os.route({ method, path }).input(input).output(z.any()).handler(({ input }) => input)
const router = { query: echo('GET', '/query'), form: echo('POST', '/form') }
const schemaConverters = [new ZodToJsonSchemaConverter()]
const described = await new OpenAPIGenerator({ schemaConverters }).generate(router, { info: { title: 'Test', version: '1' } })
const parameters = described.paths['/query'].get.parameters.map(({ name, style, allowReserved }) => [name, style, allowReserved])

async function call(handler, query, form) {
  const path = form ? 'form' : `query?${query}`
  const request = new Request(`http://a.example/${path}`, form ? { method: 'POST', body: form } : {})
  const { response } = await handler.handle(request)
  const body = await response.json()
  return response.status === 200 ? body : [response.status, body.data.issues[0].message]
}

const plain = new OpenAPIHandler(router)
const coercing = new OpenAPIHandler(router, { plugins: [new SmartCoercionPlugin({ schemaConverters })] })
const seen = [parameters]
for (const query of ['tags=a', 'tags=a&tags=b', 'tags[]=a', 'n=1', 'on=true']) {
  seen.push([query, await call(plain, query), await call(coercing, query)])
}
const form = new FormData()
form.append('tags', 'a')
seen.push(await call(plain, '', form))
console.dir(seen, { depth: null })
const refused = (expected) => [400, `Invalid input: expected ${expected}, received string`]
assert.deepEqual(seen, [
  [['tags', 'deepObject', true], ['n', undefined, true], ['on', undefined, true]],
  ['tags=a', refused('array'), refused('array')],
  ['tags=a&tags=b', { tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
  ['tags[]=a', { tags: ['a'] }, { tags: ['a'] }],
  ['n=1', refused('number'), { n: 1 }],
  ['on=true', refused('boolean'), { on: true }],
  refused('array'),
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
