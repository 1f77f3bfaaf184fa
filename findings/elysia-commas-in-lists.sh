#!/usr/bin/env bash
# Elysia splits the items of a query's list at commas, encoded or not, and refuses a form's list of one item.
#
# Guess:     `l=a%2Cb&l=c`, the form of OpenAPI's `explode: true` that it describes, is the list `["a,b", "c"]`.
# Versions:  npm elysia 1.4.30, @elysiajs/openapi 1.4.16.
# Behaviour: the list is `["a", "b", "c"]`: no item of a query can have a comma. A form has the comma, but one item is no list: 422 "Expected
#            array". An object in a query is read from JSON and described as `form` with `explode`, so `a=1` is lost without an error. A
#            response that is null is an empty `text/plain`, described as JSON.
# Source:    OpenAPI 3.1.1, "Style Examples"; RFC 3986, section 2.2 (an encoded delimiter is data).
# Here:      the client sends the described form; docs/frameworks.md says what arrives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund elysia@1.4.30 @elysiajs/openapi@1.4.16
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { openapi } from '@elysiajs/openapi'
import { Elysia, t } from 'elysia'

const list = t.Object({ l: t.Array(t.String()) })
const nothing = t.Nullable(t.Object({}))
const app = new Elysia()
  .use(openapi())
  .get('/list', ({ query }) => query.l, { query: list })
  .post('/list', ({ body }) => body.l, { body: list })
  .get('/object', ({ query }) => query, { query: t.Object({ o: t.Optional(t.Object({ a: t.Number() })) }) })
  .get('/null', () => null, { response: nothing })
const call = async (path, options) => app.handle(new Request(`http://localhost${path}`, options))
const form = (body) => call('/list', { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
const shown = async (response) => [response.status, response.status === 422 ? (await response.json()).message : await response.json()]

const { paths } = await (await call('/openapi/json')).json()
const empty = await call('/null')
const seen = [
  paths['/list'].get.parameters[0].style ?? 'form',
  Object.keys(paths['/null'].get.responses[200].content)[0],
  await shown(await call('/list?l=a%2Cb&l=c')),
  await shown(await form('l=a%2Cb&l=c')),
  await shown(await form('l=a')),
  await shown(await call('/object?a=1')),
  await shown(await call('/object?o=%7B%22a%22%3A1%7D')),
  [empty.headers.get('content-type'), await empty.text()],
]
console.log(seen)
assert.deepEqual(seen, [
  'form', 'application/json', [200, ['a', 'b', 'c']], [200, ['a,b', 'c']], [422, 'Expected array'], [200, {}], [200, { o: { a: 1 } }],
  ['text/plain;charset=UTF-8', ''],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
