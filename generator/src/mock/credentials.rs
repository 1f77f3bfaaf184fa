//! The presence of credentials. Their values are not checked.

use super::message::{Request, Response};
use super::problem::problem;
use crate::api::{Api, Operation, SchemeKind};
use serde_json::json;

/// Checks that a request has the credentials of one alternative of its operation.
pub(super) fn check(api: &Api, operation: &Operation, request: &Request) -> Result<(), Box<Response>> {
    let kind = |name: &str| api.schemes.iter().find(|scheme| scheme.name == name).map(|scheme| &scheme.kind);
    let is_there = |name: &str| kind(name).is_none_or(|kind| has(request, kind));
    let alternatives = &operation.security;
    if alternatives.is_empty() || alternatives.iter().any(|all| all.iter().all(|need| is_there(&need.scheme))) {
        return Ok(());
    }
    let names = |all: &Vec<crate::api::SecurityRequirement>| {
        all.iter().map(|need| need.scheme.as_str()).collect::<Vec<_>>().join(" and ")
    };
    let needed: Vec<String> = alternatives.iter().map(names).collect();
    let detail = format!("the operation needs the security scheme {}", needed.join(", or "));
    let mut response = problem(401, "Credential missing", &detail, json!({ "operation": operation.named() }));
    let schemes = alternatives.iter().flatten().filter_map(|need| kind(&need.scheme)).filter_map(challenge);
    let mut challenges: Vec<&str> = schemes.collect();
    challenges.dedup();
    if !challenges.is_empty() {
        response.headers.push(("WWW-Authenticate".to_owned(), challenges.join(", ")));
    }
    Err(response)
}

fn has(request: &Request, kind: &SchemeKind) -> bool {
    let authorization = request.header("authorization").unwrap_or_default();
    let scheme = authorization.split_once(' ').filter(|(_, rest)| !rest.trim().is_empty()).map(|(scheme, _)| scheme);
    let is_scheme = |name: &str| scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(name));
    match kind {
        SchemeKind::ApiKeyHeader(name) => request.header(name).is_some_and(|value| !value.is_empty()),
        SchemeKind::ApiKeyQuery(name) => {
            request.pairs().iter().any(|pair| pair.plain_name() == *name && !pair.value.is_empty())
        }
        SchemeKind::ApiKeyCookie(name) => request.cookies(name).iter().any(|value| !value.is_empty()),
        SchemeKind::Basic => is_scheme("basic"),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenId(_) => is_scheme("bearer"),
        // Client certificates belong to the connection.
        SchemeKind::Other(name) => name.eq_ignore_ascii_case("mutualTLS") || is_scheme(name),
    }
}

fn challenge(kind: &SchemeKind) -> Option<&'static str> {
    match kind {
        SchemeKind::Basic => Some("Basic realm=\"mock\""),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenId(_) => Some("Bearer"),
        _ => None,
    }
}
