//! The responses of an operation, classified once: the successes and errors, the streams, the media types that differ,
//! and the type of each.

use super::DocumentedResponse;
use super::codec::{ResponseCodec, ResponseContext, best, row};
use super::media_kind::{self, MediaKind, acceptable};
use super::multipart_response::{self, ReceivedParts};
use super::outcome::{Outcome, TypedResponse, VariantDocs};
use super::response_docs;
use super::result_types::{ANY, ByResult, ENUM, PlannedResult, kinds, lock_value, split};
use super::sequence::items;
use super::status::{is_redirect, variant_name};
use super::status_range::{StatusRange, without};
use crate::api::{Media, Operation, Response, Sequence, Status, essence};
use crate::plan::docs;
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// The responses of an operation.
pub(super) struct Responses<'r> {
    types: &'r Types<'r>,
    list: Vec<Classified<'r>>,
    /// True if a redirect is the only documented success.
    pub(super) returns_redirects: bool,
    /// The types of multipart responses.
    pub(super) parts: Vec<ReceivedParts>,
}

/// A response.
struct Classified<'r> {
    response: &'r Response,
    /// True if it can be a success. `default` is a success, and an error, if no other is documented.
    is_success: bool,
    /// True if it can be an error.
    is_error: bool,
    /// Media types that are streams of values.
    streams: Vec<&'r Media>,
    /// The media types that are not streams: the one with the best type, then those with another type.
    unstreamed: Vec<UnstreamedMedia<'r>>,
}

/// A media type of a response, with its type and codec once they are known.
struct UnstreamedMedia<'r> {
    media: &'r Media,
    read: Option<(RustType, ResponseCodec)>,
}

impl<'r> Responses<'r> {
    /// Classifies the responses of an operation. Responses to HEAD and with some statuses have no bodies, whatever the
    /// description says (RFC 9110, sections 9.3.2, 15.3.5, 15.3.6 and 15.4.5).
    pub(super) fn of(operation: &'r Operation, types: &'r Types<'r>) -> Self {
        let any = |fits: fn(Status) -> bool| operation.responses.iter().any(|response| fits(response.status));
        let has_success = any(Status::is_success);
        let returns_redirects = any(is_redirect) && !has_success && !any(|status| status == Status::Default);
        let list = operation.responses.iter().map(|response| {
            let bodiless = operation.method == "HEAD" || matches!(response.status, Status::Exact(204 | 205 | 304));
            let media = if bodiless { &[][..] } else { &response.media[..] };
            let (streams, unstreamed): (Vec<_>, Vec<_>) = media.iter().partition(|media| media.sequence.is_some());
            let unstreamed = distinct(&unstreamed, types);
            let (is_success, is_error) = match response.status {
                Status::Default => (!has_success && !returns_redirects, true),
                status if returns_redirects && is_redirect(status) => (true, false),
                // A redirect that the client follows, or that has only a status.
                Status::Exact(300..=399) | Status::Range(3) => (false, !unstreamed.is_empty()),
                status => (status.is_success(), !status.is_success()),
            };
            Classified { response, is_success, is_error, streams, unstreamed }
        });
        Self { types, list: list.collect(), returns_redirects, parts: Vec::new() }
    }

    /// The first stream of the successes.
    pub(super) fn stream(&self) -> Option<(&'r Media, &'r Sequence)> {
        let streams = self.successes().flat_map(|known| &known.streams);
        let first = streams.copied().find(|media| media.name.is_ascii())?;
        Some((first, first.sequence.as_ref()?))
    }

    /// Returns true if every body of a success is a stream.
    pub(super) fn is_only_stream(&self) -> bool {
        self.successes().all(|known| known.unstreamed.is_empty())
    }

    /// The documented responses that can be something other than a success: errors, 304, and redirects.
    pub(super) fn others(&mut self) -> Vec<TypedResponse> {
        self.typed(|known| known.is_error || !known.is_success)
    }

