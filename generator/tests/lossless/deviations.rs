//! Values of a schema that differ from a plain one in one part: each optional property alone, each listed value and an
//! unlisted one, each member of a union, null, bounds, formats, unknown fields, and the schema's own examples.

use super::merged_schema::MergedSchema;
use super::sample::{CHOICES, SampleOptions, Sampler, whole};
use serde_json::{Value, json};

/// The origin of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// Sampled from the schema. It must be valid.
    Sampled,
    /// An unlisted value of an enum, which open types must preserve.
    Unlisted,
    /// An example or default of the description.
    Example,
}

pub(crate) type Variant = (Source, Value);

/// Deepest level of a deviation.
const DEEPEST: usize = 4;

pub(crate) const PLAIN: SampleOptions = SampleOptions { full: false, pick: 0 };
pub(crate) const FULL: SampleOptions = SampleOptions { full: true, pick: 0 };

impl<'s> Sampler<'s> {
    /// All deviations from a base.
    pub(crate) fn deviations(&self, all: &[&'s Value], base: Option<&Value>, depth: usize) -> Vec<Variant> {
        self.deviate(MergedSchema::of(self.schemas, all), base, depth)
    }

    fn deviate(&self, mut merged: MergedSchema<'s>, base: Option<&Value>, depth: usize) -> Vec<Variant> {
        let mut found: Vec<Variant> = merged.own.drain(..).map(|own| (Source::Example, own.clone())).collect();
        // A union can be a member of itself.
        if merged.impossible || depth > DEEPEST || merged.members > CHOICES {
            return found;
        }
        if let Some(choice) = merged.choices.pop_front() {
            let mut bare = merged.clone();
            bare.choices.clear();
            for member in choice.members {
                let with = merged.with(self.schemas, &choice, member);
                let all_options = [PLAIN, FULL, SampleOptions { pick: 1, ..FULL }];
                let values = all_options.iter().filter_map(|options| self.of(with.clone(), *options, depth));
                let values: Vec<Value> = values.collect();
                found.extend(values.iter().map(|value| (Source::Sampled, value.clone())));
                // The target of a reference has its own deviations.
                if depth == 0 || member.get("$ref").is_none() {
                    found.extend(self.deviate(with, values.first(), depth));
                }
            }
            return found;
        }
        if let Some(values) = merged.values.take() {
            found.extend(values.iter().map(|value| (Source::Sampled, (*value).clone())));
            let real = values.iter().filter(|value| !value.is_null());
            if values.iter().all(|value| value.is_null()) {
                return found;
            }
            if real.clone().all(|value| value.is_string()) {
                found.push((Source::Unlisted, json!("a value that is not listed \u{e9}")));
            } else if real.clone().all(|value| value.is_i64()) {
                found.push((Source::Unlisted, json!(-987_654)));
            }
            return found;
        }
        let kinds = merged.types.clone().unwrap_or_else(|| vec![self.kind(&merged, PLAIN)]);
        for kind in kinds {
            let made: Vec<Value> = match kind {
                "null" => vec![Value::Null],
                "boolean" => vec![json!(true), json!(false)],
                "integer" => integers(&merged),
                "number" => numbers(&merged),
                "string" => texts(&merged),
                "array" => {
                    found.extend(self.lists(&merged, base, depth));
                    continue;
                }
                "object" => {
                    found.extend(self.objects(&merged, base, depth));
                    continue;
                }
                _ => {
                    vec![json!(null), json!(true), json!(-7), json!("text"), json!([1, {}]), json!({ "z": 1, "a": [] })]
                }
            };
            found.extend(made.into_iter().map(|value| (Source::Sampled, value)));
        }
        found
    }

    fn objects(&self, merged: &MergedSchema<'s>, base: Option<&Value>, depth: usize) -> Vec<Variant> {
        let Some(Value::Object(base)) =
            base.filter(|base| base.is_object()).cloned().or_else(|| self.of(merged.clone(), PLAIN, depth))
        else {
            return Vec::new();
        };
        let with = |name: &str, value: Value| {
            let mut members = base.clone();
            members.insert(name.to_owned(), value);
            Value::Object(members)
        };
        let mut found = Vec::new();
        for options in [FULL, SampleOptions { pick: 1, ..FULL }] {
            found.extend(self.of(merged.clone(), options, depth).map(|value| (Source::Sampled, value)));
        }
        for name in &merged.names {
            let value = self.member(merged, name, PLAIN, depth);
            found.extend(value.map(|value| (Source::Sampled, with(name, value))));
        }
        found.extend(self.extra(merged, 1, FULL, depth).map(|(name, value)| (Source::Sampled, with(&name, value))));
        for (name, schemas) in &merged.properties {
            if merged.fixed.contains_key(name) {
                continue;
            }
            let deviations = self.below(schemas, base.get(*name), depth);
            found.extend(deviations.into_iter().map(|(source, value)| (source, with(name, value))));
        }
        if let Some(schema @ Value::Object(_)) = merged.additional {
            let deviations = self.below(&[schema], None, depth);
            found.extend(deviations.into_iter().map(|(source, value)| (source, with("unnamed key", value))));
        }
        found
    }

    fn lists(&self, merged: &MergedSchema<'s>, base: Option<&Value>, depth: usize) -> Vec<Variant> {
        let mut found: Vec<Variant> = vec![(Source::Sampled, json!([]))];
        found.extend(self.of(merged.clone(), FULL, depth).map(|value| (Source::Sampled, value)));
        let base = base.and_then(Value::as_array).cloned();
        let base = base.or_else(|| self.of(merged.clone(), PLAIN, depth)?.as_array().cloned()).unwrap_or_default();
        let with = |index: usize, value: Value| {
            let mut items = base.clone();
            match items.get_mut(index) {
                Some(item) => *item = value,
                None => items.push(value),
            }
            Value::Array(items)
        };
        for (index, schema) in merged.prefix.iter().enumerate() {
            let deviations = self.below(&[schema], base.get(index), depth);
            found.extend(deviations.into_iter().map(|(source, value)| (source, with(index, value))));
        }
        if !merged.items.is_empty() {
            let deviations = self.below(&merged.items, base.get(merged.prefix.len()), depth);
            found.extend(deviations.into_iter().map(|(source, value)| (source, with(merged.prefix.len(), value))));
        }
        found
    }

    /// Deviations of a member or item. The target of a reference has its own deviations. Here it is only null, full, or
    /// each member of its unions.
    fn below(&self, schemas: &[&'s Value], base: Option<&Value>, depth: usize) -> Vec<Variant> {
        let referred = schemas.iter().any(|schema| schema.get("$ref").is_some());
        if !referred {
            return self.deviations(schemas, base, depth + 1);
        }
        let merged = MergedSchema::of(self.schemas, schemas);
        let mut found: Vec<Variant> = Vec::new();
        if merged.types.as_ref().is_some_and(|types| types.contains(&"null")) {
            found.push((Source::Sampled, Value::Null));
        }
        let picks = merged.choices.front().map_or(1, |choice| choice.members.len()).min(20);
        for pick in 0..picks {
            found.extend(
                self.of(merged.clone(), SampleOptions { full: true, pick }, depth + 1)
                    .map(|value| (Source::Sampled, value)),
            );
        }
        found
    }
}

/// Bounds, and the limits of 32 and 64 bits that the schema allows.
fn integers(merged: &MergedSchema<'_>) -> Vec<Value> {
    let bounds = ["minimum", "maximum"].iter().filter_map(|key| merged.whole(key));
    let inner = merged.whole("exclusiveMinimum").map(|least| least + 1);
    let inner = inner.into_iter().chain(merged.whole("exclusiveMaximum").map(|most| most - 1));
    let ends = [0, -1, 7, i32::MAX.into(), i32::MIN.into(), u32::MAX.into(), i64::MAX.into(), i64::MIN.into()];
    let mut all: Vec<i128> = bounds.chain(inner).chain(ends).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(whole).collect()
}

fn numbers(merged: &MergedSchema<'_>) -> Vec<Value> {
    let bounds = ["minimum", "maximum"].iter().filter_map(|key| merged.number(key));
    let plain = [0.0, 1.0, -2.5, 0.1, 1e21, 1.5e-7, 123_456_789.123_456_79, f64::MAX, f64::MIN_POSITIVE];
    bounds.chain(plain).map(|number| json!(number)).chain([json!(3), json!(-4_000_000_000_i64)]).collect()
}

/// Strings that are hard to write, and all forms of date and time.
fn texts(merged: &MergedSchema<'_>) -> Vec<Value> {
    let written: &[&str] = match merged.format {
        Some("date-time") => &[
            "2026-01-02T03:04:05Z",
            "1985-04-12t23:20:50.52z",
            "1937-01-01T12:00:27.87+00:20",
            "2026-01-02T03:04:05.123456789012-08:00",
            "2026-01-02 03:04:05",
            "0001-01-01T00:00:00Z",
        ],
        Some("date") => &["0000-01-01", "9999-12-31", "2026-1-2"],
        Some("byte") => &["", "Zg==", "Zm8", "Zm9v\nYmFy", "_-8="],
        Some("uuid") => &["00000000-0000-0000-0000-000000000000", "123e4567e89b12d3a456426614174000"],
        _ => &["", "\u{e9}\u{1F600}\"\\\n\u{0}\u{2028}", " null ", "0012"],
    };
    written.iter().map(|text| json!(text)).collect()
}
