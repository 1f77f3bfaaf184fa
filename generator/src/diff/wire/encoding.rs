//! The encodings of properties in forms and of parts. An encoding that says what is the default changes nothing.

use super::operation::OperationReport;
use super::traversal::Traversal;
use crate::api::{Media, Scalar, Schema, SchemaId, Shape, Style, covers_media, essence};
use crate::diff::change::{
    Direction,
    WireVerdict::{Break, Risk, Safe},
};
use crate::diff::rules::Rule;
use std::collections::BTreeSet;

/// Depth to which lists are searched for the type of their items.
const DEEPEST: usize = 8;

/// Finds the schema of an id in one of the descriptions.
type Find<'f, 'a> = &'f dyn Fn(SchemaId) -> Option<&'a Schema>;

/// The encoding of one property.
#[derive(Debug, PartialEq, Eq)]
struct Effective {
    style: Option<String>,
    /// Media types of which the value has one.
    media: Vec<String>,
    headers: BTreeSet<String>,
}

/// Compares the encodings of the properties that both bodies have.
pub(super) fn compare(
    traversal: &mut Traversal<'_>,
    report: &OperationReport<'_>,
    direction: Direction,
    old: &Media,
    new: &Media,
) {
    let names: BTreeSet<&str> = old.encoding.iter().chain(&new.encoding).map(|one| one.name.as_str()).collect();
    for name in names {
        let old_encoding = effective(&|id| traversal.old_schema(id).map(|(schema, _)| schema), old, name);
        let new_encoding = effective(&|id| traversal.new_schema(id).map(|(schema, _)| schema), new, name);
        let (Some(old_encoding), Some(new_encoding)) = (old_encoding, new_encoding) else { continue };
        if old_encoding.style != new_encoding.style {
            let message = format!("the style of `{name}` in `{}` changed", old.name);
            let shown = |one: &Effective| one.style.clone().unwrap_or_else(|| one.media.join(", "));
            report.add(
                traversal,
                direction,
                (Rule::SerializationChanged, Break),
                message,
                (shown(&old_encoding), shown(&new_encoding)),
            );
        } else if old_encoding.style.is_none() && old_encoding.media != new_encoding.media {
            let is_accepted = |one: &String| new_encoding.media.iter().any(|other| covers_media(other, one));
            let verdict = if old_encoding.media.iter().all(is_accepted) { Safe } else { Break };
            let message = format!("the media types of `{name}` in `{}` changed", old.name);
            report.add(
                traversal,
                direction,
                (Rule::MediaTypesChanged, verdict),
                message,
                (format!("{name} {}", old_encoding.media.join(", ")), new_encoding.media.join(", ")),
            );
        }
        if old_encoding.headers != new_encoding.headers {
            let message = format!("the headers of the part `{name}` in `{}` changed", old.name);
            let shown = |one: &Effective| one.headers.iter().cloned().collect::<Vec<_>>().join(", ");
            report.add(
                traversal,
                direction,
                (Rule::SerializationChanged, Risk),
                message,
                (format!("{name} {}", shown(&old_encoding)), shown(&new_encoding)),
            );
        }
    }
}

/// The encoding of a property, with the defaults of the standard. `None` if the body has no such property.
fn effective(find: Find<'_, '_>, media: &Media, name: &str) -> Option<Effective> {
    let Shape::Object(object) = &find(media.schema?)?.shape else { return None };
    let property = object.properties.iter().find(|property| property.name == name)?;
    let shape = &find(property.schema)?.shape;
    let encoding = media.encoding_of(name);
    let style = encoding.and_then(|encoding| encoding.style).filter(|style| !is_default(*style, shape));
    let listed = encoding.and_then(|encoding| encoding.media.as_deref()).unwrap_or_default();
    let mut types: Vec<String> = listed.split(',').map(essence).filter(|one| !one.is_empty()).collect();
    if types.is_empty() {
        types.push(default_media(find, shape, DEEPEST).to_owned());
    }
    types.sort();
    Some(Effective {
        style: style.map(|(style, explode)| format!("{style:?}, explode {}", explode && !is_scalar(shape))),
        media: types,
        headers: encoding
            .map(|encoding| encoding.headers.iter().map(|header| header.to_lowercase()).collect())
            .unwrap_or_default(),
    })
}

const fn is_scalar(shape: &Shape) -> bool {
    matches!(shape, Shape::Scalar(_) | Shape::Enum(_))
}

/// Returns true for a style that is also that of values without one.
const fn is_default((style, explode): (Style, bool), shape: &Shape) -> bool {
    let is_form = matches!(style, Style::Form);
    is_form && (is_scalar(shape) || (explode && matches!(shape, Shape::List(_) | Shape::Tuple(_))))
}

/// The media type of a property without an encoding (OpenAPI 3, "Encoding Object").
fn default_media(find: Find<'_, '_>, shape: &Shape, depth: usize) -> &'static str {
    match shape {
        Shape::Object(_) | Shape::Map(_) | Shape::Tuple(_) => "application/json",
        Shape::List(items) => match depth.checked_sub(1) {
            Some(left) => find(*items).map_or("text/plain", |items| default_media(find, &items.shape, left)),
            None => "text/plain",
        },
        Shape::Scalar(Scalar::String(Some(format))) if format == "binary" => "application/octet-stream",
        _ => "text/plain",
    }
}
