#!/usr/bin/env bash
# BlackSheep describes a query parameter as the body of a GET, refuses date-times with an offset, and sends 204 for a described 404.
#
# Guess:     `Optional[datetime]` in a handler is an optional parameter, as `Optional[str]` is; a field with a default is optional; a handler
#            that returns None has the described status.
# Version:   PyPI blacksheep 2.6.4.
# Behaviour: the parameter is a JSON request body of type `date-time`, and `?since=…` is not read. With `FromQuery[datetime]` it is a
#            parameter with this format, which requires an offset, and any offset is 400. `name: str = "x"` of a dataclass is in
#            `required`; the server accepts the body without it. `Optional[Item]` has the responses 200 and 404, and None is 204. A
#            `timedelta` has no type, and every schema has `nullable`, which OpenAPI 3.1 no longer has.
# Source:    OpenAPI 3.1.1, sections 4.8.10 (a body of GET has no meaning), 4.8.16 and 4.8.24.
# Here:      `relax` makes fields optional, `[types]` corrects types, and with `optional` an operation returns `Option<T>`
#            (docs/settings.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q blacksheep==2.6.4
cat >seen.py <<'PYTHON'
import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from blacksheep import Application, FromJSON, FromQuery, JSONContent, get, post
from blacksheep.server.openapi.v3 import OpenAPIHandler
from blacksheep.testing import TestClient
from openapidocs.v3 import Info

app = Application()
OpenAPIHandler(info=Info(title="t", version="1")).bind_app(app)


@dataclass
class Item:
    id: int
    name: str = "x"
    length: Optional[timedelta] = None


@get("/items")
def items(word: Optional[str] = None, since: Optional[datetime] = None) -> str:
    return f"{word} {since}"


@get("/bound")
def bound(since: FromQuery[datetime]) -> str:
    return str(since.value)


@post("/items")
def add(item: FromJSON[Item]) -> Item:
    return item.value


@get("/item")
def item() -> Optional[Item]:
    return None


async def main():
    await app.start()
    client = TestClient(app)

    async def text(response):
        return ((await response.read()) or b"").decode()

    description = json.loads(await text(await client.get("/openapi.json")))
    operation = description["paths"]["/items"]["get"]
    schema = description["components"]["schemas"]["Item"]
    seen = [
        description["openapi"],
        [parameter["name"] for parameter in operation["parameters"]],
        operation["requestBody"]["content"]["application/json"]["schema"],
        await text(await client.get("/items", query={"word": "a", "since": "2025-01-02T03:04:05Z"})),
        description["paths"]["/bound"]["get"]["parameters"][0]["schema"] == operation["requestBody"]["content"]["application/json"]["schema"],
        [(await client.get("/bound", query={"since": f"2025-01-02T03:04:05{offset}"})).status for offset in ("Z", "+00:00", "")],
        schema["required"],
        schema["properties"]["length"],
        (await client.post("/items", content=JSONContent({"id": 1}))).status,
        list(description["paths"]["/item"]["get"]["responses"]),
        (await client.get("/item")).status,
    ]
    print(*seen, sep="\n")
    time = {"type": "string", "format": "date-time", "nullable": False}
    bound_seen = [True, [400, 400, 200]]
    assert seen == [
        "3.1.0", ["word"], time, "a None", *bound_seen, ["id", "name"], {"nullable": True}, 200, ["200", "404"], 204,
    ], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
