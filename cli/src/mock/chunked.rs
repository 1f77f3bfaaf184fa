//! Bodies in chunks (RFC 9112, section 7.1).

use super::connection::LARGEST_BODY;
use super::request::Malformed;

/// Longest line of a chunk's size, in bytes.
const LONGEST_LINE: usize = 8 << 10;
/// Largest trailer section in bytes, without the line breaks.
const LARGEST_TRAILERS: usize = 8 << 10;

/// The state between received parts.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    /// Before the line with the size of a chunk.
    #[default]
    Size,
    /// Inside a chunk, with the number of bytes left.
    Data(usize),
    /// Before the line break after a chunk.
    End,
    /// In the trailers, with the number of their bytes so far.
    Trailers(usize),
}

impl Decoder {
    /// Moves content from the received bytes to the body. Returns true at the end of the body.
    pub(super) fn decode(&mut self, bytes: &mut Vec<u8>, body: &mut Vec<u8>) -> Result<bool, Malformed> {
        loop {
            match self.state {
                State::Data(left) => {
                    let count = left.min(bytes.len());
                    body.extend(bytes.drain(..count));
                    if count < left || body.len() > LARGEST_BODY {
                        self.state = State::Data(left - count);
                        return Ok(false);
                    }
                    self.state = State::End;
                }
                State::Size => {
                    let Some(line) = line(bytes)? else { return Ok(false) };
                    self.state = match size(&line)? {
                        0 => State::Trailers(0),
                        size => State::Data(size),
                    };
                }
                State::End => match line(bytes)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => self.state = State::Size,
                    Some(_) => return Err(malformed("a chunk is longer than its size")),
                },
                State::Trailers(before) => match line(bytes)? {
                    None => return Ok(false),
                    Some(line) if line.is_empty() => return Ok(true),
                    Some(line) if before + line.len() > LARGEST_TRAILERS => {
                        return Err(malformed("the trailers of the chunked body are too long"));
                    }
                    Some(line) => self.state = State::Trailers(before + line.len()),
                },
            }
        }
    }
}

fn malformed(message: &str) -> Malformed {
    Malformed(message.to_owned())
}

/// Takes a line without its line break. `None` if it is not complete.
fn line(bytes: &mut Vec<u8>) -> Result<Option<Vec<u8>>, Malformed> {
    let Some(end) = bytes.windows(2).take(LONGEST_LINE).position(|pair| pair == b"\r\n") else {
        return if bytes.len() > LONGEST_LINE {
            Err(malformed("a line of the chunked body is too long"))
        } else {
            Ok(None)
        };
    };
    let line = bytes.drain(..end).collect();
    bytes.drain(..2);
    Ok(Some(line))
}

/// The size of a chunk, without extensions.
fn size(line: &[u8]) -> Result<usize, Malformed> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii_end();
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_hex);
    let size = text.and_then(|text| usize::from_str_radix(text, 16).ok());
    size.ok_or_else(|| malformed("the size of a chunk is not a hexadecimal number"))
}

#[cfg(test)]
mod tests {
    use super::Decoder;

    fn decode(text: &str, step: usize) -> Option<(String, String)> {
        let (mut decoder, mut body, mut received) = (Decoder::default(), Vec::new(), Vec::new());
        for part in text.as_bytes().chunks(step) {
            received.extend(part);
            if decoder.decode(&mut received, &mut body).ok()? {
                return Some((String::from_utf8(body).unwrap(), String::from_utf8(received).unwrap()));
            }
        }
        Some((String::from_utf8(body).unwrap(), "not at its end".to_owned()))
    }

    #[test]
    fn chunks_are_joined_however_they_arrive() {
        let text = "3;a=b\r\nabc\r\nA \r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";
        for step in [1, 2, 3, 7, text.len()] {
            assert_eq!(decode(text, step), Some(("abc0123456789".to_owned(), String::new())), "{step}");
        }
        for wrong in ["x\r\n", "-1\r\n", "+3\r\nabc\r\n", "\r\n", "2\r\nabc\r\n", "fffffffffffffffff\r\n"] {
            assert_eq!(decode(wrong, 100), None, "{wrong}");
        }
    }

    #[test]
    fn trailers_are_limited_together() {
        let text = |lines: usize| format!("0\r\n{}\r\n", format!("{}\r\n", "a".repeat(1 << 10)).repeat(lines));
        assert_eq!(decode(&text(8), 100), Some((String::new(), String::new())));
        assert_eq!(decode(&text(9), 100), None);
    }
}
