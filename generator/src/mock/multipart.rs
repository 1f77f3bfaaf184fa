//! Multipart bodies: their parts.

use super::quoted::{split, unquoted};

/// A part with its name, its media type if it has one, and its content.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub name: String,
    pub media: Option<String>,
    pub is_file: bool,
    pub content: Vec<u8>,
}

/// The parts of a body. `None` for a body that is not multipart with this boundary.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())?;
    let delimiter = format!("--{boundary}");
    let mut found = Vec::new();
    let mut rest = after(body, delimiter.as_bytes())?;
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
        let end = position(rest, format!("\r\n{delimiter}").as_bytes())?;
        let (part, next) = (rest.get(..end)?, rest.get(end + delimiter.len() + 2..)?);
        found.extend(of_part(part));
        rest = next;
    }
    Some(found)
}

fn of_part(part: &[u8]) -> Option<Part> {
    let (head, content) = match position(part, b"\r\n\r\n") {
        Some(end) => (part.get(..end)?, part.get(end + 4..)?),
        None => (part, &[][..]),
    };
    let head = String::from_utf8_lossy(head);
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.trim().to_owned())
    };
    let disposition = header("content-disposition")?;
    Some(Part {
        name: parameter(&disposition, "name")?,
        is_file: parameter(&disposition, "filename").is_some() || parameter(&disposition, "filename*").is_some(),
        media: header("content-type"),
        content: content.to_vec(),
    })
}

/// A parameter of a header, such as `boundary`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut parts = split(header, ";").into_iter().skip(1).filter_map(|part| part.trim().split_once('='));
    let (_, value) = parts.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(unquoted(value))
}

fn after<'b>(bytes: &'b [u8], start: &[u8]) -> Option<&'b [u8]> {
    bytes.get(position(bytes, start)? + start.len()..)
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len().max(1)).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn parts_stand_between_boundaries() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\ncontent-disposition: form-data; name=b; filename=f\r\nContent-Type: text/plain\r\n\r\n\r\n--x--\r\n";
        let part = |name: &str, media: Option<&str>, content: &str| Part {
            name: name.to_owned(),
            media: media.map(str::to_owned),
            is_file: name == "b",
            content: content.as_bytes().to_vec(),
        };
        let content_type = "multipart/form-data; boundary=\"x\"";
        assert_eq!(parts(content_type, body), Some(vec![part("a", None, "1"), part("b", Some("text/plain"), "")]));
        assert_eq!(parts(content_type, b"--x--"), Some(vec![]));
        let named = b"--x\r\nContent-Disposition: form-data; name=\"a; b=\\\"c\\\"\"\r\n\r\n1\r\n--x--";
        assert_eq!(parts(content_type, named), Some(vec![part("a; b=\"c\"", None, "1")]));
        for wrong in [&b""[..], b"--x", b"--x\r\n", b"--y--", b"--xa--x"] {
            assert_eq!(parts(content_type, wrong), None);
        }
        assert_eq!(parts("multipart/form-data", body), None);
    }
}
