//! The request to a token endpoint and its response (RFC 6749, sections 4.4, 5 and 6). Has no state.

use super::oauth::{ClientAuthentication, Grant, IssuedToken, OAuth};
use super::token_request::TokenRequest;
use super::tokens::Issuer;
use super::{CredentialError, Unobtainable, in_base64, put};
use crate::codec::json::any_json;
use crate::error::{message_in, shortened};
use crate::secrets::redactor::Redactor;
use crate::secrets::{Secret, is_secret_name};
use crate::transport::Body;
use crate::uri::encode;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// Requests a token, with retries where a retry is safe.
pub(super) async fn request_token(
    issuer: &Issuer,
    url: &str,
    refresh: Option<&Secret>,
    scopes: &[String],
    request: &TokenRequest,
) -> Result<IssuedToken, Unobtainable> {
    let address = issuer.server.address(url, request).await?;
    let oauth = &issuer.oauth;
    let build = || http_request(oauth, &address, refresh, scopes, request);
    // A value for one use may be used up once the request is sent.
    let repeats = refresh.is_none() && !oauth.parameters.iter().any(|(name, _)| is_for_one_use(name));
    let issued = request.fetch(repeats, build, |response| read(oauth, response.status(), response.body())).await;
    issued.map_err(|failure| Unobtainable { message: redacted(&failure.message, oauth, refresh), ..failure })
}

/// Returns true if a token server accepts a value of this parameter only once (RFC 6749, section 4.1.2; RFC 7521,
/// section 4.2; RFC 8628, section 3.4).
fn is_for_one_use(parameter: &str) -> bool {
    matches!(parameter, "code" | "refresh_token" | "assertion" | "client_assertion" | "device_code" | "subject_token")
}

fn http_request(
    oauth: &OAuth,
    address: &str,
    refresh: Option<&Secret>,
    scopes: &[String],
    request: &TokenRequest,
) -> Result<Request<Body>, CredentialError> {
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
    let body = Body::from(pairs.collect::<Vec<_>>().join("&"));
    let mut request = request.http_request(Method::POST, address, body)?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Some(header) = header {
        put(headers, AUTHORIZATION, &format!("Basic {}", header.expose()));
    }
    Ok(request)
}

fn read(oauth: &OAuth, status: StatusCode, body: &Bytes) -> Result<IssuedToken, CredentialError> {
    let json = any_json(body);
    let text = |name: &str| json.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    // The message shows no other member of a success, which may be a token.
    let messages: Vec<&str> = ["error", "error_description"].iter().filter_map(|name| text(name)).collect();
    if !status.is_success() {
        // Gateways and proxies use their own formats.
        let message = if messages.is_empty() { message_in(body) } else { messages.join(": ") };
        let message = if message.trim().is_empty() { "no message".to_owned() } else { message };
        return Err(CredentialError::new(format!("the token server responded with {status}: {message}")));
    }
    let Some(token) = text("access_token") else {
        // Some servers refuse with the status of a success.
        let message = if messages.is_empty() { String::new() } else { format!(": {}", messages.join(": ")) };
        return Err(CredentialError::new(format!("the token server responded without an access token{message}")));
    };
    // A client must not use a token of an unknown type (RFC 6749, section 7.1).
    if let Some(kind) = text("token_type").filter(|kind| !oauth.takes(kind)) {
        return Err(CredentialError::new(format!(
            "the token server returned a token of the type {kind:?}, and only `Bearer` can be sent: `OAuth::token_type` \
             allows another one"
        )));
    }
    // Some servers send the number as a string.
    let seconds = json.get("expires_in").and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()));
    Ok(IssuedToken {
        access_token: Secret::from(token),
        lifetime: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        refresh_token: text("refresh_token").map(Secret::from),
    })
}

/// Removes the sent secrets from a message, in case the server repeats them.
fn redacted(message: &str, oauth: &OAuth, refresh: Option<&Secret>) -> String {
    let secrets = oauth.parameters.iter().filter(|(name, _)| is_for_one_use(name) || is_secret_name(name));
    let secrets: Vec<Secret> = secrets.map(|(_, value)| Secret::from(value.as_str())).collect();
    shortened(&Redactor::new(oauth.client_secret.iter().chain(refresh).chain(&secrets)).redact(message))
}
