//! Checks of settings that name places of the description. Knows the description's names; decides nothing.

use crate::api::{Api, LeftOut, Location, Operation, Parameter, Scalar, Schema, SchemaId, Shape};
use crate::config::{Config, type_words};
use crate::diagnostic::{Code, Diagnostics};
use crate::pattern::{self, suggestion};
use crate::plan::models::{Kind, Model};
use crate::plan::names::reserved::{FEATURES, SENDER_FEATURES};
use crate::plan::type_of::Types;
use crate::plan::{renames, scalar};

/// Reports every setting that names something that does not exist.
pub(super) fn check(api: &Api, config: &Config, diagnostics: &mut Diagnostics) {
    let schemes = api.schemes.iter().map(|scheme| scheme.name.as_str());
    let variables = api.servers.iter().flat_map(|server| &server.variables).chain(&api.variables);
    let headers = api.client_headers.iter().map(|header| header.parameter.name.as_str());
    let variables = variables.map(|variable| variable.name.as_str());
    let with_environment: Vec<&str> = schemes.chain(variables).chain(headers).collect();
    let operations: Vec<&str> = api.operations.iter().filter_map(|operation| operation.id.as_deref()).collect();
    let named: Vec<String> = api.operations.iter().map(Operation::named).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let strings = api.schemas.iter().filter(|schema| matches!(schema.shape, Shape::Scalar(Scalar::String(_))));
    let strings: Vec<&str> = strings.filter_map(|schema| schema.place_words.last()).map(String::as_str).collect();
    let read_only = config.send_read_only.listed();
    let properties = if config.relax.is_empty() && read_only.is_empty() { Vec::new() } else { properties(api) };
    let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
    let lists = |parameter: &&Parameter| parameter.location == Location::Header && is_list(api, parameter.schema);
    let headers = api.operations.iter().flat_map(|operation| &operation.parameters).filter(lists);
    let headers: Vec<&str> = headers.map(|parameter| parameter.name.as_str()).collect();
    let lines = config.header_lines.listed();
    let lines = lines.iter().filter(|name| !headers.iter().any(|header| header.eq_ignore_ascii_case(name)));
    let headers_of_all = api.operations.iter().flat_map(|operation| &operation.parameters);
    let headers_of_all = headers_of_all.filter(|parameter| parameter.location == Location::Header);
    let headers_of_all: Vec<&str> = headers_of_all.map(|parameter| parameter.name.as_str()).collect();
    let on_client = config.client_headers.listed();
    let on_client =
        on_client.iter().filter(|name| !headers_of_all.iter().any(|known| known.eq_ignore_ascii_case(name)));
    let env = "security scheme, server variable or header of the client";
    let settings = [
        KeyedSetting::names("client_headers", "header parameter", on_client.collect(), &headers_of_all),
        KeyedSetting::names("env", env, config.env.keys().collect(), &with_environment),
        KeyedSetting::patterns("pagination", config.pagination.keys().collect(), &operations),
        KeyedSetting::patterns("preview", config.preview.iter().collect(), &operations),
        KeyedSetting::names("secrets", "string", config.secrets.iter().collect(), &strings),
        KeyedSetting::names("relax", "property", config.relax.iter().collect(), &properties),
        KeyedSetting::names("header_lines", "array parameter in a header", lines.collect(), &headers),
        KeyedSetting::names("send_read_only", "property", read_only.iter().collect(), &properties),
        KeyedSetting::patterns("streams", config.streams.keys().collect(), &operations),
        KeyedSetting::patterns("optional", config.optional.iter().collect(), &named),
        KeyedSetting::patterns("timeouts", config.timeouts.keys().collect(), &named),
    ];
    unmatched_types(api, diagnostics);
    if let Some(feature) = &config.preview_feature {
        preview(api, feature, diagnostics);
    }
    for (numeric, what) in [(false, "string with this format"), (true, "number with this format")] {
        let known: Vec<&str> =
            formats(api).filter(|(_, is_numeric)| *is_numeric == numeric).map(|(format, _)| format).collect();
        let keys = config.formats.iter().filter(|(_, ty)| ty.is_numeric() == numeric).map(|(format, _)| format);
        KeyedSetting::names("formats", what, keys.collect(), &known).report_unknown_keys(api, diagnostics);
    }
    for setting in settings {
        setting.report_unknown_keys(api, diagnostics);
    }
}

/// Returns true if values of a schema are lists.
fn is_list(api: &Api, mut id: SchemaId) -> bool {
    // Chains of references end: `lower` has removed cycles.
    while let Some(schema) = api.schemas.get(id) {
        match &schema.shape {
            Shape::Same(next) => id = *next,
            shape => return matches!(shape, Shape::List(_) | Shape::Tuple(_)),
        }
    }
    false
}

/// Reports chosen types whose place, or whose component, does not exist.
fn unmatched_types(api: &Api, diagnostics: &mut Diagnostics) {
    for unknown in &api.unmatched_types {
        let components = api.components.keys().map(String::as_str);
        let place = &unknown.place;
        let message = match &unknown.component {
            Some(name) => {
                let known: Vec<&str> = type_words().iter().copied().chain(components).collect();
                let near = suggestion(name, &known);
                format!("the setting `types` gives `{place}` the type `{name}`: there is no such component{near}")
            }
            None => {
                let properties = properties(api);
                let pointers = api.schemas.iter().map(|schema| schema.origin.pointer.as_str());
                let known: Vec<&str> =
                    components.chain(properties.iter().map(String::as_str)).chain(pointers).collect();
                let near = suggestion(place, &known);
                format!("the setting `types` names `{place}`, but the description has no such schema{near}")
            }
        };
        diagnostics.report_whole(Code::SettingNoMatch, message);
    }
}

