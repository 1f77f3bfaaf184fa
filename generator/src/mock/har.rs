//! Exchanges as entries of HAR 1.2, without credentials.

use super::Mock;
use super::body::sent_media;
use super::message::{Request, Response, decoded_field};
use super::secrets::REDACTED;
use crate::api::Media;
use serde_json::{Value, json};

impl Mock {
    /// A request with its response as an entry of HAR. Credentials, and values of secret properties, are redacted. The time is
    /// of RFC 3339, and the duration in milliseconds.
    #[must_use]
    pub fn har_entry(&self, request: &Request, response: &Response, started: &str, milliseconds: u64) -> Value {
        let header = |(name, value): &(String, String)| {
            let value = if self.secrets.has_header(name) { REDACTED } else { value };
            json!({ "name": name, "value": value })
        };
        let pairs = request.pairs();
        let query = pairs.iter().map(|pair| {
            let name = pair.plain_name();
            let value = if self.secrets.has_query(&name) { REDACTED.to_owned() } else { pair.plain_value() };
            json!({ "name": name, "value": value })
        });
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

    /// The request line without credentials, for a log.
    #[must_use]
    pub fn redacted_target(&self, request: &Request) -> String {
        let query = request.query();
        if query.is_empty() {
            return request.path().to_owned();
        }
        let pairs = query.split('&').map(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            if self.secrets.has_query(&decoded_field(name)) { format!("{name}={REDACTED}") } else { pair.to_owned() }
        });
        format!("{}?{}", request.path(), pairs.collect::<Vec<_>>().join("&"))
    }

    /// The media types of the bodies of an exchange.
    fn media_of_bodies(&self, request: &Request, response: &Response) -> (Option<&Media>, Option<&Media>) {
        let Ok(called) = self.called(request) else { return (None, None) };
        let sent = called.operation.body.as_ref().and_then(|body| sent_media(&body.media, &media(&request.headers)));
        let documented = called.operation.response(response.status);
        (sent, documented.and_then(|documented| sent_media(&documented.media, &media(&response.headers))))
    }
}

/// The value of `Content-Type`.
fn media(headers: &[(String, String)]) -> String {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    found.map_or_else(String::new, |(_, value)| value.clone())
}
