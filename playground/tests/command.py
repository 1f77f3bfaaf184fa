"""The command `clientsmith`, whose results the page must have."""

import json
import os
import shlex
import subprocess


def run(*arguments, folder):
    """Runs the command in a directory. Returns its outputs."""
    command = shlex.split(os.environ.get("CLIENTSMITH", ""))
    if not command:
        subprocess.run(["cargo", "build", "-q", "-p", "clientsmith-cli", "--no-default-features"], check=True)
        target = os.environ.get("CARGO_TARGET_DIR", "target")
        command = [os.path.abspath(f"{target}/debug/clientsmith")]
        os.environ["CLIENTSMITH"] = shlex.join(command)
    done = subprocess.run([*command, *map(str, arguments)], cwd=folder, capture_output=True, text=True)
    return done.stdout, done.stderr


def findings(name, folder):
    """The findings about a description: severity, line, column and message."""
    _, lines = run("generate", name, "--out", "checked", "--dry-run", "--message-format", "json", folder=folder)
    found = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
    return [(one["severity"], one.get("line"), one.get("column"), one["message"]) for one in found]


def generated(name, folder):
    """The files of the crate of a description."""
    out, _ = run("generate", name, "--out", "generated", folder=folder)
    root = folder / "generated"
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert files, out
    return files
