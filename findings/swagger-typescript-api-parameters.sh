#!/usr/bin/env bash
# A client of swagger-typescript-api sends `[object Object]` for every object in a query, and one spelling of lists for all styles.
#
# Guess:     each style of the description is written as the standard's table has it, or the generator refuses it.
# Versions:  npm swagger-typescript-api 13.13.0, esbuild 0.28.2.
# Behaviour: an object is `[object Object]` in the style `form`, as a deep object and as JSON by `content`. A list is a pair for each item,
#            whatever `explode` and the style are, and null is the word. Path parameters are put into the address as they are: a slash
#            is a level of the path, and a list is joined by commas, also in the style `label`. Described headers and cookies are no
#            parameters of the method.
# Source:    OpenAPI 3.0.4, "Style Examples" and section 4.7.12; RFC 3986, section 2.2.
# Here:      `runtime/tests/param.rs` has the spelling of each style.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund swagger-typescript-api@13.13.0 esbuild@0.28.2
cat >description.json <<'JSON'
{
  "openapi": "3.0.4",
  "info": {"title": "Test", "version": "1"},
  "servers": [{"url": "http://a.example"}],
  "components": {"schemas": {
    "List": {"type": "array", "items": {"type": "string"}},
    "Object": {"type": "object", "properties": {"a": {"type": "string"}}}
  }},
  "paths": {
    "/query": {"get": {"operationId": "query", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "form", "in": "query", "schema": {"$ref": "#/components/schemas/Object"}},
      {"name": "deep", "in": "query", "style": "deepObject", "schema": {"$ref": "#/components/schemas/Object"}},
      {"name": "json", "in": "query", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Object"}}}},
      {"name": "commas", "in": "query", "explode": false, "schema": {"$ref": "#/components/schemas/List"}},
      {"name": "pipes", "in": "query", "style": "pipeDelimited", "explode": false, "schema": {"$ref": "#/components/schemas/List"}},
      {"name": "maybe", "in": "query", "schema": {"type": "string", "nullable": true}},
      {"name": "x-header", "in": "header", "required": true, "schema": {"type": "string"}}
    ]}},
    "/items/{id}": {"get": {"operationId": "item", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}
    ]}},
    "/label/{ids}": {"get": {"operationId": "label", "responses": {"204": {"description": "Done"}}, "parameters": [
      {"name": "ids", "in": "path", "required": true, "style": "label", "explode": true, "schema": {"$ref": "#/components/schemas/List"}}
    ]}}
  }
}
JSON
npx swagger-typescript-api generate -p description.json -o client --silent
npx esbuild client/Api.ts --format=esm --outfile=client.mjs --log-level=error
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { Api } from './client.mjs'

const sent = []
const api = new Api({
  customFetch: async (address) => {
    sent.push(decodeURIComponent(address.replace('http://a.example', '')))
    return new Response(null, { status: 204 })
  },
})
await api.query.query({ form: { a: 'x' }, deep: { a: 'x' }, json: { a: 'x' } })
await api.query.query({ commas: ['a', 'b'], pipes: ['a', 'b'], maybe: null })
await api.items.item('a/b')
await api.label.label(['a', 'b'])
console.log(sent)
assert.deepEqual(sent, [
  '/query?form=[object Object]&deep=[object Object]&json=[object Object]',
  '/query?commas=a&commas=b&pipes=a&pipes=b&maybe=null',
  '/items/a/b',
  '/label/a,b',
], 'the behaviour changed')
assert(!readFileSync('client/Api.ts', 'utf8').includes('x-header'), 'the behaviour changed')
JAVASCRIPT
node seen.mjs
