//! Which operations give a list in pages, and how the next page is requested: settings first, then extensions of the
//! description, then what is usual. Knows the model; the description only where extensions stand.

mod candidates;
mod convention;
mod extension;
mod items;
mod rule;
mod takers;

use super::Lower;
use super::lookup::ApiLookup;
use crate::api::{Api, Operation, Paging, PagingRule, Source};
use crate::diagnostic::{Code, Diagnostics};
use crate::pattern;
use crate::source::node::NodeId;
use crate::span::Span;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// What settings say by operation id, or by a pattern of ids: how the pages come, or that they do not.
pub type PagingRules = IndexMap<String, Option<PagingRule>>;

/// What an extension says of one operation.
#[derive(Debug, Default)]
pub(super) struct Hint(Option<(&'static str, Span, PagingRule)>);

impl Lower<'_> {
    /// What an operation's own node says.
    pub(super) fn hint(&self, operation: NodeId) -> Hint {
        Hint(self.extension(operation))
    }
}

/// Decides for every operation.
pub(super) fn find(api: &mut Api, hints: &[Hint], wishes: &PagingRules, diagnostics: &mut Diagnostics) {
    let mut patterns = Patterns::default();
    let found: Vec<_> = api
        .operations
        .iter()
        .zip(hints)
        .map(|(operation, hint)| {
            let view = ApiLookup::new(api);
            let id = operation.id.as_deref().unwrap_or_default();
            if let Some(wish) = operation.id.as_ref().and_then(|id| wishes.get(id)) {
                return set(&view, operation, id, wish.as_ref(), diagnostics);
            }
            match patterns.find(&view, operation, id, wishes) {
                Some(settled) => settled,
                None => said(&view, operation, hint, diagnostics),
            }
        })
        .collect();
    patterns.report(diagnostics);
    for (operation, paging) in api.operations.iter_mut().zip(found) {
        operation.paging = paging;
    }
}

/// What the settings say of one operation by its id.
fn set(
    view: &ApiLookup<'_>,
    operation: &Operation,
    id: &str,
    wish: Option<&PagingRule>,
    diagnostics: &mut Diagnostics,
) -> Option<Paging> {
    rule::check(view, operation, wish?, Source::Settings)
        .map_err(|wrong| {
            diagnostics.report_whole(Code::SettingNoMatch, format!("the setting `pagination.{id}`: {wrong}"));
        })
        .ok()
}

/// What an extension of one operation says, else what its names say.
fn said(view: &ApiLookup<'_>, operation: &Operation, hint: &Hint, diagnostics: &mut Diagnostics) -> Option<Paging> {
    let Some((name, span, wish)) = &hint.0 else { return convention::find(view, operation) };
    rule::check(view, operation, wish, Source::Extension(name))
        .map_err(|wrong| {
            diagnostics.report(Code::PagingUnusable, *span, format!("`{name}` is ignored: {wrong}"));
        })
        .ok()
}

/// Settings by patterns of operation ids. One that does not fit an operation is no mistake as long as it fits another.
#[derive(Default)]
struct Patterns<'w> {
    used: BTreeSet<&'w str>,
    /// By pattern, the first operation that it does not fit, and why.
    wrong: IndexMap<&'w str, (String, String)>,
}

impl<'w> Patterns<'w> {
    /// What the first pattern says that fits an operation; none where no pattern does.
    fn find(
        &mut self,
        view: &ApiLookup<'_>,
        operation: &Operation,
        id: &str,
        wishes: &'w PagingRules,
    ) -> Option<Option<Paging>> {
        for (pattern, wish) in pattern::rules(wishes, id) {
            let checked = wish.as_ref().map(|wish| rule::check(view, operation, wish, Source::Settings));
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
            let message = format!("the setting `pagination.{pattern}` fits no operation; `{id}`: {wrong}");
            diagnostics.report_whole(Code::SettingNoMatch, message);
        }
    }
}
