#!/usr/bin/env bash
# swagger2openapi loses a body that is described for a whole path, and the format of a form's lists, without an error.
#
# Guess:     a parameter of a path is one of each of its operations; a description that cannot be converted is refused.
# Version:   npm swagger2openapi 7.0.8.
# Behaviour: a parameter `in: body` of the path is gone: no operation has a request body. A list in a form with `collectionFormat: csv` (the
#            default) has no `encoding`, which makes repeated names of it. `x-nullable` beside `$ref` is dropped. A list
#            with pipes in a header is refused.
# Source:    OpenAPI 2.0, "Path Item Object" and "Parameter Object"; OpenAPI 3.0.4, section 4.7.15 (defaults of `encoding`).
# Here:      the generator reads Swagger 2.0 itself (`generator/tests/cases/versions/swagger`, `params/collection_formats`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund swagger2openapi@7.0.8
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import converter from 'swagger2openapi'

const responses = { 200: { description: '' } }
const list = { type: 'array', items: { type: 'string' } }
const body = { name: 'b', in: 'body', required: true, schema: { type: 'string' } }
const description = {
  swagger: '2.0',
  info: { title: 't', version: '1' },
  consumes: ['application/json'],
  paths: {
    '/path': { parameters: [body], post: { responses } },
    '/operation': { post: { parameters: [body], responses } },
    '/form': { post: { consumes: ['application/x-www-form-urlencoded'], parameters: [{ name: 'l', in: 'formData', ...list, collectionFormat: 'csv' }], responses } },
  },
  definitions: { A: { type: 'object', properties: { b: { $ref: '#/definitions/B', 'x-nullable': true } } }, B: { type: 'string' } },
}
const convert = (description) => converter.convertObj(JSON.parse(JSON.stringify(description)), {})
const { openapi } = await convert(description)
const header = { get: { parameters: [{ name: 'l', in: 'header', ...list, collectionFormat: 'pipes' }], responses } }
const refused = await convert({ ...description, paths: { '/header': header } }).catch((error) => error.message)
const seen = [
  openapi.paths['/path'],
  Object.keys(openapi.paths['/operation'].post.requestBody.content),
  openapi.paths['/form'].post.requestBody.content['application/x-www-form-urlencoded'],
  refused,
  openapi.components.schemas.A.properties.b,
]
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [
  { parameters: [], post: { responses } },
  ['application/json'],
  { schema: { type: 'object', properties: { l: list } } },
  'collectionFormat:pipes is no longer supported except for in:query parameters',
  { $ref: '#/components/schemas/B' },
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
