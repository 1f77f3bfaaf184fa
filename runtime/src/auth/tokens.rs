//! The access tokens that a client holds: one for each set of scopes, renewed ahead of their end.

use super::credential_error::CredentialError;
use super::discovery::TokenServer;
use super::grant;
use super::in_flight::{InFlight, Waiter};
use super::oauth::{Grant, OAuth};
use super::single_flight::{Failure, Freshness, SingleFlight};
use super::token_request::TokenRequest;
use crate::client::{SchemeKind, SecurityScheme, Shared};
use crate::pipeline::CallContext;
use crate::transport::clock::Instant;
use crate::values::secret::Secret;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// After a renewal ahead of time has failed, the old token is used for this long before the next try.
const PAUSE: Duration = Duration::from_secs(5);

/// Access tokens of one scheme, and how to get more.
pub(crate) struct Tokens {
    issuer: Arc<Issuer>,
    held: Mutex<Vec<Arc<Held>>>,
}

/// What gives tokens. It is apart from those that are held: a request on its way belongs to these and needs it.
pub(super) struct Issuer {
    pub(super) oauth: OAuth,
    pub(super) server: TokenServer,
    /// Some servers give another refresh token with each use.
    refresh: Mutex<Option<Secret>>,
}

/// The token for a set of scopes.
struct Held {
    scopes: Vec<String>,
    flight: SingleFlight<Token>,
}

#[derive(Clone)]
struct Token {
    value: Secret,
    /// When it is to be renewed, and when it ends.
    times: Option<(Instant, Instant)>,
    /// When a token was refused last, for which this one or one before it was got.
    refusal: Option<Instant>,
}

impl Tokens {
    pub(super) fn new(oauth: &OAuth, scheme: &SecurityScheme) -> Result<Self, CredentialError> {
        let known = oauth.token_url.clone().map(TokenServer::At);
        let server = known.or_else(|| documented(oauth, scheme)).ok_or_else(|| {
            CredentialError::new(format!(
                "the document has no token server for {}: give its address with `OAuth::token_url`",
                scheme.name
            ))
        })?;
        let refresh = match &oauth.grant {
            Grant::ClientCredentials => None,
            Grant::RefreshToken(token) => Some(token.clone()),
        };
        let issuer = Issuer { oauth: oauth.clone(), server, refresh: Mutex::new(refresh) };
        Ok(Self { issuer: Arc::new(issuer), held: Mutex::new(Vec::new()) })
    }

    /// A token that is good for these scopes and is not the refused one.
    pub(super) async fn get(
        &self,
        needed: &[&str],
        refused: Option<&Secret>,
        shared: &Shared,
        context: &CallContext<'_>,
    ) -> Result<Secret, Failure> {
        let held = self.held(needed, refused);
        let look = |token: &Token, failed| look(token, refused, failed);
        let start = |before: Option<&Token>| {
            let request = TokenRequest::new(shared, context, self.issuer.oauth.timeout);
            let (carrier, alarm) = (request.carrier, Arc::clone(&request.alarm));
            let known = shared.resolve(self.issuer.server.known());
            let spent = before.is_some_and(|before| refused == Some(&before.value));
            let refusal = if spent { Some(Instant::now()) } else { before.and_then(|before| before.refusal) };
            let (issuer, scopes) = (Arc::clone(&self.issuer), held.scopes.clone());
            let work = async move { issuer.issue(&known, &scopes, refusal, &request).await };
            InFlight::new(carrier, alarm, Box::pin(work))
        };
        let waiter = Waiter::Call(context.carrier, context.transport);
        held.flight.get(waiter, look, start).await.map(|token| token.value)
    }

    /// A token that is there already.
    pub(super) fn ready(&self, needed: &[&str]) -> Option<Secret> {
        let held = self.held(needed, None);
        let token = held.flight.value().filter(|_| held.has(None))?;
        Some(token.value)
    }

