#!/usr/bin/env bash
# httpx-sse hands over events that have no data, which a browser never sees; sseclient-py does not.
#
# Guess:     `event: ping` and an empty line dispatch nothing: "If the data buffer is an empty string, set the data buffer
#            and the event type buffer to the empty string and return."
# Version:   PyPI httpx-sse 0.4.3 (with httpx 0.28.1), sseclient-py 1.9.0.
# Behaviour: httpx-sse yields an event `ping` with data "", so a loop that reads each event's data as JSON fails on a
#            keep-alive that other clients pass over.
# Source:    HTML standard, section 9.2.6, "dispatch the event".
# Here:      the runtime passes over such events (`events/sse.rs`, `dispatch`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check httpx==0.28.1 httpx-sse==0.4.3 sseclient-py==1.9.0
venv/bin/python - <<'PYTHON'
import httpx, sseclient
from httpx_sse import EventSource

stream = b'event: ping\n\ndata: {"n": 1}\n\n'
transport = httpx.MockTransport(
    lambda request: httpx.Response(200, headers={"content-type": "text/event-stream"}, content=stream))
response = httpx.Client(transport=transport).get("http://localhost/")
seen = {
    "httpx-sse": [(event.event, event.data) for event in EventSource(response).iter_sse()],
    "sseclient-py": [(event.event, event.data) for event in sseclient.SSEClient(iter([stream])).events()],
}
print(seen)
assert seen == {
    "httpx-sse": [("ping", ""), ("message", '{"n": 1}')],
    "sseclient-py": [("message", '{"n": 1}')],
}, "the behaviour changed"
PYTHON
