//! The values for the types of a description.

use super::described::at;
use super::deviations::{FULL, PLAIN, Source, Variant};
use super::sample::{SampleOptions, Sampler};
use super::schemas::Schemas;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most values of one type.
const MAX: usize = 200;

/// A value and the type that must decode it without loss.
pub(crate) struct Instance {
    /// Pointer of the schema.
    pub(crate) pointer: String,
    pub(crate) source: Source,
    pub(crate) value: Value,
}

/// The values of a description.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) instances: Vec<Instance>,
    /// Types that are not found in the description.
    pub(crate) unlocated: usize,
    /// Types without a valid value.
    pub(crate) without_value: Vec<String>,
    /// Invalid examples of the description.
    pub(crate) invalid_examples: usize,
    /// Sampled values that the validator rejects.
    pub(crate) rejected: usize,
    /// Values over the limit that were left out.
    pub(crate) omitted: usize,
}

/// Validity, by an independent validator.
pub(crate) struct Validity(Validator);

impl Validity {
    /// One validator for all places. A value is validated as a property with the name of the place.
    pub(crate) fn new(schemas: &Schemas) -> Self {
        let definitions = &schemas.root["$defs"];
        let member =
            |(pointer, number): (&String, &String)| (pointer.clone(), json!({ "$ref": format!("#/$defs/{number}") }));
        let properties: Map<String, Value> = schemas.numbers.iter().map(member).collect();
        let whole = json!({ "properties": properties, "$defs": definitions });
        let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(false);
        Self(options.build(&whole).unwrap())
    }

    pub(crate) fn allows(&self, pointer: &str, value: &Value) -> bool {
        self.0.is_valid(&json!({ pointer: value }))
    }
}

/// Values for the types at these places.
pub(crate) fn instances(
    description: &Value,
    schemas: &Schemas,
    validity: &Validity,
    places: &BTreeSet<String>,
) -> Found {
    let sampler = Sampler { schemas };
    let mut bodies = bodies(description);
    let mut found = Found::default();
    for pointer in places {
        let Some(schema) = schemas.at(pointer).filter(|_| at(description, pointer).is_some()) else {
            found.unlocated += 1;
            continue;
        };
        let options = (0..4).flat_map(|pick| [SampleOptions { pick, ..PLAIN }, SampleOptions { pick, ..FULL }]);
        let bases: Vec<Value> = options.filter_map(|options| sampler.sample(&[schema], options, 0)).collect();
        let base = bases.iter().find(|base| validity.allows(pointer, base)).cloned();
        let mut all: Vec<Variant> = bodies.remove(pointer).unwrap_or_default();
        all.extend(bases.into_iter().map(|base| (Source::Sampled, base)));
        all.extend(sampler.deviations(&[schema], base.as_ref(), 0));
        let valid = found.valid_values(validity, pointer, base.is_some(), all);
        if valid.is_empty() {
            found.without_value.push(pointer.clone());
        }
        found.add_limited(pointer, valid);
    }
    found
}

impl Found {
    /// The valid values without duplicates.
    fn valid_values(&mut self, validity: &Validity, pointer: &str, has_base: bool, all: Vec<Variant>) -> Vec<Variant> {
        let mut seen = BTreeSet::new();
        let mut valid = Vec::new();
        for (source, value) in all {
            if !seen.insert(value.to_string()) {
                continue;
            }
            match source {
                Source::Unlisted if !has_base => {}
                Source::Unlisted => valid.push((source, value)),
                _ if validity.allows(pointer, &value) => valid.push((source, value)),
                Source::Example => self.invalid_examples += 1,
                Source::Sampled => self.rejected += 1,
            }
        }
        valid
    }

    /// Adds the values. Sampled values above the limit are omitted evenly.
    fn add_limited(&mut self, pointer: &str, valid: Vec<Variant>) {
        let (own, made): (Vec<Variant>, Vec<Variant>) =
            valid.into_iter().partition(|(source, _)| *source == Source::Example);
        let count = made.len();
        let chosen = |index: usize| count <= MAX || (index * MAX) / count != ((index + 1) * MAX) / count;
        let made: Vec<Variant> =
            made.into_iter().enumerate().filter(|(index, _)| chosen(*index)).map(|(_, variant)| variant).collect();
        self.omitted += count - made.len();
        for (source, value) in own.into_iter().chain(made) {
            self.instances.push(Instance { pointer: pointer.to_owned(), source, value });
        }
    }
}

/// Examples of bodies with their schemas. An array of a known type gives its items.
fn bodies(description: &Value) -> BTreeMap<String, Vec<Variant>> {
    let mut found: BTreeMap<String, Vec<Variant>> = BTreeMap::new();
    let mut open = vec![("#".to_owned(), description)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(schema @ Value::Object(_)) = members.get("schema") {
                    for example in examples(description, members) {
                        file(&mut found, &format!("{pointer}/schema"), schema, example);
                    }
                }
                let below =
                    members.iter().map(|(key, value)| (format!("{pointer}/{}", super::described::step(key)), value));
                open.extend(below);
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, value)| (format!("{pointer}/{index}"), value)));
            }
            _ => {}
        }
    }
    found
}

fn examples<'d>(description: &'d Value, media: &'d Map<String, Value>) -> Vec<&'d Value> {
    let mut found: Vec<&Value> = media.get("example").into_iter().collect();
    let named = media.get("examples").and_then(Value::as_object);
    for example in named.into_iter().flatten().map(|(_, example)| example) {
        let target = example.get("$ref").and_then(Value::as_str).and_then(|reference| at(description, reference));
        let example = target.unwrap_or(example);
        // Swagger 2.0 has the value itself, by media type.
        let swagger = description.get("swagger").map(|_| example);
        found.extend(example.get("value").or(swagger));
    }
    found
}

fn file(found: &mut BTreeMap<String, Vec<Variant>>, pointer: &str, schema: &Value, example: &Value) {
    let pointer = schema.get("$ref").and_then(Value::as_str).unwrap_or(pointer);
    if let (Some(items), Value::Array(list)) = (schema.get("items"), example) {
        list.iter().for_each(|item| file(found, &format!("{pointer}/items"), items, item));
    }
    found.entry(pointer.to_owned()).or_default().push((Source::Example, example.clone()));
}
