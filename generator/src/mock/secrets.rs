//! Credentials and secrets, for recordings and logs.

use super::Mock;
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

/// The names of credentials.
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
        for parameter in parameters.filter(|parameter| parameter.credential) {
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

impl Mock {
    /// Redacts the secrets of a value: by its schema if that is known, and the members of requests for tokens. Returns true if
    /// there are any.
    pub(super) fn redact(&self, schema: Option<SchemaId>, value: &mut Value) -> bool {
        self.redact_within(schema, value, DEEPEST)
    }

    fn redact_within(&self, schema: Option<SchemaId>, value: &mut Value, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let members = match schema.and_then(|id| self.api.schemas.get(self.api.schemas.resolve(id).0)) {
            Some(schema) if schema.secret && value.is_string() => {
                *value = Value::String(REDACTED.to_owned());
                return true;
            }
            Some(schema) => match &schema.shape {
                Shape::Union(union) => union.members.iter().map(|member| member.schema).collect(),
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        if !members.is_empty() {
            return members.iter().fold(false, |found, member| self.redact_within(Some(*member), value, depth) | found);
        }
        match value {
            Value::Array(items) => items.iter_mut().enumerate().fold(false, |found, (index, item)| {
                let of = schema.and_then(|schema| self.item_schema(schema, index));
                self.redact_within(of, item, depth) | found
            }),
            Value::Object(members) => members.iter_mut().fold(false, |found, (name, member)| {
                if member.is_string() && is_credential_field(name) {
                    *member = Value::String(REDACTED.to_owned());
                    return true;
                }
                let of = schema.and_then(|schema| self.member_schema(schema, name));
                self.redact_within(of, member, depth) | found
            }),
            _ => false,
        }
    }

    /// Returns true for the name of a secret member of a form.
    pub(super) fn is_secret_field(&self, schema: Option<SchemaId>, name: &str) -> bool {
        let member = schema.and_then(|schema| self.member_schema(schema, name));
        let of = member.and_then(|member| self.api.schemas.get(self.api.schemas.resolve(member).0));
        is_credential_field(name) || of.is_some_and(|schema| schema.secret)
    }
}

fn is_credential_field(name: &str) -> bool {
    FIELDS.contains(&name)
}
