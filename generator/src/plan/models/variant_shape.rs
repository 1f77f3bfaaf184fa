//! The JSON of the variants of a union in one short line, as their documentation shows it: `{"kind": "circle", "radius": 0}`.

use super::variant_match::Candidate;
use super::{Field, Kind, Model, Struct, UnionType, UnionVariant};
use crate::plan::docs;
use crate::plan::rust_type::{Class, RustType};
use std::collections::BTreeMap;

/// Maximum number of members of an object in a line.
const MAX: usize = 3;

/// The longest line, in characters. Where it would be longer, objects and lists in the value are not shown.
const LONGEST: usize = 90;

/// Stands for everything that a line leaves out.
const MORE: &str = "…";

/// Documents the variants of all unions, and their conversions from plain values.
pub(in crate::plan) fn document_variants(models: &mut [Model]) {
    let by_name = ModelsByName(models.iter().map(|model| (model.name.as_str(), model)).collect());
    let of_union = |model: &Model| match &model.kind {
        Kind::Union(union) => by_name.variants(union),
        Kind::Struct(_) | Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    };
    let all: Vec<Vec<Vec<String>>> = models.iter().map(of_union).collect();
    for (model, lines) in models.iter_mut().zip(all) {
        let Kind::Union(union) = &mut model.kind else { continue };
        for (member, lines) in union.members.iter_mut().zip(lines) {
            member.docs = lines;
        }
        let note = short_form(&model.name, union);
        docs::add_notes(&mut model.docs, note);
    }
}

/// The note on a union that is made from strings, numbers, booleans or lists of them.
fn short_form(name: &str, union: &UnionType) -> Option<String> {
    let from = union.members.iter().filter_map(|member| member.from.as_ref());
    let mut plain: Vec<String> = from.filter_map(in_words).collect();
    plain.dedup();
    let last = plain.pop()?;
    let plain = if plain.is_empty() { last } else { format!("{} or {last}", plain.join(", ")) };
    Some(format!("`{name}::from` takes {plain}."))
}

/// A type of plain values in words.
fn in_words(ty: &RustType) -> Option<String> {
    match ty {
        RustType::List(item) => kind(item).map(|(_, several)| format!("a list of {several}")),
        ty => kind(ty).map(|(one, _)| one.to_owned()),
    }
}

/// The kind of a plain value: one, and several.
fn kind(ty: &RustType) -> Option<(&'static str, &'static str)> {
    match ty {
        RustType::String => Some(("a string", "strings")),
        RustType::Bool => Some(("a boolean", "booleans")),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => Some(("an integer", "integers")),
        RustType::F64 => Some(("a number", "numbers")),
        _ => None,
    }
}

/// The types by their names.
struct ModelsByName<'m>(BTreeMap<&'m str, &'m Model>);

/// The parts of a variant that its line shows first.
struct First<'u> {
    /// The discriminator and its value.
    discriminator: Option<(&'u str, &'u String)>,
    /// The number of variants with a property of this name. A property of one variant distinguishes it.
    property_uses: &'u BTreeMap<&'u str, usize>,
}

