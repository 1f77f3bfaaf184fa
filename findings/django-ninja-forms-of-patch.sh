#!/usr/bin/env bash
# Django Ninja describes forms for PATCH and PUT, and reads none: a form of defaults arrives without an error.
#
# Guess:     `item: Form[Change]` reads the form, whatever the method; for files the library refuses to start with PUT.
# Versions:  PyPI django-ninja 1.7.1, django 5.2.19.
# Behaviour: Django parses forms for POST only. With PATCH and PUT the handler gets the defaults of the model, with status 200; a form with a
#            required field is 422 "Field required". An upload with PUT is a ConfigError at the start, which names the middleware.
# Source:    documentation of Django, `HttpRequest.POST`; RFC 9110, section 9.3.4 (PUT has a body of any media type).
# Here:      the client sends the form (`generator/tests/cases/bodies/forms`); docs/frameworks.md.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q django-ninja==1.7.1 django==5.2.19
cat >seen.py <<'PYTHON'
import django
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x", ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()

from django.test import Client
from django.urls import path
from ninja import File, Form, NinjaAPI, Schema, UploadedFile
from ninja.errors import ConfigError


class Change(Schema):
    name: str = "none"
    tags: list[str] = []


class Required(Schema):
    name: str


api = NinjaAPI()


@api.api_operation(["POST", "PATCH", "PUT"], "/change")
def change(request, item: Form[Change]):
    return item.dict()


@api.put("/required")
def required(request, item: Form[Required]):
    return item.dict()


try:
    api.put("/file")(lambda request, file: None)
    api.put("/file")(eval("lambda request, file=File(...): None"))
    refused = "accepted"
except ConfigError as error:
    refused = str(error).split(" ")[-1]
urlpatterns = [path("", api.urls)]
client = Client()
form = {"data": "name=a&tags=b", "content_type": "application/x-www-form-urlencoded"}
described = list(api.get_openapi_schema(path_prefix="")["paths"]["/change"]["patch"]["requestBody"]["content"])
seen = [send("/change", **form).json() for send in (client.post, client.patch, client.put)]
seen.append(client.put("/required", **form).json()["detail"][0]["msg"])
print(described, *seen, refused, sep="\n")
assert described == ["application/x-www-form-urlencoded"], "the behaviour changed"
defaults = {"name": "none", "tags": []}
assert seen == [{"name": "a", "tags": ["b"]}, defaults, defaults, "Field required"], "the behaviour changed"
PYTHON
v/bin/python seen.py
