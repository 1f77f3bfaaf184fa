//! Parameters: names, types, and the runtime's method that sends each.

use super::codec::{FieldStyle, styles};
use super::parameter_docs;
use crate::api::{Location, Operation, Parameter, Shape, Style};
use crate::lock::LockedChildren;
use crate::plan::docs::{self, Deprecation};
use crate::plan::models::default::{self, StaticValue};
use crate::plan::names::{Scope, distinct_beside, snake, with_suffix};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use serde_json::Value;

/// A parameter.
#[derive(Debug)]
pub(crate) struct Input {
    /// The location with the name, or with the number of a path parameter in the template, whose name is not sent.
    pub key: String,
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub name: String,
    /// Location in the request.
    pub location: Location,
    /// Style of the encoding.
    pub style: Style,
    /// True if each value is written as a pair of its own.
    pub explode: bool,
    /// True if reserved characters are not percent-encoded.
    pub reserved: bool,
    /// True if an empty value is sent as the name alone.
    pub empty: bool,
    /// True if each item of a list is a header line of its own.
    pub lines: bool,
    /// Fields of a form that have a style of their own.
    pub styles: Vec<FieldStyle>,
    /// The way in which its value gets into a request.
    pub passing: Passing,
    /// Type.
    pub ty: RustType,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Its deprecation.
    pub deprecated: Option<Deprecation>,
    /// Examples of its values. A credential has none.
    pub examples: Vec<Value>,
}

/// The way in which the value of a parameter gets into a request.
#[derive(Debug)]
pub(crate) enum Passing {
    /// An argument of the method.
    Argument,
    /// A setter of the call.
    Setter,
    /// A header of the client. If it is not required, the call has a setter too, which replaces the client's value.
    ClientHeader {
        /// True if a call without a value of the client fails.
        required: bool,
    },
    /// Its only possible value, which the client sends.
    Fixed(StaticValue),
}

/// Arguments of the runtime's method for a parameter, beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArgumentForm {
    /// The name. The encoding is the default of the location.
    Name,
    /// The name and the encoding.
    NameAndEncoding,
    /// The encoding. The parameter is the whole query.
    Encoding,
    /// The encodings of its fields. The parameter is the whole query.
    FieldEncodings,
}

/// All parameters: required ones are arguments; the others are setters.
pub(super) fn inputs(
    operation: &Operation,
    types: &Types<'_>,
    arguments: &mut Scope,
    setters: &mut Scope,
) -> Vec<Input> {
    let locked = types.locked().parameters_of(&operation.route());
    let keyed = keyed_inputs(operation, locked);
    let mut inputs = Vec::new();
    let wanted = wanted_names(operation, &keyed, locked, types);
    for ((parameter, wanted), keyed) in operation.parameters.iter().zip(wanted).zip(keyed) {
        let fixed = fixed(parameter, &types.of(parameter.schema).strict(), types);
        let passing = match fixed {
            Some(fixed) => Passing::Fixed(fixed),
            None if parameter.set_on_client => Passing::ClientHeader { required: parameter.required },
            None if keyed.is_argument => Passing::Argument,
            None => Passing::Setter,
        };
        let mut unused = Scope::with(&[]);
        let names = match &passing {
            Passing::Argument => &mut *arguments,
            passing if passing.has_setter() => &mut *setters,
            // Callers do not see the name.
            _ => &mut unused,
        };
        let mut input = input(parameter, keyed.key, passing, &wanted, types, names);
        if input.is_argument() && !parameter.required {
            accept_none(&mut input);
        }
        inputs.push(input);
    }
    locked.sort_arguments(&mut inputs, |input| input.is_argument().then(|| input.key.clone()));
    inputs
}

/// Makes `None` a value of an argument that is not required any more.
fn accept_none(input: &mut Input) {
    if !matches!(input.ty, RustType::Option(_)) {
        input.ty = input.ty.clone().option();
    }
    docs::add_notes(&mut input.docs, std::iter::once("`None` leaves it out.".to_owned()));
}

/// A parameter with its key among those of its operation.
struct KeyedInput {
    /// As [`Input::key`].
    key: String,
    /// True for an argument: a required parameter, or one that was required in the lock.
    is_argument: bool,
}

