//! Listed values and constants: enums of strings and integers, and types for values that have no enum.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::{Enum, EnumType, EnumValue, Member, Scalar, Shape, Union};
use crate::syntax::node::{Kind, NodeId};
use crate::syntax::number::json_number;
use std::collections::{BTreeMap, BTreeSet};

/// Deepest level of subschemas and unions in which values are listed.
const DEEPEST: usize = 8;

/// JSON types of listed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ValueKind {
    String,
    Integer,
    Number,
    Bool,
    List,
    Object,
}

/// The values that a schema lists, without `null`.
#[derive(Default)]
struct Values {
    found: Vec<(ValueKind, EnumValue, NodeId)>,
    null: bool,
}

/// Names and descriptions of listed values.
#[derive(Default)]
struct Words {
    by_wire: BTreeMap<String, String>,
    by_place: BTreeMap<NodeId, String>,
}

impl Words {
    fn word_for(&self, node: NodeId, wire: &str) -> Option<String> {
        self.by_wire.get(wire).or_else(|| self.by_place.get(&node)).cloned()
    }
}

impl Values {
    fn is_all(&self, fits: impl Fn(ValueKind) -> bool) -> bool {
        self.found.iter().all(|(kind, ..)| fits(*kind))
    }

    fn of_kind(&self, wanted: ValueKind) -> Vec<EnumValue> {
        self.found.iter().filter(|(kind, ..)| *kind == wanted).map(|(_, value, _)| value.clone()).collect()
    }
}

