//! Bodies of recordings, with their secrets redacted.

use super::Mock;
use super::message::pairs;
use super::secrets::{Alternatives, REDACTED};
use crate::api::{EventKind, Items, Media, Sequence, essence, is_json};
use serde_json::Value;

impl Mock {
    /// A body as text without secrets. A body is left out if it can have secrets that cannot be found: parts, a body that is
    /// not of its media type, and one that is neither JSON nor a form, if it has secrets or no schema. A body that is not UTF-8
    /// is left out too: HAR has text alone for requests.
    pub(super) fn redacted_body(&self, media: Option<&Media>, content_type: &str, body: &[u8]) -> String {
        let Ok(text) = std::str::from_utf8(body) else { return String::new() };
        let schemas = self.alternatives(media.into_iter().flat_map(Media::schemas));
        match (media.and_then(|media| media.sequence.as_ref()), essence(content_type).as_str()) {
            (Some(sequence), _) => self.redacted_sequence(sequence, &schemas, text),
            (None, kind) if is_json(kind) => self.redacted_json(&schemas, text).unwrap_or_default(),
            (None, "application/x-www-form-urlencoded") => self.redacted_form(&schemas, text),
            (None, kind) if kind.starts_with("multipart/") => String::new(),
            _ if self.is_unknown(&schemas) || self.has_secret(&schemas) => String::new(),
            _ => text.to_owned(),
        }
    }

    /// The text is written from the parsed value: of two members with one name only the last is parsed, and the received text would
    /// still have the first. `None` for a text that is not JSON.
    fn redacted_json(&self, schemas: &Alternatives, text: &str) -> Option<String> {
        let mut value = serde_json::from_str::<Value>(text).ok()?;
        self.redact(schemas, &mut value);
        Some(value.to_string())
    }

    fn redacted_sequence(&self, sequence: &Sequence, schemas: &Alternatives, text: &str) -> String {
        let items = |separator: char| {
            let item = |text: &str| match text.trim() {
                "" => text.to_owned(),
                trimmed => {
                    let end = if text.ends_with('\n') { "\n" } else { "" };
                    self.redacted_json(schemas, trimmed).map_or_else(String::new, |json| format!("{json}{end}"))
                }
            };
            text.split(separator).map(item).collect::<Vec<_>>().join(&separator.to_string())
        };
        match &sequence.items {
            Items::Lines(_) => items('\n'),
            Items::JsonTextSequence(_) => items('\u{1e}'),
            Items::Parts(_) => String::new(),
            Items::Events(kinds) => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let is_text =
                    |data: &str| sequence.end.as_deref() == Some(data) || kinds.iter().any(EventKind::is_text);
                let data = |data: &str| match self.redacted_json(schemas, data) {
                    Some(json) => json,
                    None if is_text(data) => data.to_owned(),
                    None => REDACTED.to_owned(),
                };
                text.split("\n\n").map(|event| redacted_event(event, data)).collect::<Vec<_>>().join("\n\n")
            }
        }
    }

    fn redacted_form(&self, schemas: &Alternatives, text: &str) -> String {
        let pair = |text: &str| {
            let redacted = pairs(text).first().and_then(|pair| {
                let (name, value) = (pair.plain_name(), pair.plain_value());
                let is_secret = self.is_secret_field(schemas, &name) || self.has_secret_json(&value);
                is_secret.then(|| format!("{}={REDACTED}", pair.name))
            });
            redacted.unwrap_or_else(|| text.to_owned())
        };
        text.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    /// Returns true for JSON with the members of a request for a token.
    pub(super) fn has_secret_json(&self, text: &str) -> bool {
        let Ok(value) = serde_json::from_str::<Value>(text) else { return false };
        let mut redacted = value.clone();
        self.redact(&Alternatives::new(), &mut redacted);
        redacted != value
    }
}

/// An event whose data is redacted. Comments and unknown fields are left out.
fn redacted_event(event: &str, redacted: impl Fn(&str) -> String) -> String {
    let name = |line: &&str| line.split_once(':').map_or(*line, |(name, _)| name).to_owned();
    let lines: Vec<&str> = event.split('\n').collect();
    let data: Vec<&str> = lines.iter().filter(|line| name(line) == "data").map(|line| value(line)).collect();
    let others = lines.iter().filter(|line| matches!(name(line).as_str(), "id" | "event" | "retry"));
    let mut written: Vec<String> = others.map(|line| (*line).to_owned()).collect();
    if !data.is_empty() {
        written.extend(redacted(&data.join("\n")).split('\n').map(|line| format!("data: {line}")));
    }
    let is_last = event.ends_with('\n');
    format!("{}{}", written.join("\n"), if is_last { "\n" } else { "" })
}

/// The value of a field of an event.
fn value(line: &str) -> &str {
    let value = line.split_once(':').map_or("", |(_, value)| value);
    value.strip_prefix(' ').unwrap_or(value)
}
