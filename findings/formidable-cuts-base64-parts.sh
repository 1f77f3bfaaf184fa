#!/usr/bin/env bash
# formidable neither decodes a text part in Base64 nor leaves it whole.
#
# Guess:     a part with `Content-Transfer-Encoding: base64` (deprecated in forms since 2015, still legal MIME) arrives
#            decoded, or as it was sent.
# Versions:  npm formidable 3.5.4, multiparty 4.3.1.
# Behaviour: the field has the encoded text without its end: "aGVsbG8gd29ybGQ=" arrives as "aGVsbG8gd29y". No error.
#            multiparty decodes it.
# Source:    RFC 7578, section 4.7; RFC 2045, section 6.8.
# Here:      parts are sent as they are, without a transfer encoding.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund formidable@3.5.4 multiparty@4.3.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Readable } from 'node:stream'
import formidable from 'formidable'
import multiparty from 'multiparty'

const body = Buffer.from('--xyz\r\nContent-Disposition: form-data; name="f"\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
  `${Buffer.from('hello world').toString('base64')}\r\n--xyz--\r\n`)
const headers = { 'content-type': 'multipart/form-data; boundary=xyz', 'content-length': String(body.length) }
const request = () => Object.assign(Readable.from([body]), { headers })

const [byFormidable] = await formidable().parse(request())
const byMultiparty = await new Promise((done) => new multiparty.Form().parse(request(), (_, fields) => done(fields)))
console.log(JSON.stringify([byFormidable, byMultiparty]))
assert.deepEqual([{ ...byFormidable }, { ...byMultiparty }], [{ f: ['aGVsbG8gd29y'] }, { f: ['hello world'] }], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
