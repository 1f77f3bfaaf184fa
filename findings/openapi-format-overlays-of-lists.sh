#!/usr/bin/env bash
# openapi-format removes another item of a list than the one that an overlay names, and loses an appended object.
#
# Guess:     an action with `remove` and a slice removes the items that the slice selects. An update of a list appends its object.
# Version:   npm openapi-format 1.33.6.
# Behaviour: of three tags, of which a slice selects the first and the second, the second stays, and the first and the third are gone:
#            the items are removed one by one at the indexes that they had at the beginning. An object that an update appends to a
#            list is lost, and the action still counts as used.
# Source:    Overlay Specification 1.0.0, section 4.4.4 (Action Object): `remove` removes each selected node, and a list as the target
#            gets the value of `update` as a new entry.
# Relation:  tests of the generator's overlays hold both (generator/tests/overlays.rs). Proposed overlays of `clientsmith drift` do not
#            append to a list that is the target.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-format@1.33.6
cat >seen.cjs <<'JAVASCRIPT'
const assert = require('node:assert')
const { openapiOverlay } = require('openapi-format')

const names = async (action) => {
  const tags = [{ name: 'one' }, { name: 'two' }, { name: 'three' }]
  const description = { openapi: '3.1.0', info: { title: 't', version: '1' }, tags, paths: {} }
  const overlaySet = { overlay: '1.0.0', info: { title: 'o', version: '1' }, actions: [action] }
  const { data, resultData } = await openapiOverlay(description, { overlaySet })
  return [data.tags.map((tag) => tag.name).join(' '), resultData.unusedActions.length]
}

const run = async () => {
  const removed = await names({ target: '$.tags[0:2]', remove: true })
  const appended = await names({ target: '$.tags', update: { name: 'four' } })
  console.log(JSON.stringify({ removed, appended }))
  assert.deepEqual(removed, ['two', 0], 'the behaviour changed')
  assert.deepEqual(appended, ['one two three', 0], 'the behaviour changed')
}
run()
JAVASCRIPT
node seen.cjs
