//! The path of a rule of a mock server.

use super::RecordedRequest;

/// Returns `true` when a request has this path, with or without the path of the base URL.
pub(super) fn matches(path: &str, request: &RecordedRequest) -> bool {
    let whole = request.uri.path();
    let after_base = whole.strip_prefix(request.base_path.as_str()).filter(|rest| rest.starts_with('/'));
    [Some(whole), after_base].into_iter().flatten().any(|sent| {
        let mut segments = sent.split('/');
        let all = path.split('/').all(|template| segments.next().is_some_and(|segment| is_of(segment, template)));
        all && segments.next().is_none()
    })
}

/// Returns `true` when a segment matches its template (`{id}`, `{name}.json`). A parameter has at least one character.
fn is_of(segment: &str, template: &str) -> bool {
    let parameter = template.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    let Some((before, after)) = parameter else { return segment == template };
    let Some(rest) = segment.strip_prefix(before) else { return false };
    let ends = rest.char_indices().map(|(start, character)| start + character.len_utf8());
    ends.filter_map(|end| rest.get(end..)).any(|rest| is_of(rest, after))
}
