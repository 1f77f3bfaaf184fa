#!/usr/bin/env bash
# No spelling of a blank in a cookie is read the same by the usual servers.
#
# Guess:     `k=a%20b`, the style `form` of OpenAPI, is "a b" everywhere; or else `k="a b"`, the quoted form of RFC 6265, is.
# Versions:  npm cookie 1.1.1 (in cookie-parser of Express), @fastify/cookie 11.1.5, @hapi/hapi 21.4.10; PyPI werkzeug 3.1.9,
#            starlette 1.10.0, django 5.2.19, aiohttp 3.14.5, litestar 2.25.0.
# Behaviour: `a%20b` is decoded by cookie, Fastify and Litestar only. `"a b"` loses its quotes in Python, has them for cookie and
#            Fastify, and is no cookie for hapi. `a b` is "a b" for five, "a" for aiohttp, and no cookie for hapi and werkzeug. A comma
#            as it is works everywhere but in hapi. There is no error.
# Source:    RFC 6265, section 4.1.1 (no blank or comma in a value, quoted or not); OpenAPI 3.2.0, "Style Values".
# Here:      cookies are percent-encoded, and unchanged with `raw_cookies` (docs/parameters.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cookie@1.1.1 fastify@5.12.8 @fastify/cookie@11.1.5 @hapi/hapi@21.4.10
python3 -m venv v
v/bin/pip install -q werkzeug==3.1.9 starlette==1.10.0 django==5.2.19 aiohttp==3.14.5 litestar==2.25.0
cat >seen.mjs <<'JAVASCRIPT'
import { parseCookie } from 'cookie'
import fastify from 'fastify'
import cookies from '@fastify/cookie'
import Hapi from '@hapi/hapi'

const app = fastify()
app.register(cookies)
app.get('/', async (request) => [request.cookies.k])
const hapi = Hapi.server({ routes: { state: { failAction: 'ignore' } } })
hapi.route({ method: 'GET', path: '/', handler: (request) => [request.state.k] })
const seen = {}
for (const text of process.argv.slice(2)) {
  const request = { url: '/', headers: { cookie: `k=${text}` } }
  const [byFastify, byHapi] = [await app.inject(request), await hapi.inject(request)].map((response) => JSON.parse(response.payload)[0])
  seen[text] = [parseCookie(`k=${text}`).k, byFastify, byHapi]
}
console.log(JSON.stringify(seen))
JAVASCRIPT
cat >seen.py <<'PYTHON'
import json
import subprocess

from aiohttp.test_utils import make_mocked_request
from django.http.cookie import parse_cookie as django
from litestar.testing import RequestFactory
from starlette.requests import Request
from werkzeug.http import parse_cookie as werkzeug

TEXTS = ["a%20b", '"a b"', "a b", "a,b"]
by_node = json.loads(subprocess.check_output(["node", "seen.mjs", *TEXTS]))
seen = {}
for text in TEXTS:
    header = f"k={text}"
    cookies = [
        werkzeug(header),
        Request({"type": "http", "headers": [(b"cookie", header.encode())]}).cookies,
        django(header),
        make_mocked_request("GET", "/", headers={"cookie": header}).cookies,
        RequestFactory().get("/", headers={"cookie": header}).cookies,
    ]
    seen[text] = [*by_node[text], *(found.get("k") for found in cookies)]
print(*seen.items(), sep="\n")
assert seen == {
    "a%20b": ["a b", "a b", "a%20b", "a%20b", "a%20b", "a%20b", "a%20b", "a b"],
    '"a b"': ['"a b"', '"a b"', None, "a b", "a b", "a b", "a b", "a b"],
    "a b": ["a b", "a b", None, None, "a b", "a b", "a", "a b"],
    "a,b": ["a,b", "a,b", None, "a,b", "a,b", "a,b", "a,b", "a,b"],
}, "the behaviour changed"
PYTHON
v/bin/python seen.py
