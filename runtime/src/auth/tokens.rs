//! The access tokens of a client: one for each set of scopes, refreshed before its end.

use super::discovery::TokenServer;
use super::grant;
use super::in_flight::{InFlight, Waiter};
use super::oauth::{Grant, OAuth};
use super::single_flight::{Freshness, SingleFlight};
use super::token_request::{TokenClient, TokenRequest};
use super::{CredentialError, SchemeKind, SecurityScheme, Unobtainable};
use crate::secrets::Secret;
use crate::transport::CallContext;
use crate::transport::clock::Instant;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The shortest time between two requests to refresh a token that is still valid.
const MIN_REFRESH_PAUSE: Duration = Duration::from_secs(5);

/// The access tokens of one scheme, and their source.
pub(crate) struct Tokens {
    issuer: Arc<Issuer>,
    tokens: Mutex<Vec<Arc<ScopedToken>>>,
}

/// The source of tokens. It is separate from the stored tokens, because a pending request of one of them needs it.
pub(super) struct Issuer {
    pub(super) oauth: OAuth,
    pub(super) server: TokenServer,
    /// The refresh token. Some servers replace it with each use.
    refresh: Mutex<Option<Secret>>,
}

/// The token of a set of scopes.
struct ScopedToken {
    scopes: Vec<String>,
    flight: SingleFlight<Token>,
}

#[derive(Clone)]
struct Token {
    value: Secret,
    /// The time of its refresh, and the time of its end.
    times: Option<(Instant, Instant)>,
    /// The time of the last 401 for a token that this one replaced.
    last_401: Option<Instant>,
}

impl Tokens {
    pub(super) fn new(oauth: &OAuth, scheme: &SecurityScheme) -> Result<Self, CredentialError> {
        let known = oauth.token_url.clone().map(TokenServer::At);
        let server = known.or_else(|| documented(oauth, scheme)).ok_or_else(|| {
            CredentialError::new(format!(
                "the description has no token server for {}: set its URL with `OAuth::token_url`",
                scheme.name
            ))
        })?;
        let refresh = match &oauth.grant {
            Grant::ClientCredentials => None,
            Grant::RefreshToken(token) => Some(token.clone()),
        };
        let issuer = Issuer { oauth: oauth.clone(), server, refresh: Mutex::new(refresh) };
        Ok(Self { issuer: Arc::new(issuer), tokens: Mutex::new(Vec::new()) })
    }

    /// Returns a token that has these scopes and was not refused.
    pub(crate) async fn get(
        &self,
        needed: &[&str],
        refused: Option<&Secret>,
        client: &dyn TokenClient,
        context: &CallContext<'_>,
    ) -> Result<Secret, Unobtainable> {
        let entry = self.entry_for(needed, refused);
        let freshness = |token: &Token, failed| freshness(token, refused, failed);
        let start = |before: Option<&Token>| {
            let request = TokenRequest::new(client, context, self.issuer.oauth.timeout);
            let (mode, deadline) = (request.mode, Arc::clone(&request.deadline));
            let url = client.resolve(self.issuer.server.initial_url());
            let spent = before.is_some_and(|before| refused == Some(&before.value));
            let last_401 = if spent { Some(Instant::now()) } else { before.and_then(|before| before.last_401) };
            let (issuer, scopes) = (Arc::clone(&self.issuer), entry.scopes.clone());
            let work = async move { issuer.issue(&url?, &scopes, last_401, &request).await };
            InFlight::new(mode, deadline, Box::pin(work))
        };
        let waiter = Waiter::Call(context.mode, context.transport);
        entry.flight.get(waiter, freshness, start).await.map(|token| token.value)
    }

    /// Returns a stored token.
    pub(crate) fn ready(&self, needed: &[&str]) -> Option<Secret> {
        let entry = self.entry_for(needed, None);
        let token = entry.flight.value().filter(|_| entry.has_usable(None))?;
        Some(token.value)
    }

    /// Returns true if another token than the refused one is stored or requested, or may be requested after `refresh_interval`.
    pub(crate) fn can_replace(&self, needed: &[&str], refused: &Secret) -> bool {
        let entry = self.entry_for(needed, Some(refused));
        if entry.flight.is_requesting() || entry.has_usable(Some(refused)) {
            return true;
        }
        let last_401 = entry.flight.value().and_then(|token| token.last_401);
        last_401.is_none_or(|at| at.elapsed() >= self.issuer.oauth.refresh_interval)
    }

