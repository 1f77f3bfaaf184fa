#!/usr/bin/env bash
# connexion refuses every number, boolean and list in a header or cookie, and fails on schemas without `type`.
#
# Guess:     a header parameter `type: integer` accepts `x-p: 1`, as the query parameter does.
# Version:   PyPI connexion 3.3.0 (with starlette 1.10.0, httpx2 2.16.2).
# Behaviour: 400 "'1' is not of type 'integer'": query and path values are converted before they are validated, those of headers and
#            cookies are not, so only strings are valid there. A query parameter whose schema has `allOf` or `enum` and no `type`, or
#            that has `content`, is status 500. A `nullable` string `null` or `None` is null.
# Source:    OpenAPI 3.0.4, section 4.7.12 (parameters of all places have schemas and styles).
# Here:      nothing that a client sends is accepted; docs/frameworks.md says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q connexion==3.3.0 starlette==1.10.0 httpx2==2.16.2 uvicorn==0.54.0
cat >app.py <<'PYTHON'
def read(**arguments):
    return {name: repr(value) for name, value in arguments.items()}
PYTHON
cat >seen.py <<'PYTHON'
import logging
import warnings

import connexion

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
NUMBER = {"type": "integer"}


def call(place, schema, query="", headers=None, key="schema"):
    parameter = {"name": "X-P" if place == "header" else "p", "in": place, key: schema}
    operation = {"operationId": "app.read", "parameters": [parameter], "responses": {"200": {"description": ""}}}
    app = connexion.AsyncApp("seen")
    app.add_api({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": operation}}})
    response = app.test_client().get(f"/x{query}", headers=headers or {})
    detail = response.json().get("detail", "").split("\n")[0] if response.status_code == 400 else response.json().get("p")
    return response.status_code, detail


seen = [
    call("query", NUMBER, "?p=1"),
    call("header", NUMBER, headers={"x-p": "1"}),
    call("header", {"type": "boolean"}, headers={"x-p": "true"}),
    call("header", {"type": "array", "items": NUMBER}, headers={"x-p": "1,2"}),
    call("cookie", NUMBER, headers={"cookie": "p=1"}),
    call("query", {"allOf": [NUMBER]}, "?p=1"),
    call("query", {"enum": ["a"]}, "?p=a"),
    call("query", {"application/json": {"schema": {"type": "object"}}}, "?p=%7B%7D", key="content"),
    call("query", {"type": "string", "nullable": True}, "?p=None"),
]
print(*seen, sep="\n")
assert seen == [
    (200, "1"),
    (400, "'1' is not of type 'integer'"),
    (400, "'true' is not of type 'boolean'"),
    (400, "'1,2' is not of type 'array'"),
    (400, "'1' is not of type 'integer'"),
    (500, None),
    (500, None),
    (500, None),
    (200, "None"),
], "the behaviour changed"
PYTHON
v/bin/python seen.py
