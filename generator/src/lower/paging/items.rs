//! The items of a page.

use super::ApiLookup;
use crate::api::SchemaId;

/// Names of properties with the items, the most likely first.
const ITEMS: [&str; 16] = [
    "data",
    "items",
    "results",
    "values",
    "entries",
    "records",
    "value",
    "elements",
    "rows",
    "list",
    "objects",
    "resources",
    "content",
    "hits",
    "result",
    "nodes",
];

/// Names of lists beside the items.
const BESIDE: [&str; 14] = [
    "errors",
    "warnings",
    "links",
    "included",
    "facets",
    "messages",
    "columns",
    "fields",
    "filters",
    "tags",
    "sort",
    "aggregations",
    "notes",
    "warning",
];

/// Objects that contain the items.
const AROUND: [&str; 8] = ["data", "result", "results", "response", "_embedded", "payload", "body", "page"];

impl ApiLookup<'_> {
    /// The path and the type of the items, if they are unambiguous.
    pub(super) fn items(&self, page: SchemaId) -> Option<(Vec<String>, SchemaId)> {
        if let Some(item) = self.item(page) {
            return Some((Vec::new(), item));
        }
        if let Some((name, item)) = self.items_among(page) {
            return Some((vec![name], item));
        }
        // The only list in an object that usually holds lists.
        let around = self.properties(page).iter().filter(|property| AROUND.contains(&property.name.as_str()));
        let mut inner = around.filter_map(|around| {
            let (name, item) = self.items_among(around.schema)?;
            Some((vec![around.name.clone(), name], item))
        });
        let first = inner.next()?;
        inner.next().is_none().then_some(first)
    }

    /// The list with a usual name among the properties of an object, or else the only list.
    fn items_among(&self, object: SchemaId) -> Option<(String, SchemaId)> {
        let lists = self.properties(object).iter().filter_map(|property| {
            let item = self.item(property.schema)?;
            let beside = BESIDE.contains(&property.name.to_lowercase().as_str());
            (!beside).then_some((property.name.as_str(), item))
        });
        let lists: Vec<(&str, SchemaId)> = lists.collect();
        let usual = ITEMS.iter().find_map(|usual| lists.iter().find(|(name, _)| name.eq_ignore_ascii_case(usual)));
        let only = match lists.as_slice() {
            [one] if self.has_members(one.1) => Some(one),
            _ => None,
        };
        usual.or(only).map(|(name, item)| ((*name).to_owned(), *item))
    }
}
