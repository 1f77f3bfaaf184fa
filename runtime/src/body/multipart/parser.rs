//! A parser of multipart bodies, for chunks of any size (RFC 2046, section 5.1). Knows boundaries and headers; must not
//! know the meaning of parts.

use super::part::Part;
use crate::codec::DecodeError;
use crate::response::parameter;
use bytes::{Buf, Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::mem;

/// The maximum size of a part's headers.
const MAX_HEAD_BYTES: usize = 16 << 10;
/// The maximum number of spaces and tabs after a boundary. They are parsed again with every chunk.
const MAX_PADDING_BYTES: usize = 1 << 10;
/// The maximum number of parts in a response that is read whole.
pub(super) const MAX_PARTS: usize = 1 << 16;

/// A parser of the parts of one body.
pub(crate) struct Parser {
    /// The delimiter, including the two hyphens before the boundary.
    delimiter: Vec<u8>,
    left: BytesMut,
    /// The number of bytes without a delimiter.
    seen: usize,
    at: At,
    /// The maximum size of a part.
    pub(crate) limit: usize,
    /// True after the last chunk.
    ended: bool,
}

/// The state of the parser.
enum At {
    /// Before the first delimiter.
    Start,
    Head,
    Body(HeaderMap),
    /// In the text before the first delimiter, or in the rest of a part that is too large.
    Skipping,
    /// After the last delimiter, or after an error.
    End,
}

/// The reason why there is no part.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// The part is larger than allowed. The parser continues with the part after it.
    TooLarge,
    /// The body is invalid. The parser stops.
    Other(DecodeError),
}

/// The result of a search for a delimiter.
enum Found {
    /// A delimiter, from the line break before it to the one after it.
    At { start: usize, end: usize, last: bool },
    /// No delimiter before this position.
    After(usize),
    /// A delimiter with more padding than allowed.
    Padded,
}

/// The bytes at the start of a line.
enum Line {
    /// A delimiter up to this position. The flag is true for the last delimiter.
    Delimiter(usize, bool),
    /// Other bytes.
    Other,
    /// Bytes that the next chunk must complete.
    Open,
    /// A delimiter with more padding than allowed.
    Padded,
}

impl Parser {
    /// Creates the parser of a body with these headers.
    pub(crate) fn new(headers: &HeaderMap, limit: usize) -> Result<Self, DecodeError> {
        let media = headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let media = media.unwrap_or_default();
        let parts = media.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
        let boundary = parameter(&media, "boundary").filter(|boundary| parts && !boundary.is_empty());
        let boundary =
            boundary.ok_or_else(|| DecodeError::new("a body in parts with its boundary", format!("{media:?}")))?;
        Ok(Self {
            delimiter: format!("--{boundary}").into_bytes(),
            left: BytesMut::new(),
            seen: 0,
            at: At::Start,
            limit,
            ended: false,
        })
    }

    /// Adds the next chunk.
    pub(crate) fn feed(&mut self, chunk: &Bytes) {
        if !matches!(self.at, At::End) {
            self.left.extend_from_slice(chunk);
        }
    }

    /// Marks the end of the body.
    pub(crate) const fn end(&mut self) {
        self.ended = true;
    }

    /// Returns true if no part follows.
    pub(crate) const fn is_over(&self) -> bool {
        matches!(self.at, At::End)
    }

    /// Returns the next part, or `None` if it needs more bytes or the body has ended.
    pub(crate) fn next(&mut self) -> Option<Result<Part, Wrong>> {
        loop {
            let part = match mem::replace(&mut self.at, At::End) {
                At::End => return None,
                At::Head => match self.head() {
                    Ok(Some(headers)) => {
                        self.at = At::Body(headers);
                        continue;
                    }
                    Ok(None) => {
                        self.at = At::Head;
                        return self.missing();
                    }
                    Err(error) => return Some(Err(Wrong::Other(error))),
                },
                before @ (At::Start | At::Body(_) | At::Skipping) => {
                    // The empty line before an empty part is also the line break of the next delimiter.
                    let first = self.seen == 0 && !matches!(before, At::Skipping);
                    match self.find(first) {
                        Found::At { start, end, last } => {
                            let body = self.left.split_to(start).freeze();
                            self.left.advance(end - start);
                            self.seen = 0;
                            self.at = if last { At::End } else { At::Head };
                            match before {
                                At::Body(_) if body.len() > self.limit => Err(Wrong::TooLarge),
                                At::Body(headers) => Ok(Part::received(headers, body)),
                                At::Start | At::Skipping | At::Head | At::End => continue,
                            }
                        }
                        Found::Padded => {
                            let found = format!("more than {MAX_PADDING_BYTES} spaces");
                            return Some(Err(Wrong::Other(DecodeError::new("a line break behind a boundary", found))));
                        }
                        Found::After(place) => {
                            self.seen = place;
                            let large = matches!(before, At::Body(_)) && place > self.limit;
                            let drop = large || matches!(before, At::Start | At::Skipping);
                            if drop {
                                self.left.advance(place);
                                self.seen = 0;
                            }
                            // A delimiter at the very start has no line break before it; every other one has.
                            self.at = match before {
                                At::Start if place > 0 => At::Skipping,
                                _ if large => At::Skipping,
                                before => before,
                            };
                            if large {
                                return Some(Err(Wrong::TooLarge));
                            }
                            return self.missing();
                        }
                    }
                }
            };
            return Some(part);
        }
    }

