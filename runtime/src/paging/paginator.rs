//! The state of a paginator, and its decision about the next page. Sends nothing itself.

use super::location::{number_from_caller, set_value};
use super::page_fields::{PageFields, below, value};
use super::position::Position;
use super::target::{same_path, secured};
use super::{PageLocation, PageToken, Paging, Path, Step, link};
use crate::auth::SchemeKind;
use crate::codec::EncodeError;
use crate::error::{ErrorKind, UntypedError};
use crate::pipeline::http_request;
use crate::request::Draft;
use crate::response::RawResponse;
use crate::uri;
use crate::uri::encode;
use bytes::Bytes;
use http::Uri;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The largest number of failures in a row.
const MAX_FAILURES: u32 = 5;

/// The memory of an item before it is decoded, in bytes.
const ITEM_BYTES: usize = size_of::<Bytes>() + size_of::<&RawValue>();

/// The state of a paginator over the pages of a call.
pub(super) struct Paginator {
    draft: Box<Draft>,
    facts: &'static Paging,
    next: Next,
    /// The hashes of the positions that were requested.
    seen: BTreeSet<u64>,
    /// The hash of the last page's items.
    last: Option<u64>,
    /// The head of the last page.
    head: Option<RawResponse>,
    /// The number of items so far, if the paginator began at the first page.
    items_so_far: Option<u64>,
    failures: u32,
    /// The number of empty pages in a row.
    pub(super) empty: usize,
    /// The limit of empty pages in a row.
    pub(super) max_empty_pages: usize,
    /// True if the position is of a token, which may be forged.
    resumed: bool,
    pub(super) total: Option<u64>,
}

/// The step after the last page.
#[derive(Debug, Clone)]
enum Next {
    Page(Position),
    End,
    /// There are more items, but no way to request them.
    Broken(String),
}

/// The items of a page, and the step after it.
pub(super) struct ReceivedPage {
    /// The JSON text of each item.
    pub(super) items: Vec<Bytes>,
    next: Next,
    hash: u64,
    total: Option<u64>,
    head: Option<RawResponse>,
}

impl Paginator {
    pub(super) fn new(draft: Box<Draft>, facts: &'static Paging) -> Self {
        Self {
            max_empty_pages: draft.client.0.limits.empty_pages,
            draft,
            facts,
            next: Next::Page(Position::Start),
            seen: BTreeSet::new(),
            last: None,
            head: None,
            items_so_far: Some(0),
            failures: 0,
            empty: 0,
            resumed: false,
            total: None,
        }
    }

    /// Returns the token of the next page, of which this number of items was returned; `None` at the end.
    pub(super) fn token(&self, returned_in_page: usize) -> Option<PageToken> {
        let Next::Page(position) = &self.next else { return None };
        let operation = self.draft.operation.id.to_owned();
        Some(PageToken { operation, position: position.for_token(), returned_in_page })
    }

    /// Returns the token of a received page and the number of its returned items.
    pub(super) fn token_at(&self, position: &Position, returned_in_page: usize) -> PageToken {
        PageToken { operation: self.draft.operation.id.to_owned(), position: position.for_token(), returned_in_page }
    }

    /// Continues at a token. `anywhere` also allows a path of the origin other than the operation's.
    pub(super) fn resume(&mut self, token: &PageToken, anywhere: bool) {
        self.resumed = !anywhere;
        if token.operation == self.draft.operation.id {
            self.next = Next::Page(token.position.clone());
            self.items_so_far = None;
        } else {
            let mistake = EncodeError::new(format!("the token is of a paginator over {}", token.operation));
            self.draft.mistake.get_or_insert(mistake);
        }
    }

    /// Returns the position of the next page.
    pub(super) fn position(&self) -> Option<Position> {
        match &self.next {
            Next::Page(position) => Some(position.clone()),
            Next::End | Next::Broken(_) => None,
        }
    }

