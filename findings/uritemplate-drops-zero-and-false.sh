#!/usr/bin/env bash
# uritemplate (Python) expands 0 and False to nothing.
#
# Guess:     `{?page,all}` with page 0 and all False is `?page=0&all=False` (or `false`): only None and an absent variable are
#            undefined.
# Version:   PyPI uritemplate 4.2.0.
# Behaviour: `?page=&all=`: falsy values become empty text. A call for page 0 asks for no page. In a list, None becomes "None".
# Source:    RFC 6570, sections 2.3 (undefined values) and 3.2.8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check uritemplate==4.2.0
venv/bin/python - <<'PYTHON'
from uritemplate import expand

seen = [expand("{?page,all}", page=0, all=False), expand("{?page}", page=1), expand("{?page}", page=None),
        expand("{?ids}", ids=["a", None])]
print(seen)
assert seen == ["?page=&all=", "?page=1", "", "?ids=a,None"], "the behaviour changed"
PYTHON
