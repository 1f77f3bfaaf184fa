#!/usr/bin/env bash
# FastAPI reads a union of dates in a JSON body otherwise than pydantic reads the same JSON.
#
# Guess:     a body of `date | datetime` is what `TypeAdapter(date | datetime).validate_json` makes of it: `"2026-01-02T00:00:00"`
#            is a date-time and `"2026-01-02"` a date, whatever the order of the two.
# Version:   PyPI fastapi 0.165.0 (with pydantic 2.14.4, starlette 1.10.0).
# Behaviour: FastAPI parses the JSON itself and validates Python values, for which every string is an inexact date. The first
#            type that takes the string wins: in `date | datetime` midnight is a date and comes back without its time; in
#            `datetime | date` a date comes back with one. pydantic's `validate_json` keeps each of them.
# Source:    pydantic's documentation, "Unions", section "Smart mode" (exactness), and "Strict mode" (dates are exact in JSON
#            input alone); FastAPI's documentation says that bodies are validated with pydantic.
# Here:      a union of string formats keeps what came (docs/frameworks.md); generator/tests/frameworks/fastapi.rs sends times
#            that are not midnight.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q fastapi==0.165.0 pydantic==2.14.4 starlette==1.10.0 httpx==0.28.1
cat >seen.py <<'PYTHON'
import asyncio
import json
from datetime import date, datetime

import httpx
from fastapi import FastAPI
from pydantic import BaseModel, TypeAdapter

app = FastAPI()


class Model(BaseModel):
    a: date | datetime
    b: datetime | date


@app.post("/")
def echo(model: Model) -> Model:
    return model


async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app") as client:
        for text, expected in [
            ("2026-01-02", ["2026-01-02", "2026-01-02T00:00:00"]),
            ("2026-01-02T00:00:00", ["2026-01-02", "2026-01-02T00:00:00"]),
        ]:
            body = {"a": text, "b": text}
            by_fastapi = (await client.post("/", json=body)).json()
            by_pydantic = json.loads(TypeAdapter(Model).validate_json(json.dumps(body)).model_dump_json())
            print(text, by_fastapi, by_pydantic)
            assert list(by_fastapi.values()) == expected, "the behaviour changed"
            assert by_pydantic == body, "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
