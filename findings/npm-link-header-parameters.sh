#!/usr/bin/env bash
# parse-link-header and li lose relations that are spelled in another legal way, and take the last of two `rel`.
#
# Guess:     parameter names match whatever their case, blanks may stand around `=` (RFC 8288 allows both), and of two `rel`
#            parameters the first counts ("occurrences after the first MUST be ignored by parsers").
# Versions:  npm parse-link-header 2.0.0, li 1.3.0, http-link-header 1.1.4.
# Behaviour: `REL="next"` and `rel = "next"` are nothing for parse-link-header and li; of `rel="next"; rel="prev"` they take
#            `prev`, so a program goes backwards. http-link-header reads all three as the RFC says.
# Source:    RFC 8288, sections 3 and 3.3.
# Here:      the runtime reads all of them (`paging/link.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund parse-link-header@2.0.0 li@1.3.0 http-link-header@1.1.4
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import parse from 'parse-link-header'
import li from 'li'
import LinkHeader from 'http-link-header'

const cases = ['<https://a.example/x>; REL="next"', '<https://a.example/x>; rel = "next"',
  '<https://a.example/x>; rel="next"; rel="prev"']
const seen = cases.map((value) => [Object.keys(parse(value) ?? {}), Object.keys(li.parse(value)),
  LinkHeader.parse(value).refs.map((link) => link.rel)])
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [[[], [], ['next']], [[], [], ['next']], [['prev'], ['prev'], ['next']]], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
