#!/usr/bin/env bash
# Django and Litestar choose a media type that the client excludes; Falcon compares the case of media types.
#
# Guess:     `application/json;q=0, */*` excludes JSON; `APPLICATION/JSON` and `application/json` are one type.
# Versions:  PyPI django 5.2.19, litestar 2.25.0, falcon 4.4.0, webob 1.8.11, werkzeug 3.1.9.
# Behaviour: Django's `get_preferred_type` and Litestar's `best_match` choose JSON for the first; Litestar does so for `*/*;q=0` too. Falcon finds
#            nothing for upper case, and refuses a list with an empty element, or with a comma in quotes. WebOb and Werkzeug read
#            all of these.
# Source:    RFC 9110, sections 12.4.2 (0 is "not acceptable"), 8.3.1 (case), 5.6.1.2 (empty elements) and 5.6.4 (quotes).
# Here:      the client sends lower case, no quotes and no weight of 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q django==5.2.19 litestar==2.25.0 falcon==4.4.0 webob==1.8.11 werkzeug==3.1.9
cat >seen.py <<'PYTHON'
import django
from django.conf import settings
from django.http import HttpRequest
from falcon.errors import InvalidMediaRange
from falcon.util.mediatypes import best_match
from litestar.datastructures.headers import Accept
from webob.acceptparse import create_accept_header
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

settings.configure()
django.setup()


def by_django(header, types):
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = header
    return request.get_preferred_type(types)


def by_falcon(header, types):
    try:
        return best_match(types, header) or None
    except InvalidMediaRange:
        return "refused"


def by_webob(header, types):
    offers = create_accept_header(header).acceptable_offers(types)
    return offers[0][0] if offers else None


JSON, HTML = "application/json", "text/html"
seen = {}
for header, types in [
    (f"{JSON};q=0, */*", [JSON, HTML]),
    ("*/*;q=0", [JSON]),
    (JSON.upper(), [JSON]),
    (f"{JSON},,{HTML}", [HTML]),
    (f'{HTML};note="a,b", {JSON}', [JSON]),
]:
    seen[header] = [
        by_django(header, types),
        Accept(header).best_match(types),
        by_falcon(header, types),
        by_webob(header, types),
        parse_accept_header(header, MIMEAccept).best_match(types),
    ]
print(*seen.items(), sep="\n")
assert list(seen.values()) == [
    [JSON, JSON, HTML, HTML, HTML],
    [None, JSON, None, None, None],
    [JSON, JSON, None, JSON, JSON],
    [HTML, HTML, "refused", HTML, HTML],
    [JSON, JSON, "refused", JSON, JSON],
], "the behaviour changed"
PYTHON
v/bin/python seen.py
