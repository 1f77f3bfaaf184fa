//! The request that a draft stands for: address, headers, credentials.

use crate::auth::Given;
use crate::call::Draft;
use crate::error::{ErrorKind, Fault};
use crate::transport::Body;
use http::header::ACCEPT;
use http::{HeaderValue, Request, Uri};

/// The request that a draft stands for. A body that is a stream goes into it, and is then gone.
pub(crate) fn of(draft: &mut Draft, given: &[Given]) -> Result<Request<Body>, Box<Fault>> {
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
    // The server's own address has its query already.
    let mut query = if draft.target.is_some() { Vec::new() } else { draft.query.clone() };
    given.iter().for_each(|given| given.apply(&mut headers, &mut query));
    let mut uri = match &draft.target {
        Some(target) => without(target, &query),
        None => format!("{}{}", shared.address(draft.operation.server).trim_end_matches('/'), draft.path),
    };
    if uri.contains('{') {
        return Err(draft.fault(ErrorKind::Build, format!("{uri} has a place that nothing was given for")));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        let joint = if index == 0 && !uri.contains('?') { '?' } else { '&' };
        uri.push_str(&format!("{joint}{name}={value}"));
    }
    let uri: Uri = uri.parse().map_err(|_| draft.fault(ErrorKind::Build, "the path and query make no address"))?;
    let mut request = Request::new(draft.body.send());
    *request.method_mut() = draft.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// An address without these parameters: a server may repeat a credential in it.
fn without(target: &Uri, given: &[(String, String)]) -> String {
    let text = target.to_string();
    let Some((path, query)) = text.split_once('?').filter(|_| !given.is_empty()) else { return text };
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        given.iter().all(|(known, _)| known != name)
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{kept}") }
}
