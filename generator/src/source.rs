//! The texts of a run by file, with lines and columns. Knows bytes, not their syntax.

pub mod files;
pub(crate) mod path;

use crate::span::{FileId, Span};
use std::path::PathBuf;

/// Every file of a run.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    text: String,
    /// Offset of each line's first byte.
    lines: Vec<usize>,
    /// Number of characters before each block of [`BLOCK`] bytes: a description can be one line of megabytes, of which a
    /// comparison reports thousands of places.
    blocks: Vec<usize>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 4096;

/// The number of characters that start in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

impl File {
    /// The number of characters before a byte.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.blocks.get(block).copied().unwrap_or_default() + characters(rest)
    }
}

/// A position for people: lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl SourceMap {
    /// Adds a file.
    pub(crate) fn add(&mut self, path: PathBuf, text: String) -> FileId {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        let mut count = 0;
        let counts = text.as_bytes().chunks(BLOCK).map(|block| {
            count += characters(block);
            count
        });
        let blocks = std::iter::once(0).chain(counts).collect();
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { path, text, lines, blocks });
        id
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| &file.text)
    }

    /// The name of a file in messages.
    #[must_use]
    pub fn name(&self, id: FileId) -> String {
        self.file(id).map_or_else(String::new, |file| file.path.display().to_string())
    }

    /// All files that were read.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    /// The line and column at which a span starts.
    #[must_use]
    pub fn line_column(&self, span: Span) -> LineColumn {
        let Some(file) = self.file(span.file) else { return LineColumn { line: 1, column: 1 } };
        let line = self.line_of(span);
        let start = file.lines.get(line - 1).copied().unwrap_or_default();
        let before = file.characters_before(span.start as usize).saturating_sub(file.characters_before(start));
        LineColumn { line, column: before + 1 }
    }

    fn line_of(&self, span: Span) -> usize {
        self.file(span.file).map_or(1, |file| file.lines.partition_point(|start| *start <= span.start as usize)).max(1)
    }

    /// The lines around the start of a span: their text, the number of the first line, and the offset of its first
    /// byte.
    #[must_use]
    pub(crate) fn window(&self, span: Span, around: usize) -> (&str, usize, usize) {
        let Some(file) = self.file(span.file) else { return ("", 1, 0) };
        let line = self.line_of(span);
        let first = line.saturating_sub(around).max(1);
        let start = file.lines.get(first - 1).copied().unwrap_or_default();
        let end = file.lines.get(line + around).copied().unwrap_or(file.text.len());
        (file.text.get(start..end).unwrap_or_default(), first, start)
    }
}
