//! Collects the names of the planned crate for its lock.

use super::models::{Kind, Model};
use super::operations::{BODY, Group, PlannedOperation};
use super::type_of::Types;
use super::webhooks::WebhookEnum;
use crate::api::Api;
use crate::lock::{ChildName, ChildNames, CrateNames, GroupNames, OperationNames, TypeNames, places};
use std::collections::BTreeMap;

/// The names of the types, operations, groups and webhooks of a crate.
pub(super) fn lock_names(
    api: &Api,
    types: &Types<'_>,
    models: &[Model],
    groups: &[Group],
    webhooks: Option<&WebhookEnum>,
) -> CrateNames {
    let webhooks = webhooks.into_iter().flat_map(|webhooks| &webhooks.variants);
    CrateNames {
        types: of_types(api, types, models),
        groups: groups.iter().map(of_group).collect(),
        webhooks: webhooks.map(|webhook| (webhook.name.clone(), webhook.variant.clone())).collect(),
    }
}

/// The names of the types of all places.
fn of_types(api: &Api, types: &Types<'_>, models: &[Model]) -> Vec<TypeNames> {
    let by_name: BTreeMap<&str, &Model> = models.iter().map(|model| (model.name.as_str(), model)).collect();
    let aliases = types.aliases().iter();
    let aliases: BTreeMap<&str, &str> = aliases.map(|alias| (alias.pointer.as_str(), alias.name.as_str())).collect();
    let named = places(api).into_iter().filter_map(|(place, schema)| {
        let is_own = api.schemas.get(schema).is_some_and(|schema| schema.origin.pointer == place);
        // A place without an alias uses the name of its type, so it is not recorded.
        let name = if is_own { types.name(schema) } else { aliases.get(place).copied() };
        let model = by_name.get(name?)?;
        let alias_of = model.alias_of().and_then(|name| by_name.get(name)).map(|of| of.pointer.clone());
        Some(TypeNames {
            place: place.to_owned(),
            schema,
            name: model.name.clone(),
            pointer: model.pointer.clone(),
            children: children(&model.kind),
            rest: rest(&model.kind),
            arguments: match &model.kind {
                Kind::Struct(structure) => structure.arguments.clone(),
                Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) | Kind::Alias(_) => None,
            },
            of: alias_of,
        })
    });
    named.collect()
}

/// The names of the fields or variants of a type.
fn children(kind: &Kind) -> ChildNames {
    match kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| child(&field.wire, &field.name, field.boxed));
            let arguments = structure.constructor_arguments().into_iter().map(|field| field.wire.clone());
            ChildNames::Fields(fields.collect(), arguments.collect())
        }
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
            ChildNames::Variants(listed.values.iter().map(|value| child(&value.wire, &value.variant, false)).collect())
        }
        Kind::Union(union) => {
            let members = union.members.iter().map(|member| child(&member.key, &member.variant, member.boxed));
            ChildNames::Variants(members.collect())
        }
        Kind::Alias(_) => ChildNames::None,
    }
}

fn child(key: &str, name: &str, is_boxed: bool) -> ChildName {
    ChildName { key: key.to_owned(), name: name.to_owned(), is_boxed }
}

/// The name of the field or variant for everything that the description does not define.
fn rest(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Struct(structure) => structure.extra.field().map(|(name, _)| name.to_owned()),
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => listed.fallback.clone(),
        Kind::Union(union) => Some(union.fallback.clone()),
        Kind::Alias(_) => None,
    }
}

/// The names of a group and its operations.
fn of_group(group: &Group) -> GroupNames {
    GroupNames {
        path: group.path(),
        module: group.module.clone(),
        titles: if group.on_client { Vec::new() } else { group.titles.clone() },
        operations: group.operations.iter().map(of_operation).collect(),
    }
}

/// The names of an operation.
fn of_operation(operation: &PlannedOperation) -> OperationNames {
    let place = operation.route();
    let inputs: Vec<_> = operation.inputs.iter().filter(|input| input.is_set_by_callers()).collect();
    let body = operation.body.as_ref().filter(|body| body.is_argument).map(|body| (BODY.to_owned(), body.name.clone()));
    let arguments = inputs.iter().filter(|input| input.is_argument()).map(|input| input.key.clone());
    let arguments = arguments.chain(body.iter().map(|(key, _)| key.clone())).collect();
    let parameters = inputs.iter().map(|input| (input.key.clone(), input.name.clone())).chain(body);
    OperationNames {
        id: Some(operation.id.clone()).filter(|id| *id != place),
        place,
        method: operation.name.clone(),
        results: [operation.result_lock.values.success.clone(), operation.result_lock.values.error.clone()],
        parameters: parameters.collect(),
        arguments,
        types: operation.types.clone(),
    }
}
