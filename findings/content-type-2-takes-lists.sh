#!/usr/bin/env bash
# content-type 2 reads what version 1 refused: a list of media types is one type with a comma in its name.
#
# Guess:     `application/json, text/plain` (two Content-Type lines that a proxy joined) throws "invalid media type", as in 1.x.
# Versions:  npm content-type 2.1.0 against 1.0.5.
# Behaviour: 2.1.0 gives the type "application/json, text/plain" without parameters. A server that answered 415 by the error
#            now looks for a parser of that name. A parameter without a value is passed over, too.
# Source:    RFC 9110, section 8.3 (Content-Type is one media type); README of 2.x ("The parser is lenient and does not error").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund content-type@2.1.0 old@npm:content-type@1.0.5
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import * as current from 'content-type'
import old from 'old'

const type = (parse, text) => { try { return parse(text).type } catch (error) { return error.message } }
const seen = ['application/json, text/plain', 'text/plain; charset'].map((text) =>
  [type(old.parse, text), type(current.parse ?? current.default.parse, text)])
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [['invalid media type', 'application/json, text/plain'], ['invalid parameter format', 'text/plain']],
  'the behaviour changed')
JAVASCRIPT
node seen.mjs
