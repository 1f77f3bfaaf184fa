//! Elements and marks that are open while a description is read. Knows their order; must not know what they look like.

/// What is open.
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
    /// Whether it marks words of a paragraph, and ends with the paragraph.
    pub(super) const fn is_mark(self) -> bool {
        !matches!(self, Self::List | Self::Item | Self::Preformatted | Self::Table | Self::Cell)
    }
}

/// One that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    /// Where its words begin in the paragraph.
    pub(super) start: usize,
    /// Target of a link.
    pub(super) target: Option<String>,
}

/// HTML that nests deeper is read as if it had no tags, so that the time to find an open element stays short.
const DEEPEST: usize = 64;

/// Everything that is open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// Where the containers of Markdown begin: HTML inside one cannot close what is outside.
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

    /// Whether HTML may open one more.
    pub(super) const fn is_full(&self) -> bool {
        self.open.len() >= DEEPEST
    }

    /// How many of a kind are open.
    pub(super) fn count(&self, kind: Kind) -> usize {
        self.counts.get(kind as usize).copied().unwrap_or(0)
    }

    /// Whether one of a kind is open and can be closed here: a mark inside its block, an item inside its list, a cell
    /// inside its table.
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

    /// The innermost one, where it is a mark of a paragraph.
    pub(super) fn pop_mark(&mut self) -> Option<Open> {
        let mark = self.open.last().is_some_and(|open| open.kind.is_mark());
        if mark { self.pop() } else { None }
    }

    /// Begins a container of Markdown.
    pub(super) fn enter(&mut self) {
        self.floors.push(self.open.len());
    }

    /// The innermost one inside the container of Markdown that ends.
    pub(super) fn pop_inside(&mut self) -> Option<Open> {
        let floor = self.floors.last().copied().unwrap_or(0);
        if self.open.len() > floor { self.pop() } else { None }
    }

    /// Ends the container.
    pub(super) fn leave(&mut self) {
        self.floors.pop();
    }
}
