#!/usr/bin/env bash
# Nest describes an optional parameter as required, and JSON where it sends HTML or nothing.
#
# Guess:     `@Query('limit') limit?: number` is `required: false`, as TypeScript knows the question mark and an optional property of
#            a DTO needs a decorator of its own; and what `@ApiOkResponse({ type: Number })` describes as `application/json` is sent
#            with that media type, null too.
# Versions:  npm @nestjs/core 12.5.1, @nestjs/platform-express 12.5.1, @nestjs/swagger 12.0.2.
# Behaviour: `required: true`, with a default value (`limit = 10`) as well: design:paramtypes has no question marks. An array of
#            numbers is described as one of strings. A number, a boolean and a string go out as `text/html; charset=utf-8`, and
#            null as status 200 with an empty body and no media type.
# Source:    Nest's documentation: "Controllers" (primitives are sent "without attempting to serialize"), "OpenAPI: Types and
#            parameters"; OpenAPI 3.0.4, section 4.7.12 (`required` of a parameter). `@ApiQuery({ required: false })` mends it.
# Here:      docs/frameworks.md, where the settings that mend it are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >package.json <<'JSON'
{ "private": true, "type": "module" }
JSON
npm install --silent --no-audit --no-fund @nestjs/core@12.5.1 @nestjs/common@12.5.1 @nestjs/platform-express@12.5.1 \
    @nestjs/swagger@12.0.2 reflect-metadata@0.2.2 rxjs@7.8.2 typescript@5.9.3 @types/node@20.19.43
cat >seen.ts <<'TYPESCRIPT'
import 'reflect-metadata'
import assert from 'node:assert'
import { Controller, Get, Module, Query } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ApiOkResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger'

@Controller()
class Numbers {
  @Get('list') @ApiOkResponse({ type: Number }) list(@Query('ids') ids?: number[], @Query('limit') limit: number = 10) { return limit }
  @Get('flag') @ApiOkResponse({ type: Boolean }) flag() { return true }
  @Get('none') @ApiOkResponse({ type: Number }) none() { return null }
}
@Module({ controllers: [Numbers] })
class App {}

const app = await NestFactory.create(App, { logger: false })
const description: any = SwaggerModule.createDocument(app, new DocumentBuilder().build())
const { parameters, responses } = description.paths['/list'].get
console.log(JSON.stringify({ parameters, responses }))
await app.listen(0, '127.0.0.1')
const seen = []
for (const path of ['/list', '/flag', '/none']) {
  const response = await fetch(`${await app.getUrl()}${path}`)
  seen.push([response.status, response.headers.get('content-type'), await response.text()])
}
await app.close()
console.log(JSON.stringify(seen))
assert.deepEqual(parameters, [
  { name: 'ids', required: true, in: 'query', schema: { type: 'array', items: { type: 'string' } } },
  { name: 'limit', required: true, in: 'query', schema: { type: 'number' } }
], 'the behaviour changed')
assert.deepEqual(Object.keys(responses['200'].content), ['application/json'], 'the behaviour changed')
assert.deepEqual(seen, [
  [200, 'text/html; charset=utf-8', '10'],
  [200, 'text/html; charset=utf-8', 'true'],
  [200, null, '']
], 'the behaviour changed')
TYPESCRIPT
npx tsc --target es2022 --module nodenext --moduleResolution nodenext --experimentalDecorators --emitDecoratorMetadata \
    --skipLibCheck --strict false seen.ts
node seen.js
