//! What operations are called with: values of the schemas of their parameters and bodies, found in the description.

use super::described::at;
use super::instances::Judge;
use super::sample::{Sampler, Taste};
use super::schemas::Schemas;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where in an operation a value belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A parameter by where it is and its name there.
    Parameter(String, String),
    /// A body by its media type.
    Body(String),
}

/// Which values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Only what is required.
    Minimal,
    /// Everything.
    Maximal,
}

/// Values for every place of every operation.
pub(crate) struct Arguments {
    /// Pointers of schemas by operation and place; those of the fields of a form by their names.
    places: BTreeMap<(String, Place), Source>,
    schemas: Schemas,
    judge: Judge,
}

/// Where the schema of a value is.
#[derive(Debug, Clone)]
enum Source {
    Schema(String),
    /// Fields of a form as parameters, as Swagger 2.0 has them: name, required, pointer.
    Fields(Vec<(String, bool, String)>),
}

/// Signs that each place must escape in its own way; as long as the sampler's own text, so that it fits the same bounds.
const ODD: &str = "/ &é";

impl Arguments {
    pub(crate) fn of(document: &Value, surface: &Value) -> Self {
        let mut places = BTreeMap::new();
        for operation in surface["operations"].as_array().unwrap() {
            let pointer = operation["pointer"].as_str().unwrap();
            for parameter in operation["parameters"].as_array().unwrap() {
                let (place, wire) = (parameter["in"].as_str().unwrap(), parameter["wire"].as_str().unwrap());
                if let Some(found) = self::parameter(document, pointer, place, wire) {
                    places.insert((pointer.to_owned(), Place::Parameter(place.into(), wire.into())), found);
                }
            }
            for request in operation["request"].as_array().unwrap() {
                let media = request["media"].as_str().unwrap();
                if let Some(found) = body(document, pointer, media) {
                    places.insert((pointer.to_owned(), Place::Body(media.into())), found);
                }
            }
        }
        let pointers = places.values().flat_map(|source| match source {
            Source::Schema(pointer) => vec![pointer.clone()],
            Source::Fields(fields) => fields.iter().map(|(_, _, pointer)| pointer.clone()).collect(),
        });
        let schemas = Schemas::of(document, pointers);
        let judge = Judge::new(&schemas);
        Self { places, schemas, judge }
    }

    /// A value for a place; nothing where none can be found.
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

    /// An empty list says nothing in a URL, so that it is not what is required.
    fn sample(&self, pointer: &str, extent: Extent, odd: bool) -> Option<Value> {
        let sampler = &Sampler { schemas: &self.schemas };
        let schema = self.schemas.at(pointer)?;
        let of =
            |full: bool| (0..4).filter_map(move |pick| sampler.sample(&[schema], Taste { full, pick }, 0)).map(sane);
        let found: Vec<Value> =
            of(extent == Extent::Maximal).chain(of(true)).filter(|value| *value != json!([])).collect();
        let odd: Vec<Value> = found.iter().filter(|_| odd).cloned().map(escaped).collect();
        odd.into_iter().chain(found).find(|value| !value.is_null() && self.judge.allows(pointer, value))
    }
}

/// Without the leap second and the parts of a duration, which are for decoders: validators disagree about them.
fn sane(value: Value) -> Value {
    let plain = |text: String| match text.as_str() {
        "2026-02-28T23:59:60.123456789+05:45" => "2026-02-28T23:59:59.5+05:45".to_owned(),
        "P1DT2H3.5S" => "P1DT2H3M4S".to_owned(),
        _ => text,
    };
    texts(value, &plain)
}

fn escaped(value: Value) -> Value {
    texts(value, &|text| if text == "text" { ODD.to_owned() } else { text })
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

/// The pointer to what is meant, behind a reference.
fn target(document: &Value, pointer: String) -> String {
    let reference = at(document, &pointer).and_then(|value| value.get("$ref")).and_then(Value::as_str);
    reference.map_or(pointer, str::to_owned)
}

/// Pointers of the parameters of an operation, its own first.
fn parameters(document: &Value, operation: &str) -> Vec<String> {
    let path = operation.rsplit_once('/').map_or("", |(path, _)| path);
    let path = target(document, path.to_owned());
    let of = |owner: &str| {
        let count = at(document, &format!("{owner}/parameters")).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).map(|index| target(document, format!("{owner}/parameters/{index}"))).collect::<Vec<_>>()
    };
    [of(operation), of(&path)].concat()
}

fn parameter(document: &Value, operation: &str, place: &str, wire: &str) -> Option<Source> {
    let mut all = parameters(document, operation).into_iter();
    let pointer = all.find(|pointer| {
        at(document, pointer).is_some_and(|parameter| parameter["in"] == place && parameter["name"] == wire)
    })?;
    let parameter = at(document, &pointer)?;
    if parameter.get("schema").is_some() {
        return Some(Source::Schema(format!("{pointer}/schema")));
    }
    if let Some((media, _)) = parameter.get("content").and_then(Value::as_object).and_then(|all| all.iter().next()) {
        return Some(Source::Schema(format!("{pointer}/content/{}/schema", super::described::step(media))));
    }
    Some(Source::Schema(pointer))
}

fn body(document: &Value, operation: &str, media: &str) -> Option<Source> {
    if document.get("swagger").is_none() {
        let body = target(document, format!("{operation}/requestBody"));
        return Some(Source::Schema(format!("{body}/content/{}/schema", super::described::step(media))));
    }
    let all = parameters(document, operation);
    let of = |place: &str| {
        let fits = |pointer: &&String| at(document, pointer).is_some_and(|one| one["in"] == place);
        all.iter().filter(fits).cloned().collect::<Vec<_>>()
    };
    if let Some(body) = of("body").first() {
        return Some(Source::Schema(format!("{body}/schema")));
    }
    let field = |pointer: String| {
        let field = at(document, &pointer)?;
        Some((field["name"].as_str()?.to_owned(), field["required"] == true, pointer))
    };
    Some(Source::Fields(of("formData").into_iter().filter_map(field).collect()))
}
