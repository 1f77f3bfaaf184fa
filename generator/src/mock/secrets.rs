//! Credentials and secrets, for recordings and logs.

use super::Mock;
use super::nested::steps;
use crate::api::{Api, Location, SchemaId, SchemeKind, Shape};
use serde_json::Value;
use std::collections::BTreeSet;

/// The value of a credential.
pub(super) const REDACTED: &str = "[redacted]";
/// Headers that carry credentials, whatever the description says.
const HEADERS: [&str; 4] = ["authorization", "proxy-authorization", "cookie", "set-cookie"];
/// Members of requests for tokens (RFC 6749), and of their responses.
const FIELDS: [&str; 5] = ["client_secret", "password", "refresh_token", "access_token", "client_assertion"];

/// Deepest level of a body.
const DEEPEST: usize = 150;

/// The names of credentials, and of parameters that are secret.
#[derive(Debug)]
pub(super) struct Secrets {
    /// Names of headers in lower case.
    headers: BTreeSet<String>,
    queries: BTreeSet<String>,
}

impl Secrets {
    pub(super) fn new(api: &Api) -> Self {
        let mut headers: BTreeSet<String> = HEADERS.map(str::to_owned).into();
        let mut queries = BTreeSet::new();
        for scheme in &api.schemes {
            match &scheme.kind {
                SchemeKind::ApiKeyHeader(name) => headers.insert(name.to_lowercase()),
                SchemeKind::ApiKeyQuery(name) => queries.insert(name.clone()),
                _ => continue,
            };
        }
        let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
        let is_secret = |id| api.schemas.get(api.schemas.resolve(id).0).is_some_and(|schema| schema.secret);
        for parameter in parameters.filter(|parameter| parameter.credential || is_secret(parameter.schema)) {
            match parameter.location {
                Location::Header => headers.insert(parameter.name.to_lowercase()),
                Location::Query => queries.insert(parameter.name.clone()),
                _ => continue,
            };
        }
        Self { headers, queries }
    }

    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.contains(&name.to_lowercase())
    }

    pub(super) fn has_query(&self, name: &str) -> bool {
        self.queries.contains(name)
    }
}

/// The schemas that a value can have: with a union, its members. A set, because the members of a recursive union would be
/// visited too often otherwise.
pub(super) type Alternatives = BTreeSet<SchemaId>;

impl Mock {
    pub(super) fn alternatives(&self, schemas: impl IntoIterator<Item = SchemaId>) -> Alternatives {
        let (mut found, mut open) = (Alternatives::new(), schemas.into_iter().collect::<Vec<_>>());
        while let Some(id) = open.pop() {
            let (id, _) = self.api.schemas.resolve(id);
            if found.insert(id)
                && let Some(Shape::Union(union)) = self.api.schemas.get(id).map(|schema| &schema.shape)
            {
                open.extend(union.members.iter().map(|member| member.schema));
            }
        }
        found
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
                if is_credential_field(name) && member.is_string() {
                    *member = Value::from(REDACTED);
                }
                self.redact_within(&self.member_alternatives(schemas, name), member, depth);
            }),
            Value::String(_) | Value::Number(_) => {}
        }
    }

    /// Returns true for a secret string, and for another value in its place.
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
        let mut has_credential = is_credential_field(name);
        for step in steps(name) {
            has_credential |= is_credential_field(step);
            let mut inner = self.member_alternatives(&of_steps, step);
            inner.extend(self.item_alternatives(&of_steps, step.parse().unwrap_or(0)));
            of_steps = inner;
        }
        has_credential || self.has_secret(&of_whole_name) || self.has_secret(&of_steps)
    }

    /// Returns true if a value of one of the schemas can have a secret in it.
    pub(super) fn has_secret(&self, schemas: &Alternatives) -> bool {
        let (mut seen, mut open) = (Alternatives::new(), schemas.iter().copied().collect::<Vec<_>>());
        while let Some(id) = open.pop() {
            let (id, _) = self.api.schemas.resolve(id);
            let Some(schema) = self.api.schemas.get(id).filter(|_| seen.insert(id)) else { continue };
            if schema.secret {
                return true;
            }
            match &schema.shape {
                Shape::List(inner) | Shape::Map(inner) => open.push(*inner),
                Shape::Tuple(tuple) => open.extend(tuple.items.iter().copied().chain(tuple.extra.schema())),
                Shape::Union(union) => open.extend(union.members.iter().map(|member| member.schema)),
                Shape::Object(object) => {
                    if object.properties.iter().any(|property| is_credential_field(&property.name)) {
                        return true;
                    }
                    open.extend(object.properties.iter().map(|property| property.schema).chain(object.extra.schema()));
                }
                _ => {}
            }
        }
        false
    }

    /// Returns true if the description says nothing about a value.
    pub(super) fn is_unknown(&self, schemas: &Alternatives) -> bool {
        let is_any = |id: &SchemaId| self.api.schemas.get(*id).is_none_or(|one| matches!(one.shape, Shape::Any(_)));
        schemas.is_empty() || schemas.iter().any(is_any)
    }
}

fn is_credential_field(name: &str) -> bool {
    FIELDS.contains(&name)
}
