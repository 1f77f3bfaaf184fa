#!/usr/bin/env bash
# Authlib's token server reads another secret than Authlib's client sends, and node-oauth2-server one that no correct client sends.
#
# Guess:     the client id and secret in `Authorization: Basic` are form-encoded by clients and decoded by servers, as OAuth 2.0 says;
#            client and server of one library agree.
# Versions:  PyPI Authlib 1.9.10; npm simple-oauth2 5.1.0, @node-oauth/oauth2-server 5.3.0.
# Behaviour: Authlib's client encodes nothing, its server decodes percent signs: the secret `a%41 b` arrives as `aA b`. The server leaves
#            `+`, which is a blank in a form, so `a%2541+b` of simple-oauth2 is `a%41+b`; `a%2541%20b` is right. node-oauth2-server decodes
#            nothing: the secret is `a%2541+b`, and "invalid_client" follows. simple-oauth2 has a "loose" mode for such servers.
# Source:    RFC 6749, section 2.3.1 and appendix B.
# Here:      the client encodes both, a blank as `%20` (`runtime/src/auth/grant.rs`); for servers that do not decode there is
#            `ClientAuthentication::Body` (docs/auth.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund simple-oauth2@5.1.0 @node-oauth/oauth2-server@5.3.0
python3 -m venv v
v/bin/pip install -q Authlib==1.9.10
cat >seen.mjs <<'JAVASCRIPT'
import http from 'node:http'
import OAuth2Server from '@node-oauth/oauth2-server'
import { ClientCredentials } from 'simple-oauth2'

let header
const server = http.createServer((request, response) => {
  header = request.headers.authorization
  response.setHeader('content-type', 'application/json')
  response.end('{"access_token":"t","token_type":"bearer","expires_in":60}')
}).listen(0, '127.0.0.1')
await new Promise((done) => server.once('listening', done))
const auth = { tokenHost: `http://127.0.0.1:${server.address().port}`, tokenPath: '/' }
await new ClientCredentials({ client: { id: 'id', secret: 'a%41 b' }, auth }).getToken({})
server.close()

let secret
const model = { getClient: (_, received) => { secret = received }, saveToken: () => {}, getAccessToken: () => {}, getUserFromClient: () => {} }
const headers = { authorization: header, 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' }
const request = new OAuth2Server.Request({ method: 'POST', query: {}, headers, body: { grant_type: 'client_credentials' } })
const error = await new OAuth2Server({ model }).token(request, new OAuth2Server.Response({})).catch((error) => error.name)
console.log(JSON.stringify([header, secret, error]))
JAVASCRIPT
cat >seen.py <<'PYTHON'
import base64
import json
import subprocess
from types import SimpleNamespace

from authlib.oauth2.auth import encode_client_secret_basic
from authlib.oauth2.rfc6749.util import extract_basic_authorization

client = SimpleNamespace(client_id="id", client_secret="a%41 b")
own = encode_client_secret_basic(client, "POST", "https://example.com/", {}, "")[1]["Authorization"]
by_simple, at_node, error = json.loads(subprocess.check_output(["node", "seen.mjs"]))
spaced = "Basic " + base64.b64encode(b"id:a%2541%20b").decode()
seen = [(base64.b64decode(header[6:]).decode(), extract_basic_authorization({"Authorization": header})[1]) for header in [own, by_simple, spaced]]
print(*seen, at_node, error, sep="\n")
assert seen == [("id:a%41 b", "aA b"), ("id:a%2541+b", "a%41+b"), ("id:a%2541%20b", "a%41 b")], "the behaviour changed"
assert (at_node, error) == ("a%2541+b", "invalid_client"), "the behaviour changed"
PYTHON
v/bin/python seen.py
