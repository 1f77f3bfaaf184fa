//! Parses server-sent events by the HTML standard (section 9.2.6). Knows fields; must not know types.

use super::parts::{Ends, Parts, TooLarge};
use bytes::Bytes;
use std::mem;
use std::time::Duration;

const BOM: &[u8] = "\u{feff}".as_bytes();

/// The length of the field name before the data on its line, in bytes: `data: `.
const FIELD_NAME_BYTES: usize = 6;

/// A parser of the events of successive connections.
pub(super) struct Reader {
    lines: Parts,
    /// The limit of an event in bytes of its data.
    limit: usize,
    started: bool,
    kind: String,
    data: Option<String>,
    id: Option<String>,
    /// The current event is too large and is skipped.
    over: bool,
    /// The identifier of the last event.
    pub(super) last_id: Option<String>,
    /// The wait before a new connection that the server requested.
    pub(super) retry: Option<Duration>,
}

/// An event whose data is not decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) kind: String,
    pub(super) data: String,
}

impl Reader {
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            lines: Parts::new(Ends::AnyLine { after_cr: false }, limit.saturating_add(FIELD_NAME_BYTES)),
            limit,
            started: false,
            kind: String::new(),
            data: None,
            id: None,
            over: false,
            last_id: None,
            retry: None,
        }
    }

    pub(super) const fn limit(&mut self, limit: usize) {
        self.limit = limit;
        self.lines.limit = limit.saturating_add(FIELD_NAME_BYTES);
    }

    /// Returns the limit of an event in bytes.
    pub(super) const fn max_bytes(&self) -> usize {
        self.limit
    }

    /// Prepares for the next connection. An incomplete event is dropped.
    pub(super) fn restart(&mut self) {
        let (last_id, retry) = (self.last_id.take(), self.retry);
        *self = Self { id: last_id.clone(), last_id, retry, ..Self::new(self.limit) };
    }

    pub(super) fn feed(&mut self, chunk: Bytes) {
        self.lines.feed(chunk);
    }

    /// Returns the next buffered event; `None` when more bytes are needed.
    pub(super) fn next(&mut self) -> Option<Result<Raw, TooLarge>> {
        loop {
            let line = match self.lines.next()? {
                Ok(part) => part.bytes,
                Err(TooLarge) => {
                    if self.refuse() {
                        return Some(Err(TooLarge));
                    }
                    continue;
                }
            };
            let first = !mem::replace(&mut self.started, true);
            let line = if first { line.strip_prefix(BOM).unwrap_or(&line) } else { &line };
            let line = String::from_utf8_lossy(line);
            if line.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Some(Ok(event));
                }
            } else if !self.field(&line) && self.refuse() {
                return Some(Err(TooLarge));
            }
        }
    }

    /// Skips the rest of the event. Returns `true` unless it was being skipped already.
    fn refuse(&mut self) -> bool {
        self.started = true;
        self.data = None;
        !mem::replace(&mut self.over, true)
    }

    /// Parses a line. Returns `false` when the event is too large.
    fn field(&mut self, line: &str) -> bool {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            // The id and the time of an event that is skipped still apply to the next connection.
            "data" | "event" if self.over => {}
            "data" => {
                // Counts the line break between two lines, even if the second one is empty.
                let held = self.data.as_ref().map_or(0, |data| data.len() + 1);
                if held.saturating_add(value.len()) > self.limit {
                    return false;
                }
                match &mut self.data {
                    Some(data) => data.extend(["\n", value]),
                    None => self.data = Some(value.to_owned()),
                }
            }
            "event" => value.clone_into(&mut self.kind),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = Some(value.parse().map_or(Duration::MAX, Duration::from_millis));
            }
            // Comments, and fields of a later standard.
            _ => {}
        }
        true
    }

    fn dispatch(&mut self) -> Option<Raw> {
        self.last_id = self.id.clone().filter(|id| !id.is_empty());
        let kind = mem::take(&mut self.kind);
        let data = self.data.take();
        if mem::take(&mut self.over) {
            return None;
        }
        let kind = if kind.is_empty() { "message".to_owned() } else { kind };
        data.map(|data| Raw { kind, data })
    }
}
