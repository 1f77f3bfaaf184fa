//! Calls: groups, arguments, setters, results, and the types beside them.

use super::arguments::{self, Argument, Function};
use super::context::Context;
use super::items::{self, Item};
use crate::api::Location;
use crate::diff::change::{Change, RustVerdict};
use crate::diff::operations::Matched;
use crate::diff::side::Side;
use crate::plan::operations::{Group, Outcome, PlannedOperation};
use crate::plan::rust_type::{Class, RustType};
use std::collections::BTreeMap;

type Call<'a> = (&'a Group, &'a PlannedOperation);

/// Compares every call.
pub(super) fn compare(context: &mut Context<'_>, matched: &Matched) {
    let (old, new) = (by_index(context.old), by_index(context.new));
    let old_calls: BTreeMap<String, usize> = old.iter().map(|(index, call)| (path(*call), *index)).collect();
    let mut moved: BTreeMap<(String, String), Vec<(Call<'_>, Call<'_>)>> = BTreeMap::new();
    let mut taken: BTreeMap<String, Call<'_>> = BTreeMap::new();
    for (one, other) in &matched.pairs {
        let (Some(before), Some(now)) = (old.get(one), new.get(other)) else { continue };
        if path(*before) != path(*now) {
            if old_calls.get(&path(*now)).is_some_and(|index| index != one) {
                taken.insert(path(*now), *now);
            }
            if let Some(old_name) = context.new.plan.old_operation(&path(*before)) {
                let message = format!("call `{}` is deprecated: {}", path(*before), old_name.deprecated.note);
                let change = Change::rust("D109", RustVerdict::Minor, path(*before), message);
                context.add(change, &before.1.pointer, &now.1.pointer);
                call(context, *before, *now);
                continue;
            }
            moved.entry((before.0.path(), now.0.path())).or_default().push((*before, *now));
        }
        call(context, *before, *now);
    }
    for (group, calls) in moved {
        renamed(context, &group, &calls);
    }
    for index in &matched.added {
        let Some(now) = new.get(index) else { continue };
        if old_calls.contains_key(&path(*now)) {
            taken.insert(path(*now), *now);
            continue;
        }
        let message = format!("call `{}` is new", path(*now));
        context.add(Change::rust("D102", RustVerdict::Minor, path(*now), message), "", &now.1.pointer);
    }
    for index in &matched.removed {
        let Some(before) = old.get(index) else { continue };
        if !taken.contains_key(&path(*before)) {
            let message = format!("call `{}` is gone", path(*before));
            context.add(Change::rust("D101", RustVerdict::Major, path(*before), message), &before.1.pointer, "");
        }
    }
    for (name, now) in taken {
        let Some(before) = old_calls.get(&name).and_then(|index| old.get(index)) else { continue };
        let message = format!("the name of call `{name}` now means `{}`", now.1.route());
        let mut change = Change::rust("D110", RustVerdict::Major, name, message);
        change.silent = true;
        change.help = context.lock_help(None, "keeps each name for its operation");
        context.add(change.with_values(before.1.route(), now.1.route()), &before.1.pointer, &now.1.pointer);
    }
}

/// The calls by the index of their operation.
fn by_index(side: &Side) -> BTreeMap<usize, Call<'_>> {
    let by_pointer: BTreeMap<&str, usize> =
        side.api.operations.iter().enumerate().map(|(index, one)| (one.origin.pointer.as_str(), index)).collect();
    let calls =
        side.plan.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    calls.filter_map(|call| Some((*by_pointer.get(call.1.pointer.as_str())?, call))).collect()
}

fn path((group, operation): Call<'_>) -> String {
    format!("{}::{}", group.path(), operation.name)
}

/// Calls that have another name or another group. A group that moved as a whole is one change.
fn renamed(context: &mut Context<'_>, (from, to): &(String, String), calls: &[(Call<'_>, Call<'_>)]) {
    let (moved, others): (Vec<_>, Vec<_>) =
        calls.iter().partition(|(before, now)| from != to && before.1.name == now.1.name);
    if let (Some((before, now)), true) = (moved.first(), moved.len() > 1) {
        let message = format!("{} calls of `{from}` are calls of `{to}` now", moved.len());
        let mut change = Change::rust("D111", RustVerdict::Major, &**from, message).with_values(&**from, &**to);
        change.effects = moved.iter().map(|(before, _)| path(*before)).collect();
        change.help =
            context.lock_help(Some("keep the group with the setting `rename` of the tag"), "keeps the old names");
        context.add(change, &before.1.pointer, &now.1.pointer);
    } else {
        moved.iter().for_each(|(before, now)| one_renamed(context, *before, *now));
    }
    others.iter().for_each(|(before, now)| one_renamed(context, *before, *now));
}

