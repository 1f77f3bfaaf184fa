//! The credentials of one call, for its attempts: chosen from the alternatives of its operation, obtained, and renewed once
//! when the server refuses them.

use crate::auth::{
    Credential, CredentialRequest, PreparedSource, ResolvedCredential, SchemeKind, SecurityRequirement, Unobtainable,
};
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::secrets::Secret;
use crate::transport::CallContext;
use http::StatusCode;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// The credentials of one call.
#[derive(Debug, Default)]
pub(crate) struct CallCredentials {
    /// Those of the next attempt, or of the last one.
    current: Vec<Arc<ResolvedCredential>>,
    /// The refused credentials.
    refused: Option<Vec<Arc<ResolvedCredential>>>,
    /// True if the server refused the credentials of the last attempt (401).
    was_unauthorized: bool,
}

impl CallCredentials {
    /// Returns the credentials of the next attempt.
    pub(crate) async fn for_attempt(
        &mut self,
        draft: &Draft,
        context: &CallContext<'_>,
    ) -> Result<&[Arc<ResolvedCredential>], Box<UntypedError>> {
        let was_just_refused = std::mem::take(&mut self.was_unauthorized);
        self.current.clear();
        for (need, credential) in choose(draft)? {
            let refused = self.refused.iter().flatten().find(|used| used.scheme.name == need.scheme);
            let value = match &credential.source {
                PreparedSource::Fixed(credential) => {
                    self.current.push(Arc::clone(credential));
                    continue;
                }
                PreparedSource::Callback(callback) => {
                    let request = CredentialRequest {
                        scheme: need.scheme,
                        scopes: need.scopes,
                        refused: was_just_refused && refused.is_some(),
                    };
                    context
                        .within(callback(request))
                        .await
                        .map(|secret| secret.map_err(|error| error.to_string().into()))
                }
                #[cfg(not(unused = "oauth"))]
                PreparedSource::Tokens(tokens) => {
                    // This future is boxed, because few calls wait for it and every call would contain it.
                    let refused = refused.map(|used| &used.value);
                    Box::pin(context.within(tokens.get(need.scopes, refused, &*draft.client.0, context))).await
                }
            };
            let late = || Unobtainable {
                message: format!("none arrived within {:?}", draft.timeout),
                late: true,
                rejected: false,
            };
            let value = value.unwrap_or_else(|| Err(late()));
            let value = value.map_err(|why| unobtainable(draft, need, refused.is_some(), &why))?;
            self.current.push(checked(draft, credential, value)?);
        }
        Ok(&self.current)
    }

    /// Returns the credentials of the last attempt, and those that the server refused.
    pub(crate) fn into_used(self) -> Vec<Arc<ResolvedCredential>> {
        let mut used = self.current;
        used.extend(self.refused.into_iter().flatten());
        used
    }

    /// Marks the credentials as refused and returns true if a 401 justifies one more attempt, with other credentials.
    pub(crate) fn start_renewal(&mut self, draft: &Draft, status: StatusCode) -> bool {
        if status != StatusCode::UNAUTHORIZED || self.refused.is_some() {
            return false;
        }
        let is_replaceable = |need: &SecurityRequirement, credential: &Credential| {
            self.current.iter().any(|used| {
                used.scheme.name == need.scheme
                    && match &credential.source {
                        PreparedSource::Fixed(_) => false,
                        PreparedSource::Callback(_) => true,
                        #[cfg(not(unused = "oauth"))]
                        PreparedSource::Tokens(tokens) => tokens.can_replace(need.scopes, &used.value),
                    }
            })
        };
        if !choose(draft)
            .is_ok_and(|mut credentials| credentials.any(|(need, credential)| is_replaceable(need, credential)))
        {
            return false;
        }
        self.refused = Some(std::mem::take(&mut self.current));
        self.was_unauthorized = true;
        true
    }
}

