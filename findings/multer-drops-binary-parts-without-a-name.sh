#!/usr/bin/env bash
# multer drops a binary part without a file name: it is neither a field nor a file, and there is no error.
#
# Guess:     a part of `application/octet-stream` without `filename` is a field or a file.
# Versions:  npm multer 2.5.0 (with busboy 1.6.0), express 5.3.0.
# Behaviour: busboy calls it a file without a name; multer skips files without a name. The handler sees an empty form and the status is
#            200. The same bytes as `application/json` are a field, and with `filename=""` they are dropped too.
# Source:    RFC 7578, section 4.2 (a file "should" have a name); RFC 2046, section 4.5.1.
# Here:      each file has a `filename`, that of the part by default; `File::unnamed` omits it (docs/bodies.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund multer@2.5.0 busboy@1.6.0 express@5.3.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import express from 'express'
import multer from 'multer'

const app = express()
app.post('/', multer().any(), (request, response) => response.json([{ ...request.body }, request.files.map((file) => file.originalname)]))
const server = app.listen(0, '127.0.0.1')
await new Promise((done) => server.once('listening', done))
const send = async (disposition, type) => {
  const body = `--b\r\nContent-Disposition: form-data; name="f"${disposition}\r\nContent-Type: ${type}\r\n\r\nbytes\r\n--b--\r\n`
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { method: 'POST', headers, body })
  return [response.status, ...(await response.json())]
}
const bytes = 'application/octet-stream'
const seen = [await send('', bytes), await send('; filename=""', bytes), await send('; filename="a"', bytes), await send('', 'application/json')]
server.close()
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [[200, {}, []], [200, {}, []], [200, {}, ['a']], [200, { f: 'bytes' }, []]], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
