#!/usr/bin/env bash
# openapi-merge gives the operations of the second description the credentials, server and link targets of the first.
#
# Guess:     an operation of the merged description has the security, server and links that it had, by their new names; where that cannot
#            be said, there is an error.
# Version:   npm openapi-merge 2.0.2.
# Behaviour: two schemes `key` differ, so the second is renamed `B_key`, and nothing names it: `security` of the root is that of the first,
#            and the operation of the second sends the first API key. Its server is gone, also from the operation. Its operationId is
#            renamed `B_get`, and its link still names `get`, which is now an operation of the first. References and values of
#            `mapping` are renamed as they should be.
# Source:    OpenAPI 3.0.4, sections 4.7.1 (`security` and `servers` of the root), 4.7.8 and 4.7.20 (Link Object).
# Here:      generate a crate from each description instead of the merged one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-merge@2.0.2
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { merge } from 'openapi-merge'

const reference = (name) => ({ $ref: `#/components/schemas/${name}` })
const description = (path, server, key, kind) => ({
  openapi: '3.0.4',
  info: { title: 'Test', version: '1' },
  servers: [{ url: server }],
  security: [{ key: [] }],
  paths: {
    [path]: {
      get: {
        operationId: 'get',
        responses: {
          200: {
            description: 'A pet',
            content: { 'application/json': { schema: reference('Pet') } },
            links: { again: { operationId: 'get' } },
          },
        },
      },
    },
  },
  components: {
    securitySchemes: { key },
    schemas: {
      Pet: {
        oneOf: [reference('Cat')],
        discriminator: { propertyName: 'kind', mapping: { c: 'Cat', feline: '#/components/schemas/Cat' } },
      },
      Cat: { type: 'object', properties: { kind: { type: 'string' }, value: { type: kind } } },
    },
  },
})
const first = description('/a', 'https://a.example', { type: 'apiKey', in: 'header', name: 'x-a' }, 'string')
const second = description('/b', 'https://b.example', { type: 'apiKey', in: 'header', name: 'x-b' }, 'integer')
const { output } = merge([{ oas: first }, { oas: second, dispute: { prefix: 'B_' } }])
const { get } = output.paths['/b']
const seen = [
  output.servers,
  output.security,
  output.components.securitySchemes.B_key.name,
  get.security,
  get.servers ?? output.paths['/b'].servers,
  get.operationId,
  get.responses[200].links.again.operationId,
  get.responses[200].content['application/json'].schema.$ref,
  output.components.schemas.B_Pet.discriminator.mapping,
]
console.dir(seen, { depth: null })
assert.deepEqual(seen, [
  [{ url: 'https://a.example' }],
  [{ key: [] }],
  'x-b',
  undefined,
  undefined,
  'B_get',
  'get',
  '#/components/schemas/B_Pet',
  { c: 'B_Cat', feline: '#/components/schemas/B_Cat' },
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
