#!/usr/bin/env bash
# ratelimit-header-parser takes epoch milliseconds for seconds, and reads nothing of the current draft.
#
# Guess:     a number of 13 digits is milliseconds, as one of 10 is seconds; `RateLimit: "default";r=50;t=30` (the drafts since
#            08) is read like `limit=100, remaining=50, reset=30` (draft 07), or is said to be unknown.
# Version:   npm ratelimit-header-parser 0.1.0.
# Behaviour: the reset is tens of thousands of years away: a program that waits for it never ends. The current draft gives an object whose
#            fields are all null (NaN), not undefined, which means "no rate limit" by the package's own documentation.
# Source:    draft-ietf-httpapi-ratelimit-headers, section 4 (RateLimit field); README of the package.
# Here:      believed waits are bounded, and epochs in milliseconds are read (`retry/`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ratelimit-header-parser@0.1.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { parseRateLimit } from 'ratelimit-header-parser'

const reset = (value) => parseRateLimit({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': value }).reset
const seen = [reset('1900000000').getUTCFullYear(), reset('1900000000000').getUTCFullYear(),
  JSON.stringify(parseRateLimit({ ratelimit: 'limit=100, remaining=50, reset=30' })).slice(0, 38),
  JSON.stringify(parseRateLimit({ ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' }))]
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [2030, 62178, '{"limit":100,"used":50,"remaining":50,',
  '{"limit":null,"used":null,"remaining":null,"reset":null}'], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
