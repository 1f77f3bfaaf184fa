//! The properties of a page that may describe the next one: those at its top, and those of the usual objects for
//! pagination.

use super::ApiLookup;
use crate::api::SchemaId;

/// A value in a page.
#[derive(Debug, Clone)]
pub(super) struct PageProperty {
    pub(super) path: Vec<String>,
    /// Its name in lower case, with letters and digits only.
    pub(super) name: String,
    /// The name of the object that holds it, in the same form. Empty at the top.
    pub(super) holder: String,
    pub(super) schema: SchemaId,
}

/// Names of objects that describe pages.
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

/// A name in lower case with letters and digits only: `page[cursor]` and `pageCursor` are equal.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// All properties, outer ones first. `items` is the path of the items. The properties beside them count too.
pub(super) fn spots(view: &ApiLookup<'_>, page: SchemaId, items: &[String]) -> Vec<PageProperty> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), page, 0)];
    if let [around, _] = items
        && let Some(schema) = view.at(page, std::slice::from_ref(around))
    {
        open.push((vec![around.clone()], schema, 0));
    }
    while !open.is_empty() {
        for (path, object, depth) in std::mem::take(&mut open) {
            let holder = path.last().map(|name: &String| normalized(name)).unwrap_or_default();
            for property in view.properties(object) {
                let name = normalized(&property.name);
                let path: Vec<String> = path.iter().chain([&property.name]).cloned().collect();
                if depth < 3 && HOLDERS.contains(&name.as_str()) && view.has_members(property.schema) {
                    open.push((path.clone(), property.schema, depth + 1));
                }
                found.push(PageProperty { path, name, holder: holder.clone(), schema: property.schema });
            }
        }
    }
    found
}
