#!/usr/bin/env bash
# express-openapi-validator refuses query values that `encodeURIComponent` and `URLSearchParams` have encoded.
#
# Guess:     a value is valid once it is percent-encoded as every browser does it.
# Versions:  npm express-openapi-validator 5.6.2, express 5.3.0.
# Behaviour: "Its value may not contain reserved characters" for a blank that is `+` (`URLSearchParams`, HTML forms), and for
#            `!`, `(`, `)` and `*`, which `encodeURIComponent` leaves as they are. A value with a blank and a `*` passes with neither
#            function. `:` of a time and `@` of an address have to be encoded too.
# Source:    RFC 3986, section 2.2 (reserved characters); OpenAPI 3.0.4, appendix E; ECMA-262, `encodeURIComponent`.
# Here:      the client percent-encodes every reserved character, a blank as `%20` (`runtime/tests/param.rs`).
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

const parameters = [{ name: 'p', in: 'query', schema: { type: 'string' } }]
const paths = { '/x': { get: { parameters, responses: { 200: { description: '' } } } } }
const app = express()
app.use(middleware({ apiSpec: { openapi: '3.0.3', info: { title: 't', version: '1' }, paths } }))
app.use((request, response) => response.json(request.query.p))
app.use((error, request, response, next) => response.status(400).json(error.errors[0].message))
const server = app.listen(0, '127.0.0.1')
await new Promise((done) => server.once('listening', done))
const send = async (query) => (await fetch(`http://127.0.0.1:${server.address().port}/x?${query}`)).status
const every = (value) => encodeURIComponent(value).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
const seen = []
for (const value of ['plain', 'a b', 'wow!', 'f(x*y)', '10:30', 'a@b']) {
  const encoded = `p=${encodeURIComponent(value)}`
  seen.push([value, await send(encoded), await send(new URLSearchParams({ p: value })), await send(`p=${every(value)}`), await send(`p=${value}`)])
}
server.close()
console.log(seen)
assert.deepEqual(seen, [
  ['plain', 200, 200, 200, 200],
  ['a b', 200, 400, 200, 200],
  ['wow!', 400, 200, 200, 400],
  ['f(x*y)', 400, 400, 200, 400],
  ['10:30', 200, 200, 200, 400],
  ['a@b', 200, 200, 200, 400],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
