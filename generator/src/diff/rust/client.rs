//! The client and what surrounds it: the crate's name, the builder, environment variables, features, test functions.

use super::context::Context;
use super::items::{self, Item};
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::plan::rust_type::{Class, RustType};
use crate::plan::security::Takes;

/// Compares what is not a type and not a call.
pub(super) fn compare(context: &mut Context<'_>) {
    let (old, new) = (context.old, context.new);
    let (old_name, new_name) = (&old.plan.package, &new.plan.package);
    if old_name != new_name {
        let message = format!("the crate `{old_name}` is named `{new_name}`");
        let mut change =
            Change::rust(Rule::Renamed, RustVerdict::Major, "crate", message).with_values(old_name, new_name);
        change.help = Some(format!("keep the name with the setting `name = \"{old_name}\"`"));
        context.add(change, "#/info/title", "#/info/title");
    }
    for of in [builder, environment, features, testing] {
        items::match_items(context, &of(old), &of(new));
    }
}

/// The methods of the builder.
fn builder(side: &Side) -> Vec<Item> {
    let client = &side.plan.client;
    let method = |name: &str, key: String, ty: RustType, pointer: String, docs: &[String]| Item {
        path: format!("ClientBuilder::{name}"),
        name: name.to_owned(),
        key,
        what: "method",
        ty: Some(ty),
        is_argument: true,
        pointer,
        docs: docs.to_vec(),
        ..Item::default()
    };
    let schemes = client.schemes.iter().flat_map(|scheme| {
        scheme.setters.iter().map(|setter| {
            let takes = match setter.takes {
                Takes::Secret | Takes::Source => RustType::Secret,
                Takes::UserAndPassword | Takes::ClientCredentials | Takes::RefreshToken => {
                    RustType::Tuple(vec![RustType::String, RustType::Secret])
                }
            };
            let key = format!("scheme {} {:?}", scheme.wire, setter.takes);
            method(&setter.name, key, takes, scheme_pointer(&scheme.wire), &setter.docs)
        })
    });
    let variables = client.variables.iter().map(|variable| {
        let ty = match &variable.enum_name {
            Some(name) => RustType::model(name.clone(), Class::String),
            None => RustType::String,
        };
        method(&variable.setter, format!("variable {}", variable.wire), ty, "#/servers".to_owned(), &variable.docs)
    });
    let headers = client.headers.iter().map(|header| {
        let key = format!("header {}", header.input.wire);
        method(&header.input.name, key, header.input.ty.clone(), "#/paths".to_owned(), &header.input.docs)
    });
    let optional = |path: &str, is_defined: bool, pointer: &str| {
        let item = Item {
            path: path.to_owned(),
            name: path.to_owned(),
            key: path.to_owned(),
            what: "method",
            pointer: pointer.to_owned(),
            ..Item::default()
        };
        is_defined.then_some(item)
    };
    let (reads, has_schemes) = (!client.environment().is_empty(), client.has_schemes());
    let optional = [
        optional("Client::from_env", reads, "#/components/securitySchemes"),
        optional("ClientBuilder::environment", reads, "#/components/securitySchemes"),
        optional("ClientBuilder::allow_anonymous", has_schemes, "#/components/securitySchemes"),
        optional("Call::without_credentials", has_schemes, "#/components/securitySchemes"),
    ];
    schemes.chain(variables).chain(headers).chain(optional.into_iter().flatten()).collect()
}

/// The pointer of a security scheme.
fn scheme_pointer(scheme: &str) -> String {
    format!("#/components/securitySchemes/{}", crate::syntax::pointer::escape(scheme))
}

/// The environment variables that `Client::from_env` reads.
fn environment(side: &Side) -> Vec<Item> {
    let client = &side.plan.client;
    let item = |name: &str, key: String, pointer: String| Item {
        path: name.to_owned(),
        name: name.to_owned(),
        key,
        what: "environment variable",
        pointer,
        silent: true,
        ..Item::default()
    };
    let schemes = client.schemes.iter().filter_map(|scheme| {
        Some(item(scheme.env.as_deref()?, format!("scheme {}", scheme.wire), scheme_pointer(&scheme.wire)))
    });
    let variables = client.variables.iter().filter_map(|variable| {
        Some(item(variable.env.as_deref()?, format!("variable {}", variable.wire), "#/servers".to_owned()))
    });
    let headers = client
        .headers
        .iter()
        .map(|header| item(&header.env, format!("header {}", header.input.wire), "#/paths".to_owned()));
    schemes.chain(variables).chain(headers).collect()
}

fn features(side: &Side) -> Vec<Item> {
    let groups = side.plan.groups.iter().filter_map(|group| group.feature.as_ref());
    let features = groups.chain(&side.plan.preview).map(|name| Item {
        path: name.clone(),
        name: name.clone(),
        key: name.clone(),
        what: "cargo feature",
        ..Item::default()
    });
    features.collect()
}

/// The functions of the module for tests.
fn testing(side: &Side) -> Vec<Item> {
    let functions = side.plan.response_examples.iter().flat_map(|group| {
        let functions = group.files.iter().flat_map(|(_, functions)| functions);
        functions.map(|example| (format!("{}::{}", group.module, example.name), example))
    });
    let functions = functions.map(|(name, example)| Item {
        path: format!("testing::{name}"),
        name: name.clone(),
        key: name,
        what: "function",
        ty: Some(if example.status.is_some() { RustType::Unit } else { RustType::U32 }),
        docs: example.docs.iter().cloned().chain([example.media.clone(), example.text.clone()]).collect(),
        ..Item::default()
    });
    functions.collect()
}