fn one_renamed(context: &mut Context<'_>, before: Call<'_>, now: Call<'_>) {
    let message = format!("call `{}` is `{}` now", path(before), path(now));
    let mut change =
        Change::rust("D111", RustVerdict::Major, path(before), message).with_values(path(before), path(now));
    change.help = context
        .lock_help(Some("keep the name with the setting `rename` of the operation"), "keeps it as a deprecated one");
    context.add(change, &before.1.pointer, &now.1.pointer);
}

fn call(context: &mut Context<'_>, before: Call<'_>, now: Call<'_>) {
    let (one, other) = (before.1, now.1);
    let name = path(before);
    let places = (&*one.pointer, &*other.pointer);
    let body = body_type(context, one, other);
    arguments::compare(context, &function(&name, one, None), &function(&name, other, body.as_ref()), true);
    items::compare(context, &setters(&name, one, None), &setters(&name, other, body.as_ref()));
    if let Some(body) = body.filter(|_| one.body.as_ref().is_some_and(|body| body.choice.is_none())) {
        let message = format!("the body of `{name}` has more media types");
        let after = other.body.as_ref().map(|body| body.ty().path()).unwrap_or_default();
        let change = Change::rust("D102", RustVerdict::Minor, format!("{name}(body)"), message);
        context.add(change.with_values(body.path(), after), places.0, places.1);
    }
    items::compare(context, &beside(before.0, one), &beside(before.0, other));
    let forms = |operation: &PlannedOperation| -> Vec<(String, Vec<Argument>)> {
        let parts = operation.body.iter().flat_map(|body| &body.payloads).flat_map(|payload| payload.parts());
        parts.map(|parts| (format!("api::{}::{}::new", before.0.module, parts.name), required_parts(parts))).collect()
    };
    for ((path, arguments), (_, now)) in forms(one).into_iter().zip(forms(other)) {
        let function = |arguments, pointer| Function { path: &path, arguments, named: None, pointer };
        if arguments.len() == now.len() {
            arguments::compare(context, &function(arguments, &one.pointer), &function(now, &other.pointer), false);
        }
    }
    result(context, "the success of", &name, (one, &one.success), (other, &other.success));
    result(context, "the error of", &name, (one, &one.failure), (other, &other.failure));
    left_out(context, &name, one, other);
    if one.marker != other.marker {
        let (from, to) = (format!("api::{}::{}", before.0.module, one.marker), &other.marker);
        if one.name == other.name {
            let message = format!("type `{from}` is renamed to `{to}`");
            let change = Change::rust("D111", RustVerdict::Major, &*from, message).with_values(&one.marker, to);
            context.add(change, places.0, places.1);
        }
    }
    let needs = (before.0.needs_of(one), now.0.needs_of(other));
    if let Some(feature) = needs.1.iter().find(|feature| !needs.0.contains(feature)) {
        let is_preview = context.new.plan.preview.as_ref() == Some(feature);
        let verdict = if is_preview { RustVerdict::Major } else { RustVerdict::Minor };
        let message = format!("call `{name}` needs the cargo feature `{feature}`");
        let code = if is_preview { "D101" } else { "D102" };
        context.add(Change::rust(code, verdict, &*name, message).with_values("", feature), places.0, places.1);
    }
    let documented = |operation: &PlannedOperation| Item {
        path: name.clone(),
        what: "call",
        deprecated: operation.deprecated.is_some(),
        docs: operation.docs.clone(),
        pointer: operation.pointer.clone(),
        ..Item::default()
    };
    items::documented(context, &documented(one), &documented(other));
}

/// The type that old code may still pass as the body of a call that has several media types now.
fn body_type(context: &Context<'_>, old: &PlannedOperation, new: &PlannedOperation) -> Option<RustType> {
    let (one, other) = (old.body.as_ref()?, new.body.as_ref()?);
    let is_more = one.choice.is_none() && other.choice.is_some();
    let taken = other.payloads.iter().filter(|payload| is_more && other.still_takes(payload));
    taken.map(|payload| &payload.ty).find(|ty| context.is_same(&one.ty(), ty)).cloned()
}

