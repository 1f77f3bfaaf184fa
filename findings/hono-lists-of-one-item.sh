#!/usr/bin/env bash
# Hono's zod-openapi refuses a list with one item, in a query and in a form; `false` is true for its coerced booleans.
#
# Guess:     `tags=a` is a list of one item where the description says `type: array`; `on=false` is false where it says `type: boolean`.
# Versions:  npm @hono/zod-openapi 1.6.3, hono 4.13.19, zod 4.6.7.
# Behaviour: a name that occurs once reaches zod as a string: "expected array, received string", status 400. Two items work. `z.coerce.boolean()`
#            is described as a nullable boolean, and is true for every string that is not empty.
# Source:    OpenAPI 3.1.1, "Style Examples"; documentation of zod, "Coercion".
# Here:      a list is sent as repeated names; docs/frameworks.md has the change of the application.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'

const fields = z.object({ tags: z.array(z.string()).optional(), on: z.coerce.boolean().optional() })
const responses = { 200: { description: '' } }
const app = new OpenAPIHono()
app.openapi(createRoute({ method: 'get', path: '/', request: { query: fields }, responses }), (c) => c.json(c.req.valid('query')))
const content = { 'application/x-www-form-urlencoded': { schema: fields } }
app.openapi(createRoute({ method: 'post', path: '/', request: { body: { content } }, responses }), (c) => c.json(c.req.valid('form')))

const query = async (text) => (await app.request(`/?${text}`)).json()
const form = async (body) => (await app.request('/', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).json()
const message = ({ success, error, ...value }) => (success === false ? JSON.parse(error.message)[0].message : value)
const described = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } }).paths['/'].get.parameters
const seen = [await query('tags=a&tags=b'), await query('tags=a'), await form('tags=a&tags=b'), await form('tags=a'), await query('on=false')].map(message)
console.log(JSON.stringify(described.map(({ schema }) => schema)), seen)
const refused = 'Invalid input: expected array, received string'
assert.deepEqual(described.map(({ schema }) => schema.type), ['array', ['boolean', 'null']], 'the behaviour changed')
assert.deepEqual(seen, [{ tags: ['a', 'b'] }, refused, { tags: ['a', 'b'] }, refused, { on: true }], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
