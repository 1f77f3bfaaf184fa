#!/usr/bin/env bash
# Sanic hands over path parameters percent-encoded, and sanic-ext reads "false" as true and no date-time at all.
#
# Guess:     `/words/a%20b` gives "a b", as a query does; `on=false` is false; a body with the described `date-time` is read.
# Versions:  PyPI sanic 25.12.1, sanic-ext 25.12.0 (with pydantic 2.14.4), sanic-testing 24.6.0.
# Behaviour: the parameter is "a%20b"; a route needs `unquote=True`. A validated `bool` of a query or form is true for every text. A `datetime`
#            of a validated dataclass is described as `format: date-time`, and each string is 400 "is not of type". The schema of the
#            dataclass has no `required`, though the server refuses a body without `id`.
# Source:    RFC 3986, section 2.4 (data is decoded once, after the parts are separated); OpenAPI 3.0.4, section 4.7.24; documentation of
#            Sanic, "unquote".
# Here:      the client percent-encodes path values once (docs/parameters.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q sanic==25.12.1 sanic-ext==25.12.0 sanic-testing==24.6.0 pydantic==2.14.4
cat >seen.py <<'PYTHON'
import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from sanic import Sanic
from sanic.response import json, text
from sanic_ext import openapi, validate

logging.disable(logging.CRITICAL)
app = Sanic("seen")


@dataclass
class Query:
    on: bool = False


@dataclass
class Item:
    id: int
    time: Optional[datetime] = None


@app.get("/words/<word>")
async def word(request, word):
    return text(word)


@app.get("/decoded/<word>", unquote=True)
async def decoded(request, word):
    return text(word)


@app.get("/query")
@validate(query=Query)
async def query(request, query: Query):
    return json(query.on)


@app.post("/items")
@openapi.definition(body={"application/json": Item})
@validate(json=Item)
async def add(request, body: Item):
    return json(body.id)


async def call(method, path, **options):
    _, response = await app.asgi_client.request(method, path, **options)
    return response


async def main():
    description = (await call("GET", "/docs/openapi.json")).json
    schema = description["paths"]["/items"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    seen = [
        (await call("GET", "/words/a%20b")).text,
        (await call("GET", "/decoded/a%20b")).text,
        (await call("GET", "/query?on=false")).json,
        (schema["properties"]["time"]["format"], "required" in schema),
        [(await call("POST", "/items", json=body)).status for body in ({"id": 1}, {"id": 1, "time": "2025-01-02T03:04:05Z"}, {})],
    ]
    print(*seen, sep="\n")
    assert seen == ["a%20b", "a b", True, ("date-time", False), [200, 400, 400]], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
