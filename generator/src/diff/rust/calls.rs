//! Calls: groups, arguments, setters, results, and the types beside them.

use super::arguments::{self, Argument, Function};
use super::context::{Context, ResultType};
use super::items::{self, Item};
use crate::diff::change::{Change, RustVerdict};
use crate::diff::operations::Matched;
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::plan::operations::{BODY, Group, Input, Outcome, PlannedOperation};
use crate::plan::rust_type::{Class, RustType};
use std::collections::BTreeMap;

/// The method of an operation.
#[derive(Clone, Copy)]
struct Call<'a> {
    group: &'a Group,
    operation: &'a PlannedOperation,
}

impl Call<'_> {
    fn path(self) -> String {
        format!("{}::{}", self.group.path(), self.operation.name)
    }
}

/// Compares every call.
pub(super) fn compare(context: &mut Context<'_>, matched: &Matched) {
    let (old, new) = (by_index(context.old), by_index(context.new));
    let old_calls: BTreeMap<String, usize> = old.iter().map(|(index, call)| (call.path(), *index)).collect();
    // New calls that have the name of an old call of another operation.
    let mut reused: BTreeMap<String, Call<'_>> = BTreeMap::new();
    let mut moved: BTreeMap<(String, String), Vec<(Call<'_>, Call<'_>)>> = BTreeMap::new();
    for (old_index, new_index) in &matched.pairs {
        let (Some(old_call), Some(new_call)) = (old.get(old_index), new.get(new_index)) else { continue };
        if old_call.path() != new_call.path() {
            if old_calls.get(&new_call.path()).is_some_and(|index| index != old_index) {
                reused.insert(new_call.path(), *new_call);
            }
            if !report_deprecated(context, *old_call, *new_call) {
                moved.entry((old_call.group.path(), new_call.group.path())).or_default().push((*old_call, *new_call));
            }
        }
        call(context, *old_call, *new_call);
    }
    for (group, calls) in moved {
        report_renamed(context, &group, &calls);
    }
    for new_call in matched.added.iter().filter_map(|index| new.get(index)) {
        if old_calls.contains_key(&new_call.path()) {
            reused.insert(new_call.path(), *new_call);
        } else {
            let message = format!("call `{}` is new", new_call.path());
            let change = Change::rust(Rule::Added, RustVerdict::Minor, new_call.path(), message);
            context.add(change, "", &new_call.operation.pointer);
        }
    }
    for old_call in matched.removed.iter().filter_map(|index| old.get(index)) {
        if !reused.contains_key(&old_call.path()) {
            let message = format!("call `{}` is gone", old_call.path());
            let change = Change::rust(Rule::Removed, RustVerdict::Major, old_call.path(), message);
            context.add(change, &old_call.operation.pointer, "");
        }
    }
    for (name, new_call) in reused {
        if let Some(old_call) = old_calls.get(&name).and_then(|index| old.get(index)) {
            report_reused_name(context, name, *old_call, new_call);
        }
    }
}

/// Reports a call whose old name is a deprecated one now. Returns false if the new crate does not have the old name.
fn report_deprecated(context: &mut Context<'_>, old: Call<'_>, new: Call<'_>) -> bool {
    let Some(old_name) = context.new.plan.old_operation(&old.path()) else { return false };
    let message = format!("call `{}` is deprecated: {}", old.path(), old_name.deprecated.note);
    let change = Change::rust(Rule::Deprecated, RustVerdict::Minor, old.path(), message);
    context.add(change, &old.operation.pointer, &new.operation.pointer);
    true
}

/// Reports a name of a call that is that of another operation now.
fn report_reused_name(context: &mut Context<'_>, name: String, old: Call<'_>, new: Call<'_>) {
    let (old_route, new_route) = (old.operation.route(), new.operation.route());
    let message = format!("the name of call `{name}` now means `{new_route}`");
    let mut change =
        Change::rust(Rule::NameReused, RustVerdict::Major, name, message).with_values(old_route, new_route);
    change.silent = true;
    change.help = context.lock_help(None, "keeps each name for its operation");
    context.add(change, &old.operation.pointer, &new.operation.pointer);
}

/// The calls by the index of their operation.
fn by_index(side: &Side) -> BTreeMap<usize, Call<'_>> {
    let by_pointer: BTreeMap<&str, usize> = side
        .api
        .operations
        .iter()
        .enumerate()
        .map(|(index, operation)| (operation.origin.pointer.as_str(), index))
        .collect();
    let calls = side
        .plan
        .groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |operation| Call { group, operation }));
    calls.filter_map(|call| Some((*by_pointer.get(call.operation.pointer.as_str())?, call))).collect()
}

