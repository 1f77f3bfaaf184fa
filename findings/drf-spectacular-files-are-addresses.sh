#!/usr/bin/env bash
# drf-spectacular describes an upload as an address, and what it cannot tell as a string.
#
# Guess:     a `FileField` in the form of a request is `format: binary`, and a field whose type is unknown has no `type`.
# Versions:  PyPI drf-spectacular 0.30.0, djangorestframework 3.18.3, Django 5.2.19.
# Behaviour: request and response share one component, in which the file is `format: uri`, as in a response: a generated client
#            sends a string, and Django says "The submitted data was not a file". `COMPONENT_SPLIT_REQUEST` gives the request a
#            component of its own with `format: binary`. A `SerializerMethodField` without a hint is `type: string`, whatever it
#            returns; there is a warning when the description is made, and none in it.
# Source:    drf-spectacular's documentation, "Settings" (COMPONENT_SPLIT_REQUEST, default False) and FAQ; OpenAPI 3.0.4, section
#            4.7.14.3 (file uploads are `format: binary`).
# Here:      docs/frameworks.md; tests/peers/django has both, and generator/tests/frameworks/django.rs calls them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q drf-spectacular==0.30.0 djangorestframework==3.18.3 Django==5.2.19
cat >seen.py <<'PYTHON'
import sys

import django
from django.conf import settings

split = sys.argv[1] == "split"
settings.configure(
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework", "drf_spectacular"],
    REST_FRAMEWORK={"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema", "UNAUTHENTICATED_USER": None},
    SPECTACULAR_SETTINGS={"COMPONENT_SPLIT_REQUEST": split},
)
django.setup()

from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework import generics, parsers, serializers


class Upload(serializers.Serializer):
    file = serializers.FileField()
    size = serializers.SerializerMethodField()

    def get_size(self, upload):
        return {"bytes": 1}


class View(generics.CreateAPIView):
    authentication_classes = []
    parser_classes = [parsers.MultiPartParser]
    serializer_class = Upload


urlpatterns = [path("upload/", View.as_view())]
description = SchemaGenerator().get_schema(public=True)
body = description["paths"]["/upload/"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"]
schemas = description["components"]["schemas"]
file, size = schemas[body.rsplit("/", 1)[1]]["properties"]["file"], schemas["Upload"]["properties"]["size"]
print(body, file, size)
assert file == {"type": "string", "format": "binary" if split else "uri"}, "the behaviour changed"
assert size == {"type": "string", "readOnly": True}, "the behaviour changed"
PYTHON
v/bin/python seen.py default
v/bin/python seen.py split
