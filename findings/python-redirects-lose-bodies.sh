#!/usr/bin/env bash
# requests repeats a PUT after 301 without its body; it and urllib3 do the same to a generator after 307, urllib3 to an open file too.
#
# Guess:     where a redirect leaves the method as it is, the body is sent again, or there is an error; 302 changes POST alone.
# Versions:  PyPI requests 2.34.2, urllib3 2.8.0, httpx 0.28.1, aiohttp 3.14.5.
# Behaviour: requests follows 301 of PUT, PATCH and DELETE with the same method and no body, so the second server can store an empty one.
#            A generator after 307 is an empty body for requests and urllib3, and an error for httpx and aiohttp; an open file is empty
#            for urllib3, sent again by requests and aiohttp, and an error for httpx. After 302, requests and httpx send GET for PUT and DELETE
#            (httpx with the `content-type` of the body). urllib3 sends GET after 303 for HEAD and the POST again after 301.
# Source:    RFC 9110, sections 15.4.2 and 15.4.3 (only POST may become GET), 15.4.4 and 15.4.8; Fetch, "HTTP-redirect fetch".
# Here:      the client follows redirects of GET and HEAD alone, to the same origin; another one is an error (docs/calls.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q requests==2.34.2 urllib3==2.8.0 httpx==0.28.1 aiohttp==3.14.5
cat >seen.py <<'PYTHON'
import asyncio
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp
import httpx
import requests
import urllib3

received = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def body(self):
        if "transfer-encoding" not in self.headers:
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        text, line = b"", self.rfile.readline()
        while line.strip():
            chunk = self.rfile.read(int(line, 16))
            text += chunk
            self.rfile.readline()
            line = self.rfile.readline() if chunk else b""
        return text

    def handle_any(self):
        received.append(f"{self.command} {self.body().decode()}".strip())
        status = 200 if self.path == "/end" else int(self.path[1:])
        self.send_response(status)
        self.send_header("location", "/end")
        self.send_header("content-length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"


def generator():
    yield b"ab"


async def async_generator():
    yield b"ab"


async def with_aiohttp(method, url, body):
    if type(body).__name__ == "generator":
        body = async_generator()
    async with aiohttp.ClientSession() as session:
        await session.request(method, url, data=body)


clients = {
    "requests": lambda method, url, body: requests.request(method, url, data=body, allow_redirects=True),
    "urllib3": lambda method, url, body: urllib3.PoolManager().request(method, url, body=body),
    "httpx": lambda method, url, body: httpx.request(method, url, content=body, follow_redirects=True),
    "aiohttp": lambda method, url, body: asyncio.run(with_aiohttp(method, url, body)),
}
bodies = {"none": lambda: None, "bytes": lambda: b"ab", "generator": generator, "file": lambda: io.BytesIO(b"ab")}


def second(client, method, status, body):
    received.clear()
    try:
        clients[client](method, f"{base}/{status}", bodies[body]())
    except Exception:
        return "error"
    return received[1]


calls = [
    ("PUT", 301, "bytes"),
    ("POST", 301, "bytes"),
    ("PUT", 302, "bytes"),
    ("DELETE", 302, "none"),
    ("HEAD", 303, "none"),
    ("POST", 307, "bytes"),
    ("POST", 307, "generator"),
    ("POST", 307, "file"),
]
seen = {call: [second(client, *call) for client in clients] for call in calls}
print(list(clients), *seen.items(), sep="\n")
assert list(seen.values()) == [
    ["PUT", "PUT ab", "PUT ab", "PUT ab"],
    ["GET", "POST ab", "GET", "GET"],
    ["GET", "PUT ab", "GET", "PUT ab"],
    ["GET", "DELETE", "GET", "DELETE"],
    ["HEAD", "GET", "HEAD", "HEAD"],
    ["POST ab", "POST ab", "POST ab", "POST ab"],
    ["POST", "POST", "error", "error"],
    ["POST ab", "POST", "error", "POST ab"],
], "the behaviour changed"
PYTHON
v/bin/python seen.py
