//! The round trips of one description.

use super::deviations::Source;
use super::driver::Workspace;
use super::instances::{Found, Validity, instances};
use super::schemas::Schemas;
use super::{described, package};
use clientsmith::files::Disk;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A description with its program.
pub(crate) struct Trial {
    description: String,
    /// Name of the program.
    pub(crate) program: String,
    /// Number of the type in the program by the place of its schema.
    types: BTreeMap<String, usize>,
    validity: Validity,
    found: Found,
}

/// The result of a description.
pub(crate) struct Tally {
    pub(crate) description: String,
    /// Line of the ledger.
    pub(crate) line: String,
    /// Places with a loss, each with the first such value and its result.
    pub(crate) losses: BTreeMap<String, (String, String)>,
}

impl Trial {
    /// Collects the values and adds the program.
    pub(crate) fn prepare(corpus: &Path, description: &str, workspace: &Workspace) -> Self {
        let mut config = Config::parse("tag_features = 'never'").unwrap();
        config.set_name(&package(description)).unwrap();
        config.set_runtime("path:runtime").unwrap();
        let output = generate(&corpus.join(description), &Disk, &config).output.unwrap();
        let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
        let listed = surface["types"].as_array().unwrap().iter();
        let listed =
            listed.map(|ty| (ty["pointer"].as_str().unwrap(), ty["rust"].as_str().unwrap(), ty["kind"] == "alias"));
        let listed: Vec<(&str, &str, bool)> = listed.filter(|(pointer, ..)| is_whole(pointer)).collect();
        let places: BTreeSet<String> = listed.iter().map(|(pointer, ..)| (*pointer).to_owned()).collect();
        let parsed = described::read(&corpus.join(description));
        let schemas = Schemas::of(&parsed, places.iter().cloned());
        let validity = Validity::new(&schemas);
        let (mut types, mut rust) = (BTreeMap::new(), Vec::new());
        for (pointer, path, alias) in listed {
            types.insert(pointer.to_owned(), rust.len());
            // A field of a nullable type has an `Option`. An alias has it already.
            let optional = !alias && validity.allows(pointer, &Value::Null);
            rust.push(if optional { format!("Option<{path}>") } else { path.to_owned() });
        }
        let program = package(description).replacen("c-", "l-", 1);
        workspace.add(&program, &output, &rust);
        let found = instances(&parsed, &schemas, &validity, &places);
        Self { description: description.to_owned(), program, types, validity, found }
    }

    /// Runs the program on the values.
    pub(crate) fn run(self, workspace: &Workspace) -> Tally {
        let instances = &self.found.instances;
        let values = instances.iter().map(|instance| (self.types[&instance.pointer], instance.value.to_string()));
        let results = workspace.run(&self.program, values);
        assert_eq!(results.len(), instances.len(), "{}", self.description);
        let mut losses = BTreeMap::new();
        let (mut equal, mut lost, mut fallbacks) = (0, 0, Vec::new());
        for (instance, result) in instances.iter().zip(results) {
            let before = instance.value.to_string();
            let is_valid = instance.source != Source::Unlisted;
            let text = result.strip_prefix('?').unwrap_or(&result);
            if is_valid && text != result {
                fallbacks.push(format!("{} {before}\n", instance.pointer));
            }
            let is_lossless = before == text || serde_json::from_str(text).is_ok_and(|now| same(&instance.value, &now));
            if is_lossless {
                equal += 1;
                if before != text && is_valid {
                    let now: Value = serde_json::from_str(text).unwrap();
                    assert!(self.validity.allows(&instance.pointer, &now), "{}: {result}", instance.pointer);
                }
            } else {
                lost += 1;
                losses.entry(instance.pointer.clone()).or_insert((before, result));
            }
        }
        workspace.note(&self.program, &fallbacks.concat());
        let count = |source: Source| instances.iter().filter(|instance| instance.source == source).count();
        let line = format!(
            "{} types={} unlocated={} without_value={} examples={} invalid_examples={} sampled={} rejected={} omitted={} unlisted={} fallback={} equal={equal} lost={lost}",
            self.description,
            self.types.len(),
            self.found.unlocated,
            self.found.without_value.len(),
            count(Source::Example),
            self.found.invalid_examples,
            count(Source::Sampled),
            self.found.rejected,
            self.found.omitted,
            count(Source::Unlisted),
            fallbacks.len(),
        );
        Tally { description: self.description, line, losses }
    }
}

/// Returns true for a component, and for the whole of a body.
fn is_whole(pointer: &str) -> bool {
    let component = ["#/components/schemas/", "#/definitions/"].iter().find_map(|prefix| pointer.strip_prefix(prefix));
    component.map_or(pointer.ends_with("/schema"), |name| !name.contains('/'))
}

/// Returns true if two values are the same JSON: numbers by value, members in any order.
fn same(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::Number(one), Value::Number(two)) => {
            one == two || (one.is_f64() || two.is_f64()) && one.as_f64() == two.as_f64()
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| same(one, two))
        }
        (Value::Object(one), Value::Object(two)) => {
            one.len() == two.len()
                && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| same(value, other)))
        }
        (one, two) => one == two,
    }
}
