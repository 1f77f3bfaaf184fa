//! Several schemas merged into one, as far as a sample value needs it. Unions stay open.

use super::schemas::Schemas;
use serde_json::{Number, Value};
use std::collections::{BTreeMap, VecDeque};

/// The keywords of merged schemas.
#[derive(Clone, Default)]
pub(crate) struct MergedSchema<'s> {
    /// Number of members of unions in it.
    pub(crate) members: usize,
    pub(crate) types: Option<Vec<&'s str>>,
    pub(crate) values: Option<Vec<&'s Value>>,
    pub(crate) properties: BTreeMap<&'s str, Vec<&'s Value>>,
    /// Properties in the order of the description.
    pub(crate) names: Vec<&'s str>,
    pub(crate) required: Vec<&'s str>,
    pub(crate) additional: Option<&'s Value>,
    pub(crate) patterns: Vec<(&'s str, &'s Value)>,
    pub(crate) items: Vec<&'s Value>,
    pub(crate) prefix: &'s [Value],
    pub(crate) choices: VecDeque<Choice<'s>>,
    /// Examples and default.
    pub(crate) own: Vec<&'s Value>,
    /// Properties that a chosen union member determines.
    pub(crate) fixed: BTreeMap<&'s str, &'s str>,
    pub(crate) format: Option<&'s str>,
    pub(crate) pattern: Option<&'s str>,
    pub(crate) unique: bool,
    numbers: BTreeMap<&'static str, &'s Number>,
    /// No value satisfies all of the schemas.
    pub(crate) impossible: bool,
}

/// A `oneOf` or `anyOf`.
#[derive(Clone)]
pub(crate) struct Choice<'s> {
    pub(crate) members: &'s [Value],
    discriminator: Option<&'s Value>,
}

/// Bounds and counts. The larger of two minimums counts, and the smaller of two maximums.
const LEAST: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const MAX: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// Longest chain of references and parts.
const DEEPEST: usize = 40;

impl<'s> MergedSchema<'s> {
    pub(crate) fn of(schemas: &'s Schemas, all: &[&'s Value]) -> Self {
        let mut merged = Self::default();
        all.iter().for_each(|schema| merged.absorb(schemas, schema, 0));
        merged
    }

    /// Merges one member of a union, and the tag of that member.
    pub(crate) fn with(&self, schemas: &'s Schemas, choice: &Choice<'s>, member: &'s Value) -> Self {
        let mut merged = self.clone();
        // An example of the whole is not an example of this member.
        merged.own.clear();
        merged.members += 1;
        merged.absorb(schemas, member, 0);
        merged.fixed.extend(choice.tag(member));
        merged
    }

    /// The number of a keyword.
    pub(crate) fn number(&self, keyword: &str) -> Option<f64> {
        self.numbers.get(keyword).and_then(|number| number.as_f64())
    }

    /// The whole number of a keyword.
    pub(crate) fn whole(&self, keyword: &str) -> Option<i128> {
        let number = self.numbers.get(keyword)?;
        let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
        #[expect(clippy::cast_possible_truncation, reason = "the bounds of descriptions are small or approximate")]
        whole.or_else(|| number.as_f64().map(|number| number as i128))
    }

    /// The count of a keyword.
    pub(crate) fn count(&self, keyword: &str) -> Option<usize> {
        self.whole(keyword).and_then(|count| usize::try_from(count).ok())
    }

    fn absorb(&mut self, schemas: &'s Schemas, schema: &'s Value, depth: usize) {
        let Some(keywords) = schema.as_object() else {
            self.impossible |= schema == &Value::Bool(false);
            return;
        };
        if depth > DEEPEST {
            self.impossible = true;
            return;
        }
        if let Some(target) = schemas.target(schema) {
            self.absorb(schemas, target, depth + 1);
        }
        for part in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.absorb(schemas, part, depth + 1);
        }
        let text = |key: &str| keywords.get(key).and_then(Value::as_str);
        let list = |key: &str| keywords.get(key).and_then(Value::as_array).map(Vec::as_slice);
        self.absorb_types(keywords.get("type"));
        self.absorb_values(list("enum").map(|values| values.iter().collect()));
        self.absorb_values(keywords.get("const").map(|value| vec![value]));
        for (name, schema) in keywords.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if !self.properties.contains_key(name.as_str()) {
                self.names.push(name);
            }
            self.properties.entry(name).or_default().push(schema);
        }
        for name in list("required").unwrap_or_default().iter().filter_map(Value::as_str) {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        let extra = ["additionalProperties", "unevaluatedProperties"].iter().find_map(|key| keywords.get(*key));
        self.additional = extra.filter(|extra| *extra != &Value::Bool(true)).or(self.additional);
        let patterns = keywords.get("patternProperties").and_then(Value::as_object);
        self.patterns.extend(patterns.into_iter().flatten().map(|(pattern, schema)| (pattern.as_str(), schema)));
        self.items.extend(keywords.get("items"));
        self.prefix = list("prefixItems").unwrap_or(self.prefix);
        for members in ["oneOf", "anyOf"].iter().filter_map(|key| list(key)) {
            self.choices.push_back(Choice { members, discriminator: keywords.get("discriminator") });
        }
        self.own.extend(list("examples").unwrap_or_default());
        self.own.extend(keywords.get("default"));
        self.format = text("format").or(self.format);
        self.pattern = text("pattern").or(self.pattern);
        self.unique |= keywords.get("uniqueItems") == Some(&Value::Bool(true));
        for (keywords_of, is_least) in [(LEAST, true), (MAX, false)] {
            for key in keywords_of {
                let Some(Value::Number(number)) = keywords.get(key) else { continue };
                let known = self.numbers.get(key).and_then(|known| known.as_f64());
                let tighter = known.is_none_or(|known| (number.as_f64() > Some(known)) == is_least);
                if tighter {
                    self.numbers.insert(key, number);
                }
            }
        }
        if let Some(Value::Number(number)) = keywords.get("multipleOf") {
            self.numbers.insert("multipleOf", number);
        }
    }

    fn absorb_types(&mut self, types: Option<&'s Value>) {
        let types: Vec<&str> = match types {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let has = |list: &[&str], name: &str| list.contains(&name) || (name == "integer" && list.contains(&"number"));
        let both = match self.types.take() {
            None => types,
            Some(known) => {
                let both =
                    known.iter().filter(|name| has(&types, name)).chain(types.iter().filter(|name| has(&known, name)));
                let mut both: Vec<&str> = both.copied().collect();
                both.dedup();
                both
            }
        };
        self.impossible |= both.is_empty();
        self.types = Some(both);
    }

    fn absorb_values(&mut self, values: Option<Vec<&'s Value>>) {
        let Some(values) = values else { return };
        match &mut self.values {
            None => self.values = Some(values),
            Some(known) => known.retain(|value| values.contains(value)),
        }
    }
}

impl<'s> Choice<'s> {
    /// The tag of a member: its key in the mapping, otherwise the name of its schema.
    fn tag(&self, member: &'s Value) -> Option<(&'s str, &'s str)> {
        let discriminator = self.discriminator?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let reference = member.get("$comment")?.as_str()?;
        let last = reference.rsplit('/').next()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let named = mapping.into_iter().flatten().find_map(|(tag, target)| {
            let target = target.as_str()?;
            (target.rsplit('/').next() == Some(last)).then_some(tag.as_str())
        });
        Some((property, named.unwrap_or(last)))
    }
}
