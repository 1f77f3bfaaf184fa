#!/usr/bin/env bash
# luxon takes the end of a short interval for a time of today.
#
# Guess:     `2007-12-14T13:30/15:30` is two hours of that day, and `2008-02-15/03-14` ends on 2008-03-14: the start has the elements that
#            the end leaves out.
# Versions:  npm luxon 3.7.2; PyPI aniso8601 10.0.1 (for comparison).
# Behaviour: the first ends today at 15:30, years later; in the second the end is a time, 03:00 at the offset -14:00, of today.
#            Both are valid, and `2007-11-13/15` is too: its end is today at 15:00. aniso8601 gives the three ends of the standard.
# Source:    ISO 8601-1:2019, section 5.5.2 (elements omitted in the end are those of the start).
# Here:      no format of OpenAPI is an interval, so the client has it as a string.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
python3 -m venv v
v/bin/pip install -q aniso8601==10.0.1
cat >seen.py <<'PYTHON'
import sys

import aniso8601

print(*(aniso8601.parse_interval(text)[1].isoformat() for text in sys.argv[1:]))
PYTHON
cat >seen.mjs <<'JAVASCRIPT'
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { Interval, Settings } from 'luxon'

Settings.now = () => Date.UTC(2030, 4, 6, 12)
const intervals = ['2007-12-14T13:30/15:30', '2008-02-15/03-14', '2007-11-13/15']
const ends = intervals.map((text) => Interval.fromISO(text, { zone: 'utc' }).end.toISO({ suppressMilliseconds: true, suppressSeconds: true }))
const others = execFileSync('v/bin/python', ['seen.py', ...intervals], { encoding: 'utf8' }).trim().split(' ')
console.log(ends, others)
assert.deepEqual(ends, ['2030-05-06T15:30Z', '2030-05-05T17:00Z', '2030-05-06T15:00Z'], 'the behaviour changed')
assert.deepEqual(others, ['2007-12-14T15:30:00', '2008-03-14', '2007-11-15'], 'the behaviour changed')
JAVASCRIPT
node seen.mjs
