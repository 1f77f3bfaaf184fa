//! Writes events by the rules of the HTML standard (section 9.2.5). Must not know how they are read.

use super::{Event, SentData};
use crate::body::item_stream::ItemStream;
use crate::codec::EncodeError;
use crate::request::{Draft, Payload};
use std::time::Duration;

/// The name of an event without the field `event`.
const DEFAULT_NAME: &str = "message";

impl<T> Event<T> {
    /// Creates an event from its data. Its name is that of the data, else that of the description.
    #[must_use]
    pub fn new(data: T) -> Self {
        Self { event: String::new(), id: None, retry: None, data }
    }

    /// Sets the name of the event, instead of that of the data or the description.
    #[must_use]
    pub fn named(mut self, event: impl Into<String>) -> Self {
        self.event = event.into();
        self
    }

    /// Sets the identifier that the client sends with a new connection.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the wait before a new connection, in whole milliseconds.
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

/// The facts of the description about events that are sent.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EventBody {
    /// The media type of the body.
    pub media: &'static str,
    /// The name of events without a name of their own.
    pub event: Option<&'static str>,
    /// The data of the event that ends the stream.
    pub end: Option<&'static str>,
}

impl EventBody {
    /// Creates the facts from the media type.
    #[must_use]
    pub const fn new(media: &'static str) -> Self {
        Self { media, event: None, end: None }
    }

    /// Sets the name of events without a name of their own.
    #[must_use]
    pub const fn event(mut self, name: &'static str) -> Self {
        self.event = Some(name);
        self
    }

    /// Sets the data of the event that ends the stream.
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
            let body = values.into_body(
                &mut draft.sent_secrets,
                move |event| written(event, name),
                end.map(String::into_bytes),
            )?;
            draft.put_body(facts.media, Payload::Other(body))
        });
    }
}

fn written<D: SentData>(event: &Event<D>, usual: Option<&str>) -> Result<Vec<u8>, EncodeError> {
    let set_name = Some(event.event.as_str()).filter(|name| !name.is_empty());
    let name = set_name.or_else(|| event.data.event()).or(usual).filter(|name| *name != DEFAULT_NAME);
    let mut text = String::new();
    for (field, value) in [("event", name), ("id", event.id.as_deref())] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n', '\0']) {
            return Err(EncodeError::new(format!("cannot be written: {value:?} is not a valid `{field}` of an event")));
        }
        text.extend([field, ": ", value, "\n"]);
    }
    if let Some(retry) = event.retry {
        text.push_str(&format!("retry: {}\n", retry.as_millis()));
    }
    text.push_str(&data(&event.data.write().map_err(|error| EncodeError::new(format!("cannot be written: {error}")))?));
    text.push('\n');
    Ok(text.into_bytes())
}

/// Writes a field for each line of a string. Every line break ends a line.
fn data(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split(['\r', '\n']).flat_map(|line| ["data: ", line, "\n"]).collect()
}
