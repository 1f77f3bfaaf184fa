#!/usr/bin/env bash
# Redocly, openapi-typescript and openapi-spec-validator look for a file where a schema with `$id` names another schema.
#
# Guess:     in OpenAPI 3.1 `$ref: b` inside `$id: https://example.com/a` is `https://example.com/b`, a schema of the same description;
#            `#bb` is the schema with `$anchor: bb`.
# Versions:  npm @redocly/openapi-core 2.64.0, openapi-typescript 7.13.0, @apidevtools/swagger-parser 13.1.0; PyPI
#            openapi-spec-validator 0.8.5.
# Behaviour: the first two resolve `b` against the path of the description and `#/$defs/B` against its root, and fail; openapi-spec-validator
#            fails at both and at the anchor, openapi-typescript at the anchor too. swagger-parser resolves `$id` and leaves `#bb` in
#            the dereferenced description; Redocly does the reverse.
# Source:    JSON Schema 2020-12, Core, sections 8.2.1, 8.2.2 and 9.1.2; OpenAPI 3.1.1, section 4.8.24.
# Here:      both are read (`generator/tests/cases/refs/anchors_and_ids`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @redocly/openapi-core@2.64.0 openapi-typescript@7.13.0 @apidevtools/swagger-parser@13.1.0
python3 -m venv v
v/bin/pip install -q openapi-spec-validator==0.8.5
cat >seen.mjs <<'JAVASCRIPT'
import { writeFileSync } from 'node:fs'
import SwaggerParser from '@apidevtools/swagger-parser'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import openapiTypescript, { astToString } from 'openapi-typescript'

const text = { type: 'string' }
const schemas = {
  id: { A: { $id: 'https://example.com/a', properties: { b: { $ref: 'b' } } }, B: { $id: 'https://example.com/b', ...text } },
  defs: { A: { $id: 'https://example.com/a', properties: { b: { $ref: '#/$defs/B' } }, $defs: { B: text } } },
  anchor: { A: { properties: { b: { $ref: '#bb' } } }, B: { $anchor: 'bb', ...text } },
}
const config = await createConfig({ rules: { 'no-unresolved-refs': 'error' } })
const seen = {}
for (const [name, components] of Object.entries(schemas)) {
  const description = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {}, components: { schemas: components } }
  writeFileSync(`${name}.json`, JSON.stringify(description))
  const redocly = (await lintFromString({ source: JSON.stringify(description), config })).length === 0
  const typescript = await openapiTypescript(structuredClone(description), { silent: true }).then((ast) => astToString(ast).includes('b?'), () => false)
  const parser = (await SwaggerParser.dereference(structuredClone(description))).components.schemas.A.properties.b.type === 'string'
  seen[name] = [redocly, typescript, parser]
}
console.log(JSON.stringify(seen))
JAVASCRIPT
cat >seen.py <<'PYTHON'
import json
import subprocess

from openapi_spec_validator import OpenAPIV31SpecValidator

seen = json.loads(subprocess.check_output(["node", "seen.mjs"], stderr=subprocess.DEVNULL).splitlines()[-1])
for name, found in seen.items():
    try:
        found.append(not list(OpenAPIV31SpecValidator(json.load(open(f"{name}.json"))).iter_errors()))
    except Exception:
        found.append(False)
print(*seen.items(), sep="\n")
assert seen == {
    "id": [False, False, True, False],
    "defs": [False, False, True, False],
    "anchor": [True, False, False, False],
}, "the behaviour changed"
PYTHON
v/bin/python seen.py
