//! The modules of the runtime that a crate uses. Must not know the runtime's files.

use super::models::{Kind, Model};
use super::operations::{Outcome, Payload, PlannedOperation, RequestCodec, ResponseCodec};
use super::rust_type::RustType;
use super::security::{SchemeForm, Takes};
use super::{Plan, reach};
use std::collections::BTreeSet;

/// A module of the runtime, with all that only its users need. A bundled copy leaves it out where the crate does not use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RuntimeModule {
    /// Enums of strings and integers.
    Enums,
    /// Bytes with a name and a media type.
    File,
    /// Forms of responses.
    Form,
    /// Strings of a type of another crate.
    FromStr,
    /// Documented headers of responses.
    Headers,
    /// Values that may be of another type.
    Lenient,
    /// Multipart bodies.
    Multipart,
    /// Numbers that may be strings.
    Numeric,
    /// Tokens from token servers.
    OAuth,
    /// Arguments that take a value or `None`.
    OrNone,
    /// Pagination.
    Paging,
    /// Arrays whose items have types of their own.
    Row,
    /// Streams of values, received or sent.
    Streams,
    /// Dates, times and durations.
    Time,
    /// Unions.
    Union,
    /// The enum of webhooks.
    Webhooks,
    /// XML.
    Xml,
}

impl RuntimeModule {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 17] = [
        Self::Enums,
        Self::File,
        Self::Form,
        Self::FromStr,
        Self::Headers,
        Self::Lenient,
        Self::Multipart,
        Self::Numeric,
        Self::OAuth,
        Self::OrNone,
        Self::Paging,
        Self::Row,
        Self::Streams,
        Self::Time,
        Self::Union,
        Self::Webhooks,
        Self::Xml,
    ];

    /// The name in the attributes of the runtime's sources.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Enums => "enums",
            Self::File => "file",
            Self::Form => "form",
            Self::FromStr => "from_str",
            Self::Headers => "headers",
            Self::Lenient => "lenient",
            Self::Multipart => "multipart",
            Self::Numeric => "numeric",
            Self::OAuth => "oauth",
            Self::OrNone => "or_none",
            Self::Paging => "paging",
            Self::Row => "row",
            Self::Streams => "streams",
            Self::Time => "time",
            Self::Union => "union",
            Self::Webhooks => "webhooks",
            Self::Xml => "xml",
        }
    }

    /// The modules that this one uses.
    const fn needs(self) -> &'static [Self] {
        match self {
            Self::Multipart => &[Self::File, Self::Form],
            _ => &[],
        }
    }
}

/// The modules that a crate uses.
pub(super) fn modules(plan: &Plan) -> BTreeSet<RuntimeModule> {
    let headers = plan.client.headers.iter().map(|header| &header.input.ty);
    let types = reach::named_types(&plan.models, &plan.groups).chain(headers.clone()).flat_map(of_type);
    let models = plan.models.iter().filter_map(|model| match &model.kind {
        Kind::StringEnum(_) | Kind::IntegerEnum(_) => Some(RuntimeModule::Enums),
        Kind::Union(_) => Some(RuntimeModule::Union),
        Kind::Struct(structure) => structure.required_items.map(|_| RuntimeModule::Row),
        Kind::Alias(_) => None,
    });
    let operations = plan.groups.iter().flat_map(|group| &group.operations).flat_map(of_operation);
    let tokens = plan.client.schemes.iter().any(|scheme| {
        let served = matches!(scheme.kind, SchemeForm::OAuth { .. } | SchemeForm::OpenId { .. });
        let takes = |takes| matches!(takes, Takes::ClientCredentials | Takes::RefreshToken);
        served || scheme.setters.iter().any(|setter| takes(setter.takes))
    });
    let tokens = tokens.then_some(RuntimeModule::OAuth);
    let or_none = plan.models.iter().any(Model::takes_or_none) || headers.clone().any(RustType::takes_or_none);
    let or_none =
        or_none || plan.groups.iter().flat_map(|group| &group.operations).any(PlannedOperation::takes_or_none);
    let or_none = or_none.then_some(RuntimeModule::OrNone);
    let xml = (!plan.xml.roots.is_empty()).then_some(RuntimeModule::Xml);
    let webhooks = plan.webhooks.as_ref().map(|_| RuntimeModule::Webhooks);
    let others = [tokens, or_none, xml, webhooks].into_iter().flatten();
    let used: BTreeSet<RuntimeModule> = types.chain(models).chain(operations).chain(others).collect();
    used.iter().flat_map(|module| module.needs()).chain(&used).copied().collect()
}

