#!/usr/bin/env bash
# LoopBack takes the commas of a described list for data, sends a JSON string as text, and refuses large numbers of `int64`.
#
# Guess:     the server reads the parameters of the description that it serves, and responds with its media type.
# Versions:  npm @loopback/rest 15.0.16, @loopback/core 7.0.15, reflect-metadata 0.2.2.
# Behaviour: with `explode: false`, `p=a,b` is the list of the one string "a,b", without an error. A list in a header is 400 "must be array"
#            for every value. `format: int64` refuses 9007199254740993, since it is read as a number of JavaScript first. A string that
#            a method returns is `text/plain`, where the description has JSON. An operation with a cookie parameter is 501 for every request.
# Source:    OpenAPI 3.0.4, "Style Examples", sections 4.4 (int64 is 64 bits) and 4.7.12.
# Here:      a string is read by the `Content-Type` of the response (docs/bodies.md); docs/frameworks.md has the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @loopback/rest@15.0.16 @loopback/core@7.0.15 reflect-metadata@0.2.2
cat >seen.cjs <<'JAVASCRIPT'
require('reflect-metadata')
const assert = require('node:assert')
const { RestApplication, get } = require('@loopback/rest')

class Controller {
  echo(commas, id, header) {
    return { commas, id, header }
  }
  text() {
    return 'hi'
  }
  cookie() {
    return {}
  }
}

const list = { type: 'array', items: { type: 'string' } }
const describe = (name, parameters) => {
  const responses = { 200: { description: 'Done', content: { 'application/json': { schema: { type: 'string' } } } } }
  get(`/${name}`, { parameters, responses })(Controller.prototype, name, Object.getOwnPropertyDescriptor(Controller.prototype, name))
}
describe('echo', [
  { name: 'commas', in: 'query', explode: false, schema: list },
  { name: 'id', in: 'query', schema: { type: 'integer', format: 'int64' } },
  { name: 'x-list', in: 'header', schema: list },
])
describe('text', [])
describe('cookie', [{ name: 'c', in: 'cookie', schema: { type: 'string' } }])

async function main() {
  const app = new RestApplication({ rest: { port: 0, host: '127.0.0.1' } })
  app.controller(Controller)
  await app.start()
  const call = async (path, headers = {}) => {
    const response = await fetch(app.restServer.url + path, { headers })
    const text = await response.text()
    return [response.status, response.headers.get('content-type').split(';')[0], response.status === 200 ? text : '']
  }
  const described = (await (await fetch(`${app.restServer.url}/openapi.json`)).json()).paths
  const seen = [
    described['/echo'].get.parameters[0].explode,
    Object.keys(described['/text'].get.responses[200].content),
    await call('/echo?commas=a,b'),
    await call('/echo?id=9007199254740991'),
    await call('/echo?id=9007199254740993'),
    await call('/echo', { 'x-list': 'a, b' }),
    await call('/text'),
    await call('/cookie'),
  ]
  console.log(seen)
  assert.deepEqual(seen, [
    false,
    ['application/json'],
    [200, 'application/json', '{"commas":["a,b"]}'],
    [200, 'application/json', '{"id":9007199254740991}'],
    [400, 'application/json', ''],
    [400, 'application/json', ''],
    [200, 'text/plain', 'hi'],
    [501, 'application/json', ''],
  ], 'the behaviour changed')
  await app.stop()
}

main().then(() => process.exit(0), (error) => {
  console.error(error)
  process.exit(1)
})
JAVASCRIPT
node seen.cjs 2>log || { cat log; exit 1; }
