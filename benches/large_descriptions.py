#!/usr/bin/env python3
"""CPU seconds and peak memory of generation as descriptions grow: enums of more and more values, and copies of one
description in one file, whose paths, operation ids and components have a number.

Usage: benches/large_descriptions.py COMMAND [DESCRIPTION.json [COPIES]...]

COMMAND is the clientsmith command, such as target/release/clientsmith. 4 copies of GitHub's description have 22 MB.
"""

import json
import pathlib
import sys
import tempfile

from measured import measured

WORDS = ["new", "open", "closed", "in progress", "In-Progress", "IN_PROGRESS", "done", "1", "+1", "-1"]


def generated(command, document, work):
    """Generates a crate, and returns the size of the description and the cost."""
    path = work / "description.json"
    path.write_text(json.dumps(document))
    cpu, memory = measured(command, "generate", path, "--name", "large", "--out", work / "crate", "--runtime", "0.1")
    return f"{path.stat().st_size / 1e6:.1f} MB: {cpu:.2f} CPU s, {memory:.0f} MB"


def enum(count):
    """A description with one enum, whose values have words in common."""
    values = [f"{WORDS[index % len(WORDS)]} {index // len(WORDS)}" for index in range(count)]
    response = {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/State"}}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Enum", "version": "1"},
        "paths": {"/state": {"get": {"operationId": "getState", "responses": {"200": response}}}},
        "components": {"schemas": {"State": {"type": "string", "enum": values}}},
    }


def numbered(node, number):
    """A copy of a part of a description with numbers in references and operation ids."""
    if isinstance(node, list):
        return [numbered(item, number) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: numbered(value, number) for key, value in node.items()}
    for key in ("$ref", "operationId"):
        if isinstance(copy.get(key), str):
            copy[key] += f"{number}"
    if isinstance(copy.get("mapping"), dict):
        copy["mapping"] = {key: f"{value}{number}" for key, value in copy["mapping"].items()}
    return copy


def copies(document, count):
    """A description with the operations and components of another several times."""
    whole = {key: value for key, value in document.items() if key not in ("paths", "components", "x-webhooks")}
    whole["paths"], whole["components"] = {}, {}
    for number in range(count):
        for path, item in document["paths"].items():
            whole["paths"][f"/copy{number}{path}"] = numbered(item, number)
        for kind, named in document.get("components", {}).items():
            # The names of security schemes are not references.
            key = "{}" if kind == "securitySchemes" else "{}" + str(number)
            whole["components"].setdefault(kind, {}).update({key.format(name): numbered(part, number) for name, part in named.items()})
    return whole


def main():
    command, rest = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for count in (10_000, 20_000, 40_000):
            print(f"enum of {count} values, {generated(command, enum(count), work)}", flush=True)
        for path in rest[:1]:
            document = json.loads(pathlib.Path(path).read_text())
            for count in map(int, rest[1:] or ["1", "2", "4"]):
                print(f"{count} copies, {generated(command, copies(document, count), work)}", flush=True)


main()
