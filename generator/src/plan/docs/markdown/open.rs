//! Elements and marks that are open while a description is read. Knows their order; does not know their text.

/// Kinds of open elements and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Strong,
    Emphasis,
    Link,
    Code,
    Superscript,
    Subscript,
    Heading,
    List,
    Item,
    Preformatted,
    Table,
    Cell,
}

impl Kind {
    /// Returns true if it marks words of a paragraph and ends with the paragraph.
    pub(super) const fn is_mark(self) -> bool {
        !matches!(self, Self::List | Self::Item | Self::Preformatted | Self::Table | Self::Cell)
    }
}

/// An open element or mark.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    /// Start of its words in the paragraph.
    pub(super) start: usize,
    /// Target of a link.
    pub(super) target: Option<String>,
}

/// HTML that nests deeper is read as if it had no tags, so that the time to find an open element stays short.
const DEEPEST: usize = 64;

/// All open elements and marks, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Starts of the containers of Markdown: HTML inside one cannot close an element outside.
    floors: Vec<usize>,
    counts: [usize; 12],
}

impl Stack {
    pub(super) fn push(&mut self, kind: Kind, start: usize, target: Option<String>) {
        if let Some(count) = self.counts.get_mut(kind as usize) {
            *count += 1;
        }
        self.open.push(Open { kind, start, target });
    }

    /// Returns true if HTML can open no more.
    pub(super) const fn is_full(&self) -> bool {
        self.open.len() >= DEEPEST
    }

    /// Number of open ones of a kind.
    pub(super) fn count(&self, kind: Kind) -> usize {
        self.counts.get(kind as usize).copied().unwrap_or(0)
    }

    /// Returns true if one of a kind is open and can be closed here: a mark inside its block, an item inside its list,
    /// a cell inside its table.
    pub(super) fn can_close(&self, kind: Kind) -> bool {
        if self.count(kind) == 0 {
            return false;
        }
        let stop = |open: Kind| match kind {
            Kind::Item => open == Kind::List || open == Kind::Cell,
            Kind::Cell => open == Kind::Table,
            Kind::List => open == Kind::Cell,
            kind if kind.is_mark() => !open.is_mark(),
            _ => false,
        };
        let floor = self.floors.last().copied().unwrap_or(0);
        let inside = self.open.get(floor..).unwrap_or_default();
        let kinds = inside.iter().rev().map(|open| open.kind).find(|open| *open == kind || stop(*open));
        kinds == Some(kind)
    }

    pub(super) fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        if let Some(count) = self.counts.get_mut(open.kind as usize) {
            *count = count.saturating_sub(1);
        }
        Some(open)
    }

    /// Removes and returns the innermost one, if it is a mark of a paragraph.
    pub(super) fn pop_mark(&mut self) -> Option<Open> {
        let mark = self.open.last().is_some_and(|open| open.kind.is_mark());
        if mark { self.pop() } else { None }
    }

    /// Begins a container of Markdown.
    pub(super) fn enter(&mut self) {
        self.floors.push(self.open.len());
    }

    /// Removes and returns the innermost one inside the current container of Markdown.
    pub(super) fn pop_inside(&mut self) -> Option<Open> {
        let floor = self.floors.last().copied().unwrap_or(0);
        if self.open.len() > floor { self.pop() } else { None }
    }

    /// Ends the container.
    pub(super) fn leave(&mut self) {
        self.floors.pop();
    }
}
