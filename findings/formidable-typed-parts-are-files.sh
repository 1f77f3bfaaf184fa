#!/usr/bin/env bash
# formidable takes every part with a Content-Type for a file, also one without a file name.
#
# Guess:     a part without `filename` is a field, whatever its media type: RFC 7578 has `Content-Type` on any part, and OpenAPI
#            sends an object property of a form as a part of `application/json`.
# Versions:  npm formidable 3.5.4, busboy 1.6.0, multiparty 4.3.1.
# Behaviour: a part `Content-Type: application/json` without a file name is no field of formidable's result: it is written to
#            disk as a file whose `originalFilename` is null. busboy and multiparty give a field. A part with
#            `Content-Type: text/plain; charset=utf-8` goes the same way.
# Source:    RFC 7578, sections 4.2 and 4.4; OpenAPI 3.1.1, section 4.8.15 (default contentType).
# Here:      text parts are sent without a Content-Type unless the description names one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund formidable@3.5.4 busboy@1.6.0 multiparty@4.3.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Readable } from 'node:stream'
import busboy from 'busboy'
import formidable from 'formidable'
import multiparty from 'multiparty'

const body = Buffer.from('--xyz\r\nContent-Disposition: form-data; name="plain"\r\n\r\n1\r\n' +
  '--xyz\r\nContent-Disposition: form-data; name="typed"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--xyz--\r\n')
const headers = { 'content-type': 'multipart/form-data; boundary=xyz', 'content-length': String(body.length) }
const request = () => Object.assign(Readable.from([body]), { headers })

const [fields, files] = await formidable({ uploadDir: '.' }).parse(request())
const byFormidable = [Object.keys(fields), Object.keys(files), files.typed?.[0].originalFilename]
const byBusboy = await new Promise((done) => {
  const names = []
  const reader = busboy({ headers }).on('field', (name) => names.push(name)).on('close', () => done(names))
  request().pipe(reader)
})
const byMultiparty = await new Promise((done) => new multiparty.Form().parse(request(), (_, fields) => done(Object.keys(fields))))
console.log(JSON.stringify([byFormidable, byBusboy, byMultiparty]))
assert.deepEqual([byFormidable, byBusboy, byMultiparty],
  [[['plain'], ['typed'], null], ['plain', 'typed'], ['plain', 'typed']], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
