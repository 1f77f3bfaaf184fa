#!/usr/bin/env bash
# apispec writes null for keywords that must be strings, and an inclusive limit for an exclusive one.
#
# Guess:     the description of a field of marshmallow is a valid schema that accepts what the field accepts.
# Versions:  PyPI apispec 6.10.1, marshmallow 4.4.0, openapi-spec-validator 0.8.5.
# Behaviour: a date with its own format has `format: null` and `pattern: null`; a timestamp has `min: "0"`, which is no keyword, and an
#            `example` that is a string beside `type: number`. `Range(min=1, min_inclusive=False)` is `minimum: 1`, and 1 is refused.
#            Python's `\Z` is copied into `pattern`. Validators refuse the description.
# Source:    JSON Schema 2020-12, Validation, sections 6.2.5, 6.3.3 and 7; ECMA-262, section 22.2.1 (no `\Z`).
# Here:      a null keyword has no effect, and patterns and limits are documentation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q apispec==6.10.1 marshmallow==4.4.0 openapi-spec-validator==0.8.5
cat >seen.py <<'PYTHON'
import json

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, ValidationError, fields, validate
from openapi_spec_validator import OpenAPIV31SpecValidator


class Item(Schema):
    day = fields.DateTime(format="%d/%m/%Y")
    stamp = fields.DateTime(format="timestamp")
    count = fields.Integer(validate=validate.Range(min=1, min_inclusive=False))
    word = fields.String(validate=validate.Regexp(r"^\w+\Z"))


spec = APISpec("t", "1", "3.1.0", plugins=[MarshmallowPlugin()])
spec.components.schema("Item", schema=Item)
described = spec.to_dict()["components"]["schemas"]["Item"]["properties"]
print(json.dumps(described))
try:
    Item().load({"count": 1})
    refused = None
except ValidationError as error:
    refused = error.messages
errors = len(list(OpenAPIV31SpecValidator(spec.to_dict()).iter_errors()))
print(refused, errors)
assert described == {
    "day": {"type": "string", "format": None, "pattern": None},
    "stamp": {"type": "number", "format": "float", "example": "1676451245.596", "min": "0"},
    "count": {"type": "integer", "minimum": 1},
    "word": {"type": "string", "pattern": "^\\w+\\Z"},
}, "the behaviour changed"
assert (refused, errors > 0) == ({"count": ["Must be greater than 1."]}, True), "the behaviour changed"
PYTHON
v/bin/python seen.py
