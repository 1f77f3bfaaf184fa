//! Keywords about values that the types of the API do not hold: bounds, and permission for other fields.

use super::equality::{has_repeats, whole, whole_float};
use crate::api::{Api, SchemaId, Schemas};
use crate::resolve::Document;
use crate::syntax::node::{NodeId, Tree};
use serde_json::{Number, Value};

/// Keywords whose value is an upper limit.
const UPPER: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// Keywords whose value is a lower limit.
const LOWER: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
/// The keyword whose value is a divisor.
const DIVISOR: &str = "multipleOf";

/// The keywords of all schemas.
#[derive(Debug, Default)]
pub(crate) struct Keywords(Vec<OfSchema>);

/// The keywords of one schema.
#[derive(Debug, Default)]
struct OfSchema {
    /// True if it has a keyword about fields that it does not define.
    mentions_other_fields: bool,
    /// True if items must differ.
    has_unique_items: bool,
    /// Limits by their keywords. Of several in `allOf`, the tightest.
    limits: Vec<(&'static str, f64)>,
}

impl Keywords {
    /// Reads the keywords of each schema of an API.
    pub(crate) fn new(document: &Document, api: &Api) -> Self {
        let keywords_of = |pointer: &str| document.node_at(pointer).map(|node| OfSchema::new(document, node));
        Self(api.schemas.iter().map(|schema| keywords_of(&schema.origin.pointer).unwrap_or_default()).collect())
    }

    /// Returns true if a schema has a keyword about fields that it does not define, such as `additionalProperties`.
    pub(crate) fn mentions_other_fields(&self, schema: SchemaId) -> bool {
        self.0.get(schema.index()).is_some_and(|keywords| keywords.mentions_other_fields)
    }

    /// The tightest limit of a keyword in a schema and in the schemas that it refers to.
    pub(crate) fn limit(&self, schemas: &Schemas, schema: SchemaId, keyword: &str) -> Option<f64> {
        let limits = schemas.chain(schema).filter_map(|id| self.0.get(id.index())?.limit(keyword));
        limits.reduce(|one, other| tightest(keyword, one, other))
    }

    /// The keywords of a schema that a value does not follow, with their values.
    pub(super) fn violated(&self, schema: SchemaId, value: &Value) -> Vec<(&'static str, String)> {
        let Some(keywords) = self.0.get(schema.index()) else { return Vec::new() };
        let (kind, measure) = match value {
            Value::Number(number) => ("number", number.clone()),
            Value::String(text) => ("Length", text.chars().count().into()),
            Value::Array(items) => ("Items", items.len().into()),
            Value::Object(members) => ("Properties", members.len().into()),
            Value::Null | Value::Bool(_) => return Vec::new(),
        };
        let is_about = |keyword: &str| match kind {
            "number" => !["Length", "Items", "Properties"].iter().any(|end| keyword.ends_with(end)),
            end => keyword.ends_with(end),
        };
        let limits =
            keywords.limits.iter().filter(|(keyword, limit)| is_about(keyword) && !holds(keyword, &measure, *limit));
        let mut found: Vec<_> = limits.map(|(keyword, limit)| (*keyword, limit.to_string())).collect();
        if let (true, Value::Array(items)) = (keywords.has_unique_items, value) {
            found.extend(has_repeats(items).then(|| ("uniqueItems", "true".to_owned())));
        }
        found
    }
}

impl OfSchema {
    fn new(document: &Document, node: NodeId) -> Self {
        let tree = &document.tree;
        let open = ["additionalProperties", "patternProperties", "unevaluatedProperties"];
        let mut keywords = Self::default();
        for part in document.with_parts(vec![node]) {
            keywords.mentions_other_fields |= open.iter().any(|key| tree.value_at(part, key).is_some());
            keywords.add(tree, part);
        }
        keywords
    }

    fn add(&mut self, tree: &Tree, node: NodeId) {
        self.has_unique_items |= tree.bool_at(node, "uniqueItems") == Some(true);
        for keyword in UPPER.into_iter().chain(LOWER).chain([DIVISOR]) {
            let number = tree.value_at(node, keyword).and_then(|limit| tree.to_json(limit)?.as_f64());
            // OpenAPI 3.0: a flag beside `minimum` or `maximum`.
            let flagged = |flag: &str| tree.bool_at(node, flag) == Some(true);
            let keyword = match keyword {
                "minimum" if flagged("exclusiveMinimum") => "exclusiveMinimum",
                "maximum" if flagged("exclusiveMaximum") => "exclusiveMaximum",
                other => other,
            };
            let Some(limit) = number else { continue };
            // A value must be a multiple of every divisor.
            match self.limits.iter_mut().find(|(known, _)| *known == keyword && keyword != DIVISOR) {
                Some((_, known)) => *known = tightest(keyword, *known, limit),
                None => self.limits.push((keyword, limit)),
            }
        }
    }

    fn limit(&self, keyword: &str) -> Option<f64> {
        self.limits.iter().find(|(known, _)| *known == keyword).map(|(_, limit)| *limit)
    }
}

/// The tighter one of two limits. Of two divisors, the first, which samples have.
fn tightest(keyword: &str, one: f64, other: f64) -> f64 {
    match keyword {
        keyword if UPPER.contains(&keyword) => one.min(other),
        keyword if LOWER.contains(&keyword) => one.max(other),
        _ => one,
    }
}

/// Returns true if a value, or its length, follows a keyword.
fn holds(keyword: &str, measure: &Number, limit: f64) -> bool {
    if keyword == DIVISOR {
        return is_multiple(measure, limit);
    }
    let Some(measure) = measure.as_f64() else { return true };
    match keyword {
        "exclusiveMaximum" => measure < limit,
        "exclusiveMinimum" => measure > limit,
        keyword if UPPER.contains(&keyword) => measure <= limit,
        _ => measure >= limit,
    }
}

/// Returns true for a multiple. Decimal fractions such as 0.01 have no exact binary value, so a small error in relation to
/// the quotient is allowed unless both numbers are whole.
fn is_multiple(number: &Number, divisor: f64) -> bool {
    if divisor <= 0.0 {
        return true;
    }
    if let (Some(number), Some(divisor)) = (whole(number), whole_float(divisor)) {
        return number.checked_rem(divisor) == Some(0);
    }
    let quotient = number.as_f64().map_or(f64::NAN, |number| number / divisor);
    (quotient - quotient.round()).abs() <= quotient.abs() * 1e-12
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn multiples_are_exact_for_integers_and_decimal_fractions() {
        for (number, divisor, fits) in [
            ("0.3", 0.1, true),
            ("19.99", 0.01, true),
            ("19.995", 0.01, false),
            ("12.0", 5.0, false),
            ("7.0", 0.0, true),
            ("1e300", 3.0, true),
            ("1", 1_000_000.0, false),
            ("0", 1_000_000.0, true),
            ("3000000", 1_000_000.0, true),
            ("1000000000000000001", 1_000_000_000.0, false),
            ("-18", 9.0, true),
            ("0.000001", 2.5, false),
            ("0.0", 2.5, true),
        ] {
            let number = serde_json::from_str(number).unwrap();
            assert_eq!(is_multiple(&number, divisor), fits, "{number} {divisor}");
        }
    }
}
