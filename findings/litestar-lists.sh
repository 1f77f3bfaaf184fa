#!/usr/bin/env bash
# Litestar describes lists in headers and cookies, and refuses each value of them; a form with one item is refused too.
#
# Guess:     a header that is `type: array` is read from `x-list: a, b` or from two lines; `tags=a` is a list of one item.
# Version:   PyPI litestar 2.25.0 (with msgspec 0.23.0, httpx 0.28.1).
# Behaviour: "Expected `array`, got `str`", status 400, for every value of a header or cookie, one item or more. A list in a form of
#            `application/x-www-form-urlencoded` needs two items; the same form as multipart, and a query, take one.
# Source:    OpenAPI 3.1.1, sections 4.8.12 and 4.8.15 (an array of a form is a repeated name).
# Here:      docs/frameworks.md says which values can be sent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q litestar==2.25.0 msgspec==0.23.0 httpx==0.28.1 python-multipart==0.0.34
cat >seen.py <<'PYTHON'
import logging
from dataclasses import dataclass
from typing import Annotated

from litestar import Litestar, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter
from litestar.testing import TestClient

logging.disable(logging.CRITICAL)


@dataclass
class Tags:
    tags: list[str]


@get("/header")
async def header(tags: Annotated[list[str], Parameter(header="X-Tags")]) -> list[str]:
    return tags


@get("/cookie")
async def cookie(tags: Annotated[list[str], Parameter(cookie="tags")]) -> list[str]:
    return tags


@get("/query")
async def query(tags: list[str]) -> list[str]:
    return tags


@post("/form")
async def form(data: Annotated[Tags, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> list[str]:
    return data.tags


@post("/multipart")
async def multipart(data: Annotated[Tags, Body(media_type=RequestEncodingType.MULTI_PART)]) -> list[str]:
    return data.tags


app = Litestar([header, cookie, query, form, multipart])
described = app.openapi_schema.to_schema()["paths"]["/header"]["get"]["parameters"][0]["schema"]
with TestClient(app) as client:
    responses = [
        client.get("/header", headers=[("x-tags", "a, b")]),
        client.get("/header", headers=[("x-tags", "a"), ("x-tags", "b")]),
        client.get("/cookie", headers={"cookie": "tags=a,b"}),
        client.get("/query?tags=a"),
        client.post("/form", data={"tags": ["a", "b"]}),
        client.post("/form", data={"tags": ["a"]}),
        client.post("/multipart", files=[("tags", (None, "a"))]),
    ]
seen = [response.json() if response.is_success else response.json()["extra"][0]["message"] for response in responses]
print(described, *seen, sep="\n")
refused = "Expected `array`, got `str`"
assert described == {"type": "array", "items": {"type": "string"}}, "the behaviour changed"
assert seen == [refused, refused, refused, ["a"], ["a", "b"], refused, ["a"]], "the behaviour changed"
PYTHON
v/bin/python seen.py
