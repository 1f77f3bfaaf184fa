//! Request bodies that are streams of parts. Each part is encoded when it is sent.

use super::{File, Part, holds, is_related, random};
use crate::body::item_stream::ItemStream;
use crate::body::sent_data::SentData;
use crate::codec::EncodeError;
use crate::secrets::SentSecrets;
use crate::transport::Body;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

/// Returns the media type and a body of parts, each with one value: JSON, or plain text for a `String`. `media` is the
/// media type of the body without its boundary, and `each` that of a part without its own. `secrets` remembers the secrets
/// of the parts.
pub(crate) fn body<D: SentData + 'static>(
    media: &str,
    each: &'static str,
    values: ItemStream<Part<D>>,
    secrets: &mut Option<SentSecrets>,
) -> Result<(String, Body), EncodeError> {
    let boundary = random();
    let related = is_related(media);
    let mut media = format!("{media}; boundary={boundary}");
    if related {
        media.push_str(&format!("; type=\"{}\"", each.split(';').next().unwrap_or(each).trim()));
    }
    let end = format!("--{boundary}--\r\n").into_bytes();
    let body = values.into_body(secrets, move |part| written(part, each, &boundary), Some(end))?;
    Ok((media, body))
}

fn written<D: SentData>(part: &Part<D>, each: &str, boundary: &str) -> Result<Vec<u8>, EncodeError> {
    let text = part.body.write().map_err(|error| EncodeError::new(format!("cannot be written: {error}")))?;
    if holds(text.as_bytes(), boundary.as_bytes()) {
        return Err(EncodeError::new("cannot be written: it contains the boundary between the parts"));
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