    /// Whether another token than the refused one is there, or may be asked for by now.
    pub(super) fn renews(&self, needed: &[&str], refused: &Secret) -> bool {
        let held = self.held(needed, Some(refused));
        if held.flight.is_away() || held.has(Some(refused)) {
            return true;
        }
        let refusal = held.flight.value().and_then(|token| token.refusal);
        refusal.is_none_or(|at| at.elapsed() >= self.issuer.oauth.refresh_interval)
    }

    /// The entry that has a token which is good for all that is needed, else the one of these very scopes. More scopes than are
    /// needed are not asked for: a server may refuse them.
    fn held(&self, needed: &[&str], refused: Option<&Secret>) -> Arc<Held> {
        let mut scopes: Vec<String> = match (&self.issuer.oauth.scopes, &self.issuer.oauth.grant) {
            (Some(scopes), _) => scopes.clone(),
            // Asking for less than was granted would narrow what the refresh token is good for on some servers.
            (None, Grant::RefreshToken(_)) => Vec::new(),
            (None, Grant::ClientCredentials) => needed.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = |held: &&Arc<Held>| scopes.iter().all(|scope| held.scopes.contains(scope));
        let there = all.iter().filter(enough).find(|held| held.has(refused));
        let same = |held: &&Arc<Held>| enough(held) && held.scopes.iter().all(|scope| scopes.contains(scope));
        if let Some(held) = there.or_else(|| all.iter().find(same)) {
            return Arc::clone(held);
        }
        scopes.dedup();
        let held = Arc::new(Held { scopes, flight: SingleFlight::new(self.issuer.oauth.refusal_memory) });
        all.push(Arc::clone(&held));
        held
    }
}

impl Issuer {
    async fn issue(
        &self,
        known: &str,
        scopes: &[String],
        refusal: Option<Instant>,
        request: &TokenRequest,
    ) -> Result<Token, Failure> {
        let refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let issued = grant::ask(self, known, refresh.as_ref(), scopes, request).await?;
        if refresh.is_some() && issued.refresh_token.is_some() {
            self.refresh.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&issued.refresh_token);
        }
        if let Some(told) = &self.oauth.issued {
            told(&issued);
        }
        // Counted from the request: the response may have lain there for a while.
        let start = request.start();
        let times = issued.lifetime.and_then(|lifetime| {
            let margin = self.oauth.margin.min(lifetime / 2);
            Some((start.checked_add(lifetime.saturating_sub(margin))?, start.checked_add(lifetime)?))
        });
        Ok(Token { value: issued.access_token, times, refusal })
    }
}

/// The token server that the document names.
fn documented(oauth: &OAuth, scheme: &SecurityScheme) -> Option<TokenServer> {
    let (client_credentials, refresh, metadata) = match scheme.kind {
        SchemeKind::OpenId { provider } => return Some(TokenServer::of_openid(provider)),
        SchemeKind::OAuth { client_credentials, refresh, metadata } => (client_credentials, refresh, metadata),
        _ => return None,
    };
    let (own, other) = match oauth.grant {
        Grant::ClientCredentials => (client_credentials, refresh),
        Grant::RefreshToken(_) => (refresh, client_credentials),
    };
    let at = |address: Option<&str>| address.map(|address| TokenServer::At(address.to_owned()));
    // What the server says of itself is nearer than the address of another flow.
    at(own).or_else(|| metadata.map(TokenServer::of_oauth)).or_else(|| at(other))
}

impl Held {
    /// Whether there is a token that can be used, and is not the refused one.
    fn has(&self, refused: Option<&Secret>) -> bool {
        let token = self.flight.value();
        token.is_some_and(|token| !matches!(look(&token, refused, self.flight.failed()), Freshness::Missing))
    }
}

fn look(token: &Token, refused: Option<&Secret>, failed: Option<Instant>) -> Freshness<Token> {
    let now = Instant::now();
    match token.times {
        _ if refused == Some(&token.value) => Freshness::Missing,
        Some((_, end)) if now >= end => Freshness::Missing,
        Some((renew, _)) if now >= renew && failed.is_none_or(|failed| now.duration_since(failed) >= PAUSE) => {
            Freshness::Stale(token.clone())
        }
        Some(_) | None => Freshness::Use(token.clone()),
    }
}
