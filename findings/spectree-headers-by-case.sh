#!/usr/bin/env bash
# SpecTree loses every header whose field is not in title case, and describes a form as multipart that refuses a list of one item.
#
# Guess:     a header described as `x-token` arrives whatever the case in which it is sent; `tags=a` in a form is a list of one item, as
#            in a query of the same model.
# Versions:  PyPI spectree 3.0.0, flask 3.1.3 (with werkzeug 3.1.9), pydantic 2.14.4.
# Behaviour: the names of Werkzeug are in title case (`X-Token`), and the model compares case: `x-token`, `token` and `x_token` are None,
#            without an error, however the client spells them. Only a field with the alias `X-Token` has its value. The list in a form is
#            422 "Input should be a valid list"; two items work. `loc` of an error is described as strings and has the index of a list as
#            a number. Operations without documented responses have `responses: {}` and send 422.
# Source:    RFC 9110, section 5.1 (field names are case-insensitive); OpenAPI 3.1.1, sections 4.8.12 and 4.8.16.
# Here:      the header is sent by its described name (docs/frameworks.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q spectree==3.0.0 flask==3.1.3 werkzeug==3.1.9 pydantic==2.14.4
cat >seen.py <<'PYTHON'
from flask import Flask, request
from pydantic import BaseModel, Field
from spectree import Response, SpecTree

app, api = Flask(__name__), SpecTree("flask")


class Headers(BaseModel):
    plain: str | None = None
    x_token: str | None = None
    lower: str | None = Field(None, alias="x-lower")
    title: str | None = Field(None, alias="X-Title")


class Form(BaseModel):
    tags: list[str]


class Numbers(BaseModel):
    numbers: list[int]


@app.get("/headers")
@api.validate()
def headers(headers: Headers):
    return request.context.headers.model_dump()


@app.get("/query")
@api.validate()
def query(query: Form):
    return request.context.query.model_dump()


@app.post("/form")
@api.validate()
def form(form: Form):
    return request.context.form.model_dump()


@app.post("/numbers")
@api.validate(resp=Response(HTTP_200=Numbers))
def numbers(json: Numbers):
    return request.context.json.model_dump()


api.register(app)
client = app.test_client()
described = client.get("/apidoc/openapi.json").json
operation = described["paths"]["/headers"]["get"]
element = next(schema for name, schema in described["components"]["schemas"].items() if name.endswith("Element"))
seen = [
    [parameter["name"] for parameter in operation["parameters"]],
    operation["responses"],
    client.get("/headers", headers={"plain": "a", "x_token": "b", "X-Token": "b", "x-lower": "c", "x-title": "d"}).json,
    client.get("/query?tags=a").json,
    client.post("/form", data={"tags": "a"}).json[0]["msg"],
    client.post("/form", data={"tags": ["a", "b"]}).json,
    list(described["paths"]["/form"]["post"]["requestBody"]["content"]),
    element["properties"]["loc"]["items"],
    client.post("/numbers", json={"numbers": [1, "x"]}).json[0]["loc"],
]
print(*seen, sep="\n")
assert seen == [
    ["plain", "x_token", "x-lower", "X-Title"],
    {},
    {"plain": None, "x_token": None, "lower": None, "title": "d"},
    {"tags": ["a"]},
    "Input should be a valid list",
    {"tags": ["a", "b"]},
    ["multipart/form-data"],
    {"type": "string"},
    ["numbers", 1],
], "the behaviour changed"
PYTHON
v/bin/python seen.py
