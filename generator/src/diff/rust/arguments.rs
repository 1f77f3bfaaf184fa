//! The arguments of constructors and calls, in their order.

use super::context::Context;
use crate::diff::change::{Change, RustVerdict};
use crate::plan::rust_type::{Class, RustType};

/// An argument.
#[derive(Debug, Clone)]
pub(super) struct Argument {
    /// The part of the description that it stands for.
    pub(super) key: String,
    /// Name in Rust.
    pub(super) name: String,
    /// Type.
    pub(super) ty: RustType,
}

/// A function that takes arguments.
pub(super) struct Function<'f> {
    /// Path for messages, such as `models::Pet::new`.
    pub(super) path: &'f str,
    /// Arguments in their order.
    pub(super) arguments: Vec<Argument>,
    /// Name of the struct of named arguments that it takes instead.
    pub(super) named: Option<&'f str>,
    /// JSON pointer.
    pub(super) pointer: &'f str,
}

impl Function<'_> {
    fn spelled(&self) -> String {
        let name = self.path.rsplit("::").next().unwrap_or_default();
        let arguments: Vec<String> =
            self.arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.ty.path())).collect();
        match self.named {
            Some(named) => format!("{name}({named} {{ {} }})", arguments.join(", ")),
            None => format!("{name}({})", arguments.join(", ")),
        }
    }
}

/// Compares the arguments of one function. Types are compared where nothing else stands for the argument.
pub(super) fn compare(context: &mut Context<'_>, old: &Function<'_>, new: &Function<'_>, with_types: bool) {
    let is_one = |one: &&Argument, other: &Argument| one.key == other.key || one.name == other.name;
    let in_new = |one: &&Argument| new.arguments.iter().any(|other| is_one(one, other));
    let in_old = |other: &&Argument| old.arguments.iter().any(|one| is_one(other, one));
    let lost: Vec<&str> = old.arguments.iter().filter(|one| !in_new(one)).map(|one| &*one.name).collect();
    let gained: Vec<&str> = new.arguments.iter().filter(|one| !in_old(one)).map(|one| &*one.name).collect();
    let accepted = old.arguments.len() == new.arguments.len()
        && old.arguments.iter().zip(&new.arguments).all(|(one, other)| accepts(context, &one.ty, &other.ty));
    let signatures = |change: Change| change.with_values(old.spelled(), new.spelled());
    if old.named.is_some() != new.named.is_some() {
        let message = format!("`{}` takes its arguments in another way", old.path);
        let change = signatures(Change::rust("D104", RustVerdict::Major, old.path, message));
        context.add(change, old.pointer, new.pointer);
        return;
    }
    if let (Some(one), Some(other)) = (old.named, new.named)
        && one != other
    {
        let message = format!("the struct of the arguments of `{}` is renamed from `{one}` to `{other}`", old.path);
        let change = Change::rust("D111", RustVerdict::Major, old.path, message).with_values(one, other);
        context.add(change, old.pointer, new.pointer);
    }
    if !lost.is_empty() || !gained.is_empty() {
        let list = |verb: &str, names: &[&str]| (!names.is_empty()).then(|| format!("{verb} `{}`", names.join("`, `")));
        let both: Vec<String> = [list("loses", &lost), list("gains", &gained)].into_iter().flatten().collect();
        let message = format!("`{}` {}", old.path, both.join(" and "));
        let mut change = signatures(Change::rust("D104", RustVerdict::Major, old.path, message));
        change.silent = accepted && old.named.is_none();
        context.add(change, old.pointer, new.pointer);
    } else if old.named.is_none() {
        let position = |one: &Argument| new.arguments.iter().position(|other| is_one(&one, other));
        let places: Vec<Option<usize>> = old.arguments.iter().map(position).collect();
        if !places.is_sorted() {
            let message = format!("arguments of `{}` changed places", old.path);
            let mut change = signatures(Change::rust("D105", RustVerdict::Major, old.path, message));
            change.silent = accepted;
            change.help = context.lock_help(None, "keeps the old order");
            context.add(change, old.pointer, new.pointer);
        }
    }
    if with_types {
        for one in &old.arguments {
            let other = new.arguments.iter().find(|other| is_one(&one, other));
            if let Some(other) = other {
                let item = format!("{}({})", old.path, one.name);
                context.argument("argument", &item, (&one.ty, &other.ty), (old.pointer, new.pointer));
            }
        }
    }
}

/// Returns true if what old code passes for a type may also be passed for the other one.
fn accepts(context: &Context<'_>, old: &RustType, new: &RustType) -> bool {
    let takes_str =
        |ty: &RustType| matches!(ty, RustType::Text | RustType::Secret | RustType::Model { class: Class::Text, .. });
    let new = if let RustType::Option(inner) = new { inner } else { new };
    context.is_same(old, new) || (takes_str(old) && takes_str(new))
}
