#!/usr/bin/env bash
# json-bigint with native integers refuses ordinary floats, and makes objects of them without the option.
#
# Guess:     `useNativeBigInt` gives a BigInt for an integer beyond 2^53; a number with a fraction stays a number.
# Version:   npm json-bigint 1.0.0.
# Behaviour: every number of more than 15 characters is made a BigInt, the point included: `0.30000000000000004`, `3.141592653589793`
#            and `1.0000000000000000` throw "Cannot convert … to a BigInt", so a coordinate of full precision fails the body.
#            Without the option they are objects of bignumber.js: `typeof` is "object", and `+` joins strings.
# Source:    RFC 8259, section 6; README of json-bigint ("Specifies if parser uses native BigInt instead of bignumber.js").
# Here:      numbers are read by their type, and `Number` has every digit; the client writes the shortest digits of a float, up to 17.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund json-bigint@1.0.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import json from 'json-bigint'

const native = json({ useNativeBigInt: true })
const read = (text) => {
  try {
    return typeof native.parse(text)
  } catch (error) {
    return error.message
  }
}
const texts = ['12345678901234567890', '0.1', '0.30000000000000004', JSON.stringify(Math.PI), '1.0000000000000000']
const seen = [...texts.map(read), json().parse('[0.30000000000000004]')[0] + 1, json().parse('[0.1]')[0] + 1]
console.log(seen)
const refused = (text) => `Cannot convert ${text} to a BigInt`
assert.deepEqual(seen, ['bigint', 'number', ...texts.slice(2).map(refused), '0.300000000000000041', 1.1], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
