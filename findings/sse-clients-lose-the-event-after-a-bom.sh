#!/usr/bin/env bash
# Two Python clients of server-sent events lose the first event of a stream that starts with a byte order mark.
#
# Guess:     A leading U+FEFF is stripped, as the HTML standard says ("decoded using the UTF-8 decode algorithm ... strips
#            one leading UTF-8 Byte Order Mark, if any"), so `data: a` after it is an event.
# Versions:  PyPI httpx-sse 0.4.3 (with httpx 0.28.1), sseclient-py 1.9.0.
# Behaviour: both read the first line as a field named "\ufeffdata", which is unknown, and pass over it. No event, no
#            error; later events arrive.
# Source:    HTML standard, section 9.2.6 "Interpreting an event stream".
# Here:      the runtime strips the mark (`events/sse.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check httpx==0.28.1 httpx-sse==0.4.3 sseclient-py==1.9.0
venv/bin/python - <<'PYTHON'
import httpx, sseclient
from httpx_sse import EventSource

stream = "\ufeffdata: first\n\ndata: second\n\n".encode()
transport = httpx.MockTransport(
    lambda request: httpx.Response(200, headers={"content-type": "text/event-stream"}, content=stream))
response = httpx.Client(transport=transport).get("http://localhost/")
seen = {
    "httpx-sse": [event.data for event in EventSource(response).iter_sse()],
    "sseclient-py": [event.data for event in sseclient.SSEClient(iter([stream])).events()],
}
print(seen)
assert seen == {"httpx-sse": ["second"], "sseclient-py": ["second"]}, "the behaviour changed"
PYTHON
