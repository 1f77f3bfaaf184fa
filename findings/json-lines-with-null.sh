#!/usr/bin/env bash
# The item null ends a stream of JSON Lines or of a JSON text sequence, for four libraries of Node; the rest is lost.
#
# Guess:     `null` is a JSON text, so it is an item like any other; an empty line is skipped or an error.
# Versions:  npm ndjson 2.0.0, split2 4.2.0 (with `JSON.parse`), jsonlines 0.1.1, json-text-sequence 4.0.3, it-ndjson 2.0.0; PyPI
#            jsonlines 4.0.0.
# Behaviour: null ends a stream of objects in Node. json-text-sequence then gives no further item and no error; the other three fail
#            with "stream.push() after EOF". it-ndjson, a generator, reads null and fails at an empty line, as split2 does. jsonlines of
#            Python refuses both. json-text-sequence also takes `"a"` without a line feed for cut off, which only numbers and
#            literals are.
# Source:    RFC 7464, sections 2.1 and 2.4; jsonlines.org ("each line is a valid JSON value"); documentation of Node, `readable.push`.
# Here:      null is an item where the schema allows it, and empty lines are skipped (`runtime/src/events/lines.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ndjson@2.0.0 split2@4.2.0 jsonlines@0.1.1 json-text-sequence@4.0.3 it-ndjson@2.0.0
python3 -m venv v
v/bin/pip install -q jsonlines==4.0.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { Readable } from 'node:stream'
import { parse as parseGenerated } from 'it-ndjson'
import { Parser } from 'json-text-sequence'
import jsonlines from 'jsonlines'
import ndjson from 'ndjson'
import split from 'split2'

const read = (parser, text) =>
  new Promise((done) => {
    const items = []
    const stream = Readable.from([Buffer.from(text)]).pipe(parser)
    stream.on('data', (item) => items.push(item)).on('truncated', () => items.push('truncated'))
    stream.on('end', () => done(items)).on('error', (error) => done(error.message))
  })
const generated = async (text) => {
  try {
    const items = []
    for await (const item of parseGenerated([Buffer.from(text)])) items.push(item)
    return items
  } catch (error) {
    return error.message
  }
}
const all = async (text) => [
  await read(ndjson.parse(), text), await read(split(JSON.parse), text), await read(jsonlines.parse(), text), await generated(text),
]
const seen = [
  await all('0\nnull\n1\n'),
  await all('0\n\n1\n'),
  await read(new Parser(), '\x1e0\n\x1enull\n\x1e1\n'),
  await read(new Parser(), '\x1e0\n\x1e1\n'),
  await read(new Parser(), '\x1e"a"'),
]
console.log(JSON.stringify(seen))
const ended = 'stream.push() after EOF'
assert.deepEqual(seen, [
  [ended, ended, ended, [0, null, 1]],
  [[0, 1], 'Unexpected end of JSON input', [0, 1], 'Unexpected end of JSON input'],
  [0],
  [0, 1],
  ['truncated'],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
cat >seen.py <<'PYTHON'
import io

import jsonlines

seen = []
for text in ["0\nnull\n1\n", "0\n\n1\n"]:
    try:
        seen.append(list(jsonlines.Reader(io.StringIO(text))))
    except jsonlines.InvalidLineError as error:
        seen.append(str(error).split(":")[0])
print(seen)
assert seen == ["line contains null value (line 2)", "line contains invalid json"], "the behaviour changed"
PYTHON
v/bin/python seen.py