/// The arguments of a call. `body` is the type of the body as old code has it, if that is another.
fn function<'m>(name: &'m str, operation: &'m PlannedOperation, body: Option<&RustType>) -> Function<'m> {
    let required = operation.inputs.iter().filter(|input| input.is_argument());
    let mut segment = 0_usize;
    let mut arguments: Vec<Argument> = Vec::new();
    for input in required {
        // The template has the place of a path parameter. Its name is not sent.
        let key = if input.location == Location::Path {
            segment += 1;
            format!("path {segment}")
        } else {
            format!("{:?} {}", input.location, input.wire)
        };
        let name = if input.location == Location::Path { format!("{} ", input.name) } else { input.name.clone() };
        arguments.push(Argument { key, name: name.trim_end().to_owned(), ty: input.ty.clone() });
    }
    let required = operation.body.iter().filter(|body| body.required);
    arguments.extend(required.map(|own| Argument {
        key: "body".to_owned(),
        name: own.name.clone(),
        ty: body.cloned().unwrap_or_else(|| own.ty()),
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
    for input in operation.inputs.iter().filter(|input| !input.required) {
        let key = format!("{:?} {}", input.location, input.wire);
        items.push(Item {
            deprecated: input.deprecated.is_some(),
            docs: input.docs.clone(),
            is_argument: true,
            ..item(&input.name, key, Some(input.ty.clone()))
        });
    }
    if let Some(own) = operation.body.as_ref().filter(|body| !body.required) {
        let ty = Some(body.cloned().unwrap_or_else(|| own.ty()));
        items.push(Item { is_argument: true, ..item(&own.name, "body".to_owned(), ty) });
    }
    if let Some(pages) = &operation.pages {
        items.push(item("pages", "pages".to_owned(), Some(pages.item.clone())));
    }
    match &operation.stream {
        Some(stream) if !stream.only => items.push(item("stream", "stream".to_owned(), Some(stream.item.clone()))),
        None if operation.success.is_bytes() => {
            items.push(item("stream", "stream".to_owned(), Some(RustType::Bytes)));
        }
        Some(_) | None => {}
    }
    items
}

/// The members of the types that stand beside a call.
fn beside(group: &Group, operation: &PlannedOperation) -> Vec<Item> {
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

/// The responses that the lock leaves out of the types of results: `body_as` decodes them.
fn left_out(context: &mut Context<'_>, call: &str, old: &PlannedOperation, new: &PlannedOperation) {
    let documented = |status| old.responses.iter().any(|(known, ..)| *known == status);
    for case in new.locked.left_out.iter().flatten().filter(|case| !documented(case.status)) {
        let item = format!("{call}: {:?}", case.status);
        let message = format!("`{call}` has a response that its types leave out, which `body_as` decodes");
        let change = Change::rust("D102", RustVerdict::Minor, item, message).with_values("", case.ty.path());
        context.add(change, &old.pointer, &new.pointer);
    }
}

/// The result of a call.
fn result(
    context: &mut Context<'_>,
    what: &str,
    call: &str,
    (one, before): (&PlannedOperation, &Outcome),
    (other, now): (&PlannedOperation, &Outcome),
) {
    let item = format!("{what} {call}");
    let is_stream = |operation: &PlannedOperation| {
        what.contains("success") && operation.stream.as_ref().is_some_and(|stream| stream.only)
    };
    let ty = |operation: &PlannedOperation, outcome: &Outcome| match operation
        .stream
        .as_ref()
        .filter(|_| is_stream(operation))
    {
        Some(stream) => RustType::ViaFromStr(format!("{:?} of {}", stream.framing, stream.item.path())),
        None => outcome.ty(),
    };
    if let (Outcome::Several { name, cases }, Outcome::Several { name: now_name, cases: now_cases }) = (before, now) {
        if name != now_name && one.name == other.name {
            let message = format!("the type of {item} is renamed from `{name}` to `{now_name}`");
            let change = Change::rust("D111", RustVerdict::Major, &*item, message).with_values(name, now_name);
            context.add(change, &one.pointer, &other.pointer);
        }
        let items = |operation: &PlannedOperation, cases: &[crate::plan::operations::Case]| -> Vec<Item> {
            let variants = cases.iter().map(|case| Item {
                path: format!("{name}::{}", case.variant),
                name: case.variant.clone(),
                key: format!("{:?} {:?}", case.status, case.media),
                what: "variant",
                ty: Some(case.ty.clone()),
                pointer: operation.pointer.clone(),
                ..Item::default()
            });
            variants.collect()
        };
        items::compare(context, &items(one, cases), &items(other, now_cases));
        return;
    }
    let (before, now) = (ty(one, before), ty(other, now));
    let is_enum = |ty: &RustType| matches!(ty, RustType::Model { class: Class::Outcome, .. });
    if is_enum(&before) != is_enum(&now) || !context.is_same(&before, &now) {
        context.type_changed(what, call, (&before, &now), (&one.pointer, &other.pointer));
    }
}
