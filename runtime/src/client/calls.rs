//! The settings of a builder for every call: missing credentials, cookies, the path of the server.

use super::ClientBuilder;
use std::sync::Arc;

impl ClientBuilder {
    /// Sets whether an operation is sent without credentials when the client has none for it, instead of ending with an
    /// error of the kind [`crate::ErrorKind::Auth`]; false by default. For servers that require less than their
    /// description. A call can set it for itself (`without_credentials`).
    #[must_use]
    pub const fn allow_anonymous(mut self, allow: bool) -> Self {
        self.anonymous = allow;
        self
    }

    /// Sets whether cookie parameters are sent as given, without the percent-encoding of their style; false by default.
    /// A value that a cookie cannot contain (RFC 6265, section 4.1.1) is then an error. A call can set it for itself.
    #[must_use]
    pub const fn raw_cookies(mut self, raw: bool) -> Self {
        self.raw_cookies = raw;
        self
    }

    /// Returns the path of the description's server, if the caller's URL has another one.
    pub(super) fn lost_path(&self, base: &str) -> Option<Arc<str>> {
        let set = |name: &str| self.variables.iter().find(|(known, _)| *known == name);
        let described = self.api.variables.iter().fold(self.api.server.to_owned(), |address, variable| {
            let value = set(variable.name).map_or(variable.default, |(_, value)| value.as_str());
            address.replace(&format!("{{{}}}", variable.name), value)
        });
        let path =
            |address: &str| address.parse::<http::Uri>().map(|uri| uri.path().trim_end_matches('/').to_owned()).ok();
        let own = path(&described).filter(|path| !path.is_empty())?;
        let lost = self.base.is_some() && !path(base)?.ends_with(&own);
        lost.then(|| own.into())
    }
}