    /// Returns the error of an incomplete body, if the body has ended.
    fn missing(&mut self) -> Option<Result<Part, Wrong>> {
        if !self.ended {
            return None;
        }
        self.at = At::End;
        let found = if self.left.is_empty() { "the end" } else { "an early end" };
        Some(Err(Wrong::Other(DecodeError::new("the boundary that ends the parts", found))))
    }

    /// Finds the next delimiter. It is at the start of a line, and its line break belongs to it.
    fn find(&self, first: bool) -> Found {
        let bytes = &self.left[..];
        if first {
            match self.delimits(bytes) {
                Line::Delimiter(end, last) => return Found::At { start: 0, end, last },
                Line::Other => {}
                Line::Open => return Found::After(0),
                Line::Padded => return Found::Padded,
            }
        }
        let mut from = self.seen;
        while let Some(rest) = bytes.get(from..) {
            let Some(place) = rest.iter().position(|byte| *byte == b'\n') else { break };
            let line_feed = from + place;
            let start =
                if line_feed > 0 && bytes.get(line_feed - 1) == Some(&b'\r') { line_feed - 1 } else { line_feed };
            match self.delimits(bytes.get(line_feed + 1..).unwrap_or_default()) {
                Line::Delimiter(end, last) => return Found::At { start, end: line_feed + 1 + end, last },
                Line::Other => from = line_feed + 1,
                Line::Open => return Found::After(start),
                Line::Padded => return Found::Padded,
            }
        }
        // A carriage return may be the start of a line break.
        Found::After(bytes.len() - usize::from(bytes.last() == Some(&b'\r')))
    }

    /// Reads the delimiter at the start of these bytes.
    fn delimits(&self, bytes: &[u8]) -> Line {
        let open = if self.ended { Line::Other } else { Line::Open };
        let length = self.delimiter.len();
        let Some(rest) = bytes.strip_prefix(&self.delimiter[..]) else {
            return if self.delimiter.starts_with(bytes) { open } else { Line::Other };
        };
        if rest.starts_with(b"--") {
            return Line::Delimiter(length + 2, true);
        }
        let space = rest.iter().take(MAX_PADDING_BYTES + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        match rest.get(space..).unwrap_or_default() {
            _ if space > MAX_PADDING_BYTES => Line::Padded,
            [b'\n', ..] => Line::Delimiter(length + space + 1, false),
            [b'\r', b'\n', ..] => Line::Delimiter(length + space + 2, false),
            [] | [b'\r'] | [b'-'] => open,
            _ => Line::Other,
        }
    }

    /// Parses the headers of a part. Returns `None` if they need more bytes.
    fn head(&mut self) -> Result<Option<HeaderMap>, DecodeError> {
        let end = self.head_end();
        if end.unwrap_or(self.left.len()) > MAX_HEAD_BYTES {
            return Err(wrong_head("more than 16 KiB"));
        }
        let Some(end) = end else {
            self.seen = self.left.len();
            return Ok(None);
        };
        let head = self.left.split_to(end);
        self.seen = 0;
        let mut lines: Vec<Vec<u8>> = Vec::new();
        for line in head[..].split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)) {
            match (line.first(), lines.last_mut()) {
                (None, _) => {}
                // A folded line (RFC 5322, section 2.2.3).
                (Some(b' ' | b'\t'), Some(last)) => last.extend_from_slice(line),
                _ => lines.push(line.to_vec()),
            }
        }
        let mut headers = HeaderMap::new();
        for line in lines {
            let shown = || wrong_head(&format!("{:?}", String::from_utf8_lossy(&line)));
            let colon = line.iter().position(|byte| *byte == b':').ok_or_else(shown)?;
            let (name, value) = line.split_at(colon);
            let name = HeaderName::from_bytes(name.trim_ascii()).map_err(|_| shown())?;
            let value = value.get(1..).unwrap_or_default().trim_ascii();
            let value = HeaderValue::from_bytes(value).map_err(|_| shown())?;
            headers.try_append(name, value).map_err(|_| wrong_head("too many"))?;
        }
        Ok(Some(headers))
    }
}

