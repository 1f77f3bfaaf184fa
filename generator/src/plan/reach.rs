//! The operations that need each type. Knows the definitions of types; does not know files or features.

use super::models::{ExtraField, Field, Kind, Model};
use super::operations::{Group, Outcome, Payload, PlannedOperation};
use super::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// Operations of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Callers {
    /// Index of the group.
    pub group: usize,
    /// True for the operations that need the feature for preview, false for the others.
    pub preview: bool,
}

/// Returns for each type the groups whose operations need it, in the order of the groups. A type that other operations
/// of a group need is not listed for its operations in preview.
#[must_use]
pub(crate) fn reach(models: &[Model], groups: &[Group]) -> Vec<Vec<Callers>> {
    let uses = Uses::new(models);
    let mut found = vec![Vec::new(); models.len()];
    for (number, group) in groups.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for preview in [false, true] {
            let calls = group.operations.iter().filter(|operation| operation.feature.is_some() == preview);
            for model in uses.follow(calls.flat_map(named_by), &mut seen) {
                if let Some(needed_by) = found.get_mut(model) {
                    needed_by.push(Callers { group: number, preview });
                }
            }
        }
    }
    found
}

/// Returns the indexes of the generated types that these types need.
pub(super) fn needed_types<'t>(models: &[Model], from: impl Iterator<Item = &'t RustType>) -> BTreeSet<usize> {
    let uses = Uses::new(models);
    let mut seen = BTreeSet::new();
    uses.follow(from, &mut seen);
    seen
}

/// The generated types in the definition of each type.
struct Uses<'m> {
    index: BTreeMap<&'m str, usize>,
    of: Vec<Vec<usize>>,
}

impl<'m> Uses<'m> {
    fn new(models: &'m [Model]) -> Self {
        let index = models.iter().enumerate().map(|(index, model)| (model.name.as_str(), index)).collect();
        let mut uses = Self { index, of: Vec::new() };
        uses.of = models.iter().map(|model| uses.indexes(types_in(model).into_iter())).collect();
        uses
    }

    fn indexes<'t>(&self, types: impl Iterator<Item = &'t RustType>) -> Vec<usize> {
        types.flat_map(RustType::models).filter_map(|name| self.index.get(name).copied()).collect()
    }

    /// Adds the types that these types need, and returns the new ones.
    fn follow<'t>(&self, from: impl Iterator<Item = &'t RustType>, seen: &mut BTreeSet<usize>) -> Vec<usize> {
        let mut open = self.indexes(from);
        let mut new = Vec::new();
        while let Some(model) = open.pop() {
            if seen.insert(model) {
                open.extend(self.of.get(model).into_iter().flatten());
                new.push(model);
            }
        }
        new
    }
}

/// Every type in the definitions of models and operations.
pub(super) fn named_types<'a>(models: &'a [Model], groups: &'a [Group]) -> impl Iterator<Item = &'a RustType> {
    let operations = groups.iter().flat_map(|group| &group.operations);
    models.iter().flat_map(types_in).chain(operations.flat_map(named_by))
}

impl PlannedOperation {
    /// Returns true if the generated method, or an item beside it, names a type of the description.
    #[must_use]
    pub(crate) fn names_models(&self) -> bool {
        own_types(self).into_iter().any(RustType::names_models)
    }

    /// Returns true if an argument of the generated method names a type of the description.
    #[must_use]
    pub(crate) fn takes_models(&self) -> bool {
        let inputs = self.inputs.iter().filter(|input| input.is_argument()).map(|input| &input.ty);
        let names = |ty: &RustType| ty.names_models();
        inputs.into_iter().any(names) || self.body.iter().any(|body| body.is_argument && names(&body.ty()))
    }

    /// Returns true if a type that it shares with other operations of the group names a type of the description.
    #[must_use]
    pub(crate) fn shares_models(&self) -> bool {
        shared_types(self).into_iter().any(RustType::names_models)
    }
}

impl Model {
    /// Returns true if the generated type names the runtime. Its codec always does.
    #[must_use]
    pub(crate) fn names_runtime(&self) -> bool {
        let macros = match &self.kind {
            // Unknown fields, the fields that a constructor takes by name, and arguments that can be `None`.
            Kind::Struct(structure) => {
                let is_object = !structure.is_tuple();
                structure.arguments.is_some()
                    || self.takes_or_none()
                    || (is_object && !matches!(structure.extra, ExtraField::Ignored))
            }
            Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) => true,
            Kind::Alias(_) => false,
        };
        macros || types_in(self).into_iter().any(RustType::names_runtime)
    }
}

