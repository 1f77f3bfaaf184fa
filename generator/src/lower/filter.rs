//! Filters: the operations and webhooks that the settings leave out, with the components that only those need. The
//! meaning of the rest does not change, because this pass comes after all that compare types with each other.

mod closure;

use super::Lower;
use crate::api::{LeftOut, LeftOutKind, Selection, route};
use crate::diagnostic::Code;
use crate::pattern::{fits, fits_path, suggestion};
use crate::syntax::node::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// The operations and webhooks that the settings leave out.
#[derive(Debug, Default)]
pub(super) struct Filtered {
    /// For each operation of the API the reason why it is left out.
    pub(super) operations: Vec<Option<String>>,
    /// The same for each webhook and callback.
    pub(super) webhooks: Vec<Option<String>>,
    /// The same by the pointer of the operation or webhook, also for those that cannot be generated.
    decided: BTreeMap<String, Option<String>>,
    /// Patterns that match something.
    used: BTreeSet<Rule>,
    /// The values that patterns of each list are compared with.
    known: BTreeMap<&'static str, BTreeSet<String>>,
}

/// A pattern: its table, its list, and its index in the list.
type Rule = (&'static str, &'static str, usize);

impl Filtered {
    /// The reason why an operation is left out.
    pub(super) fn reason(&self, pointer: &str) -> Option<String> {
        self.decided.get(pointer).cloned().flatten()
    }
}

/// The facts of an operation or webhook that filters compare.
struct Candidate {
    tags: Vec<String>,
    path: String,
    id: Option<String>,
    method: String,
    deprecated: bool,
}

/// The lists that choose operations. `methods` and `deprecated` only restrict the selection of `include`.
const CHOOSING: [&str; 3] = ["tags", "paths", "operations"];
const METHODS: &str = "methods";

fn list<'s>(selection: &'s Selection, name: &str) -> &'s [String] {
    match name {
        "tags" => &selection.tags,
        "paths" => &selection.paths,
        "operations" => &selection.operations,
        _ => &selection.methods,
    }
}

impl Candidate {
    fn matches(&self, list: &str, pattern: &str) -> bool {
        match list {
            "tags" => self.tags.iter().any(|tag| fits(pattern, tag)),
            "paths" => fits_path(pattern, &self.path),
            "operations" => match pattern.split_once(' ') {
                Some((method, path)) => self.has_method(method) && fits_path(path.trim(), &self.path),
                None => self.id.as_ref().is_some_and(|id| fits(pattern, id)),
            },
            _ => self.has_method(pattern),
        }
    }

    fn has_method(&self, pattern: &str) -> bool {
        fits(&pattern.to_uppercase(), &self.method.to_uppercase())
    }
}

