//! The environment variables of a client, as its documentation lists them. Does not know how the client reads them.

use super::Client;
use super::docs;
use super::security::{Scheme, SchemeForm, Takes};

/// An environment variable.
#[derive(Debug)]
pub(crate) struct EnvironmentVariable {
    /// Its name.
    pub name: String,
    /// Its value, in Markdown and without a full stop.
    pub value: String,
}

impl Client {
    /// The variables that the client reads: of credentials, of the server address, and of client headers.
    #[must_use]
    pub(crate) fn environment(&self) -> Vec<EnvironmentVariable> {
        let schemes = self.schemes.iter().flat_map(of_scheme);
        let variables = self.variables.iter().filter_map(|variable| {
            let value = format!("the server variable {}", code(&variable.wire));
            Some(EnvironmentVariable { name: variable.env.clone()?, value })
        });
        let headers = self.headers.iter().map(|header| EnvironmentVariable {
            name: header.env.clone(),
            value: format!("the header {}", code(&header.input.wire)),
        });
        schemes.chain(variables).chain(headers).collect()
    }
}

/// The credential of a security scheme, and the parts from which the client obtains one.
fn of_scheme(scheme: &Scheme) -> Vec<EnvironmentVariable> {
    let Some(env) = &scheme.env else { return Vec::new() };
    let name = code(&scheme.wire);
    let credential = match &scheme.kind {
        SchemeForm::Header(_) | SchemeForm::Query(_) | SchemeForm::Cookie(_) => "the API key",
        SchemeForm::Basic => "the user name and the password, as `user:password`,",
        SchemeForm::Bearer => "the token",
        SchemeForm::OAuth { .. } | SchemeForm::OpenId { .. } => "an access token",
        SchemeForm::Other => return Vec::new(),
    };
    let takes = |takes| scheme.setters.iter().any(|setter| setter.takes == takes);
    let parts = [
        ("", credential, true),
        ("_CLIENT_ID", "the client id", takes(Takes::ClientCredentials) || takes(Takes::RefreshToken)),
        ("_CLIENT_SECRET", "the client secret", takes(Takes::ClientCredentials)),
        ("_REFRESH_TOKEN", "a refresh token", takes(Takes::RefreshToken)),
    ];
    let parts = parts.into_iter().filter(|(_, _, is_read)| *is_read);
    let parts = parts.map(|(end, value, _)| EnvironmentVariable {
        name: format!("{env}{end}"),
        value: format!("{value} of the security scheme {name}"),
    });
    parts.collect()
}

fn code(text: &str) -> String {
    format!("`{}`", docs::escape_inline(&docs::one_line(text)))
}

/// The documentation of the constructor that reads them, in lines.
#[must_use]
pub(crate) fn documentation(client: &Client) -> Vec<String> {
    let variables = client.environment();
    let mut lines = vec!["Creates a client with the settings of the environment:".to_owned(), String::new()];
    lines.extend(variables.iter().map(|variable| format!("- `{}`: {}.", variable.name, variable.value)));
    let missing = "An empty variable counts as missing.";
    lines.push(String::new());
    lines.push(missing.to_owned());
    if !client.schemes.is_empty() {
        lines.push(
            "A call whose credentials are missing fails with an error of the kind `Auth`, which names their variables."
                .to_owned(),
        );
    }
    lines
}
