#!/usr/bin/env bash
# A client that accepts `application/json; charset=utf-8` accepts nothing, for servers on negotiator (Express, Koa).
#
# Guess:     charset has no meaning for JSON (RFC 8259 section 11), so a server that has application/json sends it.
# Version:   npm negotiator 1.1.0.
# Behaviour: a parameter of a range must be one of the representation's: the list of what may be sent is empty, and a server
#            that asks so answers 406. `application/json` alone matches.
# Source:    RFC 9110, section 12.5.1 (a range with parameters is for representations with these parameters).
# Here:      `charset` is left out of `Accept`, though descriptions list it in the keys of `content`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund negotiator@1.1.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import Negotiator from 'negotiator'

const seen = ['application/json; charset=utf-8', 'application/json'].map((accept) =>
  new Negotiator({ headers: { accept } }).mediaTypes(['application/json']))
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [[], ['application/json']], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
