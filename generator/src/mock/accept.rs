//! The choice of a media type by the header `Accept` (RFC 9110, section 12.5.1).

use super::quoted::split;
use crate::api::{Media, covers_media, essence};

/// The media type that a caller accepts most, and its name without ranges. Of equal ones the first of the description.
pub(super) fn choose<'m>(accept: Option<&str>, all: &'m [Media]) -> Option<(&'m Media, String)> {
    let accept = accept.filter(|text| !text.trim().is_empty()).unwrap_or("*/*");
    let ranges: Vec<(&str, f32)> = split(accept, ",").into_iter().map(range).collect();
    let mut best: Option<(f32, &Media, String)> = None;
    for media in all {
        let Some((range, quality)) = most_specific(&ranges, &media.name) else { continue };
        if quality > 0.0 && best.as_ref().is_none_or(|(most, ..)| quality > *most) {
            best = Some((quality, media, sent_name(&media.name, range)));
        }
    }
    best.map(|(_, media, name)| (media, name))
}

fn range(text: &str) -> (&str, f32) {
    let mut parts = split(text, ";").into_iter().map(str::trim);
    let range = parts.next().unwrap_or_default();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (range, quality.and_then(|quality| quality.parse().ok()).unwrap_or(1.0))
}

/// The most specific of the accepted ranges around a media type of the description. That may be a range itself: then a media
/// type within it is accepted too.
fn most_specific<'r>(ranges: &[(&'r str, f32)], media: &str) -> Option<(&'r str, f32)> {
    let weight = |range: &str| match essence(range).as_str() {
        "*/*" => 0,
        range if range.ends_with("/*") => 1,
        _ => 2,
    };
    let fitting = ranges.iter().filter(|(range, _)| covers_media(range, media) || covers_media(media, range));
    fitting.copied().max_by_key(|(range, _)| weight(range))
}

/// The media type that a body has: that of the description; for a range of the description, the accepted media type. If that
/// is a range too, `text/plain`, `image/png` or JSON.
pub(super) fn sent_name(media: &str, accepted: &str) -> String {
    match (media.contains('*'), accepted.contains('*')) {
        (false, _) => media.to_owned(),
        (true, false) => essence(accepted),
        (true, true) if essence(media).starts_with("text/") => "text/plain".to_owned(),
        (true, true) if essence(media).starts_with("image/") => "image/png".to_owned(),
        (true, true) => "application/json".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::api::Media;

    #[test]
    fn accepted_media_types_are_chosen_by_quality() {
        let all: Vec<Media> = ["text/plain", "application/json; charset=utf-8", "image/*"]
            .map(|name| Media::whole(name.to_owned(), None))
            .to_vec();
        for (accept, name) in [
            ("*/*", Some("text/plain")),
            ("", Some("text/plain")),
            ("application/json", Some("application/json; charset=utf-8")),
            ("text/*;q=0.5, application/*", Some("application/json; charset=utf-8")),
            ("*/*, text/plain;q=0", Some("application/json; charset=utf-8")),
            ("text/plain;a=\"b,c;q=0\"", Some("text/plain")),
            ("image/gif", Some("image/gif")),
            ("image/*", Some("image/png")),
            ("application/xml", None),
            ("text/plain;q=0", None),
            (";;,=q;q=x", None),
        ] {
            assert_eq!(choose(Some(accept), &all).map(|(_, name)| name).as_deref(), name, "{accept}");
        }
    }
}
