//! Media types: how bodies are written and answers are read.

use super::body::{Form, is_binary, table, written};
use super::{Case, Outcome, Received, statuses, stream};
use crate::api::{Media, Response, SchemaId, Shape, Status};
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

/// How bodies of a media type are written.
pub(super) fn form_of(media: &str) -> Form {
    let essence = media.split(';').next().unwrap_or_default().trim().to_lowercase();
    match essence.as_str() {
        "application/json" | "*/*" | "application/*" => Form::Json,
        json if json.ends_with("+json") || json.ends_with("/json") => Form::Json,
        "application/x-www-form-urlencoded" => Form::Form,
        "application/xml" | "text/xml" => Form::Xml,
        xml if xml.ends_with("+xml") && !xml.starts_with("image/") => Form::Xml,
        multipart if multipart.starts_with("multipart/") => Form::Multipart,
        text if text.starts_with("text/") && text != "text/event-stream" => Form::Text,
        _ => Form::Bytes,
    }
}

/// The alternative that has the best type.
pub(super) fn best<'m>(media: &'m [Media], types: &Types<'_>) -> Option<&'m Media> {
    let rank = |media: &&Media| match written(media, types) {
        Form::Json if !media.name.contains('*') && !is_misfit_patch(media, types) => 0,
        Form::Form | Form::Styled(_) => 1,
        Form::Multipart | Form::Values => 2,
        Form::Json | Form::Lines | Form::Texts | Form::Events | Form::PartFeed => 3,
        Form::Xml | Form::Table(_) => 4,
        Form::Text => 5,
        Form::Bytes | Form::Empty | Form::Any | Form::Perhaps => 6,
    };
    media.iter().min_by_key(rank)
}

/// Whether the media type is JSON Patch and the schema no list of its operations (RFC 6902, section 3): Kubernetes has one schema
/// for all its kinds of patches, of which the object is a merge patch.
fn is_misfit_patch(media: &Media, types: &Types<'_>) -> bool {
    let list = || media.schema.is_some_and(|schema| matches!(types.item(schema), RustType::List(_) | RustType::Json));
    media.name.eq_ignore_ascii_case("application/json-patch+json") && !list()
}

pub(super) fn accept(responses: &[Response], types: &Types<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for media in responses.iter().flat_map(|response| distinct(response, types)) {
        let name = acceptable(&media.name);
        if !names.contains(&name) && name.is_ascii() {
            names.push(name);
        }
    }
    if names.is_empty() { "*/*".to_owned() } else { names.join(", ") }
}

/// The media type as it is asked for: `charset` says how a text is written and is no part of what is understood (RFC 9110,
/// section 12.5.2).
pub(super) fn acceptable(media: &str) -> String {
    let charset =
        |parameter: &&str| parameter.split('=').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("charset"));
    let mut parts = media.split(';');
    let essence = parts.next().unwrap_or_default().trim_end();
    let rest: String = parts.filter(|parameter| !charset(parameter)).map(|parameter| format!(";{parameter}")).collect();
    format!("{essence}{rest}")
}

/// The media type with the best type, and those that mean something else than it.
pub(super) fn distinct<'r>(response: &'r Response, types: &Types<'_>) -> Vec<&'r Media> {
    let Some(first) = best(&response.media, types) else { return Vec::new() };
    let of = |media: &Media| media.schema.map(|schema| types.item(schema));
    let mut found = vec![first];
    for media in &response.media {
        // Without a schema there is nothing that could differ.
        if of(media).is_some() && found.iter().all(|known| of(known) != of(media) && known.name != media.name) {
            found.push(media);
        }
    }
    found
}

fn read(media: &Media, types: &Types<'_>, received: &Received) -> (RustType, Form) {
    let schema = media.schema.map(|schema| types.item(schema));
    match (written(media, types), schema) {
        (Form::Json, Some(RustType::Json)) | (Form::Json, None) => (RustType::Json, Form::Any),
        (Form::Json, Some(RustType::Text)) if media.name.contains('*') => (RustType::Text, Form::Text),
        (Form::Json, Some(ty)) => (ty, Form::Json),
        (Form::Xml, Some(ty)) if !matches!(ty, RustType::Json | RustType::Text) => (ty, table(media, types)),
        (Form::Xml, Some(RustType::Text)) => (RustType::Text, Form::Text),
        (Form::Text, _) => (RustType::Text, Form::Text),
        (Form::Form, Some(ty @ (RustType::Model { .. } | RustType::Map(_)))) => {
            (ty, received.form(media).map_or(Form::Form, Form::Styled))
        }
        (Form::Form, Some(RustType::Text)) => (RustType::Text, Form::Text),
        (Form::Multipart, Some(ty)) => in_parts(media, ty, types, received),
        (
            Form::Form
            | Form::Styled(_)
            | Form::Xml
            | Form::Table(_)
            | Form::Multipart
            | Form::Values
            | Form::Lines
            | Form::Texts
            | Form::Events
            | Form::PartFeed
            | Form::Bytes
            | Form::Empty
            | Form::Any
            | Form::Perhaps,
            _,
        ) => (RustType::Bytes, Form::Bytes),
    }
}