impl Lower<'_> {
    /// Decides about an operation or webhook, and returns the reason why it is left out. The path of a webhook is its name.
    pub(super) fn select(&mut self, path: &str, method: &str, node: NodeId, pointer: &str) -> Option<String> {
        let options = self.options;
        if options.include == Selection::default() && options.exclude == Selection::default() {
            return None;
        }
        let tree = &self.document.tree;
        let tags = tree.value_at(node, "tags").map_or(&[][..], |tags| tree.list(tags));
        let candidate = Candidate {
            tags: tags.iter().filter_map(|tag| tree.text(*tag).map(str::to_owned)).collect(),
            path: path.to_owned(),
            id: self.text(node, "operationId"),
            method: method.to_owned(),
            deprecated: self.flag(node, "deprecated"),
        };
        self.filtered.record_known(&candidate);
        let included = self.filtered.matching("include", &options.include, &candidate);
        let excluded = self.filtered.matching("exclude", &options.exclude, &candidate);
        let reason = excluded_by(&options.exclude, &candidate, excluded)
            .or_else(|| not_included_by(&options.include, &candidate, included));
        self.filtered.decided.insert(pointer.to_owned(), reason.clone());
        reason
    }

    /// Records an operation that the settings leave out, and that could not be generated anyway.
    pub(super) fn leave_out(&mut self, name: String, node: NodeId, pointer: &str, reason: String) {
        let span = Some(self.document.tree.span(node));
        let kind = LeftOutKind::Operation;
        self.api.left_out.push(LeftOut { kind, name, pointer: pointer.to_owned(), span, reason });
    }

    /// Removes the parts that the settings leave out, and reports patterns that match nothing.
    pub(super) fn filter(&mut self) {
        self.report_unmatched();
        self.remove_left_out();
        let left_all = self.api.operations.is_empty() && self.api.webhooks.is_empty();
        if left_all && self.api.left_out.iter().any(|left| left.kind == LeftOutKind::Operation) {
            let message = "the settings `include` and `exclude` leave out every operation";
            self.diagnostics.report_whole(Code::SettingNoMatch, message);
        }
        // A part that could not be generated is not reported where it is left out anyway.
        let left_out: Vec<&str> = self.api.left_out.iter().map(|left| left.pointer.as_str()).collect();
        self.api.skipped.retain(|skipped| {
            let inside = |pointer: &&str| {
                skipped.pointer.strip_prefix(*pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            !left_out.iter().any(inside)
        });
    }

    /// Reports patterns of the settings that match no operation.
    fn report_unmatched(&mut self) {
        let tables = [("include", &self.options.include), ("exclude", &self.options.exclude)];
        for (table, selection) in tables {
            for name in CHOOSING.into_iter().chain([METHODS]) {
                let unmatched = list(selection, name).iter().enumerate();
                let unmatched = unmatched.filter(|(index, _)| !self.filtered.used.contains(&(table, name, *index)));
                let known = self.filtered.known.get(name);
                let known: Vec<&str> = known.iter().flat_map(|known| known.iter().map(String::as_str)).collect();
                for (_, pattern) in unmatched {
                    let near = suggestion(pattern, &known);
                    let what = match name {
                        "tags" => "operation or webhook with this tag",
                        "paths" => "such path or webhook",
                        "operations" => "such operation",
                        _ => "operation with this method",
                    };
                    let message = format!(
                        "the setting `{table}.{name}` names `{pattern}`, but the description has no {what}{near}"
                    );
                    self.diagnostics.report_whole(Code::SettingNoMatch, message);
                }
            }
        }
    }
}

impl Filtered {
    /// Records the values of an operation, for suggestions.
    fn record_known(&mut self, candidate: &Candidate) {
        let mut add = |list, value: String| {
            self.known.entry(list).or_default().insert(value);
        };
        candidate.tags.iter().for_each(|tag| add("tags", tag.clone()));
        add("paths", candidate.path.clone());
        add("operations", route(&candidate.method.to_uppercase(), &candidate.path));
        add(METHODS, candidate.method.to_uppercase());
        if let Some(id) = &candidate.id {
            add("operations", id.clone());
        }
    }

    /// The first pattern that matches of each list. Records all that match, so that the others can be reported.
    fn matching<'s>(
        &mut self,
        table: &'static str,
        selection: &'s Selection,
        candidate: &Candidate,
    ) -> Vec<(&'static str, &'s str)> {
        let mut first_patterns = Vec::new();
        for name in CHOOSING.into_iter().chain([METHODS]) {
            let matching = list(selection, name).iter().enumerate();
            let matching: Vec<_> = matching.filter(|(_, pattern)| candidate.matches(name, pattern)).collect();
            self.used.extend(matching.iter().map(|(index, _)| (table, name, *index)));
            first_patterns.extend(matching.first().map(|(_, pattern)| (name, pattern.as_str())));
        }
        first_patterns
    }
}

/// The rule of `exclude` that leaves out an operation: any that matches.
fn excluded_by(exclude: &Selection, candidate: &Candidate, matching: Vec<(&str, &str)>) -> Option<String> {
    if let Some((name, pattern)) = matching.first() {
        return Some(format!("`exclude.{name}` names `{pattern}`"));
    }
    let is = if candidate.deprecated { "deprecated" } else { "not deprecated" };
    let by_flag = exclude.deprecated.filter(|deprecated| *deprecated == candidate.deprecated);
    by_flag.map(|deprecated| format!("`exclude.deprecated` is {deprecated}, and it is {is}"))
}

/// The reason why `include` does not choose an operation. One list must choose it; `methods` and `deprecated`
/// must allow it.
fn not_included_by(include: &Selection, candidate: &Candidate, matching: Vec<(&str, &str)>) -> Option<String> {
    let given: Vec<&str> = CHOOSING.into_iter().filter(|name| !list(include, name).is_empty()).collect();
    if !given.is_empty() && !matching.iter().any(|(name, _)| CHOOSING.contains(name)) {
        let given: Vec<String> = given.iter().map(|name| format!("`include.{name}`")).collect();
        let verb = if given.len() == 1 { "does" } else { "do" };
        return Some(format!("{} {verb} not name it", given.join(" and ")));
    }
    if !include.methods.is_empty() && !matching.iter().any(|(name, _)| *name == METHODS) {
        return Some(format!("`include.methods` does not name `{}`", candidate.method.to_uppercase()));
    }
    let is = if candidate.deprecated { "deprecated" } else { "not deprecated" };
    let by_flag = include.deprecated.filter(|deprecated| *deprecated != candidate.deprecated);
    by_flag.map(|deprecated| format!("`include.deprecated` is {deprecated}, and it is {is}"))
}
