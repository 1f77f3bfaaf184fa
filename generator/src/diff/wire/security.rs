//! Security: how credentials are sent, and which ones operations require.

use super::traversal::Traversal;
use crate::api::{Api, Operation, SchemeKind, SecurityRequirement};
use crate::diff::change::{
    Change, Direction,
    WireVerdict::{Break, Risk, Safe},
};
use crate::syntax::pointer::escape;

/// The place of a credential in requests. Two schemes may have the same one.
fn wire(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKeyHeader(name) => format!("header {}", name.to_lowercase()),
        SchemeKind::ApiKeyQuery(name) => format!("query {name}"),
        SchemeKind::ApiKeyCookie(name) => format!("cookie {name}"),
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenId(_) => "bearer".to_owned(),
        SchemeKind::Other(name) => format!("other {name}"),
    }
}

/// Compares the schemes of one name.
pub(super) fn schemes(traversal: &mut Traversal<'_>) {
    let (old, new) = (&traversal.old.api, &traversal.new.api);
    for one in &old.schemes {
        let Some(other) = new.schemes.iter().find(|other| other.name == one.name) else { continue };
        if one.kind == other.kind {
            continue;
        }
        let verdict = if wire(&one.kind) == wire(&other.kind) { Risk } else { Break };
        let code = if verdict == Break { "W210" } else { "W212" };
        let message = format!("the security scheme `{}` sends its credential in another way", one.name);
        let item = format!("#/components/securitySchemes/{}", escape(&one.name));
        let users = old
            .operations
            .iter()
            .filter(|operation| operation.security.iter().flatten().any(|need| need.scheme == one.name));
        let mut change = Change::wire(code, verdict, item.clone(), message);
        change.effects = users.map(Operation::route).collect();
        change.direction = Some(Direction::Request);
        let shown = |kind: &SchemeKind| match kind {
            SchemeKind::OAuth2(_) | SchemeKind::OpenId(_) => format!("{kind:?}"),
            other => wire(other),
        };
        traversal.add(change.with_values(shown(&one.kind), shown(&other.kind)), &item, &item);
    }
}

/// Compares what two operations require.
pub(super) fn compare(traversal: &mut Traversal<'_>, old: &Operation, new: &Operation) {
    if old.security == new.security {
        return;
    }
    let anonymous: [Vec<SecurityRequirement>; 1] = [Vec::new()];
    let all = |list: &'_ [Vec<SecurityRequirement>]| if list.is_empty() { anonymous.to_vec() } else { list.to_vec() };
    let (before, now) = (all(&old.security), all(&new.security));
    let mut verdict = Safe;
    for one in &before {
        let mut best = Break;
        for other in &now {
            best = best.min(satisfies(&traversal.old.api, one, &traversal.new.api, other));
        }
        verdict = verdict.max(best);
    }
    let shown = |list: &[Vec<SecurityRequirement>]| {
        let one = |needs: &Vec<SecurityRequirement>| {
            let needs: Vec<String> = needs
                .iter()
                .map(|need| format!("{} {}", need.scheme, need.scopes.join(" ")).trim().to_owned())
                .collect();
            if needs.is_empty() { "nothing".to_owned() } else { needs.join(" and ") }
        };
        list.iter().map(one).collect::<Vec<_>>().join(", or ")
    };
    let message = "the required security changed".to_owned();
    let mut change = Change::wire("W211", verdict, old.origin.pointer.clone(), message);
    change.direction = Some(Direction::Request);
    change.effects.push(new.route());
    traversal.add(change.with_values(shown(&before), shown(&now)), &old.origin.pointer, &new.origin.pointer);
}

/// The verdict about credentials of one alternative where another one is required.
fn satisfies(
    old: &Api,
    given: &[SecurityRequirement],
    new: &Api,
    required: &[SecurityRequirement],
) -> crate::diff::change::WireVerdict {
    let credential = |api: &Api, need: &SecurityRequirement| {
        api.schemes.iter().find(|scheme| scheme.name == need.scheme).map(|scheme| wire(&scheme.kind))
    };
    let mut verdict = Safe;
    for need in required {
        let has = given.iter().find(|one| one.scheme == need.scheme);
        // Another scheme that sends its credential the same way may have the same credential.
        let similar =
            || given.iter().find(|one| credential(old, one).is_some() && credential(old, one) == credential(new, need));
        match (has, similar()) {
            (Some(one), _) if need.scopes.iter().all(|scope| one.scopes.contains(scope)) => {}
            (Some(_), _) | (None, Some(_)) => verdict = verdict.max(Risk),
            (None, None) => return Break,
        }
    }
    verdict
}
