//! The operation of the program that handles an error: one with a documented error body.

use super::super::{Example, ExampleError, Examples, required};
use crate::api::Status;
use crate::plan::models::Kind;
use crate::plan::operations::{DocumentedResponse, Group, Outcome, PlannedOperation};
use crate::plan::rust_type::RustType;
use std::cmp::Reverse;

/// The status of a resource that does not exist.
const NOT_FOUND: u16 = 404;

/// Names of the fields that have the message of an error.
const MESSAGES: [&str; 6] = ["message", "detail", "description", "error", "errors", "title"];

impl Examples<'_> {
    /// A call whose error body the description documents. These decide, the first one most: it is not deprecated or in preview;
    /// its errors have several types; the body has a field with a message; the description documents the status 404; it only
    /// reads; it has one required argument, else few; it is the better first call.
    pub(super) fn failure(&self, groups: &[Group]) -> Option<Example> {
        let all = self.first_calls(groups).into_iter();
        let fitting = all.filter_map(|(group, operation)| Some((group, operation, self.error(&operation.error)?)));
        let mut fitting: Vec<(&Group, &PlannedOperation, ExampleError)> = fitting.collect();
        fitting.sort_by_key(|(_, operation, error)| {
            let is_not_found = |response: &DocumentedResponse| response.status == Status::Exact(NOT_FOUND);
            (
                (operation.deprecated.is_some(), operation.preview),
                Reverse((error.variant.is_some(), error.field.is_some())),
                (!operation.responses.iter().any(is_not_found), error.is_not_found, operation.method != "GET"),
                required(operation).count().abs_diff(1),
            )
        });
        fitting
            .into_iter()
            .find_map(|(group, operation, error)| Some(Example { error: Some(error), ..self.of(group, operation)? }))
    }

    /// The body that the program reads, if the description has a type for one: the body of a status other than 404 where there
    /// is one, as the program handles that status before.
    fn error(&self, failure: &Outcome) -> Option<ExampleError> {
        match failure {
            Outcome::One(ty, _) => {
                let error = ExampleError { variant: None, is_not_found: false, field: self.message(ty) };
                Some(error).filter(|_| is_defined(ty))
            }
            Outcome::Several { name, responses } => {
                let fitting = responses.iter().filter_map(|response| match response.status {
                    Status::Exact(status @ 400..) if response.media.is_none() && is_defined(&response.ty) => {
                        Some((status == NOT_FOUND, response, self.message(&response.ty)))
                    }
                    _ => None,
                });
                let best = fitting.min_by_key(|(is_not_found, _, field)| (*is_not_found, field.is_none()));
                best.map(|(is_not_found, response, field)| ExampleError {
                    variant: Some((name.clone(), response.variant.clone())),
                    is_not_found,
                    field,
                })
            }
        }
    }

    /// The field of a body that has its message.
    fn message(&self, ty: &RustType) -> Option<String> {
        match ty {
            RustType::Boxed(inner) => self.message(inner),
            RustType::Model { name, .. } => match &self.samples.definition(name)?.kind {
                Kind::Alias(aliased) => self.message(aliased),
                Kind::Struct(structure) => {
                    let known = |wire: &&str| structure.fields.iter().find(|field| field.wire == **wire);
                    MESSAGES.iter().find_map(known).map(|field| field.name.clone())
                }
                Kind::Union(_) | Kind::StringEnum(_) | Kind::IntegerEnum(_) => None,
            },
            _ => None,
        }
    }
}

/// Returns true for a type of the description.
fn is_defined(ty: &RustType) -> bool {
    match ty {
        RustType::Boxed(inner) => is_defined(inner),
        ty => matches!(ty, RustType::Model { .. }),
    }
}
