#!/usr/bin/env bash
# Models of datamodel-code-generator refuse Base64 that is not text, read true as 1, and take any number for a constant.
#
# Guess:     a value that is valid by the schema is read and written back as it was, and one that is not is refused.
# Versions:  PyPI datamodel-code-generator 0.89.0, pydantic 2.14.4.
# Behaviour: `format: byte` is `Base64Str`, whose bytes must be UTF-8: `/w==`, the byte 255, is refused. `enum: [1, "1", true]` is an `Enum`
#            of Python, in which true is another name of 1, so true is written as 1. `const: 1.5` is a float with the default None: 2
#            is accepted, and an absent value is written as null. `prefixItems` of an integer and a string accepts them in either
#            order. A required name that is no property is not required.
# Source:    JSON Schema 2020-12, Validation, sections 6.1.2, 6.1.3 and 6.5.3, Core, section 10.3.1.1; OpenAPI 3.1.1, section 4.4.
# Here:      bytes, enums of several types, constants and tuples have types of their own (docs/models.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q datamodel-code-generator==0.89.0 pydantic==2.14.4
cat >description.json <<'JSON'
{
  "openapi": "3.1.1",
  "info": {"title": "Test", "version": "1"},
  "paths": {},
  "components": {"schemas": {
    "Bytes": {"type": "object", "properties": {"x": {"type": "string", "format": "byte"}}},
    "Mixed": {"type": "object", "properties": {"x": {"enum": [1, "1", true]}}},
    "Constant": {"type": "object", "properties": {"x": {"const": 1.5}}},
    "Pair": {"type": "object", "properties": {"x": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}}},
    "Required": {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["y"]}
  }}
}
JSON
v/bin/datamodel-codegen --input description.json --input-file-type openapi \
  --output models.py --output-model-type pydantic_v2.BaseModel --formatters builtin
cat >seen.py <<'PYTHON'
import models
from pydantic import ValidationError


def read(name, text):
    try:
        return getattr(models, name).model_validate_json(text).model_dump_json()
    except ValidationError as error:
        return error.errors()[0]["type"]


cases = [
    ("Bytes", '{"x":"aGk="}'),
    ("Bytes", '{"x":"/w=="}'),
    ("Mixed", '{"x":1}'),
    ("Mixed", '{"x":true}'),
    ("Constant", '{"x":2}'),
    ("Constant", "{}"),
    ("Pair", '{"x":["a",1]}'),
    ("Required", '{"x":1}'),
]
seen = [read(*case) for case in cases]
print(*zip(cases, seen), sep="\n")
assert seen == [
    '{"x":"aGk="}',
    "value_error",
    '{"x":1}',
    '{"x":1}',
    '{"x":2.0}',
    '{"x":null}',
    '{"x":["a",1]}',
    '{"x":1}',
], "the behaviour changed"
PYTHON
v/bin/python seen.py
