#!/usr/bin/env bash
# requests and httpx lose `rel="next"` where the address of a Link header has a semicolon or a title has an equals sign.
#
# Guess:     the address between `<` and `>` is taken whole, and a quoted value may hold `=`, `;` and `,`.
# Versions:  PyPI requests 2.34.2, httpx 0.28.1 (both use the same way to split).
# Behaviour: the value is split at `;` first, wherever it stands, and each parameter at every `=`; reading stops in silence at
#            the parameter that does not fit. `<https://a.example/x?q=a;b>; rel="next"` becomes a link to
#            `https://a.example/x?q=a` without a relation, `<...>; title="a=b"; rel="next"` one without a relation, and
#            `rel="next last"` is one relation "next last". A loop over `links["next"]` ends early.
# Source:    RFC 8288, section 3 (grammar), 3.3 (several relation types) and B.2 (how to read it).
# Here:      the runtime reads Link by that grammar (`paging/link.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check requests==2.34.2 httpx==0.28.1
venv/bin/python - <<'PYTHON'
import httpx, requests

cases = {
    "semicolon": '<https://a.example/x?q=a;b>; rel="next"',
    "equals": '<https://a.example/x>; title="a=b"; rel="next"',
    "two": '<https://a.example/x>; rel="next last"',
    "plain": '<https://a.example/x>; title="a"; rel="next"',
}
seen = {}
for name, value in cases.items():
    by_httpx = httpx.Response(200, headers={"link": value}).links
    response = requests.Response()
    response.headers["link"] = value
    seen[name] = (list(response.links), list(by_httpx))
print(seen)
address = "https://a.example/x"
assert seen == {
    "semicolon": ([address + "?q=a"], [address + "?q=a"]),
    "equals": ([address], [address]),
    "two": (["next last"], ["next last"]),
    "plain": (["next"], ["next"]),
}, "the behaviour changed"
PYTHON
