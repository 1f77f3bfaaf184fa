#!/usr/bin/env bash
# Flask, Starlette, aiohttp and Falcon refuse ranges of a file with 416 or 400 where HTTP has the file or a part of it.
#
# Guess:     the last 20 bytes of 10 are all of them; two ranges are two parts, or the file; an unknown unit is ignored; one
#            satisfiable range of two is enough.
# Versions:  PyPI flask 3.1.3 (with werkzeug 3.1.9), starlette 1.10.0, aiohttp 3.14.5, falcon 4.4.0.
# Behaviour: Flask refuses `bytes=-20` of 10 bytes. Two ranges are parts for Starlette, 416 for Flask and aiohttp, 400 for Falcon; with one
#            beyond the end, 416 for Starlette too. `items=0-1` is 400 for Starlette, 416 for Flask and aiohttp. `bytes=-0`, which is
#            no byte, is the whole file for aiohttp.
# Source:    RFC 9110, sections 14.1.2, 14.2 ("MUST ignore" unknown units) and 15.5.17 (416: no range overlaps the file).
# Here:      the client sends `Range` only when a program sets it; 206 and 416 are statuses like others (docs/errors.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q flask==3.1.3 werkzeug==3.1.9 starlette==1.10.0 aiohttp==3.14.5 falcon==4.4.0 httpx2==2.16.2
mkdir files
printf 0123456789 >files/ten.txt
cat >seen.py <<'PYTHON'
import asyncio
from pathlib import Path

import aiohttp
import falcon
import falcon.testing
import flask
from aiohttp import web
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.testclient import TestClient

FILE = Path("files/ten.txt").absolute()
RANGES = ["bytes=-3", "bytes=-20", "bytes=0-1,3-4", "bytes=0-1,20-30", "items=0-1", "bytes=-0"]

flask_app = flask.Flask("seen")
flask_app.add_url_rule("/", "file", lambda: flask.send_file(FILE, conditional=True))
starlette_client = TestClient(Starlette(routes=[Route("/", lambda request: FileResponse(FILE))]))
falcon_app = falcon.App()
falcon_app.add_static_route("/", FILE.parent)
falcon_client = falcon.testing.TestClient(falcon_app)


async def by_aiohttp():
    async def handle(request):
        return web.FileResponse(FILE)

    app = web.Application()
    app.router.add_get("/", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found = []
    async with aiohttp.ClientSession() as client:
        for text in RANGES:
            response = await client.get(f"http://127.0.0.1:{runner.addresses[0][1]}/", headers={"range": text})
            found.append((response.status, response.headers.get("content-range")))
    await runner.cleanup()
    return found


def shown(response):
    return response.status_code, response.headers.get("content-range")


seen = {}
for text, found in zip(RANGES, asyncio.run(by_aiohttp())):
    headers = {"range": text}
    seen[text] = [
        shown(flask_app.test_client().get("/", headers=headers)),
        shown(starlette_client.get("/", headers=headers)),
        found,
        shown(falcon_client.simulate_get("/ten.txt", headers=headers)),
    ]
print(*seen.items(), sep="\n")
none, end, whole = (416, "bytes */10"), (206, "bytes 7-9/10"), (206, "bytes 0-9/10")
assert seen == {
    "bytes=-3": [end, end, end, end],
    "bytes=-20": [none, whole, whole, whole],
    "bytes=0-1,3-4": [none, (206, None), none, (400, None)],
    "bytes=0-1,20-30": [none, none, none, (400, None)],
    "items=0-1": [none, (400, None), none, (200, None)],
    "bytes=-0": [none, none, whole, (400, None)],
}, "the behaviour changed"
PYTHON
v/bin/python seen.py
