#!/usr/bin/env bash
# aiohttp-sse-client2 removes all blanks at the beginning of an event's data, so that the words of a stream run together.
#
# Guess:     one space after the colon is removed, and the rest is data: `data:  world` is " world".
# Versions:  PyPI aiohttp-sse-client2 0.3.0, aiohttp 3.14.5; httpx-sse 0.4.3 and httpx 0.28.1 (for comparison).
# Behaviour: the data is "world", and indented lines of a text lose their indentation. httpx-sse gives " world".
# Source:    HTML standard, section 9.2.6 ("If value starts with a U+0020 SPACE character, remove it from value").
# Here:      the runtime removes one space (`events/sse.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q aiohttp-sse-client2==0.3.0 aiohttp==3.14.5 httpx-sse==0.4.3 httpx==0.28.1
cat >seen.py <<'PYTHON'
import asyncio

import httpx
import httpx_sse
from aiohttp import web
from aiohttp_sse_client2.client import EventSource

streams = {"/words": "data: hello\n\ndata:  world\n\n", "/lines": "data: def f():\ndata:     pass\n\n"}


async def respond(request):
    return web.Response(text=streams[request.path], content_type="text/event-stream")


async def events(address):
    seen = []
    try:
        async with EventSource(address, max_connect_retry=0) as source:
            async for event in source:
                seen.append(event.data)
                if len(seen) == 2 or "lines" in address:
                    break
    except ConnectionError:
        pass
    return seen


async def others(address):
    async with httpx.AsyncClient(trust_env=False) as client:
        async with httpx_sse.aconnect_sse(client, "GET", address) as source:
            return [event.data async for event in source.aiter_sse()]


async def main():
    app = web.Application()
    app.router.add_get("/{name}", respond)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    seen = [[await asyncio.wait_for(events(base + path), 5), await others(base + path)] for path in streams]
    print(*seen, sep="\n")
    assert seen == [
        [["hello", "world"], ["hello", " world"]],
        [["def f():\npass"], ["def f():\n    pass"]],
    ], "the behaviour changed"
    await runner.cleanup()


asyncio.run(main())
PYTHON
v/bin/python seen.py