impl Parser {
    /// Returns the end of the empty line after the headers.
    fn head_end(&self) -> Option<usize> {
        let bytes = &self.left[..];
        let from = self.seen.saturating_sub(2);
        let line_feeds = (from..bytes.len()).filter(|place| bytes.get(*place) == Some(&b'\n'));
        let mut empty = line_feeds.filter(|place| {
            let line = bytes.get(..*place).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            line.last().is_none_or(|before| *before == b'\n')
        });
        empty.next().map(|place| place + 1)
    }
}

fn wrong_head(found: &str) -> DecodeError {
    DecodeError::new("the headers of a part", found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parser(limit: usize) -> Parser {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/mixed; boundary=xx"));
        Parser::new(&headers, limit).unwrap()
    }

    /// Parses a text in chunks of this many bytes.
    fn read(text: &str, size: usize, limit: usize) -> Vec<String> {
        let (mut parser, mut found) = (parser(limit), Vec::new());
        let mut take = |parser: &mut Parser| {
            while let Some(part) = parser.next() {
                found.push(match part {
                    Ok(part) => format!("{} {}", part.headers.len(), part.text().unwrap()),
                    Err(Wrong::TooLarge) => "too large".to_owned(),
                    Err(Wrong::Other(error)) => error.to_string(),
                });
            }
        };
        for chunk in text.as_bytes().chunks(size) {
            parser.feed(&Bytes::copy_from_slice(chunk));
            take(&mut parser);
        }
        parser.end();
        take(&mut parser);
        found
    }

    #[test]
    fn chunks_may_end_anywhere() {
        let text = "before\r\n--xx\r\na: 1\r\nb: 2\r\n\r\n\r--xx\n\r\n-\r\n--x\r\n--xxx\r\n--xx\r\n\r\n\r\n--xx  \n\n--xx\n\nlast\n--xx--\r\nafter";
        let expected = ["2 \r--xx\n\r\n-\r\n--x\r\n--xxx", "0 ", "0 ", "0 last"];
        // A line break in front of a boundary belongs to it, so that `--xx\n` above is in the middle of a line.
        for size in 1..=text.len() {
            assert_eq!(read(text, size, 100), expected, "{size}");
        }
    }

    #[test]
    fn a_part_that_is_too_large_is_passed_over() {
        let text = format!("--xx\r\n\r\nsmall\r\n--xx\r\n\r\n{}\r\n--xx\r\n\r\nnext\r\n--xx--", "a\n".repeat(100));
        for size in 1..=text.len() {
            assert_eq!(read(&text, size, 50), ["0 small", "too large", "0 next"], "{size}");
        }
        let mut parser = parser(10);
        parser.feed(&Bytes::from_static(b"--xx\r\n\r\n"));
        assert!(parser.next().is_none());
        for _ in 0..1000 {
            parser.feed(&Bytes::from_static(&[b'x'; 100]));
            while parser.next().is_some() {}
            assert!(parser.left.len() < 200, "nothing of it is stored");
        }
    }

    #[test]
    fn padding_behind_a_boundary_is_bounded() {
        let padded = |spaces: usize| format!("--xx{}\r\n\r\none\r\n--xx--", " ".repeat(spaces));
        for size in [1, 7, 5000] {
            assert_eq!(read(&padded(MAX_PADDING_BYTES), size, 100), ["0 one"], "{size}");
            let error = "the body: expected a line break behind a boundary, found more than 1024 spaces";
            assert_eq!(read(&padded(MAX_PADDING_BYTES + 1), size, 100), [error], "{size}");
        }
        let mut parser = parser(10);
        parser.feed(&Bytes::from_static(b"--xx"));
        for _ in 0..1000 {
            parser.feed(&Bytes::from_static(&[b' '; 100]));
            while parser.next().is_some() {}
            assert!(parser.left.len() <= MAX_PADDING_BYTES + 200, "nothing more of it is stored");
        }
    }

    #[test]
    fn what_is_cut_off_says_so() {
        let text = "--xx\r\na: b\r\n\r\nbody\r\n--xx--";
        for length in 0..text.len() {
            let found = read(text.get(..length).unwrap(), 3, 100);
            assert!(found.last().unwrap().starts_with("the body: expected the boundary"), "{length} {found:?}");
        }
        assert_eq!(read(text, 3, 100), ["1 body"]);
    }
}
