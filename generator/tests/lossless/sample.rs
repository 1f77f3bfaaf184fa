//! A value of a schema.

use super::merged_schema::MergedSchema;
use super::pattern::matching;
use super::schemas::Schemas;
use serde_json::{Map, Number, Value, json};

/// The options of a sample value.
#[derive(Clone, Copy)]
pub(crate) struct SampleOptions {
    /// Includes every optional property, up to a depth.
    pub(crate) full: bool,
    /// Number of the union member and of the listed value.
    pub(crate) pick: usize,
}

/// Deepest level of a value.
const DEEPEST: usize = 14;
/// Deepest level with optional properties.
const FULL: usize = 4;
/// Longest chain of unions in unions.
pub(crate) const CHOICES: usize = 12;

pub(crate) struct Sampler<'s> {
    pub(crate) schemas: &'s Schemas,
}

impl<'s> Sampler<'s> {
    /// A value that satisfies all the schemas, if one is easily found.
    pub(crate) fn sample(&self, all: &[&'s Value], options: SampleOptions, depth: usize) -> Option<Value> {
        self.of(MergedSchema::of(self.schemas, all), options, depth)
    }

    /// A value of merged schemas, with the chosen members of unions.
    pub(crate) fn of(&self, mut merged: MergedSchema<'s>, options: SampleOptions, depth: usize) -> Option<Value> {
        for _ in 0..CHOICES {
            let Some(choice) = merged.choices.pop_front() else { break };
            let some = |member: &&Value| !(member.is_object() && member.get("type") == Some(&json!("null")));
            let members: Vec<&Value> = choice.members.iter().filter(some).collect();
            let Some(member) = members.get(options.pick % members.len().max(1)) else { return Some(Value::Null) };
            merged = merged.with(self.schemas, &choice, member);
        }
        if merged.impossible || depth > DEEPEST {
            return None;
        }
        if let Some(values) = &merged.values {
            let real: Vec<&&Value> = values.iter().filter(|value| !value.is_null()).collect();
            return real
                .get(options.pick % real.len().max(1))
                .or(values.first().as_ref())
                .map(|value| (**value).clone());
        }
        match self.kind(&merged, options) {
            "null" => Some(Value::Null),
            "boolean" => Some(json!(options.pick.is_multiple_of(2))),
            "integer" => Some(integer(&merged)),
            "number" => Some(number(&merged)),
            "string" => Some(Value::String(text(&merged))),
            "array" => self.list(&merged, options, depth),
            "object" => self.object(&merged, options, depth),
            _ if options.full => Some(json!({ "free": [1, null, "text", { "b": 0.5, "a": false }] })),
            _ => Some(json!("free")),
        }
    }

    /// The type of the value.
    pub(crate) fn kind(&self, merged: &MergedSchema<'s>, options: SampleOptions) -> &'s str {
        if let Some(types) = &merged.types {
            let real: Vec<&&str> = types.iter().filter(|name| **name != "null").collect();
            return real.get(options.pick % real.len().max(1)).map_or("null", |name| **name);
        }
        if !merged.names.is_empty() || merged.additional.is_some() || !merged.patterns.is_empty() {
            return "object";
        }
        if !merged.items.is_empty() || !merged.prefix.is_empty() {
            return "array";
        }
        if merged.format.is_some() || merged.pattern.is_some() || merged.count("minLength").is_some() {
            return "string";
        }
        if !merged.required.is_empty() {
            return "object";
        }
        if merged.number("minimum").is_some() || merged.number("maximum").is_some() { "number" } else { "any" }
    }

    fn object(&self, merged: &MergedSchema<'s>, options: SampleOptions, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let wanted = |name: &&&str| options.full && depth < FULL && !merged.required.contains(name);
        for name in merged.required.iter().chain(merged.names.iter().filter(wanted)) {
            match self.member(merged, name, options, depth) {
                Some(value) => drop(members.insert((*name).to_owned(), value)),
                None if merged.required.contains(name) => return None,
                None => {}
            }
        }
        for name in &merged.names {
            if members.len() < merged.count("minProperties").unwrap_or(0) && !members.contains_key(*name) {
                members.extend(self.member(merged, name, options, depth).map(|value| ((*name).to_owned(), value)));
            }
        }
        let wanted =
            merged.count("minProperties").unwrap_or(0).max(usize::from(options.full && merged.names.is_empty()));
        for index in 0..wanted.min(20) {
            if members.len() < wanted {
                members.extend(self.extra(merged, index, options, depth));
            }
        }
        Some(Value::Object(members))
    }

    /// A value of a member.
    pub(crate) fn member(
        &self,
        merged: &MergedSchema<'s>,
        name: &str,
        options: SampleOptions,
        depth: usize,
    ) -> Option<Value> {
        if let Some(tag) = merged.fixed.get(name) {
            return Some(json!(tag));
        }
        match merged.properties.get(name) {
            Some(schemas) => self.sample(schemas, options, depth + 1),
            None => match merged.additional {
                Some(schema @ Value::Object(_)) => self.sample(&[schema], options, depth + 1),
                _ => Some(json!("free")),
            },
        }
    }

    /// An unknown field, if the schema allows one.
    pub(crate) fn extra(
        &self,
        merged: &MergedSchema<'s>,
        index: usize,
        options: SampleOptions,
        depth: usize,
    ) -> Option<(String, Value)> {
        if let Some((pattern, schema)) = merged.patterns.first() {
            let extra = u32::try_from(index).ok()?;
            return Some((matching(pattern, extra)?, self.sample(&[schema], options, depth + 1)?));
        }
        let value = match merged.additional {
            Some(Value::Bool(_)) => return None,
            Some(schema) => self.sample(&[schema], options, depth + 1)?,
            None => json!([1, null, { "b": "text", "a": 0.5 }]),
        };
        Some((format!("unnamed key {index}"), value))
    }

    fn list(&self, merged: &MergedSchema<'s>, options: SampleOptions, depth: usize) -> Option<Value> {
        let mut items: Vec<Value> = Vec::new();
        for schema in merged.prefix {
            items.push(self.sample(&[schema], options, depth + 1)?);
        }
        let fewest = merged.count("minItems").unwrap_or(0);
        let wanted = fewest.max(if options.full && depth < FULL { 2 } else { 0 });
        let wanted = wanted.min(merged.count("maxItems").unwrap_or(wanted)).min(50);
        for pick in 0..wanted * 3 {
            if items.len() >= wanted {
                break;
            }
            let options = SampleOptions { pick: options.pick + pick, ..options };
            let Some(mut item) = self.sample(&merged.items, options, depth + 1) else { break };
            if let (true, Value::String(text)) = (merged.unique && items.contains(&item), &item) {
                item = json!(format!("{text}{pick}"));
            }
            if !(merged.unique && items.contains(&item)) {
                items.push(item);
            }
        }
        (items.len() >= fewest.min(50)).then(|| Value::Array(items))
    }
}

/// The number 1, or the nearest that the bounds allow.
fn integer(merged: &MergedSchema<'_>) -> Value {
    let least = merged.whole("minimum").or_else(|| Some(merged.whole("exclusiveMinimum")? + 1));
    let most = merged.whole("maximum").or_else(|| Some(merged.whole("exclusiveMaximum")? - 1));
    let mut value = 1.min(most.unwrap_or(1)).max(least.unwrap_or(i128::MIN));
    if let Some(step) = merged.whole("multipleOf").filter(|step| *step > 1) {
        value = value.div_euclid(step) * step;
        value += if least.is_some_and(|least| value < least) { step } else { 0 };
    }
    whole(value)
}

/// A whole number as JSON.
pub(crate) fn whole(value: i128) -> Value {
    i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).unwrap_or(Value::Null)
}

fn number(merged: &MergedSchema<'_>) -> Value {
    let (least, most) = (merged.number("minimum"), merged.number("maximum"));
    let (above, below) = (merged.number("exclusiveMinimum"), merged.number("exclusiveMaximum"));
    let fits = |value: f64| {
        let within = least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most);
        let step = merged.number("multipleOf").is_none_or(|step| (value / step).fract() == 0.0);
        within && above.is_none_or(|above| value > above) && below.is_none_or(|below| value < below) && step
    };
    let between = least.or(above).zip(most.or(below)).map(|(one, two)| f64::midpoint(one, two));
    let near = least.or(above).map(|least| least + 1.0).or_else(|| most.or(below).map(|most| most - 1.0));
    let tried = [Some(0.5), Some(1.0), Some(1.5), between, near, least, most];
    let found = tried.into_iter().flatten().find(|value| fits(*value)).unwrap_or(0.5);
    Number::from_f64(found).map_or(Value::Null, Value::Number)
}

/// A string of the format or pattern, within the limits of length.
fn text(merged: &MergedSchema<'_>) -> String {
    let (least, most) = (merged.count("minLength").unwrap_or(0), merged.count("maxLength").unwrap_or(usize::MAX));
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    if let Some(pattern) = merged.pattern {
        let found = [0, 1, 3, 8, 20, 40, 100].into_iter().filter_map(|extra| matching(pattern, extra)).find(fits);
        return found.or_else(|| matching(pattern, 0)).unwrap_or_else(|| "text".to_owned());
    }
    if let Some(written) = merged.format.and_then(written) {
        return written.to_owned();
    }
    let most = most.min(10_000);
    let text: String = "text".chars().cycle().take(least.min(most).max(4.min(most))).collect();
    text
}

/// A string of a format.
fn written(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-02-28T23:59:60.123456789+05:45",
        "date" => "2028-02-29",
        "time" => "23:59:59.5Z",
        "duration" => "P1DT2H3.5S",
        "uuid" => "123E4567-e89b-12d3-a456-426614174000",
        "byte" => "Zm9v/+8=",
        "email" => "a.b+c@example.org",
        "uri" | "url" => "https://example.org/a?b=c%20d#e",
        "hostname" => "example.org",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => return None,
    })
}
