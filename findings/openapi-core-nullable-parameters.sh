#!/usr/bin/env bash
# openapi-core raises TypeError for a parameter of two types, and refuses the optional list that FastAPI describes.
#
# Guess:     in OpenAPI 3.1, `type: [integer, "null"]` is an integer parameter, and `anyOf` of a list and null is a list.
# Version:   PyPI openapi-core 0.23.1 (with openapi-spec-validator 0.8.5, werkzeug 3.1.9).
# Behaviour: a request with such an integer raises "Expected a string value, got <class 'list'>" from `unmarshal_request`, which
#            collects invalid parameters otherwise. With `anyOf: [{type: array}, {type: "null"}]`, `p=1` and `p=1&p=2` are invalid: it
#            looks at one string. `anyOf` of an integer and null works. FastAPI describes `list[int] | None` in the refused form.
# Source:    JSON Schema 2020-12, Validation, section 6.1.1; OpenAPI 3.1.1, sections 4.8.12 and 4.8.24.
# Here:      the generator reads both forms (`generator/tests/cases/nullable`); docs/frameworks.md lists the differences.
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

NUMBER = {"type": "integer"}
NULL = {"type": "null"}
LIST = {"type": "array", "items": NUMBER}


def read(schema, query):
    parameter = {"name": "p", "in": "query", "schema": schema}
    paths = {"/x": {"get": {"parameters": [parameter], "responses": {"200": {"description": ""}}}}}
    api = OpenAPI.from_dict({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths, "servers": [{"url": "http://a"}]})
    request = Request(EnvironBuilder(path="/x", query_string=query, base_url="http://a").get_environ())
    try:
        result = api.unmarshal_request(WerkzeugOpenAPIRequest(request))
    except TypeError as error:
        return f"TypeError: {error}"
    return [str(error) for error in result.errors] or result.parameters.query["p"]


seen = [
    read(NUMBER, "p=1"),
    read({"anyOf": [NUMBER, NULL]}, "p=1"),
    read({"type": ["integer", "null"]}, "p=1"),
    read(LIST, "p=1&p=2"),
    read({"anyOf": [LIST, NULL]}, "p=1&p=2"),
    read({"anyOf": [LIST, NULL]}, "p=1"),
]
print(*seen, sep="\n")
invalid = ["Invalid query parameter: p"]
raised = "TypeError: Expected a string value, got <class 'list'>"
assert seen == [1, 1, raised, [1, 2], invalid, invalid], "the behaviour changed"
PYTHON
v/bin/python seen.py
