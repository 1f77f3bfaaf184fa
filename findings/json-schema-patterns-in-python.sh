#!/usr/bin/env bash
# No two of four validators read the patterns of JSON Schema alike; Python's accept a line break after `$` and refuse `\p{L}`.
#
# Guess:     `^a$` refuses "a" with a line break, `\d` is 0 to 9, and `\p{L}`, `(?<year>…)` and `\u{1F600}` are patterns, as in ECMA-262
#            with the flag `u`.
# Versions:  PyPI jsonschema 4.26.0, jsonschema-rs 0.60.3, fastjsonschema 2.22.3; npm ajv 8.20.0.
# Behaviour: jsonschema hands the pattern to Python's `re`: the line break is accepted, also in `patternProperties`, `\d` has 3 of every
#            script, and the other three raise `re.error` from `is_valid`. fastjsonschema mends `$` alone. jsonschema-rs is right on these,
#            but a full stop matches U+2028 and a carriage return, for all but Ajv. Ajv follows ECMA-262.
# Source:    JSON Schema 2020-12, Core, section 6.4; ECMA-262, sections 22.2.1 (Patterns) and 12.3 (line terminators).
# Here:      patterns are documentation, so the client refuses no value; the server of such a validator can.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ajv@8.20.0
python3 -m venv v
v/bin/pip install -q jsonschema==4.26.0 jsonschema-rs==0.60.3 fastjsonschema==2.22.3
cat >cases.json <<'JSON'
[
  ["^a$", "a\n"],
  ["^\\d$", "\u0663"],
  ["^\\p{L}$", "\u00e9"],
  ["^(?<year>\\d{4})$", "2020"],
  ["^\\u{1F600}$", "\ud83d\ude00"],
  ["^.$", "\u2028"],
  ["^.$", "\r"]
]
JSON
cat >seen.py <<'PYTHON'
import json

import fastjsonschema
import jsonschema
import jsonschema_rs


def fast(schema, value):
    try:
        fastjsonschema.compile(schema)(value)
    except fastjsonschema.JsonSchemaValueException:
        return False
    return True


def valid(check, schema, value):
    try:
        return check(schema, value)
    except Exception as error:
        return type(error).__name__


with open("cases.json") as file:
    cases = json.load(file)
checks = {
    "jsonschema": lambda schema, value: jsonschema.Draft202012Validator(schema).is_valid(value),
    "jsonschema-rs": jsonschema_rs.is_valid,
    "fastjsonschema": fast,
}
seen = {name: [valid(check, {"pattern": pattern}, value) for pattern, value in cases] for name, check in checks.items()}
print(*seen.items(), sep="\n")
assert seen == {
    "jsonschema": [True, True, "error", "error", "error", True, True],
    "jsonschema-rs": [False, False, True, True, True, True, True],
    "fastjsonschema": [False, True, "error", "error", "error", True, True],
}, "the behaviour changed"
PYTHON
v/bin/python seen.py
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import Ajv from 'ajv/dist/2020.js'

const cases = JSON.parse(readFileSync('cases.json'))
const seen = cases.map(([pattern, value]) => new Ajv.default({ strict: false }).validate({ pattern }, value))
console.log('ajv', seen)
assert.deepEqual(seen, [false, false, true, true, true, false, false], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