/// Reports a feature for operations in preview if there are none, or if the name belongs to another feature.
fn preview(api: &Api, feature: &str, diagnostics: &mut Diagnostics) {
    if FEATURES.contains(&feature) || SENDER_FEATURES.contains(&feature) {
        let message =
            format!("`preview_feature` is `{feature}`, which is the name of another feature of generated crates");
        diagnostics.report_whole(Code::SettingInvalid, message);
    }
    if api.operations.iter().all(|operation| operation.preview.is_none()) {
        let message = format!(
            "the setting `preview_feature` is `{feature}`: no operation is in preview (`x-unstable`, or the setting `preview`)"
        );
        diagnostics.report_whole(Code::SettingNoMatch, message);
    }
}

/// Reports every setting that names a type that does not exist.
pub(super) fn check_types(
    api: &Api,
    types: &Types<'_>,
    models: &[Model],
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    if !config.rename.is_empty() {
        let known = renames::known(api, |id| types.name(id));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let what = "schema with a type, operation, tag, parameter or enum value";
        KeyedSetting::names("rename", what, config.rename.keys().collect(), &known)
            .report_unknown_keys(api, diagnostics);
    }
    let enums = models.iter().filter(|model| matches!(model.kind, Kind::StringEnum(_) | Kind::IntegerEnum(_)));
    let components = api
        .components
        .iter()
        .filter(|(_, id)| api.schemas.get(**id).is_some_and(|schema| matches!(schema.shape, Shape::Enum(_))));
    let enums: Vec<&str> =
        enums.map(|model| model.name.as_str()).chain(components.map(|(name, _)| name.as_str())).collect();
    let named = models.iter().map(|model| model.name.as_str()).chain(api.components.keys().map(String::as_str));
    let named: Vec<&str> = named.collect();
    KeyedSetting::names("derives", "type", config.derives.single.keys().collect(), &named)
        .report_unknown_keys(api, diagnostics);
    KeyedSetting::names("closed_enums", "enum", config.closed_enums.iter().collect(), &enums)
        .report_unknown_keys(api, diagnostics);
}

/// The form of the keys of a setting.
#[derive(Clone, Copy)]
enum Keys {
    /// Each key is a name.
    Names,
    /// A key can be a pattern with `*`.
    Patterns,
}

/// A setting whose keys name parts of the description.
struct KeyedSetting<'c> {
    setting: &'static str,
    /// The noun of the parts.
    what: &'static str,
    form: Keys,
    keys: Vec<&'c String>,
    /// The names of all such parts.
    known: &'c [&'c str],
}

impl<'c> KeyedSetting<'c> {
    const fn names(setting: &'static str, what: &'static str, keys: Vec<&'c String>, known: &'c [&'c str]) -> Self {
        Self { setting, what, form: Keys::Names, keys, known }
    }

    /// A setting of operations, by pattern.
    const fn patterns(setting: &'static str, keys: Vec<&'c String>, known: &'c [&'c str]) -> Self {
        Self { setting, what: "operation", form: Keys::Patterns, keys, known }
    }

    /// Reports the keys that name nothing.
    fn report_unknown_keys(self, api: &Api, diagnostics: &mut Diagnostics) {
        let Self { setting, what, form, keys, known } = self;
        let is_known = |key: &str| match form {
            Keys::Names => known.contains(&key),
            Keys::Patterns => known.iter().any(|name| pattern::fits(key, name)),
        };
        for key in keys.into_iter().filter(|key| !is_known(key)) {
            if let Some(left) = left_out(api, key) {
                let message = format!("the setting `{setting}` names `{key}`, which is left out: {}", left.reason);
                diagnostics.report_whole(Code::SettingNoMatch, message);
                continue;
            }
            let near = suggestion(key, known);
            let message =
                format!("the setting `{setting}` names `{key}`, but the description has no such {what}{near}");
            diagnostics.report_whole(Code::SettingNoMatch, message);
        }
    }
}

/// The part of the description that a setting names and others leave out.
fn left_out<'a>(api: &'a Api, key: &str) -> Option<&'a LeftOut> {
    let inside = |left: &LeftOut| {
        let rest = key.strip_prefix(left.pointer.as_str()).or_else(|| key.strip_prefix(left.name.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']))
    };
    api.left_out.iter().find(|left| pattern::fits(key, &left.name) || inside(left))
}

/// The formats of scalars, and whether they are formats of numbers.
fn formats(api: &Api) -> impl Iterator<Item = (&str, bool)> {
    api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Scalar(scalar_type) => scalar::format(scalar_type),
        _ => None,
    })
}

/// The properties of objects, as `Schema.property`: by the name of a component, then by the pointer of any schema.
fn properties(api: &Api) -> Vec<String> {
    let schemas = api.schemas.iter().map(|schema| (schema.origin.pointer.as_str(), schema));
    let components = api.components.iter().filter_map(|(name, id)| Some((name.as_str(), api.schemas.get(id)?)));
    let names_of = |(name, schema): (&str, &Schema)| match &schema.shape {
        Shape::Object(object) => {
            object.properties.iter().map(|property| format!("{name}.{}", property.name)).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    components.chain(schemas).flat_map(names_of).collect()
}