    /// The successes without a body, except those that the lock leaves out, with their texts.
    pub(super) fn empty(&self, left_out: &[TypedResponse]) -> Vec<(Status, Option<&'r str>)> {
        let is_left_out = |status: Status| left_out.iter().any(|response| response.status == status);
        let empty = self.successes().filter(|known| known.unstreamed.is_empty() && known.streams.is_empty());
        let empty = empty.map(|known| known.response).filter(|response| !is_left_out(response.status));
        empty
            .map(|response| (response.status, response_docs::text(response.status, response.description.as_deref())))
            .collect()
    }

    /// The schema of a success whose body is bytes.
    pub(super) fn schema_of_bytes(&self) -> Option<RustType> {
        let mut media = self.successes().flat_map(|known| &known.unstreamed).map(|whole| whole.media);
        media.find_map(|media| media_kind::schema_of_bytes(media, self.types))
    }

    /// The responses with a status of a success.
    fn successes(&self) -> impl Iterator<Item = &Classified<'r>> {
        self.list.iter().filter(|known| known.is_success && !is_redirect(known.response.status))
    }

    /// Names the types of multipart responses.
    pub(super) fn name_parts(&mut self, scope: &mut Scope, stem: &str) {
        for known in &self.list {
            for UnstreamedMedia { media, .. } in &known.unstreamed {
                let is_multipart = MediaKind::of_name(&media.name) == MediaKind::Multipart;
                if is_multipart && ReceivedParts::find(&self.parts, media, self.types).is_none() {
                    let status = super::status::variant_name(known.response.status);
                    let names = [format!("{stem}ResponseParts"), format!("{stem}{status}ResponseParts")];
                    self.parts.extend(multipart_response::parts(media, self.types, || scope.claim_first(&names)));
                }
            }
        }
    }

    /// The value of `Accept`, without media types whose type the lock leaves out. The first media type of a success is preferred
    /// to other ones of successes, which a caller rarely wants.
    pub(super) fn accept(&self, left_out: &ByResult<Vec<TypedResponse>>) -> String {
        let mut names: Vec<String> = Vec::new();
        let is_left_out = |known: &Classified<'_>, whole: &UnstreamedMedia<'_>| {
            let media = Some(essence(&whole.media.name));
            left_out.all().any(|response| response.status == known.response.status && response.media == media)
        };
        let all = self.list.iter().flat_map(|known| known.unstreamed.iter().map(move |whole| (known, whole)));
        let mut weighted: Vec<String> = Vec::new();
        let mut has_success = false;
        for (known, whole) in all.filter(|(known, whole)| !is_left_out(known, whole)) {
            let name = acceptable(&whole.media.name);
            if !names.contains(&name) && name.is_ascii() {
                let weight = if known.is_success && has_success { ";q=0.9" } else { "" };
                // After a range, types keep the full weight: a weight would rank them below the range.
                has_success |= known.is_success && !name.contains('*');
                weighted.push(format!("{name}{weight}"));
                names.push(name);
            }
        }
        if weighted.is_empty() { "*/*".to_owned() } else { weighted.join(", ") }
    }

    /// The result of a success: empty if every success is a stream. Beside other successes, one that is only a stream has no
    /// part in the type. The lock decides the type if it has the operation.
    pub(super) fn success(&mut self, scope: &mut Scope, name: &str, locked: Option<&str>) -> PlannedResult {
        if self.is_only_stream() && self.stream().is_some() {
            let outcome = Outcome::One(RustType::Unit, ResponseCodec::EMPTY);
            return PlannedResult { outcome, lock_value: None, left_out: Vec::new() };
        }
        let responses =
            self.typed(|known| known.is_success && (known.streams.is_empty() || !known.unstreamed.is_empty()));
        // A success of any JSON has statuses in the lock: `any` is for errors.
        let locked = locked.filter(|locked| *locked != ANY);
        let (responses, left_out) = split(responses, locked, |kinds| one_success(kinds).is_some());
        let outcome = one_success(&kinds(responses.iter())).filter(|_| locked != Some(ENUM) || responses.is_empty());
        let outcome = outcome.unwrap_or_else(|| several(responses.clone(), scope, name));
        PlannedResult { lock_value: lock_value(&outcome, &responses), outcome, left_out }
    }

    /// The result of an error. The lock decides the type if it has the operation.
    pub(super) fn error(&mut self, scope: &mut Scope, name: &str, locked: Option<&str>) -> PlannedResult {
        let responses = self.typed(|known| known.is_error);
        let (responses, left_out) = split(responses, locked, |kinds| one_error(kinds).is_some());
        let outcome = one_error(&kinds(responses.iter())).filter(|_| locked != Some(ENUM) || responses.is_empty());
        let outcome = outcome.unwrap_or_else(|| several(responses.clone(), scope, name));
        let is_any = matches!(&outcome, Outcome::One(_, codec) if *codec == ResponseCodec::ANY);
        let lock_value = if is_any { Some(ANY.to_owned()) } else { lock_value(&outcome, &responses) };
        PlannedResult { lock_value, outcome, left_out }
    }

    /// The statuses of an error type that is not an enum. The bodies of other statuses are not read as if they were
    /// documented. Empty where the type is for every error.
    pub(super) fn error_statuses(&self, error: &PlannedResult) -> Vec<StatusRange> {
        let Outcome::One(_, codec) = &error.outcome else { return Vec::new() };
        let others = error.other_statuses();
        let errors = || self.list.iter().filter(|known| known.is_error).map(|known| known.response.status);
        let of_type = || errors().filter(|status| !others.contains(status));
        if *codec == ResponseCodec::ANY || (others.is_empty() && of_type().any(|status| status == Status::Default)) {
            return Vec::new();
        }
        if others.is_empty() { of_type().filter_map(StatusRange::of).collect() } else { without(of_type(), &others) }
    }

    /// The statuses of a success that does not have the type of the others.
    pub(super) fn other_successes(&self, success: &PlannedResult) -> Vec<StatusRange> {
        let others = success.other_statuses();
        let of_type = self.successes().map(|known| known.response.status).filter(|status| !others.contains(status));
        without(others.iter().copied(), &of_type.collect::<Vec<_>>())
    }

    /// Every documented response, once for each of its media types.
    pub(super) fn documented(&mut self) -> Vec<DocumentedResponse> {
        let mut found = Vec::new();
        for known in &mut self.list {
            let status = known.response.status;
            for whole in &mut known.unstreamed {
                let ty = whole.read(self.types, &self.parts).0;
                found.push(DocumentedResponse { status, media: Some(whole.media.name.clone()), ty });
            }
            for media in &known.streams {
                let Some(sequence) = &media.sequence else { continue };
                let (_, item, kinds) = items(sequence, self.types, String::new);
                // The description of the stream has the types of events with different names.
                let ty = if kinds.is_empty() { item } else { RustType::String };
                found.push(DocumentedResponse { status, media: Some(media.name.clone()), ty });
            }
            if known.unstreamed.is_empty() && known.streams.is_empty() {
                found.push(DocumentedResponse { status, media: None, ty: RustType::Unit });
            }
        }
        found
    }

    /// The types of the bodies of all responses that fit.
    fn typed(&mut self, fits: impl Fn(&Classified<'_>) -> bool) -> Vec<TypedResponse> {
        let mut responses = Vec::new();
        for known in self.list.iter_mut().filter(|known| fits(known)) {
            let (status, stem) = (known.response.status, variant_name(known.response.status));
            let before = responses.len();
            if known.unstreamed.is_empty() {
                let (ty, codec) = (RustType::Unit, ResponseCodec::EMPTY);
                let docs = VariantDocs::default();
                responses.push(TypedResponse { status, media: None, variant: stem.clone(), ty, codec, docs });
            }
            for (index, whole) in known.unstreamed.iter_mut().enumerate() {
                let (ty, codec) = whole.read(self.types, &self.parts);
                let essence = essence(&whole.media.name);
                // The first variant is also for media types that the description lacks.
                let variant = if index == 0 { stem.clone() } else { format!("{stem}{}", variant(&essence)) };
                let (media, docs) = ((index > 0).then_some(essence), VariantDocs::default());
                responses.push(TypedResponse { status, media, variant, ty, codec, docs });
            }
            let text = response_docs::text(status, known.response.description.as_deref());
            let schemas: Vec<Option<RustType>> =
                known.unstreamed.iter().map(|whole| media_kind::schema_of_bytes(whole.media, self.types)).collect();
            for (index, response) in responses.iter_mut().skip(before).enumerate() {
                let mut lines = response_docs::variant(response, text);
                let schema = schemas.get(index).and_then(Option::as_ref);
                docs::add_notes(&mut lines, schema.map(response_docs::bytes_of));
                response.docs = VariantDocs(lines);
            }
        }
        responses
    }
}

