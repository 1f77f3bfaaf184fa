//! The request to a token server and its answer (RFC 6749, sections 4.4, 5 and 6). Knows one exchange; keeps nothing.

use super::flight::Failure;
use super::oauth::{ClientAuthentication, Grant, IssuedToken};
use super::tokens::{Errand, Tokens};
use super::{in_base64, put};
use crate::path::encode;
use crate::retry::{Backoff, is_passing};
use crate::secret::Secret;
use crate::transport::{Body, Limits, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// No token is larger.
const MOST_BYTES: usize = 1 << 20;

/// Asks for a token, again where that is safe and may help.
pub(super) async fn ask(
    tokens: &Tokens,
    refresh: Option<&Secret>,
    scopes: &[String],
    errand: &Errand<'_>,
) -> Result<IssuedToken, Failure> {
    let fails = |message: String, late| Err(Failure { message: redacted(message, tokens, refresh), late });
    let mut attempt = 0;
    loop {
        let left = errand.course.left();
        if left.is_zero() {
            return fails("the token server gave no answer in time".to_owned(), true);
        }
        let request = match request(tokens, refresh, scopes, errand) {
            Ok(request) => request,
            Err(message) => return fails(message, false),
        };
        let limits = Limits::whole(errand.shared.attempt_timeout.min(left));
        let (pause, error, late) = match exchange(errand, request, limits).await {
            Ok(response) => match read(response.status(), response.body()) {
                Ok(issued) => return Ok(issued),
                Err(error) if is_passing(response.status()) => {
                    let answer = Some((response.status(), response.headers()));
                    (Some(Backoff::default().after(attempt, answer)), error, false)
                }
                Err(error) => (None, error, false),
            },
            Err(error) => {
                // A refresh token may be good for one use: whether it was used is not known once it is sent.
                let again = match error.kind {
                    TransportErrorKind::Connect => true,
                    TransportErrorKind::Broken => refresh.is_none(),
                    _ => false,
                };
                let message = format!("the token server cannot be reached: {}", error.message);
                let late = error.kind == TransportErrorKind::Timeout && left < errand.shared.attempt_timeout;
                (again.then(|| Backoff::default().after(attempt, None)), message, late)
            }
        };
        let pause = pause.filter(|pause| attempt < errand.retries && errand.course.allows(*pause));
        let Some(pause) = pause else { return fails(error, late) };
        errand.course.transport.sleep(pause).await;
        attempt += 1;
    }
}

async fn exchange(
    errand: &Errand<'_>,
    request: Request<Body>,
    limits: Limits,
) -> Result<Response<Bytes>, TransportError> {
    let (head, body) = errand.course.transport.send(request, limits).await?.into_parts();
    Ok(Response::from_parts(head, body.collect(MOST_BYTES).await?))
}

fn request(
    tokens: &Tokens,
    refresh: Option<&Secret>,
    scopes: &[String],
    errand: &Errand<'_>,
) -> Result<Request<Body>, String> {
    let oauth = &tokens.oauth;
    let mut fields: Vec<(&str, &str)> = match (&oauth.grant, refresh) {
        (Grant::RefreshToken(_), Some(token)) => {
            vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())]
        }
        (Grant::ClientCredentials | Grant::RefreshToken(_), _) => vec![("grant_type", "client_credentials")],
    };
    let scope = scopes.join(" ");
    if !scope.is_empty() {
        fields.push(("scope", &scope));
    }
    let header = match (&oauth.client_secret, oauth.authentication) {
        (Some(secret), ClientAuthentication::Header) => {
            Some(in_base64(&format!("{}:{}", encode(&oauth.client_id), encode(secret.expose()))))
        }
        (secret, _) => {
            fields.push(("client_id", &oauth.client_id));
            fields.extend(secret.iter().map(|secret| ("client_secret", secret.expose())));
            None
        }
    };
    fields.extend(oauth.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    let mut request = Request::new(Body::from(pairs.collect::<Vec<_>>().join("&")));
    *request.method_mut() = Method::POST;
    *request.uri_mut() =
        errand.shared.resolve(&tokens.url).parse().map_err(|_| "the address of the token server is none".to_owned())?;
    let headers = request.headers_mut();
    if let Some(agent) = errand.shared.headers.get(USER_AGENT) {
        headers.insert(USER_AGENT, agent.clone());
    }
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Some(header) = header {
        put(headers, AUTHORIZATION, &format!("Basic {}", header.expose()));
    }
    Ok(request)
}

fn read(status: StatusCode, body: &Bytes) -> Result<IssuedToken, String> {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| json.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    if !status.is_success() {
        // Nothing else of the answer is shown: it may repeat what was sent.
        let said: Vec<&str> = ["error", "error_description"].iter().filter_map(|name| text(name)).collect();
        let said = if said.is_empty() { "no message".to_owned() } else { said.join(": ") };
        return Err(format!("the token server answered {status}: {said}"));
    }
    let Some(token) = text("access_token") else {
        return Err("the token server answered without an access token".to_owned());
    };
    // Some servers write the number as text.
    let seconds = json.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
    Ok(IssuedToken {
        access_token: Secret::from(token),
        lifetime: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        refresh_token: text("refresh_token").map(Secret::from),
    })
}

/// Without the secrets that were sent, should the server repeat them.
fn redacted(message: String, tokens: &Tokens, refresh: Option<&Secret>) -> String {
    let sent = tokens.oauth.client_secret.iter().chain(refresh).map(Secret::expose);
    sent.filter(|secret| !secret.is_empty()).fold(message, |message, secret| message.replace(secret, "[redacted]"))
}
