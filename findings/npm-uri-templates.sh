#!/usr/bin/env bash
# Two expanders of URI templates break a rule of RFC 6570 each, and not the same one.
#
# Guess:     an empty list is undefined, so `{?ids}` is nothing ("a variable ... is considered undefined if ... the list is
#            empty"); and `{+q}` keeps a percent-encoded triplet as it is.
# Versions:  npm url-template 3.1.1, uri-template-lite 23.4.0.
# Behaviour: url-template writes `?ids=` for an empty list, unless the variable is exploded (`{?ids*}` is nothing): a server
#            sees a filter by an empty id. uri-template-lite encodes the percent sign of "100%25" again under `{+q}`, and
#            writes null items of a list as "null".
# Source:    RFC 6570, sections 2.3, 3.2.1 and 3.2.3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund url-template@3.1.1 uri-template-lite@23.4.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { parseTemplate } from 'url-template'
import lite from 'uri-template-lite'

const values = { none: [], q: '100%25', ids: ['a', null] }
const seen = ['{?none}', '{?none*}', '{+q}', '{?ids}'].map((template) =>
  [parseTemplate(template).expand(values), lite.expand(template, values)])
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [['?none=', ''], ['', ''], ['100%25', '100%2525'], ['?ids=a', '?ids=a,null']], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
