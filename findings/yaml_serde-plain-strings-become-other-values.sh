#!/usr/bin/env bash
# Strings that yaml_serde writes without quotes are numbers, dates, booleans or longer strings for other YAML readers.
#
# Guess:     A YAML 1.2 reader reads each string that a maintained writer of YAML 1.2 wrote as the same string.
# Versions:  yaml_serde 0.10.7 (libyaml-rs 0.3.0), js-yaml 4.1.1, yaml 2.8.2 (npm), PyYAML 6.0.3.
# Behaviour: yaml_serde quotes a string if its own reader takes it for something else. js-yaml, which reads YAML 1.2, also takes
#            digits with underscores for numbers and days for dates: "1_000" becomes 1000. PyYAML, which reads YAML 1.1, also
#            takes "12:30:45" for 45045 (base 60) and "off" for false, and refuses a file with the string "=". A string with
#            U+2028 is written as a line break with indentation, as YAML 1.1 has it: readers of YAML 1.2 keep the indentation.
# Relation:  `clientsmith overlay apply` and `dump document` write their own YAML: a string is plain only if it starts with a
#            letter, `/`, `_` or `$` and is no word of YAML 1.1; any other one is a JSON string or a block
#            (generator/src/dump/yaml.rs and its tests).
# Source:    YAML 1.2.2, sections 10.2 (JSON schema) and 5.4 (line breaks); YAML 1.1 type repository (bool, float, int, timestamp,
#            value); observed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'END'
[package]
name = "writer"
version = "0.1.0"
edition = "2024"
[dependencies]
yaml_serde = "=0.10.7"
END
cat >src/main.rs <<'END'
fn main() {
    let strings = ["1_000", "2024-01-01", "12:30:45", "off", "a\u{2028}b", "="];
    std::fs::write("all.yaml", yaml_serde::to_string(&strings).unwrap()).unwrap();
    std::fs::write("some.yaml", yaml_serde::to_string(&strings[..5]).unwrap()).unwrap();
    let read: Vec<String> = yaml_serde::from_str(&std::fs::read_to_string("all.yaml").unwrap()).unwrap();
    println!("yaml_serde reads its own: {}", read == strings);
}
END
npm init -y >/dev/null
npm install --silent js-yaml@4.1.1 yaml@2.8.2 >/dev/null 2>&1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyyaml==6.0.3
cat >read.js <<'END'
const text = require('fs').readFileSync('all.yaml', 'utf8');
const readers = { 'js-yaml': require('js-yaml').load, 'yaml': require('yaml').parse };
for (const [name, read] of Object.entries(readers))
    console.log(`${name}: ${read(text).map((value) => `${value instanceof Date ? 'Date' : typeof value} ${JSON.stringify(value).replaceAll('\u2028', '\\u2028')}`).join(', ')}`);
END
cat >read.py <<'END'
import yaml
print('PyYAML:', yaml.safe_load(open('some.yaml', encoding='utf-8')))
try:
    yaml.safe_load(open('all.yaml', encoding='utf-8'))
except yaml.YAMLError as error:
    print('PyYAML with "=":', type(error).__name__)
END
seen=$(cargo run --quiet; node read.js; venv/bin/python read.py)
echo "$seen"
expected=$(cat <<'END'
yaml_serde reads its own: true
js-yaml: number 1000, Date "2024-01-01T00:00:00.000Z", string "12:30:45", string "off", string "a\u2028  b", string "="
yaml: string "1_000", string "2024-01-01", string "12:30:45", string "off", string "a\u2028  b", string "="
PyYAML: [1000, datetime.date(2024, 1, 1), 45045, False, 'a\u2028b']
PyYAML with "=": ConstructorError
END
)
[ "$seen" = "$expected" ] || { echo "the behaviour changed"; exit 1; }
