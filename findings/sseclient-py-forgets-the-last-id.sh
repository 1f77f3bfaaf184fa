#!/usr/bin/env bash
# sseclient-py forgets the last event id at the next event, and takes an id that the standard refuses.
#
# Guess:     an event without an `id` line keeps the id of the one before ("the last event ID buffer is not reset"), so
#            that a client can connect again with `Last-Event-ID`; an id with U+0000 is ignored.
# Version:   PyPI sseclient-py 1.9.0.
# Behaviour: the id of an event without an `id` line is None, and an id with U+0000 is taken. A program that keeps the id of
#            the event that it saw last connects again without one.
# Source:    HTML standard, section 9.2.6, the field name "id".
# Here:      the runtime keeps the id over events and connections (`events/sse.rs`, `last_id`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check sseclient-py==1.9.0
venv/bin/python - <<'PYTHON'
import sseclient

stream = b"id: 1\ndata: a\n\ndata: b\n\nid: 2\x00\ndata: c\n\n"
seen = [(event.data, event.id) for event in sseclient.SSEClient(iter([stream])).events()]
print(seen)
assert seen == [("a", "1"), ("b", None), ("c", "2\x00")], "the behaviour changed"
PYTHON
