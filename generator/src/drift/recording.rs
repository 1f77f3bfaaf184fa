//! Recordings: HAR 1.2, and NDJSON with an exchange or a count on each line.

use super::count::Count;
use super::exchange::{Body, Exchange, Unread};
use crate::api::essence;
use serde_json::Value;
use std::fmt;

/// The exchanges of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recording {
    /// Exchanges in the order of the file.
    pub exchanges: Vec<Exchange>,
    /// Counts of a running program.
    pub counts: Vec<Count>,
    /// Entries and lines that are not exchanges.
    pub unread: Unread,
}

/// A file that is not a recording.
#[derive(Debug)]
pub struct RecordingError(String);

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RecordingError {}

impl Recording {
    /// Reads a recording: HAR (a JSON object with `log`), otherwise NDJSON. A line of NDJSON is an entry of HAR, or an
    /// object with `method`, `url`, `status`, `content_type`, and `body` (JSON) or `body_text`, or a line of the runtime's
    /// `Drift::to_ndjson`.
    ///
    /// Bodies that are cut, in Base64 or binary, and lines that are not exchanges are counted.
    ///
    /// # Errors
    /// Returns an error when the file has neither form.
    pub fn parse(bytes: &[u8]) -> Result<Self, RecordingError> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let mut recording = Self::default();
        match serde_json::from_str::<Value>(text) {
            Ok(file) if file.get("log").is_some() => {
                let entries = file.pointer("/log/entries").and_then(Value::as_array);
                let entries = entries.ok_or_else(|| RecordingError("the HAR file has no `log.entries`".to_owned()))?;
                entries.iter().for_each(|entry| recording.add(Some(entry)));
                return Ok(recording);
            }
            Err(error) if text.trim_start().starts_with('{') && error.line() > 1 && !has_json_lines(text) => {
                let message = format!("the file is neither HAR nor NDJSON: {error}");
                return Err(RecordingError(message));
            }
            Ok(_) | Err(_) => {}
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        for line in lines {
            recording.add(serde_json::from_str(line).ok().as_ref());
        }
        if recording.exchanges.is_empty() && recording.counts.is_empty() && recording.unread.entries > 0 {
            return Err(RecordingError("the file is neither HAR nor NDJSON with exchanges".to_owned()));
        }
        Ok(recording)
    }

    fn add(&mut self, entry: Option<&Value>) {
        if let Some(count) = entry.and_then(Count::parse) {
            self.counts.push(count);
            return;
        }
        match entry.and_then(|entry| exchange_of_har(entry).or_else(|| exchange_of_line(entry))) {
            Some(exchange) => self.exchanges.push(exchange),
            None => self.unread.entries += 1,
        }
    }
}

/// Returns true if the first line is JSON by itself.
fn has_json_lines(text: &str) -> bool {
    text.trim_start().lines().next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok())
}

fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer).and_then(Value::as_str)
}

/// A status of HTTP. Browsers record 0 for a request without a response.
fn status(value: Option<&Value>) -> Option<u16> {
    value.and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok()).filter(|status| *status >= 100)
}

fn exchange_of_har(entry: &Value) -> Option<Exchange> {
    let media_type = text(entry, "/response/content/mimeType").unwrap_or_default();
    let size = entry.pointer("/response/content/size").and_then(Value::as_i64).unwrap_or_default();
    let encoded = text(entry, "/response/content/encoding").is_some_and(|encoding| !encoding.is_empty());
    let body = match text(entry, "/response/content/text") {
        Some(_) if encoded => Body::Base64,
        Some("") | None if size > 0 => Body::Cut,
        Some(body) => body_of_text(body, media_type, usize::try_from(size).is_ok_and(|size| size > body.len())),
        None => Body::Empty,
    };
    Some(Exchange {
        method: text(entry, "/request/method")?.to_owned(),
        url: text(entry, "/request/url")?.to_owned(),
        status: status(entry.pointer("/response/status"))?,
        media_type: media_type.to_owned(),
        body,
    })
}

fn exchange_of_line(line: &Value) -> Option<Exchange> {
    let media_type = text(line, "/content_type");
    let body = match (line.get("body"), text(line, "/body_text")) {
        (Some(body), _) => Body::Json(body.clone()),
        (None, Some(body)) => body_of_text(body, media_type.unwrap_or("application/json"), false),
        (None, None) => Body::Empty,
    };
    let assumed = if body == Body::Empty { "" } else { "application/json" };
    Some(Exchange {
        method: text(line, "/method")?.to_owned(),
        url: text(line, "/url")?.to_owned(),
        status: status(line.get("status"))?,
        media_type: media_type.unwrap_or(assumed).to_owned(),
        body,
    })
}

fn body_of_text(body: &str, media_type: &str, is_cut: bool) -> Body {
    let media = essence(media_type);
    match serde_json::from_str(body) {
        _ if body.is_empty() => Body::Empty,
        _ if !media.ends_with("/json") && !media.ends_with("+json") => Body::Other,
        Ok(value) => Body::Json(value),
        Err(_) if is_cut => Body::Cut,
        // A body that ends too early is cut too.
        Err(error) if error.is_eof() => Body::Cut,
        Err(_) => Body::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn counts_bodies_that_it_cannot_read() {
        let entry = |content: Value| json!({"request": {"method": "GET", "url": "/a"}, "response": {"status": 200, "content": content}});
        let json = "application/json; charset=utf-8";
        let cases = [
            (json!({"mimeType": json, "size": 2, "text": "{}"}), Body::Json(json!({}))),
            (json!({"mimeType": json, "size": 9, "text": "{\"a\": [1"}), Body::Cut),
            (json!({"mimeType": json, "size": 9}), Body::Cut),
            (json!({"mimeType": json, "size": 0}), Body::Empty),
            (json!({"mimeType": json, "size": 2, "text": "e30=", "encoding": "base64"}), Body::Base64),
            (json!({"mimeType": json, "size": 4, "text": "oops"}), Body::Invalid),
            (json!({"mimeType": "image/png", "size": 4, "text": "abcd"}), Body::Other),
            (json!({}), Body::Empty),
        ];
        for (content, body) in cases {
            let har = json!({"log": {"entries": [entry(content.clone()), {"request": 1}]}});
            let recording = Recording::parse(format!("\u{feff}{har}").as_bytes()).unwrap();
            assert_eq!(recording.exchanges[0].body, body, "{content}");
            assert_eq!(recording.unread.entries, 1);
        }
    }

    #[test]
    fn reads_lines_and_rejects_other_files() {
        let lines = "{\"method\":\"get\",\"url\":\"/a?b\",\"status\":200,\"body\":[1]}\n\nnot json\n{\"method\":\"get\",\"url\":\"/a\",\"status\":204}\n";
        let recording = Recording::parse(lines.as_bytes()).unwrap();
        assert_eq!((recording.exchanges.len(), recording.unread.entries), (2, 1));
        assert_eq!(recording.exchanges[0].body, Body::Json(json!([1])));
        for wrong in ["{\"log\": {}}", "{\n \"log\": {\n", "nothing", "[1, 2]"] {
            assert!(Recording::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert_eq!(Recording::parse(b"").unwrap(), Recording::default());
    }
}
