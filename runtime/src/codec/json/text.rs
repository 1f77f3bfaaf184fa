//! A position in JSON text: the syntax of RFC 8259, without types. The text is valid UTF-8, so its strings are slices of
//! it. An error says only that the text was refused; a second pass with serde describes it.

mod skip;

use super::scan::plain_length;
use crate::codec::DecodeError;
use std::borrow::Cow;

/// The rest of a JSON text.
#[derive(Debug, Clone, Copy)]
pub(in crate::codec) struct JsonText<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// Returns the error of a text that is not JSON, or not of the expected type.
#[cold]
pub(in crate::codec) fn refused() -> DecodeError {
    DecodeError::new("JSON of the expected type", "other text")
}

impl<'t> JsonText<'t> {
    pub(in crate::codec) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the offset of the next byte.
    #[inline]
    pub(in crate::codec) const fn at(&self) -> usize {
        self.at
    }

    /// Returns the position, which the caller may change.
    #[cfg(not(unused = "union"))]
    pub(super) const fn position(&mut self) -> &mut usize {
        &mut self.at
    }

    /// Returns the number of bytes that follow.
    pub(in crate::codec) const fn left(&self) -> usize {
        self.text.len().saturating_sub(self.at)
    }

    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Returns the text since an offset.
    #[inline]
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Returns the first byte after white space, without passing it.
    #[inline]
    pub(in crate::codec) fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.peek_behind_space(),
        }
    }

    fn peek_behind_space(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte()?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Passes a punctuation mark, if it is next after white space.
    #[inline]
    pub(in crate::codec) fn passes(&mut self, mark: u8) -> bool {
        let is_next = self.peek() == Some(mark);
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes a punctuation mark.
    #[inline]
    pub(in crate::codec) fn expect(&mut self, mark: u8) -> Result<(), DecodeError> {
        if self.passes(mark) { Ok(()) } else { Err(refused()) }
    }

    /// Passes what follows an item: `true` for a comma, `false` for the closing bracket.
    #[inline]
    pub(in crate::codec) fn continues(&mut self, close: u8) -> Result<bool, DecodeError> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(mark) if mark == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(refused()),
        }
    }

    /// Passes `null`, `true` or `false`.
    #[inline]
    pub(in crate::codec) fn word(&mut self, word: &str) -> Result<(), DecodeError> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(refused());
        }
        self.at += word.len();
        Ok(())
    }

    /// Checks that only white space follows.
    pub(in crate::codec) fn end(&mut self) -> Result<(), DecodeError> {
        if self.peek().is_none() { Ok(()) } else { Err(refused()) }
    }

    /// Reads the key of a member, and passes the colon.
    #[inline]
    pub(in crate::codec) fn key(&mut self) -> Result<Cow<'t, str>, DecodeError> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes the key of a field and its colon, if the key is next and is written without escapes and space. `key` begins
    /// with the comma before it, and has no escapes.
    #[inline]
    pub(in crate::codec) fn passes_key(&mut self, key: &str) -> bool {
        let key = key.as_bytes().get(1..).unwrap_or_default();
        let is_next = self.rest().starts_with(key);
        if is_next {
            self.at += key.len();
        }
        is_next
    }

    /// Reads a string.
    #[inline]
    pub(in crate::codec) fn string(&mut self) -> Result<Cow<'t, str>, DecodeError> {
        self.expect(b'"')?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = plain_length(rest.as_bytes());
        match (rest.as_bytes().get(length), rest.get(..length)) {
            (Some(b'"'), Some(text)) => {
                self.at += length + 1;
                Ok(Cow::Borrowed(text))
            }
            (Some(b'\\'), Some(text)) => {
                self.at += length;
                self.escaped(text).map(Cow::Owned)
            }
            _ => Err(refused()),
        }
    }

    /// Reads a string without escapes, if there is one.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) fn plain_string(&mut self) -> Option<&'t str> {
        match self.string() {
            Ok(Cow::Borrowed(text)) => Some(text),
            Ok(Cow::Owned(_)) | Err(_) => None,
        }
    }

    /// Reads the rest of a string from its first escape.
    #[cold]
    fn escaped(&mut self, before: &str) -> Result<String, DecodeError> {
        let mut string = before.to_owned();
        loop {
            let start = self.at;
            self.at += plain_length(self.rest());
            string.push_str(self.since(start));
            let mark = self.byte();
            self.at += 1;
            match mark {
                Some(b'"') => return Ok(string),
                Some(b'\\') => string.push(self.escape()?),
                _ => return Err(refused()),
            }
        }
    }

    /// Returns the string of a text between quotes.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) fn content(text: &str) -> Result<String, DecodeError> {
        let quoted = format!("\"{text}\"");
        JsonText::new(&quoted).string().map(Cow::into_owned)
    }

    /// Reads the character of an escape after its backslash.
    fn escape(&mut self) -> Result<char, DecodeError> {
        let mark = self.byte().ok_or_else(refused)?;
        self.at += 1;
        Ok(match mark {
            b'"' | b'\\' | b'/' => char::from(mark),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                let units = match unit {
                    0xD800..=0xDBFF => {
                        self.word("\\u")?;
                        [unit, self.unit()?]
                    }
                    _ => return char::from_u32(unit.into()).ok_or_else(refused),
                };
                char::decode_utf16(units).next().and_then(Result::ok).ok_or_else(refused)?
            }
            _ => return Err(refused()),
        })
    }

    /// Reads the four digits of an escape.
    pub(super) fn unit(&mut self) -> Result<u16, DecodeError> {
        let digits = self.rest().first_chunk::<4>().ok_or_else(refused)?;
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let unit = digits.iter().try_fold(0, |unit, byte| Some(unit << 4 | digit(byte)?)).ok_or_else(refused)?;
        self.at += digits.len();
        u16::try_from(unit).map_err(|_| refused())
    }

    /// Reads a whole number of at most 18 digits without fraction and exponent: its sign and absolute value. Passes
    /// nothing if the number is another one.
    #[inline]
    pub(in crate::codec) fn short_whole(&mut self) -> Option<(bool, u64)> {
        let is_negative = self.peek() == Some(b'-');
        let rest = self.rest();
        let digits = rest.get(usize::from(is_negative)..)?;
        let (mut value, mut count) = (0_u64, 0);
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 || count == 19 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
            count += 1;
        }
        let is_plain = matches!(count, 1..=18) && !matches!(digits.get(count), Some(b'.' | b'e' | b'E'));
        if !is_plain || count > 1 && digits.first() == Some(&b'0') {
            return None;
        }
        self.at += usize::from(is_negative) + count;
        Some((is_negative, value))
    }

    /// Reads the text of a number.
    pub(in crate::codec) fn number(&mut self) -> Result<&'t str, DecodeError> {
        self.peek();
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(self.since(start))
    }

    /// Passes one or more digits.
    fn digits(&mut self) -> Result<(), DecodeError> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(refused()) } else { Ok(()) }
    }
}
