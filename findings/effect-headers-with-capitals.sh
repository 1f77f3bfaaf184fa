#!/usr/bin/env bash
# Effect describes a header by the name of its schema, and never reads one that has a capital letter, nor a list or object.
#
# Guess:     a header described as `X-Token` arrives whatever its case, and a described list or object has a spelling that arrives.
# Version:   npm effect 4.1.0.
# Behaviour: the names of a request are in lower case and the schema compares case: an optional `X-Token` is absent, without an error,
#            and a required one is 400 for every request. A list in a header is 400 for every value. An object in a query is described
#            without a style, so it is a pair for each property; that, deep objects and JSON are all refused. These 400 have no body
#            and are not described. Numbers and booleans of queries and headers are described as strings.
# Source:    RFC 9110, section 5.1 (field names are case-insensitive); OpenAPI 3.1.1, section 4.8.12 (default values of `style`).
# Here:      the client sends the described header; docs/frameworks.md says what arrives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund effect@4.1.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Effect, Layer, Schema } from 'effect'
import { HttpRouter, HttpServer } from 'effect/http'
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup, OpenApi } from 'effect/http-api'

const { optional, String: Text, Array: List, Struct, Finite, Boolean: Bool } = Schema
const success = Schema.String
const group = HttpApiGroup.make('all').add(
  HttpApiEndpoint.get('optional', '/optional', { headers: { 'X-Token': optional(Text), 'x-lower': optional(Text) }, success }),
  HttpApiEndpoint.get('required', '/required', { headers: { 'X-Token': Text }, success }),
  HttpApiEndpoint.get('list', '/list', { headers: { 'x-list': optional(List(Text)) }, success }),
  HttpApiEndpoint.get('query', '/query', { query: { o: Struct({ a: Text }), n: optional(Finite), on: optional(Bool) }, success }),
)
const api = HttpApi.make('api').add(group)
const paths = OpenApi.fromApi(api).paths
const echo = ({ headers, query }) => Effect.succeed(JSON.stringify(headers ?? query))
const handlers = HttpApiBuilder.group(api, 'all', (all) =>
  all.handle('optional', echo).handle('required', echo).handle('list', echo).handle('query', echo))
const app = HttpApiBuilder.layer(api).pipe(Layer.provide(handlers), Layer.provide(HttpServer.layerServices))
const { handler } = HttpRouter.toWebHandler(app, { disableLogger: true })

async function call(path, headers = {}) {
  const response = await handler(new Request(`http://a.example${path}`, { headers }))
  const text = await response.text()
  return response.status === 200 ? JSON.parse(JSON.parse(text)) : [response.status, text]
}

const parameters = (path) => paths[path].get.parameters.map(({ name, style, schema }) => [name, style, schema.type])
const seen = [
  parameters('/optional'),
  parameters('/list'),
  parameters('/query'),
  Object.keys(paths['/required'].get.responses),
  await call('/optional', { 'X-Token': 'a', 'X-Lower': 'b' }),
  await call('/required', { 'X-Token': 'a' }),
  await call('/list', { 'x-list': 'a' }),
  await call('/list', { 'x-list': 'a, b' }),
  await call('/query?a=x'),
  await call('/query?o[a]=x'),
  await call('/query?o=%7B%22a%22%3A%22x%22%7D'),
]
console.dir(seen, { depth: null })
assert.deepEqual(seen, [
  [['X-Token', undefined, 'string'], ['x-lower', undefined, 'string']],
  [['x-list', undefined, 'array']],
  [['o', undefined, 'object'], ['n', undefined, 'string'], ['on', undefined, 'string']],
  ['200'],
  { 'x-lower': 'b' },
  [400, ''],
  [400, ''],
  [400, ''],
  [400, ''],
  [400, ''],
  [400, ''],
], 'the behaviour changed')
process.exit()
JAVASCRIPT
node seen.mjs
