//! Lists that come in pages: what the printed crate knows of a list, and walks over its pages and items.

mod blocking;
mod items;
mod link;
mod page_fields;
mod pages;
mod place;
mod token;
mod walk;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingItems, BlockingPages};
pub use items::Items;
pub use pages::Pages;
pub use token::{PageToken, TokenError};

/// Names of members, from the outside in. An empty path is the whole body.
pub type Path = &'static [&'static str];

/// How a list comes in pages.
#[derive(Debug)]
#[non_exhaustive]
pub struct Paging {
    /// How the next page is asked for.
    pub step: Step,
    /// Where a page has its items.
    pub items: Path,
    /// Where a page says how many items there are on all pages.
    pub total: Option<Path>,
    /// Where a page says whether more follow.
    pub more: Option<Path>,
    /// Where a page says whether it is the last one.
    pub last: Option<Path>,
}

impl Paging {
    /// Starts with how the next page is asked for, and where a page has its items.
    #[must_use]
    pub const fn new(step: Step, items: Path) -> Self {
        Self { step, items, total: None, more: None, last: None }
    }

    /// Says where a page says how many items there are on all pages.
    #[must_use]
    pub const fn total(mut self, path: Path) -> Self {
        self.total = Some(path);
        self
    }

    /// Says where a page says whether more follow.
    #[must_use]
    pub const fn more(mut self, path: Path) -> Self {
        self.more = Some(path);
        self
    }

    /// Says where a page says whether it is the last one.
    #[must_use]
    pub const fn last(mut self, path: Path) -> Self {
        self.last = Some(path);
        self
    }
}

/// How the next page is asked for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Step {
    /// With a value that the page has.
    #[non_exhaustive]
    Cursor {
        /// Where it is sent.
        place: Place,
        /// Where the page has it.
        next: Path,
    },
    /// With a value that the last item of the page has.
    #[non_exhaustive]
    LastItem {
        /// Where it is sent.
        place: Place,
        /// Where the item has it.
        key: Path,
    },
    /// With the number of items before it.
    #[non_exhaustive]
    Offset {
        /// Where it is sent.
        place: Place,
        /// The number of the first item.
        first: u64,
        /// Where a page says the number of its first item.
        own: Option<Path>,
    },
    /// With its number.
    #[non_exhaustive]
    Number {
        /// Where it is sent.
        place: Place,
        /// The number of the first page.
        first: u64,
        /// Where a page says its own number.
        own: Option<Path>,
        /// Where a page says how many pages there are.
        pages: Option<Path>,
    },
    /// At an address that the page has.
    #[non_exhaustive]
    Url {
        /// Where the page has it.
        next: Path,
    },
    /// At an address that the header field `Link` has (RFC 8288), with the relation `next`.
    Link,
}

impl Step {
    /// Makes a step with a value that the page has.
    #[must_use]
    pub const fn cursor(place: Place, next: Path) -> Self {
        Self::Cursor { place, next }
    }

    /// Makes a step with a value that the last item of the page has.
    #[must_use]
    pub const fn last_item(place: Place, key: Path) -> Self {
        Self::LastItem { place, key }
    }

    /// Makes a step with the number of items before the page.
    #[must_use]
    pub const fn offset(place: Place, first: u64) -> Self {
        Self::Offset { place, first, own: None }
    }

    /// Makes a step with the number of the page.
    #[must_use]
    pub const fn number(place: Place, first: u64) -> Self {
        Self::Number { place, first, own: None, pages: None }
    }

    /// Makes a step to an address that the page has.
    #[must_use]
    pub const fn url(next: Path) -> Self {
        Self::Url { next }
    }

    /// Says where a page says its own number, or that of its first item; nothing for a step without numbers.
    #[must_use]
    pub const fn own(self, path: Path) -> Self {
        match self {
            Self::Offset { place, first, .. } => Self::Offset { place, first, own: Some(path) },
            Self::Number { place, first, pages, .. } => Self::Number { place, first, own: Some(path), pages },
            other => other,
        }
    }

    /// Says where a page says how many pages there are; nothing for a step without numbers of pages.
    #[must_use]
    pub const fn pages(self, path: Path) -> Self {
        match self {
            Self::Number { place, first, own, .. } => Self::Number { place, first, own, pages: Some(path) },
            other => other,
        }
    }
}

/// Where a value is sent.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Place {
    /// A parameter of the query.
    Query(&'static str),
    /// A header field.
    Header(&'static str),
    /// A member of the JSON body.
    Body(Path),
}
