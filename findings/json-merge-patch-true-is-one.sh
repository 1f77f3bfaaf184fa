#!/usr/bin/env bash
# json-merge-patch (Python) finds no change between 1 and true.
#
# Guess:     `create_patch({"a": 1}, {"a": True})` is `{"a": True}`: JSON's numbers and booleans are different types.
# Version:   PyPI json-merge-patch 0.3.0.
# Behaviour: the patch is empty, for Python's `1 == True`; what the caller turned on stays off at the server. The like holds
#            for 0 and false. (PyPI jsonpatch 1.48 tells them apart.)
# Source:    RFC 7396, section 2; RFC 8259, section 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check json-merge-patch==0.3.0 jsonpatch==1.48
venv/bin/python - <<'PYTHON'
import json_merge_patch, jsonpatch

seen = (json_merge_patch.create_patch({"a": 1}, {"a": True}), json_merge_patch.create_patch({"a": 0}, {"a": False}),
        jsonpatch.make_patch({"a": 1}, {"a": True}).patch)
print(seen)
assert seen == ({}, {}, [{"op": "replace", "path": "/a", "value": True}]), "the behaviour changed"
assert seen[2][0]["value"] is True, "the behaviour changed"
PYTHON
