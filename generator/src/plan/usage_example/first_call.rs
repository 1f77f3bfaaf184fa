//! The operation of the first call in the documentation: a read of the main resource of the API. Knows planned operations; does
//! not know their values.

use super::{ExampleResult, Examples, required, result};
use crate::api::without_names;
use crate::plan::models::Kind;
use crate::plan::operations::{Group, Outcome, PlannedOperation, path_words};
use crate::plan::rust_type::RustType;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// More required arguments hide the call among its values.
const MAX_ARGUMENTS: usize = 2;

impl Examples<'_> {
    /// Every operation, the best for a first call first. These decide, the first one most: it is not deprecated or in preview;
    /// it only reads (`GET`); it returns objects that the description defines; its path names something; it is not a paginated
    /// list and no stream, which have programs of their own; it has few required arguments; its group has other operations,
    /// unlike one for the status of the service; many operations are below its path, as below the main resource of an API;
    /// it has the fewest required arguments. Equal ones stay in the order of the description.
    pub(super) fn first_calls<'g>(&self, groups: &'g [Group]) -> Vec<(&'g Group, &'g PlannedOperation)> {
        let all = groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
        let mut all: Vec<(&Group, &PlannedOperation)> = all.collect();
        let mut below: BTreeMap<String, usize> = BTreeMap::new();
        for path in all.iter().flat_map(|(_, operation)| outer_paths(&operation.path)) {
            *below.entry(path).or_default() += 1;
        }
        all.sort_by_cached_key(|(group, operation)| {
            let arguments = required(operation).count();
            let is_value = result(operation) == ExampleResult::Value;
            (
                (
                    operation.preview,
                    operation.deprecated.is_some(),
                    operation.method != "GET",
                    operation.body.is_some(),
                ),
                (!self.returns_objects(operation), path_words(&operation.path).is_empty(), !is_value),
                (arguments > MAX_ARGUMENTS, group.operations.len() < 2),
                Reverse(below.get(&resource(&operation.path)).copied().unwrap_or_default()),
                arguments,
            )
        });
        all
    }

    /// Returns true if a success is an object with fields, or a list of such objects.
    fn returns_objects(&self, operation: &PlannedOperation) -> bool {
        match &operation.success {
            Outcome::One(ty, _) => self.has_fields(ty),
            Outcome::Several { responses, .. } => {
                responses.first().is_some_and(|response| self.has_fields(&response.ty))
            }
        }
    }

    fn has_fields(&self, ty: &RustType) -> bool {
        match ty {
            RustType::List(inner) | RustType::Boxed(inner) | RustType::Option(inner) => self.has_fields(inner),
            RustType::Model { name, .. } => match self.samples.definition(name).map(|model| &model.kind) {
                Some(Kind::Struct(structure)) => !structure.fields.is_empty(),
                // A chain of aliases has an end.
                Some(Kind::Alias(aliased)) => self.has_fields(aliased),
                Some(Kind::Union(_)) => true,
                Some(Kind::StringEnum(_) | Kind::IntegerEnum(_)) | None => false,
            },
            _ => false,
        }
    }
}

/// A path without the names of its parameters, and without the extension of its last segment.
fn resource(path: &str) -> String {
    let path = without_names(path.trim_end_matches('/'), "{}");
    path.strip_suffix(".json").map(str::to_owned).unwrap_or(path)
}

/// The paths around a path.
fn outer_paths(path: &str) -> impl Iterator<Item = String> {
    let path = resource(path);
    let ends: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    ends.into_iter().filter_map(move |end| path.get(..end).filter(|outer| !outer.is_empty()).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::outer_paths;

    #[test]
    fn outer_paths_end_at_segments() {
        let paths: [(&str, &[&str]); 4] = [
            ("/", &[]),
            ("/pets", &[]),
            ("/repos/{owner}/{repo}", &["/repos", "/repos/{}"]),
            ("/v1/Accounts/{Sid}.json", &["/v1", "/v1/Accounts"]),
        ];
        for (path, expected) in paths {
            assert_eq!(outer_paths(path).collect::<Vec<_>>(), expected, "{path}");
        }
    }
}
