#!/usr/bin/env bash
# FastAPI takes an empty form field for one that is not there.
#
# Guess:     `note=` in a form is the empty string, as it is in the query: the field is a `str`, and its default is for a field
#            that is missing, which is also all that the description says (`type: string, default: "none"`).
# Version:   PyPI fastapi 0.165.0 (with pydantic 2.14.4, starlette 1.10.0, python-multipart 0.0.34).
# Behaviour: the function gets the default, `"none"`; a field of a form model too; both encodings of forms. The same string in the
#            query is `""`. A required field that is empty is the error "Field required". In a list, empty strings stay. So no
#            client can send an empty string in a form, though `minLength` is not there.
# Source:    URL standard, section 5.1 (a name with an empty value is a tuple); OpenAPI 3.1.1, section 4.8.24.2 (`default` is
#            what is assumed if no value is provided).
# Here:      an empty string is sent as it is (`note=`); docs/frameworks.md says what FastAPI makes of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q fastapi==0.165.0 pydantic==2.14.4 starlette==1.10.0 python-multipart==0.0.34 httpx==0.28.1
cat >seen.py <<'PYTHON'
import asyncio
from typing import Annotated

import httpx
from fastapi import FastAPI, Form, Query
from pydantic import BaseModel

app = FastAPI()


class Model(BaseModel):
    note: str = "none"
    maybe: str | None = "some"
    tags: list[str] = []


@app.post("/field")
def field(note: Annotated[str, Form()] = "none") -> str:
    return note


@app.post("/required")
def required(note: Annotated[str, Form()]) -> str:
    return note


@app.post("/model")
def model(model: Annotated[Model, Form()]) -> Model:
    return model


@app.get("/query")
def query(note: Annotated[str, Query()] = "none") -> str:
    return note


async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        described = app.openapi()["components"]["schemas"]["Body_field_field_post"]["properties"]["note"]
        seen = [
            described,
            (await client.post("/field", data={"note": ""})).json(),
            (await client.post("/field", files={"note": (None, "")})).json(),
            (await client.post("/model", data={"note": "", "maybe": "", "tags": ["", "a"]})).json(),
            (await client.post("/required", data={"note": ""})).json()["detail"][0]["msg"],
            (await client.get("/query", params={"note": ""})).json(),
        ]
    print(*seen, sep="\n")
    assert seen == [
        {"type": "string", "title": "Note", "default": "none"},
        "none",
        "none",
        {"note": "none", "maybe": "some", "tags": ["", "a"]},
        "Field required",
        "",
    ], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
