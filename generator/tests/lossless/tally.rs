//! The round trips of one description.

use super::deviations::Source;
use super::driver::Workspace;
use super::instances::{Found, Judge, instances};
use super::schemas::Schemas;
use super::{described, package};
use clientsmith::files::Disk;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A description with its program.
pub(crate) struct Trial {
    document: String,
    /// Name of the program.
    pub(crate) program: String,
    /// Number of the type in the program by the place of its schema.
    types: BTreeMap<String, usize>,
    judge: Judge,
    found: Found,
}

/// The result of a description.
pub(crate) struct Tally {
    pub(crate) document: String,
    /// Line of the ledger.
    pub(crate) line: String,
    /// Places with a loss, each with the first such value and its result.
    pub(crate) losses: BTreeMap<String, (String, String)>,
}

impl Trial {
    /// Collects the values and adds the program.
    pub(crate) fn prepare(corpus: &Path, document: &str, workspace: &Workspace) -> Self {
        let mut config = Config::parse("tag_features = 'never'").unwrap();
        config.set_name(&package(document)).unwrap();
        config.set_runtime("path:runtime").unwrap();
        let output = generate(&corpus.join(document), &Disk, &config).output.unwrap();
        let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
        let listed = surface["types"].as_array().unwrap().iter();
        let listed =
            listed.map(|ty| (ty["pointer"].as_str().unwrap(), ty["rust"].as_str().unwrap(), ty["kind"] == "alias"));
        let listed: Vec<(&str, &str, bool)> = listed.filter(|(pointer, ..)| is_whole(pointer)).collect();
        let places: BTreeSet<String> = listed.iter().map(|(pointer, ..)| (*pointer).to_owned()).collect();
        let description = described::read(&corpus.join(document));
        let schemas = Schemas::of(&description, places.iter().cloned());
        let judge = Judge::new(&schemas);
        let (mut types, mut rust) = (BTreeMap::new(), Vec::new());
        for (pointer, path, alias) in listed {
            types.insert(pointer.to_owned(), rust.len());
            // A field of a nullable type has an `Option`. An alias has it already.
            let optional = !alias && judge.allows(pointer, &Value::Null);
            rust.push(if optional { format!("Option<{path}>") } else { path.to_owned() });
        }
        let program = package(document).replacen("c-", "l-", 1);
        workspace.add(&program, &output, &rust);
        let found = instances(&description, &schemas, &judge, &places);
        Self { document: document.to_owned(), program, types, judge, found }
    }

    /// Runs the program on the values.
    pub(crate) fn run(self, workspace: &Workspace) -> Tally {
        let instances = &self.found.instances;
        let values = instances.iter().map(|instance| (self.types[&instance.pointer], instance.value.to_string()));
        let results = workspace.run(&self.program, values);
        assert_eq!(results.len(), instances.len(), "{}", self.document);
        let mut losses = BTreeMap::new();
        let (mut equal, mut lost, mut unknown) = (0, 0, Vec::new());
        for (instance, result) in instances.iter().zip(results) {
            let before = instance.value.to_string();
            let legal = instance.source != Source::Beyond;
            let text = result.strip_prefix('?').unwrap_or(&result);
            if legal && text != result {
                unknown.push(format!("{} {before}\n", instance.pointer));
            }
            let is_lossless = before == text || serde_json::from_str(text).is_ok_and(|now| same(&instance.value, &now));
            if is_lossless {
                equal += 1;
                if before != text && legal {
                    let now: Value = serde_json::from_str(text).unwrap();
                    assert!(self.judge.allows(&instance.pointer, &now), "{}: {result}", instance.pointer);
                }
            } else {
                lost += 1;
                losses.entry(instance.pointer.clone()).or_insert((before, result));
            }
        }
        workspace.note(&self.program, &unknown.concat());
        let count = |source: Source| instances.iter().filter(|instance| instance.source == source).count();
        let line = format!(
            "{} types={} astray={} bare={} own={} contradict={} made={} refused={} thinned={} beyond={} unknown={} equal={equal} lost={lost}",
            self.document,
            self.types.len(),
            self.found.astray,
            self.found.bare.len(),
            count(Source::Own),
            self.found.contradict,
            count(Source::Made),
            self.found.refused,
            self.found.thinned,
            count(Source::Beyond),
            unknown.len(),
        );
        Tally { document: self.document, line, losses }
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
