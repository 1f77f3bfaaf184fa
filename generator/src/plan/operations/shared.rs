//! Types of equal shape that several operations of a group share: enums of errors, and views of headers. Each operation
//! keeps its own name for such a type, as an alias.

use super::outcome::VariantDocs;
use super::{Group, HeaderField, Outcome, PlannedOperation, TypedResponse, response_docs};
use crate::api::Status;
use crate::plan::names::{Scope, stem};
use crate::plan::rust_type::RustType;
use std::collections::BTreeMap;

/// More headers than this are not all in the name of their view, unless another view has the same name.
const MAX_NAMED: usize = 2;

/// Operations of one shape, and the short and the long name of its type.
struct Shape {
    operations: Vec<usize>,
    short: String,
    long: String,
}

/// Gives the operations with equal errors, or equal headers, the name of one type. The name depends on the shape. Two
/// shapes with the same short name both have the long one, so no name depends on the order of the description.
pub(super) fn share(operations: &mut [PlannedOperation], group: &str, scope: &mut Scope) {
    let errors = shapes(operations, error_responses, |responses| {
        let named =
            |label: fn(&TypedResponse) -> String| format!("{group}Error{}", joined(responses.iter().map(label), "Or"));
        (named(|response| status(response.status)), named(typed))
    });
    for (name, users) in distinct(errors, scope) {
        share_texts(operations, &users);
        for index in users {
            if let Some(operation) = operations.get_mut(index) {
                operation.shared_error = Some(name.clone());
                operation.error.remove_aliases();
            }
        }
    }
    let headers = shapes(operations, header_fields, |fields| {
        let named = |fields: &[HeaderField]| joined(fields.iter().map(|field| stem(&field.name)), "And");
        let long = format!("{group}{}Headers", named(fields));
        let few = fields.get(..1).filter(|_| fields.len() > MAX_NAMED);
        (few.map_or_else(|| long.clone(), |few| format!("{group}{}AndMoreHeaders", named(few))), long)
    });
    for (name, users) in distinct(headers, scope) {
        for index in users {
            if let Some(operation) = operations.get_mut(index) {
                operation.shared_headers = Some(name.clone());
                let fields = operation.headers.iter_mut().flat_map(|view| &mut view.fields);
                fields.for_each(|field| field.ty.remove_aliases());
            }
        }
    }
}

/// Removes the texts of variants that differ between the operations with one enum of errors.
fn share_texts(operations: &mut [PlannedOperation], users: &[usize]) {
    let texts = |operation: &PlannedOperation| -> Vec<Vec<String>> {
        let responses = error_responses(operation).unwrap_or_default();
        responses.iter().map(|response| response.docs.0.clone()).collect()
    };
    let all: Vec<_> = users.iter().filter_map(|index| operations.get(*index)).map(texts).collect();
    let Some((first, others)) = all.split_first() else { return };
    let is_common = |at: usize| others.iter().all(|texts| texts.get(at) == first.get(at));
    for index in users {
        let Some(PlannedOperation { error: Outcome::Several { responses, .. }, .. }) = operations.get_mut(*index)
        else {
            continue;
        };
        for (at, response) in responses.iter_mut().enumerate() {
            if is_common(at) {
                continue;
            }
            response.docs = VariantDocs(response_docs::variant(response, None));
        }
    }
}

impl Group {
    /// The enums of errors that several of its operations share, by name, with these operations.
    #[must_use]
    pub(crate) fn shared_errors(&self) -> BTreeMap<&str, Vec<&PlannedOperation>> {
        self.by(|operation| operation.shared_error.as_deref())
    }

    /// The views of headers that several of its operations share, by name, with these operations.
    #[must_use]
    pub(crate) fn shared_headers(&self) -> BTreeMap<&str, Vec<&PlannedOperation>> {
        self.by(|operation| operation.shared_headers.as_deref())
    }

    fn by<'g>(
        &'g self,
        name: impl Fn(&'g PlannedOperation) -> Option<&'g str>,
    ) -> BTreeMap<&'g str, Vec<&'g PlannedOperation>> {
        let mut found: BTreeMap<&str, Vec<&PlannedOperation>> = BTreeMap::new();
        for operation in &self.operations {
            if let Some(name) = name(operation) {
                found.entry(name).or_default().push(operation);
            }
        }
        found
    }
}

/// The enum of errors of an operation.
fn error_responses(operation: &PlannedOperation) -> Option<&[TypedResponse]> {
    match &operation.error {
        Outcome::Several { responses, .. } => Some(responses),
        Outcome::One(..) => None,
    }
}

fn header_fields(operation: &PlannedOperation) -> Option<&[HeaderField]> {
    operation.headers.as_ref().map(|view| view.fields.as_slice())
}

/// The shapes that several operations have.
fn shapes<'m, T: PartialEq + 'm>(
    operations: &'m [PlannedOperation],
    of: impl Fn(&'m PlannedOperation) -> Option<&'m [T]>,
    names: impl Fn(&[T]) -> (String, String),
) -> Vec<Shape> {
    let mut found: Vec<(&[T], Vec<usize>)> = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let Some(shape) = of(operation) else { continue };
        match found.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, users)) => users.push(index),
            None => found.push((shape, vec![index])),
        }
    }
    let several = found.into_iter().filter(|(_, users)| users.len() > 1);
    let named = several.map(|(shape, operations)| {
        let (short, long) = names(shape);
        Shape { operations, short, long }
    });
    named.collect()
}

/// The name of each shape with its operations. A shape whose name another type has stays one type for each operation.
fn distinct(shapes: Vec<Shape>, scope: &mut Scope) -> Vec<(String, Vec<usize>)> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for shape in &shapes {
        for name in [&shape.short, &shape.long].into_iter().take(if shape.short == shape.long { 1 } else { 2 }) {
            let times = times.entry(name.clone()).or_default();
            *times = times.saturating_add(1);
        }
    }
    let once = |name: &String| times.get(name) == Some(&1);
    let named = shapes.into_iter().filter_map(|Shape { operations, short, long }| {
        let name = [short, long].into_iter().find(once)?;
        scope.claim_free(&name).then_some((name, operations))
    });
    named.collect()
}

fn status(status: Status) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(range) => format!("{range}xx"),
        Status::Default => "Default".to_owned(),
    }
}

/// The status of a response, its media type and its type.
fn typed(response: &TypedResponse) -> String {
    let variant = response.variant.strip_prefix("Status").unwrap_or(&response.variant);
    // The unit type has no name for an identifier.
    let ty =
        if response.ty == RustType::Unit { String::new() } else { stem(&response.ty.path().replace("models::", "")) };
    format!("{variant}{ty}")
}

/// Words between which another one stands, each of them once.
fn joined(words: impl Iterator<Item = String>, between: &str) -> String {
    let mut words: Vec<String> = words.collect();
    words.dedup();
    words.join(between)
}
