#!/usr/bin/env bash
# Quart-Schema gives a handler strings where its class and the description have integers and lists of headers.
#
# Guess:     `x_number: int` of a class for headers is converted and checked, as the same field of a query is; one item is a list.
# Versions:  PyPI quart-schema 0.25.0, quart 0.22.0, pydantic 2.14.4.
# Behaviour: headers are neither converted nor checked: the handler has "1" for the integer, "x" too, and "a" for the list. In a query the
#            integer is one, and "x" is status 400. One item of a list in a query or form is 400, two items are a list. The page of a
#            400 is HTML and names no parameter. `bytes` in JSON is `format: binary`, and an infinite default makes a description
#            with `Infinity`, which is not JSON.
# Source:    OpenAPI 3.1.1, section 4.8.12 (the schema of a header); RFC 8259, section 6.
# Here:      a client sends any integer or list; one item of a list is refused (docs/frameworks.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q quart-schema==0.25.0 quart==0.22.0 pydantic==2.14.4
cat >seen.py <<'PYTHON'
import asyncio
import logging
from dataclasses import asdict, dataclass

from quart import Quart
from quart_schema import DataSource, QuartSchema, validate_headers, validate_querystring, validate_request

app = Quart(__name__)
QuartSchema(app)
logging.disable()


@dataclass
class Values:
    x_number: int | None = None
    x_list: list[str] | None = None


@dataclass
class Body:
    data: bytes
    limit: float = float("inf")


@app.get("/headers")
@validate_headers(Values)
async def headers(headers: Values):
    return asdict(headers)


@app.get("/query")
@validate_querystring(Values)
async def query(query_args: Values):
    return asdict(query_args)


@app.post("/form")
@validate_request(Values, source=DataSource.FORM)
async def form(data: Values):
    return asdict(data)


@app.post("/body")
@validate_request(Body)
async def body(data: Body):
    return ""


async def main():
    client = app.test_client()
    text = await (await client.get("/openapi.json")).get_data(as_text=True)
    described = (await (await client.get("/openapi.json")).get_json())["paths"]
    parameters = [[p["name"], p["schema"]["anyOf"][0]["type"]] for p in described["/headers"]["get"]["parameters"]]
    data = described["/body"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]["data"]
    seen = [parameters, data["format"], "Infinity" in text]
    for headers in [{"X-Number": "1", "X-List": "a"}, {"X-Number": "x"}]:
        seen.append(await (await client.get("/headers", headers=headers)).get_json())
    for query in ["x_number=1", "x_number=x", "x_list=a", "x_list=a&x_list=b"]:
        response = await client.get(f"/query?{query}")
        seen.append(await response.get_json() if response.status_code == 200 else [response.status_code, response.mimetype])
    seen.append((await client.post("/form", form={"x_list": "a"})).status_code)
    print(*seen, sep="\n")
    assert seen == [
        [["x-number", "integer"], ["x-list", "array"]],
        "binary",
        True,
        {"x_number": "1", "x_list": "a"},
        {"x_number": "x", "x_list": None},
        {"x_number": 1, "x_list": None},
        [400, "text/html"],
        [400, "text/html"],
        {"x_number": None, "x_list": ["a", "b"]},
        400,
    ], "the behaviour changed"


asyncio.run(main())
PYTHON
v/bin/python seen.py