impl ModelsByName<'_> {
    /// The documentation of the variants of a union.
    fn variants(&self, union: &UnionType) -> Vec<Vec<String>> {
        let structs: Vec<Option<&Struct>> = union.members.iter().map(|member| self.structure(&member.ty)).collect();
        let mut property_uses: BTreeMap<&str, usize> = BTreeMap::new();
        for field in structs.iter().flatten().flat_map(|structure| &structure.fields) {
            *property_uses.entry(&field.wire).or_default() += 1;
        }
        let discriminator = union.discriminator.as_deref();
        let same = Self::same_as(union, &structs);
        let lines = union.members.iter().enumerate().map(|(index, member)| {
            let discriminator = discriminator.zip(member.discriminator_values.first());
            let line = self.variant(member, &First { discriminator, property_uses: &property_uses });
            let mut lines: Vec<String> = line.into_iter().collect();
            let notes = read_as(union, &same, index).into_iter().chain(also_read(union, &same, index));
            docs::add_notes(&mut lines, notes.chain(takes_others(union, index)));
            lines
        });
        lines.collect()
    }

    /// For each variant, the earlier variants as which the decoder reads its values.
    fn same_as(union: &UnionType, structs: &[Option<&Struct>]) -> Vec<Vec<Earlier>> {
        let members = || structs.iter().copied().zip(&union.members).enumerate();
        let earlier = |(index, (structure, member)): (usize, (Option<&Struct>, &UnionVariant))| {
            let Some(structure) = structure.filter(|_| union.discriminator.is_none()) else { return Vec::new() };
            let mut found: Vec<Earlier> = Vec::new();
            for (index, (earlier, other)) in members().take(index) {
                let is_equal = other.candidate.constants == member.candidate.constants;
                let not_null = earlier.filter(|_| is_equal).and_then(|earlier| not_null(structure, earlier));
                let Some(not_null) = not_null else { continue };
                // A variant that is tried before this one has these values.
                let has_all = |found: &Earlier| found.not_null.iter().all(|name| not_null.contains(name));
                if !found.iter().any(has_all) {
                    found.push(Earlier { index, not_null });
                }
            }
            found
        };
        members().map(earlier).collect()
    }

    /// The struct of a variant.
    fn structure(&self, ty: &RustType) -> Option<&Struct> {
        match ty {
            RustType::Boxed(inner) => self.structure(inner),
            RustType::Model { name, .. } => match &self.0.get(name.as_str())?.kind {
                Kind::Struct(structure) => Some(structure),
                Kind::Alias(aliased) => self.structure(aliased),
                Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) => None,
            },
            _ => None,
        }
    }

    /// The line of a variant; none where any JSON is a value of it.
    fn variant(&self, member: &UnionVariant, first: &First<'_>) -> Option<String> {
        let deep = self.value(&member.ty, Some(first), 2);
        let text = if deep.chars().count() <= LONGEST { deep } else { self.value(&member.ty, Some(first), 1) };
        let is_shown = text != MORE && !text.contains(['`', '\n', '\r']) && text.chars().count() <= LONGEST;
        is_shown.then(|| format!("`{text}`"))
    }

    /// A value, with members and items down to this depth.
    fn value(&self, ty: &RustType, first: Option<&First<'_>>, depth: usize) -> String {
        match ty {
            RustType::Bool => "true".to_owned(),
            RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 | RustType::F64 | RustType::Number => {
                "0".to_owned()
            }
            RustType::Unit => "null".to_owned(),
            RustType::String
            | RustType::Secret
            | RustType::Base64
            | RustType::DateTime
            | RustType::Date
            | RustType::Time
            | RustType::Duration
            | RustType::ViaFromStr(_) => quoted(MORE),
            RustType::Option(inner)
            | RustType::Maybe(inner)
            | RustType::Boxed(inner)
            | RustType::Lenient(inner)
            | RustType::Numeric(inner) => self.value(inner, first, depth),
            RustType::List(item) => format!("[{}]", self.inner(item, depth)),
            RustType::Map(value) => format!("{{{}: {}}}", quoted(MORE), self.inner(value, depth)),
            RustType::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inner(item, depth)).collect();
                format!("[{}]", items.join(", "))
            }
            RustType::Model { name, class, .. } => match (self.0.get(name.as_str()).map(|model| &model.kind), class) {
                (Some(Kind::Alias(aliased)), _) => self.value(aliased, first, depth),
                (Some(Kind::Struct(structure)), _) => self.object(structure, first, depth),
                (Some(Kind::StringEnum(listed)), _) => match listed.values.as_slice() {
                    [only] => quoted(&only.wire),
                    _ => quoted(MORE),
                },
                (Some(Kind::IntegerEnum(_)), _) | (None, Class::Integer) => "0".to_owned(),
                (Some(Kind::Union(_)) | None, _) => MORE.to_owned(),
            },
            _ => MORE.to_owned(),
        }
    }

    /// A value inside another one.
    fn inner(&self, ty: &RustType, depth: usize) -> String {
        match depth.checked_sub(1) {
            Some(depth) => self.value(ty, None, depth),
            None => MORE.to_owned(),
        }
    }

    /// An object by its required properties: the discriminator first, then fixed values, then those that few variants have. If
    /// none of them distinguishes the variant, with an optional property that does. Without any, by its first properties. An
    /// array for a tuple.
    fn object(&self, structure: &Struct, first: Option<&First<'_>>, depth: usize) -> String {
        let is_tuple = structure.is_tuple();
        let [open, close] = if is_tuple { ["[", "]"] } else { ["{", "}"] };
        if depth == 0 {
            return format!("{open}{MORE}{close}");
        }
        let first = first.filter(|_| !is_tuple);
        let discriminator = first.and_then(|first| first.discriminator);
        let is_other = |field: &&Field| discriminator.is_none_or(|(name, _)| field.wire != name);
        let others: Vec<&Field> = structure.fields.iter().filter(is_other).collect();
        let mut shown: Vec<&Field> = others.iter().copied().filter(|field| field.required).collect();
        if shown.is_empty() && discriminator.is_none() {
            shown.clone_from(&others);
        }
        if let Some(first) = first {
            let uses = |field: &Field| first.property_uses.get(field.wire.as_str()).copied();
            let distinguishes = |field: &&Field| field.fixed_value.is_some() || uses(field) == Some(1);
            if discriminator.is_none() && !shown.iter().any(distinguishes) {
                shown.extend(others.iter().copied().find(distinguishes));
            }
            shown.sort_by_key(|field| (field.fixed_value.is_none(), uses(field)));
        }
        let most = MAX.saturating_sub(usize::from(discriminator.is_some()));
        shown.truncate(most);
        let is_whole = shown.len() == others.len();
        let of_discriminator = discriminator.map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)));
        let members = shown.into_iter().map(|field| {
            let value = self.inner(&field.ty, depth);
            if is_tuple { value } else { format!("{}: {value}", quoted(&field.wire)) }
        });
        let more = (!is_whole).then(|| MORE.to_owned());
        let members: Vec<String> = of_discriminator.into_iter().chain(members).chain(more).collect();
        format!("{open}{}{close}", members.join(", "))
    }
}

