#!/usr/bin/env bash
# A dataclass that msgspec has decoded is encoded without the fields that had their defaults, and so is a response of Litestar.
#
# Guess:     JSON of a dataclass has every field, however the value was made.
# Versions:  PyPI msgspec 0.23.0, litestar 2.25.0 (with httpx 0.28.1).
# Behaviour: `decode(b'{"id": 1}')` gives `Item(id=1, name="x")`, equal to `Item(1)`, which is encoded as `{"id": 1}`; `Item(1)` itself is
#            `{"id": 1, "name": "x"}`. The decoder leaves a plain default to the class, and the encoder writes the attributes of the
#            object. `slots=True`, attrs, `default_factory` and `msgspec.Struct` are not affected. In Litestar a handler that
#            returns its body drops the fields from the response, and one that makes the value sends them.
# Source:    documentation of msgspec, "Supported Types", which names no such difference; Python's documentation of `dataclasses`.
# Here:      Litestar describes such fields as not required, so they are optional in the model (docs/frameworks.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q msgspec==0.23.0 litestar==2.25.0 httpx==0.28.1
cat >seen.py <<'PYTHON'
import logging
from dataclasses import dataclass

import msgspec
from litestar import Litestar, get, post
from litestar.testing import TestClient

logging.disable(logging.CRITICAL)


@dataclass
class Item:
    id: int
    name: str = "x"


@dataclass(slots=True)
class Slots:
    id: int
    name: str = "x"


@get("/")
async def made() -> Item:
    return Item(1)


@post("/")
async def returned(data: Item) -> Item:
    return data


decoded = msgspec.json.decode(b'{"id": 1}', type=Item)
slots = msgspec.json.decode(b'{"id": 1}', type=Slots)
with TestClient(Litestar([made, returned])) as client:
    responses = [client.get("/").json(), client.post("/", json={"id": 1}).json()]
seen = [decoded == Item(1), *(msgspec.json.encode(value) for value in (Item(1), decoded, slots)), *responses]
print(*seen, sep="\n")
whole = b'{"id":1,"name":"x"}'
assert seen == [True, whole, b'{"id":1}', whole, {"id": 1, "name": "x"}, {"id": 1}], "the behaviour changed"
PYTHON
v/bin/python seen.py
