//! Pagination: the type of the items, and the facts of the description.

use super::operation_docs;
use crate::api::{Operation, Source};
pub(crate) use crate::api::{PageLocation, Paging, Step};
use crate::plan::docs;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use serde_json::{Value, json};

/// A paginated list.
#[derive(Debug)]
pub(crate) struct Pages {
    /// Type of an item.
    pub item: RustType,
    /// The request of the next page, and the fields of a page.
    pub facts: Paging,
}

/// Names of the methods of a call for paginated lists.
pub(super) const METHODS: [&str; 2] = ["items", "pages"];

/// Returns the pagination of an operation.
pub(super) fn pages(operation: &Operation, types: &Types<'_>) -> Option<Pages> {
    let facts = operation.paging.clone()?;
    Some(Pages { item: types.nullable_type(facts.item), facts })
}

/// Documentation of a paginated list for a call.
pub(super) fn documentation(pages: Option<&Pages>) -> Option<String> {
    let pages = pages?;
    let list = &pages.facts.items;
    if list.is_empty() {
        let text = "The list is paginated: `items()` returns the items of all pages, `pages()` returns the pages.";
        return Some(text.to_owned());
    }
    let item = Some(&pages.item).filter(|item| item.names_models()).and_then(operation_docs::type_in_words);
    Some(format!(
        "The list `{}` is paginated: `items()` returns its items of all pages{}, `pages()` returns the pages.",
        docs::escape_inline(&list.join(".")),
        item.map(|item| format!(" ({item})")).unwrap_or_default()
    ))
}

impl Pages {
    /// The entry in `surface.json`.
    pub(in crate::plan) fn surface(&self) -> Value {
        let Paging { step, items, source, .. } = &self.facts;
        let source = match source {
            Source::Settings => "settings",
            Source::Extension(name) => name,
            Source::Convention => "convention",
        };
        let mut value = json!({
            "style": step.name(), "items": items.join("."), "type": self.item.path(), "source": source,
        });
        let location = match step {
            Step::Cursor { location, .. }
            | Step::LastItem { location, .. }
            | Step::Offset { location, .. }
            | Step::Number { location, .. } => Some(location),
            Step::Url { .. } | Step::Link => None,
        };
        let next = match step {
            Step::Cursor { next, .. } | Step::Url { next } | Step::LastItem { key: next, .. } => Some(next.join(".")),
            Step::Offset { .. } | Step::Number { .. } | Step::Link => None,
        };
        let parameter = location.map(|location| match location {
            PageLocation::Query(name) | PageLocation::Header(name) => name.clone(),
            PageLocation::Body(path) => format!("body.{}", path.join(".")),
        });
        if let Some(object) = value.as_object_mut() {
            object.extend(parameter.map(|parameter| ("parameter".to_owned(), json!(parameter))));
            object.extend(next.map(|next| ("next".to_owned(), json!(next))));
        }
        value
    }
}
