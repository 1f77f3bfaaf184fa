//! Lists that come in pages. Plain data.

use super::SchemaId;

/// How a list comes in pages. Paths are names of members from the outside in; an empty one is the whole body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for.
    pub step: Step,
    /// Where a page has its items.
    pub items: Vec<String>,
    /// Type of an item.
    pub item: SchemaId,
    /// Where a page says how many items there are on all pages.
    pub total: Option<Vec<String>>,
    /// Where a page says whether more follow.
    pub more: Option<Vec<String>>,
    /// Where a page says whether it is the last one.
    pub last: Option<Vec<String>>,
    /// Who says so.
    pub source: Source,
}

/// Who says that a list comes in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The settings.
    Settings,
    /// An extension of the description, by name.
    Extension(&'static str),
    /// Parameters and members that are called as is usual.
    Convention,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// With a value that the page has.
    Cursor {
        /// Where it is sent.
        place: Place,
        /// Where the page has it.
        next: Vec<String>,
    },
    /// With a value that the last item of the page has.
    LastItem {
        /// Where it is sent.
        place: Place,
        /// Where the item has it.
        key: Vec<String>,
    },
    /// With the number of items before it.
    Offset {
        /// Where it is sent.
        place: Place,
        /// The number of the first item.
        first: u64,
        /// Where a page says the number of its first item.
        own: Option<Vec<String>>,
    },
    /// With its number.
    Number {
        /// Where it is sent.
        place: Place,
        /// The number of the first page.
        first: u64,
        /// Where a page says its own number.
        own: Option<Vec<String>>,
        /// Where a page says how many pages there are.
        pages: Option<Vec<String>>,
    },
    /// At an address that the page has.
    Url {
        /// Where the page has it.
        next: Vec<String>,
    },
    /// At an address that the header field `Link` has.
    Link,
}

impl Step {
    /// In one word.
    #[must_use]
    pub const fn name(&self) -> &'static str {
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

/// Where a value is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A parameter of the query.
    Query(String),
    /// A header field.
    Header(String),
    /// A member of the JSON body.
    Body(Vec<String>),
}

/// What settings or extensions say about the pages of one list, in names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PagingRule {
    /// Parameter that takes the cursor.
    pub cursor: Option<String>,
    /// Parameter that takes the number of items before the page.
    pub offset: Option<String>,
    /// Parameter that takes the number of the page.
    pub page: Option<String>,
    /// Number of the first page, or of the first item.
    pub first: Option<u64>,
    /// Member with the next cursor or the next address; of the last item with `last_item`.
    pub next: Option<String>,
    /// The cursor is a member of the last item.
    pub last_item: bool,
    /// The next address is in the header field `Link`.
    pub link: bool,
    /// Member with the items.
    pub results: Option<String>,
    /// Member with the number of all items.
    pub total: Option<String>,
    /// Member with the number of all pages.
    pub pages: Option<String>,
    /// Member that is true while more follow.
    pub more: Option<String>,
    /// Member that is true on the last page.
    pub last: Option<String>,
}
