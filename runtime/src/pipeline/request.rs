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
    let mut query = draft.query.clone();
    given.iter().for_each(|given| given.apply(&mut headers, &mut query));
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
    *request.method_mut() = draft.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}
