//! Pagination of operations. Plain data.

use super::SchemaId;

/// The pagination of an operation. Paths are names of properties from the outside in. An empty path is the whole body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The request for the next page.
    pub step: Step,
    /// Path of the items.
    pub items: Vec<String>,
    /// Type of an item.
    pub item: SchemaId,
    /// Path of the number of items on all pages.
    pub total: Option<Vec<String>>,
    /// Path of the flag that more pages follow.
    pub more: Option<Vec<String>>,
    /// Path of the flag of the last page.
    pub last: Option<Vec<String>>,
    /// Query parameter for the number of items on a page.
    pub size: Option<String>,
    /// The source of the rule.
    pub source: Source,
}

/// The source of a pagination rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// The settings.
    Settings,
    /// An extension of the description, by name.
    Extension(&'static str),
    /// Parameters and properties with the usual names.
    Convention,
}

/// The request for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A cursor in the page.
    Cursor {
        /// Parameter for the cursor.
        location: PageLocation,
        /// Path of the cursor in the page.
        next: Vec<String>,
    },
    /// A cursor in the last item of the page.
    LastItem {
        /// Parameter for the cursor.
        location: PageLocation,
        /// Path of the cursor in the item.
        key: Vec<String>,
    },
    /// The number of items before the page.
    Offset {
        /// Parameter for the number.
        location: PageLocation,
        /// Offset of the first item (0 or 1).
        first: u64,
        /// Path of the offset in the response.
        response_offset: Option<Vec<String>>,
    },
    /// The number of the page.
    Number {
        /// Parameter for the number.
        location: PageLocation,
        /// Number of the first page.
        first: u64,
        /// Path of the page's number in the response.
        response_page: Option<Vec<String>>,
        /// Path of the number of pages.
        pages: Option<Vec<String>>,
    },
    /// An address in the page.
    Url {
        /// Path of the address.
        next: Vec<String>,
    },
    /// An address in the header `Link`.
    Link,
}

impl Step {
    /// One word for the kind of step.
    #[must_use]
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Cursor { .. } => "cursor",
            Self::LastItem { .. } => "last item",
            Self::Offset { .. } => "offset",
            Self::Number { .. } => "page",
            Self::Url { .. } => "url",
            Self::Link => "link",
        }
    }
}

/// The location of a value in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PageLocation {
    /// A query parameter.
    Query(String),
    /// A header.
    Header(String),
    /// A property of the JSON body.
    Body(Vec<String>),
}

/// A pagination rule of settings or extensions, by names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PagingRule {
    /// Parameter for the cursor.
    pub cursor: Option<String>,
    /// Parameter for the number of items before the page.
    pub offset: Option<String>,
    /// Parameter for the number of the page.
    pub page: Option<String>,
    /// Number of the first page or of the first item.
    pub first: Option<u64>,
    /// Property with the next cursor or the next address. With `last_item`, a property of the last item.
    pub next: Option<String>,
    /// The cursor is a property of the last item.
    pub last_item: bool,
    /// The next address is in the header `Link`.
    pub link: bool,
    /// Property with the items.
    pub results: Option<String>,
    /// Property with the number of all items.
    pub total: Option<String>,
    /// Property with the number of all pages.
    pub pages: Option<String>,
    /// Property that is true if more pages follow.
    pub more: Option<String>,
    /// Property that is true on the last page.
    pub last: Option<String>,
}
