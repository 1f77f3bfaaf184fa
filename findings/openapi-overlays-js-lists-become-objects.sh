#!/usr/bin/env bash
# openapi-overlays-js empties a list of which an overlay removes the first item, makes an object of a list to which one appends, and
# removes what `remove: false` names.
#
# Guess:     `$.tags[0]` with `remove: true` removes one tag; an update of `$.tags` appends to it; `remove: false` removes nothing.
# Version:   npm openapi-overlays-js 0.2.0.
# Behaviour: the removal repeats until the target selects nothing, so that all tags go. After the update, `tags` is an object with the
#            keys 0 and 1 and the members of the new tag. `servers` is gone after an action with `remove: false`.
# Source:    Overlay Specification 1.0.0, section 4.4.4 (Action Object).
# Relation:  tests of the generator's overlays hold each of these (generator/tests/overlays.rs). Proposed overlays of `clientsmith
#            drift` do not append to a list that is the target.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-overlays-js@0.2.0
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { applyOverlay } from 'openapi-overlays-js/src/overlay.js'

const after = (action) => {
  const description = {
    openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {},
    tags: [{ name: 'one' }, { name: 'two' }], servers: [{ url: '/' }],
  }
  return applyOverlay(description, { overlay: '1.0.0', info: { title: 'o', version: '1' }, actions: [action] })
}

const first = after({ target: '$.tags[0]', remove: true }).tags
const appended = after({ target: '$.tags', update: { name: 'three' } }).tags
const kept = after({ target: '$.servers', remove: false }).servers
console.log(JSON.stringify({ first, appended, kept: kept === undefined }))
assert.deepEqual(first, [], 'the behaviour changed')
assert.deepEqual(appended, { 0: { name: 'one' }, 1: { name: 'two' }, name: 'three' }, 'the behaviour changed')
assert.equal(kept, undefined, 'the behaviour changed')
JAVASCRIPT
node seen.mjs
