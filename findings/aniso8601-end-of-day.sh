#!/usr/bin/env bash
# aniso8601 reads the end of a day as its beginning.
#
# Guess:     `2016-12-31T24:00:00Z` is 2017-01-01T00:00:00Z, or an error as in RFC 3339.
# Versions:  PyPI aniso8601 10.0.1, isodate 0.7.2, python-dateutil 4.0.0.
# Behaviour: aniso8601 gives 2016-12-31T00:00:00Z, 24 hours too early and without an error, for date-times and for the ends of intervals:
#            an interval of one day has no length. dateutil gives the first instant of 2017; isodate refuses it.
# Source:    ISO 8601-1:2019/Amd 1:2022 ("24:00:00" is the end of the day); RFC 3339, section 5.6 (hours are 00 to 23).
# Here:      `DateTime` stores the string and writes it unchanged; `timestamp()` refuses 24:00 (`tests/values.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q aniso8601==10.0.1 isodate==0.7.2 python-dateutil==4.0.0
cat >seen.py <<'PYTHON'
import aniso8601
import isodate
from dateutil.parser import isoparse

text = "2016-12-31T24:00:00Z"
start, end = aniso8601.parse_interval(f"2016-12-31T00:00:00Z/{text}")
try:
    by_isodate = str(isodate.parse_datetime(text))
except ValueError as error:
    by_isodate = str(error)
seen = [str(aniso8601.parse_datetime(text)), str(end - start), str(isoparse(text)), by_isodate]
print(seen)
assert seen == ["2016-12-31 00:00:00+00:00", "0:00:00", "2017-01-01 00:00:00+00:00", "hour must be in 0..23"], "the behaviour changed"
PYTHON
v/bin/python seen.py
