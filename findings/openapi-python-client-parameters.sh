#!/usr/bin/env bash
# A client of openapi-python-client writes a list in a path as Python does, one style for all lists of a query, and ignores mappings.
#
# Guess:     each style of the description is written as the standard's table has it, or a warning says that it is not.
# Version:   PyPI openapi-python-client 0.29.1.
# Behaviour: a list in a path is `['a', 'b']`, percent-encoded. Lists of a query are a pair for each item, whatever `explode` and the style
#            are. A deep object is a pair for each property, `a=x`; a nested object is `{'b': 1}`, as Python writes it, also in a form, where
#            null is an empty string. Of two models, a response with the discriminator value of the second is the first with unknown
#            fields. There is a warning for a list in a header only, and the operation is left out.
# Source:    OpenAPI 3.0.4, "Style Examples", sections 4.7.12 and 4.7.25 (Discriminator Object).
# Here:      `runtime/tests/param.rs` has the spelling of each style; docs/models.md has the choice of a variant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >description.json <<'JSON'
{
  "openapi": "3.0.4",
  "info": {"title": "Test", "version": "1"},
  "paths": {
    "/lists/{ids}": {"get": {
      "operationId": "lists",
      "parameters": [
        {"name": "ids", "in": "path", "required": true, "schema": {"$ref": "#/components/schemas/List"}},
        {"name": "commas", "in": "query", "explode": false, "schema": {"$ref": "#/components/schemas/List"}},
        {"name": "pipes", "in": "query", "style": "pipeDelimited", "explode": false, "schema": {"$ref": "#/components/schemas/List"}},
        {"name": "deep", "in": "query", "style": "deepObject", "schema": {"$ref": "#/components/schemas/Outer"}}
      ],
      "responses": {"200": {"description": "A pet", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
    }},
    "/form": {"post": {
      "operationId": "form",
      "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Outer"}}}},
      "responses": {"204": {"description": "Done"}}
    }}
  },
  "components": {"schemas": {
    "List": {"type": "array", "items": {"type": "string"}},
    "Outer": {"type": "object", "properties": {
      "a": {"type": "string", "nullable": true},
      "inner": {"type": "object", "properties": {"b": {"type": "integer"}}}
    }},
    "Pet": {
      "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
      "discriminator": {"propertyName": "kind", "mapping": {"feline": "#/components/schemas/Cat", "canine": "#/components/schemas/Dog"}}
    },
    "Cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
    "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "bark": {"type": "integer"}}}
  }}
}
JSON
python3 -m venv v
v/bin/pip install -q openapi-python-client==0.29.1
v/bin/openapi-python-client generate --path description.json --meta none --output-path generated >log || { cat log; exit 1; }
cat >seen.py <<'PYTHON'
from urllib.parse import unquote_plus

import httpx
from generated import Client
from generated.api.default import form, lists
from generated.models import Outer

sent = []


def respond(request):
    sent.append(unquote_plus(request.url.raw_path.decode()) + unquote_plus(request.read().decode()))
    return httpx.Response(200, json={"kind": "canine", "bark": 1})


client = Client("http://a.example", httpx_args={"transport": httpx.MockTransport(respond)})
outer = Outer.from_dict({"a": "x", "inner": {"b": 1}})
pet = lists.sync(["a", "b"], client=client, commas=["a", "b"], pipes=["a", "b"], deep=outer)
form.sync_detailed(client=client, body=Outer.from_dict({"a": None, "inner": {"b": 1}}))
print(*sent, pet, sep="\n")
assert sent == [
    "/lists/['a', 'b']?commas=a&commas=b&pipes=a&pipes=b&a=x&inner={'b': 1}",
    "/forma=&inner={'b': 1}",
], "the behaviour changed"
assert type(pet).__name__ == "Cat" and pet.additional_properties == {"bark": 1}, "the behaviour changed"
PYTHON
v/bin/python seen.py
