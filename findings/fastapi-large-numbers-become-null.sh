#!/usr/bin/env bash
# FastAPI sends null for a number that it accepted, which its own description excludes.
#
# Guess:     `1e400` in a body of `{x: float}` is 422, as Python's float cannot hold it, or comes back as a number.
# Version:   PyPI fastapi 0.165.0 (with pydantic 2.14.4, starlette 1.10.0).
# Behaviour: it becomes infinity, which pydantic accepts, and is written as null: `{"x": null}`, status 200, though the response is
#            described as a required `{type: number}`. So is every infinity or NaN that a function computes, in lists and maps
#            of numbers too.
# Source:    RFC 8259, section 6 (1e400 is a number; a receiver may limit range); pydantic's documentation, `allow_inf_nan` (true)
#            and `ser_json_inf_nan` ("null"), whose defaults together break the schema.
# Here:      null in place of a number that is not nullable needs a setting: docs/frameworks.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q fastapi==0.165.0 pydantic==2.14.4 starlette==1.10.0 httpx==0.28.1
cat >seen.py <<'PYTHON'
import asyncio

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Model(BaseModel):
    x: float
    many: dict[str, list[float]]


@app.post("/")
def echo(model: Model) -> Model:
    return model


async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        body = '{"x": 1e400, "many": {"a": [-1e400, 1e300]}}'
        response = await client.post("/", content=body, headers={"content-type": "application/json"})
    described = app.openapi()["components"]["schemas"]["Model"]
    print(response.status_code, response.text, described["properties"]["x"], described["required"])
    assert (response.status_code, response.json()) == (200, {"x": None, "many": {"a": [None, 1e300]}}), "the behaviour changed"
    assert described["properties"]["x"] == {"type": "number", "title": "X"}, "the behaviour changed"
    assert "x" in described["required"], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
