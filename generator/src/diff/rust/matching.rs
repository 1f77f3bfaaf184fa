//! The pairs of types of the old and the new crate: by name, by pointer, by shape.

use super::context::{Context, replace_type_names};
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
use crate::plan::models::{Kind, Model};
use crate::plan::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// The types of the new crate.
struct NewTypes<'a> {
    by_name: BTreeMap<&'a str, &'a Model>,
    by_pointer: BTreeMap<&'a str, &'a Model>,
    /// The types whose names the old crate does not have, by their members.
    by_shape: BTreeMap<Vec<String>, Vec<&'a Model>>,
}

impl<'a> NewTypes<'a> {
    fn new(old: &[Model], new: &'a [Model]) -> Self {
        let old_names: BTreeSet<&str> = old.iter().map(|model| model.name.as_str()).collect();
        let mut by_shape: BTreeMap<Vec<String>, Vec<&Model>> = BTreeMap::new();
        for model in new.iter().filter(|model| !old_names.contains(model.name.as_str())) {
            by_shape.entry(members(model)).or_default().push(model);
        }
        let with_pointer = new.iter().filter(|model| !model.pointer.is_empty());
        Self {
            by_name: new.iter().map(|model| (model.name.as_str(), model)).collect(),
            by_pointer: with_pointer.map(|model| (model.pointer.as_str(), model)).collect(),
            by_shape,
        }
    }

    /// The type of the same schema.
    fn of_pointer(&self, model: &Model) -> Option<&'a Model> {
        self.by_pointer.get(model.pointer.as_str()).copied()
    }

    /// The only type with the same members.
    fn of_shape(&self, model: &Model) -> Option<&'a Model> {
        match self.by_shape.get(&members(model)).map(Vec::as_slice) {
            Some([only]) if members(model).len() > 1 => Some(*only),
            _ => None,
        }
    }
}

/// Returns the pairs of types that are the same one, and adds changes for types that are renamed, gone or new.
pub(super) fn match_types<'a>(context: &mut Context<'a>) -> Vec<(&'a Model, &'a Model)> {
    let (old, new) = (&context.old.plan.models, &context.new.plan.models);
    let types = NewTypes::new(old, new);
    let plan = &context.new.plan;
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut pairs: Vec<(&Model, &Model)> = Vec::new();
    let mut without_name: Vec<&Model> = Vec::new();
    for model in old {
        let Some(same) = types.by_name.get(model.name.as_str()) else {
            without_name.push(model);
            continue;
        };
        // Most types are where they were, and need no comparison of shapes.
        let of_pointer = || types.of_pointer(model).filter(|other| other.name != model.name);
        let is_moved = same.pointer != model.pointer;
        let moved =
            is_moved.then(|| closer(model, plan.definition(same), [of_pointer(), types.of_shape(model)])).flatten();
        let found = match moved {
            Some(moved) => {
                report_reused_name(context, model, same);
                report_renamed(context, model, moved);
                moved
            }
            None => {
                report_deprecated(context, model, same);
                same
            }
        };
        taken.insert(&found.name);
        pairs.push((model, found));
    }
    for model in without_name {
        let is_free = |other: &&Model| !taken.contains(other.name.as_str());
        let of_pointer = types.of_pointer(model).filter(is_free);
        let of_pointer = of_pointer.filter(|other| !indexed(&model.pointer) || likeness(model, other) > 0.5);
        match of_pointer.or_else(|| types.of_shape(model).filter(is_free)) {
            Some(found) => {
                report_renamed(context, model, found);
                taken.insert(&found.name);
                pairs.push((model, found));
            }
            None => report_removed(context, model),
        }
    }
    for model in new.iter().filter(|model| !taken.contains(model.name.as_str())) {
        let item = format!("models::{}", model.name);
        let message = format!("type `{item}` is new");
        context.add(Change::rust(Rule::Added, RustVerdict::Minor, item, message), "", &model.pointer);
    }
    pairs
}

