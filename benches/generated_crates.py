#!/usr/bin/env python3
"""The cost of generated crates, at several revisions of the generator, in turn: bytes of their code, CPU seconds and peak
memory of their check, and with --release of their release build. Dependencies and runtime are built before.

Usage: benches/generated_crates.py [--turns N] [--release] [--revision REV]... [--crate NAME=DIR]... [DESCRIPTION...]

--crate measures a crate that another generator wrote, next to those of the first description. Needs git and cargo.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile

from measured import measured

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Crate:
    """A crate with a build folder of its own."""

    def __init__(self, label, folder, target):
        self.label, self.folder = label, pathlib.Path(folder).resolve()
        self.env = dict(os.environ, CARGO_INCREMENTAL="0", CARGO_PROFILE_DEV_DEBUG="0", CARGO_TARGET_DIR=str(target))
        self.figures = {}

    def measure(self, *command):
        """Builds the crate alone once more."""
        (self.folder / "src/lib.rs").touch()
        self.figures.setdefault(command[0], []).append(measured("cargo", *command, "-q", cwd=self.folder, env=self.env))

    def bytes(self):
        """The bytes of the crate's own code, without a bundled runtime."""
        files = [path for path in self.folder.glob("src/**/*.rs") if "runtime" not in path.relative_to(self.folder).parts]
        return sum(path.stat().st_size for path in files)

    def lines(self):
        """A line for each kind of build."""
        for kind, turns in self.figures.items():
            cpu, memory = (statistics.median(turn[index] for turn in turns) for index in (0, 1))
            each = ", ".join(f"{turn[0]:.1f}" for turn in turns)
            yield f"{self.label}: {kind} {cpu:.1f} CPU s ({each}), {memory:.0f} MB, {self.bytes() / 1e6:.2f} MB of code"


def generated(revision, descriptions, work):
    """The crates of a revision, made by the release build of its command."""
    tree = work / revision.replace("/", "-")
    subprocess.run(["git", "clone", "-q", ROOT, tree], check=True)
    subprocess.run(["git", "-C", tree, "checkout", "-q", revision], check=True)
    subprocess.run(["cargo", "build", "-q", "--release", "-p", "clientsmith-cli"], cwd=tree, check=True, env=dict(os.environ, CARGO_TARGET_DIR=str(tree / "target")))
    for description in descriptions:
        name = "".join(c if c.isalnum() else "-" for c in description.name.split(".")[0]).lower()
        folder = work / "crates" / f"{tree.name}-{name}"
        command = [tree / "target/release/clientsmith", "generate", description, "--name", name, "--out", folder, "--runtime", f"path:{tree / 'runtime'}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        yield Crate(f"{name}, {revision}", folder, work / f"target-{tree.name}-{name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--release", action="store_true")
    parser.add_argument("--revision", action="append", default=[])
    parser.add_argument("--crate", action="append", default=[], metavar="NAME=DIR")
    parser.add_argument("description", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        descriptions = [path.resolve() for path in options.description]
        crates = [crate for revision in options.revision for crate in generated(revision, descriptions, work)]
        for text in options.crate:
            name, _, folder = text.partition("=")
            crates.append(Crate(name, folder, work / f"target-{name}"))
        commands = [("check",)] + [("build", "--release")] * options.release
        for command in commands:
            for crate in crates:
                measured("cargo", *command, "-q", cwd=crate.folder, env=crate.env)
            for _ in range(options.turns):
                for crate in sorted(crates, key=lambda crate: crate.label):
                    crate.measure(*command)
        for crate in sorted(crates, key=lambda crate: crate.label):
            print("\n".join(crate.lines()))


main()
