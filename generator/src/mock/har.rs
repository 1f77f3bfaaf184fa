//! Exchanges as entries of HAR 1.2, without credentials.

use super::Mock;
use super::body::sent_media;
use super::message::{Request, Response, decoded_field, pairs};
use super::secrets::{REDACTED, has_secret_parameter};
use crate::api::{Media, without_names};
use serde_json::{Value, json};

impl Mock {
    /// A request with its response as an entry of HAR. Credentials, and values of secret properties, are redacted. The time is
    /// of RFC 3339, and the duration in milliseconds.
    #[must_use]
    pub fn har_entry(&self, request: &Request, response: &Response, started: &str, milliseconds: u64) -> Value {
        let header = |(name, value): &(String, String)| {
            let value = if self.secrets.is_secret_header(name) { REDACTED } else { value };
            json!({ "name": name, "value": value })
        };
        let redacted = self.redacted_query(request);
        let query =
            pairs(&redacted).into_iter().map(|pair| json!({ "name": pair.plain_name(), "value": pair.plain_value() }));
        let host = request.header("host").unwrap_or_else(|| "localhost".to_owned());
        let (sent_as, received) = self.media_of_bodies(request, response);
        let mut entry = json!({
            "startedDateTime": started,
            "time": milliseconds,
            "request": {
                "method": request.method,
                "url": format!("http://{host}{}", self.redacted_target(request)),
                "httpVersion": "HTTP/1.1",
                "cookies": [],
                "headers": request.headers.iter().map(header).collect::<Vec<_>>(),
                "queryString": query.collect::<Vec<_>>(),
                "headersSize": -1,
                "bodySize": request.body.len(),
            },
            "response": {
                "status": response.status,
                "statusText": "",
                "httpVersion": "HTTP/1.1",
                "cookies": [],
                "headers": response.headers.iter().map(header).collect::<Vec<_>>(),
                "content": {
                    "size": response.body.len(),
                    "mimeType": media(&response.headers),
                    "text": self.redacted_body(received, &media(&response.headers), &response.body),
                },
                "redirectURL": "",
                "headersSize": -1,
                "bodySize": response.body.len(),
            },
            "cache": {},
            "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
        });
        if let Some(sent) = entry.get_mut("request").and_then(Value::as_object_mut).filter(|_| !request.body.is_empty())
        {
            let media = media(&request.headers);
            let text = self.redacted_body(sent_as, &media, &request.body);
            sent.insert("postData".to_owned(), json!({ "mimeType": media, "text": text }));
        }
        entry
    }

    /// The target of a request without credentials and secrets, for a log.
    #[must_use]
    pub fn redacted_target(&self, request: &Request) -> String {
        let (path, query) = (self.redacted_path(request), self.redacted_query(request));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// The path without secret parameters. For an unknown path, if any path of the description has a secret parameter, every
    /// segment that no path has is `[redacted]`.
    pub(super) fn redacted_path(&self, request: &Request) -> String {
        let path = request.path();
        let index = self.routes.find(&request.method, path);
        let indexes = index.map_or_else(|| self.routes.of_any_method(path), |index| vec![index]);
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        for operation in indexes.iter().filter_map(|index| self.api.operations.get(*index)) {
            // The path of a server can be in front.
            let parts = operation.path.split('#').next().unwrap_or_default().trim_start_matches('/').split('/').rev();
            for (segment, part) in segments.iter_mut().rev().zip(parts) {
                if has_secret_parameter(&self.api, operation, part) {
                    *segment = without_names(part, REDACTED);
                }
            }
        }
        for segment in
            segments.iter_mut().filter(|segment| indexes.is_empty() && self.secrets.may_be_secret_segment(segment))
        {
            *segment = REDACTED.to_owned();
        }
        segments.join("/")
    }

    fn redacted_query(&self, request: &Request) -> String {
        let query = request.query();
        if !query.is_empty() && self.secrets.hides_whole_query() {
            return REDACTED.to_owned();
        }
        let pair = |text: &str| match text.split_once('=') {
            Some((name, value)) if self.is_secret_pair(name, value) => format!("{name}={REDACTED}"),
            None if self.has_secret_json(&decoded_field(text)) => REDACTED.to_owned(),
            _ => text.to_owned(),
        };
        query.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    fn is_secret_pair(&self, name: &str, value: &str) -> bool {
        self.secrets.is_secret_query_name(&decoded_field(name)) || self.has_secret_json(&decoded_field(value))
    }

    /// The media types of the bodies of an exchange.
    fn media_of_bodies(&self, request: &Request, response: &Response) -> (Option<&Media>, Option<&Media>) {
        let Ok(matched) = self.find_operation(request) else { return (None, None) };
        let sent = matched.operation.body.as_ref().and_then(|body| sent_media(&body.media, &media(&request.headers)));
        let documented = matched.operation.response(response.status);
        (sent, documented.and_then(|documented| sent_media(&documented.media, &media(&response.headers))))
    }
}

/// The value of `Content-Type`.
fn media(headers: &[(String, String)]) -> String {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    found.map_or_else(String::new, |(_, value)| value.clone())
}