/// Reports calls that have another name or another group. A group that moved as a whole is one change.
fn report_renamed(
    context: &mut Context<'_>,
    (old_group, new_group): &(String, String),
    calls: &[(Call<'_>, Call<'_>)],
) {
    let (moved, others): (Vec<_>, Vec<_>) =
        calls.iter().partition(|(old, new)| old_group != new_group && old.operation.name == new.operation.name);
    if let (Some((old, new)), true) = (moved.first(), moved.len() > 1) {
        let message = format!("{} calls of `{old_group}` are calls of `{new_group}` now", moved.len());
        let mut change = Change::rust(Rule::Renamed, RustVerdict::Major, &**old_group, message)
            .with_values(&**old_group, &**new_group);
        change.effects = moved.iter().map(|(old, _)| old.path()).collect();
        change.help =
            context.lock_help(Some("keep the group with the setting `rename` of the tag"), "keeps the old names");
        context.add(change, &old.operation.pointer, &new.operation.pointer);
    } else {
        moved.iter().for_each(|(old, new)| report_one_renamed(context, *old, *new));
    }
    others.iter().for_each(|(old, new)| report_one_renamed(context, *old, *new));
}

fn report_one_renamed(context: &mut Context<'_>, old: Call<'_>, new: Call<'_>) {
    let message = format!("call `{}` is `{}` now", old.path(), new.path());
    let mut change =
        Change::rust(Rule::Renamed, RustVerdict::Major, old.path(), message).with_values(old.path(), new.path());
    change.help = context
        .lock_help(Some("keep the name with the setting `rename` of the operation"), "keeps it as a deprecated one");
    context.add(change, &old.operation.pointer, &new.operation.pointer);
}

/// Compares the call of an operation: its arguments, setters, types, results and documentation.
fn call(context: &mut Context<'_>, old_call: Call<'_>, new_call: Call<'_>) {
    let (old, new) = (old_call.operation, new_call.operation);
    let name = old_call.path();
    let pointers = (&*old.pointer, &*new.pointer);
    let body = body_type(context, old, new);
    arguments::compare(context, &function(&name, old, None), &function(&name, new, body.as_ref()), true);
    items::match_items(context, &setters(&name, old, None), &setters(&name, new, body.as_ref()));
    if let Some(body) = body.filter(|_| old.body.as_ref().is_some_and(|body| body.choice.is_none())) {
        let message = format!("the body of `{name}` has more media types");
        let new_type = new.body.as_ref().map(|body| body.ty().path()).unwrap_or_default();
        let change = Change::rust(Rule::Added, RustVerdict::Minor, format!("{name}(body)"), message);
        context.add(change.with_values(body.path(), new_type), pointers.0, pointers.1);
    }
    items::match_items(context, &companion_items(old_call.group, old), &companion_items(old_call.group, new));
    let forms = |operation: &PlannedOperation| -> Vec<(String, Vec<Argument>)> {
        let parts = operation.body.iter().flat_map(|body| &body.payloads).flat_map(|payload| payload.parts());
        parts
            .map(|parts| (format!("api::{}::{}::new", old_call.group.module, parts.name), required_parts(parts)))
            .collect()
    };
    for ((path, old_arguments), (_, new_arguments)) in forms(old).into_iter().zip(forms(new)) {
        let function = |arguments, pointer| Function { path: &path, arguments, named: None, pointer };
        if old_arguments.len() == new_arguments.len() {
            arguments::compare(
                context,
                &function(old_arguments, &old.pointer),
                &function(new_arguments, &new.pointer),
                false,
            );
        }
    }
    compare_results(context, ResultKind::Success, &name, (old, &old.success), (new, &new.success));
    compare_results(context, ResultKind::Error, &name, (old, &old.error), (new, &new.error));
    report_left_out(context, &name, old, new);
    if old.name == new.name {
        report_renamed_types(context, old_call, new);
    }
    let (old_needs, new_needs) = (old_call.group.needs_of(old), new_call.group.needs_of(new));
    if let Some(feature) = new_needs.iter().find(|feature| !old_needs.contains(feature)) {
        let is_preview = context.new.plan.preview.as_ref() == Some(feature);
        let verdict = if is_preview { RustVerdict::Major } else { RustVerdict::Minor };
        let message = format!("call `{name}` needs the cargo feature `{feature}`");
        let rule = if is_preview { Rule::Removed } else { Rule::Added };
        context.add(Change::rust(rule, verdict, &*name, message).with_values("", feature), pointers.0, pointers.1);
    }
    let docs_of = |operation: &PlannedOperation| Item {
        path: name.clone(),
        what: "call",
        deprecated: operation.deprecated.is_some(),
        docs: operation.docs.clone(),
        pointer: operation.pointer.clone(),
        ..Item::default()
    };
    items::compare_docs(context, &docs_of(old), &docs_of(new));
}

