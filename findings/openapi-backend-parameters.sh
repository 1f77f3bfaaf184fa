#!/usr/bin/env bash
# openapi-backend refuses lists in paths, headers and cookies, and knows no operation once a 3.1 description has a list of types.
#
# Guess:     `/x/1,2` and `x-p: 1,2` are lists, as `style: simple` is the default; "OpenAPI 3.1 support" covers `type: [integer, "null"]`.
# Version:   npm openapi-backend 5.21.2.
# Behaviour: only lists in a query are split; the others are "must be array", with `coerceTypes` too. So are all objects outside a deep
#            object. `coerceTypes` converts query values; a handler gets a number of a path or header as a string. A 3.1 description
#            with `type: [integer, "null"]` or `const` is "not valid OpenAPI" in the log, and all its operations are 404.
# Source:    OpenAPI 3.0.4, section 4.7.12; OpenAPI 3.1.1, section 4.8.24; README of openapi-backend.
# Here:      docs/frameworks.md says which values a client can send.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-backend@5.21.2
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { OpenAPIBackend } from 'openapi-backend'

const number = { type: 'integer' }
const list = { type: 'array', items: number }
console.error = console.warn = () => {}

const call = async (openapi, parameter, path, query = '', headers = {}) => {
  const template = parameter.in === 'path' ? '/x/{p}' : '/x'
  const operation = { operationId: 'read', parameters: [{ name: 'p', required: parameter.in === 'path', ...parameter }], responses: { 200: { description: '' } } }
  const api = new OpenAPIBackend({ definition: { openapi, info: { title: 't', version: '1' }, paths: { [template]: { get: operation } } }, coerceTypes: true })
  api.register({
    read: ({ request }) => ({ path: request.params, query: request.query, header: request.headers, cookie: request.cookies })[parameter.in].p,
    validationFail: ({ validation }) => validation.errors[0].message,
    notFound: () => 404,
  })
  await api.init()
  return api.handleRequest({ method: 'GET', path, query, headers })
}
const seen = [
  await call('3.0.3', { in: 'query', schema: list, explode: false }, '/x', 'p=1,2'),
  await call('3.0.3', { in: 'path', schema: list }, '/x/1,2'),
  await call('3.0.3', { in: 'header', schema: list }, '/x', '', { p: '1,2' }),
  await call('3.0.3', { in: 'cookie', schema: list, explode: false }, '/x', '', { cookie: 'p=1,2' }),
  await call('3.0.3', { in: 'query', schema: number }, '/x', 'p=1'),
  await call('3.0.3', { in: 'path', schema: number }, '/x/1'),
  await call('3.1.0', { in: 'query', schema: { anyOf: [number, { type: 'null' }] } }, '/x', 'p=1'),
  await call('3.1.0', { in: 'query', schema: { type: ['integer', 'null'] } }, '/x', 'p=1'),
  await call('3.1.0', { in: 'query', schema: { const: 1 } }, '/x', 'p=1'),
]
console.log(seen)
const refused = 'must be array'
assert.deepEqual(seen, [[1, 2], refused, refused, refused, 1, '1', 1, 404, 404], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
