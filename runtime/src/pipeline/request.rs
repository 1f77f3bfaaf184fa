//! The request that a draft stands for: address, headers, credentials.

use crate::call::Draft;
use crate::error::{ErrorKind, Fault};
use crate::transport::Body;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Request, Uri};

/// The request that a draft stands for. A body that is a stream goes into it, and is then gone.
pub(crate) fn of(draft: &mut Draft) -> Result<Request<Body>, Box<Fault>> {
    if let Some(mistake) = &draft.mistake {
        return Err(draft.fault(ErrorKind::Build, mistake.clone()));
    }
    let shared = &draft.client.0;
    let mut headers = shared.headers.clone();
    match HeaderValue::from_str(draft.operation.accept) {
        Ok(accept) if !accept.is_empty() => headers.insert(ACCEPT, accept),
        Ok(_) | Err(_) => None,
    };
    headers.extend(draft.headers.clone());
    let mut query = draft.query.clone();
    authorize(draft, &mut headers, &mut query)?;
    let base = shared.address(draft.operation.server);
    let mut uri = format!("{}{}", base.trim_end_matches('/'), draft.path);
    if uri.contains('{') {
        return Err(draft.fault(ErrorKind::Build, format!("{uri} has a place that nothing was given for")));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        let joint = if index == 0 && !uri.contains('?') { '?' } else { '&' };
        uri.push_str(&format!("{joint}{name}={value}"));
    }
    let uri: Uri = uri.parse().map_err(|_| draft.fault(ErrorKind::Build, "the path and query make no address"))?;
    let mut request = Request::new(draft.body.send());
    *request.method_mut() = draft.operation.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Applies the first alternative whose credentials are all there. "Nothing" comes last, wherever the document has it:
/// who gives a credential wants it sent.
fn authorize(draft: &Draft, headers: &mut HeaderMap, query: &mut Vec<(String, String)>) -> Result<(), Box<Fault>> {
    let alternatives = draft.operation.security;
    let known = &draft.client.0.credentials;
    let find = |name: &str| known.iter().find(|credential| credential.scheme.name == name);
    let other = |name: &str| {
        let scheme = draft.client.0.api.schemes.iter().find(|scheme| scheme.name == name);
        scheme.is_some_and(|scheme| scheme.kind == crate::client::SchemeKind::Other)
    };
    let met = |needed: &&&[&str]| needed.iter().all(|name| find(name).is_some() || other(name));
    let nothing = alternatives.is_empty() || alternatives.iter().any(|needed| needed.is_empty());
    let Some(needed) = alternatives.iter().filter(|needed| !needed.is_empty()).find(met) else {
        if nothing {
            return Ok(());
        }
        let all: Vec<_> = alternatives.iter().map(|needed| needed.join(" and ")).collect();
        return Err(draft.fault(ErrorKind::Auth, format!("no credentials: the operation needs {}", all.join(", or "))));
    };
    for credential in needed.iter().filter_map(|name| find(name)) {
        credential.apply(headers, query);
    }
    Ok(())
}
