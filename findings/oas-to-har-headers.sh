#!/usr/bin/env bash
# oas-to-har percent-encodes headers, and gives the second item of a list in an object another name.
#
# Guess:     a time in a header is sent as it is; an object `{"l": [1, 2]}` of the style `form` is `l=1&l=2`, or an error.
# Versions:  npm @readme/oas-to-har 38.5.1, oas 38.6.0.
# Behaviour: where the description names the style, the header is `2025-01-02T03%3A04%3A05Z`, which no server decodes, and the object is
#            `l=1&p=2`, where `p` is the name of the parameter; an object in it is `a=b=1`. Without the style the header is right and
#            the object is one pair, `p=l=1,2`. Null is the word "null". Other styles write "[object Object]".
# Source:    OpenAPI 3.0.4, "Style Examples" (RFC 6570 does not apply to headers) and section 4.7.12.
# Here:      headers are unchanged, an array in an object is a pair for each item (docs/parameters.md, `runtime/tests/param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @readme/oas-to-har@38.5.1 oas@38.6.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import toHar from '@readme/oas-to-har'
import Oas from 'oas'

const build = (parameter, value) => {
  const get = { operationId: 'read', parameters: [{ name: 'p', ...parameter }], responses: { 200: { description: '' } } }
  const oas = Oas.init({ openapi: '3.0.3', info: { title: 't', version: '1' }, servers: [{ url: 'http://a' }], paths: { '/x': { get } } })
  const { request } = toHar(oas, oas.operation('/x', 'get'), { [parameter.in]: { p: value } }).log.entries[0]
  return [...request.headers, ...request.queryString].map(({ name, value }) => `${name}=${value}`)
}
const object = { type: 'object' }
const time = { type: 'string', format: 'date-time' }
const form = { style: 'form', explode: true }
const seen = [
  build({ in: 'header', schema: time, style: 'simple', explode: false }, '2025-01-02T03:04:05Z'),
  build({ in: 'header', schema: time }, '2025-01-02T03:04:05Z'),
  build({ in: 'query', schema: object, ...form }, { l: [1, 2] }),
  build({ in: 'query', schema: object }, { l: [1, 2] }),
  build({ in: 'query', schema: object, ...form }, { a: { b: 1 } }),
  build({ in: 'query', schema: { type: 'array', items: {} }, ...form }, ['a', null]),
  build({ in: 'query', schema: object, style: 'form', explode: false }, { a: { b: 1 } }),
]
console.log(seen)
assert.deepEqual(seen, [
  ['p=2025-01-02T03%3A04%3A05Z'], ['p=2025-01-02T03:04:05Z'], ['l=1&p=2'], ['p=l=1,2'], ['a=b=1'], ['p=a', 'p=null'],
  ['p=a,[object Object]'],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
