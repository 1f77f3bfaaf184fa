//! Security schemes: the places of their credentials in a request, and the setters. Does not know tokens.

use super::docs;
use super::names::{Scope, snake, with_suffix};
pub(crate) use crate::api::SecurityRequirement;
use crate::api::{Api, SchemeKind, SecurityScheme, TokenServer};

/// A security scheme.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// Name in the description.
    pub wire: String,
    /// Place of the credential in a request.
    pub kind: SchemeForm,
    /// Environment variable.
    pub env: Option<String>,
    /// Setters of the credential, the simplest first.
    pub setters: Vec<Setter>,
}

/// A method of the builder.
#[derive(Debug)]
pub(crate) struct Setter {
    /// Its name.
    pub name: String,
    /// Kind of its argument.
    pub takes: Takes,
    /// Documentation in lines.
    pub docs: Vec<String>,
}

/// Kinds of arguments of a setter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// The credential itself.
    Secret,
    /// User and password.
    UserAndPassword,
    /// Client id and client secret (RFC 6749, section 4.4).
    ClientCredentials,
    /// Client id and refresh token (RFC 6749, section 6).
    RefreshToken,
    /// A source that returns the credential when a call needs it.
    Source,
}

/// The form of credentials.
#[derive(Debug)]
pub(crate) enum SchemeForm {
    /// A header.
    Header(String),
    /// The query.
    Query(String),
    /// A cookie.
    Cookie(String),
    /// User and password.
    Basic,
    /// A token.
    Bearer,
    /// A token from a token server.
    OAuth {
        /// Token address of client credentials.
        client_credentials: Option<String>,
        /// Address for refresh tokens.
        refresh: Option<String>,
        /// Address of the server's metadata (RFC 8414).
        metadata: Option<String>,
    },
    /// A token from the token server of an OpenID provider.
    OpenId {
        /// Address of the provider's metadata (OpenID Connect Discovery 1.0).
        provider: String,
    },
    /// Handled by the transport, such as a client certificate.
    Other,
}

/// Plans a security scheme, with the setters of its credentials.
pub(super) fn scheme(scheme: &SecurityScheme, env: Option<String>, names: &mut Scope) -> Scheme {
    let kind = match &scheme.kind {
        SchemeKind::ApiKeyHeader(name) => SchemeForm::Header(name.to_lowercase()),
        SchemeKind::ApiKeyQuery(name) => SchemeForm::Query(name.clone()),
        SchemeKind::ApiKeyCookie(name) => SchemeForm::Cookie(name.clone()),
        SchemeKind::Basic => SchemeForm::Basic,
        SchemeKind::Bearer => SchemeForm::Bearer,
        SchemeKind::OAuth2(flows) => SchemeForm::OAuth {
            client_credentials: address(flows.client_credentials.as_ref()),
            refresh: address(flows.refresh.as_ref()),
            metadata: flows.metadata.clone(),
        },
        SchemeKind::OpenId(provider) => SchemeForm::OpenId { provider: provider.clone() },
        SchemeKind::Other(_) => SchemeForm::Other,
    };
    let env = env.filter(|_| !matches!(kind, SchemeForm::Other));
    Scheme { setters: setters(scheme, &kind, env.as_deref(), names), wire: scheme.name.clone(), kind, env }
}