impl Lower<'_> {
    /// The shape of `enum` or `const`, if any. `null` among the values makes the schema nullable.
    pub(super) fn enum_shape(&mut self, merged: &mut MergedSchema, node: NodeId, at: &SchemaLocation) -> Option<Shape> {
        let mut values = self.listing(merged)?;
        merged.nullable |= values.null && !values.found.is_empty();
        if let ([(_, _, only)], false) = (&values.found[..], values.null) {
            merged.only_value = self.document.tree.to_json(*only);
        }
        // Schemas of the members of listed objects and arrays are more precise than the values.
        let described = |kind: ValueKind| match kind {
            ValueKind::Object => !merged.properties.is_empty(),
            ValueKind::List => !merged.items.is_empty() || !merged.prefix.is_empty(),
            ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Bool => false,
        };
        if !values.found.is_empty() && values.is_all(described) {
            return None;
        }
        let fractions = merged.types.iter().any(|name| name == "number");
        if fractions || !values.is_all(|kind| kind != ValueKind::Number) {
            for (kind, ..) in values.found.iter_mut().filter(|(kind, ..)| *kind == ValueKind::Integer) {
                *kind = ValueKind::Number;
            }
        }
        if let Some(shape) = self.bounded_integer(&values, merged, node, at) {
            return Some(shape);
        }
        let mut shapes = self.shapes(&values, at);
        if shapes.len() < 2 {
            return Some(shapes.pop().map_or(Shape::Scalar(Scalar::Null), |(_, shape)| shape));
        }
        let mut members = Vec::new();
        for (word, shape) in shapes {
            let schema = self.of_shape(node, &at.below(&word, &[]), shape);
            members.push(Member { schema: self.add(schema), discriminator_values: Vec::new(), name: Some(word) });
        }
        Some(Shape::Union(Union { members, discriminator: None, default_member: None, base: false }))
    }

    /// Returns an integer with bounds if a listed whole number does not fit `i64`.
    fn bounded_integer(
        &mut self,
        values: &Values,
        merged: &mut MergedSchema,
        node: NodeId,
        at: &SchemaLocation,
    ) -> Option<Shape> {
        let wholes: Vec<i128> = values.found.iter().map(|(_, value, _)| whole(&value.wire)).collect::<Option<_>>()?;
        let integers = merged.types.is_empty() || matches!(&merged.types[..], [only] if only == "integer");
        let small = wholes.iter().all(|whole| i64::try_from(*whole).is_ok());
        if small || !integers || !values.is_all(|kind| kind == ValueKind::Number) {
            return None;
        }
        (merged.minimum, merged.maximum) = (wholes.iter().min().copied(), wholes.iter().max().copied());
        Some(self.typed("integer", merged, node, at))
    }

    /// A shape for each type of value and for each listed object and array, with its name.
    fn shapes(&mut self, values: &Values, at: &SchemaLocation) -> Vec<(String, Shape)> {
        let enumerated = |value_type, kind| Shape::Enum(Enum { values: values.of_kind(kind), value_type });
        let mut shapes: Vec<(String, Shape)> = Vec::new();
        for (kind, _, node) in &values.found {
            let word = match kind {
                ValueKind::String => "text",
                ValueKind::Integer => "integer",
                ValueKind::Number => "number",
                ValueKind::Bool => "bool",
                ValueKind::List | ValueKind::Object => {
                    let word =
                        self.literal_word(*node, &values.found.iter().map(|(.., node)| *node).collect::<Vec<_>>());
                    let at = if values.found.len() > 1 { at.below(&word, &[]) } else { at.clone() };
                    shapes.push((word, self.literal(*node, &at)));
                    continue;
                }
            };
            // The first value of a type stands for all of them.
            if shapes.iter().any(|(known, _)| known == word) {
                continue;
            }
            let shape = match kind {
                ValueKind::String => enumerated(EnumType::String, ValueKind::String),
                ValueKind::Integer => enumerated(EnumType::Integer, ValueKind::Integer),
                ValueKind::Bool => Shape::Scalar(Scalar::Bool),
                ValueKind::Number | ValueKind::List | ValueKind::Object => Shape::Scalar(Scalar::Float(None)),
            };
            shapes.push((word.to_owned(), shape));
        }
        shapes
    }

    /// The values of `enum` or `const`.
    fn listing(&self, merged: &MergedSchema) -> Option<Values> {
        let nodes = merged.values.as_ref()?;
        let mut values = Values::default();
        let mut known: BTreeSet<(ValueKind, String)> = BTreeSet::new();
        let (names, descriptions) =
            (self.words(merged, merged.value_names), self.words(merged, merged.value_descriptions));
        for node in nodes {
            let Some((kind, wire)) = self.value(*node, &merged.types) else {
                values.null = true;
                continue;
            };
            if known.insert((kind, wire.clone())) {
                let name = names.word_for(*node, &wire);
                let description = descriptions.word_for(*node, &wire);
                values.found.push((kind, EnumValue { wire, name, description }, *node));
            }
        }
        Some(values)
    }

    /// The enum of a schema that lists only strings, or only integers, and possibly `null`. The flag is true if `null`
    /// is listed.
    pub(super) fn enum_of(&self, merged: &MergedSchema) -> Option<(Vec<EnumValue>, EnumType, bool)> {
        let values = self.listing(merged)?;
        let fractions = merged.types.iter().any(|name| name == "number");
        let (value_type, kind) = match values.found.first() {
            Some((ValueKind::String, ..)) => (EnumType::String, ValueKind::String),
            Some((ValueKind::Integer, ..)) if !fractions => (EnumType::Integer, ValueKind::Integer),
            _ => return None,
        };
        values.is_all(|one| one == kind).then(|| (values.of_kind(kind), value_type, values.null))
    }

    /// The type and the text of a value. `None` for `null`.
    fn value(&self, node: NodeId, types: &[String]) -> Option<(ValueKind, String)> {
        // YAML may read an unquoted `on` or `1.0` as another type. The schema's type decides.
        let strings = matches!(types, [only] if only == "string");
        let integers = matches!(types, [only] if only == "integer");
        let whole = |text: &str| {
            let whole = text.strip_suffix(".0").unwrap_or(text);
            whole.parse::<i64>().is_ok().then(|| whole.to_owned())
        };
        Some(match &self.document.tree.get(node).kind {
            Kind::Null => return None,
            Kind::String(text) if integers && text.parse::<i64>().is_ok() => (ValueKind::Integer, text.clone()),
            Kind::String(text) => (ValueKind::String, text.clone()),
            Kind::Number(text) if strings => (ValueKind::String, text.clone()),
            Kind::Bool(value) if strings => (ValueKind::String, self.document.tree.bool_text(node, *value)),
            Kind::Number(text) => {
                let json = json_number(text);
                whole(&json).map_or_else(|| (ValueKind::Number, json.into_owned()), |whole| (ValueKind::Integer, whole))
            }
            Kind::Bool(value) => (ValueKind::Bool, value.to_string()),
            Kind::List(_) => (ValueKind::List, self.json_text(node)),
            Kind::Map(_) => (ValueKind::Object, self.json_text(node)),
        })
    }

    fn json_text(&self, node: NodeId) -> String {
        self.document.tree.to_json(node).map(|value| value.to_string()).unwrap_or_default()
    }

    /// The names or descriptions of values from a list in the same order, or from a map by value.
    fn words(&self, merged: &MergedSchema, words: Option<NodeId>) -> Words {
        let tree = &self.document.tree;
        let text = |node: NodeId| tree.text(node).map(str::to_owned);
        match words {
            None => Words::default(),
            Some(words) if tree.is_map(words) => {
                let entries = tree.map(words).iter();
                Words {
                    by_wire: entries.filter_map(|entry| Some((entry.key.clone(), text(entry.value)?))).collect(),
                    ..Words::default()
                }
            }
            Some(words) => {
                let values = merged.enum_list.map_or(&[][..], |listed| tree.list(listed)).iter();
                let pairs = values.zip(tree.list(words)).filter_map(|(value, word)| Some((*value, text(*word)?)));
                Words { by_place: pairs.collect(), ..Words::default() }
            }
        }
    }

    /// The values of a schema that lists only strings.
    pub(super) fn listed_strings(&self, node: NodeId) -> Option<Vec<String>> {
        self.strings_of_listed_values(node, |kind| match kind {
            Kind::String(text) => Some(text.clone()),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        })
    }

    /// The values of a discriminator that a schema lists: strings, and the text of whole numbers and booleans.
    pub(super) fn listed_discriminator_values(&self, node: NodeId) -> Option<Vec<String>> {
        self.strings_of_listed_values(node, |kind| match kind {
            Kind::String(text) => Some(text.clone()),
            Kind::Bool(flag) => Some(flag.to_string()),
            Kind::Number(text) => whole(&json_number(text)).map(|number| number.to_string()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        })
    }

    fn strings_of_listed_values(&self, node: NodeId, text: impl Fn(&Kind) -> Option<String>) -> Option<Vec<String>> {
        let tree = &self.document.tree;
        let nodes = self.listed_values(node, DEEPEST)?;
        let nodes = nodes.into_iter().map(|value| &tree.get(value).kind).filter(|kind| **kind != Kind::Null);
        let strings: Option<Vec<String>> = nodes.map(text).collect();
        strings.filter(|strings| !strings.is_empty())
    }

    /// The values that a schema lists by itself, by a subschema, or by every member of a union.
    fn listed_values(&self, node: NodeId, depth: usize) -> Option<Vec<NodeId>> {
        let tree = &self.document.tree;
        let (node, depth) = (self.document.target(node)?, depth.checked_sub(1)?);
        if let Some(constant) = tree.value_at(node, "const") {
            return Some(vec![constant]);
        }
        if let Some(listed) = tree.value_at(node, "enum") {
            return Some(tree.list(listed).to_vec());
        }
        let members = |key: &str| tree.value_at(node, key).map_or(&[][..], |list| tree.list(list));
        if let Some(listed) = members("allOf").iter().rev().find_map(|subschema| self.listed_values(*subschema, depth))
        {
            return Some(listed);
        }
        let unions = ["oneOf", "anyOf"].into_iter().map(members).find(|unions| !unions.is_empty())?;
        let unions = unions.iter().filter(|union| !self.document.is_null(**union));
        let listed: Option<Vec<Vec<NodeId>>> = unions.map(|union| self.listed_values(*union, depth)).collect();
        listed.map(|listed| listed.concat())
    }
}

/// The value of a whole number, limited to 128 bits.
fn whole(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    let furthest = if text.starts_with('-') { i128::MIN } else { i128::MAX };
    whole.then(|| text.parse().unwrap_or(furthest))
}
