//! The parameters of a request as values, by their styles, and their violations.

use super::message::{RawPair, Request, decoded, decoded_field, pairs};
use super::problem::Violation;
use super::{MatchedOperation, Mock};
use crate::api::{Location, Operation, Parameter, SchemaId, Style};
use crate::syntax::pointer::escape;
use serde_json::Value;

impl Mock {
    /// The violations of all parameters.
    pub(super) fn parameter_violations(&self, matched: &MatchedOperation<'_>, request: &Request) -> Vec<Violation> {
        let parameters = matched.operation.parameters.iter();
        parameters.flat_map(|parameter| self.violations_of(parameter, matched, request)).collect()
    }

    fn violations_of(
        &self,
        parameter: &Parameter,
        matched: &MatchedOperation<'_>,
        request: &Request,
    ) -> Vec<Violation> {
        let name = escape(&parameter.name);
        let place = match parameter.location {
            Location::Path => format!("/path/{name}"),
            Location::Query => format!("/query/{name}"),
            Location::QueryString => "/query".to_owned(),
            Location::Header => format!("/headers/{name}"),
            Location::Cookie => format!("/cookies/{name}"),
        };
        let pointer = parameter.origin.pointer.clone();
        let violation =
            |schema: String, message: &str| Violation { place: place.clone(), schema, message: message.to_owned() };
        let candidates = self.candidates(parameter, matched, request);
        let Some(candidates) = candidates else {
            return if parameter.required {
                vec![violation(format!("{pointer}/required"), "is required, and absent")]
            } else {
                Vec::new()
            };
        };
        if candidates.is_empty() {
            return vec![violation(pointer, "is not in the form that the parameter's style or media type has")];
        }
        let found = candidates.iter().map(|value| self.violations_at(&place, parameter.schema, value));
        found.min_by_key(Vec::len).unwrap_or_default()
    }

    /// The values that the text of a parameter can stand for. `None`: it is absent.
    fn candidates(
        &self,
        parameter: &Parameter,
        matched: &MatchedOperation<'_>,
        request: &Request,
    ) -> Option<Vec<Value>> {
        match parameter.location {
            Location::Path => {
                let raw =
                    matched.in_path.iter().find(|(name, _)| *name == parameter.name).map(|(_, raw)| raw.as_str())?;
                Some(self.candidates_of_path(parameter, raw))
            }
            Location::Header => {
                let raw = request.header(&parameter.name)?;
                Some(self.candidates_of_text(parameter, raw.trim(), ',', |text| text.trim().to_owned()))
            }
            Location::Cookie => {
                let values = request.cookies(&parameter.name);
                let kinds = self.kinds(parameter.schema);
                let object = kinds.objects.first().filter(|_| parameter.style != Style::Json && parameter.explode);
                if let (Some(object), true) = (object, values.is_empty()) {
                    let pairs = request.cookie_pairs();
                    let pairs = pairs.iter().map(|(name, value)| (decoded(name), decoded(value)));
                    let members = self.exploded(*object, matched.operation, Location::Cookie, pairs.collect());
                    let objects = kinds.objects.iter().map(|object| self.object_value(*object, &members));
                    return (!members.is_empty()).then(|| objects.collect());
                }
                let raw = values.first()?;
                if parameter.explode && values.len() > 1 {
                    let texts: Vec<String> = values.iter().map(|value| decoded(value)).collect();
                    return Some(
                        self.kinds(parameter.schema).lists.iter().map(|list| self.list_value(*list, &texts)).collect(),
                    );
                }
                Some(self.candidates_of_text(parameter, raw, ',', decoded))
            }
            Location::Query => self.candidates_of_query(parameter, matched.operation, request),
            Location::QueryString => {
                let query = request.query();
                let whole = || decoded_field(query);
                (!query.is_empty()).then(|| match parameter.style {
                    Style::Json => serde_json::from_str(&whole()).into_iter().collect(),
                    Style::Form => vec![self.object_value(parameter.schema, &decoded_pairs(&pairs(query)))],
                    _ => vec![self.text_value(parameter.schema, &whole())],
                })
            }
        }
    }

    fn candidates_of_path(&self, parameter: &Parameter, raw: &str) -> Vec<Value> {
        match parameter.style {
            Style::Matrix => {
                raw.strip_prefix(';').map_or_else(Vec::new, |raw| self.candidates_of_matrix(parameter, raw))
            }
            Style::Label => {
                let Some(raw) = raw.strip_prefix('.') else { return Vec::new() };
                self.candidates_of_text(parameter, raw, if parameter.explode { '.' } else { ',' }, decoded)
            }
            _ => self.candidates_of_text(parameter, raw, ',', decoded),
        }
    }

    /// The values of `id=1,2`; exploded, of `id=1;id=2` for an array, and of `a=1;b=2` for an object. An empty text can lack
    /// its `=` (RFC 6570, section 3.2.7).
    fn candidates_of_matrix(&self, parameter: &Parameter, raw: &str) -> Vec<Value> {
        let value_of = |piece: &str| {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            (decoded(name) == parameter.name).then(|| value.to_owned())
        };
        if !parameter.explode {
            return value_of(raw).map_or_else(Vec::new, |raw| self.candidates_of_text(parameter, &raw, ',', decoded));
        }
        let kinds = self.kinds(parameter.schema);
        let members = decoded_equations(raw);
        let mut found: Vec<Value> = kinds.objects.iter().map(|object| self.object_value(*object, &members)).collect();
        if let Some(texts) = raw.split(';').map(value_of).collect::<Option<Vec<String>>>() {
            let texts: Vec<String> = texts.iter().map(|text| decoded(text)).collect();
            found.extend(kinds.lists.iter().map(|list| self.list_value(*list, &texts)));
            if let (true, [text]) = (kinds.scalar, texts.as_slice()) {
                found.push(self.text_value(parameter.schema, text));
            }
        }
        found
    }

