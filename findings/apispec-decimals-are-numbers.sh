#!/usr/bin/env bash
# apispec (flask-smorest, APIFlask) describes decimals as numbers, and the servers send strings.
#
# Guess:     `Decimal(as_string=True)` is described as a string, since that is the option's only effect.
# Versions:  PyPI apispec 6.10.1, marshmallow 4.4.0, flask-smorest 0.47.0, APIFlask 3.1.2, flask 3.1.3.
# Behaviour: `type: number`, with the option and without. Responses have "1.10": by the option, or because Flask writes a `Decimal` as
#            a string. Requests take both. A client with the type of the description cannot read the response.
# Source:    JSON Schema 2020-12, Validation, section 6.1.1; documentation of marshmallow, `Decimal`.
# Here:      `[types]` makes the field a string (docs/frameworks.md); a lenient client reads it as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q apispec==6.10.1 marshmallow==4.4.0 flask-smorest==0.47.0 APIFlask==3.1.2 flask==3.1.3
cat >seen.py <<'PYTHON'
import apiflask
import flask
import flask_smorest
from marshmallow import Schema, fields


class Price(Schema):
    plain = fields.Decimal()
    text = fields.Decimal(as_string=True)


class Config:
    API_TITLE = "t"
    API_VERSION = "1"
    OPENAPI_VERSION = "3.1.0"


smorest_app = flask.Flask("smorest")
smorest_app.config.from_object(Config)
api = flask_smorest.Api(smorest_app)
blueprint = flask_smorest.Blueprint("prices", "prices")


@blueprint.route("/", methods=["POST"])
@blueprint.arguments(Price)
@blueprint.response(200, Price)
def by_smorest(price):
    return price


api.register_blueprint(blueprint)
other = apiflask.APIFlask("other")


@other.post("/")
@other.input(Price)
@other.output(Price)
def by_apiflask(json_data):
    return json_data


seen = []
with smorest_app.app_context():
    descriptions = [api.spec.to_dict(), other.spec]
for app, description in zip([smorest_app, other], descriptions):
    described = {name: field["type"] for name, field in description["components"]["schemas"]["Price"]["properties"].items()}
    seen.append((described, app.test_client().post("/", json={"plain": 1.1, "text": "1.10"}).json))
print(*seen, sep="\n")
assert seen == [({"plain": "number", "text": "number"}, {"plain": "1.1", "text": "1.10"})] * 2, "the behaviour changed"
PYTHON
v/bin/python seen.py
