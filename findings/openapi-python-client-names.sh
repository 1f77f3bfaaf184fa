#!/usr/bin/env bash
# Models of openapi-python-client fail where a property is called `d` or `cls`, and a query parameter `params` is lost.
#
# Guess:     a name of the description that the generated code uses itself is changed, as it is for `self`, `client` and `url`.
# Version:   PyPI openapi-python-client 0.29.1.
# Behaviour: `d` and `cls` are variables of `from_dict`, and the value takes their place: every object of such a model, also one without
#            the property, is an AttributeError or a TypeError when a response is read. A model with `field_dict` writes a dictionary
#            that contains itself, which is no JSON. A query parameter `params` is replaced by the dictionary of all parameters.
#            Generating gives no warning of them.
# Source:    OpenAPI 3.0.4, sections 4.7.12.1 and 4.7.24 (names of parameters and properties are free).
# Here:      names that the generated code uses are changed (docs/names.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >description.json <<'JSON'
{
  "openapi": "3.0.4",
  "info": {"title": "Test", "version": "1"},
  "paths": {"/items": {"get": {
    "operationId": "items",
    "parameters": [
      {"name": "params", "in": "query", "schema": {"type": "string"}},
      {"name": "client", "in": "query", "schema": {"type": "string"}}
    ],
    "responses": {"200": {"description": "Items", "content": {"application/json": {"schema": {"oneOf": [
      {"$ref": "#/components/schemas/D"},
      {"$ref": "#/components/schemas/Cls"},
      {"$ref": "#/components/schemas/FieldDict"}
    ]}}}}}
  }}},
  "components": {"schemas": {
    "D": {"type": "object", "properties": {"d": {"type": "string"}, "e": {"type": "string"}}},
    "Cls": {"type": "object", "properties": {"cls": {"type": "string"}, "self": {"type": "string"}}},
    "FieldDict": {"type": "object", "properties": {"field_dict": {"type": "string"}}}
  }}
}
JSON
python3 -m venv v
v/bin/pip install -q openapi-python-client==0.29.1
v/bin/openapi-python-client generate --path description.json --meta none --output-path generated >log || { cat log; exit 1; }
cat >seen.py <<'PYTHON'
from generated.api.default.items import _get_kwargs
from generated.models import Cls, D, FieldDict


def round_trip(model, value):
    try:
        return model.from_dict(value).to_dict()
    except Exception as error:
        return type(error).__name__


values = [(D, {"d": "a", "e": "b"}), (D, {"e": "b"}), (Cls, {"cls": "a"}), (Cls, {"self": "a"})]
seen = [round_trip(*value) for value in values]
query = _get_kwargs(params="a", client_query="b")["params"]
print(*zip(values, seen), query, sep="\n")
assert seen == [
    "AttributeError",
    "AttributeError",
    "TypeError",
    "TypeError",
], "the behaviour changed"
own = FieldDict.from_dict({}).to_dict()
assert own["field_dict"] is own, "the behaviour changed"
assert query["params"] != "a" and query["client"] == "b", "the behaviour changed"
PYTHON
v/bin/python seen.py
