#!/usr/bin/env bash
# Scalar's mock server responds with 500 where the description has 204 or `2XX`, and with null for a constant.
#
# Guess:     a documented 204 is an empty response, and `2XX` a status between 200 and 299.
# Versions:  npm @scalar/mock-server 0.3.25, hono 4.13.19, Node 20.
# Behaviour: the server passes an empty text as the body of a 204, which `Response` refuses, and the first digit of `2XX` as the
#            status, which it refuses too. `default` is 200. Values are not valid: an integer of at least 5 is 1, a `const` is null, and
#            so is a response with `examples`. A documented HEAD is 404.
# Source:    Fetch, "null body status"; OpenAPI 3.1.1, section 4.8.16 (ranges of statuses).
# Here:      an empty 204 is a success, ranges are outcomes (`generator/tests/cases/responses`); tests use the mock server of the crate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @scalar/mock-server@0.3.25 hono@4.13.19
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { createMockServer } from '@scalar/mock-server'

console.error = () => {}
const json = (schema) => ({ description: '', content: { 'application/json': { schema } } })
const number = { type: 'integer', minimum: 5 }
const paths = {
  '/exact': { get: { responses: { 200: json(number) } } },
  '/empty': { delete: { responses: { 204: { description: '' } } } },
  '/range': { get: { responses: { '2XX': json(number) } } },
  '/default': { get: { responses: { default: json(number) } } },
  '/const': { get: { responses: { 200: json({ const: 'k' }) } } },
  '/examples': { get: { responses: { 200: { description: '', content: { 'application/json': { examples: { one: { value: 1 } } } } } } } },
  '/head': { head: { responses: { 200: { description: '' } } } },
}
const app = await createMockServer({ specification: { openapi: '3.1.0', info: { title: 't', version: '1' }, paths } })
const call = async (path, method = 'GET') => {
  const response = await app.request(path, { method })
  return [response.status, await response.text()]
}
const seen = [await call('/exact'), await call('/empty', 'DELETE'), await call('/range'), await call('/default')]
seen.push(await call('/const'), await call('/examples'), [(await call('/head', 'HEAD'))[0]])
console.log(JSON.stringify(seen))
const failed = [500, 'Internal Server Error']
assert.deepEqual(seen, [[200, '1'], failed, failed, [200, '1'], [200, 'null'], [200, 'null'], [404]], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