/// Returns the credentials of a call that is not sent: those that are known without a request.
pub(crate) fn without_waiting(draft: &Draft) -> Result<Vec<Arc<ResolvedCredential>>, Box<UntypedError>> {
    let credentials = choose(draft)?.map(|(need, credential)| {
        let value = match &credential.source {
            PreparedSource::Fixed(credential) => return Ok(Arc::clone(credential)),
            #[cfg(not(unused = "oauth"))]
            PreparedSource::Tokens(tokens) => tokens.ready(need.scopes).map(Ok),
            PreparedSource::Callback(callback) => {
                let request = CredentialRequest { scheme: need.scheme, scopes: need.scopes, refused: false };
                let mut secret = callback(request);
                match secret.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(secret) => Some(secret.map_err(|error| error.to_string())),
                    Poll::Pending => None,
                }
            }
        };
        let value = value.unwrap_or_else(|| Err("`into_request` does not wait for one; `send` does".to_owned()));
        let value = value.map_err(|why| unobtainable(draft, need, false, &why.into()))?;
        checked(draft, credential, value)
    });
    credentials.collect()
}

/// Returns the first alternative with all credentials. A configured credential is preferred: alternatives of schemes
/// that only the transport can satisfy come after it, and anonymous access comes last, whatever their places in the
/// description.
fn choose(
    draft: &Draft,
) -> Result<impl Iterator<Item = (&'static SecurityRequirement, &Credential)>, Box<UntypedError>> {
    let alternatives = draft.operation.security;
    let known = &draft.client.0.credentials;
    let find = |need: &SecurityRequirement| known.iter().find(|credential| credential.scheme.name == need.scheme);
    let other = |need: &SecurityRequirement| {
        let scheme = draft.client.0.api.schemes.iter().find(|scheme| scheme.name == need.scheme);
        scheme.is_some_and(|scheme| scheme.kind == SchemeKind::Other)
    };
    let met = |needed: &&&'static [SecurityRequirement]| needed.iter().all(|need| find(need).is_some() || other(need));
    let nothing = alternatives.is_empty() || alternatives.iter().any(|needed| needed.is_empty());
    let has_credential = |needed: &&&'static [SecurityRequirement]| needed.iter().any(|need| find(need).is_some());
    let complete = || alternatives.iter().filter(|needed| !needed.is_empty() && !draft.anonymous).filter(met);
    let alternative = complete().find(has_credential).or_else(|| complete().next());
    if alternative.is_none() && !nothing && !draft.anonymous && !draft.client.0.anonymous {
        let message = missing(draft, |need| find(need).is_some() || other(need));
        return Err(draft.error(ErrorKind::Auth, message));
    }
    Ok(alternative.copied().unwrap_or_default().iter().filter_map(move |need| Some((need, find(need)?))))
}

/// Returns the message about missing credentials and their sources.
fn missing(draft: &Draft, there: impl Fn(&SecurityRequirement) -> bool) -> String {
    let schemes = draft.client.0.api.schemes;
    let each = |spell: &dyn Fn(&SecurityRequirement) -> Option<&'static str>, all: bool| {
        let together = |needed: &&'static [SecurityRequirement]| {
            let needed = needed.iter().filter(|need| all || !there(need));
            needed.filter_map(spell).collect::<Vec<_>>().join(" and ")
        };
        let alternatives: Vec<String> = draft.operation.security.iter().map(together).collect();
        alternatives.into_iter().filter(|alternative| !alternative.is_empty()).collect::<Vec<_>>().join(", or ")
    };
    let env = |need: &SecurityRequirement| schemes.iter().find(|scheme| scheme.name == need.scheme)?.env;
    let (names, missing) = (each(&|need| Some(need.scheme), true), each(&env, false));
    let environment = if missing.is_empty() { String::new() } else { format!(" (`from_env` reads {missing})") };
    format!("no credentials: the operation needs {names}{environment}; `without_credentials` sends it without")
}

fn checked(
    draft: &Draft,
    credential: &Credential,
    value: Secret,
) -> Result<Arc<ResolvedCredential>, Box<UntypedError>> {
    let resolved = ResolvedCredential::new(credential.scheme, value)
        .map_err(|error| draft.error(ErrorKind::Auth, error.to_string()))?;
    Ok(Arc::new(resolved))
}

fn unobtainable(draft: &Draft, need: &SecurityRequirement, refused: bool, why: &Unobtainable) -> Box<UntypedError> {
    let what = if refused {
        "the server refused the credential (status 401), and no other one could be obtained"
    } else {
        "no credential could be obtained"
    };
    let kind = if why.late { ErrorKind::Timeout } else { ErrorKind::Auth };
    draft.error(kind, format!("{what} for {}: {}", need.scheme, why.message))
}
