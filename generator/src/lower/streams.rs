//! How streams are asked for and end, by operation: settings first, then what is usual. Knows only the model.

use super::media::is_json;
use super::view::View;
use crate::api::{Api, Operation, SchemaId, Status, StreamWish};
use crate::diagnostic::{Code, Diagnostics};
use indexmap::IndexMap;

/// What settings say by operation.
pub type Wishes = IndexMap<String, StreamWish>;

/// The usual name of the member of a body that asks for a stream.
const SWITCH: &str = "stream";

/// Decides for every operation.
pub(super) fn find(api: &mut Api, wishes: &Wishes, diagnostics: &mut Diagnostics) {
    let mut switches = Vec::new();
    for operation in &api.operations {
        let wish = operation.id.as_ref().and_then(|id| wishes.get(id));
        let found = switch(&View::new(api), operation, wish).unwrap_or_else(|wrong| {
            let id = operation.id.as_deref().unwrap_or_default();
            diagnostics.report_whole(Code::SettingNoMatch, format!("the setting `streams.{id}`: {wrong}"));
            None
        });
        switches.push(found);
    }
    for (operation, switch) in api.operations.iter_mut().zip(switches) {
        operation.switch = switch;
        let Some(end) = operation.id.as_ref().and_then(|id| wishes.get(id)?.end.clone()) else { continue };
        let media = operation.responses.iter_mut().flat_map(|response| &mut response.media);
        media.filter_map(|media| media.sequence.as_mut()).for_each(|sequence| sequence.end.clone_from(&end));
    }
}

/// The member of the body that asks for a stream, or what is wrong with the one that is wished for.
fn switch(view: &View<'_>, operation: &Operation, wish: Option<&StreamWish>) -> Result<Option<String>, String> {
    let success = |status| matches!(status, Status::Exact(200..=299) | Status::Range(2) | Status::Default);
    let answers = operation.responses.iter().filter(|response| success(response.status));
    let streams = answers.flat_map(|response| &response.media).any(|media| media.sequence.is_some());
    if !streams {
        return if wish.is_some() { Err("no success is a stream".to_owned()) } else { Ok(None) };
    }
    let name = match wish.map(|wish| &wish.switch) {
        Some(Some(None)) => return Ok(None),
        Some(Some(Some(name))) => name,
        Some(None) | None => SWITCH,
    };
    let bodies = operation.body.iter().flat_map(|body| &body.media);
    let json = bodies.filter(|media| is_json(&media.name)).filter_map(|media| media.schema);
    let has = |body: SchemaId| {
        let mut named = view.properties(body).iter().filter(|property| property.name == name);
        named.any(|property| view.is_bool(property.schema))
    };
    match (json.into_iter().any(has), wish.is_some_and(|wish| wish.switch.is_some())) {
        (true, _) => Ok(Some(name.to_owned())),
        (false, true) => Err(format!("no JSON body has a member `{name}` that is true or false")),
        (false, false) => Ok(None),
    }
}
