#!/usr/bin/env bash
# aiohttp cannot read a form that has a field `_charset_`.
#
# Guess:     the field names the charset of the others, as RFC 7578 says, or is a field like any other.
# Versions:  PyPI aiohttp 3.14.5; starlette 1.10.0 and python-multipart 0.0.34 (for comparison).
# Behaviour: `request.post()` fails with "Invalid HTTP header: b'--b'", wherever the field is: after its value the reader takes the next
#            boundary for the headers of a part. Browsers fill in `_charset_` when a form has a hidden field of that name, with "UTF-8".
#            Starlette gives the field and reads the others.
# Source:    RFC 7578, section 4.6; HTML, "Constructing the entry list".
# Here:      the client adds no such field; a description can have one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q aiohttp==3.14.5 starlette==1.10.0 python-multipart==0.0.34
cat >seen.py <<'PYTHON'
import asyncio

import aiohttp
from aiohttp import web
from starlette.requests import Request

TYPE = "multipart/form-data; boundary=b"


def body(*fields):
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    return "".join([*parts, "--b--\r\n"]).encode()


async def by_starlette(data):
    async def receive():
        return {"type": "http.request", "body": data, "more_body": False}

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", TYPE.encode())]}, receive)
    return dict(await request.form())


async def handle(request):
    try:
        return web.json_response(dict(await request.post()))
    except Exception as error:
        return web.json_response(str(error).split("\n")[-1].strip())


async def main():
    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    seen = []
    async with aiohttp.ClientSession() as client:
        for fields in [[("f", "a")], [("_charset_", "UTF-8"), ("f", "a")], [("f", "a"), ("_charset_", "UTF-8"), ("g", "b")]]:
            response = await client.post(address, data=body(*fields), headers={"content-type": TYPE})
            seen.append((await response.json(), await by_starlette(body(*fields)) == dict(fields)))
    await runner.cleanup()
    print(*seen, sep="\n")
    refused = "Invalid HTTP header: b'--b'"
    assert seen == [({"f": "a"}, True), (refused, True), (refused, True)], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
