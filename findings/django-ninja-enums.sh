#!/usr/bin/env bash
# Django Ninja sends the name of an enum's member, where its description has the member's value.
#
# Guess:     `Color.RED = "red"` is described as `enum: [red]`, and a response has "red", as pydantic and FastAPI do it.
# Versions:  PyPI django-ninja 1.7.1, django 5.2.19, pydantic 2.14.4.
# Behaviour: a member of a plain `enum.Enum` is "Color.RED", and so is one whose values are integers. Requests take "red" only, so a
#            client cannot send the value that it received. `StrEnum`, `IntEnum`, `(str, Enum)` and Django's choices are right. An infinite
#            float is `Infinity`, which is not JSON; a `date-time` loses its digits after milliseconds.
# Source:    RFC 8259, section 6; documentation of Django, "DjangoJSONEncoder" (which has no row for enums).
# Here:      enums are open, so such a value is the variant for other values (docs/frameworks.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q django-ninja==1.7.1 django==5.2.19 pydantic==2.14.4
cat >seen.py <<'PYTHON'
import enum
from datetime import datetime

import django
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x", ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()

from django.test import Client
from django.urls import path
from ninja import NinjaAPI, Schema


class Color(enum.Enum):
    RED = "red"


class Size(enum.Enum):
    ONE = 1


class Text(enum.StrEnum):
    RED = "red"


class Item(Schema):
    color: Color
    size: Size
    text: Text
    price: float = float("inf")
    time: datetime = datetime(2020, 1, 1, 0, 0, 0, 123456)


api = NinjaAPI()


@api.get("/", response=Item)
def made(request):
    return Item(color=Color.RED, size=Size.ONE, text=Text.RED)


@api.post("/", response=Item)
def returned(request, item: Item):
    return item


urlpatterns = [path("", api.urls)]
client = Client()
schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]
described = [schemas[name]["enum"] for name in ("Color", "Size", "Text")]
body = client.get("/").content.decode()
sent = {"color": "Color.RED", "size": 1, "text": "red"}
print(described, body, sep="\n")
assert described == [["red"], [1], ["red"]], "the behaviour changed"
assert body == '{"color": "Color.RED", "size": "Size.ONE", "text": "red", "price": Infinity, "time": "2020-01-01T00:00:00.123"}', "the behaviour changed"
assert client.post("/", sent, content_type="application/json").status_code == 422, "the behaviour changed"
PYTHON
v/bin/python seen.py
