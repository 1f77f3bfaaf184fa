//! Pagination by convention: a parameter and a property with the usual names and with fitting types. In case of doubt
//! there is no pagination, since a wrong guess would lose items.

use super::ApiLookup;
use super::candidates::{PageProperty, normalized, spots};
use super::takers::{QueryInput, takers};
use crate::api::{Operation, PageLocation, Paging, Scalar, Shape, Source, Step};

/// Properties with the next cursor, and the parameters for it.
const CURSORS: [(&str, &[&str]); 15] = [
    ("nextpagetoken", &["pagetoken", "nextpagetoken"]),
    ("nexttoken", &["nexttoken", "pagetoken", "paginationtoken"]),
    ("nextpaginationtoken", &["paginationtoken", "nextpaginationtoken"]),
    ("nextcursor", &["cursor", "nextcursor", "pagecursor", "after", "pageafter"]),
    ("nextpagecursor", &["cursor", "pagecursor", "pagetoken"]),
    ("nextmarker", &["marker", "nextmarker"]),
    ("nextpage", &["pagetoken", "page", "pagenumber", "nextpage", "cursor"]),
    ("nextpagenumber", &["page", "pagenumber"]),
    ("nextoffset", &["offset"]),
    ("continuationtoken", &["continuationtoken"]),
    ("nextcontinuationtoken", &["continuationtoken"]),
    ("endcursor", &["after", "cursor", "pageafter"]),
    ("continue", &["continue"]),
    ("bookmark", &["bookmark"]),
    ("next", &["cursor", "nextcursor", "pagecursor"]),
];

/// Properties with the next cursor inside pagination objects only. Elsewhere these names have other meanings.
const HELD_CURSORS: [(&str, &[&str]); 3] = [
    ("after", &["after", "pageafter", "pagecursor", "cursor"]),
    ("cursor", &["cursor", "pagecursor"]),
    ("next", &["cursor", "nextcursor", "pagecursor", "after", "pageafter", "pagetoken"]),
];

const CURSOR_HOLDERS: [&str; 8] =
    ["paging", "pagination", "page", "cursor", "cursors", "pageinfo", "responsemetadata", "paginationmeta"];

/// Properties with the next address.
const URLS: [&str; 7] =
    ["nexturl", "nextpageurl", "nextpageuri", "nexthref", "nextlink", "odatanextlink", "nextpagelink"];

const OFFSETS: [&str; 6] = ["offset", "skip", "pageoffset", "startat", "skipcount", "startindex"];
const NUMBERS: [&str; 6] = ["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];
const SIZES: [&str; 19] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "count",
    "pagelimit",
    "maxresults",
    "resultsperpage",
    "itemsperpage",
    "top",
    "take",
    "rows",
    "maxpagesize",
    "pagelen",
    "maxitems",
    "maxresultcount",
    "pageperpage",
    "max",
    "num",
];

const TOTALS: [&str; 10] = [
    "total",
    "totalcount",
    "totalresults",
    "totalrecords",
    "totalitems",
    "totalentries",
    "totalelements",
    "totalhits",
    "totalsize",
    "totalmatching",
];
const MORE: [&str; 7] = ["hasmore", "hasnext", "hasnextpage", "more", "hasmoreitems", "hasmoreresults", "istruncated"];
const LAST: [&str; 3] = ["islast", "last", "islastpage"];

/// The search for parameters and properties with the usual names of pagination.
struct ConventionSearch<'a> {
    view: ApiLookup<'a>,
    operation: &'a Operation,
    takers: Vec<QueryInput<'a>>,
    spots: Vec<PageProperty>,
}

/// The pagination of an operation by its names, if it is one that lists items.
pub(super) fn find<'a>(view: &ApiLookup<'a>, operation: &'a Operation) -> Option<Paging> {
    if operation.method != "GET" {
        return None;
    }
    let page = view.page(operation)?;
    let (items, item) = view.items(page)?;
    let mut takers = takers(view, operation);
    takers.retain(|taker| !taker.deprecated);
    let search = ConventionSearch { view: *view, operation, takers, spots: spots(view, page, &items) };
    let step = search
        .cursor()
        .or_else(|| search.url())
        .or_else(|| search.link())
        .or_else(|| search.last_item(item))
        .or_else(|| search.offset())
        .or_else(|| search.number())?;
    let [total, more, last] = search.ends();
    let size = size(view, operation);
    Some(Paging { step, items, item, total, more, last, size, source: Source::Convention })
}

/// The query parameter for the number of items on a page.
pub(super) fn size(view: &ApiLookup<'_>, operation: &Operation) -> Option<String> {
    let takers = takers(view, operation);
    let is_size = |taker: &&QueryInput<'_>| {
        !taker.deprecated && view.is_numeric(taker.schema) && SIZES.contains(&normalized(taker.name).as_str())
    };
    takers.iter().find(is_size).map(|taker| taker.name.to_owned())
}

