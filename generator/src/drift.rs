//! Compares recorded traffic with a description: the fields, enum values, statuses and media types of real responses
//! that the description does not have. The entry point is [`compare`].

mod count;
mod exchange;
mod finding;
mod inferred;
mod proposal;
mod recording;
pub mod render;
mod schema_node;
mod tally;

pub use crate::pipeline::Unreadable;
pub use count::{Count, CountKind};
pub use exchange::{Body, Exchange, Unread};
pub use finding::{Finding, Kind};
pub use recording::{Recording, RecordingError};
pub use tally::MAX_FINDINGS;

use crate::api::{Api, Media, Operation, Response, SchemaId, covers_media, essence};
use crate::config::Config;
use crate::diagnostic::SourceMap;
use crate::pipeline::{self, Meaning};
use crate::resolve::Document;
use crate::source::files::Files;
use crate::validation::{Direction, Keywords, Routes, Validator};
use schema_node::PlaceLookup;
use std::collections::BTreeSet;
use std::path::Path;
use tally::{Occurrences, Tally};

/// The result of a comparison.
#[derive(Debug)]
pub struct Drift {
    /// The sources to which the findings refer.
    pub sources: SourceMap,
    /// Differences, by kind and then the most frequent first.
    pub findings: Vec<Finding>,
    /// The amounts of traffic.
    pub counts: Counts,
    proposal: String,
}

/// Amounts of traffic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Responses that were compared with an operation.
    pub responses: usize,
    /// Operations with at least one response.
    pub operations: usize,
    /// Exchanges whose address and method belong to no operation, and counts of other operations.
    pub unmatched: usize,
    /// Counts whose place the schema of the response does not have.
    pub unplaced: usize,
    /// Bodies and lines that were not read.
    pub unread: Unread,
    /// Bodies that were compared only in part, because they need more than a million steps or nest deeper than 200 levels.
    pub too_large: usize,
    /// Occurrences of differences beyond [`MAX_FINDINGS`] different ones.
    pub overflow: u64,
}

impl Drift {
    /// An overlay (Overlay Specification 1.0, YAML) that adds what the findings name to the description. `None` when no
    /// finding has a proposal.
    #[must_use]
    pub fn proposal(&self) -> Option<&str> {
        Some(self.proposal.as_str()).filter(|proposal| !proposal.is_empty())
    }
}

/// Compares the responses of recordings with a description. Parts that the settings leave out are compared too.
///
/// # Errors
/// Returns the findings when the description has errors.
pub fn compare(
    entry: &Path,
    files: &dyn Files,
    config: &Config,
    recordings: &[Recording],
) -> Result<Drift, Box<Unreadable>> {
    let Meaning { sources, document, api } = pipeline::meaning(entry, files, config)?;
    let mut traffic = Traffic::new(&document, &api);
    for recording in recordings {
        traffic.counts.unread.add(&recording.unread);
        recording.exchanges.iter().for_each(|exchange| traffic.add(exchange));
        recording.counts.iter().for_each(|count| traffic.add_count(count));
    }
    Ok(traffic.into_drift(sources))
}

/// The traffic that was compared so far.
struct Traffic<'a> {
    api: &'a Api,
    places: PlaceLookup<'a>,
    keywords: Keywords,
    routes: Routes,
    seen: BTreeSet<usize>,
    tally: Tally,
    counts: Counts,
}

impl<'a> Traffic<'a> {
    fn new(document: &'a Document, api: &'a Api) -> Self {
        let places = PlaceLookup::new(document, api);
        let (keywords, routes) = (Keywords::new(document, api), Routes::new(api));
        let tally = Tally::default();
        Self { api, places, keywords, routes, seen: BTreeSet::new(), tally, counts: Counts::default() }
    }

    fn add(&mut self, exchange: &Exchange) {
        let Some(index) = self.routes.find(&exchange.method, &exchange.url) else {
            self.counts.unmatched += 1;
            return;
        };
        let Some(operation) = self.api.operations.get(index) else { return };
        self.seen.insert(index);
        self.counts.responses += 1;
        self.counts.unread.add(&exchange.unread());
        let occurrences = Occurrences { operation, count: 1 };
        let Some(schema) = self.documented_schema(occurrences, exchange) else { return };
        if let Body::Json(value) = &exchange.body {
            let mut validator = Validator::new(self.api, &self.keywords, Direction::Response);
            validator.compare(schema, value);
            self.counts.too_large += usize::from(validator.is_cut());
            for difference in validator.found {
                self.tally.difference(&self.places, occurrences, &difference);
            }
        }
    }

    /// Adds what a running program counted.
    fn add_count(&mut self, count: &Count) {
        let is_counted = |one: &Operation| one.path == count.path && one.method.eq_ignore_ascii_case(&count.method);
        let found = self.api.operations.iter().enumerate().find(|(_, operation)| is_counted(operation));
        let Some((index, operation)) = found else {
            self.counts.unmatched += 1;
            return;
        };
        self.seen.insert(index);
        let occurrences = Occurrences { operation, count: count.count };
        let (method, url) = (count.method.clone(), count.path.clone());
        let (status, media_type) = (count.status, count.media_type.clone());
        let exchange = Exchange { method, url, status, media_type, body: Body::Cut };
        if count.kind == CountKind::Response {
            self.counts.responses += usize::try_from(count.count).unwrap_or(usize::MAX);
            self.documented_schema(occurrences, &exchange);
            return;
        }
        // The status and the media type are in a count of their own.
        let known = operation.response(status).and_then(|response| media_of(response, &exchange));
        let Some(schema) = known.and_then(|known| known.schema) else { return };
        match count.differences(self.api, &self.keywords, schema) {
            Some(found) => found.iter().for_each(|one| self.tally.difference(&self.places, occurrences, one)),
            None => self.counts.unplaced += 1,
        }
    }

    /// Reports a status or media type that is not documented. Otherwise returns the schema of the body.
    fn documented_schema(&mut self, occurrences: Occurrences<'_>, exchange: &Exchange) -> Option<SchemaId> {
        // A cache gets 304, which the standard of HTTP defines for every GET.
        if exchange.status == 304 {
            return None;
        }
        let Some(response) = occurrences.operation.response(exchange.status) else {
            self.tally.status(&self.places, occurrences, exchange);
            return None;
        };
        let media = essence(&exchange.media_type);
        if media.is_empty() || exchange.body == Body::Empty {
            return None;
        }
        let Some(known) = media_of(response, exchange) else {
            self.tally.media_type(&self.places, occurrences, response, &media, exchange);
            return None;
        };
        known.schema.filter(|_| known.sequence.is_none())
    }

    /// The result of the comparison.
    fn into_drift(mut self, sources: SourceMap) -> Drift {
        self.counts.operations = self.seen.len();
        self.counts.overflow = self.tally.overflow;
        let (findings, proposal) = self.tally.into_findings(&self.places);
        Drift { sources, findings, counts: self.counts, proposal }
    }
}

/// The documented body of an exchange.
fn media_of<'r>(response: &'r Response, exchange: &Exchange) -> Option<&'r Media> {
    response.media.iter().find(|known| covers_media(&known.name, &exchange.media_type))
}
