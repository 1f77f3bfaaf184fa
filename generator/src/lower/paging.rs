//! Which operations give a list in pages, and how the next page is asked for: settings first, then extensions of the
//! description, then what is usual. Knows the model; the description only where extensions stand.

mod convention;
mod extension;
mod items;
mod spots;
mod wish;

use super::Lower;
use super::view::View;
use crate::api::{Api, Source, Wish};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::node::NodeId;
use crate::span::Span;
use indexmap::IndexMap;

/// What settings say by operation: how its pages come, or that they do not.
pub type Wishes = IndexMap<String, Option<Wish>>;

/// What an extension says of one operation.
#[derive(Debug, Default)]
pub(super) struct Hint(Option<(&'static str, Span, Wish)>);

impl Lower<'_> {
    /// What an operation's own node says.
    pub(super) fn hint(&self, operation: NodeId) -> Hint {
        Hint(self.extension(operation))
    }
}

/// Decides for every operation.
pub(super) fn find(api: &mut Api, hints: &[Hint], wishes: &Wishes, diagnostics: &mut Diagnostics) {
    let found: Vec<_> = api
        .operations
        .iter()
        .zip(hints)
        .map(|(operation, hint)| {
            let view = View::new(api);
            let set = operation.id.as_ref().and_then(|id| wishes.get(id));
            match (set, &hint.0) {
                (Some(None), _) => None,
                (Some(Some(wish)), _) => match wish::check(&view, operation, wish, Source::Settings) {
                    Ok(paging) => Some(paging),
                    Err(wrong) => {
                        let id = operation.id.as_deref().unwrap_or_default();
                        let message = format!("the setting `pagination.{id}`: {wrong}");
                        diagnostics.report_whole(Code::SettingNoMatch, message);
                        None
                    }
                },
                (None, Some((name, span, wish))) => {
                    match wish::check(&view, operation, wish, Source::Extension(name)) {
                        Ok(paging) => Some(paging),
                        Err(wrong) => {
                            diagnostics.report(
                                Code::PagingUnusable,
                                *span,
                                format!("`{name}` is passed over: {wrong}"),
                            );
                            None
                        }
                    }
                }
                (None, None) => convention::find(&view, operation),
            }
        })
        .collect();
    for (operation, paging) in api.operations.iter_mut().zip(found) {
        operation.paging = paging;
    }
}
