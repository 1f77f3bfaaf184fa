//! Pagination: the facts of generated code about a list, and paginators over its pages and items.

mod blocking;
mod items;
mod link;
mod location;
mod page_fields;
mod pages;
mod paginator;
mod position;
mod target;
mod token;

use crate::call::Operation;
use crate::codec::Decode;
#[cfg(feature = "blocking")]
pub use blocking::{BlockingItems, BlockingPages};
pub use items::Items;
pub use pages::Pages;
pub use token::{PageToken, TokenError};

/// The names of members, outermost first. An empty path is the whole body.
#[doc(hidden)]
pub type Path = &'static [&'static str];

/// The pagination of a list.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Paging {
    /// The request for the next page.
    pub step: Step,
    /// The location of the items in a page.
    pub items: Path,
    /// The location of the total number of items in a page.
    pub total: Option<Path>,
    /// The location of the flag that more pages follow.
    pub more: Option<Path>,
    /// The location of the flag of the last page.
    pub last: Option<Path>,
}

impl Paging {
    /// Creates a rule from the request for the next page and the location of the items in a page.
    #[must_use]
    pub const fn new(step: Step, items: Path) -> Self {
        Self { step, items, total: None, more: None, last: None }
    }

    /// Sets the location of the total number of items.
    #[must_use]
    pub const fn total(mut self, path: Path) -> Self {
        self.total = Some(path);
        self
    }

    /// Sets the location of the flag that more pages follow.
    #[must_use]
    pub const fn more(mut self, path: Path) -> Self {
        self.more = Some(path);
        self
    }

    /// Sets the location of the flag of the last page.
    #[must_use]
    pub const fn last(mut self, path: Path) -> Self {
        self.last = Some(path);
        self
    }
}

/// An operation whose success is a page of a list.
pub trait Paged: Operation {
    /// An item of the list.
    type Item: Decode;
    /// The steps from page to page.
    #[doc(hidden)]
    const PAGES: &'static Paging;
}

/// The request for the next page.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Step {
    /// Sends a value of the page.
    #[non_exhaustive]
    Cursor {
        /// The location in the request.
        location: PageLocation,
        /// The location in the page.
        next: Path,
    },
    /// Sends a value of the page's last item.
    #[non_exhaustive]
    LastItem {
        /// The location in the request.
        location: PageLocation,
        /// The location in the item.
        key: Path,
    },
    /// Sends the number of items before the page.
    #[non_exhaustive]
    Offset {
        /// The location in the request.
        location: PageLocation,
        /// The number of the first item.
        first: u64,
        /// The location of the member in which a page repeats its offset.
        own: Option<Path>,
    },
    /// Sends the number of the page.
    #[non_exhaustive]
    Number {
        /// The location in the request.
        location: PageLocation,
        /// The number of the first page.
        first: u64,
        /// The location of the member in which a page repeats its number.
        own: Option<Path>,
        /// The location of the number of pages in a page.
        pages: Option<Path>,
    },
    /// Requests a URL of the page.
    #[non_exhaustive]
    Url {
        /// The location in the page.
        next: Path,
    },
    /// Requests the URL in the header `Link` (RFC 8288) with the relation `next`.
    Link,
}

impl Step {
    /// Creates a step that sends a value of the page.
    #[must_use]
    pub const fn cursor(location: PageLocation, next: Path) -> Self {
        Self::Cursor { location, next }
    }

    /// Creates a step that sends a value of the page's last item.
    #[must_use]
    pub const fn last_item(location: PageLocation, key: Path) -> Self {
        Self::LastItem { location, key }
    }

    /// Creates a step that sends the number of items before the page.
    #[must_use]
    pub const fn offset(location: PageLocation, first: u64) -> Self {
        Self::Offset { location, first, own: None }
    }

    /// Creates a step that sends the number of the page.
    #[must_use]
    pub const fn number(location: PageLocation, first: u64) -> Self {
        Self::Number { location, first, own: None, pages: None }
    }

    /// Creates a step that requests a URL of the page.
    #[must_use]
    pub const fn url(next: Path) -> Self {
        Self::Url { next }
    }

    /// Sets the location of the member in which a page repeats its number or offset. Has no effect on a step without
    /// numbers.
    #[must_use]
    pub const fn own(self, path: Path) -> Self {
        match self {
            Self::Offset { location, first, .. } => Self::Offset { location, first, own: Some(path) },
            Self::Number { location, first, pages, .. } => Self::Number { location, first, own: Some(path), pages },
            other => other,
        }
    }

    /// Sets the location of the number of pages. Has no effect on a step without page numbers.
    #[must_use]
    pub const fn pages(self, path: Path) -> Self {
        match self {
            Self::Number { location, first, own, .. } => Self::Number { location, first, own, pages: Some(path) },
            other => other,
        }
    }
}

/// A location in a request.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum PageLocation {
    /// A query parameter.
    Query(&'static str),
    /// A header.
    Header(&'static str),
    /// A member of the JSON body.
    Body(Path),
}

/// Defines the pagination of the type `Call<O>` of a generated crate.
#[doc(hidden)]
#[macro_export]
macro_rules! paged_calls {
    () => {
        impl<O: $crate::Paged> Call<O> {
            /// Returns the pages of the list in order. The client requests each page when the caller asks for it.
            ///
            /// ```text
            /// let mut pages = call.pages();
            /// while let Some(page) = pages.try_next().await? {
            ///     println!("{page:#?}");
            /// }
            /// ```
            pub fn pages(self) -> $crate::Pages<O::Success, O::Error> {
                self.into_call().pages(O::PAGES)
            }

            /// Returns the items of all pages in order. The client requests a page when the caller reaches its first
            /// item.
            ///
            /// ```text
            /// let mut items = call.items();
            /// while let Some(item) = items.try_next().await? {
            ///     println!("{item:#?}");
            /// }
            /// ```
            pub fn items(self) -> $crate::Items<O::Item, O::Error> {
                self.into_call().items(O::PAGES)
            }
        }
    };
}
