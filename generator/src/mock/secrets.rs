//! Credentials and secrets, for recordings and logs.

use super::Mock;
use super::nested::steps;
use super::path_segment;
use crate::api::{
    Api, Location, Operation, Parameter, SchemaId, SchemeKind, Shape, Style, is_secret_header_in_traffic,
    is_secret_in_traffic,
};
pub(super) use crate::validation::REDACTED;
use serde_json::Value;
use std::collections::BTreeSet;

/// Headers that carry credentials, whatever the description says.
const HEADERS: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "set-cookie"];
/// A credential in a request for a token (RFC 7521), which `is_secret_in_traffic` does not recognise.
const ASSERTION: &str = "client_assertion";

/// Deepest level of a body.
const DEEPEST: usize = 150;

/// The names of credentials, and of parameters that are secret.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// Names of headers in lower case.
    headers: BTreeSet<String>,
    query_names: BTreeSet<String>,
    /// True if a secret can have any name in a query, or none.
    hides_whole_query: bool,
    /// All fixed segments of paths. `None` if no path has a secret parameter: then unknown paths are shown.
    segments: Option<BTreeSet<String>>,
}

impl Secrets {
    pub(super) fn new(api: &Api) -> Self {
        let mut secrets = Self { headers: HEADERS.map(str::to_owned).into(), ..Self::default() };
        for scheme in &api.schemes {
            match &scheme.kind {
                SchemeKind::ApiKeyHeader(name) => secrets.headers.insert(name.to_lowercase()),
                SchemeKind::ApiKeyQuery(name) => secrets.query_names.insert(name.clone()),
                _ => continue,
            };
        }
        for operation in &api.operations {
            operation.parameters.iter().for_each(|parameter| secrets.add(api, parameter));
            let headers = operation.responses.iter().flat_map(|response| &response.headers);
            let secret = headers.filter(|header| has_secret(api, [header.schema]));
            secrets.headers.extend(secret.map(|header| header.name.to_lowercase()));
        }
        let has_secret_path =
            |operation: &Operation| operation.path.split('/').any(|part| has_secret_parameter(api, operation, part));
        secrets.segments = api.operations.iter().any(has_secret_path).then(|| fixed_segments(api));
        secrets
    }

    fn add(&mut self, api: &Api, parameter: &Parameter) {
        let is_secret = is_secret_parameter(api, parameter);
        match (parameter.location, parameter.style) {
            (Location::Header, _) if is_secret => _ = self.headers.insert(parameter.name.to_lowercase()),
            (Location::QueryString, Style::Form) => self.add_members(api, parameter),
            (Location::QueryString, _) => self.hides_whole_query |= is_secret,
            (Location::Query, style) if is_secret => {
                self.query_names.insert(parameter.name.clone());
                if style == Style::Form && parameter.explode {
                    self.add_members(api, parameter);
                }
            }
            _ => {}
        }
    }

    /// Adds the members of an object that are pairs of the query themselves.
    fn add_members(&mut self, api: &Api, parameter: &Parameter) {
        let is_secret = |id: SchemaId| parameter.credential || has_secret(api, [id]);
        for id in alternatives(api, [parameter.schema]) {
            match api.schemas.get(id).map(|schema| &schema.shape) {
                Some(Shape::Object(object)) => {
                    let secret = object.properties.iter().filter(|property| is_secret(property.schema));
                    self.query_names.extend(secret.map(|property| property.name.clone()));
                    self.hides_whole_query |= object.extra.schema().is_some_and(is_secret);
                }
                Some(Shape::Map(values)) => self.hides_whole_query |= is_secret(*values),
                _ => {}
            }
        }
    }

    pub(super) fn is_secret_header(&self, name: &str) -> bool {
        self.headers.contains(&name.to_lowercase()) || is_secret_header_in_traffic(name)
    }

    /// Returns true for the name of a secret in a query, which can be a member of a member: `user[password]`.
    pub(super) fn is_secret_query_name(&self, name: &str) -> bool {
        let is_secret = |name: &str| self.query_names.contains(name) || is_secret_field_name(name);
        is_secret(name) || steps(name).into_iter().any(is_secret)
    }

    /// Returns true if no part of a query can be shown.
    pub(super) const fn hides_whole_query(&self) -> bool {
        self.hides_whole_query
    }

    /// Returns true for a segment that can be secret in a path that the description does not have.
    pub(super) fn may_be_secret_segment(&self, segment: &str) -> bool {
        self.segments.as_ref().is_some_and(|fixed| !segment.is_empty() && !fixed.contains(segment))
    }
}

/// The segments of the paths of operations and servers that are not parameters.
fn fixed_segments(api: &Api) -> BTreeSet<String> {
    let own_servers = api.operations.iter().filter_map(|operation| operation.server.as_ref());
    let servers = api.servers.iter().chain(own_servers).map(|server| server.url.as_str());
    let paths = api.operations.iter().map(|operation| operation.path.as_str());
    let segments = servers.chain(paths).flat_map(|path| path.split('/'));
    segments.filter(|segment| !segment.contains('{')).map(str::to_owned).collect()
}

/// Returns true for a parameter that is a credential, or can have a secret in it.
fn is_secret_parameter(api: &Api, parameter: &Parameter) -> bool {
    parameter.credential || has_secret(api, [parameter.schema])
}

/// Returns true if a part of the path template of an operation has a secret parameter.
pub(super) fn has_secret_parameter(api: &Api, operation: &Operation, part: &str) -> bool {
    let in_path = || operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
    let is_secret =
        |name: &str| in_path().any(|parameter| parameter.name == name && is_secret_parameter(api, parameter));
    path_segment::parameters(part, "").iter().any(|(name, _)| is_secret_in_traffic(name) || is_secret(name))
}