    /// Returns the request for the next page; `None` at the end.
    pub(super) fn next_request(&mut self) -> Option<Result<Box<Draft>, Box<UntypedError>>> {
        let position = match std::mem::replace(&mut self.next, Next::End) {
            Next::Page(position) => position,
            Next::End => return None,
            Next::Broken(message) => return Some(Err(self.next_page_error(message))),
        };
        if self.empty > self.max_empty_pages {
            let max = self.max_empty_pages;
            let message = format!(
                "more than {max} pages in a row had no items: the list may have no end (see `max_empty_pages`)"
            );
            return Some(Err(self.next_page_error(message)));
        }
        let draft = self.draft_at(&position);
        if draft.is_ok() {
            self.next = Next::Page(position);
        }
        Some(draft)
    }

    fn draft_at(&self, position: &Position) -> Result<Box<Draft>, Box<UntypedError>> {
        let once = || self.draft.error(ErrorKind::Build, "a call whose body is a stream cannot be paginated");
        let mut draft = self.draft.try_clone().ok_or_else(once)?;
        let put = |draft: &mut Draft, value: &Value| match self.facts.step {
            Step::Cursor { location, .. }
            | Step::LastItem { location, .. }
            | Step::Offset { location, .. }
            | Step::Number { location, .. } => set_value(draft, location, value),
            Step::Url { .. } | Step::Link => Err(EncodeError::new("the token belongs to another kind of pagination")),
        };
        let done = match position {
            Position::Start => self.begin(&mut draft),
            Position::Value(value) => put(&mut draft, value),
            Position::Number(number) => put(&mut draft, &Value::from(*number)),
            Position::Url(url) | Position::Link(url, _) => {
                draft.target = Some(self.address(url)?);
                Ok(())
            }
        };
        done.map_err(|error| self.next_page_error(error.to_string()))?;
        Ok(draft)
    }

    /// Creates the error of a list whose next page cannot be requested.
    fn next_page_error(&self, message: impl Into<String>) -> Box<UntypedError> {
        let mut error = self.draft.error(ErrorKind::Paging, message);
        error.response.clone_from(&self.head);
        error
    }

    /// Requests the first page by its number, because servers disagree about the number of the first page.
    fn begin(&self, draft: &mut Draft) -> Result<(), EncodeError> {
        match self.facts.step {
            Step::Number { location, first, own: None, .. } if number_from_caller(draft, location).is_none() => {
                set_value(draft, location, &Value::from(first))
            }
            _ => Ok(()),
        }
    }

    /// Returns the URL of a next page, which must be on the origin of the call.
    fn address(&self, url: &str) -> Result<Uri, Box<UntypedError>> {
        let call_url = http_request::address(&self.draft, &[]).map_err(|error| self.next_page_error(error.message))?;
        let target = uri::resolve(&call_url, url)
            .ok_or_else(|| self.next_page_error("the server's URL of the next page is not valid"))?;
        let target = secured(&call_url, target);
        if !uri::same_origin(&call_url, &target) {
            let address = uri::origin(&target);
            return Err(
                self.next_page_error(format!("the next page is at {address}, another origin, and is not requested"))
            );
        }
        if self.resumed && !same_path(&call_url, &target) {
            let help = "`resume_anywhere` follows it";
            let message = format!("the token leads to another path than the operation's, and is not followed ({help})");
            return Err(self.next_page_error(message));
        }
        Ok(target)
    }

