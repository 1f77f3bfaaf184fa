//! Values in JSON text that are passed without being read.

use super::{JsonText, refused};
use crate::codec::DecodeError;
use crate::codec::json::scan::plain_length;

impl<'t> JsonText<'t> {
    /// Passes an object, and returns its text. Calls `each` with the key of each member as it is written,
    /// `true` if it has escapes, and the text of the value.
    #[cfg(not(unused = "union"))]
    #[inline]
    pub(in crate::codec) fn object(
        &mut self,
        mut each: impl FnMut(&'t str, bool, &'t str) -> Result<(), DecodeError>,
    ) -> Result<&'t str, DecodeError> {
        self.peek();
        let start = self.at;
        self.expect(b'{')?;
        if self.passes(b'}') {
            return Ok(self.since(start));
        }
        loop {
            let (key, is_escaped) = self.raw_key()?;
            self.peek();
            let value = self.at;
            self.skip()?;
            each(key, is_escaped, self.since(value))?;
            if !self.continues(b'}')? {
                return Ok(self.since(start));
            }
        }
    }

    /// Calls `each` with the key of each of the first members of an object and the text from its value on, until it
    /// breaks. Stops at keys with escapes, and does not pass arrays and objects.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) fn first_members<B>(mut self, mut each: impl FnMut(&'t str, Self) -> Option<B>) -> Option<B> {
        /// The members of which the union's likely needs one: an identifier is often before a tag.
        const MOST: usize = 4;
        if !self.passes(b'{') {
            return None;
        }
        for _ in 0..MOST {
            let (key, is_escaped) = self.raw_key().ok()?;
            if is_escaped {
                return None;
            }
            let found = each(key, self);
            if found.is_some() {
                return found;
            }
            if matches!(self.peek(), Some(b'{' | b'[')) {
                return None;
            }
            self.skip().ok()?;
            if !self.continues(b'}').ok()? {
                return None;
            }
        }
        None
    }

    /// Passes one value of any type. Nested values need no stack.
    pub(in crate::codec) fn skip(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b'"') => self.skip_string().map(drop),
            Some(b'{' | b'[') => self.skip_nested(),
            _ => self.skip_scalar(),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => self.number().map(drop),
        }
    }

    fn skip_nested(&mut self) -> Result<(), DecodeError> {
        let mut open = Brackets::default();
        loop {
            let mut is_first = false;
            match self.peek() {
                Some(b'"') => drop(self.skip_string()?),
                Some(mark @ (b'{' | b'[')) => {
                    self.at += 1;
                    open.push(mark == b'{');
                    is_first = true;
                }
                _ => self.skip_scalar()?,
            }
            loop {
                let Some(is_object) = open.last() else { return Ok(()) };
                let close = if is_object { b'}' } else { b']' };
                let goes_on = if is_first { !self.passes(close) } else { self.continues(close)? };
                if goes_on {
                    if is_object {
                        self.raw_key()?;
                    }
                    break;
                }
                open.pop();
                is_first = false;
            }
        }
    }

    /// Passes the key of a member and its colon. Returns the text of the key, and `true` if it has escapes.
    #[inline]
    fn raw_key(&mut self) -> Result<(&'t str, bool), DecodeError> {
        if self.peek() != Some(b'"') {
            return Err(refused());
        }
        let start = self.at + 1;
        let is_escaped = self.skip_string()?;
        let key = self.text.get(start..self.at - 1).unwrap_or_default();
        self.expect(b':')?;
        Ok((key, is_escaped))
    }

    /// Passes a string, which begins at this byte, and returns `true` if it has escapes. Halves of surrogate pairs are
    /// not noticed.
    #[inline]
    fn skip_string(&mut self) -> Result<bool, DecodeError> {
        self.at += 1;
        let mut is_escaped = false;
        loop {
            self.at += plain_length(self.rest());
            let mark = self.byte();
            self.at += 1;
            match mark {
                Some(b'"') => return Ok(is_escaped),
                Some(b'\\') => {
                    is_escaped = true;
                    self.skip_escape()?;
                }
                _ => return Err(refused()),
            }
        }
    }

    #[cold]
    fn skip_escape(&mut self) -> Result<(), DecodeError> {
        let mark = self.byte();
        self.at += 1;
        match mark {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(()),
            Some(b'u') => self.unit().map(drop),
            _ => Err(refused()),
        }
    }
}

/// The brackets that are open, one bit each: 1 for an object.
#[derive(Default)]
struct Brackets {
    last: u64,
    count: usize,
    before: Vec<u64>,
}

impl Brackets {
    fn push(&mut self, is_object: bool) {
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.before.push(self.last);
        }
        self.last = self.last << 1 | u64::from(is_object);
        self.count += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.count > 0).then_some(self.last & 1 == 1)
    }

    fn pop(&mut self) {
        self.last >>= 1;
        self.count -= 1;
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.last = self.before.pop().unwrap_or_default();
        }
    }
}
