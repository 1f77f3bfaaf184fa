//! Splits a stream of bytes into parts, independent of its chunks. Knows the ends of parts; must not know their
//! meaning.

use bytes::{Buf, Bytes};
use std::mem;

const LF: u8 = b'\n';
const CR: u8 = b'\r';
/// The record separator before each text of a sequence (RFC 7464).
const RS: u8 = 0x1e;

/// The parts of a stream, each of at most `limit` bytes.
pub(super) struct Parts {
    ends: Ends,
    left: Bytes,
    part: Vec<u8>,
    /// The current part is too large and is skipped.
    over: bool,
    /// The limit of a part in bytes.
    pub(super) limit: usize,
}

/// The error of a part beyond the limit. The next part follows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// A part with its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// True if a line break ended the part, and not the end of the stream or the start of the next part.
    pub(super) is_terminated: bool,
}

/// The end of a part.
pub(super) enum Ends {
    /// A line feed.
    Line,
    /// A carriage return, a line feed, or both.
    AnyLine { after_cr: bool },
    /// The start of the next text of a sequence, or a line feed outside any JSON.
    Text(Nesting),
}

/// The depth of a byte in a JSON text, so that line feeds inside the text do not end it.
#[derive(Default)]
pub(super) struct Nesting {
    depth: usize,
    string: bool,
    escape: bool,
    begun: bool,
}

impl Parts {
    pub(super) const fn new(ends: Ends, limit: usize) -> Self {
        Self { ends, left: Bytes::new(), part: Vec::new(), over: false, limit }
    }

    /// Adds the next chunk. The parts of the last one must have been taken.
    pub(super) fn feed(&mut self, chunk: Bytes) {
        self.left = chunk;
    }

    /// Returns the next buffered part; `None` when more bytes are needed.
    pub(super) fn next(&mut self) -> Option<Result<Part, TooLarge>> {
        loop {
            if let (Ends::AnyLine { after_cr }, Some(first)) = (&mut self.ends, self.left.first()) {
                let skipped = usize::from(mem::take(after_cr) && *first == LF);
                self.left.advance(skipped);
            }
            let end = self.left.iter().position(|byte| self.ends.at(*byte));
            let piece = self.left.split_to(end.unwrap_or(self.left.len()));
            let ended_by_line_break = end.map(|_| self.left.get_u8() != RS);
            if !self.over && piece.len() > self.limit.saturating_sub(self.part.len()) {
                self.part = Vec::new();
                self.over = ended_by_line_break.is_none();
                return Some(Err(TooLarge));
            }
            if !self.over {
                self.part.extend_from_slice(&piece);
            }
            let is_terminated = ended_by_line_break?;
            if !mem::take(&mut self.over) {
                return Some(Ok(Part { bytes: mem::take(&mut self.part), is_terminated }));
            }
        }
    }

    /// Ignores all further bytes.
    pub(super) fn end(&mut self) {
        (self.left, self.part) = (Bytes::new(), Vec::new());
    }

    /// Returns the rest at the end of the stream.
    pub(super) fn rest(&mut self) -> Option<Part> {
        let bytes = mem::take(&mut self.part);
        (!bytes.is_empty()).then_some(Part { bytes, is_terminated: false })
    }
}

impl Ends {
    fn at(&mut self, byte: u8) -> bool {
        match self {
            Self::Line => byte == LF,
            Self::AnyLine { after_cr } => {
                *after_cr = byte == CR;
                matches!(byte, CR | LF)
            }
            Self::Text(nesting) => nesting.ends(byte),
        }
    }
}

impl Nesting {
    fn ends(&mut self, byte: u8) -> bool {
        let end = byte == RS || (byte == LF && self.begun && self.depth == 0 && !self.string);
        if end {
            *self = Self::default();
            return true;
        }
        self.begun |= !byte.is_ascii_whitespace();
        match byte {
            _ if mem::take(&mut self.escape) => {}
            b'\\' if self.string => self.escape = true,
            b'"' => self.string = !self.string,
            b'{' | b'[' if !self.string => self.depth += 1,
            b'}' | b']' if !self.string => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}
