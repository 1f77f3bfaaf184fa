//! The values of a page that may say something about the next one: at its top, and in the objects that usually hold such.

use super::ApiLookup;
use crate::api::SchemaId;

/// A value in a page.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) path: Vec<String>,
    /// Its name in lower case, letters and digits only.
    pub(super) name: String,
    /// The name of the object that holds it, in the same way; empty at the top.
    pub(super) holder: String,
    pub(super) schema: SchemaId,
}

/// Objects that hold what is said about pages.
const HOLDERS: [&str; 18] = [
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "pages",
    "responsemetadata",
    "links",
    "cursor",
    "cursors",
    "next",
    "pagingmetadata",
    "paginationinfo",
    "paginationmeta",
    "pager",
    "searchmetadata",
    "listmetadata",
];

/// Letters and digits, in lower case: `page[cursor]` and `pageCursor` are one name.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// All of them, the outer ones first. `items` is where the items are: what stands beside them counts too.
pub(super) fn spots(view: &ApiLookup<'_>, page: SchemaId, items: &[String]) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), page, 0)];
    if let [around, _] = items
        && let Some(schema) = view.at(page, std::slice::from_ref(around))
    {
        open.push((vec![around.clone()], schema, 0));
    }
    while !open.is_empty() {
        for (path, object, depth) in std::mem::take(&mut open) {
            let holder = path.last().map(|name: &String| plain(name)).unwrap_or_default();
            for property in view.properties(object) {
                let name = plain(&property.name);
                let path: Vec<String> = path.iter().chain([&property.name]).cloned().collect();
                if depth < 3 && HOLDERS.contains(&name.as_str()) && view.is_object(property.schema) {
                    open.push((path.clone(), property.schema, depth + 1));
                }
                found.push(Spot { path, name, holder: holder.clone(), schema: property.schema });
            }
        }
    }
    found
}