fn of_type(ty: &RustType) -> Vec<RuntimeModule> {
    let module = match ty {
        RustType::DateTime | RustType::Date | RustType::Time | RustType::Duration => Some(RuntimeModule::Time),
        RustType::Tuple(_) => Some(RuntimeModule::Row),
        RustType::ViaFromStr(_) => Some(RuntimeModule::FromStr),
        RustType::Lenient(_) => Some(RuntimeModule::Lenient),
        RustType::Numeric(_) => Some(RuntimeModule::Numeric),
        RustType::File => Some(RuntimeModule::File),
        RustType::Multipart | RustType::Part | RustType::PartOf(_) => Some(RuntimeModule::Multipart),
        RustType::ItemStream(_) | RustType::Event(_) => Some(RuntimeModule::Streams),
        // Every crate has these. A new type gets its part here, or a bundled copy would lack its module.
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::Number
        | RustType::String
        | RustType::Base64
        | RustType::Secret
        | RustType::Json
        | RustType::Unit
        | RustType::Bytes
        | RustType::List(_)
        | RustType::Slice(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Maybe(_)
        | RustType::Boxed(_)
        | RustType::Model { .. } => None,
    };
    ty.children().iter().flat_map(of_type).chain(module).collect()
}

fn of_operation(operation: &PlannedOperation) -> Vec<RuntimeModule> {
    let payloads = operation.body.iter().flat_map(|body| &body.payloads);
    let requests = payloads.flat_map(of_payload);
    let responses = [&operation.success, &operation.error].into_iter().flat_map(of_outcome);
    let pages = operation.pages.as_ref().map(|_| RuntimeModule::Paging);
    let headers = operation.headers.as_ref().map(|_| RuntimeModule::Headers);
    let stream = operation.stream.as_ref().map(|_| RuntimeModule::Streams);
    let parts = (!operation.received.is_empty()).then_some(RuntimeModule::Multipart);
    requests.chain(responses).chain(pages).chain(headers).chain(stream).chain(parts).collect()
}

fn of_payload(payload: &Payload) -> Vec<RuntimeModule> {
    match &payload.codec {
        RequestCodec::Multipart(_) => vec![RuntimeModule::Multipart],
        RequestCodec::PartStream(_) => vec![RuntimeModule::Multipart, RuntimeModule::Streams],
        RequestCodec::Events(_) => vec![RuntimeModule::Streams],
        codec if *codec == RequestCodec::FILE => vec![RuntimeModule::File],
        RequestCodec::Value(..) | RequestCodec::Owned(_) | RequestCodec::Form(_) | RequestCodec::Xml(_) => Vec::new(),
    }
}

fn of_outcome(outcome: &Outcome) -> Vec<RuntimeModule> {
    let codecs: Vec<&ResponseCodec> = match outcome {
        Outcome::One(_, codec) => vec![codec],
        Outcome::Several { responses, .. } => responses.iter().map(|response| &response.codec).collect(),
    };
    let module = |codec: &ResponseCodec| match codec {
        ResponseCodec::Form(_) => Some(RuntimeModule::Form),
        codec if [ResponseCodec::PARTS, ResponseCodec::PART_VALUES].contains(codec) => Some(RuntimeModule::Multipart),
        ResponseCodec::Function(_) | ResponseCodec::Own | ResponseCodec::Xml(_) => None,
    };
    codecs.into_iter().filter_map(module).collect()
}