/// The one of other types that a type has more in common with than with the type of its name.
fn closer<'a>(model: &Model, same: &Model, others: [Option<&'a Model>; 2]) -> Option<&'a Model> {
    let with_same = likeness(model, same);
    others.into_iter().flatten().find(|other| likeness(model, other) > with_same)
}

/// Returns true for a pointer through a list, where an insertion moves the items after it.
fn indexed(pointer: &str) -> bool {
    pointer.split('/').any(|step| !step.is_empty() && step.len() < 3 && step.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reports a type whose old name the lock keeps as a deprecated one.
fn report_deprecated(context: &mut Context<'_>, old: &Model, new: &Model) {
    let Some(deprecated) = new.deprecated.as_ref().filter(|_| old.deprecated.is_none()) else { return };
    let item = format!("models::{}", old.name);
    let message = format!("type `{item}` is deprecated: {}", deprecated.note);
    context.add(Change::rust(Rule::Deprecated, RustVerdict::Minor, item, message), &old.pointer, "");
}

/// Reports a name of a type that is that of another schema now.
fn report_reused_name(context: &mut Context<'_>, old: &Model, new: &Model) {
    let item = format!("models::{}", old.name);
    let message = format!("the name `{item}` now means another schema");
    let mut change = Change { silent: true, ..Change::rust(Rule::NameReused, RustVerdict::Major, item, message) };
    change.help =
        context.lock_help(Some("keep the names apart with the setting `rename`"), "keeps each name for its place");
    context.add(change.with_values(&old.pointer, &new.pointer), &old.pointer, &new.pointer);
}

fn report_renamed(context: &mut Context<'_>, old: &Model, new: &Model) {
    let (old_path, new_path) = (format!("models::{}", old.name), format!("models::{}", new.name));
    let message = format!("type `{old_path}` is renamed to `{new_path}`");
    let mut change =
        Change::rust(Rule::Renamed, RustVerdict::Major, &*old_path, message).with_values(&*old_path, &*new_path);
    let setting = format!("`[rename] \"{}\" = \"{}\"` in the settings keeps the old name", new.pointer, old.name);
    change.help = context.lock_help(Some(&setting), "keeps it as a deprecated one");
    context.add(change, &old.pointer, &new.pointer);
    context.new_names.insert(old.name.clone(), new.name.clone());
}

fn report_removed(context: &mut Context<'_>, old: &Model) {
    let item = format!("models::{}", old.name);
    let message = format!("type `{item}` is gone");
    context.add(Change::rust(Rule::Removed, RustVerdict::Major, item, message), &old.pointer, "");
    context.unstable.insert(old.name.clone());
}

/// The share of members that two types have in common.
fn likeness(one: &Model, other: &Model) -> f64 {
    let (one, other): (BTreeSet<String>, BTreeSet<String>) =
        (members(one).into_iter().collect(), members(other).into_iter().collect());
    let all = one.union(&other).count();
    if all == 0 { 1.0 } else { one.intersection(&other).count() as f64 / all as f64 }
}

/// The members of a type, without the names of other types.
fn members(model: &Model) -> Vec<String> {
    let mut members: Vec<String> = match &model.kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter().flat_map(|field| {
                [format!("field {}", field.wire), format!("field {}: {}", field.wire, shape_of(&field.ty))]
            });
            fields.chain(["struct".to_owned()]).collect()
        }
        Kind::StringEnum(listed) => listed.values.iter().map(|value| format!("value {}", value.wire)).collect(),
        Kind::IntegerEnum(listed) => listed.values.iter().map(|value| format!("integer {}", value.wire)).collect(),
        Kind::Union(union) => union
            .members
            .iter()
            .flat_map(|member| [format!("variant {}", member.variant), format!("member {}", shape_of(&member.ty))])
            .collect(),
        Kind::Alias(ty) => vec![format!("alias {}", shape_of(ty))],
    };
    members.sort();
    members
}

/// The path of a type without the names of generated types.
fn shape_of(ty: &RustType) -> String {
    replace_type_names(&ty.path(), |_| "_")
}
