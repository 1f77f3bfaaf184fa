#!/usr/bin/env bash
# fast-json-patch finds no change between an empty list and an object, and rfc6902 refuses the patch that it made itself.
#
# Guess:     a patch that a library makes from two documents, applied to the first by the same library, gives the second.
# Versions:  npm fast-json-patch 3.1.1, rfc6902 5.4.0.
# Behaviour: where the documents are not two objects or two lists, fast-json-patch gives an empty patch (1 to 2, `[1]` to `{"0": 1}`,
#            `{}` to `[]`), while it replaces the same values one level lower. Its patch from `[1]` to `{}` is right. rfc6902 makes
#            `replace` with the path "" and then fails on it with "Value required at path".
#            rfc6902 also takes `replace` of `/-`: no error, and the list is as it was.
# Source:    RFC 6902, section 4.3 (the target must exist); RFC 6901, section 4 ("-" is the member after the last)
#            and section 5 ("" is the whole document).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-json-patch@3.1.1 rfc6902@5.4.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import fast from 'fast-json-patch'
import * as rfc6902 from 'rfc6902'

const seen = []
for (const [before, after] of [[1, 2], [[1], { 0: 1 }], [{}, []], [[1], {}]]) {
  const patch = rfc6902.createPatch(before, after)
  const [error] = rfc6902.applyPatch(structuredClone(before), patch)
  seen.push([fast.compare(before, after), fast.compare({ a: before }, { a: after }).length, patch[0].path, error?.message])
}
const list = [1]
seen.push([rfc6902.applyPatch(list, [{ op: 'replace', path: '/-', value: 2 }]), JSON.stringify(list)])
console.log(JSON.stringify(seen))
const refused = ['', 'Value required at path: ']
assert.deepEqual(seen, [
  [[], 1, ...refused],
  [[], 1, ...refused],
  [[], 1, ...refused],
  [[{ op: 'replace', path: '', value: {} }], 1, ...refused],
  [[null], '[1]'],
], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
