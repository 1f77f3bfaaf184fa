//! Lists that come in pages: what the printed crate knows of a list, and walks over its pages and items.

mod blocking;
mod items;
mod link;
mod pages;
mod picked;
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

/// How the next page is asked for.
#[derive(Debug)]
pub enum Step {
    /// With a value that the page has.
    Cursor {
        /// Where it is sent.
        place: Place,
        /// Where the page has it.
        next: Path,
    },
    /// With a value that the last item of the page has.
    LastItem {
        /// Where it is sent.
        place: Place,
        /// Where the item has it.
        key: Path,
    },
    /// With the number of items before it.
    Offset {
        /// Where it is sent.
        place: Place,
        /// The number of the first item.
        first: u64,
        /// Where a page says the number of its first item.
        own: Option<Path>,
    },
    /// With its number.
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
    Url {
        /// Where the page has it.
        next: Path,
    },
    /// At an address that the header field `Link` has (RFC 8288), with the relation `next`.
    Link,
}

/// Where a value is sent.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// A parameter of the query.
    Query(&'static str),
    /// A header field.
    Header(&'static str),
    /// A member of the JSON body.
    Body(Path),
}
