//! Cargo features of groups: the attribute on what stands behind them, and their part of `Cargo.toml`.

use crate::plan::Plan;
use crate::plan::modules::UNREACHED;
use proc_macro2::TokenStream;
use quote::quote;

/// `#[cfg]` for one of these features; nothing when there is none.
pub(super) fn gate<'f>(features: impl IntoIterator<Item = &'f String>) -> Option<TokenStream> {
    let features: Vec<&String> = features.into_iter().collect();
    match features.as_slice() {
        [] => None,
        [one] => Some(quote!(#[cfg(feature = #one)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// Every feature of a group, and that of types which no group needs.
pub(super) fn names(plan: &Plan) -> Vec<&str> {
    let groups = plan.groups.iter().filter_map(|group| group.feature.as_deref());
    let unreached = plan.modules.iter().any(|module| module.features.iter().any(|name| name == UNREACHED));
    groups.chain(unreached.then_some(UNREACHED)).collect()
}

/// `[features]` of `Cargo.toml` with the groups in it: all of them unless a user switches `full` off.
pub(super) fn lines(plan: &Plan, others: Vec<String>) -> Vec<String> {
    let names = names(plan);
    if names.is_empty() {
        return others;
    }
    let mut lines = Vec::new();
    for line in others {
        let default = line.strip_prefix("default = [");
        lines.push(default.map_or_else(|| line.clone(), |rest| format!("default = [\"full\", {rest}")));
        if default.is_some() {
            lines.push("# Every group of calls, and the types that no call needs.".to_owned());
            lines.push("full = [".to_owned());
            lines.extend(names.iter().map(|name| format!("    \"{name}\",")));
            lines.push("]".to_owned());
            lines.extend(names.iter().map(|name| format!("{name} = []")));
        }
    }
    lines
}

/// `[[example]]` for each program that stands behind a feature.
pub(super) fn examples(plan: &Plan) -> Vec<String> {
    let feature = |name: &str| plan.groups.iter().find(|group| group.module == name)?.feature.as_deref();
    let examples = plan.examples.iter().filter_map(|example| Some((&example.name, feature(&example.name)?)));
    let table = |(name, feature): (&String, &str)| {
        let fields = [format!("name = \"{name}\""), format!("required-features = [\"{feature}\"]")];
        [String::new(), "[[example]]".to_owned()].into_iter().chain(fields)
    };
    examples.flat_map(table).collect()
}
