#!/usr/bin/env bash
# pydantic writes 365 days as a year, which is 366 days for a reader that has a calendar.
#
# Guess:     a `timedelta` has no years, so 365 days are `P365D` in JSON; added to a date, the duration is 365 days.
# Versions:  PyPI pydantic 2.14.4, msgspec 0.23.0, isodate 0.7.2.
# Behaviour: pydantic writes `P1Y`, 366 days are `P1Y1D`, and it reads a year as 365 days. From 2024-01-01 that is 366 and 367 days
#            for isodate, as for every reader with a calendar. msgspec writes `P365D` and refuses `P1Y` and `P1W`.
# Source:    ISO 8601-1:2019 (a year of a duration is one of the calendar); documentation of pydantic, `ser_json_timedelta`.
# Here:      `Duration` stores the string; docs/frameworks.md says how to read it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q pydantic==2.14.4 msgspec==0.23.0 isodate==0.7.2
cat >seen.py <<'PYTHON'
import json
from datetime import date, timedelta

import isodate
import msgspec
from pydantic import TypeAdapter

adapter = TypeAdapter(timedelta)
start = date(2024, 1, 1)
seen = []
for days in [364, 365, 366]:
    text = json.loads(adapter.dump_json(timedelta(days=days)))
    other = json.loads(msgspec.json.encode(timedelta(days=days)))
    seen.append((text, adapter.validate_python(text).days, (start + isodate.parse_duration(text) - start).days, other))
for text in ["P1Y", "P1W"]:
    try:
        msgspec.convert(text, timedelta)
    except msgspec.ValidationError as error:
        seen.append(str(error))
print(*seen, sep="\n")
refused = "Only units 'D', 'H', 'M', and 'S' are supported when parsing ISO8601 durations"
assert seen == [
    ("P364D", 364, 364, "P364D"),
    ("P1Y", 365, 366, "P365D"),
    ("P1Y1D", 366, 367, "P366D"),
    refused,
    refused,
], "the behaviour changed"
PYTHON
v/bin/python seen.py
