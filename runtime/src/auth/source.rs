//! The sources of a security scheme's secret: the caller, a function of the caller, or a token server.

#[cfg(not(unused = "oauth"))]
use super::oauth::OAuth;
use super::resolved_credential::ResolvedCredential;
#[cfg(not(unused = "oauth"))]
use super::tokens::Tokens;
use super::{CredentialError, SchemeKind, SecurityScheme};
use crate::secrets::Secret;
use crate::transport::BoxError;
use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

#[cfg(not(target_family = "wasm"))]
type Callback = dyn Fn(CredentialRequest) -> BoxFuture<'static, Result<Secret, BoxError>> + Send + Sync;
#[cfg(target_family = "wasm")]
type Callback = dyn Fn(CredentialRequest) -> BoxFuture<'static, Result<Secret, BoxError>>;

/// The source of a security scheme's secret.
#[derive(Clone)]
pub struct CredentialSource(SourceKind);

#[derive(Clone)]
enum SourceKind {
    Fixed(Secret),
    Callback(Arc<Callback>),
    #[cfg(not(unused = "oauth"))]
    OAuth(Box<OAuth>),
}

/// The reason for which a credential is requested.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CredentialRequest {
    /// The security scheme, as in the description.
    pub scheme: &'static str,
    /// The scopes of the operation.
    pub scopes: &'static [&'static str],
    /// True if the server refused the last credential (status 401), so that another one is needed.
    pub refused: bool,
}

impl CredentialSource {
    /// Creates a source that calls a function for each secret, for example one that reads a vault, a file, or the
    /// output of another program. The client calls the function before every attempt, and once more when the server
    /// refuses its secret. For basic authentication the secret is `user:password`.
    ///
    /// A blocking call waits for the future on its own thread, without an async runtime.
    pub fn callback<F, A, S, X>(callback: F) -> Self
    where
        F: Fn(CredentialRequest) -> A + MaybeSend + MaybeSync + 'static,
        A: Future<Output = Result<S, X>> + MaybeSend + 'static,
        S: Into<Secret>,
        X: Into<BoxError>,
    {
        Self(SourceKind::Callback(Arc::new(move |request| {
            let secret = callback(request);
            Box::pin(async move { secret.await.map(Into::into).map_err(Into::into) })
        })))
    }

    /// Converts the source for a client.
    pub(crate) fn prepare(&self, scheme: &'static SecurityScheme) -> Result<PreparedSource, CredentialError> {
        Ok(match &self.0 {
            SourceKind::Fixed(secret) => {
                PreparedSource::Fixed(Arc::new(ResolvedCredential::new(scheme, secret.clone())?))
            }
            SourceKind::Callback(callback) => PreparedSource::Callback(Arc::clone(callback)),
            #[cfg(not(unused = "oauth"))]
            SourceKind::OAuth(oauth) => {
                if !scheme.kind.takes_tokens() {
                    return Err(CredentialError::new(format!(
                        "the security scheme {} does not take tokens",
                        scheme.name
                    )));
                }
                PreparedSource::Tokens(Box::new(Tokens::new(oauth, scheme)?))
            }
        })
    }
}

impl From<Secret> for CredentialSource {
    fn from(secret: Secret) -> Self {
        Self(SourceKind::Fixed(secret))
    }
}

#[cfg(not(unused = "oauth"))]
impl From<OAuth> for CredentialSource {
    fn from(oauth: OAuth) -> Self {
        Self(SourceKind::OAuth(Box::new(oauth)))
    }
}

impl fmt::Debug for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            SourceKind::Fixed(secret) => secret.fmt(f),
            SourceKind::Callback(_) => f.write_str("callback"),
            #[cfg(not(unused = "oauth"))]
            SourceKind::OAuth(oauth) => oauth.fmt(f),
        }
    }
}

/// A [`CredentialSource`] converted for a client, with the tokens that it has obtained.
pub(crate) enum PreparedSource {
    Fixed(Arc<ResolvedCredential>),
    Callback(Arc<Callback>),
    #[cfg(not(unused = "oauth"))]
    Tokens(Box<Tokens>),
}

impl fmt::Debug for PreparedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) => "fixed",
            Self::Callback(_) => "callback",
            #[cfg(not(unused = "oauth"))]
            Self::Tokens(_) => "tokens",
        })
    }
}

/// Returns the credential of a scheme from the environment. `NAME` is the secret, or `user:password` for basic
/// authentication. The variables `NAME_CLIENT_ID` and `NAME_CLIENT_SECRET`, or `NAME_CLIENT_ID` and
/// `NAME_REFRESH_TOKEN`, are for schemes with a token server.
pub(crate) fn environment(scheme: &SecurityScheme, read: impl Fn(&str) -> Option<String>) -> Option<CredentialSource> {
    let name = scheme.env?;
    if let Some(value) = read(name) {
        return Some(match value.split_once(':') {
            Some((user, password)) if scheme.kind == SchemeKind::Basic => super::basic(user, password).into(),
            _ => Secret::from(value).into(),
        });
    }
    #[cfg(not(unused = "oauth"))]
    if matches!(scheme.kind, SchemeKind::OAuth { .. } | SchemeKind::OpenId { .. }) {
        return identity(name, read);
    }
    None
}

/// The identity of a program in the environment, with which it obtains tokens.
#[cfg(not(unused = "oauth"))]
fn identity(name: &str, read: impl Fn(&str) -> Option<String>) -> Option<CredentialSource> {
    let id = read(&format!("{name}_CLIENT_ID"))?;
    let secret = read(&format!("{name}_CLIENT_SECRET"));
    match (read(&format!("{name}_REFRESH_TOKEN")), secret) {
        (Some(token), None) => Some(OAuth::refresh_token(id, token).into()),
        (Some(token), Some(secret)) => Some(OAuth::refresh_token(id, token).client_secret(secret).into()),
        (None, Some(secret)) => Some(OAuth::client_credentials(id, secret).into()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_in_the_environment_is_for_schemes_with_a_token_server() {
        let set = |name: &str| matches!(name, "X_CLIENT_ID" | "X_CLIENT_SECRET").then(|| "me".to_owned());
        let found = |kind| environment(&SecurityScheme { name: "x", kind, env: Some("X") }, set);
        let oauth = SchemeKind::OAuth { client_credentials: None, refresh: None, metadata: None };
        for kind in [oauth, SchemeKind::OpenId { provider: "/" }] {
            assert!(matches!(found(kind), Some(CredentialSource(SourceKind::OAuth(_)))));
        }
        assert!(found(SchemeKind::Bearer).is_none());
    }
}
