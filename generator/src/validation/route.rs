//! The operations of an address, by its path.

use crate::api::{Api, without_names};
use crate::pattern::fits;
use crate::syntax::pointer::percent_decode;

/// The addresses of all operations.
#[derive(Debug)]
pub(crate) struct Routes {
    routes: Vec<Route>,
    /// Segments of the paths of servers, the longest first.
    bases: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Route {
    method: String,
    segments: Vec<String>,
    /// The path of the operation's own server.
    base: Option<Vec<String>>,
}

/// An operation whose path matches an address.
#[derive(Debug)]
pub(crate) struct Match {
    /// Index of the operation.
    pub operation: usize,
    /// Number of segments without a parameter.
    pub fixed: usize,
    /// The segments of the address after the path of the server, each with its part of the template.
    pub segments: Vec<(String, String)>,
}

impl Routes {
    /// The addresses of an API.
    pub(crate) fn new(api: &Api) -> Self {
        let routes = api.operations.iter().map(|operation| Route {
            method: operation.method.clone(),
            // Some descriptions distinguish operations by a fragment, which clients do not send.
            segments: segments(operation.path.split('#').next().unwrap_or_default()),
            base: operation.server.as_ref().map(|server| base(&server.url)),
        });
        let mut bases: Vec<_> = api.servers.iter().map(|server| base(&server.url)).collect();
        // A recording of a local server may lack the path of the real one.
        bases.push(Vec::new());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        bases.dedup();
        Self { routes: routes.collect(), bases }
    }

    /// The index of the operation with the most fixed segments. The host is not compared.
    pub(crate) fn find(&self, method: &str, url: &str) -> Option<usize> {
        self.find_match(method, url).map(|found| found.operation)
    }

    /// The operation with the most fixed segments. The host is not compared.
    pub(crate) fn find_match(&self, method: &str, url: &str) -> Option<Match> {
        let path = segments(path(url));
        let has_method = |route: &Route| route.method.eq_ignore_ascii_case(method);
        // Of two paths that fit as well, the first of the description.
        let best =
            |found: Vec<Match>| found.into_iter().max_by_key(|found| (found.fixed, std::cmp::Reverse(found.operation)));
        self.bases.iter().find_map(|base| best(self.fitting(base, &path, has_method)))
    }

    /// The indexes of the operations of every method whose path matches.
    pub(crate) fn of_any_method(&self, url: &str) -> Vec<usize> {
        let path = segments(path(url));
        let fitting = self.bases.iter().map(|base| self.fitting(base, &path, |_| true));
        let found = fitting.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        found.into_iter().map(|found| found.operation).collect()
    }

    fn fitting(&self, base: &[String], path: &[String], has_method: impl Fn(&Route) -> bool) -> Vec<Match> {
        let fitting =
            self.routes.iter().enumerate().filter(|(_, route)| has_method(route)).filter_map(|(operation, route)| {
                // A client can send every operation to one base URL, so the path of the operation's own server can be absent.
                let below_own_base = route.base.as_deref().and_then(|base| after(path, base));
                let rest = below_own_base.or_else(|| after(path, base))?;
                let parts = || route.segments.iter().zip(rest);
                let fits =
                    rest.len() == route.segments.len() && parts().all(|(part, segment)| fits_segment(part, segment));
                let fixed = route.segments.iter().filter(|part| !part.contains('{')).count();
                let segments = || parts().map(|(part, segment)| (part.clone(), segment.clone())).collect();
                fits.then(|| Match { operation, fixed, segments: segments() })
            });
        fitting.collect()
    }
}

/// The segments of a path after the path of a server.
fn after<'p>(path: &'p [String], base: &[String]) -> Option<&'p [String]> {
    let start = path.get(..base.len())?;
    let is_base = base.iter().zip(start).all(|(part, segment)| fits_segment(part, segment));
    is_base.then(|| path.get(base.len()..).unwrap_or_default())
}

/// The path of an address, without query and fragment.
fn path(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    match url.split_once("://") {
        // An address can be a part of a path.
        Some((scheme, rest)) if !scheme.contains('/') => {
            rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/")
        }
        _ => url,
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
        return template == segment || percent_decode(template) == percent_decode(segment);
    }
    !segment.is_empty() && fits(&without_names(template, "*"), segment)
}
