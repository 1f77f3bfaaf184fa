#!/usr/bin/env bash
# tsoa describes a Buffer as Base64, reads it as text and sends an object; a response that is null is an undocumented 204.
#
# Guess:     a property `Buffer`, which is described as `format: byte`, takes "aGk=" and gives it back; `Item | null` is JSON, as described.
# Versions:  npm tsoa 6.6.0, express 5.3.0, typescript 5.9.3.
# Behaviour: "aGk=" is the four bytes of that text, not "hi". The response has `{"type": "Buffer", "data": [97, 71, 107, 61]}`, where the
#            description has a string. For null the status is 204 without a body; the description has 200 alone, nullable.
# Source:    OpenAPI 3.0.4, section 4.4 (`byte` is Base64) and section 4.7.16 (a response that is not described).
# Here:      `[types]` makes the property any JSON, and `optional` the operation an `Option` (docs/settings.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tsoa@6.6.0 express@5.3.0 typescript@5.9.3 @types/express@5.0.6 @types/node@20
mkdir build
cat >controller.ts <<'TYPESCRIPT'
import { Body, Controller, Get, Post, Route } from 'tsoa'

interface Item {
  bytes: Buffer
}

@Route('/')
export class Items extends Controller {
  @Post('item')
  public item(@Body() item: Item): Item {
    return item
  }

  @Get('null')
  public nothing(): Item | null {
    return null
  }
}
TYPESCRIPT
cat >seen.ts <<'TYPESCRIPT'
import assert from 'node:assert'
import { AddressInfo } from 'node:net'
import express from 'express'
import { RegisterRoutes } from './build/routes'
import description from './build/swagger.json'

const app = express()
app.use(express.json())
RegisterRoutes(app)
const server = app.listen(0, '127.0.0.1', async () => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const headers = { 'content-type': 'application/json' }
  const item = await fetch(`${address}/item`, { method: 'POST', headers, body: JSON.stringify({ bytes: 'aGk=' }) })
  const nothing = await fetch(`${address}/null`)
  const seen = [
    description.components.schemas.Item.properties.bytes,
    await item.json(),
    Object.keys(description.paths['/null'].get.responses),
    [nothing.status, await nothing.text()],
  ]
  server.close()
  console.log(JSON.stringify(seen))
  assert.deepEqual(seen, [
    { type: 'string', format: 'byte' }, { bytes: { type: 'Buffer', data: [97, 71, 107, 61] } }, ['200'], [204, ''],
  ], 'the behaviour changed')
})
TYPESCRIPT
echo '{"entryFile":"controller.ts","controllerPathGlobs":["controller.ts"],"spec":{"outputDirectory":"build","specVersion":3},"routes":{"routesDir":"build"}}' >tsoa.json
echo '{"compilerOptions":{"experimentalDecorators":true,"emitDecoratorMetadata":true,"target":"es2022","module":"commonjs","strict":true,
"esModuleInterop":true,"resolveJsonModule":true,"skipLibCheck":true,"outDir":"js"},"files":["seen.ts"]}' >tsconfig.json
npx tsoa spec-and-routes
npx tsc
node js/seen.js
