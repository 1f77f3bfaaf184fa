//! Cargo features of operations: the attribute of items that need them, and their part of `Cargo.toml`.

use crate::plan::Plan;
use crate::plan::modules::features_without_operations;
use crate::plan::usage_example::Example;
use proc_macro2::TokenStream;
use quote::quote;

/// `#[cfg]` for all features of any of these sets; `None` without sets.
pub(super) fn gate(sets: &[Vec<String>]) -> Option<TokenStream> {
    match sets {
        [] => None,
        [one] => all(one).map(|all| quote!(#[cfg(#all)])),
        several => {
            let several: Option<Vec<TokenStream>> = several.iter().map(|set| all(set)).collect();
            several.map(|several| quote!(#[cfg(any(#(#several),*))]))
        }
    }
}

/// `#[cfg]` for all of these features; `None` without features.
pub(super) fn gate_all(features: &[String]) -> Option<TokenStream> {
    all(features).map(|all| quote!(#[cfg(#all)]))
}

fn all(features: &[String]) -> Option<TokenStream> {
    match features {
        [] => None,
        [one] => Some(quote!(feature = #one)),
        several => Some(quote!(all(#(feature = #several),*))),
    }
}

/// All features of groups, and those of types that no group needs.
pub(super) fn names(plan: &Plan) -> Vec<&str> {
    let groups = plan.groups.iter().filter_map(|group| group.feature.as_deref());
    groups.chain(features_without_operations(&plan.modules, &plan.groups)).collect()
}

/// `[features]` of `Cargo.toml` with those of operations: groups are on unless a user switches `full` off, operations
/// in preview are off.
pub(super) fn lines(plan: &Plan, others: Vec<String>) -> Vec<String> {
    let names = names(plan);
    let mut lines = Vec::new();
    for line in others {
        let default = line.strip_prefix("default = [").map(str::to_owned);
        lines.push(match &default {
            Some(rest) if !names.is_empty() => format!("default = [\"full\", {rest}"),
            Some(_) | None => line,
        });
        if default.is_none() {
            continue;
        }
        if !names.is_empty() {
            lines.push("# Every group of operations, and the features whose types no operation uses.".to_owned());
            lines.push("full = [".to_owned());
            lines.extend(names.iter().map(|name| format!("    \"{name}\",")));
            lines.push("]".to_owned());
            lines.extend(names.iter().map(|name| format!("{name} = []")));
        }
        if let Some(preview) = &plan.preview {
            lines.push("# Preview operations, which may change without notice.".to_owned());
            lines.push(format!("{preview} = []"));
        }
    }
    lines
}

/// `[[example]]` for each program that needs a feature.
pub(super) fn examples(plan: &Plan) -> Vec<String> {
    let table = |example: &Example| {
        let features: Vec<String> = example.features.iter().map(|name| format!("\"{name}\"")).collect();
        let features = format!("required-features = [{}]", features.join(", "));
        [String::new(), "[[example]]".to_owned(), format!("name = \"{}\"", example.name), features]
    };
    plan.examples.iter().filter(|example| !example.features.is_empty()).flat_map(table).collect()
}
