#!/usr/bin/env bash
# aiopenapi3 sends each absent property of a deep object as an empty string, and the properties of a JSON parameter as pairs.
#
# Guess:     `{"a": "x"}` is `deep[a]=x`, whatever other properties its schema has; a parameter with `content: application/json` is JSON.
# Versions:  PyPI aiopenapi3 0.11.0, httpx2 2.16.2.
# Behaviour: the object becomes a model, and a property that was not given is sent as None, which is empty: `deep[at]=` is no date-time,
#            and a server that checks it refuses the request. In the style `form` only the given properties are sent. The JSON
#            parameter is `a=x`. A list in a cookie is a TypeError, and null in a query is sent as an empty string.
# Source:    OpenAPI 3.0.4, "Style Examples" and section 4.7.12 (`content` of a parameter).
# Here:      absent properties and null are not sent, JSON is (`runtime/tests/param.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q aiopenapi3==0.11.0 httpx2==2.16.2
cat >seen.py <<'PYTHON'
from urllib.parse import unquote_plus

import httpx2
from aiopenapi3 import OpenAPI

strings = {"type": "array", "items": {"type": "string"}}
properties = {"a": {"type": "string"}, "at": {"type": "string", "format": "date-time"}}
parameters = [
    {"name": "deep", "in": "query", "style": "deepObject", "explode": True, "schema": {"type": "object", "properties": properties}},
    {"name": "form", "in": "query", "schema": {"type": "object", "properties": properties}},
    {"name": "json", "in": "query", "content": {"application/json": {"schema": {"type": "object", "properties": properties}}}},
    {"name": "maybe", "in": "query", "schema": {"type": "string", "nullable": True}},
    {"name": "list", "in": "cookie", "schema": strings},
]
response = {"description": "Done", "content": {"application/json": {"schema": {"type": "object"}}}}
description = {
    "openapi": "3.0.3",
    "info": {"title": "Test", "version": "1"},
    "servers": [{"url": "http://a.example"}],
    "paths": {"/items": {"get": {"operationId": "items", "parameters": parameters, "responses": {"200": response}}}},
}
sent = []


def respond(request):
    sent.append(unquote_plus(request.url.raw_path.decode()))
    return httpx2.Response(200, json={})


def session(*args, **options) -> httpx2.Client:
    return httpx2.Client(transport=httpx2.MockTransport(respond))


api = OpenAPI("http://a.example/openapi.json", description, session_factory=session)
for given in [{"deep": {"a": "x"}}, {"form": {"a": "x"}}, {"json": {"a": "x"}}, {"maybe": None}, {"list": ["a", "b"]}]:
    try:
        api._.items(parameters=given)
    except TypeError as error:
        sent.append(type(error).__name__)
print(*sent, sep="\n")
assert sent == [
    "/items?deep[a]=x&deep[at]=",
    "/items?a=x",
    "/items?a=x",
    "/items?maybe=",
    "TypeError",
], "the behaviour changed"
PYTHON
v/bin/python seen.py
