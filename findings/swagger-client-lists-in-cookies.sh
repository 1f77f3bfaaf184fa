#!/usr/bin/env bash
# swagger-client (behind "Try it out" of Swagger UI) puts the pairs of a cookie's list into the value of one cookie.
#
# Guess:     a list in a cookie is `p=a; p=b` with `explode: true`, which is the default, or refused; an empty string in a query is `p=`.
# Version:   npm swagger-client 3.37.3.
# Behaviour: `["a", "b"]` is the cookie `p=p%3Da%26p%3Db`, the encoded text "p=a&p=b"; one item is `p=p%3Da`. An object is "R=100&G=200" in
#            the same way. Without `explode` in the description it is false: `p=a%2Cb`. In a query an empty string is not sent, and
#            a path parameter that is null leaves `{p}` in the address, without an error.
# Source:    OpenAPI 3.0.4, "Style Examples" and section 4.7.12 (`form` with `explode` is the default of cookies).
# Here:      `p=a; p=b`, `p=` and an error (`runtime/tests/param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund swagger-client@3.37.3
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import SwaggerClient from 'swagger-client'

const build = (parameter, value) => {
  const path = parameter.in === 'path' ? '/x/{p}' : '/x'
  const get = { operationId: 'read', parameters: [{ name: 'p', required: true, ...parameter }], responses: { 200: { description: '' } } }
  const spec = { openapi: '3.0.3', info: { title: 't', version: '1' }, servers: [{ url: 'http://a' }], paths: { [path]: { get } } }
  const request = SwaggerClient.buildRequest({ spec, operationId: 'read', parameters: { p: value } })
  return request.headers.Cookie ?? request.url
}
const list = { type: 'array', items: { type: 'string' } }
const seen = [
  build({ in: 'cookie', schema: list, explode: true }, ['a', 'b']),
  build({ in: 'cookie', schema: list, explode: true }, ['a']),
  build({ in: 'cookie', schema: { type: 'object' }, explode: true }, { R: 100, G: 200 }),
  build({ in: 'cookie', schema: list }, ['a', 'b']),
  build({ in: 'query', schema: { type: 'string' } }, ''),
  build({ in: 'path', schema: { type: 'string' } }, null),
]
console.log(seen)
assert.deepEqual(seen, [
  'p=p%3Da%26p%3Db', 'p=p%3Da', 'p=R%3D100%26G%3D200', 'p=a%2Cb', 'http://a/x', 'http://a/x/{p}',
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
