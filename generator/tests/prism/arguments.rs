//! The arguments of operations: values for the schemas of their parameters and bodies.

use super::described::at;
use super::instances::Validity;
use super::sample::{SampleOptions, Sampler};
use super::schemas::Schemas;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The place of a value in an operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A parameter by its location and name.
    Parameter(String, String),
    /// A body by its media type.
    Body(String),
}

/// The selection of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Only required values.
    Minimal,
    /// All values.
    Maximal,
}

/// Values for every place of every operation.
pub(crate) struct Arguments {
    /// Pointers of schemas by operation and place. The fields of a form go by their names.
    places: BTreeMap<(String, Place), Source>,
    schemas: Schemas,
    validity: Validity,
}

/// The pointer of the schema of a value.
#[derive(Debug, Clone)]
enum Source {
    Schema(String),
    /// Fields of a form as parameters, as in Swagger 2.0: name, required, pointer.
    Fields(Vec<(String, bool, String)>),
}

/// Characters that each place must escape, with the length of the sampler's own string, so that the same bounds hold.
const ESCAPED: &str = "/ &é";

impl Arguments {
    pub(crate) fn of(description: &Value, surface: &Value) -> Self {
        let mut places = BTreeMap::new();
        for operation in surface["operations"].as_array().unwrap() {
            let pointer = operation["pointer"].as_str().unwrap();
            for parameter in operation["parameters"].as_array().unwrap() {
                let (place, wire) = (parameter["in"].as_str().unwrap(), parameter["wire"].as_str().unwrap());
                if let Some(found) = self::parameter(description, pointer, place, wire) {
                    places.insert((pointer.to_owned(), Place::Parameter(place.into(), wire.into())), found);
                }
            }
            for request in operation["request"].as_array().unwrap() {
                let media = request["media"].as_str().unwrap();
                if let Some(found) = body(description, pointer, media) {
                    places.insert((pointer.to_owned(), Place::Body(media.into())), found);
                }
            }
        }
        let pointers = places.values().flat_map(|source| match source {
            Source::Schema(pointer) => vec![pointer.clone()],
            Source::Fields(fields) => fields.iter().map(|(_, _, pointer)| pointer.clone()).collect(),
        });
        let schemas = Schemas::of(description, pointers);
        let validity = Validity::new(&schemas);
        Self { places, schemas, validity }
    }

    /// A value for a place. `None` if there is none.
    pub(crate) fn value(&self, operation: &str, place: &Place, extent: Extent) -> Option<Value> {
        let odd = matches!(place, Place::Parameter(place, _) if place != "header") && extent == Extent::Maximal;
        match self.places.get(&(operation.to_owned(), place.clone()))? {
            Source::Schema(pointer) => self.sample(pointer, extent, odd),
            Source::Fields(fields) => {
                let wanted = fields.iter().filter(|(_, required, _)| *required || extent == Extent::Maximal);
                let values =
                    wanted.map(|(name, _, pointer)| Some((name.clone(), self.sample(pointer, extent, false)?)));
                values.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
        }
    }

    /// An empty array is not visible in a URL, so it cannot be a required value.
    fn sample(&self, pointer: &str, extent: Extent, odd: bool) -> Option<Value> {
        let sampler = &Sampler { schemas: &self.schemas };
        let schema = self.schemas.at(pointer)?;
        let of = |full: bool| {
            (0..4).filter_map(move |pick| sampler.sample(&[schema], SampleOptions { full, pick }, 0)).map(portable)
        };
        let found: Vec<Value> =
            of(extent == Extent::Maximal).chain(of(true)).filter(|value| *value != json!([])).collect();
        let odd: Vec<Value> = found.iter().filter(|_| odd).cloned().map(escaped).collect();
        odd.into_iter().chain(found).find(|value| !value.is_null() && self.validity.allows(pointer, value))
    }
}

/// Replaces the leap second and the parts of a duration, which validators treat differently.
fn portable(value: Value) -> Value {
    let plain = |text: String| match text.as_str() {
        "2026-02-28T23:59:60.123456789+05:45" => "2026-02-28T23:59:59.5+05:45".to_owned(),
        "P1DT2H3.5S" => "P1DT2H3M4S".to_owned(),
        _ => text,
    };
    texts(value, &plain)
}

fn escaped(value: Value) -> Value {
    texts(value, &|text| if text == "text" { ESCAPED.to_owned() } else { text })
}

fn texts(value: Value, change: &dyn Fn(String) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(items) => items.into_iter().map(|item| texts(item, change)).collect(),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(key, value)| (key, texts(value, change))).collect())
        }
        other => other,
    }
}

/// The pointer at the end of a reference.
fn target(description: &Value, pointer: String) -> String {
    let reference = at(description, &pointer).and_then(|value| value.get("$ref")).and_then(Value::as_str);
    reference.map_or(pointer, str::to_owned)
}

/// Pointers of the parameters of an operation, its own first.
fn parameters(description: &Value, operation: &str) -> Vec<String> {
    let path = operation.rsplit_once('/').map_or("", |(path, _)| path);
    let path = target(description, path.to_owned());
    let of = |owner: &str| {
        let count = at(description, &format!("{owner}/parameters")).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| target(description, format!("{owner}/parameters/{index}"))).collect::<Vec<_>>()
    };
    [of(operation), of(&path)].concat()
}

fn parameter(description: &Value, operation: &str, place: &str, wire: &str) -> Option<Source> {
    let mut all = parameters(description, operation).into_iter();
    let pointer = all.find(|pointer| {
        at(description, pointer).is_some_and(|parameter| parameter["in"] == place && parameter["name"] == wire)
    })?;
    let parameter = at(description, &pointer)?;
    if parameter.get("schema").is_some() {
        return Some(Source::Schema(format!("{pointer}/schema")));
    }
    if let Some((media, _)) = parameter.get("content").and_then(Value::as_object).and_then(|all| all.iter().next()) {
        return Some(Source::Schema(format!("{pointer}/content/{}/schema", super::described::step(media))));
    }
    Some(Source::Schema(pointer))
}

fn body(description: &Value, operation: &str, media: &str) -> Option<Source> {
    if description.get("swagger").is_none() {
        let body = target(description, format!("{operation}/requestBody"));
        return Some(Source::Schema(format!("{body}/content/{}/schema", super::described::step(media))));
    }
    let all = parameters(description, operation);
    let of = |place: &str| {
        let fits = |pointer: &&String| at(description, pointer).is_some_and(|one| one["in"] == place);
        all.iter().filter(fits).cloned().collect::<Vec<_>>()
    };
    if let Some(body) = of("body").first() {
        return Some(Source::Schema(format!("{body}/schema")));
    }
    let field = |pointer: String| {
        let field = at(description, &pointer)?;
        Some((field["name"].as_str()?.to_owned(), field["required"] == true, pointer))
    };
    Some(Source::Fields(of("formData").into_iter().filter_map(field).collect()))
}
