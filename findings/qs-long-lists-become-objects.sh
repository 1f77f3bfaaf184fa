#!/usr/bin/env bash
# qs makes an object of a list with more than 20 items, also where the items are a repeated name.
#
# Guess:     `ids=1&ids=2…`, the form of OpenAPI's `explode: true`, is a list of any length; the documented limit of 20 is about indices
#            such as `ids[100]`, to keep sparse lists small.
# Versions:  npm qs 6.17.1, qs 6.13.0 (for comparison).
# Behaviour: the 21st item turns the value into `{"0": …, "20": …}`, for `ids=`, `ids[]=` and `ids[0]=`. With 6.13.0 the first
#            two were lists of 1000 items. Express 4 sets a higher limit; servers that call `qs.parse` with its defaults, as
#            the documentation of Fastify shows, get the object.
# Source:    README of qs ("arrayLimit"); OpenAPI 3.0.4, "Style Examples".
# Here:      lists are repeated names (`runtime/tests/param.rs`); docs/frameworks.md names the server's option.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund qs@6.17.1 before@npm:qs@6.13.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import qs from 'qs'
import before from 'before'

const query = (count, name) => Array.from({ length: count }, (_, index) => `${name(index)}=x`).join('&')
const isList = (parser, count, name, options) => Array.isArray(parser.parse(query(count, name), options).ids)
const names = [() => 'ids', () => 'ids[]', (index) => `ids[${index}]`]
const seen = names.map((name) => [
  isList(qs, 20, name), isList(qs, 21, name), isList(qs, 21, name, { arrayLimit: 1000 }), isList(before, 21, name), isList(before, 22, name),
])
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [
  [true, false, true, true, true],
  [true, false, true, true, true],
  [true, false, true, true, false],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
