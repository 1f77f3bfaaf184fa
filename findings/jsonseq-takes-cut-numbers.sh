#!/usr/bin/env bash
# jsonseq (Python) gives a number that was cut off, and fails when a text sequence arrives in one piece.
#
# Guess:     `12` at the end of a stream, without its line feed, may be the start of 123 and is dropped; the pieces in which a stream
#            arrives do not matter.
# Version:   PyPI jsonseq 1.0.0.
# Behaviour: the decoder gives 12. `decode` takes an iterable of lines: one string with two texts is "Extra data", though each text
#            begins with its separator. A text that is cut off in the middle ends the sequence with an error, and the next separator
#            starts no new text.
# Source:    RFC 7464, sections 2.2 (the sequence resumes at the next separator) and 2.4 (numbers and literals need a line feed).
# Here:      a cut number is an error, and the next text is read (`runtime/tests/events.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv v
v/bin/pip install -q jsonseq==1.0.0
cat >seen.py <<'PYTHON'
import io

from jsonseq.decode import JSONSeqDecoder


def read(pieces):
    try:
        return list(JSONSeqDecoder().decode(pieces))
    except ValueError as error:
        return str(error).split(":")[0]


seen = [
    read(io.StringIO("\x1e1\n\x1e12")),
    read(io.StringIO("\x1e1\n\x1e2\n")),
    read(["\x1e1\n\x1e2\n"]),
    read(io.StringIO('\x1e1\n\x1e{"a":\n\x1e2\n')),
]
print(seen)
assert seen == [[1, 12], [1, 2], "Extra data", "Expecting value"], "the behaviour changed"
PYTHON
v/bin/python seen.py