    /// Reads a page. The paginator stays at it until [`Paginator::advance`].
    pub(super) fn read_page(&self, raw: &RawResponse) -> Result<ReceivedPage, Box<UntypedError>> {
        let decode = |message: &str| {
            let mut error = self.draft.error(ErrorKind::Decode, message);
            error.response = Some(raw.clone());
            error
        };
        let whole = raw.text_body();
        let empty = whole.iter().all(u8::is_ascii_whitespace);
        let body: &[u8] = if empty { b"null" } else { &whole };
        let page = PageFields::new(body).ok_or_else(|| decode("the page is not JSON"))?;
        let max_items = raw.limits.decoding(false).bytes / ITEM_BYTES;
        let items = page.items(self.facts.items, max_items);
        let items =
            items.ok_or_else(|| decode(&format!("the page has no list at {:?}", self.facts.items.join("."))))?;
        let items = items.map_err(|count| {
            decode(&format!(
                "the page has {count} items, and at most {max_items} are read (the client's `max_decoded_bytes`)"
            ))
        })?;
        let mut hasher = DefaultHasher::new();
        items.iter().for_each(|item| item.get().hash(&mut hasher));
        let hash = hasher.finish();
        // A server may return any page for a number beyond the end. A cursor can stay the same while the list moves on, so
        // that the same request gives other items.
        let is_repeated = self.position().is_some_and(|position| self.seen.contains(&position.hash()));
        if !items.is_empty() && self.last == Some(hash) && (self.is_by_number() || is_repeated) {
            let message = "the server returned the same page twice: the list would have no end";
            let mut error = self.draft.error(ErrorKind::Paging, message);
            error.response = Some(raw.clone());
            return Err(error);
        }
        let total = page.number(self.facts.total);
        let next = match self.next_position(&page, raw, &items, total) {
            // The server repeats the same cursor for pages that do not exist yet.
            Some(position) if items.is_empty() && self.position().as_ref() == Some(&position) => Next::End,
            Some(position) if self.seen.contains(&position.hash()) && self.position().as_ref() != Some(&position) => {
                Next::Broken(
                    "the server links to a page that it returned before: the list would have no end".to_owned(),
                )
            }
            Some(position) => Next::Page(position),
            None => Next::End,
        };
        let items =
            if empty { Vec::new() } else { items.iter().map(|item| whole.slice_ref(item.get().as_bytes())).collect() };
        let head = raw.with_body(Bytes::new());
        Ok(ReceivedPage { items, next, hash, total, head: Some(head) })
    }

    /// Advances to the step after a received page.
    pub(super) fn advance(&mut self, page: &mut ReceivedPage) {
        if let Next::Page(position) = &self.next {
            self.seen.insert(position.hash());
        }
        self.next = page.next.clone();
        self.last = Some(page.hash);
        self.head = page.head.take();
        self.total = page.total.or(self.total);
        self.items_so_far =
            self.items_so_far.and_then(|items| items.checked_add(u64::try_from(page.items.len()).ok()?));
        self.failures = 0;
        self.empty = if page.items.is_empty() { self.empty.saturating_add(1) } else { 0 };
        self.resumed = false;
    }

    /// Records that a page failed. The position does not change, but the number of failures is limited.
    pub(super) fn failed(&mut self, kind: ErrorKind) {
        self.failures += 1;
        if self.failures >= MAX_FAILURES || kind == ErrorKind::Paging {
            self.next = Next::End;
        }
    }

    /// Returns the location of the items in a page.
    pub(super) const fn items(&self) -> Path {
        self.facts.items
    }

    /// Returns `true` when the client computes the next offset or page number.
    const fn is_by_number(&self) -> bool {
        matches!(self.facts.step, Step::Offset { .. } | Step::Number { .. })
    }

    /// Returns the position of the page after a page, or `None` if it is the last.
    fn next_position(
        &self,
        page: &PageFields<'_>,
        raw: &RawResponse,
        items: &[&RawValue],
        total: Option<u64>,
    ) -> Option<Position> {
        let facts = self.facts;
        if page.flag(facts.more) == Some(false) || page.flag(facts.last) == Some(true) {
            return None;
        }
        // The end in the `Link` header is more reliable than a total, which can count items that the server does not return.
        let is_linked = matches!(self.next, Next::Page(Position::Url(_) | Position::Link(..)));
        if self.is_by_number() && (link::is_last(&raw.headers) || (is_linked && link::is_without_next(&raw.headers))) {
            return None;
        }
        let count = u64::try_from(items.len()).ok()?;
        match &facts.step {
            Step::Cursor { next, .. } => {
                let value = page.value(next)?;
                (value.is_string() || value.is_number()).then_some(Position::Value(value))
            }
            Step::LastItem { key, .. } => {
                let key = value(below(items.last()?, key)?)?;
                // If the page does not mark its end, only an empty page is the last.
                (key.is_string() || key.is_number()).then_some(Position::Value(key))
            }
            Step::Offset { location, first, own } => {
                let current = page.number(*own).or_else(|| self.current(*location)).unwrap_or(*first);
                let next = current.checked_add(count)?;
                let over = total.is_some_and(|total| next.saturating_sub(*first) >= total);
                (count > 0 && !over).then(|| self.next_by_number(*location, raw, current, next)).flatten()
            }
            Step::Number { location, first, own, pages } => {
                let current = page.number(*own).or_else(|| self.current(*location)).unwrap_or(*first);
                let next = current.checked_add(1)?;
                let over = page.number(*pages).is_some_and(|pages| next.saturating_sub(*first) >= pages);
                let all =
                    self.items_so_far.zip(total).is_some_and(|(items, total)| items.saturating_add(count) >= total);
                (count > 0 && !over && !all).then(|| self.next_by_number(*location, raw, current, next)).flatten()
            }
            Step::Url { next } => page.url(next).map(|url| Position::Url(self.url_for_token(&url))),
            Step::Link => link::next(&raw.headers).map(|url| Position::Url(self.url_for_token(&url))),
        }
    }

