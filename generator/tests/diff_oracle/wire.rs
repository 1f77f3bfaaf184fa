//! Values made from one description, and what the other side does with them. What servers send is made from the new
//! schemas and read by the old types. What programs send is made from the old schemas, written by the old types, and
//! validated with the new schemas by an independent validator.

use super::bases::Base;
use super::deviations::Source;
use super::instances::{Validity, instances};
use super::kinds::Mutation;
use super::places::step;
use super::reach::{self, Reached};
use super::schemas::Schemas;
use clientsmith::diff::Direction;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Descriptions in one program.
const IN_ONE: usize = 12;

/// The first failures, and the number of values.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) request: Option<String>,
    pub(crate) response: Option<String>,
    pub(crate) values: usize,
    pub(crate) request_values: usize,
}

/// Programs that read and write with the types of the bases.
pub(crate) struct Readers {
    /// By base: the program, and the number of the type for each place.
    types: Vec<(String, BTreeMap<String, usize>)>,
}

const HEAD: &str = r##"#![allow(warnings)]
#![recursion_limit = "4096"]
use std::io::{BufRead, Write};

fn again<T: serde::Serialize + serde::de::DeserializeOwned>(text: &str) -> String {
    match serde_json::from_str::<T>(text).map(|value| serde_json::to_string(&value)) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => format!("!cannot be written: {error}"),
        Err(error) => format!("!{error}"),
    }
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (index, text) = line.split_once(' ').unwrap();
        let result = TYPES[index.parse::<usize>().unwrap()](text);
        writeln!(out, "{}", result.replace('\n', " ")).unwrap();
    }
}
"##;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/diff_oracle/readers")
}

fn target() -> PathBuf {
    folder().join("../../corpus/target")
}

fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Readers {
    /// Compiles the programs.
    pub(crate) fn new(bases: &[Base]) -> Self {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
        let mut types = Vec::new();
        let mut programs = Vec::new();
        for (number, some) in bases.chunks(IN_ONE).enumerate() {
            let program = format!("reader{number}");
            let package = folder().join(&program);
            let _ = fs::remove_dir_all(package.join("src"));
            let (mut modules, mut table, mut count) = (String::new(), String::new(), 0);
            for (index, base) in some.iter().enumerate() {
                let module = format!("m{index}");
                writeln!(modules, "mod {module} {{ pub mod models; }}").unwrap();
                for (path, text) in base.output.files.iter().filter(|(path, _)| path.starts_with("src/models")) {
                    let path = package.join("src").join(&module).join(path.strip_prefix("src/").unwrap());
                    put(&path, &text.replace("crate::", &format!("crate::{module}::")));
                }
                let mut own = BTreeMap::new();
                for (pointer, ty) in table_of(base) {
                    let ty = ty.replace("models::", &format!("{module}::models::"));
                    writeln!(table, "    again::<{ty}>,").unwrap();
                    own.insert(pointer, count);
                    count += 1;
                }
                types.push((program.clone(), own));
            }
            put(
                &package.join("src/main.rs"),
                &format!("{HEAD}{modules}static TYPES: &[fn(&str) -> String] = &[\n{table}];\n"),
            );
            let manifest = format!(
                "[package]\nname = {program:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nclientsmith-runtime = \
                 {{ path = {runtime:?}, default-features = false }}\nserde = \"1\"\nserde_json = {{ version = \"1\", features = \
                 [\"preserve_order\"] }}\n"
            );
            put(&package.join("Cargo.toml"), &manifest);
            programs.push(format!("{program:?}"));
        }
        let members = programs.join(", ");
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        put(&folder().join("Cargo.toml"), &manifest);
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "-q", "--workspace"]).current_dir(folder());
        cargo.env("CARGO_TARGET_DIR", target()).env_remove("RUSTFLAGS");
        let done = cargo.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Self { types }
    }

    /// The result of each value: JSON, or `!` and the reason.
    fn run(&self, base: usize, values: &[(usize, String)]) -> Vec<String> {
        if values.is_empty() {
            return Vec::new();
        }
        let mut program = Command::new(target().join("debug").join(&self.types[base].0));
        let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let text: String = values.iter().map(|(index, value)| format!("{index} {value}\n")).collect();
        let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).unwrap());
        let done = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert!(done.status.success());
        let results: Vec<String> = String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(results.len(), values.len());
        results
    }

    /// Tries the values of every schema that changed.
    pub(crate) fn see(&self, base: &Base, index: usize, mutation: &Mutation) -> Seen {
        let mut seen = Seen::default();
        let (old, new) = (&base.document, &mutation.new);
        self.responses(index, (old, new), &mut seen);
        self.requests(index, (old, new), mutation.kind.name.starts_with("form: "), &mut seen);
        seen
    }

    fn responses(&self, base: usize, (old, new): (&Value, &Value), seen: &mut Seen) {
        let reached = (Reached::of(old, Direction::Response), Reached::of(new, Direction::Response));
        let types = &self.types[base].1;
        let places = types.keys().filter(|place| reached.0.has(place) && reached.1.has(place));
        let places: BTreeSet<String> = places.filter(|place| reach::differ(old, new, place)).cloned().collect();
        let made = Made::of(&reach::without_one_sided(new, "writeOnly"), &places);
        // A value that was valid before, and cannot be read, shows nothing about the change.
        let known = validator(&reach::without_one_sided(old, "writeOnly"), &places, true);
        let values: Vec<(usize, String)> =
            made.values.iter().map(|(place, value)| (types[place], value.to_string())).collect();
        seen.values += values.len();
        for ((place, value), result) in made.values.iter().zip(self.run(base, &values)) {
            if result.starts_with('!') && !allows(&known, place, value) {
                seen.response.get_or_insert_with(|| format!("{place} {value} {result}"));
            }
        }
    }

    /// `is_form`: the mutation is of a form, whose components are text too.
    fn requests(&self, base: usize, (old, new): (&Value, &Value), is_form: bool, seen: &mut Seen) {
        let sent = |document| Reached::of(&reach::without_one_sided(document, "readOnly"), Direction::Request);
        let reached = (sent(old), sent(new));
        let types = &self.types[base].1;
        let all: BTreeSet<String> = reached.0.roots.iter().chain(types.keys()).cloned().collect();
        let places = all.into_iter().filter(|place| reached.0.has(place) && reached.1.has(place));
        let places = places.filter(|place| reach::is_same_parameter(old, new, place));
        let places: BTreeSet<String> = places.filter(|place| reach::differ(old, new, place)).collect();
        // A server does not require read-only properties, and ignores them.
        let (old, new) = (reach::without_one_sided(old, "readOnly"), reach::without_requirement(new, "readOnly"));
        let made = Made::of(&old, &places);
        let plausible = validator(&old, &places, true);
        let accepted = [validator(&new, &places, false), validator(&new, &places, true)];
        seen.request_values += made.values.len();
        let (typed, plain): (Vec<_>, Vec<_>) = made.values.iter().partition(|(place, _)| types.contains_key(place));
        let values: Vec<(usize, String)> =
            typed.iter().map(|(place, value)| (types[place], value.to_string())).collect();
        // What the old types cannot hold is not sent.
        let written = self.run(base, &values).into_iter().map(|result| serde_json::from_str::<Value>(&result).ok());
        let sent = typed.iter().zip(written).filter_map(|(made, value)| Some((made, value?)));
        let plain = plain.iter().map(|made| (made, made.1.clone()));
        for ((place, before), value) in sent.chain(plain) {
            // A made value may not have its format, and then shows nothing about formats.
            let has_format = allows(&plausible, place, before);
            let accepted = &accepted[usize::from(has_format)];
            let is_allowed = allows(accepted, place, &value)
                || ((is_form || reach::is_text(place))
                    && allows(accepted, place, &as_text(accepted, place, value.clone())));
            if !is_allowed {
                seen.request.get_or_insert_with(|| format!("{place} {value}"));
            }
        }
    }
}

