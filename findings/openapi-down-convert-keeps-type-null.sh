#!/usr/bin/env bash
# @apiture/openapi-down-convert says 3.0.3 and keeps `type: "null"` and lists of types; a property called `const` is lost.
#
# Guess:     `anyOf: [X, {type: "null"}]` (how pydantic spells Optional) becomes `nullable: true`, as `type: [string, "null"]`
#            does; a property that is called `const` stays.
# Version:   npm @apiture/openapi-down-convert 0.14.2.
# Behaviour: the `anyOf` and `type: [string, integer]` stay as they are, which 3.0 does not allow, under `openapi: 3.0.3`; the
#            property `const` becomes a property `enum` whose schema is a list.
# Source:    OpenAPI 3.0.4, section 4.7.24 (type is one string; null is no type).
# Here:      clientsmith reads `type: "null"` and lists of types in descriptions of 3.0, too.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @apiture/openapi-down-convert@0.14.2
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Converter } from '@apiture/openapi-down-convert'

const properties = {
  plain: { type: ['string', 'null'] },
  optional: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  either: { type: ['string', 'integer'] },
  const: { type: 'string' },
}
const schemas = { Thing: { type: 'object', properties } }
const description = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {}, components: { schemas } }
const result = new Converter(description).convert()
const seen = JSON.parse(JSON.stringify(result.components.schemas.Thing.properties))
console.log(result.openapi, JSON.stringify(seen))
assert.equal(result.openapi, '3.0.3', 'the behaviour changed')
assert.deepEqual(seen, {
  plain: { type: 'string', nullable: true },
  optional: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  either: { type: ['string', 'integer'] },
  enum: [{ type: 'string' }],
}, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
