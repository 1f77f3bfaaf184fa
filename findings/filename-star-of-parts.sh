#!/usr/bin/env bash
# A file that has only `filename*` is a text field for Starlette and multipart; beside `filename`, one of five libraries takes the last.
#
# Guess:     `filename*=UTF-8''%e2%82%ac.txt`, which HTTP clients of older libraries send, names the file, and is preferred to
#            `filename` in either order.
# Versions:  PyPI starlette 1.10.0 with python-multipart 0.0.34, multipart 2.0.1, werkzeug 3.1.9, django 5.2.19, falcon 4.4.0.
# Behaviour: Starlette and multipart do not know the parameter: the part has no file name, so it is a string, and FastAPI refuses it where a file
#            is described. Werkzeug takes the later of both parameters. Django and Falcon prefer `filename*`.
# Source:    RFC 7578, section 4.2 (senders must not use `filename*`); RFC 6266, section 4.3 (recipients prefer it).
# Here:      file names are sent in UTF-8 without `filename*`; a part of a response is read with either (`runtime/src/body/multipart/part.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q starlette==1.10.0 python-multipart==0.0.34 werkzeug==3.1.9 django==5.2.19 falcon==4.4.0
v/bin/pip install -q --target other multipart==2.0.1
cat >seen.py <<'PYTHON'
import asyncio
import importlib.util
import io

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from falcon.media import MultipartFormHandler
from starlette.requests import Request
from werkzeug.formparser import parse_form_data

settings.configure(USE_I18N=False)
django.setup()
spec = importlib.util.spec_from_file_location("other_multipart", "other/multipart.py")
multipart = importlib.util.module_from_spec(spec)
spec.loader.exec_module(multipart)
TYPE = "multipart/form-data; boundary=b"


def environment(body):
    return {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "CONTENT_TYPE": TYPE, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}


async def by_starlette(body):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    request = Request({"type": "http", "method": "POST", "headers": [(b"content-type", TYPE.encode())]}, receive)
    part = (await request.form())["f"]
    return part if isinstance(part, str) else [part.filename]


def by_multipart(body):
    fields, files = multipart.parse_form_data(environment(body))
    return fields.get("f") or [files["f"].filename]


def by_werkzeug(body):
    return [parse_form_data(environment(body))[2]["f"].filename]


def by_django(body):
    return [WSGIRequest(environment(body)).FILES["f"].name]


def by_falcon(body):
    return [part.filename for part in MultipartFormHandler().deserialize(io.BytesIO(body), TYPE, len(body))]


seen = []
for names in ["filename*=UTF-8''%e2%82%ac.txt", "filename*=UTF-8''%e2%82%ac.txt; filename=\"e.txt\"", "filename=\"e.txt\"; filename*=UTF-8''%e2%82%ac.txt"]:
    body = f'--b\r\nContent-Disposition: form-data; name="f"; {names}\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n'.encode()
    seen.append([asyncio.run(by_starlette(body)), by_multipart(body), by_werkzeug(body), by_django(body), by_falcon(body)])
print(*seen, sep="\n")
euro, plain = ["€.txt"], ["e.txt"]
assert seen == [["x", "x", euro, euro, euro], [plain, plain, plain, euro, euro], [plain, plain, euro, euro, euro]], "the behaviour changed"
PYTHON
v/bin/python seen.py