    /// Returns the entry of a stored token with all needed scopes, otherwise the entry of exactly these scopes. The
    /// client does not request more scopes than it needs, because a server may refuse them.
    fn entry_for(&self, needed: &[&str], refused: Option<&Secret>) -> Arc<ScopedToken> {
        let mut scopes: Vec<String> = match (&self.issuer.oauth.scopes, &self.issuer.oauth.grant) {
            (Some(scopes), _) => scopes.clone(),
            // On some servers, a request for fewer scopes than granted reduces the scopes of the refresh token.
            (None, Grant::RefreshToken(_)) => Vec::new(),
            (None, Grant::ClientCredentials) => needed.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let enough = |entry: &&Arc<ScopedToken>| scopes.iter().all(|scope| entry.scopes.contains(scope));
        let usable = tokens.iter().filter(enough).find(|entry| entry.has_usable(refused));
        let same = |entry: &&Arc<ScopedToken>| enough(entry) && entry.scopes.iter().all(|scope| scopes.contains(scope));
        if let Some(entry) = usable.or_else(|| tokens.iter().find(same)) {
            return Arc::clone(entry);
        }
        let mut known = BTreeSet::new();
        scopes.retain(|scope| known.insert(scope.clone()));
        let entry = Arc::new(ScopedToken { scopes, flight: SingleFlight::new(self.issuer.oauth.refusal_memory) });
        tokens.push(Arc::clone(&entry));
        entry
    }
}

impl Issuer {
    async fn issue(
        &self,
        url: &str,
        scopes: &[String],
        last_401: Option<Instant>,
        request: &TokenRequest,
    ) -> Result<Token, Unobtainable> {
        let refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let issued = grant::request_token(self, url, refresh.as_ref(), scopes, request).await?;
        if refresh.is_some() && issued.refresh_token.is_some() {
            self.refresh.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&issued.refresh_token);
        }
        if let Some(report) = &self.oauth.issued {
            report(&issued);
        }
        // The lifetime counts from the request, because the response may have waited for a while.
        let start = request.start();
        let times = issued.lifetime.and_then(|lifetime| {
            let margin = self.oauth.margin.min(lifetime / 2);
            Some((start.checked_add(lifetime.saturating_sub(margin))?, start.checked_add(lifetime)?))
        });
        Ok(Token { value: issued.access_token, times, last_401 })
    }
}

/// Returns the token server of the description.
fn documented(oauth: &OAuth, scheme: &SecurityScheme) -> Option<TokenServer> {
    let (client_credentials, refresh, metadata) = match scheme.kind {
        SchemeKind::OpenId { provider } => return Some(TokenServer::of_openid(provider)),
        SchemeKind::OAuth { client_credentials, refresh, metadata } => (client_credentials, refresh, metadata),
        _ => return None,
    };
    let (of_this_flow, of_other_flow) = match oauth.grant {
        Grant::ClientCredentials => (client_credentials, refresh),
        Grant::RefreshToken(_) => (refresh, client_credentials),
    };
    let at = |address: Option<&str>| address.map(|address| TokenServer::At(address.to_owned()));
    // The server's own metadata are more precise than the URL of another flow.
    at(of_this_flow).or_else(|| metadata.map(TokenServer::of_oauth)).or_else(|| at(of_other_flow))
}

impl ScopedToken {
    /// Returns true if there is a usable token that was not refused.
    fn has_usable(&self, refused: Option<&Secret>) -> bool {
        let token = self.flight.value();
        token.is_some_and(|token| !matches!(freshness(&token, refused, self.flight.failed()), Freshness::Missing))
    }
}

fn freshness(token: &Token, refused: Option<&Secret>, failed: Option<Instant>) -> Freshness<Token> {
    let now = Instant::now();
    match token.times {
        _ if refused == Some(&token.value) => Freshness::Missing,
        Some((_, end)) if now >= end => Freshness::Missing,
        Some((renew, _))
            if now >= renew && failed.is_none_or(|failed| now.duration_since(failed) >= MIN_REFRESH_PAUSE) =>
        {
            Freshness::Stale(token.clone())
        }
        Some(_) | None => Freshness::Use(token.clone()),
    }
}
