//! A value of a schema.

use super::pattern::matching;
use super::schemas::Schemas;
use super::view::View;
use serde_json::{Map, Number, Value, json};

/// The choice of a value.
#[derive(Clone, Copy)]
pub(crate) struct Taste {
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
const CHOICES: usize = 12;

pub(crate) struct Sampler<'s> {
    pub(crate) schemas: &'s Schemas,
}

impl<'s> Sampler<'s> {
    /// A value that satisfies all the schemas, if one is easily found.
    pub(crate) fn sample(&self, all: &[&'s Value], taste: Taste, depth: usize) -> Option<Value> {
        self.of(View::of(self.schemas, all), taste, depth)
    }

    /// A value of merged schemas, with the chosen members of unions.
    pub(crate) fn of(&self, mut view: View<'s>, taste: Taste, depth: usize) -> Option<Value> {
        for _ in 0..CHOICES {
            let Some(choice) = view.choices.pop_front() else { break };
            let some = |member: &&Value| !(member.is_object() && member.get("type") == Some(&json!("null")));
            let members: Vec<&Value> = choice.members.iter().filter(some).collect();
            let Some(member) = members.get(taste.pick % members.len().max(1)) else { return Some(Value::Null) };
            view = view.with(self.schemas, &choice, member);
        }
        if view.impossible || depth > DEEPEST {
            return None;
        }
        if let Some(values) = &view.values {
            let real: Vec<&&Value> = values.iter().filter(|value| !value.is_null()).collect();
            return real.get(taste.pick % real.len().max(1)).or(values.first().as_ref()).map(|value| (**value).clone());
        }
        match self.kind(&view, taste) {
            "null" => Some(Value::Null),
            "boolean" => Some(json!(taste.pick.is_multiple_of(2))),
            "integer" => Some(integer(&view)),
            "number" => Some(number(&view)),
            "string" => Some(Value::String(text(&view))),
            "array" => self.list(&view, taste, depth),
            "object" => self.object(&view, taste, depth),
            _ if taste.full => Some(json!({ "free": [1, null, "text", { "b": 0.5, "a": false }] })),
            _ => Some(json!("free")),
        }
    }

    /// The type of the value.
    pub(crate) fn kind(&self, view: &View<'s>, taste: Taste) -> &'s str {
        if let Some(types) = &view.types {
            let real: Vec<&&str> = types.iter().filter(|name| **name != "null").collect();
            return real.get(taste.pick % real.len().max(1)).map_or("null", |name| **name);
        }
        if !view.names.is_empty() || view.additional.is_some() || !view.patterns.is_empty() {
            return "object";
        }
        if !view.items.is_empty() || !view.prefix.is_empty() {
            return "array";
        }
        if view.format.is_some() || view.pattern.is_some() || view.count("minLength").is_some() {
            return "string";
        }
        if !view.required.is_empty() {
            return "object";
        }
        if view.number("minimum").is_some() || view.number("maximum").is_some() { "number" } else { "any" }
    }

    fn object(&self, view: &View<'s>, taste: Taste, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let wanted = |name: &&&str| taste.full && depth < FULL && !view.required.contains(name);
        for name in view.required.iter().chain(view.names.iter().filter(wanted)) {
            match self.member(view, name, taste, depth) {
                Some(value) => drop(members.insert((*name).to_owned(), value)),
                None if view.required.contains(name) => return None,
                None => {}
            }
        }
        for name in &view.names {
            if members.len() < view.count("minProperties").unwrap_or(0) && !members.contains_key(*name) {
                members.extend(self.member(view, name, taste, depth).map(|value| ((*name).to_owned(), value)));
            }
        }
        let wanted = view.count("minProperties").unwrap_or(0).max(usize::from(taste.full && view.names.is_empty()));
        for index in 0..wanted.min(20) {
            if members.len() < wanted {
                members.extend(self.extra(view, index, taste, depth));
            }
        }
        Some(Value::Object(members))
    }

    /// A value of a member.
    pub(crate) fn member(&self, view: &View<'s>, name: &str, taste: Taste, depth: usize) -> Option<Value> {
        if let Some(tag) = view.fixed.get(name) {
            return Some(json!(tag));
        }
        match view.properties.get(name) {
            Some(schemas) => self.sample(schemas, taste, depth + 1),
            None => match view.additional {
                Some(schema @ Value::Object(_)) => self.sample(&[schema], taste, depth + 1),
                _ => Some(json!("free")),
            },
        }
    }

    /// An unknown field, if the schema allows one.
    pub(crate) fn extra(&self, view: &View<'s>, index: usize, taste: Taste, depth: usize) -> Option<(String, Value)> {
        if let Some((pattern, schema)) = view.patterns.first() {
            let extra = u32::try_from(index).ok()?;
            return Some((matching(pattern, extra)?, self.sample(&[schema], taste, depth + 1)?));
        }
        let value = match view.additional {
            Some(Value::Bool(_)) => return None,
            Some(schema) => self.sample(&[schema], taste, depth + 1)?,
            None => json!([1, null, { "b": "text", "a": 0.5 }]),
        };
        Some((format!("unnamed key {index}"), value))
    }

    fn list(&self, view: &View<'s>, taste: Taste, depth: usize) -> Option<Value> {
        let mut items: Vec<Value> = Vec::new();
        for schema in view.prefix {
            items.push(self.sample(&[schema], taste, depth + 1)?);
        }
        let fewest = view.count("minItems").unwrap_or(0);
        let wanted = fewest.max(if taste.full && depth < FULL { 2 } else { 0 });
        let wanted = wanted.min(view.count("maxItems").unwrap_or(wanted)).min(50);
        for pick in 0..wanted * 3 {
            if items.len() >= wanted {
                break;
            }
            let taste = Taste { pick: taste.pick + pick, ..taste };
            let Some(mut item) = self.sample(&view.items, taste, depth + 1) else { break };
            if let (true, Value::String(text)) = (view.unique && items.contains(&item), &item) {
                item = json!(format!("{text}{pick}"));
            }
            if !(view.unique && items.contains(&item)) {
                items.push(item);
            }
        }
        (items.len() >= fewest.min(50)).then(|| Value::Array(items))
    }
}

/// The number 1, or the nearest that the bounds allow.
fn integer(view: &View<'_>) -> Value {
    let least = view.whole("minimum").or_else(|| Some(view.whole("exclusiveMinimum")? + 1));
    let most = view.whole("maximum").or_else(|| Some(view.whole("exclusiveMaximum")? - 1));
    let mut value = 1.min(most.unwrap_or(1)).max(least.unwrap_or(i128::MIN));
    if let Some(step) = view.whole("multipleOf").filter(|step| *step > 1) {
        value = value.div_euclid(step) * step;
        value += if least.is_some_and(|least| value < least) { step } else { 0 };
    }
    whole(value)
}

/// A whole number as JSON.
pub(crate) fn whole(value: i128) -> Value {
    i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).unwrap_or(Value::Null)
}

fn number(view: &View<'_>) -> Value {
    let (least, most) = (view.number("minimum"), view.number("maximum"));
    let (above, below) = (view.number("exclusiveMinimum"), view.number("exclusiveMaximum"));
    let fits = |value: f64| {
        let within = least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most);
        let step = view.number("multipleOf").is_none_or(|step| (value / step).fract() == 0.0);
        within && above.is_none_or(|above| value > above) && below.is_none_or(|below| value < below) && step
    };
    let between = least.or(above).zip(most.or(below)).map(|(one, two)| f64::midpoint(one, two));
    let near = least.or(above).map(|least| least + 1.0).or_else(|| most.or(below).map(|most| most - 1.0));
    let tried = [Some(0.5), Some(1.0), Some(1.5), between, near, least, most];
    let found = tried.into_iter().flatten().find(|value| fits(*value)).unwrap_or(0.5);
    Number::from_f64(found).map_or(Value::Null, Value::Number)
}

/// A string of the format or pattern, within the limits of length.
fn text(view: &View<'_>) -> String {
    let (least, most) = (view.count("minLength").unwrap_or(0), view.count("maxLength").unwrap_or(usize::MAX));
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    if let Some(pattern) = view.pattern {
        let found = [0, 1, 3, 8, 20, 40, 100].into_iter().filter_map(|extra| matching(pattern, extra)).find(fits);
        return found.or_else(|| matching(pattern, 0)).unwrap_or_else(|| "text".to_owned());
    }
    if let Some(written) = view.format.and_then(written) {
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