/// The places of a base with the types that read them.
fn table_of(base: &Base) -> BTreeMap<String, String> {
    let surface: Value = serde_json::from_str(&base.output.files["surface.json"]).unwrap();
    let listed = surface["types"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|ty| ty["pointer"].as_str().is_some_and(|place| place.starts_with("#/")));
    let listed: Vec<(String, String, bool)> = listed
        .map(|ty| {
            (ty["pointer"].as_str().unwrap().to_owned(), ty["rust"].as_str().unwrap().to_owned(), ty["kind"] == "alias")
        })
        // A property is read in its owner, which may take null for an absent value.
        .filter(|(place, ..)| reach::is_whole(place) && base.document.pointer(&place[1..]).is_some())
        .collect();
    let schemas = Schemas::of(&base.document, listed.iter().map(|(place, ..)| place.clone()));
    let validity = Validity::new(&schemas);
    let mut table = BTreeMap::new();
    for (place, ty, is_alias) in listed {
        let optional = !is_alias && validity.allows(&place, &Value::Null);
        // Of several types at a place the first one is that of the whole.
        table.entry(place).or_insert(if optional { format!("Option<{ty}>") } else { ty });
    }
    for operation in surface["operations"].as_array().unwrap() {
        let at = operation["pointer"].as_str().unwrap();
        for response in operation["responses"].as_array().unwrap() {
            let (Some(status), Some(media), Some(ty)) =
                (response["status"].as_str(), response["media"].as_str(), response["type"].as_str())
            else {
                continue;
            };
            let place = format!("{at}/responses/{}/content/{}/schema", step(status), step(media));
            let is_plain = ["models::", "Vec<models::", "Vec<String>", "String", "i64", "bool"]
                .iter()
                .any(|start| ty.starts_with(start));
            if is_plain && media.contains("json") && base.document.pointer(&place[1..]).is_some() {
                table.entry(place).or_insert_with(|| ty.to_owned());
            }
        }
    }
    table
}

fn allows(validator: &Validator, place: &str, value: &Value) -> bool {
    validator.is_valid(&json!({ place: value }))
}

/// The value with strings instead of the numbers and booleans that are not allowed. They are the same text.
fn as_text(validator: &Validator, place: &str, mut value: Value) -> Value {
    let count = |value: &Value| validator.iter_errors(&json!({ place: value })).count();
    let mut worst = count(&value);
    for leaf in leaves(&value, "") {
        let mut other = value.clone();
        if let Some(slot) = other.pointer_mut(&leaf) {
            *slot = Value::String(slot.to_string());
        }
        let errors = count(&other);
        if errors < worst {
            (worst, value) = (errors, other);
        }
    }
    value
}

/// The pointers of numbers and booleans in a value.
fn leaves(value: &Value, at: &str) -> Vec<String> {
    match value {
        Value::Number(_) | Value::Bool(_) => vec![at.to_owned()],
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, item)| leaves(item, &format!("{at}/{index}"))).collect()
        }
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| leaves(member, &format!("{at}/{}", step(name)))).collect()
        }
        _ => Vec::new(),
    }
}

/// Valid values by place.
struct Made {
    values: Vec<(String, Value)>,
}

impl Made {
    fn of(document: &Value, places: &BTreeSet<String>) -> Self {
        if places.is_empty() {
            return Self { values: Vec::new() };
        }
        let schemas = Schemas::of(document, places.iter().cloned());
        let validity = Validity::new(&schemas);
        let found = instances(document, &schemas, &validity, places).instances.into_iter();
        let found = found.filter(|one| one.source == Source::Sampled);
        Self { values: found.map(|one| (one.pointer, one.value)).collect() }
    }
}

/// A validator. A value is validated as a property with the name of its place.
fn validator(document: &Value, places: &BTreeSet<String>, with_formats: bool) -> Validator {
    let schemas = Schemas::of(document, places.iter().cloned());
    let member = |(place, number): (&String, &String)| (place.clone(), json!({ "$ref": format!("#/$defs/{number}") }));
    let properties: Map<String, Value> = schemas.numbers.iter().map(member).collect();
    let whole = json!({ "properties": properties, "$defs": schemas.root["$defs"] });
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.should_validate_formats(with_formats).build(&whole).unwrap()
}
