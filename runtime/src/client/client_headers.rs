//! Header parameters of the description that are set once on the client: a version, a tenant, a key.

use super::{ClientBuilder, ConfigError};
use crate::codec::json::json_of;
use crate::codec::param::{self, Encoding, header_value};
use crate::codec::{Encode, EncodeError};
use crate::secrets::{is_secret_name, written_by};
use http::header::{HeaderMap, HeaderName};

/// A header of the description's operations that is set once on the client. For generated code.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub struct ClientHeader {
    /// The name of the header.
    pub name: &'static str,
    /// The setter of the generated builder.
    pub setter: &'static str,
    /// The environment variable that may hold the value.
    pub env: Option<&'static str>,
    /// The value that is sent unless another one is set.
    pub default: Option<&'static str>,
    /// True if the value must not be shown.
    pub secret: bool,
    /// True if every operation requires the header, so that a client cannot be built without it.
    pub required: bool,
}

impl ClientHeader {
    /// Creates a header from its name and that of its setter.
    #[must_use]
    pub const fn new(name: &'static str, setter: &'static str) -> Self {
        Self { name, setter, env: None, default: None, secret: false, required: false }
    }

    /// Sets the environment variable that may hold the value.
    #[must_use]
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }

    /// Sets the value that is sent unless another one is set.
    #[must_use]
    pub const fn default(mut self, value: &'static str) -> Self {
        self.default = Some(value);
        self
    }

    /// Hides the value from messages.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Makes the header a requirement of every operation.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

/// A header parameter with the value that was set on the builder.
#[derive(Clone)]
pub(super) struct HeaderParameterValue {
    pub(super) name: &'static str,
    /// The lines of the header, or the reason why there are none.
    pub(super) lines: Result<Vec<String>, EncodeError>,
    /// True if the value must not be shown, whatever the name of the header.
    pub(super) secret: bool,
}

impl ClientBuilder {
    /// Sets the headers of operations that are set once on the client. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn client_headers(mut self, headers: &'static [ClientHeader]) -> Self {
        self.header_parameters = headers;
        self
    }

    /// Sets a header that operations of the description take. It is sent with the operations that take it and with
    /// [`crate::Client::request`]; a call's own header of that name replaces it. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn client_header(self, name: &'static str, encoding: Encoding, value: &dyn Encode) -> Self {
        let spell = |json: &_| param::in_header(encoding.style, encoding.explode, json).into_iter().collect();
        self.set_header_parameter(name, value, spell)
    }

    /// Sets a header whose list has a line for each item; see [`ClientBuilder::client_header`]. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn client_header_lines(self, name: &'static str, encoding: Encoding, value: &dyn Encode) -> Self {
        self.set_header_parameter(name, value, |json| param::in_header_lines(encoding.style, encoding.explode, json))
    }

    fn set_header_parameter(
        mut self,
        name: &'static str,
        value: &dyn Encode,
        spell: impl FnOnce(&serde_json::Value) -> Vec<String>,
    ) -> Self {
        self.header_parameter_values.retain(|known| known.name != name);
        if !value.is_absent() {
            let (json, secrets) = written_by(|| json_of(name, value));
            let secret = !secrets.is_empty();
            self.header_parameter_values.push(HeaderParameterValue {
                name,
                lines: json.map(|json| spell(&json)),
                secret,
            });
        }
        self
    }

    /// Returns true if a header parameter has a value, set by its setter or by `header`.
    pub(super) fn has_value(&self, name: &str) -> bool {
        self.header_parameter_values.iter().any(|set| set.name == name) || self.adds_header(name)
    }

    /// Returns the header parameters with their values, or with their defaults.
    pub(super) fn built_header_parameters(&self) -> Result<HeaderMap, ConfigError> {
        let mut headers = HeaderMap::new();
        for header in self.header_parameters {
            let name = header.name;
            let default =
                || Some(HeaderParameterValue { name, lines: Ok(vec![header.default?.to_owned()]), secret: false });
            let set = self.header_parameter_values.iter().find(|set| set.name == name).cloned();
            // A header that is added to every call by its name is sent unchanged.
            let set = set.or_else(|| if self.adds_header(name) { None } else { default() });
            let lines = match set.as_ref().map(|set| &set.lines) {
                Some(Ok(lines)) => lines.as_slice(),
                Some(Err(error)) => return Err(ConfigError::new(error.to_string())),
                None => &[],
            };
            if lines.is_empty() && header.required && !self.adds_header(name) {
                return Err(ConfigError::new(header.missing_message("every operation requires it")));
            }
            for line in lines {
                let (Ok(key), Some(mut value)) = (HeaderName::from_bytes(name.as_bytes()), header_value(line)) else {
                    return Err(ConfigError::new(format!("the header {name:?} cannot be sent")));
                };
                value
                    .set_sensitive(header.secret || is_secret_name(name) || set.as_ref().is_some_and(|set| set.secret));
                headers.append(key, value);
            }
        }
        Ok(headers)
    }
}

impl ClientHeader {
    /// Returns the message about a client or call without a value of the header.
    pub(crate) fn missing_message(&self, why: &str) -> String {
        let Self { name, setter, env, .. } = self;
        let env = env.map_or_else(String::new, |env| format!(", or {env} in the environment for Client::from_env()"));
        format!("the header {name} is not set, and {why}: set {setter}(…) of Client::builder(){env}")
    }
}
