#!/usr/bin/env bash
# http-cache-semantics and CacheControl do not know `Max-Age=60`, and take a response with `No-Cache` for a fresh one.
#
# Guess:     directives match whatever their case, and an argument may be quoted.
# Versions:  npm http-cache-semantics 4.3.0 (in got and npm); PyPI CacheControl 0.14.4 (in pip), hishel 2.0.0 (for comparison).
# Behaviour: `Max-Age=60` is a response without a lifetime, so each call asks the server again. `No-Cache, max-age=60` is fresh for 60
#            seconds without a request, where `no-cache` is stale at once. CacheControl reads no `max-age="60"` either. hishel
#            reads all of them.
# Source:    RFC 9111, section 5.2 ("Cache directives are identified by a token, to be compared case-insensitively", and a recipient
#            "ought to" accept both forms of an argument).
# Here:      the client stores no responses; a program that has one of these caches in front of it sees their reading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund http-cache-semantics@4.3.0
python3 -m venv v
v/bin/pip install -q CacheControl==0.14.4 hishel==2.0.0 requests==2.34.2
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import CachePolicy from 'http-cache-semantics'

const seconds = (directives) => {
  const headers = { date: new Date().toUTCString(), 'cache-control': directives }
  const policy = new CachePolicy({ url: '/', method: 'GET', headers: {} }, { status: 200, headers })
  return Math.round(policy.timeToLive() / 1000)
}
const seen = ['max-age=60', 'Max-Age=60', 'max-age="60"', 'no-cache, max-age=60', 'No-Cache, max-age=60'].map(seconds)
console.log('http-cache-semantics', seen)
assert.deepEqual(seen, [60, 0, 60, 0, 60], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
cat >seen.py <<'PYTHON'
from cachecontrol.controller import CacheController
from hishel._core._headers import parse_cache_control

directives = ["max-age=60", "Max-Age=60", 'max-age="60"', "no-cache, max-age=60", "No-Cache, max-age=60"]
first = [CacheController().parse_cache_control({"cache-control": text}) for text in directives]
others = [(parsed.max_age, bool(parsed.no_cache)) for parsed in map(parse_cache_control, directives)]
print("CacheControl", first, "hishel", others, sep="\n")
assert first == [{"max-age": 60}, {}, {}, {"no-cache": None, "max-age": 60}, {"max-age": 60}], "the behaviour changed"
assert others == [(60, False), (60, False), (60, False), (60, True), (60, True)], "the behaviour changed"
PYTHON
v/bin/python seen.py
