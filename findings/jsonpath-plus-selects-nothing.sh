#!/usr/bin/env bash
# jsonpath-plus selects nothing for filters, indices and slices of RFC 9535, without an error.
#
# Guess:     `$[?@.n == 2]`, `$[-1]` and `$[::-1]` select, or are errors of a library that is older than the standard.
# Versions:  npm jsonpath-plus 10.4.0; PyPI jsonpath-rfc9535 1.0.1 and jsonpath-ng 1.16.0 (for comparison).
# Behaviour: a filter without parentheses, a negative index and a negative step give an empty list, as if the document had no such node;
#            `$[?(@.t)]` tests the truth of the value and not that there is one, and `$.b-c` is taken for a name. A function selects
#            nothing. The others select the nodes of the standard, except that a function is an error for jsonpath-ng.
# Source:    RFC 9535, sections 2.3.3 (negative index), 2.3.4 (negative step), 2.3.5 (filters; tests of existence) and 2.5.1.1 (names).
# Here:      overlays have paths of RFC 9535 (docs/overlays.md); a target that selects nothing is the error E0902.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsonpath-plus@10.4.0
python3 -m venv v
v/bin/pip install -q jsonpath-rfc9535==1.0.1 jsonpath-ng==1.16.0
cat >paths.json <<'JSON'
{
  "document": [{"n": 1, "t": "x"}, {"n": 2, "t": null}, {"n": 3}],
  "paths": ["$[?@.n==2].n", "$[?(@.n==2)].n", "$[-1].n", "$[::-1].n", "$[?(@.t)].n", "$[?@.n>1 && @.n<3].n", "$[?length(@.t)==1].n"]
}
JSON
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { JSONPath } from 'jsonpath-plus'

const { document, paths } = JSON.parse(readFileSync('paths.json'))
const seen = paths.map((path) => JSONPath({ path, json: document }))
console.log('jsonpath-plus', JSON.stringify(seen), JSONPath({ path: '$.b-c', json: { 'b-c': 1 } }))
assert.deepEqual(seen, [[], [2], [], [], [1], [], []], 'the behaviour changed')
assert.deepEqual(JSONPath({ path: '$.b-c', json: { 'b-c': 1 } }), [1], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
cat >seen.py <<'PYTHON'
import json

import jsonpath_rfc9535
from jsonpath_ng.exceptions import JsonPathParserError
from jsonpath_ng.ext import parse

with open("paths.json") as file:
    given = json.load(file)


def other(path):
    try:
        return [match.value for match in parse(path).find(given["document"])]
    except JsonPathParserError:
        return "error"


standard = [jsonpath_rfc9535.find(path, given["document"]).values() for path in given["paths"]]
seen = [other(path) for path in given["paths"]]
print("jsonpath-rfc9535", standard, "jsonpath-ng", seen, sep="\n")
assert standard == [[2], [2], [3], [3, 2, 1], [1, 2], [2], [1]], "the behaviour changed"
assert seen == standard[:-1] + ["error"], "the behaviour changed"
try:
    jsonpath_rfc9535.find("$.b-c", {})
except jsonpath_rfc9535.JSONPathSyntaxError as error:
    print(error)
else:
    raise AssertionError("the behaviour changed")
PYTHON
v/bin/python seen.py