/// Security requirements of a request that the description lacks: those of the whole description, then those of its operations. Each
/// has only the scopes that all operations with these schemes require. If the description requires nothing as a whole, the request
/// may also be sent without a credential.
pub(super) fn for_undocumented_requests(api: &Api) -> Vec<Vec<SecurityRequirement>> {
    let names = |requirement_set: &[SecurityRequirement]| {
        requirement_set.iter().map(|need| need.scheme.clone()).collect::<Vec<_>>()
    };
    let whole: Vec<Vec<SecurityRequirement>> =
        api.security.iter().filter(|requirement_set| !requirement_set.is_empty()).cloned().collect();
    let of_whole = whole.len();
    let mut all = whole;
    for requirement_set in api.operations.iter().flat_map(|operation| &operation.security).filter(|one| !one.is_empty())
    {
        match all.iter().position(|known| names(known) == names(requirement_set)) {
            Some(at) if at < of_whole => {}
            Some(at) => {
                for (known, need) in all.iter_mut().skip(at).take(1).flatten().zip(requirement_set) {
                    known.scopes.retain(|scope| need.scopes.contains(scope));
                }
            }
            None => all.push(requirement_set.clone()),
        }
    }
    // The transport's credential is always there, so it comes after credentials that the client has.
    let elsewhere = |name: &str| {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == name);
        scheme.is_some_and(|scheme| matches!(scheme.kind, SchemeKind::Other(_)))
    };
    all.sort_by_key(|requirement_set| requirement_set.iter().all(|need| elsewhere(&need.scheme)));
    let free = api.security.is_empty() || api.security.iter().any(Vec::is_empty);
    if free && !all.is_empty() {
        all.push(Vec::new());
    }
    all
}

fn address(server: Option<&TokenServer>) -> Option<String> {
    match server? {
        TokenServer::At(address) => Some(address.clone()),
        TokenServer::InMetadata => None,
    }
}

/// The setters of the credentials of a scheme.
fn setters(scheme: &SecurityScheme, kind: &SchemeForm, env: Option<&str>, names: &mut Scope) -> Vec<Setter> {
    // The transport authenticates, so there is no setter.
    if matches!(kind, SchemeForm::Other) {
        return Vec::new();
    }
    let stem = names.claim(&snake(&scheme.name));
    let shown = docs::one_line(&scheme.name).replace('`', "'");
    let mut setters = Vec::new();
    let mut add = |end: &str, takes: Takes, docs: Vec<String>| {
        let name = if end.is_empty() { stem.clone() } else { names.claim(&with_suffix(&stem, end)) };
        setters.push(Setter { name, takes, docs });
    };
    let from = |ends: &[&str]| {
        let names: Vec<String> =
            env.map_or_else(Vec::new, |env| ends.iter().map(|end| format!("`{env}{end}`")).collect());
        if names.is_empty() {
            String::new()
        } else {
            format!(
                " Environment {}: {}.",
                if names.len() == 1 { "variable" } else { "variables" },
                names.join(" and ")
            )
        }
    };
    let described = |first: String| docs::of(&first, scheme.description.as_deref());
    let plain = format!("Sets the credential of the security scheme `{shown}`.{}", from(&[""]));
    let takes = if matches!(kind, SchemeForm::Basic) { Takes::UserAndPassword } else { Takes::Secret };
    add("", takes, described(plain));
    // The grants of an OpenID provider are known only from its metadata.
    let (machine, person) = match &scheme.kind {
        SchemeKind::OAuth2(flows) => (flows.client_credentials.is_some(), flows.refresh.is_some()),
        SchemeKind::OpenId(_) => (true, true),
        _ => (false, false),
    };
    if machine {
        let first = format!(
            "Sets the client id and secret for the security scheme `{shown}`. The client obtains and refreshes access \
             tokens with them.{}",
            from(&["_CLIENT_ID", "_CLIENT_SECRET"]),
        );
        add("client_credentials", Takes::ClientCredentials, described(first));
    }
    if person {
        let first = format!(
            "Sets the client id and a refresh token for the security scheme `{shown}`. The client obtains and refreshes \
             access tokens with them.{}",
            from(&["_CLIENT_ID", "_REFRESH_TOKEN"]),
        );
        add("refresh_token", Takes::RefreshToken, described(first));
    }
    let source = format!(
        "Sets a source of the credential of the security scheme `{shown}`. The client calls it when a call needs the credential."
    );
    add("from", Takes::Source, vec![source]);
    setters
}
