#!/usr/bin/env bash
# range-parser, and so Express and send, refuse the last 20 bytes of a file of 10 bytes.
#
# Guess:     `Range: bytes=-20` gives all of a shorter file: "the last 20 bytes, or as many as there are".
# Versions:  npm range-parser 1.3.0, express 5.3.0.
# Behaviour: the range is unsatisfiable (-1), and `response.sendFile` has status 416 with `content-range: bytes */10`. `bytes=0-20` is cut
#            to the file. An empty element of the list (`bytes=0-1,,3-4`) is malformed, which a recipient has to accept. header-range-parser
#            2.0.0 does so.
# Source:    RFC 9110, sections 14.1.2 ("the entire representation is used") and 5.6.1.2.
# Here:      a program that resumes or reads the end of a file sets `Range` itself; 416 is an error of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund range-parser@1.3.0 express@5.3.0 header-range-parser@2.0.0
printf 0123456789 >ten.txt
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import express from 'express'
import { parseRange } from 'header-range-parser'
import parse from 'range-parser'

const app = express()
app.get('/', (_, response) => response.sendFile(`${process.cwd()}/ten.txt`))
const server = app.listen(0, '127.0.0.1')
await new Promise((done) => server.once('listening', done))
const ranges = (found) => (typeof found === 'number' ? found : [...found].map(({ start, end }) => [start, end]))
const seen = []
for (const range of ['bytes=-3', 'bytes=-20', 'bytes=0-20', 'bytes=0-1,,3-4']) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers: { range } })
  seen.push([range, response.status, response.headers.get('content-range'), ranges(parse(10, range)), ranges(parseRange(10, range))])
}
server.close()
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [
  ['bytes=-3', 206, 'bytes 7-9/10', [[7, 9]], [[7, 9]]],
  ['bytes=-20', 416, 'bytes */10', -1, -1],
  ['bytes=0-20', 206, 'bytes 0-9/10', [[0, 9]], [[0, 9]]],
  ['bytes=0-1,,3-4', 200, null, -2, [[0, 1], [3, 4]]],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
