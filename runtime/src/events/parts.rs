//! Cutting a stream of bytes into parts, wherever the chunks end. Knows where parts end; must not know what they mean.

use bytes::{Buf, Bytes};
use std::mem;

const LF: u8 = b'\n';
const CR: u8 = b'\r';
/// What stands before each text of a sequence (RFC 7464).
const RS: u8 = 0x1e;

/// The parts of a stream, each of `limit` bytes at most.
pub(super) struct Parts {
    ends: Ends,
    left: Bytes,
    part: Vec<u8>,
    /// `true` when the part that comes is too large, and is passed over.
    over: bool,
    /// The longest part.
    pub(super) limit: usize,
}

/// A part is larger than allowed; the next one is the part after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// A part, and whether something stood at its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// Whether a line break ended it, and not the end of the stream or the start of the next one.
    pub(super) whole: bool,
}

/// Where a part ends.
pub(super) enum Ends {
    /// At a line feed.
    Line,
    /// At a carriage return, a line feed, or both.
    AnyLine { after_cr: bool },
    /// Before the next text of a sequence, or at a line feed outside of it all.
    Text(Nesting),
}

/// How deep inside a JSON text a byte is, so that the line feeds inside the text do not end it.
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

    /// Takes the next chunk in. What the last one had must be taken out before.
    pub(super) fn feed(&mut self, chunk: Bytes) {
        self.left = chunk;
    }

    /// The next part of what is there; none when more is needed.
    pub(super) fn next(&mut self) -> Option<Result<Part, TooLarge>> {
        loop {
            if let (Ends::AnyLine { after_cr }, Some(first)) = (&mut self.ends, self.left.first()) {
                let rest = usize::from(mem::take(after_cr) && *first == LF);
                self.left.advance(rest);
            }
            let end = self.left.iter().position(|byte| self.ends.at(*byte));
            let piece = self.left.split_to(end.unwrap_or(self.left.len()));
            let whole = end.map(|_| self.left.get_u8() != RS);
            if !self.over && piece.len() > self.limit.saturating_sub(self.part.len()) {
                self.part = Vec::new();
                self.over = whole.is_none();
                return Some(Err(TooLarge));
            }
            if !self.over {
                self.part.extend_from_slice(&piece);
            }
            let whole = whole?;
            if !mem::take(&mut self.over) {
                return Some(Ok(Part { bytes: mem::take(&mut self.part), whole }));
            }
        }
    }

    /// Nothing that follows counts.
    pub(super) fn end(&mut self) {
        (self.left, self.part) = (Bytes::new(), Vec::new());
    }

    /// What is left when the stream is at its end.
    pub(super) fn rest(&mut self) -> Option<Part> {
        let bytes = mem::take(&mut self.part);
        (!bytes.is_empty()).then_some(Part { bytes, whole: false })
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
