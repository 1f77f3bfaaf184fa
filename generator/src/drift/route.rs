//! The operation of a request, by its method and path.

use crate::api::{Api, without_names};
use crate::pattern::fits;

/// The addresses of all operations.
pub(super) struct Routes<'a> {
    routes: Vec<Route<'a>>,
    /// Segments of the paths of servers, the longest first.
    bases: Vec<Vec<String>>,
}

struct Route<'a> {
    method: &'a str,
    segments: Vec<String>,
    /// The path of the operation's own server.
    base: Option<Vec<String>>,
}

impl<'a> Routes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let routes = api.operations.iter().map(|operation| Route {
            method: &operation.method,
            segments: segments(&operation.path),
            base: operation.server.as_deref().map(base),
        });
        let mut bases: Vec<_> = api.servers.iter().map(|server| base(&server.url)).collect();
        // A recording of a local server may lack the path of the real one.
        bases.push(Vec::new());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        bases.dedup();
        Self { routes: routes.collect(), bases }
    }

    /// The index of the operation with the most fixed segments. The host is not compared.
    pub(super) fn find(&self, method: &str, url: &str) -> Option<usize> {
        let path = segments(path(url));
        let after = |base: &Vec<String>| {
            let start = path.get(..base.len())?;
            let is_base = base.iter().zip(start).all(|(part, segment)| fits_segment(part, segment));
            is_base.then(|| path.get(base.len()..).unwrap_or_default())
        };
        let fitting = |base: Option<&Vec<String>>| {
            let fitting = self.routes.iter().enumerate().filter_map(|(index, route)| {
                let rest = match (&route.base, base) {
                    (Some(own), _) => after(own),
                    (None, base) => base.and_then(after),
                }?;
                let is_its = route.method.eq_ignore_ascii_case(method)
                    && rest.len() == route.segments.len()
                    && route.segments.iter().zip(rest).all(|(part, segment)| fits_segment(part, segment));
                let fixed = route.segments.iter().filter(|part| !part.contains('{')).count();
                is_its.then_some((fixed, index))
            });
            // Of two paths that fit as well, the first of the description.
            fitting.max_by_key(|(fixed, index)| (*fixed, std::cmp::Reverse(*index))).map(|(_, index)| index)
        };
        self.bases.iter().find_map(|base| fitting(Some(base)))
    }
}

/// The path of an address, without query and fragment.
fn path(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/"),
        None => url,
    }
}

fn base(server: &str) -> Vec<String> {
    let mut base = segments(path(server));
    // Only the last segment can be empty.
    base.retain(|segment| !segment.is_empty());
    base
}

fn segments(path: &str) -> Vec<String> {
    path.trim_start_matches('/').split('/').map(str::to_owned).collect()
}

/// Returns true if a segment of an address fits a segment of a template, such as `{id}.json`.
fn fits_segment(template: &str, segment: &str) -> bool {
    if !template.contains('{') {
        return template == segment || template == percent_decoded(segment);
    }
    !segment.is_empty() && fits(&without_names(template, "*"), segment)
}

fn percent_decoded(segment: &str) -> String {
    // Only the signs that clients escape although paths may have them.
    let pairs = [("%20", " "), ("%3A", ":"), ("%40", "@"), ("%24", "$"), ("%2B", "+"), ("%2C", ","), ("%3D", "=")];
    pairs.iter().fold(segment.to_owned(), |text, (from, to)| text.replace(from, to))
}
