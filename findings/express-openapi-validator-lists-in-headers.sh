#!/usr/bin/env bash
# express-openapi-validator refuses every call of an operation that describes a list in a header, and cannot receive `ids[]`.
#
# Guess:     the style of a header is `simple` when the description names none; a query parameter called `ids[]` is read.
# Versions:  npm express-openapi-validator 5.6.2, express 5.3.0.
# Behaviour: 400 "Parameter 'style' has incorrect value 'undefined' for [X-P]", also where the optional header is not sent. With
#            `style: simple` it works. `ids[]=1` and `ids%5B%5D=1` are "Unknown query parameter 'ids'", in the default query parser of
#            Express 5 too. Objects in headers and paths, `content` in headers and the styles `label` and `matrix` are refused.
# Source:    OpenAPI 3.0.4, section 4.7.12 (default values of `style`).
# Here:      docs/frameworks.md says which values a client can send.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund express-openapi-validator@5.6.2 express@5.3.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import express from 'express'
import { middleware } from 'express-openapi-validator'

const number = { type: 'integer' }
const list = { type: 'array', items: number }
const object = { type: 'object', properties: { a: number } }

const call = async (parameter, path, headers = {}) => {
  const template = parameter.in === 'path' ? '/x/{p}' : '/x'
  const required = parameter.in === 'path'
  const operation = { parameters: [{ name: 'p', required, ...parameter }], responses: { 200: { description: '' } } }
  const app = express()
  app.use(middleware({ apiSpec: { openapi: '3.0.3', info: { title: 't', version: '1' }, paths: { [template]: { get: operation } } } }))
  app.use((request, response) => response.json(200))
  app.use((error, request, response, next) => response.json(error.errors[0].message))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const response = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers })
  server.close()
  return response.json()
}
const seen = [
  await call({ in: 'header', schema: list, style: 'simple' }, '/x', { p: '1, 2' }),
  await call({ in: 'header', schema: list }, '/x', { p: '1, 2' }),
  await call({ in: 'header', schema: list }, '/x'),
  await call({ in: 'header', schema: object, style: 'simple' }, '/x', { p: 'a,1' }),
  await call({ in: 'header', content: { 'application/json': { schema: object } } }, '/x', { p: '{"a":1}' }),
  await call({ in: 'query', name: 'ids[]', schema: list }, '/x?ids[]=1&ids[]=2'),
  await call({ in: 'query', name: 'ids[]', schema: list }, '/x?ids%5B%5D=1'),
  await call({ in: 'path', schema: list }, '/x/1,2'),
  await call({ in: 'path', schema: object, explode: true }, '/x/a=1'),
  await call({ in: 'path', schema: list, style: 'label' }, '/x/.1,2'),
  await call({ in: 'path', schema: number, style: 'matrix' }, '/x/;p=1'),
]
console.log(seen)
const style = (value) => `Parameter 'style' has incorrect value '${value}' for [p]`
const unknown = "Unknown query parameter 'ids'"
assert.deepEqual(seen, [
  200, style('undefined'), style('undefined'), 'must be object', 'must be object', unknown, unknown, 200, 'must be object',
  style('label'), 'must be integer',
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