    /// The values of one text: an array, an object or a scalar, as the schema allows.
    fn candidates_of_text(
        &self,
        parameter: &Parameter,
        raw: &str,
        separator: char,
        decode: impl Fn(&str) -> String,
    ) -> Vec<Value> {
        if parameter.style == Style::Json {
            return serde_json::from_str(&decode(raw)).into_iter().collect();
        }
        self.candidates_of_items(parameter, &decode(raw), &split(raw, separator, &decode))
    }

    fn candidates_of_items(&self, parameter: &Parameter, whole: &str, texts: &[String]) -> Vec<Value> {
        let kinds = self.kinds(parameter.schema);
        let mut found: Vec<Value> = kinds.lists.iter().map(|list| self.list_value(*list, texts)).collect();
        let members = if parameter.explode { equations(texts) } else { alternating(texts) };
        found.extend(kinds.objects.iter().map(|object| self.object_value(*object, &members)));
        if kinds.scalar {
            found.push(self.text_value(parameter.schema, whole));
        }
        found
    }

    fn candidates_of_query(
        &self,
        parameter: &Parameter,
        operation: &Operation,
        request: &Request,
    ) -> Option<Vec<Value>> {
        let pairs = request.pairs();
        let texts_of_name: Vec<&str> =
            pairs.iter().filter(|pair| pair.plain_name() == parameter.name).map(|pair| pair.value).collect();
        let kinds = self.kinds(parameter.schema);
        if let Some(object) = kinds.objects.first().filter(|_| parameter.style != Style::Json) {
            let members = match parameter.style {
                Style::DeepObject => deep(&parameter.name, &pairs),
                _ if parameter.explode && texts_of_name.is_empty() => {
                    self.exploded(*object, operation, Location::Query, decoded_pairs(&pairs))
                }
                _ => Vec::new(),
            };
            if !members.is_empty() {
                return Some(kinds.objects.iter().map(|object| self.object_value(*object, &members)).collect());
            }
        }
        let first = texts_of_name.first()?;
        if first.is_empty() && parameter.allow_empty {
            return None;
        }
        Some(match parameter.style {
            Style::Json => serde_json::from_str(&decoded_field(first)).into_iter().collect(),
            _ if parameter.explode || texts_of_name.len() > 1 => {
                let texts: Vec<String> = texts_of_name.iter().map(|raw| decoded_field(raw)).collect();
                self.candidates_of_items(parameter, &decoded_field(first), &texts)
            }
            style => {
                let texts = |items: &[String]| self.candidates_of_items(parameter, &decoded_field(first), items);
                // An encoded comma belongs to an item (RFC 6570), but some clients encode those between items too.
                let mut found = texts(&split(first, ',', decoded_field));
                found.extend(texts(&delimited(style, first, decoded_field)));
                found
            }
        })
    }

    /// The pairs of an exploded object: its properties, or all that belong to no other parameter.
    fn exploded(
        &self,
        object: SchemaId,
        operation: &Operation,
        location: Location,
        pairs: Vec<(String, String)>,
    ) -> Vec<(String, String)> {
        let is_other = |name: &str| {
            let mut others = operation.parameters.iter().filter(|other| other.location == location);
            others.any(|other| other.name == *name)
        };
        pairs.into_iter().filter(|(name, _)| !is_other(name) && self.member_schema(object, name).is_some()).collect()
    }
}

fn split(raw: &str, separator: char, decode: impl Fn(&str) -> String) -> Vec<String> {
    if raw.is_empty() { Vec::new() } else { raw.split(separator).map(decode).collect() }
}

/// The items of an array that is not exploded.
fn delimited(style: Style, raw: &str, decode: impl Fn(&str) -> String) -> Vec<String> {
    match style {
        Style::SpaceDelimited => split(&raw.replace("%20", "+"), '+', decode),
        Style::PipeDelimited => split(&raw.replace("%7C", "|").replace("%7c", "|"), '|', decode),
        Style::TabDelimited => split(&raw.replace("%09", "\t"), '\t', decode),
        _ => split(&raw.replace("%2C", ",").replace("%2c", ","), ',', decode),
    }
}

fn decoded_pairs(pairs: &[RawPair<'_>]) -> Vec<(String, String)> {
    pairs.iter().map(|pair| (pair.plain_name(), pair.plain_value())).collect()
}

/// The members of `a=1;b=2`.
fn decoded_equations(raw: &str) -> Vec<(String, String)> {
    let pieces = raw.split(';').filter(|piece| !piece.is_empty());
    let split = pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")));
    split.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// The members of `a=1,b=2`.
fn equations(texts: &[String]) -> Vec<(String, String)> {
    texts.iter().filter_map(|text| text.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect()
}

/// The members of `a,1,b,2`.
fn alternating(texts: &[String]) -> Vec<(String, String)> {
    let pairs = texts.chunks(2).filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())));
    pairs.collect()
}

/// The members of `name[a]=1&name[b][c]=2`: `a` and `b[c]`.
fn deep(name: &str, pairs: &[RawPair<'_>]) -> Vec<(String, String)> {
    let member = |pair: &RawPair<'_>| {
        let written = pair.plain_name();
        let (first, rest) = written.strip_prefix(name)?.strip_prefix('[')?.split_once(']')?;
        Some((format!("{first}{rest}"), pair.plain_value()))
    };
    pairs.iter().filter_map(member).collect()
}
