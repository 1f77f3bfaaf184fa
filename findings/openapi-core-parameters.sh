#!/usr/bin/env bash
# openapi-core splits `spaceDelimited` lists only when they are encoded twice, and finds no path parameter of the styles `label` and `matrix`.
#
# Guess:     every style of OpenAPI is read as the table of the standard writes it; the library lists all of them.
# Version:   PyPI openapi-core 0.23.1 (with openapi-spec-validator 0.8.5, werkzeug 3.1.9).
# Behaviour: `p=a%20b` is the list `["a b"]`, and `p=a%2520b` is `["a", "b"]`: the value is decoded, then split at "%20".
#            `pipeDelimited` works. `/x/.1` and `/x/;p=1` are "Missing required path parameter", so no call is valid. An object in a
#            query (`form` with `explode`) is dropped without an error, required properties or not. In a header, the blank that
#            HTTP allows after a comma is part of the item.
# Source:    OpenAPI 3.0.4, "Style Examples"; RFC 9110, section 5.6.1.
# Here:      the client writes the table of the standard (`runtime/tests/param.rs`); docs/frameworks.md lists the differences.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q openapi-core==0.23.1 openapi-spec-validator==0.8.5 werkzeug==3.1.9
cat >seen.py <<'PYTHON'
from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

TEXTS = {"type": "array", "items": {"type": "string"}}
NUMBER = {"type": "integer"}
OBJECT = {"type": "object", "required": ["a"], "properties": {"a": NUMBER}}


def read(place, schema, style, explode, path="/x", query="", header=None):
    parameter = {"name": "p", "in": place, "schema": schema, "style": style, "explode": explode, "required": place == "path"}
    operation = {"parameters": [parameter], "responses": {"200": {"description": ""}}}
    paths = {"/x/{p}" if place == "path" else "/x": {"get": operation}}
    api = OpenAPI.from_dict({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths, "servers": [{"url": "http://a"}]})
    builder = EnvironBuilder(path=path, query_string=query, base_url="http://a", headers={"p": header} if header else {})
    result = api.unmarshal_request(WerkzeugOpenAPIRequest(Request(builder.get_environ())))
    read = getattr(result.parameters, place)
    return [str(error) for error in result.errors] or read.get("p", "absent")


seen = [
    read("query", TEXTS, "spaceDelimited", False, query="p=a%20b"),
    read("query", TEXTS, "spaceDelimited", False, query="p=a%2520b"),
    read("query", TEXTS, "pipeDelimited", False, query="p=a%7Cb"),
    read("path", NUMBER, "simple", False, path="/x/1"),
    read("path", NUMBER, "label", False, path="/x/.1"),
    read("path", NUMBER, "matrix", False, path="/x/;p=1"),
    read("query", OBJECT, "form", True, query="a=1"),
    read("header", TEXTS, "simple", False, header="a, b"),
]
print(*seen, sep="\n")
missing = ["Missing required path parameter: p"]
assert seen == [["a b"], ["a", "b"], ["a", "b"], 1, missing, missing, "absent", ["a", " b"]], "the behaviour changed"
PYTHON
v/bin/python seen.py
