//! Settings that name places of the description: each must name one. Knows the description's names; decides nothing.

use crate::api::Api;
use crate::config::{Config, nearest};
use crate::diagnostic::{Code, Diagnostics};

/// Reports every setting that names something that does not exist.
pub(super) fn check(api: &Api, config: &Config, diagnostics: &mut Diagnostics) {
    let pointers = api.components.values().filter_map(|id| api.schemas.get(id.0 as usize));
    let pointers: Vec<&str> = pointers.map(|schema| schema.origin.pointer.as_str()).collect();
    let schemes = api.schemes.iter().map(|scheme| scheme.name.as_str());
    let variables = api.servers.iter().flat_map(|server| &server.variables);
    let secrets: Vec<&str> = schemes.chain(variables.map(|variable| variable.name.as_str())).collect();
    let operations: Vec<&str> = api.operations.iter().filter_map(|operation| operation.id.as_deref()).collect();
    let settings = [
        ("rename", "component", config.rename.keys().collect::<Vec<_>>(), &pointers),
        ("env", "security scheme or server variable", config.env.keys().collect(), &secrets),
        ("pagination", "operation", config.pagination.keys().collect(), &operations),
    ];
    for (setting, what, keys, known) in settings {
        for key in keys.into_iter().filter(|key| !known.contains(&key.as_str())) {
            let near = nearest(key, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let message =
                format!("the setting `{setting}` names `{key}`: the description has, or uses, no such {what}{near}");
            diagnostics.report_whole(Code::SettingNoMatch, message);
        }
    }
}