impl UnstreamedMedia<'_> {
    /// The type and the codec. Decided on first use, since that numbers the tables of XML.
    fn read(&mut self, types: &Types<'_>, parts: &[ReceivedParts]) -> (RustType, ResponseCodec) {
        let read = self.read.get_or_insert_with(|| {
            let ty = self.media.schema.map(|schema| types.nullable_type(schema));
            let context = ResponseContext { media: self.media, ty, types, parts };
            (row(MediaKind::of(self.media, types)).response)(&context)
        });
        read.clone()
    }
}

/// The media type with the best type, and those with another type.
fn distinct<'r>(all: &[&'r Media], types: &Types<'_>) -> Vec<UnstreamedMedia<'r>> {
    let type_of = |media: &Media| media.schema.map(|schema| types.nullable_type(schema));
    let mut found: Vec<&Media> = best(all.iter().copied(), types).into_iter().collect();
    for media in all {
        // Media types without a schema cannot differ.
        if type_of(media).is_some()
            && found.iter().all(|known| type_of(known) != type_of(media) && known.name != media.name)
        {
            found.push(media);
        }
    }
    found.into_iter().map(|media| UnstreamedMedia { media, read: None }).collect()
}

/// The result if every success has one type.
fn one_success(kinds: &[(RustType, ResponseCodec)]) -> Option<Outcome> {
    Some(match kinds {
        [] => Outcome::One(RustType::Unit, ResponseCodec::EMPTY),
        // A value that may be null may also be absent.
        [(RustType::Option(ty), json)] if *json == ResponseCodec::JSON => {
            Outcome::One((**ty).clone(), ResponseCodec::JSON_OR_EMPTY)
        }
        [(ty, codec)] => Outcome::One(ty.clone(), codec.clone()),
        [(ty, json), (_, empty)] | [(_, empty), (ty, json)]
            if *json == ResponseCodec::JSON && *empty == ResponseCodec::EMPTY =>
        {
            Outcome::One(ty.clone(), ResponseCodec::JSON_OR_EMPTY)
        }
        _ => return None,
    })
}

/// The result if every error has one type.
fn one_error(kinds: &[(RustType, ResponseCodec)]) -> Option<Outcome> {
    Some(match kinds {
        [] => Outcome::One(RustType::Json, ResponseCodec::ANY),
        [(_, codec)] if *codec == ResponseCodec::EMPTY => Outcome::One(RustType::Json, ResponseCodec::ANY),
        [(ty, codec)] => Outcome::One(ty.clone(), codec.clone()),
        _ => return None,
    })
}

/// An enum by status.
fn several(mut responses: Vec<TypedResponse>, scope: &mut Scope, name: &str) -> Outcome {
    // Exact, then range, then default; a media type before the rest: the order of precedence.
    responses.sort_by_key(|response| {
        let status = match response.status {
            Status::Exact(status) => (0, status),
            Status::Range(range) => (1, u16::from(range)),
            Status::Default => (2, 0),
        };
        (status, response.media.is_none())
    });
    responses.dedup_by(|one, other| one.status == other.status && one.media == other.media);
    let mut variants = Scope::default();
    for response in &mut responses {
        response.variant = variants.claim(&response.variant);
    }
    Outcome::Several { name: scope.claim(name), responses }
}
