#!/usr/bin/env bash
# fastjsonschema cannot compile a pattern that has a dollar sign between square brackets.
#
# Guess:     `^[$€][0-9]+$` is a valid pattern: a dollar in a class of characters is itself.
# Version:   PyPI fastjsonschema 2.22.3.
# Behaviour: each dollar that no backslash precedes is replaced by `\Z`, Python's end of the string, in classes too: compiling gives
#            "bad escape \Z at position 2", an error of `re`, for a valid schema. A class in `patternProperties` is taken as it is.
# Source:    ECMA-262, section 22.2.1 (ClassAtom); JSON Schema 2020-12, Core, section 6.4.
# Here:      the generator does not compile patterns; they are part of the documentation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q fastjsonschema==2.22.3
cat >seen.py <<'PYTHON'
import fastjsonschema


def check(schema, value):
    try:
        fastjsonschema.compile(schema)(value)
    except Exception as error:
        return str(error)
    return "valid"


seen = [
    check({"pattern": r"^[$€][0-9]+$"}, "$5"),
    check({"pattern": r"^\$[0-9]+$"}, "$5"),
    check({"patternProperties": {r"^[$_]": {"type": "string"}}, "additionalProperties": False}, {"$a": "x"}),
]
print(seen)
assert seen == [r"bad escape \Z at position 2", "valid", "valid"], "the behaviour changed"
PYTHON
v/bin/python seen.py
