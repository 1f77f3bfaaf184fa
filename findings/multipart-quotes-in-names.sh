#!/usr/bin/env bash
# No spelling of a quotation mark in the name of a part is read alike by the usual servers.
#
# Guess:     `%22`, which browsers send (HTML standard), is read as `"` by servers of today, or else `\"` (MIME) is.
# Versions:  npm busboy 1.6.0, @fastify/busboy 3.2.6, formidable 3.5.4, multiparty 4.3.1; PyPI starlette 1.10.0 with
#            python-multipart 0.0.34, Werkzeug 3.1.9, multipart 2.0.1.
# Behaviour: `name="a%22b"` is `a"b` for Werkzeug and multipart; the others keep `a%22b` (formidable and multiparty decode it
#            in `filename`, not in `name`). `name="a\"b"` is `a"b` for all but formidable and multiparty, which read `a\`.
# Source:    HTML standard, "multipart/form-data encoding algorithm"; RFC 7578, section 4.2; RFC 2045, section 5.1.
# Here:      the runtime writes `%22`, as browsers do, and reads both (`multipart.rs`, `multipart/part.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check starlette==1.10.0 python-multipart==0.0.34 werkzeug==3.1.9 multipart==2.0.1
npm init -y >/dev/null
npm install --silent --no-audit --no-fund busboy@1.6.0 @fastify/busboy@3.2.6 formidable@3.5.4 multiparty@4.3.1
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Readable } from 'node:stream'
import Busboy from '@fastify/busboy'
import busboy from 'busboy'
import formidable from 'formidable'
import multiparty from 'multiparty'

const names = async (name) => {
  const body = Buffer.from(`--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n--xyz--\r\n`)
  const headers = { 'content-type': 'multipart/form-data; boundary=xyz', 'content-length': String(body.length) }
  const request = () => Object.assign(Readable.from([body]), { headers })
  const first = (reader) => new Promise((done) => request().pipe(reader.on('field', done)))
  const [fields] = await formidable().parse(request())
  const others = await new Promise((done) => new multiparty.Form().parse(request(), (_, fields) => done(fields)))
  return [await first(busboy({ headers })), await first(new Busboy({ headers })), Object.keys(fields)[0], Object.keys(others)[0]]
}
const seen = [await names('a%22b'), await names('a\\"b')]
console.log(JSON.stringify(seen))
assert.deepEqual(seen, [['a%22b', 'a%22b', 'a%22b', 'a%22b'], ['a"b', 'a"b', 'a\\', 'a\\']], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
venv/bin/python - <<'PYTHON'
import asyncio, io, multipart
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from werkzeug.formparser import FormDataParser

def names(name):
    body = b'--xyz\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n1\r\n--xyz--\r\n'
    kind = "multipart/form-data; boundary=xyz"
    async def stream():
        yield body
    async def by_starlette():
        return list((await MultiPartParser(Headers({"content-type": kind}), stream()).parse()).keys())[0]
    environment = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    by_multipart = [key for key, _ in multipart.parse_form_data(environment)[0].iterallitems()][0]
    by_werkzeug = list(FormDataParser().parse(io.BytesIO(body), "multipart/form-data", len(body), {"boundary": "xyz"})[1])[0]
    return [asyncio.run(by_starlette()), by_werkzeug, by_multipart]

seen = [names(b"a%22b"), names(b'a\\"b')]
print(seen)
assert seen == [["a%22b", 'a"b', 'a"b'], ['a"b', 'a"b', 'a"b']], "the behaviour changed"
PYTHON