/// The parameters of an operation with their keys.
fn keyed_inputs(operation: &Operation, locked: LockedChildren<'_>) -> Vec<KeyedInput> {
    let mut segment = 0_u32;
    let keyed = operation.parameters.iter().map(|parameter| {
        let key = if parameter.location == Location::Path {
            segment = segment.saturating_add(1);
            format!("path {segment}")
        } else {
            key_of(parameter)
        };
        let is_argument = parameter.required || (locked.is_argument(&key) && !parameter.set_on_client);
        KeyedInput { key, is_argument }
    });
    keyed.collect()
}

/// The names that parameters want. Those with one name in several locations get their location as a suffix; others with one name get
/// words for the difference.
fn wanted_names(
    operation: &Operation,
    keyed: &[KeyedInput],
    locked: LockedChildren<'_>,
    types: &Types<'_>,
) -> Vec<String> {
    let from_settings = |parameter: &Parameter| types.renames().parameter(Some(operation), parameter).map(snake);
    let plain = |parameter: &Parameter| from_settings(parameter).unwrap_or_else(|| snake(&parameter.name));
    let all: Vec<(&Parameter, &KeyedInput)> = operation.parameters.iter().zip(keyed).collect();
    let same_name_elsewhere = |one: &Parameter, is_argument: bool| {
        let name = plain(one);
        let others = all.iter().filter(|(other, input)| input.is_argument == is_argument && plain(other) == name);
        others.filter(|(other, _)| other.location != one.location).count()
    };
    let wanted = all.iter().map(|(parameter, keyed)| {
        let name = plain(parameter);
        let contested = from_settings(parameter).is_none() && same_name_elsewhere(parameter, keyed.is_argument) > 0;
        (parameter.name.as_str(), if contested { with_suffix(&name, location_word(parameter)) } else { name })
    });
    let wanted: Vec<(&str, String)> = wanted.collect();
    // Arguments and setters have names of their own.
    let mut names = vec![String::new(); all.len()];
    for is_argument in [false, true] {
        let of_kind = all.iter().enumerate().filter(|(_, (_, input))| input.is_argument == is_argument);
        let of_kind: Vec<usize> = of_kind.map(|(index, _)| index).collect();
        let wanted_of_kind: Vec<(&str, String)> =
            of_kind.iter().filter_map(|index| wanted.get(*index).cloned()).collect();
        let locked_names = of_kind.iter().filter_map(|index| all.get(*index)).map(|(parameter, input)| {
            let name = locked.name(&input.key).filter(|_| locked.is_argument(&input.key) == is_argument);
            name.filter(|_| from_settings(parameter).is_none()).map(str::to_owned)
        });
        let locked_names: Vec<Option<String>> = locked_names.collect();
        let taken: Vec<&str> =
            locked.names().filter(|(key, _)| locked.is_argument(key) == is_argument).map(|(_, name)| name).collect();
        for (index, name) in of_kind.into_iter().zip(distinct_beside(&wanted_of_kind, &locked_names, &taken, snake)) {
            if let Some(slot) = names.get_mut(index) {
                *slot = name;
            }
        }
    }
    names
}

/// The key of a parameter whose name is sent.
fn key_of(parameter: &Parameter) -> String {
    format!("{} {}", location_word(parameter), parameter.name)
}

/// The word for the location of a parameter.
const fn location_word(parameter: &Parameter) -> &'static str {
    match parameter.location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The input of a parameter. It gets the wanted name, or one with its location where the wanted one is taken.
fn input(
    parameter: &Parameter,
    key: String,
    passing: Passing,
    wanted: &str,
    types: &Types<'_>,
    names: &mut Scope,
) -> Input {
    let name = names.claim_first(&[wanted.to_owned(), with_suffix(wanted, location_word(parameter))]);
    let docs = parameter_docs::parameter(parameter, &name, types);
    Input {
        key,
        wire: parameter.name.clone(),
        deprecated: Deprecation::of(parameter.deprecated, &docs),
        docs,
        name,
        location: parameter.location,
        style: parameter.style,
        explode: parameter.explode,
        reserved: parameter.allow_reserved,
        empty: parameter.allow_empty,
        lines: parameter.style != Style::Json && types.header_lines(&parameter.name),
        styles: styles(&parameter.encoding),
        passing,
        ty: types.of(parameter.schema).strict(),
        examples: examples(parameter, types),
    }
}

fn examples(parameter: &Parameter, types: &Types<'_>) -> Vec<Value> {
    if parameter.credential {
        return Vec::new();
    }
    parameter.examples.0.iter().cloned().chain(types.examples(parameter.schema)).collect()
}