/// What an answer in parts is read as: a type of its own, its values, or its parts as they came.
fn in_parts(media: &Media, ty: RustType, types: &Types<'_>, received: &Received) -> (RustType, Form) {
    if let Some(parts) = received.type_of(media) {
        return (RustType::Model { name: parts.name.clone(), class: Class::Outcome }, Form::Multipart);
    }
    let list = media.schema.and_then(|schema| types.schema(types.last(schema).0)).map(|schema| &schema.shape);
    let typed = |item: SchemaId| !is_binary(item, types) && types.item(item) != RustType::Json;
    match (list, ty) {
        // Who calls the whole a text or bytes wants it as it came.
        (Some(Shape::Scalar(_)), _) => (RustType::Bytes, Form::Bytes),
        (Some(Shape::List(item)), ty) if typed(*item) => (ty, Form::Values),
        (_, _) => (RustType::List(Box::new(RustType::Part)), Form::Multipart),
    }
}

/// What each answer is read as.
pub(super) fn answers(
    responses: &[Response],
    whole: &[Response],
    types: &Types<'_>,
    received: &Received,
) -> Vec<(Status, Option<String>, RustType)> {
    let answer = |(all, response): (&Response, &Response)| {
        let media = distinct(response, types);
        let none = all.media.is_empty().then_some((response.status, None, RustType::Unit));
        let typed =
            media.iter().map(|media| (response.status, Some(media.name.clone()), read(media, types, received).0));
        typed.chain(stream::answers(all, types)).chain(none).collect::<Vec<_>>()
    };
    responses.iter().zip(whole).flat_map(answer).collect()
}

/// What the variant of a status is called.
pub(super) fn stem(status: Status) -> String {
    match status {
        Status::Exact(status) => format!("Status{status}"),
        Status::Range(range) => format!("Status{range}xx"),
        Status::Default => "Default".to_owned(),
    }
}

/// Whether a redirect is the only success that the document knows.
pub(super) fn is_redirect(responses: &[Response]) -> bool {
    let known = |what: fn(Status) -> bool| responses.iter().any(|response| what(response.status));
    known(redirects) && !known(|status| succeeds(status) || status == Status::Default)
}

pub(super) fn succeeds(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

/// 304 says that the caller has the answer already.
fn redirects(status: Status) -> bool {
    matches!(status, Status::Exact(300..=303 | 305..=399) | Status::Range(3))
}

/// The cases of one status: the first is the one without a media type of its own.
fn cases(response: &Response, types: &Types<'_>, received: &Received) -> Vec<Case> {
    let stem = stem(response.status);
    let media = distinct(response, types);
    if media.is_empty() {
        let (ty, form) = (RustType::Unit, Form::Empty);
        return vec![Case { status: response.status, media: None, variant: stem, ty, form }];
    }
    let case = |(index, media): (usize, &&Media)| {
        let (ty, form) = read(media, types, received);
        let essence = media.name.split(';').next().unwrap_or_default().trim().to_lowercase();
        let variant = if index == 0 { stem.clone() } else { format!("{stem}{}", variant(&essence)) };
        Case { status: response.status, media: (index > 0).then_some(essence), variant, ty, form }
    };
    media.iter().enumerate().map(case).collect()
}

/// The statuses whose errors the only type of failures is, as first and last ones: others are not read as if they were
/// documented. None where it is the type of every failure.
pub(super) fn failing(responses: &[Response], failure: &Outcome) -> Vec<(u16, u16)> {
    let Outcome::One(_, form) = failure else { return Vec::new() };
    let statuses_of = responses.iter().map(|response| response.status);
    let failures: Vec<Status> = statuses_of.filter(|status| !succeeds(*status)).collect();
    if *form == Form::Any || failures.contains(&Status::Default) {
        return Vec::new();
    }
    failures.into_iter().filter_map(statuses).collect()
}

pub(super) fn outcome(
    responses: &[Response],
    success: bool,
    types: &Types<'_>,
    received: &Received,
    scope: &mut Scope,
    name: &str,
) -> Outcome {
    let none_said = !responses.iter().any(|response| succeeds(response.status));
    let redirect = is_redirect(responses);
    let fits = |response: &&Response| match response.status {
        Status::Default => !success || none_said,
        status if redirects(status) && redirect => success,
        // A redirect that is followed, or says nothing that its status does not.
        Status::Exact(300..=399) | Status::Range(3) => !success && !response.media.is_empty(),
        status => succeeds(status) == success,
    };
    let mut cases: Vec<Case> =
        responses.iter().filter(fits).flat_map(|response| cases(response, types, received)).collect();
    let mut kinds: Vec<(&RustType, Form)> = Vec::new();
    for case in &cases {
        if !kinds.contains(&(&case.ty, case.form)) {
            kinds.push((&case.ty, case.form));
        }
    }
    match kinds.as_slice() {
        [] if success => Outcome::One(RustType::Unit, Form::Empty),
        [] => Outcome::One(RustType::Json, Form::Any),
        [(RustType::Unit, Form::Empty)] if !success => Outcome::One(RustType::Json, Form::Any),
        [(ty, form)] => Outcome::One((*ty).clone(), *form),
        [(ty, Form::Json), (_, Form::Empty)] | [(_, Form::Empty), (ty, Form::Json)] if success => {
            Outcome::One((*ty).clone(), Form::Perhaps)
        }
        _ => {
            // Exact, then range, then default; a media type before the rest: the order of precedence.
            cases.sort_by_key(|case| {
                let status = match case.status {
                    Status::Exact(status) => (0, status),
                    Status::Range(range) => (1, u16::from(range)),
                    Status::Default => (2, 0),
                };
                (status, case.media.is_none())
            });
            cases.dedup_by(|one, other| one.status == other.status && one.media == other.media);
            let mut variants = Scope::default();
            for case in &mut cases {
                case.variant = variants.claim(&case.variant);
            }
            Outcome::Several { name: scope.claim(name), cases }
        }
    }
}
