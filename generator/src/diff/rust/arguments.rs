//! The arguments of constructors and calls, in their order.

use super::context::Context;
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
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

/// Compares the arguments of one function. `with_types` is false where the types are compared elsewhere: as fields of the
/// constructor's type, or as parts of a form.
pub(super) fn compare(context: &mut Context<'_>, old: &Function<'_>, new: &Function<'_>, with_types: bool) {
    let is_same = |old: &Argument, new: &Argument| old.key == new.key || old.name == new.name;
    let in_new = |argument: &&Argument| new.arguments.iter().any(|new| is_same(argument, new));
    let in_old = |argument: &&Argument| old.arguments.iter().any(|old| is_same(old, argument));
    let lost = old.arguments.iter().filter(|argument| !in_new(argument));
    let lost: Vec<&str> = lost.map(|argument| &*argument.name).collect();
    let gained = new.arguments.iter().filter(|argument| !in_old(argument));
    let gained: Vec<&str> = gained.map(|argument| &*argument.name).collect();
    let accepted = old.arguments.len() == new.arguments.len()
        && old.arguments.iter().zip(&new.arguments).all(|(old, new)| accepts(context, &old.ty, &new.ty));
    let signatures = |change: Change| change.with_values(old.spelled(), new.spelled());
    if old.named.is_some() != new.named.is_some() {
        let message = format!("`{}` takes its arguments in another way", old.path);
        let change = signatures(Change::rust(Rule::ArgumentsChanged, RustVerdict::Major, old.path, message));
        context.add(change, old.pointer, new.pointer);
        return;
    }
    if let (Some(old_name), Some(new_name)) = (old.named, new.named)
        && old_name != new_name
    {
        let message =
            format!("the struct of the arguments of `{}` is renamed from `{old_name}` to `{new_name}`", old.path);
        let change = Change::rust(Rule::Renamed, RustVerdict::Major, old.path, message).with_values(old_name, new_name);
        context.add(change, old.pointer, new.pointer);
    }
    if !lost.is_empty() || !gained.is_empty() {
        let list = |verb: &str, names: &[&str]| (!names.is_empty()).then(|| format!("{verb} `{}`", names.join("`, `")));
        let both: Vec<String> = [list("loses", &lost), list("gains", &gained)].into_iter().flatten().collect();
        let message = format!("`{}` {}", old.path, both.join(" and "));
        let mut change = signatures(Change::rust(Rule::ArgumentsChanged, RustVerdict::Major, old.path, message));
        change.silent = accepted && old.named.is_none();
        context.add(change, old.pointer, new.pointer);
    } else if old.named.is_none() {
        let position = |old: &Argument| new.arguments.iter().position(|new| is_same(old, new));
        let places: Vec<Option<usize>> = old.arguments.iter().map(position).collect();
        if !places.is_sorted() {
            let message = format!("arguments of `{}` changed places", old.path);
            let mut change = signatures(Change::rust(Rule::ArgumentsReordered, RustVerdict::Major, old.path, message));
            change.silent = accepted;
            change.help = context.lock_help(None, "keeps the old order");
            context.add(change, old.pointer, new.pointer);
        }
    }
    if with_types {
        for old_argument in &old.arguments {
            if let Some(new_argument) = new.arguments.iter().find(|new| is_same(old_argument, new)) {
                let item = format!("{}({})", old.path, old_argument.name);
                let types = (&old_argument.ty, &new_argument.ty);
                context.argument("argument", &item, types, (old.pointer, new.pointer));
            }
        }
    }
}

/// Returns true if what old code passes for a type may also be passed for the other one.
fn accepts(context: &Context<'_>, old: &RustType, new: &RustType) -> bool {
    let takes_str = |ty: &RustType| {
        matches!(ty, RustType::String | RustType::Secret | RustType::Model { class: Class::String, .. })
    };
    let new = if let RustType::Option(inner) = new { inner } else { new };
    context.is_same(old, new) || (takes_str(old) && takes_str(new))
}
