#!/usr/bin/env bash
# Django Ninja describes a header by a name that Django's servers drop.
#
# Guess:     a client that sends the described header reaches the parameter.
# Versions:  PyPI django-ninja 1.7.1, django 5.2.19, waitress 3.0.2.
# Behaviour: the parameter `x_token: Header()` is described as `x_token`. Django's own server and waitress (gunicorn too) drop headers
#            with an underscore, because `x_token` and `x-token` have one name in WSGI; the handler gets None and there is no error.
#            `x-token`, which the description does not have, arrives. FastAPI describes `x-token`.
# Source:    RFC 3875, section 4.1.18; documentation of Django, `WSGIRequestHandler`.
# Here:      the client sends the described name; an overlay renames it (docs/frameworks.md).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q django-ninja==1.7.1 django==5.2.19 waitress==3.0.2
cat >seen.py <<'PYTHON'
import json
import threading
from typing import Annotated
from urllib.request import Request, urlopen

import django
from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="x", ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.core.wsgi import get_wsgi_application
from django.urls import path
from ninja import Header, NinjaAPI
from waitress.server import create_server

api = NinjaAPI()


@api.get("/")
def read(request, x_token: Annotated[str | None, Header()] = None):
    return x_token


urlpatterns = [path("", api.urls)]
WSGIRequestHandler.log_message = lambda *_: None
own = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
own.set_app(get_wsgi_application())
threading.Thread(target=own.serve_forever, daemon=True).start()
waitress = create_server(get_wsgi_application(), host="127.0.0.1", port=0)
threading.Thread(target=waitress.run, daemon=True).start()

described = api.get_openapi_schema(path_prefix="")["paths"]["/"]["get"]["parameters"][0]["name"]
seen = [
    json.load(urlopen(Request(f"http://127.0.0.1:{port}/", headers={name: "t"})))
    for port in (own.server_port, waitress.effective_port)
    for name in ("x_token", "x-token")
]
print(described, seen)
assert (described, seen) == ("x_token", [None, "t", None, "t"]), "the behaviour changed"
PYTHON
v/bin/python seen.py
