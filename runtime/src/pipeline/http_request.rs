//! The HTTP request of a draft, for an attempt or for `Call::into_request`: address, headers, credentials.

use crate::auth::{ResolvedCredential, add_cookies, join_cookies};
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::transport::{Body, coding};
use crate::uri::{encoded, percent_decoded};
use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, COOKIE};
use http::{HeaderMap, HeaderValue, Request, Uri};
use std::borrow::Cow;
use std::sync::Arc;

/// Creates the request of a draft. A body that is a stream moves into it.
pub(crate) fn build(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
) -> Result<Request<Body>, Box<UntypedError>> {
    #[cfg(not(unused = "streams"))]
    if let Err(mistake) = draft.stream_flag.take().map_or(Ok(()), |flag| flag.set(draft)) {
        draft.mistake.get_or_insert(mistake);
    }
    if let Some(mistake) = &draft.mistake {
        return Err(draft.error(ErrorKind::Build, mistake.to_string()));
    }
    if let Some(missing) = draft.missing_header() {
        return Err(draft.error(ErrorKind::Build, missing));
    }
    let shared = &draft.client.0;
    let mut headers = shared.added_headers.clone();
    put_accept(draft, &mut headers);
    // A cookie parameter replaces the client's cookie of its name, the call's own `Cookie` header both, also by name.
    let cookies = draft.cookies().map_err(|error| draft.error(ErrorKind::Build, error.to_string()))?;
    cookies.into_iter().for_each(|cookies| add_cookies(&mut headers, cookies));
    if !draft.headers.is_empty() {
        let cookies = headers.get(COOKIE).filter(|_| draft.headers.contains_key(COOKIE)).cloned();
        headers.extend(draft.headers.clone());
        if let (Some(before), Some(more)) = (cookies, draft.headers.get(COOKIE)) {
            headers.insert(COOKIE, before);
            join_cookies(&mut headers, more);
        }
    }
    if let Some(accepted) = coding::ACCEPTED {
        headers.entry(ACCEPT_ENCODING).or_insert(accepted);
    }
    credentials.iter().for_each(|credential| credential.apply(&mut headers));
    let uri = address(draft, credentials)?;
    let mut request = Request::new(draft.body.next_body());
    *request.method_mut() = draft.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Adds `Accept` to the headers of the client. The client's own value takes precedence over the operation's, but not over
/// a stream's, because the client can decode a stream only from that media type.
fn put_accept(draft: &Draft, headers: &mut HeaderMap) {
    if draft.stream_accept.is_none() && headers.contains_key(ACCEPT) {
        return;
    }
    let accept = draft.stream_accept.unwrap_or(draft.operation.accept);
    match HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes())) {
        Ok(accept) if !accept.is_empty() => headers.insert(ACCEPT, accept),
        Ok(_) | Err(_) => None,
    };
}

/// Returns the address of a draft, with the credentials of the query.
pub(crate) fn address(draft: &Draft, credentials: &[Arc<ResolvedCredential>]) -> Result<Uri, Box<UntypedError>> {
    let mut uri = String::with_capacity(256);
    let in_query: Vec<&str> =
        credentials.iter().filter_map(|credential| credential.in_query()).map(|(name, _)| name).collect();
    match &draft.target {
        Some(target) => uri.push_str(&without(&target.to_string(), &in_query)),
        None => {
            let base = draft.base_url().map_err(|error| draft.error(ErrorKind::Build, error.to_string()))?;
            uri.push_str(base.trim_end_matches('/'));
            // A path that the caller wrote may have a query.
            uri.push_str(&without(&draft.path, &in_query));
        }
    }
    if uri.contains('{') {
        return Err(draft.error(ErrorKind::Build, format!("{uri} has a path parameter without a value")));
    }
    // The server's base URL can have a query. A credential replaces a query parameter of the same name, as in headers.
    let is_replaced = |name: &str| in_query.contains(&name);
    let parameters = draft.target.is_none().then_some(&draft.query).into_iter().flatten();
    let parameters =
        parameters.map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| !is_replaced(name));
    let mut joint = if uri.contains('?') { '&' } else { '?' };
    for (name, value) in parameters.chain(credentials.iter().filter_map(|credential| credential.in_query())) {
        uri.push(joint);
        uri.push_str(name);
        uri.push('=');
        uri.push_str(value);
        joint = '&';
    }
    Uri::from_maybe_shared(Bytes::from(uri))
        .map(encoded)
        .map_err(|_| draft.error(ErrorKind::Build, "the path and the query are not a valid URL"))
}

/// Adds the credentials of the query to the target of a redirect on the same origin, because a server does not repeat them.
pub(crate) fn with_credentials(to: &Uri, credentials: &[Arc<ResolvedCredential>]) -> Uri {
    let pairs: Vec<(&str, &str)> = credentials.iter().filter_map(|credential| credential.in_query()).collect();
    if pairs.is_empty() {
        return to.clone();
    }
    let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    let mut address = without(&to.to_string(), &names).into_owned();
    for (name, value) in pairs {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.extend([name, "=", value]);
    }
    address.parse().unwrap_or_else(|_| to.clone())
}

/// Removes the credentials of the query, which a server can repeat, from the target of a redirect to another origin. Other
/// values stay, also of parameters with the same name.
pub(crate) fn without_credentials(to: &Uri, credentials: &[Arc<ResolvedCredential>]) -> Uri {
    let pairs = credentials.iter().filter_map(|credential| credential.in_query());
    let pairs: Vec<String> = pairs.map(|(name, value)| percent_decoded(&format!("{name}={value}"))).collect();
    if pairs.is_empty() {
        return to.clone();
    }
    let is_credential = |pair: &str| pairs.contains(&percent_decoded(&pair.replace('+', " ")));
    without_pairs(&to.to_string(), is_credential).parse().unwrap_or_else(|_| to.clone())
}

/// Removes these query parameters from an address, since a server can repeat a credential in it.
pub(crate) fn without<'a>(address: &'a str, names: &[&str]) -> Cow<'a, str> {
    // The usual case first: it neither searches nor copies.
    if names.is_empty() {
        return address.into();
    }
    without_pairs(address, |pair| names.contains(&pair.split('=').next().unwrap_or_default()))
}

fn without_pairs(address: &str, is_removed: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let Some((path, query)) = address.split_once('?') else { return address.into() };
    let rest = query.split('&').filter(|pair| !is_removed(pair));
    let rest = rest.collect::<Vec<_>>().join("&");
    if rest.is_empty() { path.into() } else { format!("{path}?{rest}").into() }
}