/// A header parameter of the client, which is a setter of its builder.
pub(in crate::plan) fn client_input(parameter: &Parameter, types: &Types<'_>, setters: &mut Scope) -> Input {
    let from_settings = types.renames().parameter(None, parameter);
    let wanted = snake(from_settings.unwrap_or(&parameter.name));
    input(parameter, key_of(parameter), Passing::Setter, &wanted, types, setters)
}

/// The only value that a required parameter can have, if the client sends it without an argument: a `const` anywhere,
/// or an enum of one value in a header. Such an enum can grow later, and a call can still replace a header.
fn fixed(parameter: &Parameter, ty: &RustType, types: &Types<'_>) -> Option<StaticValue> {
    if !parameter.required || parameter.set_on_client {
        return None;
    }
    let schema = types.schema(types.resolve(parameter.schema).0)?;
    let is_certain = schema.is_const || parameter.location == Location::Header;
    let only = match &schema.shape {
        Shape::Enum(listed) => match listed.values.as_slice() {
            [only] => Some(Value::String(only.wire.clone())),
            _ => None,
        },
        _ => schema.only_value.clone(),
    };
    default::expression(&only.filter(|_| is_certain)?, parameter.schema, ty, types)
}

impl Passing {
    /// Returns true if the call has a setter for the parameter.
    #[must_use]
    pub(crate) const fn has_setter(&self) -> bool {
        matches!(self, Self::Setter | Self::ClientHeader { required: false })
    }
}

impl Input {
    /// Returns true if it is an argument.
    #[must_use]
    pub(crate) const fn is_argument(&self) -> bool {
        matches!(self.passing, Passing::Argument)
    }

    /// Returns true if a caller sets it: as an argument or by a method of the call.
    #[must_use]
    pub(crate) const fn is_set_by_callers(&self) -> bool {
        self.is_argument() || self.passing.has_setter()
    }

    /// The arguments of [`Self::runtime_method`] beside the value. A parameter with the default encoding of its location
    /// needs only its name.
    #[must_use]
    pub(crate) fn argument_form(&self) -> ArgumentForm {
        let explodes = explodes(self.style) == self.explode;
        let usual = explodes && !self.reserved && !self.empty && !self.lines;
        match (self.location, self.style) {
            (Location::QueryString, Style::Form) => ArgumentForm::FieldEncodings,
            (Location::QueryString, _) => ArgumentForm::Encoding,
            (Location::Path | Location::Header, Style::Simple) if usual => ArgumentForm::Name,
            (Location::Query | Location::Cookie, Style::Form) if usual => ArgumentForm::Name,
            _ => ArgumentForm::NameAndEncoding,
        }
    }

    /// The method of the runtime's `Draft` that sets the parameter. Those with `_as` take an encoding.
    #[must_use]
    pub(crate) fn runtime_method(&self) -> &'static str {
        let usual = self.argument_form() == ArgumentForm::Name;
        match self.location {
            Location::Path if usual => "path",
            Location::Path => "path_as",
            Location::Query if usual => "query",
            Location::Query if self.empty && !self.reserved => "query_or_empty",
            Location::Query => "query_as",
            Location::QueryString if self.style == Style::Form => "query_form",
            Location::QueryString => "query_text",
            Location::Header if self.lines => "header_lines",
            Location::Header if usual => "header_parameter",
            Location::Header => "header_parameter_as",
            Location::Cookie if usual => "cookie",
            Location::Cookie => "cookie_as",
        }
    }
}

/// Returns true if a style has `explode` by default (OpenAPI 3.2, "Parameter Object").
#[must_use]
pub(crate) const fn explodes(style: Style) -> bool {
    matches!(style, Style::Form | Style::Cookie)
}

/// The runtime's name of a style's encoding.
#[must_use]
pub(crate) const fn encoding_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "SIMPLE",
        Style::Label => "LABEL",
        Style::Matrix => "MATRIX",
        Style::Form => "FORM",
        Style::SpaceDelimited => "SPACE_DELIMITED",
        Style::PipeDelimited => "PIPE_DELIMITED",
        Style::DeepObject => "DEEP_OBJECT",
        Style::TabDelimited => "TAB_DELIMITED",
        Style::Cookie => "COOKIE",
        Style::Json => "JSON",
    }
}
