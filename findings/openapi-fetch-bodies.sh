#!/usr/bin/env bash
# openapi-fetch quotes a text/plain body as JSON and joins the items of a form's list.
#
# Guess:     `Content-Type: text/plain` sends the text as it is, and a list in a form is a pair for each item (OpenAPI's default
#            for application/x-www-form-urlencoded: style form, explode true).
# Version:   npm openapi-fetch 0.17.0.
# Behaviour: the body `hi` is sent as `"hi"`, with the quotes, under text/plain. `{tags: ["a", "b"]}` is `tags=a%2Cb`.
# Source:    OpenAPI 3.1.1, sections 4.8.15 (Encoding Object) and 4.8.14.4; README of openapi-fetch, `bodySerializer`.
# Here:      text bodies are sent as they are, lists of forms as pairs (docs/bodies.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-fetch@0.17.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import createClient from 'openapi-fetch'

const sent = []
const fetch = async (request) => {
  sent.push([request.headers.get('content-type'), await request.text()])
  return new Response('{}', { headers: { 'content-type': 'application/json' } })
}
const client = createClient({ baseUrl: 'http://localhost', fetch })
await client.POST('/x', { body: 'hi', headers: { 'Content-Type': 'text/plain' } })
await client.POST('/x', { body: { tags: ['a', 'b'] }, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
console.log(JSON.stringify(sent))
assert.deepEqual(sent, [['text/plain', '"hi"'], ['application/x-www-form-urlencoded', 'tags=a%2Cb']], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