/// Paths of the number of items, of the flag that more follow, and of the flag of the last page.
pub(super) fn ends<'a>(
    view: &ApiLookup<'a>,
    operation: &'a Operation,
    spots: Vec<PageProperty>,
) -> [Option<Vec<String>>; 3] {
    ConventionSearch { view: *view, operation, takers: Vec::new(), spots }.ends()
}

impl ConventionSearch<'_> {
    fn ends(&self) -> [Option<Vec<String>>; 3] {
        let flag = |names: &[&str]| self.spot(names, |view, spot| view.is_bool(spot.schema));
        let total = self.spot(&TOTALS, |view, spot| view.is_numeric(spot.schema)).or_else(|| {
            // A list with the addresses of its neighbours counts all items.
            let neighbours = ["next", "previous"].iter().all(|name| self.top(name).is_some());
            self.top("count").filter(|count| neighbours && self.view.is_numeric(count.schema))
        });
        let path = |spot: Option<&PageProperty>| spot.map(|spot| spot.path.clone());
        [total, flag(&MORE), flag(&LAST)].map(path)
    }

    /// The first property with one of these names that fits.
    fn spot(&self, names: &[&str], fits: impl Fn(&ApiLookup<'_>, &PageProperty) -> bool) -> Option<&PageProperty> {
        self.spots.iter().find(|spot| names.contains(&spot.name.as_str()) && fits(&self.view, spot))
    }

    fn top(&self, name: &str) -> Option<&PageProperty> {
        self.spots.iter().find(|spot| spot.path.len() == 1 && spot.name == name)
    }

    fn parameter(&self, names: &[&str]) -> Option<&QueryInput<'_>> {
        self.takers.iter().find(|taker| names.contains(&normalized(taker.name).as_str()))
    }

    /// Returns true if pages are like those of Spring, which count from 0.
    fn is_spring(&self) -> bool {
        ["totalpages", "totalelements", "number", "size"].iter().all(|name| self.spot(&[name], |_, _| true).is_some())
    }

    /// A cursor in the response, and the parameter that takes it.
    fn cursor(&self) -> Option<Step> {
        let pair = |spot: &PageProperty, table: &[(&str, &[&str])]| {
            let (_, takers) = table.iter().find(|(name, _)| *name == spot.name)?;
            let parameter = self.parameter(takers)?;
            let both = [parameter.schema, spot.schema];
            let fits = both.iter().all(|id| self.view.is_text(*id)) || both.iter().all(|id| self.view.is_numeric(*id));
            let address = self.view.is_uri(spot.schema);
            (fits && !address).then(|| Step::Cursor { location: query(parameter), next: spot.path.clone() })
        };
        let held = |spot: &&PageProperty| CURSOR_HOLDERS.contains(&spot.holder.as_str());
        let named = self.spots.iter().find_map(|spot| pair(spot, &CURSORS));
        let named = named.or_else(|| self.spots.iter().filter(held).find_map(|spot| pair(spot, &HELD_CURSORS)));
        // It is unknown which of two ways to the next page the server takes.
        let named = named.filter(|_| self.offset_own().is_none());
        named.or_else(|| {
            // The key of the last item as a property of the page, with a flag for more pages.
            let spot = self.spot(&["lastid"], |view, spot| view.is_text(spot.schema))?;
            let more = self.spot(&MORE, |view, spot| view.is_bool(spot.schema));
            let parameter = self.parameter(&["after", "afterid", "startingafter"])?;
            more.map(|_| Step::Cursor { location: query(parameter), next: spot.path.clone() })
        })
    }

    /// The number of the first item as a property of the page, and a parameter with one of the same names.
    fn offset_own(&self) -> Option<&PageProperty> {
        self.parameter(&OFFSETS)?;
        self.spot(&OFFSETS, |view, spot| view.is_numeric(spot.schema))
    }

    /// The URL of the next page in the response.
    fn url(&self) -> Option<Step> {
        let named = self.spot(&URLS, |view, spot| view.is_text(spot.schema));
        let named = named.or_else(|| self.spot(&["next", "nextpage"], |view, spot| view.is_uri(spot.schema)));
        let named = named.or_else(|| {
            self.spot(&["next"], |view, spot| {
                let links = matches!(spot.holder.as_str(), "links" | "pages") && view.is_link(spot.schema);
                let neighbours = spot.path.len() == 1
                    && view.is_text(spot.schema)
                    && ["previous", "prev"].iter().any(|name| self.top(name).is_some());
                links || neighbours
            })
        });
        named.map(|spot| Step::Url { next: spot.path.clone() })
    }

    /// The header `Link`: a documented one, or one that the documentation of another header or of a cursor names.
    fn link(&self) -> Option<Step> {
        let successes = self.operation.responses.iter().filter(|response| response.status.is_success());
        let in_headers = successes.flat_map(|response| &response.headers).any(|header| {
            header.name.eq_ignore_ascii_case("link") || header.description.as_deref().is_some_and(names_link)
        });
        let is_cursor =
            |taker: &&QueryInput<'_>| ["before", "after", "cursor"].contains(&normalized(taker.name).as_str());
        let has_links =
            in_headers || self.takers.iter().filter(is_cursor).any(|taker| taker.description.is_some_and(names_link));
        let cursors = ["after", "cursor", "since", "pagetoken", "pagecursor"];
        let pages = self.parameter(&NUMBERS).or_else(|| self.parameter(&OFFSETS)).or_else(|| self.parameter(&SIZES));
        (has_links && pages.or_else(|| self.parameter(&cursors)).is_some()).then_some(Step::Link)
    }

    fn last_item(&self, item: crate::api::SchemaId) -> Option<Step> {
        let parameter = self.parameter(&["startingafter", "afterid"])?;
        self.spot(&["hasmore"], |view, spot| view.is_bool(spot.schema))?;
        let id = self.view.properties(item).iter().find(|property| property.name == "id" && property.required)?;
        let fits = self.view.is_text(id.schema) && self.view.is_text(parameter.schema);
        fits.then(|| Step::LastItem { location: query(parameter), key: vec!["id".to_owned()] })
    }

    fn offset(&self) -> Option<Step> {
        self.parameter(&SIZES)?;
        let response_offset = self
            .spot(&OFFSETS, |view, spot| view.is_numeric(spot.schema))
            .or_else(|| self.spot(&["start"], |view, spot| view.is_numeric(spot.schema)));
        let total = self.spot(&TOTALS, |view, spot| view.is_numeric(spot.schema));
        // "Start" may also be a time.
        let parameter = self.parameter(&OFFSETS).or_else(|| self.parameter(&["start"]).filter(|_| total.is_some()))?;
        let (first, integer) =
            self.first(parameter, if normalized(parameter.name) == "startindex" { None } else { Some(0) });
        let step = |first| Step::Offset {
            location: query(parameter),
            first,
            response_offset: response_offset.map(|spot| spot.path.clone()),
        };
        integer.then_some(first?).map(step)
    }

    /// A parameter with the number of the page.
    fn number(&self) -> Option<Step> {
        let parameter = self.parameter(&NUMBERS)?;
        let integer = |view: &ApiLookup<'_>, spot: &PageProperty| view.is_numeric(spot.schema);
        let pages = self.spot(&["totalpages", "pages", "pagetotal", "numpages", "totalpagecount"], integer);
        let total = self.spot(&TOTALS, integer);
        if self.parameter(&SIZES).is_none() && pages.is_none() && total.is_none() {
            return None;
        }
        let spring = self.is_spring();
        let (first, fits) = self.first(parameter, Some(u64::from(!spring)));
        let response_page = self.spot(&NUMBERS, integer).or_else(|| self.spot(&["number"], integer).filter(|_| spring));
        let path = |spot: Option<&PageProperty>| spot.map(|spot| spot.path.clone());
        let step = |first| Step::Number {
            location: query(parameter),
            first,
            response_page: path(response_page),
            pages: path(pages),
        };
        fits.then_some(first?).map(step)
    }

    /// The first number of a parameter: its default, its minimum, or the usual value. The flag is true if the parameter
    /// takes numbers.
    fn first(&self, parameter: &QueryInput<'_>, usual: Option<u64>) -> (Option<u64>, bool) {
        let Some(schema) = self.view.schema(parameter.schema) else { return (None, false) };
        let Shape::Scalar(Scalar::Integer { minimum, .. }) = &schema.shape else {
            return (usual, matches!(schema.shape, Shape::Scalar(Scalar::Float(_))));
        };
        let low = |number: u64| (number < 2).then_some(number);
        let default = schema.default.as_ref().and_then(serde_json::Value::as_u64).and_then(low);
        let minimum = minimum.and_then(|minimum| u64::try_from(minimum).ok()).and_then(low);
        let description = parameter.description.unwrap_or_default().to_lowercase();
        let zero =
            ["0-based", "zero-based", "zero based", "starts at 0", "starting at 0", "starting from 0", "0-indexed"];
        let zero = zero.iter().any(|words| description.contains(words)).then_some(0);
        (default.or(zero).or(minimum).or(usual), true)
    }
}

/// Returns true for a text that names the header `Link`.
fn names_link(text: &str) -> bool {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.windows(2).any(
        |pair| matches!(pair, [one, other] if one == "link" && is_header(other) || is_header(one) && other == "link"),
    )
}

fn is_header(word: &str) -> bool {
    matches!(word, "header" | "headers")
}

fn query(parameter: &QueryInput<'_>) -> PageLocation {
    PageLocation::Query(parameter.name.to_owned())
}

/// The first number of a page parameter, where the description states it.
pub(super) fn first<'a>(view: &ApiLookup<'a>, operation: &'a Operation, name: &str) -> Option<u64> {
    let takers = takers(view, operation);
    let taker = takers.iter().find(|taker| taker.name == name)?;
    ConventionSearch { view: *view, operation, takers: Vec::new(), spots: Vec::new() }.first(taker, None).0
}
