#!/usr/bin/env bash
# @scalar/openapi-upgrader loses a property that is called `example` when it goes from OpenAPI 3.0 to 3.1.
#
# Guess:     the keyword `example` of a schema becomes `examples`; a property of that name stays.
# Version:   npm @scalar/openapi-upgrader 0.1.11.
# Behaviour: `properties: {example: {type: string}}` becomes `properties: {examples: [{type: string}]}`: the property is gone,
#            another one is there, and its schema is a list, which is no schema.
# Source:    OpenAPI 3.1.1, section 4.8.24 (Schema Object); JSON Schema 2020-12 validation, section 9.5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @scalar/openapi-upgrader@0.1.11
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { upgrade } from '@scalar/openapi-upgrader'

const thing = { type: 'object', properties: { example: { type: 'string' }, name: { type: 'string' } } }
const old = { openapi: '3.0.3', info: { title: 't', version: '1' }, paths: {}, components: { schemas: { Thing: thing } } }
const properties = upgrade(old, '3.1').components.schemas.Thing.properties
console.log(JSON.stringify(properties))
assert.deepEqual(properties, { name: { type: 'string' }, examples: [{ type: 'string' }] }, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
