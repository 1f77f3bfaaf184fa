#!/usr/bin/env bash
# openapi-fetch sends the template of a path whose parameter is null, an empty pair for a null item, and no cookies in Node.
#
# Guess:     a path parameter that is null or missing is an error before anything is sent; a null item of a list is left out or
#            is an error; cookie parameters are sent or refused.
# Version:   npm openapi-fetch 0.17.0 (Node 20).
# Behaviour: `/users/{id}` with id null asks for `/users/%7Bid%7D`; `ids: [1, null, 3]` is `ids=1&&ids=3`; `params.cookie` is
#            never sent. Nothing of it is an error.
# Source:    OpenAPI 3.1.1, section 4.8.12 (a path parameter is required); types of openapi-fetch (`params.cookie`).
# Here:      path parameters are arguments, and an empty one is an error (docs/parameters.md); cookies are sent.
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
  sent.push([new URL(request.url).pathname + new URL(request.url).search, request.headers.get('cookie')])
  return new Response('{}', { headers: { 'content-type': 'application/json' } })
}
const client = createClient({ baseUrl: 'http://localhost', fetch })
await client.GET('/users/{id}', { params: { path: { id: null } } })
await client.GET('/users', { params: { query: { ids: [1, null, 3] } } })
await client.GET('/users', { params: { cookie: { session: 'a' } } })
console.log(JSON.stringify(sent))
assert.deepEqual(sent, [['/users/%7Bid%7D', null], ['/users?ids=1&&ids=3', null], ['/users', null]], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
