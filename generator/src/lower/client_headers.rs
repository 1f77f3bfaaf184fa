//! Header parameters that become fields of the client, such as a version, a tenant or a key that most operations share.
//! Knows only the `Api`.

use super::LowerOptions;
use super::lookup::ApiLookup;
use crate::api::{AllOrNamed, Api, ClientHeader, Location, Parameter, Schema, SchemaId, Shape};
use serde_json::Value;

/// The share of operations, in quarters, that must have a header before it becomes a field of the client. Some
/// operations without it, such as a health check or a login, change nothing.
const SHARE_IN_QUARTERS: usize = 3;
/// The least number of operations with the header.
const MIN: usize = 2;

/// Words in the names of headers that describe a single request.
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

/// Headers that HTTP defines for a single request.
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

/// Parameters for the same header, by the indices of their operations and their own.
struct SharedHeader {
    places: Vec<(usize, usize)>,
    first: Parameter,
}

/// Moves the header parameters that are set once to the client, and marks them in the operations.
pub(super) fn set(api: &mut Api, options: &LowerOptions) {
    let mut found: Vec<SharedHeader> = Vec::new();
    for (number, operation) in api.operations.iter().enumerate() {
        let headers = operation.parameters.iter().enumerate();
        for (index, parameter) in headers.filter(|(_, parameter)| parameter.location == Location::Header) {
            match found.iter_mut().find(|known| is_same_header(api, &known.first, parameter)) {
                Some(known) => known.places.push((number, index)),
                None => found.push(SharedHeader { places: vec![(number, index)], first: parameter.clone() }),
            }
        }
    }
    let mut of_client: Vec<SharedHeader> = Vec::new();
    for shared in found.into_iter().filter(|shared| is_of_the_client(api, shared, &options.client_headers)) {
        // Of several headers with the same name, the client has the most frequent.
        match of_client.iter_mut().find(|known| known.first.name.eq_ignore_ascii_case(&shared.first.name)) {
            Some(known) if known.places.len() >= shared.places.len() => {}
            Some(known) => *known = shared,
            None => of_client.push(shared),
        }
    }
    for shared in of_client {
        move_to_client(api, shared);
    }
}

fn is_of_the_client(api: &Api, shared: &SharedHeader, options: &AllOrNamed) -> bool {
    let name = shared.first.name.to_ascii_lowercase();
    match options {
        AllOrNamed::Named(names) => names.iter().any(|known| known.eq_ignore_ascii_case(&name)),
        AllOrNamed::All(false) => false,
        AllOrNamed::All(true) => {
            let (uses, all) = (shared.places.len(), api.operations.len());
            uses >= MIN
                && uses * 4 >= all * SHARE_IN_QUARTERS
                && !describes_a_request(&name)
                && !shared.first.deprecated
        }
    }
}

/// Returns true for a header of a single request. The name is in lower case.
fn describes_a_request(name: &str) -> bool {
    OF_HTTP.contains(&name) || name.starts_with("if-") || OF_A_REQUEST.iter().any(|word| name.contains(word))
}

/// Makes a shared header one of the client, and marks the parameters that it stands for.
fn move_to_client(api: &mut Api, shared: SharedHeader) {
    let SharedHeader { places, first } = shared;
    let mut uses = 0;
    let mut required = 0;
    let (mut description, mut env) = (first.description.clone(), first.env.clone());
    let schema = first.schema;
    for (operation, index) in &places {
        let operation = api.operations.get_mut(*operation);
        let Some(parameter) = operation.and_then(|operation| operation.parameters.get_mut(*index)) else { continue };
        parameter.set_on_client = true;
        parameter.schema = schema;
        uses += 1;
        required += usize::from(parameter.required);
        description = description.or_else(|| parameter.description.clone());
        env = env.or_else(|| parameter.env.clone());
    }
    // The client does not send a default, since servers apply it themselves.
    let default = if required == 0 { None } else { default(api, schema) };
    let required = required == api.operations.len() && uses == required;
    name_alone(api, &first);
    let parameter = Parameter { description, env, required, set_on_client: true, ..first };
    api.client_headers.push(ClientHeader { parameter, required, default });
}

/// Names an inline type of several operations by the header alone.
fn name_alone(api: &mut Api, parameter: &Parameter) {
    let (target, _) = api.schemas.resolve(parameter.schema);
    let is_component = api.components.values().any(|id| *id == target);
    if let Some(schema) = api.schemas.get_mut(target).filter(|_| !is_component) {
        schema.name_words = vec![parameter.name.clone()];
        schema.place_words = schema.name_words.clone();
        schema.outer = Vec::new();
        for duplicate in api.duplicates.iter_mut().filter(|duplicate| duplicate.of == target) {
            duplicate.name_words = vec![parameter.name.clone()];
            duplicate.place_words = duplicate.name_words.clone();
            duplicate.outer = Vec::new();
        }
    }
}

/// The value of a header that needs no setting: its only value or its default.
fn default(api: &Api, id: SchemaId) -> Option<String> {
    let schema = api.schemas.get(id)?;
    let last = ApiLookup::new(api).schema(id)?;
    if let Shape::Enum(listed) = &last.shape
        && let [only] = listed.values.as_slice()
    {
        return Some(only.wire.clone());
    }
    let value =
        [&schema.only_value, &last.only_value, &schema.default, &last.default].into_iter().find_map(Option::as_ref)?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns true if two parameters are the same header: equal names, spellings and types.
fn is_same_header(api: &Api, one: &Parameter, other: &Parameter) -> bool {
    let spelled = |parameter: &Parameter| (parameter.style, parameter.explode);
    one.name.eq_ignore_ascii_case(&other.name)
        && spelled(one) == spelled(other)
        && (one.schema == other.schema || is_one_type(api, one.schema, other.schema))
}

/// Returns true if two schemas are the same type for a header: a scalar, an enum or a list.
fn is_one_type(api: &Api, one: SchemaId, other: SchemaId) -> bool {
    let lookup = ApiLookup::new(api);
    let (Some(one), Some(other)) = (lookup.schema(one), lookup.schema(other)) else { return false };
    let annotations =
        |schema: &Schema| (schema.default.clone(), schema.only_value.clone(), schema.secret, schema.nullable);
    let shape = match (&one.shape, &other.shape) {
        (Shape::List(one), Shape::List(other)) => one == other || is_one_type(api, *one, *other),
        (Shape::Scalar(_) | Shape::Enum(_), _) => one.shape == other.shape,
        _ => one.origin == other.origin,
    };
    shape && annotations(one) == annotations(other)
}
