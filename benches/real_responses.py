#!/usr/bin/env python3
"""Decoding of real responses: the examples of a description with the types of the generated crate, against serde structs that
are derived from the examples themselves and store unknown fields. Lists are repeated to 30 items, which is GitHub's page.

Usage: benches/real_responses.py [--turns N] [--command clientsmith] [--operation ID]... DESCRIPTION.json

The figures are medians of processes that take turns, with glibc's allocator as it is and with one that returns no pages.
Needs cargo; builds one program in release.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Of GitHub's description.
OPERATIONS = [
    "issues/get", "issues/list-for-repo", "issues/list-comments", "pulls/get", "pulls/list", "repos/get", "repos/list-releases",
    "repos/list-commits", "repos/get-commit", "actions/get-workflow-run", "actions/list-workflow-runs-for-repo", "search/repos",
]
PAGE = 30
RETAINING = {"MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_MMAP_THRESHOLD_": "1000000000"}

MANIFEST = """[package]
name = "real-responses"
version = "0.0.0"
edition = "2024"

[dependencies]
api = {{ package = "real-api", path = "api", default-features = false, features = {features} }}
clientsmith-runtime = {{ path = "{runtime}", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[profile.release]
codegen-units = 16

[workspace]
"""

PROGRAM = """//! Decodes one response: `real-responses INDEX SIDE ROUNDS`. Prints the nanoseconds of one round.
mod peer;

use clientsmith_runtime::{Decode, Encode, from_json_slice, to_json_vec};
use serde::de::DeserializeOwned;
use std::hint::black_box;

fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

#[inline(never)]
fn measured<T>(rounds: usize, round: impl Fn() -> T) -> f64 {
    let start = cpu();
    (0..rounds).for_each(|_| drop(black_box(round())));
    (cpu() - start) / rounds as f64
}

/// Fails when the type does not store the whole response.
fn check(written: serde_json::Result<serde_json::Value>, text: &str) {
    let same = written.unwrap() == serde_json::from_str::<serde_json::Value>(text).unwrap();
    if !same {
        eprintln!("the response is not written as it was read");
    }
}

fn generated<T: Decode + Encode>(text: &str, rounds: usize) -> f64 {
    let value: T = match from_json_slice(text.as_bytes()) {
        Ok(value) => value,
        Err(error) => {
            eprintln!("the example does not match its schema: {error}");
            return f64::NAN;
        }
    };
    check(serde_json::from_slice(&to_json_vec(&value).unwrap()), text);
    measured(rounds, || from_json_slice::<T>(black_box(text).as_bytes()).unwrap())
}

fn derived<T: DeserializeOwned + serde::Serialize>(text: &str, rounds: usize) -> f64 {
    check(serde_json::to_value(serde_json::from_str::<T>(text).unwrap()), text);
    measured(rounds, || serde_json::from_str::<T>(black_box(text)).unwrap())
}

fn main() {
    let arguments: Vec<usize> = std::env::args().skip(1).map(|argument| argument.parse().unwrap()).collect();
    let [index, side, rounds] = arguments[..] else { panic!("INDEX SIDE ROUNDS") };
    let nanoseconds = match (index, side) {
%s
        _ => panic!("no such response"),
    };
    println!("{nanoseconds}");
}
"""


class Peer:
    """Structs of the shape of examples, each shape once."""

    def __init__(self):
        self.names, self.code = {}, ["use serde::{Deserialize, Serialize};\n"]

    def type_of(self, values):
        """The type of values that occur at one place. `null` and absence make it optional."""
        some = [value for value in values if value is not None]
        inner = self.some(some)
        return inner if len(some) == len(values) or inner == "serde_json::Value" else f"Option<{inner}>"

    def some(self, values):
        kinds = {type(value) for value in values}
        if kinds == {dict} and any(values):
            return self.struct(values)
        if kinds == {list}:
            return f"Vec<{self.type_of([item for items in values for item in items])}>"
        if kinds <= {int, float} and float in kinds:
            return "f64"
        one = {str: "String", bool: "bool", int: "i64"}
        return one.get(next(iter(kinds)), "serde_json::Value") if len(kinds) == 1 else "serde_json::Value"

    def struct(self, objects):
        keys = list(dict.fromkeys(key for item in objects for key in item))
        fields = []
        for key in keys:
            of = self.type_of([item[key] for item in objects if key in item])
            if any(key not in item for item in objects):
                of = f'#skip Option<{of}>'
            fields.append((key, of))
        shape = tuple(fields)
        if shape not in self.names:
            self.names[shape] = name = f"Object{len(self.names)}"
            lines = []
            for index, (key, of) in enumerate(fields):
                skip = ', default, skip_serializing_if = "Option::is_none"' if of.startswith("#skip ") else ""
                lines.append(f'    #[serde(rename = {json.dumps(key)}{skip})]\n    f{index}: {of.removeprefix("#skip ")},\n')
            lines.append("    #[serde(flatten)]\n    extra: serde_json::Map<String, serde_json::Value>,\n")
            self.code.append(f"#[derive(Serialize, Deserialize)]\npub struct {name} {{\n{''.join(lines)}}}\n")
        return self.names[shape]


def responses(description, surface, operations):
    """The operations with the example of their response 200, its Rust type and its group."""
    found = {operation["operation_id"]: operation for operation in surface["operations"]}
    for path in description["paths"].values():
        for item in path.values():
            name = isinstance(item, dict) and item.get("operationId")
            if name not in operations:
                continue
            examples = item["responses"]["200"]["content"]["application/json"].get("examples", {})
            for example in list(examples.values())[:1]:
                if "$ref" in example:
                    example = description["components"]["examples"][example["$ref"].rsplit("/", 1)[1]]
                value = example["value"]
                if isinstance(value, list):
                    value = (value * PAGE)[:PAGE]
                of = next(one["type"] for one in found[name]["responses"] if one["status"] == "200")
                yield name, value, of.replace("models::", "api::models::"), found[name]["feature"]


def program(work, options):
    """Builds the program, and returns its path with the names and sizes of the responses."""
    description = json.loads(options.description.read_text())
    command = [options.command] if options.command else ["cargo", "run", "-q", "-p", "clientsmith-cli", "--"]
    generate = [*command, "generate", options.description.resolve(), "--name", "real-api", "--out", work / "api", "--runtime", f"path:{ROOT / 'runtime'}"]
    subprocess.run(generate, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    surface = json.loads((work / "api/surface.json").read_text())
    rows = list(responses(description, surface, options.operation or OPERATIONS))
    peer, arms, texts = Peer(), [], []
    (work / "src").mkdir()
    for index, (name, value, of, _) in enumerate(rows):
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        (work / f"src/{index}.json").write_text(text)
        include = f'include_str!("{index}.json")'
        derived = peer.type_of([value]).replace("Object", "peer::Object")
        arms.append(f"        ({index}, 0) => generated::<{of}>({include}, rounds),\n        ({index}, 1) => derived::<{derived}>({include}, rounds),")
        texts.append((name, len(text.encode())))
    features = json.dumps(sorted({feature for *_, feature in rows if feature}))
    (work / "Cargo.toml").write_text(MANIFEST.format(features=features, runtime=ROOT / "runtime"))
    (work / "src/main.rs").write_text(PROGRAM % "\n".join(arms))
    (work / "src/peer.rs").write_text("\n".join(peer.code))
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", work / "target"))
    subprocess.run(["cargo", "build", "-q", "--release"], cwd=work, check=True, env=dict(os.environ, CARGO_TARGET_DIR=str(target)))
    return target / "release/real-responses", texts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--command")
    parser.add_argument("--operation", action="append")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the program, instead of a temporary one")
    parser.add_argument("description", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = options.keep or pathlib.Path(folder)
        work.mkdir(exist_ok=True)
        binary, texts = program(work.resolve(), options)
        print("| response | bytes | generated, µs | serde, µs | ratio | the same, no pages returned |\n|---|---|---|---|---|---|")
        ratios = []
        for index, (name, size) in enumerate(texts):
            rounds = max(20, 100_000_000 // size)
            first = subprocess.run([binary, str(index), "0", "1"], check=True, capture_output=True, text=True)
            if first.stdout.strip() == "NaN":
                print(f"| {name} | {size:,} | {first.stderr.strip()} |")
                continue
            medians = []
            for env in ({}, RETAINING):
                taken = ([], [])
                for _ in range(options.turns):
                    for side in (0, 1):
                        command = [binary, str(index), str(side), str(rounds)]
                        done = subprocess.run(command, env=dict(os.environ, **env), check=True, capture_output=True, text=True)
                        taken[side].append(float(done.stdout) / 1e3)
                medians.append([statistics.median(side) for side in taken])
            (own, peer), retaining = medians
            ratios.append((peer / own, retaining[1] / retaining[0]))
            print(f"| {name} | {size:,} | {own:.1f} | {peer:.1f} | {peer / own:.2f} × | {retaining[1] / retaining[0]:.2f} × |", flush=True)
        usual, retaining = (statistics.geometric_mean(column) for column in zip(*ratios))
        print(f"| geometric mean | | | | {usual:.2f} × | {retaining:.2f} × |")


main()