impl Model {
    /// Returns true if an argument of its constructor takes what converts to the value, or `None`.
    #[must_use]
    pub(crate) fn takes_or_none(&self) -> bool {
        let Kind::Struct(structure) = &self.kind else { return false };
        let arguments = structure.constructor_arguments();
        let mut inner = arguments.into_iter().filter_map(Field::argument_or_none);
        structure.arguments.is_none() && inner.any(RustType::converts)
    }
}

impl PlannedOperation {
    /// Returns true if an argument, or that of a setter, takes what converts to the value, or `None`.
    #[must_use]
    pub(crate) fn takes_or_none(&self) -> bool {
        let inputs = self.inputs.iter().map(|input| &input.ty);
        let payloads = || self.body.iter().flat_map(|body| &body.payloads);
        let parts = payloads().flat_map(Payload::parts).flat_map(|parts| &parts.fields).map(|part| &part.ty);
        let slices = payloads().any(|payload| matches!(payload.ty, RustType::Option(_)) && payload.item().is_some());
        slices || inputs.chain(payloads().map(|payload| &payload.ty)).chain(parts).any(RustType::takes_or_none)
    }
}

/// The types that an operation names.
fn named_by(operation: &PlannedOperation) -> Vec<&RustType> {
    // Programs decode responses that the lock leaves out.
    let left_out = operation.result_lock.left_out.all().map(|response| &response.ty).collect();
    [own_types(operation), shared_types(operation), left_out].concat()
}

/// The types inside types that an operation shares with other operations of the group.
fn shared_types(operation: &PlannedOperation) -> Vec<&RustType> {
    let headers = operation.headers.iter().filter(|_| operation.shared_headers.is_some());
    let headers = headers.flat_map(|view| &view.fields).map(|field| &field.ty);
    let error = Some(&operation.error).filter(|_| operation.shared_error.is_some());
    error.into_iter().flat_map(of_outcome).chain(headers).collect()
}

/// The types that only the operation itself names.
fn own_types(operation: &PlannedOperation) -> Vec<&RustType> {
    let inputs = operation.inputs.iter().map(|input| &input.ty);
    let payloads = || operation.body.iter().flat_map(|body| &body.payloads);
    let parts = || payloads().flat_map(Payload::parts).flat_map(|parts| &parts.fields);
    let choices = parts().filter_map(|part| part.choice.as_ref()).flat_map(|choice| &choice.variants);
    let parts = parts().map(|part| &part.ty).chain(choices.map(|variant| &variant.ty));
    let events = payloads().flat_map(Payload::event_kinds);
    let body = payloads().map(|payload| &payload.ty).chain(parts);
    let body = body.chain(events.map(|kind| &kind.ty));
    let headers = operation.headers.iter().filter(|_| operation.shared_headers.is_none());
    let headers = headers.flat_map(|view| &view.fields).map(|field| &field.ty);
    let error = Some(&operation.error).filter(|_| operation.shared_error.is_none());
    let outcomes = std::iter::once(&operation.success).chain(error).flat_map(of_outcome);
    let stream =
        operation.stream.iter().flat_map(|stream| stream.kinds.iter().map(|kind| &kind.ty).chain([&stream.item]));
    let received = operation.received.iter().flat_map(|parts| &parts.fields).map(|part| &part.ty);
    inputs.chain(stream).chain(body).chain(outcomes).chain(received).chain(headers).collect()
}

fn of_outcome(outcome: &Outcome) -> Vec<&RustType> {
    match outcome {
        Outcome::One(ty, _) => vec![ty],
        Outcome::Several { responses, .. } => responses.iter().map(|response| &response.ty).collect(),
    }
}

/// The types in a model's definition.
pub(super) fn types_in(model: &Model) -> Vec<&RustType> {
    match &model.kind {
        Kind::Struct(structure) => {
            let extra = match &structure.extra {
                ExtraField::Ignored => None,
                ExtraField::Stored(_, values) => Some(values),
            };
            structure.fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        Kind::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
        Kind::Alias(aliased) => vec![aliased],
        Kind::StringEnum(_) | Kind::IntegerEnum(_) => Vec::new(),
    }
}
