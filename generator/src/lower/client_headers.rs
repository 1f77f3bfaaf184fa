//! Header parameters that are properties of the client: a version, a tenant, a key that most operations take alike. Knows only
//! the model.

use super::LowerOptions;
use crate::api::{Api, ClientHeader, Location, Parameter, Places, Schema, SchemaId, Shape};
use serde_json::Value;

/// Of four operations, so many must take a header alike for it to be a property of the client: a health check or a login
/// without it changes nothing.
const OF_FOUR: usize = 3;
/// With fewer operations than this nothing is common to them.
const FEWEST: usize = 2;

/// Words in the names of headers that describe one request, and differ with each.
const OF_A_REQUEST: [&str; 14] = [
    "request-id",
    "requestid",
    "correlation",
    "trace",
    "idempotency",
    "signature",
    "nonce",
    "timestamp",
    "digest",
    "checksum",
    "content",
    "md5",
    "sha256",
    "forwarded",
];

/// Headers that HTTP defines for one request.
const OF_HTTP: [&str; 19] = [
    "accept",
    "accept-encoding",
    "authorization",
    "baggage",
    "cache-control",
    "connection",
    "cookie",
    "date",
    "depth",
    "destination",
    "expect",
    "host",
    "last-event-id",
    "origin",
    "overwrite",
    "prefer",
    "range",
    "referer",
    "user-agent",
];

/// Parameters that are one header of the client, by the number of their operation and their own.
struct Alike {
    places: Vec<(usize, usize)>,
    first: Parameter,
}

/// Finds the header parameters that are set once on the client, and marks them in the operations.
pub(super) fn find(api: &mut Api, options: &LowerOptions) {
    let mut found: Vec<Alike> = Vec::new();
    for (number, operation) in api.operations.iter().enumerate() {
        let headers = operation.parameters.iter().enumerate();
        for (index, parameter) in headers.filter(|(_, parameter)| parameter.location == Location::Header) {
            match found.iter_mut().find(|known| is_alike(api, &known.first, parameter)) {
                Some(known) => known.places.push((number, index)),
                None => found.push(Alike { places: vec![(number, index)], first: parameter.clone() }),
            }
        }
    }
    let mut chosen: Vec<Alike> = Vec::new();
    for alike in found.into_iter().filter(|alike| is_of_the_client(api, alike, &options.client_headers)) {
        // Of those of one name, the client has what most operations take.
        match chosen.iter_mut().find(|known| known.first.name.eq_ignore_ascii_case(&alike.first.name)) {
            Some(known) if known.places.len() >= alike.places.len() => {}
            Some(known) => *known = alike,
            None => chosen.push(alike),
        }
    }
    for alike in chosen {
        move_to_client(api, alike);
    }
}

fn is_of_the_client(api: &Api, alike: &Alike, options: &Places) -> bool {
    let name = alike.first.name.to_ascii_lowercase();
    match options {
        Places::Named(names) => names.iter().any(|known| known.eq_ignore_ascii_case(&name)),
        Places::All(false) => false,
        Places::All(true) => {
            let (takers, all) = (alike.places.len(), api.operations.len());
            takers >= FEWEST && takers * 4 >= all * OF_FOUR && !describes_a_request(&name) && !alike.first.deprecated
        }
    }
}

/// Whether a header says something of one request, by its name in small letters.
fn describes_a_request(name: &str) -> bool {
    OF_HTTP.contains(&name) || name.starts_with("if-") || OF_A_REQUEST.iter().any(|word| name.contains(word))
}

fn move_to_client(api: &mut Api, alike: Alike) {
    let Alike { places, first } = alike;
    let mut takers = 0;
    let mut required = 0;
    let (mut description, mut env) = (first.description.clone(), first.env.clone());
    let schema = first.schema;
    for (operation, index) in &places {
        let operation = api.operations.get_mut(*operation);
        let Some(parameter) = operation.and_then(|operation| operation.parameters.get_mut(*index)) else { continue };
        parameter.on_client = true;
        parameter.schema = schema;
        takers += 1;
        required += usize::from(parameter.required);
        description = description.or_else(|| parameter.description.clone());
        env = env.or_else(|| parameter.env.clone());
    }
    // Nobody waits for a default that servers have themselves.
    let default = if required == 0 { None } else { default(api, schema) };
    let required = required == api.operations.len() && takers == required;
    name_alone(api, &first);
    let parameter = Parameter { description, env, required, on_client: true, ..first };
    api.client_headers.push(ClientHeader { parameter, required, default });
}

/// Names an inline type of several operations by the header alone.
fn name_alone(api: &mut Api, parameter: &Parameter) {
    let is_component = api.components.values().any(|id| *id == parameter.schema);
    if let Some(schema) = api.schemas.get_mut(parameter.schema.0 as usize).filter(|_| !is_component) {
        schema.hint = vec![parameter.name.clone()];
        schema.place = schema.hint.clone();
    }
}

/// The value of a header that needs no setting: the only one that there is, or the default.
fn default(api: &Api, id: SchemaId) -> Option<String> {
    let own = api.schemas.get(id.0 as usize)?;
    let last = last(api, id)?;
    if let Shape::Enum(choices) = &last.shape
        && let [only] = choices.values.as_slice()
    {
        return Some(only.wire.clone());
    }
    let value = [&own.only, &last.only, &own.default, &last.default].into_iter().find_map(Option::as_ref)?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The schema that a name, or a name of a name, stands for.
fn last(api: &Api, mut id: SchemaId) -> Option<&Schema> {
    // Names of names have an end by now.
    loop {
        let schema = api.schemas.get(id.0 as usize)?;
        match schema.shape {
            Shape::Same(next) => id = next,
            _ => return Some(schema),
        }
    }
}

/// Whether two parameters are one header: called alike, written alike, of one type.
fn is_alike(api: &Api, one: &Parameter, other: &Parameter) -> bool {
    let spelled = |parameter: &Parameter| (parameter.style, parameter.explode);
    one.name.eq_ignore_ascii_case(&other.name)
        && spelled(one) == spelled(other)
        && (one.schema == other.schema || is_one_type(api, one.schema, other.schema))
}

/// Whether two schemas are one type, as far as headers hold it: a value, a choice of values, or a list.
fn is_one_type(api: &Api, one: SchemaId, other: SchemaId) -> bool {
    let (Some(one), Some(other)) = (last(api, one), last(api, other)) else { return false };
    let said = |schema: &Schema| (schema.default.clone(), schema.only.clone(), schema.secret, schema.nullable);
    let shape = match (&one.shape, &other.shape) {
        (Shape::List(one), Shape::List(other)) => one == other || is_one_type(api, *one, *other),
        (Shape::Scalar(_) | Shape::Enum(_), _) => one.shape == other.shape,
        _ => one.origin == other.origin,
    };
    shape && said(one) == said(other)
}
