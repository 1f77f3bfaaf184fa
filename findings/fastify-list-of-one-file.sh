#!/usr/bin/env bash
# A form with one file is refused where Fastify describes a list of files; two are taken.
#
# Guess:     a part per item (OpenAPI: "each array item is sent as a separate part") makes a list of files whatever their number,
#            all the more as one string is: Fastify sets Ajv's `coerceTypes: "array"`, so that `tags=x` becomes `["x"]`.
# Versions:  npm fastify 5.12.8, @fastify/multipart 10.1.9 (`attachFieldsToBody: 'keyValues'` and `ajvFilePlugin`).
# Behaviour: a list of one file is 400 "body/files must be array", as Ajv wraps strings, numbers, booleans and null alone; one string
#            beside it is taken. A list of two files is taken.
# Source:    OpenAPI 3.1.1, section 4.8.15 (Encoding Object); Ajv's documentation, "Coercion to and from array" (scalars);
#            README of @fastify/multipart, "JSON Schema body validation".
# Here:      a part per file is sent, as the standard says; docs/frameworks.md says how such an application mends it, and
#            generator/tests/frameworks/fastify.rs sends two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fastify@5.12.8 @fastify/multipart@10.1.9
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import multipart, { ajvFilePlugin } from '@fastify/multipart'
import Fastify from 'fastify'

const app = Fastify({ ajv: { plugins: [ajvFilePlugin] } })
const onFile = async part => { part.value = { file: true, text: (await part.toBuffer()).toString() } }
await app.register(multipart, { attachFieldsToBody: 'keyValues', onFile })
const body = {
  type: 'object',
  properties: { files: { type: 'array', items: { isFile: true } }, tags: { type: 'array', items: { type: 'string' } } }
}
app.post('/', { schema: { body } }, async ({ body: { files, tags } }) => ({ files: files?.map(({ text }) => text), tags }))

async function sent (files, tags) {
  const form = new FormData()
  files.forEach(text => form.append('files', new Blob([text]), 'a.txt'))
  tags.forEach(text => form.append('tags', text))
  const request = new Request('http://app/', { method: 'POST', body: form })
  const payload = Buffer.from(await request.arrayBuffer())
  const headers = { 'content-type': request.headers.get('content-type') }
  const response = await app.inject({ method: 'POST', url: '/', payload, headers })
  return [response.statusCode, response.json().message ?? response.json()]
}

const seen = [await sent(['a', 'b'], ['x', 'y']), await sent([], ['x']), await sent(['a'], ['x'])]
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [
  [200, { files: ['a', 'b'], tags: ['x', 'y'] }],
  [200, { tags: ['x'] }],
  [400, 'body/files must be array']
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