/// The schemas that a value can have: with a union, its members. A set, because the members of a recursive union would be
/// visited too often otherwise.
pub(super) type Alternatives = BTreeSet<SchemaId>;

/// The alternatives of some schemas.
fn alternatives(api: &Api, schemas: impl IntoIterator<Item = SchemaId>) -> Alternatives {
    let (mut found, mut open) = (Alternatives::new(), schemas.into_iter().collect::<Vec<_>>());
    while let Some(id) = open.pop() {
        let (id, _) = api.schemas.resolve(id);
        if found.insert(id)
            && let Some(Shape::Union(union)) = api.schemas.get(id).map(|schema| &schema.shape)
        {
            open.extend(union.members.iter().map(|member| member.schema));
        }
    }
    found
}

/// Returns true if a value of one of the schemas can have a secret in it.
fn has_secret(api: &Api, schemas: impl IntoIterator<Item = SchemaId>) -> bool {
    let (mut seen, mut open) = (Alternatives::new(), schemas.into_iter().collect::<Vec<_>>());
    while let Some(id) = open.pop() {
        let (id, _) = api.schemas.resolve(id);
        let Some(schema) = api.schemas.get(id).filter(|_| seen.insert(id)) else { continue };
        if schema.secret {
            return true;
        }
        match &schema.shape {
            Shape::List(inner) | Shape::Map(inner) => open.push(*inner),
            Shape::Tuple(tuple) => open.extend(tuple.items.iter().copied().chain(tuple.extra.schema())),
            Shape::Union(union) => open.extend(union.members.iter().map(|member| member.schema)),
            Shape::Object(object) => {
                if object.properties.iter().any(|property| is_secret_field_name(&property.name)) {
                    return true;
                }
                open.extend(object.properties.iter().map(|property| property.schema).chain(object.extra.schema()));
            }
            _ => {}
        }
    }
    false
}

impl Mock {
    pub(super) fn alternatives(&self, schemas: impl IntoIterator<Item = SchemaId>) -> Alternatives {
        alternatives(&self.api, schemas)
    }

    /// Redacts the secrets of a value: by its schemas, and the members of requests for tokens.
    pub(super) fn redact(&self, schemas: &Alternatives, value: &mut Value) {
        self.redact_within(schemas, value, DEEPEST);
    }

    fn redact_within(&self, schemas: &Alternatives, value: &mut Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            *value = Value::from(REDACTED);
            return;
        };
        match value {
            Value::Null | Value::Bool(_) => {}
            value if self.is_redacted(schemas, value) => *value = Value::from(REDACTED),
            Value::Array(items) => items.iter_mut().enumerate().for_each(|(index, item)| {
                self.redact_within(&self.item_alternatives(schemas, index), item, depth);
            }),
            Value::Object(members) => members.iter_mut().for_each(|(name, member)| {
                if is_secret_field_name(name) {
                    redact_all(member);
                }
                self.redact_within(&self.member_alternatives(schemas, name), member, depth);
            }),
            Value::String(_) | Value::Number(_) => {}
        }
    }

    /// Returns true for a scalar where a schema is secret, and for an array or object where every schema is.
    fn is_redacted(&self, schemas: &Alternatives, value: &Value) -> bool {
        let is_secret = |id: &SchemaId| self.api.schemas.get(*id).is_some_and(|schema| schema.secret);
        let is_union =
            |id: &SchemaId| self.api.schemas.get(*id).is_some_and(|one| matches!(one.shape, Shape::Union(_)));
        let is_nested = value.is_array() || value.is_object();
        schemas.iter().any(is_secret) && (!is_nested || schemas.iter().all(|id| is_secret(id) || is_union(id)))
    }

    fn item_alternatives(&self, schemas: &Alternatives, index: usize) -> Alternatives {
        self.alternatives(schemas.iter().filter_map(|id| self.item_schema(*id, index)))
    }

    fn member_alternatives(&self, schemas: &Alternatives, name: &str) -> Alternatives {
        self.alternatives(schemas.iter().filter_map(|id| self.member_schema(*id, name)))
    }

    /// Returns true for the name of a secret member of a form, which can be a member of a member: `user[password]`.
    pub(super) fn is_secret_field(&self, schemas: &Alternatives, name: &str) -> bool {
        let of_whole_name = self.member_alternatives(schemas, name);
        let mut of_steps = schemas.clone();
        let mut is_named = is_secret_field_name(name);
        for step in steps(name) {
            is_named |= is_secret_field_name(step);
            let mut inner = self.member_alternatives(&of_steps, step);
            inner.extend(self.item_alternatives(&of_steps, step.parse().unwrap_or(0)));
            of_steps = inner;
        }
        is_named || self.has_secret(&of_whole_name) || self.has_secret(&of_steps)
    }

    /// Returns true if a value of one of the schemas can have a secret in it.
    pub(super) fn has_secret(&self, schemas: &Alternatives) -> bool {
        has_secret(&self.api, schemas.iter().copied())
    }

    /// Returns true if the description says nothing about a value.
    pub(super) fn is_unknown(&self, schemas: &Alternatives) -> bool {
        let is_any = |id: &SchemaId| self.api.schemas.get(*id).is_none_or(|one| matches!(one.shape, Shape::Any(_)));
        schemas.is_empty() || schemas.iter().any(is_any)
    }
}

/// Redacts the strings and numbers of a value whose name marks a secret, at every depth.
fn redact_all(value: &mut Value) {
    match value {
        Value::String(_) | Value::Number(_) => *value = Value::from(REDACTED),
        Value::Array(items) => items.iter_mut().for_each(redact_all),
        Value::Object(members) => members.values_mut().for_each(redact_all),
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_secret_field_name(name: &str) -> bool {
    name == ASSERTION || is_secret_in_traffic(name)
}
