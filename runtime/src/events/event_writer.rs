//! Events that are sent, by the rules of the HTML standard (section 9.2.5). Must not know how they are read.

use super::{Event, SentData};
use crate::body::item_stream::ItemStream;
use crate::call::{Draft, Payload};
use std::time::Duration;

/// The name of an event of which none is said.
const UNNAMED: &str = "message";

impl<T> Event<T> {
    /// An event that says this, under the name that its data has, or the description.
    #[must_use]
    pub fn new(data: T) -> Self {
        Self { event: UNNAMED.to_owned(), id: None, retry: None, data }
    }

    /// What kind of event it is.
    #[must_use]
    pub fn named(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// By which it is known after a new connection.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// How long to wait before a new connection, in whole milliseconds.
    #[must_use]
    pub const fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

/// What the description says of events that are sent.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EventBody {
    /// Their media type.
    pub media: &'static str,
    /// The name of those that have none of their own.
    pub event: Option<&'static str>,
    /// The data of the event that says that nothing follows.
    pub end: Option<&'static str>,
}

impl EventBody {
    /// Starts with the media type alone.
    #[must_use]
    pub const fn new(media: &'static str) -> Self {
        Self { media, event: None, end: None }
    }

    /// Names the events that have no name of their own.
    #[must_use]
    pub const fn event(mut self, name: &'static str) -> Self {
        self.event = Some(name);
        self
    }

    /// Sets the data of the event that says that nothing follows.
    #[must_use]
    pub const fn end(mut self, data: &'static str) -> Self {
        self.end = Some(data);
        self
    }
}

impl Draft {
    /// A body of server-sent events.
    pub fn event_feed<D: SentData + 'static>(&mut self, facts: EventBody, values: impl Into<ItemStream<Event<D>>>) {
        let (name, end) = (facts.event, facts.end.map(|end| data(end) + "\n"));
        let values = values.into();
        self.change(|draft| {
            let body = values.into_body(move |event| written(event, name), end.map(String::into_bytes))?;
            draft.put_body(facts.media, Payload::Other(body))
        });
    }
}

fn written<D: SentData>(event: &Event<D>, usual: Option<&str>) -> Result<Vec<u8>, String> {
    let own = Some(event.event.as_str()).filter(|name| !name.is_empty() && *name != UNNAMED);
    let name = own.or_else(|| event.data.event()).or(usual);
    let mut text = String::new();
    for (field, value) in [("event", name), ("id", event.id.as_deref())] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n', '\0']) {
            return Err(format!("cannot be written: {value:?} is no `{field}` of an event"));
        }
        text.extend([field, ": ", value, "\n"]);
    }
    if let Some(retry) = event.retry {
        text.push_str(&format!("retry: {}\n", retry.as_millis()));
    }
    text.push_str(&data(&event.data.write().map_err(|error| format!("cannot be written: {error}"))?));
    text.push('\n');
    Ok(text.into_bytes())
}

/// A field for each line of a text: every line break ends one.
fn data(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split(['\r', '\n']).flat_map(|line| ["data: ", line, "\n"]).collect()
}
