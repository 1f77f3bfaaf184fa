//! Request bodies that are streams of parts. Each part is encoded when it is sent.

use super::{File, Part, holds, random};
use crate::body::item_stream::ItemStream;
use crate::call::{Draft, Payload};
use crate::codec::EncodeError;
use crate::events::SentData;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

impl Draft {
    /// Sets a body of parts, each with one value: JSON, or plain text for a `String`. `media` is the media type of the
    /// body, and `each` that of a part without its own.
    pub fn part_feed<D>(&mut self, media: &str, each: &'static str, values: impl Into<ItemStream<Part<D>>>)
    where
        D: SentData + 'static,
    {
        let (values, boundary) = (values.into(), random());
        let mut media = format!("{media}; boundary={boundary}");
        if media.starts_with("multipart/related") {
            // RFC 2387, section 3.1.
            media.push_str(&format!("; type=\"{}\"", each.split(';').next().unwrap_or(each).trim()));
        }
        let end = format!("--{boundary}--\r\n").into_bytes();
        self.change(|draft| {
            let body = values.into_body(draft, move |part| written(part, each, &boundary), Some(end))?;
            draft.put_body(&media, Payload::Other(body))
        });
    }
}

fn written<D: SentData>(part: &Part<D>, each: &str, boundary: &str) -> Result<Vec<u8>, EncodeError> {
    let text = part.body.write().map_err(|error| EncodeError::new(format!("cannot be written: {error}")))?;
    if holds(text.as_bytes(), boundary.as_bytes()) {
        return Err(EncodeError::new("cannot be written: it holds the boundary between the parts"));
    }
    let media = part.media.as_deref().unwrap_or(each);
    let mut file = File::new(Vec::new()).media_type(media);
    if let Some(name) = &part.file_name {
        file = file.named(name);
    }
    for (name, value) in &part.headers {
        let is_own = name == CONTENT_TYPE || name == "content-id" || name == CONTENT_DISPOSITION;
        if !is_own {
            file = file.header(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
        }
    }
    let head = file.head(part.name.as_deref().unwrap_or_default(), false);
    let head = head.map_err(|error| EncodeError::new(format!("cannot be written: {error}")))?;
    Ok(format!("--{boundary}\r\n{head}\r\n{text}\r\n").into_bytes())
}
