#!/usr/bin/env bash
# @scalar/openapi-upgrader leaves `nullable: true` beside `allOf` or `oneOf`, where OpenAPI 3.1 no longer has it.
#
# Guess:     the usual spelling of a nullable reference in 3.0, `{nullable: true, allOf: [{$ref: ...}]}`, becomes a choice with
#            `{type: "null"}`, as `{type: string, nullable: true}` becomes `type: [string, "null"]`.
# Version:   npm @scalar/openapi-upgrader 0.1.11.
# Behaviour: only schemas with a `type` are changed. The others keep a keyword that 3.1 does not know, so by the upgraded
#            description null is refused.
# Source:    OpenAPI 3.1.0, appendix of changes ("nullable" is removed); OpenAPI 3.0.4, section 4.7.24.
# Here:      clientsmith honours `nullable` in descriptions of 3.1, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @scalar/openapi-upgrader@0.1.11
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { upgrade } from '@scalar/openapi-upgrader'

const schemas = {
  Other: { type: 'object' },
  Thing: {
    type: 'object',
    properties: {
      plain: { type: 'string', nullable: true },
      other: { nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] },
      choice: { nullable: true, oneOf: [{ type: 'string' }, { type: 'integer' }] },
    },
  },
}
const old = { openapi: '3.0.3', info: { title: 't', version: '1' }, paths: {}, components: { schemas } }
const { openapi, components } = upgrade(old, '3.1')
const { plain, other, choice } = components.schemas.Thing.properties
console.log(openapi, JSON.stringify({ plain, other, choice }))
assert.deepEqual(plain.type, ['string', 'null'], 'the behaviour changed')
assert.equal(other.nullable, true, 'the behaviour changed')
assert.equal(choice.nullable, true, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
