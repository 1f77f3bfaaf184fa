//! Pagination of operations. The settings decide first, then extensions of the description, then naming conventions.
//! Knows the API, and the extensions of the description.

mod candidates;
mod convention;
mod extension;
mod items;
mod rule;
mod rule_error;
mod takers;

use super::Lower;
use super::lookup::ApiLookup;
use crate::api::{Api, Operation, Paging, PagingRule, Source};
use crate::diagnostic::{Code, Diagnostics};
use crate::pattern;
use crate::span::Span;
use crate::syntax::node::NodeId;
use indexmap::IndexMap;
use rule_error::PagingRuleError;
use std::collections::BTreeSet;

/// Pagination rules by operation id, or by a pattern of ids. `None` turns pagination off.
pub(crate) type PagingRules = IndexMap<String, Option<PagingRule>>;

/// The pagination extension of one operation.
#[derive(Debug, Default)]
pub(super) struct PagingExtension(Option<(&'static str, Span, PagingRule)>);

impl Lower<'_> {
    /// Reads the extension of an operation.
    pub(super) fn paging_extension(&self, operation: NodeId) -> PagingExtension {
        PagingExtension(self.extension(operation))
    }
}

/// Sets the pagination of every operation.
pub(super) fn set(api: &mut Api, extensions: &[PagingExtension], rules: &PagingRules, diagnostics: &mut Diagnostics) {
    let mut patterns = Patterns::default();
    let found: Vec<_> = api
        .operations
        .iter()
        .zip(extensions)
        .map(|(operation, extension)| {
            let view = ApiLookup::new(api);
            let id = operation.id.as_deref().unwrap_or_default();
            if let Some(rule) = operation.id.as_ref().and_then(|id| rules.get(id)) {
                return by_setting(&view, operation, id, rule.as_ref(), diagnostics);
            }
            match patterns.use_first(&view, operation, id, rules) {
                Some(paging) => paging,
                None => by_description(&view, operation, extension, diagnostics),
            }
        })
        .collect();
    patterns.report(diagnostics);
    for (operation, paging) in api.operations.iter_mut().zip(found) {
        operation.paging = paging;
    }
}

/// The pagination of one operation by the setting for its id.
fn by_setting(
    view: &ApiLookup<'_>,
    operation: &Operation,
    id: &str,
    rule: Option<&PagingRule>,
    diagnostics: &mut Diagnostics,
) -> Option<Paging> {
    rule::check(view, operation, rule?, Source::Settings)
        .map_err(|wrong| {
            diagnostics.report_whole(Code::SettingNoMatch, format!("the setting `pagination.{id}`: {wrong}"));
        })
        .ok()
}

/// The pagination of one operation by its extension, otherwise by convention.
fn by_description(
    view: &ApiLookup<'_>,
    operation: &Operation,
    extension: &PagingExtension,
    diagnostics: &mut Diagnostics,
) -> Option<Paging> {
    let Some((name, span, rule)) = &extension.0 else { return convention::find(view, operation) };
    rule::check(view, operation, rule, Source::Extension(name))
        .map_err(|wrong| {
            diagnostics.report(Code::PagingUnusable, *span, format!("`{name}` is ignored: {wrong}"));
        })
        .ok()
}

/// Settings by patterns of operation ids. A pattern is an error only if it fits no operation.
#[derive(Default)]
struct Patterns<'w> {
    used: BTreeSet<&'w str>,
    /// By pattern, the first operation that it does not fit, and the reason.
    wrong: IndexMap<&'w str, (String, PagingRuleError)>,
}

impl<'w> Patterns<'w> {
    /// The pagination by the first pattern that fits an operation, which is used then. The outer `None`: no pattern fits.
    fn use_first(
        &mut self,
        view: &ApiLookup<'_>,
        operation: &Operation,
        id: &str,
        rules: &'w PagingRules,
    ) -> Option<Option<Paging>> {
        for (pattern, rule) in pattern::rules(rules, id) {
            let checked = rule.as_ref().map(|rule| rule::check(view, operation, rule, Source::Settings));
            match checked.transpose() {
                Ok(paging) => {
                    self.used.insert(pattern);
                    return Some(paging);
                }
                Err(wrong) => drop(self.wrong.entry(pattern).or_insert_with(|| (id.to_owned(), wrong))),
            }
        }
        None
    }

    /// Reports every pattern that fits no operation.
    fn report(&self, diagnostics: &mut Diagnostics) {
        for (pattern, (id, wrong)) in self.wrong.iter().filter(|(pattern, _)| !self.used.contains(*pattern)) {
            let message =
                format!("the setting `pagination.{pattern}` fits no operation, for example not `{id}`: {wrong}");
            diagnostics.report_whole(Code::SettingNoMatch, message);
        }
    }
}
