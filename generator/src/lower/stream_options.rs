//! Flags that request a stream and texts that end it, by operation. The settings decide first, then conventions. Knows
//! only the API.

use super::lookup::ApiLookup;
use crate::api::is_json;
use crate::api::{
    Api, Location, Operation, Parameter, RuleValue, SchemaId, Status, StreamFlag, StreamFlagLocation, StreamRule,
    essence,
};
use crate::diagnostic::{Code, Diagnostics};
use crate::pattern;
use indexmap::IndexMap;
use std::fmt;

/// Stream rules by operation id, or by a pattern of ids.
pub(crate) type StreamRules = IndexMap<String, StreamRule>;

/// The usual name of the flag that requests a stream.
const USUAL_FLAG: &str = "stream";

/// Sets the flag and the end of every operation.
pub(super) fn set(api: &mut Api, rules: &StreamRules, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    let mut patterns: IndexMap<&str, Option<String>> = IndexMap::new();
    for operation in &api.operations {
        let view = ApiLookup::new(api);
        let id = operation.id.as_deref().unwrap_or_default();
        let set = operation.id.as_ref().and_then(|id| rules.get(id));
        let fitting = pattern::rules(rules, id).filter(|_| set.is_none()).find_map(|(pattern, rule)| {
            match stream_flag(&view, operation, Some(rule)) {
                Ok(flag) => {
                    patterns.insert(pattern, None);
                    Some((flag, rule.end.clone()))
                }
                // A pattern may match operations that the rule does not fit, as long as it fits another.
                Err(wrong) => {
                    patterns.entry(pattern).or_insert_with(|| Some(format!("`{id}`: {wrong}")));
                    None
                }
            }
        });
        found.push(fitting.unwrap_or_else(|| {
            let flag = stream_flag(&view, operation, set).unwrap_or_else(|wrong| {
                diagnostics.report_whole(Code::SettingNoMatch, format!("the setting `streams.{id}`: {wrong}"));
                None
            });
            (flag, set.map_or(RuleValue::Default, |set| set.end.clone()))
        }));
    }
    for (pattern, wrong) in patterns.iter().filter_map(|(pattern, wrong)| Some((pattern, wrong.as_ref()?))) {
        let message = format!("the setting `streams.{pattern}` fits no operation; {wrong}");
        diagnostics.report_whole(Code::SettingNoMatch, message);
    }
    for (operation, (flag, end)) in api.operations.iter_mut().zip(found) {
        operation.stream_flag = flag;
        let end = match end {
            RuleValue::Default => continue,
            RuleValue::Off => None,
            RuleValue::Text(text) => Some(text),
        };
        let media = operation.responses.iter_mut().flat_map(|response| &mut response.media);
        media.filter_map(|media| media.sequence.as_mut()).for_each(|sequence| sequence.end.clone_from(&end));
    }
}

/// The reason why a rule of the setting `streams` does not fit an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum StreamRuleError {
    NoStream,
    /// The name of the flag.
    NoStreamFlag(String),
}

impl fmt::Display for StreamRuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStream => f.write_str("no success is a stream"),
            Self::NoStreamFlag(name) => write!(f, "no body and no query has a boolean `{name}`"),
        }
    }
}

impl std::error::Error for StreamRuleError {}

/// Finds the property or parameter that requests a stream.
fn stream_flag(
    view: &ApiLookup<'_>,
    operation: &Operation,
    rule: Option<&StreamRule>,
) -> Result<Option<StreamFlag>, StreamRuleError> {
    let success = |status: Status| status.is_success() || status == Status::Default;
    let responses = operation.responses.iter().filter(|response| success(response.status));
    let streams = responses.flat_map(|response| &response.media).any(|media| media.sequence.is_some());
    if !streams {
        return if rule.is_some() { Err(StreamRuleError::NoStream) } else { Ok(None) };
    }
    let name = match rule.map(|rule| &rule.stream_flag) {
        Some(RuleValue::Off) => return Ok(None),
        Some(RuleValue::Text(name)) => name,
        Some(RuleValue::Default) | None => USUAL_FLAG,
    };
    let locations = locations(view, operation, name);
    match (locations.is_empty(), rule.is_some_and(|rule| rule.stream_flag != RuleValue::Default)) {
        (false, _) => Ok(Some(StreamFlag { name: name.to_owned(), locations })),
        (true, true) => Err(StreamRuleError::NoStreamFlag(name.to_owned())),
        (true, false) => Ok(None),
    }
}

/// The locations of a boolean with this name: in bodies, otherwise in the query.
fn locations(view: &ApiLookup<'_>, operation: &Operation, name: &str) -> Vec<StreamFlagLocation> {
    let has = |body: SchemaId| {
        let mut named = view.properties(body).iter().filter(|property| property.name == name);
        named.any(|property| view.is_bool(property.schema))
    };
    let mut locations = Vec::new();
    for media in operation.body.iter().flat_map(|body| &body.media) {
        let location = location(&media.name).filter(|location| !locations.contains(location));
        locations.extend(location.filter(|_| media.schema.is_some_and(has)));
    }
    let query = |parameter: &&Parameter| parameter.location == Location::Query && parameter.name == name;
    let has_flag = operation.parameters.iter().filter(query).any(|parameter| view.is_bool(parameter.schema));
    if locations.is_empty() && has_flag {
        locations.push(StreamFlagLocation::Query);
    }
    locations
}

/// The kind of a body to which a field can be added.
fn location(media: &str) -> Option<StreamFlagLocation> {
    match essence(media).as_str() {
        _ if is_json(media) => Some(StreamFlagLocation::Json),
        "application/x-www-form-urlencoded" => Some(StreamFlagLocation::Form),
        "multipart/form-data" => Some(StreamFlagLocation::Part),
        _ => None,
    }
}
