#!/usr/bin/env bash
# `format: duration` of JSON Schema has no fraction, no sign, and no seconds after hours; half of the validators check that.
#
# Guess:     the format is ISO 8601, so `PT0.5S` and `PT1H1S` are valid: pydantic and jiff write them.
# Versions:  npm ajv 8.20.0, ajv-formats 3.0.1, @hyperjump/json-schema 1.18.0; PyPI jsonschema 4.26.0 (with isoduration 20.11.0),
#            jsonschema-rs 0.60.3, fastjsonschema 2.22.3.
# Behaviour: by the grammar each unit is followed by the next smaller one, so one hour and one second is `PT1H0M1S`. hyperjump and
#            jsonschema-rs refuse `PT1H1S` and `P1Y1D`; ajv-formats and fastjsonschema accept them, and refuse `PT0.5S` and `-P1D`;
#            jsonschema accepts all four. None accepts `P1Y2W`, which pydantic reads.
# Source:    RFC 3339, appendix A; JSON Schema 2020-12, Validation, section 7.3.1.
# Here:      a `Duration` is sent as the program gives it; docs/frameworks.md names the strings that every validator accepts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ajv@8.20.0 ajv-formats@3.0.1 @hyperjump/json-schema@1.18.0 @hyperjump/browser@1.5.0
python3 -m venv v
v/bin/pip install -q jsonschema==4.26.0 isoduration==20.11.0 jsonschema-rs==0.60.3 fastjsonschema==2.22.3
cat >seen.mjs <<'JAVASCRIPT'
import Ajv from 'ajv'
import formats from 'ajv-formats'
import { registerSchema, setShouldValidateFormat, validate } from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'

const ajv = new Ajv()
formats(ajv)
setShouldValidateFormat(true)
registerSchema({ $schema: 'https://json-schema.org/draft/2020-12/schema', format: 'duration' }, 'https://example.com/')
const seen = {}
for (const text of process.argv.slice(2)) {
  const byHyperjump = await validate('https://example.com/', text)
  seen[text] = [ajv.validate({ type: 'string', format: 'duration' }, text), byHyperjump.valid]
}
console.log(JSON.stringify(seen))
JAVASCRIPT
cat >seen.py <<'PYTHON'
import json
import subprocess

import fastjsonschema
import jsonschema_rs
from jsonschema import Draft202012Validator

SCHEMA = {"format": "duration"}
TEXTS = ["PT1H0M1S", "P1Y0M1D", "PT1H1S", "P1Y1D", "PT0.5S", "-P1D", "P1Y2W"]
by_node = json.loads(subprocess.check_output(["node", "seen.mjs", *TEXTS]))


def fast(text):
    try:
        fastjsonschema.validate(SCHEMA, text)
    except fastjsonschema.JsonSchemaException:
        return False
    return True


python = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
rust = jsonschema_rs.validator_for(SCHEMA, validate_formats=True)
seen = {text: [fast(text), *by_node[text], rust.is_valid(text), python.is_valid(text)] for text in TEXTS}
print(*seen.items(), sep="\n")
lenient = [True, True, False, False, True]
assert seen == {
    "PT1H0M1S": [True] * 5,
    "P1Y0M1D": [True] * 5,
    "PT1H1S": lenient,
    "P1Y1D": lenient,
    "PT0.5S": [False, False, False, False, True],
    "-P1D": [False, False, False, False, True],
    "P1Y2W": [False] * 5,
}, "the behaviour changed"
PYTHON
v/bin/python seen.py
