//! The bytes of JSON text that is being written.

use crate::codec::json::scan::{is_plain, plain_length};
use std::io;

/// The size of the buffer.
const BUFFER: usize = 1024;

/// Bytes in order. They are collected in a buffer of fixed size, in which a string with its quotes needs one check of the
/// length. Text that fits the buffer is allocated once, in its size.
#[derive(Debug)]
pub(super) struct Output {
    /// The bytes before those in the buffer.
    before: Vec<u8>,
    buffer: [u8; BUFFER],
    /// The number of bytes in the buffer.
    count: usize,
}

impl Output {
    pub(super) const fn new() -> Self {
        Self { before: Vec::new(), buffer: [0; BUFFER], count: 0 }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0 && self.before.is_empty()
    }

    /// Takes all bytes out.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.flush();
        std::mem::take(&mut self.before)
    }

    /// Empties the buffer.
    fn flush(&mut self) {
        self.before.extend_from_slice(self.buffer.get(..self.count).unwrap_or_default());
        self.count = 0;
    }

    /// Returns the place of the next bytes, if the buffer has room for them.
    #[inline]
    fn place(&mut self, length: usize) -> Option<&mut [u8]> {
        let place = self.buffer.get_mut(self.count..)?.get_mut(..length)?;
        self.count += length;
        Some(place)
    }

    /// Writes bytes.
    #[inline]
    pub(super) fn put(&mut self, bytes: &[u8]) {
        match self.place(bytes.len()) {
            Some(place) => place.copy_from_slice(bytes),
            None => self.put_behind(bytes),
        }
    }

    /// Writes bytes for which the buffer has no room.
    #[cold]
    fn put_behind(&mut self, bytes: &[u8]) {
        self.flush();
        match self.place(bytes.len()) {
            Some(place) => place.copy_from_slice(bytes),
            None => self.before.extend_from_slice(bytes),
        }
    }

    /// Writes a string in quotes.
    #[inline]
    pub(super) fn put_string(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let place = if is_plain(bytes) { self.place(bytes.len().saturating_add(2)) } else { None };
        let Some([open, content @ .., close]) = place else { return self.put_in_pieces(bytes) };
        *open = b'"';
        content.copy_from_slice(bytes);
        *close = b'"';
    }

    /// Writes a string that is long or has escapes.
    #[cold]
    fn put_in_pieces(&mut self, bytes: &[u8]) {
        self.put(b"\"");
        let mut rest = bytes;
        loop {
            let (plain, special) = rest.split_at(plain_length(rest));
            self.put(plain);
            let Some((byte, behind)) = special.split_first() else { break };
            match *byte {
                b'"' => self.put(b"\\\""),
                b'\\' => self.put(b"\\\\"),
                b'\n' => self.put(b"\\n"),
                b'\r' => self.put(b"\\r"),
                b'\t' => self.put(b"\\t"),
                0x08 => self.put(b"\\b"),
                0x0C => self.put(b"\\f"),
                control => self.put(&[b'\\', b'u', b'0', b'0', digit(control >> 4), digit(control & 15)]),
            }
            rest = behind;
        }
        self.put(b"\"");
    }
}

/// For serde_json, which writes floats.
impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the lower-case digit of a number below 16.
#[inline]
const fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}
