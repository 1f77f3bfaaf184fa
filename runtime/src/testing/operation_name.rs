//! The operation of a rule of a mock server: a type of the generated crate, or an `operationId`.

use super::RecordedRequest;
use crate::call::Operation;

/// The operation of a rule: its type in the module `api` of the generated crate, such as `api::pets::ListPets`, or a
/// string with its `operationId`, or with its method and path if it has none (`GET /pets/{id}`).
pub trait OperationName {
    /// Converts the name to a function that selects the requests of the operation.
    #[doc(hidden)]
    fn into_matching(self) -> impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static;
}

impl<O: Operation> OperationName for O {
    fn into_matching(self) -> impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static {
        // Two operations of a description may have the same id.
        let spec = O::SPEC;
        move |request| {
            (request.operation, request.method.as_str(), request.template) == (spec.id, spec.method, spec.path)
        }
    }
}

impl OperationName for &str {
    fn into_matching(self) -> impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static {
        self.to_owned().into_matching()
    }
}

impl OperationName for &String {
    fn into_matching(self) -> impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static {
        self.clone().into_matching()
    }
}

impl OperationName for String {
    fn into_matching(self) -> impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static {
        move |request| request.operation == self
    }
}
