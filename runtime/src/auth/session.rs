//! The credentials of one call: chosen from its alternatives, got, and got once more when the server refuses them.

use super::source::CredentialRequest;
use super::tokens::Errand;
use super::{Credential, Given, Need, Provider, in_base64};
use crate::call::Draft;
use crate::client::SchemeKind;
use crate::error::{ErrorKind, Fault};
use crate::secret::Secret;
use crate::transport::Transport;
use http::StatusCode;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The credentials of one call.
#[derive(Debug, Default)]
pub(crate) struct Session {
    given: Vec<Given>,
    /// What the server did not take.
    refused: Option<Vec<Given>>,
}

impl Session {
    /// The credentials for the next attempt.
    pub(crate) async fn ready(
        &mut self,
        draft: &Draft,
        transport: &dyn Transport,
        left: Duration,
    ) -> Result<&[Given], Box<Fault>> {
        let shared = &draft.client.0;
        let errand = Errand { shared, transport, left, retries: draft.retries };
        let mut given = Vec::new();
        for (need, credential) in choose(draft)? {
            let refused = self.refused.iter().flatten().find(|given| given.scheme.name == need.scheme);
            let value = match &credential.provider {
                Provider::Fixed(secret) => Ok(secret.clone()),
                Provider::Callback(callback) => {
                    let request =
                        CredentialRequest { scheme: need.scheme, scopes: need.scopes, refused: refused.is_some() };
                    callback(request).await.map_err(|error| error.to_string())
                }
                Provider::Tokens(tokens) => tokens.get(need.scopes, refused.map(|given| &given.value), &errand).await,
            };
            let value = value.map_err(|why| unobtainable(draft, need, refused.is_some(), &why))?;
            given.push(checked(draft, credential, value)?);
        }
        self.given = given;
        Ok(&self.given)
    }

    /// Whether a refusal is worth another attempt: once, and only where other credentials can be got.
    pub(crate) fn renews(&mut self, draft: &Draft, status: StatusCode) -> bool {
        let known = &draft.client.0.credentials;
        let renewable = self
            .given
            .iter()
            .any(|given| known.iter().any(|one| one.scheme.name == given.scheme.name && one.provider.renews()));
        if status != StatusCode::UNAUTHORIZED || self.refused.is_some() || !renewable {
            return false;
        }
        self.refused = Some(std::mem::take(&mut self.given));
        true
    }
}

/// The credentials that are there without asking anybody.
pub(crate) fn offhand(draft: &Draft) -> Result<Vec<Given>, Box<Fault>> {
    let given = choose(draft)?.into_iter().map(|(need, credential)| {
        let value = match &credential.provider {
            Provider::Fixed(secret) => Some(Ok(secret.clone())),
            Provider::Tokens(tokens) => tokens.ready(need.scopes).map(Ok),
            Provider::Callback(callback) => {
                let request = CredentialRequest { scheme: need.scheme, scopes: need.scopes, refused: false };
                let mut answer = callback(request);
                match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(answer) => Some(answer.map_err(|error| error.to_string())),
                    Poll::Pending => None,
                }
            }
        };
        let value = value.unwrap_or_else(|| Err("it is got when the call is sent".to_owned()));
        let value = value.map_err(|why| unobtainable(draft, need, false, &why))?;
        checked(draft, credential, value)
    });
    given.collect()
}

/// The first alternative whose credentials are all there. "Nothing" comes last, wherever the document has it: who
/// gives a credential wants it sent.
fn choose(draft: &Draft) -> Result<Vec<(&'static Need, &Credential)>, Box<Fault>> {
    let alternatives = draft.operation.security;
    let known = &draft.client.0.credentials;
    let find = |need: &Need| known.iter().find(|credential| credential.scheme.name == need.scheme);
    let other = |need: &Need| {
        let scheme = draft.client.0.api.schemes.iter().find(|scheme| scheme.name == need.scheme);
        scheme.is_some_and(|scheme| scheme.kind == SchemeKind::Other)
    };
    let met = |needed: &&&'static [Need]| needed.iter().all(|need| find(need).is_some() || other(need));
    let nothing = alternatives.is_empty() || alternatives.iter().any(|needed| needed.is_empty());
    let Some(needed) = alternatives.iter().filter(|needed| !needed.is_empty()).find(met) else {
        if nothing {
            return Ok(Vec::new());
        }
        let names = |needed: &[Need]| needed.iter().map(|need| need.scheme).collect::<Vec<_>>().join(" and ");
        let all: Vec<_> = alternatives.iter().map(|needed| names(needed)).collect();
        return Err(draft.fault(ErrorKind::Auth, format!("no credentials: the operation needs {}", all.join(", or "))));
    };
    Ok(needed.iter().filter_map(|need| Some((need, find(need)?))).collect())
}

fn checked(draft: &Draft, credential: &Credential, value: Secret) -> Result<Given, Box<Fault>> {
    let plain = credential.scheme.kind == SchemeKind::Basic && value.expose().contains(':');
    let value = if plain { in_base64(value.expose()) } else { value };
    let given = Given { scheme: credential.scheme, value };
    given.check().map_err(|wrong| draft.fault(ErrorKind::Auth, wrong))?;
    Ok(given)
}

fn unobtainable(draft: &Draft, need: &Need, refused: bool, why: &str) -> Box<Fault> {
    let what = if refused {
        "the server refused the credential (status 401), and no other one could be got"
    } else {
        "no credential could be got"
    };
    draft.fault(ErrorKind::Auth, format!("{what} for {}: {why}", need.scheme))
}
