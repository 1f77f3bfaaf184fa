//! The values for the types of a description.

use super::described::at;
use super::deviations::{FULL, PLAIN, Source, Variant};
use super::sample::{Sampler, Taste};
use super::schemas::Schemas;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Most values of one type.
const MOST: usize = 200;

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
    /// Types without a place in the description.
    pub(crate) astray: usize,
    /// Types without a valid value.
    pub(crate) bare: Vec<String>,
    /// The description's own examples that are invalid.
    pub(crate) contradict: usize,
    /// Made values that the validator rejects.
    pub(crate) refused: usize,
    /// Values over the limit that were left out.
    pub(crate) thinned: usize,
}

/// Validity, by an independent validator.
pub(crate) struct Judge(Validator);

impl Judge {
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
pub(crate) fn instances(document: &Value, schemas: &Schemas, judge: &Judge, places: &BTreeSet<String>) -> Found {
    let sampler = Sampler { schemas };
    let mut bodies = bodies(document);
    let mut found = Found::default();
    for pointer in places {
        let Some(schema) = schemas.at(pointer).filter(|_| at(document, pointer).is_some()) else {
            found.astray += 1;
            continue;
        };
        let tastes = (0..4).flat_map(|pick| [Taste { pick, ..PLAIN }, Taste { pick, ..FULL }]);
        let bases: Vec<Value> = tastes.filter_map(|taste| sampler.sample(&[schema], taste, 0)).collect();
        let base = bases.iter().find(|base| judge.allows(pointer, base)).cloned();
        let mut all: Vec<Variant> = bodies.remove(pointer).unwrap_or_default();
        all.extend(bases.into_iter().map(|base| (Source::Made, base)));
        all.extend(sampler.deviations(&[schema], base.as_ref(), 0));
        let legal = found.judged(judge, pointer, base.is_some(), all);
        if legal.is_empty() {
            found.bare.push(pointer.clone());
        }
        found.keep(pointer, legal);
    }
    found
}

impl Found {
    /// The valid values without duplicates.
    fn judged(&mut self, judge: &Judge, pointer: &str, based: bool, all: Vec<Variant>) -> Vec<Variant> {
        let mut seen = BTreeSet::new();
        let mut legal = Vec::new();
        for (source, value) in all {
            if !seen.insert(value.to_string()) {
                continue;
            }
            match source {
                Source::Beyond if !based => {}
                Source::Beyond => legal.push((source, value)),
                _ if judge.allows(pointer, &value) => legal.push((source, value)),
                Source::Own => self.contradict += 1,
                Source::Made => self.refused += 1,
            }
        }
        legal
    }

    /// Limits the values evenly, but keeps all of the description's own.
    fn keep(&mut self, pointer: &str, legal: Vec<Variant>) {
        let (own, made): (Vec<Variant>, Vec<Variant>) =
            legal.into_iter().partition(|(source, _)| *source == Source::Own);
        let count = made.len();
        let chosen = |index: usize| count <= MOST || (index * MOST) / count != ((index + 1) * MOST) / count;
        let made: Vec<Variant> =
            made.into_iter().enumerate().filter(|(index, _)| chosen(*index)).map(|(_, variant)| variant).collect();
        self.thinned += count - made.len();
        for (source, value) in own.into_iter().chain(made) {
            self.instances.push(Instance { pointer: pointer.to_owned(), source, value });
        }
    }
}

/// Examples of bodies with their schemas. An array of a known type gives its items.
fn bodies(document: &Value) -> BTreeMap<String, Vec<Variant>> {
    let mut found: BTreeMap<String, Vec<Variant>> = BTreeMap::new();
    let mut open = vec![("#".to_owned(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(schema @ Value::Object(_)) = members.get("schema") {
                    for example in examples(document, members) {
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

fn examples<'d>(document: &'d Value, media: &'d Map<String, Value>) -> Vec<&'d Value> {
    let mut found: Vec<&Value> = media.get("example").into_iter().collect();
    let named = media.get("examples").and_then(Value::as_object);
    for example in named.into_iter().flatten().map(|(_, example)| example) {
        let target = example.get("$ref").and_then(Value::as_str).and_then(|reference| at(document, reference));
        let example = target.unwrap_or(example);
        // Swagger 2.0 has the value itself, by media type.
        let swagger = document.get("swagger").map(|_| example);
        found.extend(example.get("value").or(swagger));
    }
    found
}

fn file(found: &mut BTreeMap<String, Vec<Variant>>, pointer: &str, schema: &Value, example: &Value) {
    let pointer = schema.get("$ref").and_then(Value::as_str).unwrap_or(pointer);
    if let (Some(items), Value::Array(list)) = (schema.get("items"), example) {
        list.iter().for_each(|item| file(found, &format!("{pointer}/items"), items, item));
    }
    found.entry(pointer.to_owned()).or_default().push((Source::Own, example.clone()));
}
