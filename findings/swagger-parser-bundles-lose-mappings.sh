#!/usr/bin/env bash
# swagger-parser bundles files into one description, and leaves mappings of discriminators that point into the files.
#
# Guess:     `bundle` makes one document that means the same as the files: a mapping names the schema that it named before.
# Version:   npm @apidevtools/swagger-parser 13.1.0.
# Behaviour: references become references into the bundle, and values of `discriminator.mapping` stay: `models.yaml#/Cat` names a file
#            that is no part of the bundle, and `#/Dog`, which meant a schema of its own file, names nothing. No error says so. The
#            schemas are under the first place that uses them and not under `components`, so the implicit names of the mapping are lost
#            too.
# Source:    OpenAPI 3.1.1, section 4.8.25 (Discriminator Object): values of `mapping` are names or URI references of schemas.
# Relation:  such a value is the warning W0813 with its place, and the variants are told apart by their fields. Generate from the files
#            instead of the bundle (docs/diagnostics.md, W0813).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @apidevtools/swagger-parser@13.1.0
cat >api.yaml <<'YAML'
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pet:
    get:
      responses:
        '200': {description: x, content: {application/json: {schema: {$ref: 'models.yaml#/Pet'}}}}
YAML
cat >models.yaml <<'YAML'
Pet:
  oneOf: [{$ref: '#/Cat'}, {$ref: '#/Dog'}]
  discriminator: {propertyName: kind, mapping: {cat: 'models.yaml#/Cat', dog: '#/Dog'}}
Cat: {type: object, properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {type: object, properties: {kind: {type: string}, owner: {type: string}}}
YAML
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import SwaggerParser from '@apidevtools/swagger-parser'

const bundle = await SwaggerParser.bundle('api.yaml')
const schema = bundle.paths['/pet'].get.responses['200'].content['application/json'].schema
console.log(JSON.stringify({ mapping: schema.discriminator.mapping, components: bundle.components, dog: bundle.Dog }))
assert.deepEqual(schema.discriminator.mapping, { cat: 'models.yaml#/Cat', dog: '#/Dog' }, 'the behaviour changed')
assert.equal(bundle.components, undefined, 'the behaviour changed')
assert.equal(bundle.Dog, undefined, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