/// Reports other names of the type that stands for an operation, and of a type of errors that is not an enum. An enum with
/// another name is another type.
fn report_renamed_types(context: &mut Context<'_>, old_call: Call<'_>, new: &PlannedOperation) {
    let old = old_call.operation;
    let marker = Some((old.marker.as_str(), new.marker.as_str()));
    let error = old.error_name.as_deref().zip(new.error_type());
    for (old_name, new_name) in
        [marker, error].into_iter().flatten().filter(|(old_name, new_name)| old_name != new_name)
    {
        let old_path = format!("api::{}::{old_name}", old_call.group.module);
        let message = format!("type `{old_path}` is renamed to `{new_name}`");
        let change =
            Change::rust(Rule::Renamed, RustVerdict::Major, &*old_path, message).with_values(old_name, new_name);
        context.add(change, &old.pointer, &new.pointer);
    }
}

/// The type that old code may still pass as the body of a call that has several media types now.
fn body_type(context: &Context<'_>, old: &PlannedOperation, new: &PlannedOperation) -> Option<RustType> {
    let (old_body, new_body) = (old.body.as_ref()?, new.body.as_ref()?);
    let is_more = old_body.choice.is_none() && new_body.choice.is_some();
    let taken = new_body.payloads.iter().filter(|payload| is_more && new_body.accepts_plain_value(payload));
    taken.map(|payload| &payload.ty).find(|ty| context.is_same(&old_body.ty(), ty)).cloned()
}

/// The arguments of a call. `body` is the type of the body as old code has it, if that is another.
fn function<'m>(name: &'m str, operation: &'m PlannedOperation, body: Option<&RustType>) -> Function<'m> {
    let required = operation.inputs.iter().filter(|input| input.is_argument());
    let argument = |input: &Input| Argument { key: input.key.clone(), name: input.name.clone(), ty: input.ty.clone() };
    let mut arguments: Vec<Argument> = required.map(argument).collect();
    let required = operation.body.iter().filter(|body| body.is_argument);
    arguments.extend(required.map(|body_input| Argument {
        key: BODY.to_owned(),
        name: body_input.name.clone(),
        ty: body.cloned().unwrap_or_else(|| body_input.ty()),
    }));
    Function { path: name, arguments, named: None, pointer: &operation.pointer }
}

/// The arguments of the type of a body in parts.
fn required_parts(parts: &crate::plan::operations::Parts) -> Vec<Argument> {
    let required = parts.fields.iter().filter(|part| part.required);
    required.map(|part| Argument { key: part.wire.clone(), name: part.name.clone(), ty: part.ty.clone() }).collect()
}

/// The methods of a call and the functions of its operation.
fn setters(path: &str, operation: &PlannedOperation, body: Option<&RustType>) -> Vec<Item> {
    let mut items = Vec::new();
    let item = |name: &str, key: String, ty: Option<RustType>| Item {
        path: format!("{path}().{name}"),
        name: name.to_owned(),
        key,
        what: "method",
        ty,
        pointer: operation.pointer.clone(),
        ..Item::default()
    };
    for input in operation.inputs.iter().filter(|input| input.passing.has_setter()) {
        items.push(Item {
            deprecated: input.deprecated.is_some(),
            docs: input.docs.clone(),
            is_argument: true,
            ..item(&input.name, input.key.clone(), Some(input.ty.clone()))
        });
    }
    if let Some(body_input) = operation.body.as_ref().filter(|body| !body.is_argument) {
        let ty = Some(body.cloned().unwrap_or_else(|| body_input.ty()));
        items.push(Item { is_argument: true, ..item(&body_input.name, BODY.to_owned(), ty) });
    }
    if let Some(pages) = &operation.pages {
        items.push(item("pages", "pages".to_owned(), Some(pages.item.clone())));
    }
    match &operation.stream {
        Some(stream) if !stream.is_only_success => {
            items.push(item("stream", "stream".to_owned(), Some(stream.item.clone())))
        }
        None if operation.success.is_bytes() => {
            items.push(item("stream", "stream".to_owned(), Some(RustType::Bytes)));
        }
        Some(_) | None => {}
    }
    items
}

