//! Items with names in one owner: fields, variants, setters, methods of the builder.

use super::context::Context;
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
use crate::plan::rust_type::RustType;

/// An item.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// Name in Rust, with its owner.
    pub(super) path: String,
    /// Name in Rust.
    pub(super) name: String,
    /// The part of the description that it stands for: the name on the wire, or the key of a parameter.
    pub(super) key: String,
    /// The noun for messages.
    pub(super) what: &'static str,
    /// Type, compared as D103.
    pub(super) ty: Option<RustType>,
    /// The type is that of an argument.
    pub(super) is_argument: bool,
    /// Value, compared as D108.
    pub(super) value: Option<String>,
    /// Deprecated.
    pub(super) deprecated: bool,
    /// JSON pointer.
    pub(super) pointer: String,
    /// Documentation.
    pub(super) docs: Vec<String>,
    /// Code that does not name it notices when it is added: the owner is matched without a wildcard.
    pub(super) exhaustive: bool,
    /// Old code compiles when it is gone.
    pub(super) silent: bool,
}

/// Compares the items of one owner, and returns the pairs of indexes that are the same item.
pub(super) fn match_items(context: &mut Context<'_>, old: &[Item], new: &[Item]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut taken = vec![false; new.len()];
    for (index, item) in old.iter().enumerate() {
        let by_name = new.iter().position(|new_item| new_item.name == item.name && new_item.what == item.what);
        let by_key = new.iter().position(|new_item| new_item.key == item.key && new_item.what == item.what);
        let found = match (by_name, by_key) {
            // The name and the key agree. Another item can have the same key, since two variants can have one type.
            (Some(name), Some(_)) if new.get(name).is_some_and(|new_item| new_item.key == item.key) => name,
            (Some(name), Some(key)) if name != key => {
                if let Some(new_item) = new.get(name) {
                    report_reused_name(context, item, new_item);
                }
                key
            }
            // The new item with this name has the key of another old item: the name is reused, and this item is gone.
            (Some(name), None)
                if old.iter().any(|known| new.get(name).is_some_and(|new_item| new_item.key == known.key)) =>
            {
                if let Some(new_item) = new.get(name) {
                    report_reused_name(context, item, new_item);
                }
                continue;
            }
            (Some(name), _) => name,
            (None, Some(key)) => key,
            (None, None) => {
                report_removed(context, item);
                continue;
            }
        };
        let (Some(new_item), Some(slot)) = (new.get(found), taken.get_mut(found)) else { continue };
        *slot = true;
        pairs.push((index, found));
        compare_pair(context, item, new_item);
    }
    for (item, _) in
        new.iter().zip(taken).filter(|(item, taken)| !taken && !old.iter().any(|known| known.name == item.name))
    {
        report_added(context, item);
    }
    pairs
}

fn report_reused_name(context: &mut Context<'_>, old: &Item, new: &Item) {
    let message = format!("the name of {} `{}` now means another part of the description", old.what, old.path);
    let mut change = Change { silent: true, ..Change::rust(Rule::NameReused, RustVerdict::Major, &old.path, message) };
    change.help = context.lock_help(None, "keeps each name for its place");
    context.add(change.with_values(&old.key, &new.key), &old.pointer, &new.pointer);
}

fn report_removed(context: &mut Context<'_>, item: &Item) {
    let message = format!("{} `{}` is gone", item.what, item.path);
    let change = Change { silent: item.silent, ..Change::rust(Rule::Removed, RustVerdict::Major, &item.path, message) };
    context.add(change, &item.pointer, "");
}

fn report_added(context: &mut Context<'_>, item: &Item) {
    let (verdict, rule, note) = if item.what == "required part" {
        (RustVerdict::Major, Rule::ArgumentsChanged, ", and an argument of the constructor")
    } else if item.exhaustive {
        (RustVerdict::Major, Rule::GuaranteeLost, "; code that matches without a wildcard does not compile")
    } else {
        (RustVerdict::Minor, Rule::Added, "")
    };
    let message = format!("{} `{}` is new{note}", item.what, item.path);
    context.add(Change::rust(rule, verdict, &item.path, message), "", &item.pointer);
}

/// Compares an item that both crates have.
fn compare_pair(context: &mut Context<'_>, old: &Item, new: &Item) {
    let pointers = (&*old.pointer, &*new.pointer);
    if old.name != new.name {
        let message = format!("{} `{}` is renamed to `{}`", old.what, old.path, new.path);
        let mut change =
            Change::rust(Rule::Renamed, RustVerdict::Major, &old.path, message).with_values(&old.path, &new.path);
        change.silent = old.silent;
        change.help = context.lock_help(Some("keep the old name with the setting `rename`"), "keeps it too");
        context.add(change, pointers.0, pointers.1);
    }
    match (&old.ty, &new.ty) {
        (Some(old_type), Some(new_type)) if old.is_argument && new.is_argument => {
            context.argument(old.what, &old.path, (old_type, new_type), pointers);
        }
        (Some(old_type), Some(new_type)) if !context.is_same(old_type, new_type) => {
            context.type_changed(old.what, &old.path, (old_type, new_type), pointers);
        }
        (None, Some(_)) | (Some(_), None) => {
            let spelled = |ty: &Option<RustType>| ty.as_ref().map_or_else(|| "nothing".to_owned(), RustType::path);
            let message = format!("what {} `{}` takes changed", old.what, old.path);
            let change = Change::rust(Rule::ArgumentsChanged, RustVerdict::Major, &old.path, message);
            context.add(change.with_values(spelled(&old.ty), spelled(&new.ty)), pointers.0, pointers.1);
        }
        _ => {}
    }
    if old.value != new.value {
        let shown = |value: &Option<String>| value.clone().unwrap_or_default();
        let message = format!("the value of {} `{}` changed", old.what, old.path);
        let change = Change::rust(Rule::OrderOrDefaultChanged, RustVerdict::Patch, &old.path, message);
        context.add(change.with_values(shown(&old.value), shown(&new.value)), pointers.0, pointers.1);
    }
    compare_docs(context, old, new);
}

/// Compares the documentation and the deprecation of two items.
pub(super) fn compare_docs(context: &mut Context<'_>, old: &Item, new: &Item) {
    let pointers = (&*old.pointer, &*new.pointer);
    if new.deprecated && !old.deprecated {
        let message = format!("{} `{}` is deprecated", old.what, old.path);
        context.add(Change::rust(Rule::Deprecated, RustVerdict::Minor, &old.path, message), pointers.0, pointers.1);
    } else if old.docs != new.docs || old.deprecated != new.deprecated {
        let message = format!("the documentation of {} `{}` changed", old.what, old.path);
        context.add(
            Change::rust(Rule::DocumentationChanged, RustVerdict::Patch, &old.path, message),
            pointers.0,
            pointers.1,
        );
    }
}