/// An earlier variant with the fields of a later one.
#[derive(Debug, PartialEq, Eq)]
struct Earlier {
    /// Its index.
    index: usize,
    /// The fields that can be null in the later variant only. A value with null in one of them is not read as this variant.
    not_null: Vec<String>,
}

impl Earlier {
    /// The end of a sentence about the values that are read as this variant.
    fn condition(&self) -> String {
        let names: Vec<String> = self.not_null.iter().map(|name| format!("`{}`", docs::escape_inline(name))).collect();
        match names.split_last() {
            None => String::new(),
            Some((only, [])) => format!(" where {only} is not null"),
            Some((last, first)) => format!(" where {} and {last} are not null", first.join(", ")),
        }
    }
}

/// The notes on a variant whose values are read as others.
fn read_as(union: &UnionType, same: &[Vec<Earlier>], index: usize) -> Vec<String> {
    let earlier = same.get(index).into_iter().flatten();
    let named = earlier.filter_map(|earlier| Some((union.members.get(earlier.index)?, earlier.condition())));
    let note = |(first, condition): (&UnionVariant, String)| {
        format!("In JSON it has the fields of `{0}`, and is read as `{0}`{condition}.", first.variant)
    };
    named.map(note).collect()
}

/// The notes on the variant as which the values of others are read: one for each condition.
fn also_read(union: &UnionType, same: &[Vec<Earlier>], index: usize) -> Vec<String> {
    let mut others: Vec<(String, Vec<String>)> = Vec::new();
    for (member, earlier) in union.members.iter().zip(same) {
        let Some(earlier) = earlier.iter().find(|earlier| earlier.index == index) else { continue };
        let (condition, name) = (earlier.condition(), format!("`{}`", member.variant));
        match others.iter_mut().find(|(other, _)| *other == condition) {
            Some((_, names)) => names.push(name),
            None => others.push((condition, vec![name])),
        }
    }
    let note = |(condition, names): (String, Vec<String>)| {
        let (last, first) = names.split_last()?;
        let (names, has, is) = match first {
            [] => (last.clone(), "has", "is"),
            first => (format!("{} and {last}", first.join(", ")), "have", "are"),
        };
        Some(format!(
            "{names} {has} the same fields in JSON, and {is} read as this variant{condition}: check the values of the fields."
        ))
    };
    others.into_iter().filter_map(note).collect()
}

/// The note on a variant whose required fields all other objects of the union have too.
fn takes_others(union: &UnionType, index: usize) -> Option<String> {
    let candidate = &union.members.get(index)?.candidate;
    let is_general = |candidate: &Candidate| candidate.kind == "Object" && candidate.constants.is_empty();
    if union.discriminator.is_some() || !is_general(candidate) || candidate.required.is_empty() {
        return None;
    }
    let others =
        || union.members.iter().map(|member| &member.candidate).enumerate().filter(|(other, _)| *other != index);
    let is_below =
        |(_, other): &(usize, &Candidate)| candidate.required.iter().all(|name| other.required.contains(name));
    let has_more = |(_, other): &(usize, &Candidate)| other.required.len() > candidate.required.len();
    let others: Vec<(usize, &Candidate)> = others().filter(|(_, other)| other.kind == "Object").collect();
    // The variant is general if all other objects require its fields, and more; of variants with equal fields, the first one. Not noted
    // for a single such pair, which is common.
    let is_first = others.iter().all(|other| is_below(other) && (has_more(other) || other.0 > index));
    (is_first && others.iter().filter(|other| has_more(other)).count() > 1)
        .then(|| "An object with these fields that is no other variant is read as this one.".to_owned())
}

/// The fields that must not be null in a value of a struct, so that it is a value of an earlier one too; none where other
/// facts differ.
fn not_null(later: &Struct, earlier: &Struct) -> Option<Vec<String>> {
    if later.closed != earlier.closed || later.fields.len() != earlier.fields.len() {
        return None;
    }
    let mut found = Vec::new();
    for field in &later.fields {
        let other = earlier.fields.iter().find(|other| other.wire == field.wire && other.required == field.required)?;
        let (later, earlier) = (value_type(field), value_type(other));
        if later.0 != earlier.0 {
            return None;
        }
        if later.1 && !earlier.1 {
            found.push(field.wire.clone());
        }
    }
    Some(found)
}

/// The type of the values of a field, and true if it can be null where that makes a difference: null in a field that is not
/// required is read as an absent one.
fn value_type(field: &Field) -> (&RustType, bool) {
    match &field.ty {
        RustType::Option(inner) => (inner, field.required),
        RustType::Maybe(inner) => (inner, false),
        ty => (ty, false),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
