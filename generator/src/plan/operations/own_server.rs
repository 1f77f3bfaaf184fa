//! The server of one operation, where the description gives it its own.

use crate::api::{Server, ServerVariable};
use crate::plan::docs;

/// The server URL of one operation.
#[derive(Debug)]
pub(crate) struct OwnServer {
    /// Template.
    pub url: String,
    /// Names and defaults of its variables, where the client's variables have other defaults.
    pub defaults: Vec<(String, String)>,
    /// The URL with the defaults of all its variables.
    by_default: String,
}

impl OwnServer {
    /// Plans the server of an operation of a client with these variables.
    pub(super) fn of(server: &Server, of_client: &[ServerVariable]) -> Self {
        let differs = |variable: &&ServerVariable| {
            !of_client.iter().any(|known| known.name == variable.name && known.default == variable.default)
        };
        let defaults = server.variables.iter().filter(differs);
        let by_default = server.variables.iter().chain(of_client).fold(server.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        });
        Self {
            url: server.url.clone(),
            defaults: defaults.map(|variable| (variable.name.clone(), variable.default.clone())).collect(),
            by_default,
        }
    }

    /// Returns the documentation of an absolute URL, in lines.
    pub(super) fn docs(&self) -> Vec<String> {
        if !self.by_default.starts_with("http") {
            return Vec::new();
        }
        let (template, url) = (docs::escape_inline(&self.url), docs::escape_inline(&self.by_default));
        let default = if template == url { String::new() } else { format!(", by default `{url}`") };
        vec![String::new(), format!("The server is `{template}`{default}. A `base_url` of your own replaces it too.")]
    }
}