    /// Returns the position after a page of a list by number: the link to it if the server sends one, else the number.
    fn next_by_number(&self, location: PageLocation, raw: &RawResponse, current: u64, next: u64) -> Option<Position> {
        let PageLocation::Query(name) = location else { return Some(Position::Number(next)) };
        let link =
            link::next(&raw.headers).map(|url| self.url_for_token(&url)).filter(|url| self.is_on_own_origin(url));
        match link.map(|url| Position::of_link(url, name)) {
            // A link that leads back is wrong.
            Some(Position::Link(_, number)) if number <= current => Some(Position::Number(next)),
            Some(link) => Some(link),
            // A link by cursor led here, so that the number is not known.
            None if matches!(self.next, Next::Page(Position::Url(_))) => None,
            None => Some(Position::Number(next)),
        }
    }

    /// Returns true if a URL of the server is on the origin of the call.
    fn is_on_own_origin(&self, url: &str) -> bool {
        let Ok(call_url) = http_request::address(&self.draft, &[]) else { return false };
        uri::resolve(&call_url, url).is_some_and(|target| uri::same_origin(&call_url, &secured(&call_url, target)))
    }

    /// Returns a URL of the page without credentials, made absolute if it would have another target when resolved from the
    /// URL of the operation: a token is resolved from there.
    fn url_for_token(&self, url: &str) -> String {
        let url = self.without_credentials(url);
        self.absolute_if_needed(&url).map_or(url, |target| target.to_string())
    }

    /// Returns the target of a relative URL of the current page (RFC 3986, section 5.1.3), if the same URL has another
    /// target from the operation.
    fn absolute_if_needed(&self, url: &str) -> Option<Uri> {
        let Next::Page(Position::Url(current) | Position::Link(current, _)) = &self.next else { return None };
        let call_url = http_request::address(&self.draft, &[]).ok()?;
        let target = uri::resolve(&uri::resolve(&call_url, current)?, url)?;
        let same = uri::resolve(&call_url, url)
            .is_some_and(|other| secured(&call_url, other) == secured(&call_url, target.clone()));
        (!same).then_some(target)
    }

    /// Removes the credentials from a URL of a page, because a token may be stored.
    fn without_credentials(&self, url: &str) -> String {
        let needed = |name| self.draft.operation.security.iter().copied().flatten().any(|need| need.scheme == name);
        let own = self.draft.client.0.credentials.iter().map(|credential| credential.scheme);
        let secret = own.filter(|scheme| needed(scheme.name)).filter_map(|scheme| match scheme.kind {
            SchemeKind::Query(name) => Some(encode(name)),
            _ => None,
        });
        let secret: Vec<String> = secret.collect();
        let secret: Vec<&str> = secret.iter().map(String::as_str).collect();
        http_request::without(url, &secret).into_owned()
    }

    /// Returns the number of the requested page.
    fn current(&self, location: PageLocation) -> Option<u64> {
        match &self.next {
            Next::Page(Position::Number(number) | Position::Link(_, number)) => Some(*number),
            _ => number_from_caller(&self.draft, location),
        }
    }
}
