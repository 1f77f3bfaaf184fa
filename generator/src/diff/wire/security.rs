//! Security: how credentials are sent, and which ones operations require.

use super::traversal::Traversal;
use crate::api::{Api, Operation, SchemeKind, SecurityRequirement};
use crate::diff::change::{
    Change, Direction,
    WireVerdict::{Break, Risk, Safe},
};
use crate::diff::rules::Rule;
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
    for old_scheme in &old.schemes {
        let Some(new_scheme) = new.schemes.iter().find(|new_scheme| new_scheme.name == old_scheme.name) else {
            continue;
        };
        if old_scheme.kind == new_scheme.kind {
            continue;
        }
        let verdict = if wire(&old_scheme.kind) == wire(&new_scheme.kind) { Risk } else { Break };
        let rule = if verdict == Break { Rule::SerializationChanged } else { Rule::ServerStatusOrDefaultChanged };
        let message = format!("the security scheme `{}` sends its credential in another way", old_scheme.name);
        let item = format!("#/components/securitySchemes/{}", escape(&old_scheme.name));
        let users = old
            .operations
            .iter()
            .filter(|operation| operation.security.iter().flatten().any(|need| need.scheme == old_scheme.name));
        let mut change = Change::wire(rule, verdict, item.clone(), message);
        change.effects = users.map(Operation::route).collect();
        change.direction = Some(Direction::Request);
        let shown = |kind: &SchemeKind| match kind {
            SchemeKind::OAuth2(_) | SchemeKind::OpenId(_) => format!("{kind:?}"),
            new_scheme => wire(new_scheme),
        };
        traversal.add(change.with_values(shown(&old_scheme.kind), shown(&new_scheme.kind)), &item, &item);
    }
}

/// Compares what two operations require.
pub(super) fn compare(traversal: &mut Traversal<'_>, old: &Operation, new: &Operation) {
    if old.security == new.security {
        return;
    }
    let anonymous: [Vec<SecurityRequirement>; 1] = [Vec::new()];
    let all = |list: &'_ [Vec<SecurityRequirement>]| if list.is_empty() { anonymous.to_vec() } else { list.to_vec() };
    let (old_alternatives, new_alternatives) = (all(&old.security), all(&new.security));
    let mut verdict = Safe;
    for old_needs in &old_alternatives {
        let mut best = Break;
        for new_needs in &new_alternatives {
            best = best.min(satisfies(&traversal.old.api, old_needs, &traversal.new.api, new_needs));
        }
        verdict = verdict.max(best);
    }
    let shown = |list: &[Vec<SecurityRequirement>]| {
        let joined = |needs: &Vec<SecurityRequirement>| {
            let needs: Vec<String> = needs
                .iter()
                .map(|need| format!("{} {}", need.scheme, need.scopes.join(" ")).trim().to_owned())
                .collect();
            if needs.is_empty() { "nothing".to_owned() } else { needs.join(" and ") }
        };
        list.iter().map(joined).collect::<Vec<_>>().join(", or ")
    };
    let message = "the required security changed".to_owned();
    let mut change = Change::wire(Rule::OperationOrSecurityChanged, verdict, old.origin.pointer.clone(), message);
    change.direction = Some(Direction::Request);
    change.effects.push(new.route());
    traversal.add(
        change.with_values(shown(&old_alternatives), shown(&new_alternatives)),
        &old.origin.pointer,
        &new.origin.pointer,
    );
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