/// The members of the types that stand beside a call.
fn companion_items(group: &Group, operation: &PlannedOperation) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |owner: &str, name: &str, key: String, what: &'static str, ty: Option<RustType>| {
        items.push(Item {
            path: format!("api::{}::{owner}::{name}", group.module),
            name: format!("{what} {name}"),
            key: format!("{what} {key}"),
            what,
            ty,
            is_argument: matches!(what, "required part" | "part setter"),
            pointer: operation.pointer.clone(),
            ..Item::default()
        });
    };
    for header in operation.headers.iter().flat_map(|view| view.fields.iter().map(move |field| (view, field))) {
        add(&header.0.name, &header.1.name, header.1.wire.clone(), "header", Some(header.1.ty.clone()));
    }
    for parts in &operation.received {
        for field in &parts.fields {
            add(&parts.name, &field.name, field.wire.clone(), "part", Some(field.ty.clone()));
        }
    }
    if let Some(body) = &operation.body {
        if let Some(choice) = &body.choice {
            for payload in &body.payloads {
                add(choice, &payload.variant, payload.media.clone(), "body", Some(payload.ty.clone()));
            }
        }
        for parts in body.payloads.iter().flat_map(|payload| payload.parts()) {
            for part in &parts.fields {
                let what = if part.required { "required part" } else { "part setter" };
                add(&parts.name, &part.name, part.wire.clone(), what, Some(part.ty.clone()));
            }
        }
        for kind in body.payloads.iter().flat_map(|payload| payload.event_kinds()) {
            add("events", &kind.variant, kind.names.join(","), "sent event", Some(kind.ty.clone()));
        }
    }
    for kind in operation.stream.iter().flat_map(|stream| &stream.kinds) {
        add("events", &kind.variant, kind.names.join(","), "event", Some(kind.ty.clone()));
    }
    items
}

/// Reports the responses that the lock leaves out of the types of results: `body_as` decodes them.
fn report_left_out(context: &mut Context<'_>, call: &str, old: &PlannedOperation, new: &PlannedOperation) {
    let is_documented = |status| old.responses.iter().any(|known| known.status == status);
    for response in new.result_lock.left_out.all().filter(|response| !is_documented(response.status)) {
        let item = format!("{call}: {:?}", response.status);
        let message = format!("`{call}` has a response that its types leave out, which `body_as` decodes");
        let change = Change::rust(Rule::Added, RustVerdict::Minor, item, message).with_values("", response.ty.path());
        context.add(change, &old.pointer, &new.pointer);
    }
}

/// The two results of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ResultKind {
    Success,
    Error,
}

/// Compares the types of a result.
fn compare_results(
    context: &mut Context<'_>,
    kind: ResultKind,
    call: &str,
    (old, old_outcome): (&PlannedOperation, &Outcome),
    (new, new_outcome): (&PlannedOperation, &Outcome),
) {
    let what = if kind == ResultKind::Success { "the success of" } else { "the error of" };
    let item = format!("{what} {call}");
    let result_type = |operation: &PlannedOperation, outcome: &Outcome| {
        let stream = operation.stream.as_ref().filter(|stream| kind == ResultKind::Success && stream.is_only_success);
        match stream {
            Some(stream) => ResultType { stream: Some(stream.framing.stream_type()), value: stream.item.clone() },
            None => ResultType { stream: None, value: outcome.ty() },
        }
    };
    if let (Outcome::Several { name, responses }, Outcome::Several { name: new_name, responses: new_responses }) =
        (old_outcome, new_outcome)
    {
        if name != new_name && old.name == new.name {
            let message = format!("the type of {item} is renamed from `{name}` to `{new_name}`");
            let change = Change::rust(Rule::Renamed, RustVerdict::Major, &*item, message).with_values(name, new_name);
            context.add(change, &old.pointer, &new.pointer);
        }
        let items = |operation: &PlannedOperation, responses: &[crate::plan::operations::TypedResponse]| -> Vec<Item> {
            let variants = responses.iter().map(|response| Item {
                path: format!("{name}::{}", response.variant),
                name: response.variant.clone(),
                key: format!("{:?} {:?}", response.status, response.media),
                what: "variant",
                ty: Some(response.ty.clone()),
                pointer: operation.pointer.clone(),
                ..Item::default()
            });
            variants.collect()
        };
        items::match_items(context, &items(old, responses), &items(new, new_responses));
        return;
    }
    let (old_type, new_type) = (result_type(old, old_outcome), result_type(new, new_outcome));
    let is_enum = |ty: &ResultType| matches!(ty.value, RustType::Model { class: Class::Outcome, .. });
    if is_enum(&old_type) != is_enum(&new_type) || !context.is_same_result(&old_type, &new_type) {
        context.result_changed(what, call, (&old_type, &new_type), (&old.pointer, &new.pointer));
    }
}
