#!/usr/bin/env bash
# A client of @hey-api/openapi-ts sends every list in a path with commas, JSON in a query as pairs, and dates of forms in quotes.
#
# Guess:     each style of the description is written as the standard's table has it, or the generator refuses it.
# Versions:  npm @hey-api/openapi-ts 0.95.0 (client-fetch), typescript 5.9.3, esbuild 0.28.2.
# Behaviour: `label` and `matrix` in a path are `a,b`, as `simple`. A parameter with `content: application/json` is `q=x`, a pair for each
#            property. A `Date` in a form is JSON with its quotes, `%221970-01-01T00%3A00%3A00.000Z%22`; in a query it is the
#            time alone. There is no error. A list in a deep object is an error of the call, not of the generator.
# Source:    OpenAPI 3.0.4, "Style Examples" and section 4.7.12 (`content` of a parameter).
# Here:      `.a.b`, `;ids=a;ids=b`, JSON, the time, and `filter[l][]=1` (`runtime/tests/param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @hey-api/openapi-ts@0.95.0 typescript@5.9.3 esbuild@0.28.2
cat >description.json <<'JSON'
{
  "openapi": "3.0.4",
  "info": {"title": "Test", "version": "1"},
  "servers": [{"url": "http://a.example"}],
  "paths": {
    "/label/{ids}": {"get": {"operationId": "label", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "ids", "in": "path", "required": true, "style": "label", "explode": true, "schema": {"type": "array", "items": {"type": "string"}}}
    ]}},
    "/matrix/{ids}": {"get": {"operationId": "matrix", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "ids", "in": "path", "required": true, "style": "matrix", "explode": true, "schema": {"type": "array", "items": {"type": "string"}}}
    ]}},
    "/list": {"get": {"operationId": "list", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "deep", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"l": {"type": "array", "items": {"type": "string"}}}}},
      {"name": "json", "in": "query", "content": {"application/json": {"schema": {"type": "object", "properties": {"q": {"type": "string"}}}}}},
      {"name": "at", "in": "query", "schema": {"type": "string", "format": "date-time"}}
    ]}},
    "/form": {"post": {"operationId": "form", "responses": {"204": {"description": "Done"}}, "requestBody": {"content": {
      "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}}}
    }}}}
  }
}
JSON
npx openapi-ts --silent -i description.json -o client -c @hey-api/client-fetch
npx esbuild client/index.ts --bundle --format=esm --platform=node --outfile=client.mjs --log-level=error
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import * as client from './client.mjs'

async function call(operation, options) {
  let sent
  const fetch = async (request) => {
    const body = await request.text()
    sent = [request.url.replace('http://a.example', ''), body]
    return new Response(null, { status: 204 })
  }
  const result = await client[operation]({ ...options, fetch })
  assert(!result.error)
  return sent.filter((part) => part)
}

const at = new Date(0)
const seen = [
  await call('label', { path: { ids: ['a', 'b'] } }),
  await call('matrix', { path: { ids: ['a', 'b'] } }),
  await call('list', { query: { json: { q: 'x' } } }),
  await call('list', { query: { at } }),
  await call('form', { body: { at } }),
]
console.log(seen)
assert.deepEqual(seen, [
  ['/label/a,b'],
  ['/matrix/a,b'],
  ['/list?q=x'],
  ['/list?at=1970-01-01T00:00:00.000Z'],
  ['/form', 'at=%221970-01-01T00%3A00%3A00.000Z%22'],
], 'the behaviour changed')
await assert.rejects(call('list', { query: { deep: { l: ['a'] } } }), /Deeply-nested/, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
