//! Types of equal shape that several operations of a group share: enums of errors, and views of headers. Each operation
//! keeps its own name for such a type, as an alias.

use super::{Case, Group, HeaderField, Method, Outcome};
use crate::api::Status;
use crate::plan::names::{Scope, stem};
use crate::plan::rust_type::RustType;
use std::collections::BTreeMap;

/// More headers than this are not all in the name of their view, unless another view has the same name.
const MOST_NAMED: usize = 2;

/// Operations of one shape, and the short and the long name of its type.
struct Shape {
    methods: Vec<usize>,
    short: String,
    long: String,
}

/// Gives the operations with equal errors, or equal headers, the name of one type. The name depends on the shape. Two
/// shapes with the same short name both have the long one, so no name depends on the order of the description.
pub(super) fn share(methods: &mut [Method], group: &str, scope: &mut Scope) {
    let errors = shapes(methods, error_cases, |cases| {
        let named = |label: fn(&Case) -> String| format!("{group}Error{}", joined(cases.iter().map(label), "Or"));
        (named(|case| status(case.status)), named(typed))
    });
    for (name, users) in distinct(errors, scope) {
        for index in users {
            if let Some(method) = methods.get_mut(index) {
                method.shared_error = Some(name.clone());
            }
        }
    }
    let headers = shapes(methods, header_fields, |fields| {
        let named = |fields: &[HeaderField]| joined(fields.iter().map(|field| stem(&field.name)), "And");
        let long = format!("{group}{}Headers", named(fields));
        let few = fields.get(..1).filter(|_| fields.len() > MOST_NAMED);
        (few.map_or_else(|| long.clone(), |few| format!("{group}{}AndMoreHeaders", named(few))), long)
    });
    for (name, users) in distinct(headers, scope) {
        for index in users {
            if let Some(method) = methods.get_mut(index) {
                method.shared_headers = Some(name.clone());
            }
        }
    }
}

impl Group {
    /// The enums of errors that several of its operations share, by name, with these operations.
    #[must_use]
    pub(crate) fn shared_errors(&self) -> BTreeMap<&str, Vec<&Method>> {
        self.by(|method| method.shared_error.as_deref())
    }

    /// The views of headers that several of its operations share, by name, with these operations.
    #[must_use]
    pub(crate) fn shared_headers(&self) -> BTreeMap<&str, Vec<&Method>> {
        self.by(|method| method.shared_headers.as_deref())
    }

    fn by<'g>(&'g self, name: impl Fn(&'g Method) -> Option<&'g str>) -> BTreeMap<&'g str, Vec<&'g Method>> {
        let mut found: BTreeMap<&str, Vec<&Method>> = BTreeMap::new();
        for method in &self.methods {
            if let Some(name) = name(method) {
                found.entry(name).or_default().push(method);
            }
        }
        found
    }
}

/// The enum of errors of an operation.
fn error_cases(method: &Method) -> Option<&[Case]> {
    match &method.failure {
        Outcome::Several { cases, .. } => Some(cases),
        Outcome::One(..) => None,
    }
}

fn header_fields(method: &Method) -> Option<&[HeaderField]> {
    method.headers.as_ref().map(|view| view.fields.as_slice())
}

/// The shapes that several operations have.
fn shapes<'m, T: PartialEq + 'm>(
    methods: &'m [Method],
    of: impl Fn(&'m Method) -> Option<&'m [T]>,
    names: impl Fn(&[T]) -> (String, String),
) -> Vec<Shape> {
    let mut found: Vec<(&[T], Vec<usize>)> = Vec::new();
    for (index, method) in methods.iter().enumerate() {
        let Some(shape) = of(method) else { continue };
        match found.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, users)) => users.push(index),
            None => found.push((shape, vec![index])),
        }
    }
    let several = found.into_iter().filter(|(_, users)| users.len() > 1);
    let named = several.map(|(shape, methods)| {
        let (short, long) = names(shape);
        Shape { methods, short, long }
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
    let named = shapes.into_iter().filter_map(|Shape { methods, short, long }| {
        let name = [short, long].into_iter().find(once)?;
        scope.claim_free(&name).then_some((name, methods))
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

/// The status of a case, its media type and its type.
fn typed(case: &Case) -> String {
    let variant = case.variant.strip_prefix("Status").unwrap_or(&case.variant);
    // The unit type has no name for an identifier.
    let ty = if case.ty == RustType::Unit { String::new() } else { stem(&case.ty.path().replace("models::", "")) };
    format!("{variant}{ty}")
}

/// Words between which another one stands, each of them once.
fn joined(words: impl Iterator<Item = String>, between: &str) -> String {
    let mut words: Vec<String> = words.collect();
    words.dedup();
    words.join(between)
}
