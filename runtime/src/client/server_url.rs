//! The URLs of servers: their templates, filled with the values of server variables, and relative ones.

use super::{ConfigError, ServerVariable};
use crate::uri::{for_display, has_scheme, resolve};
use http::Uri;

/// The values of the server variables of a client.
#[derive(Clone, Copy)]
pub(super) struct VariableValues<'a> {
    pub(super) known: &'a [ServerVariable],
    /// The values that the caller set.
    pub(super) set: &'a [(&'static str, String)],
}

/// The part of a URL that has the value of a variable. It decides which characters the value may have, because no value
/// may move the host of the URL.
enum Place {
    /// The value begins the URL, and can be a whole one.
    Start,
    Scheme,
    Authority {
        /// True if the authority ends with the variable, so that its value may contain a port.
        is_at_end: bool,
    },
    /// The port behind a host, with its colon.
    Port,
    /// The path behind a host, with its first slash.
    WholePath {
        /// True if the value cannot be empty, because the rest of the URL would become a part of the host.
        needed: bool,
    },
    Path,
}

impl VariableValues<'_> {
    /// Fills in the variables of a template. `defaults` are the defaults that only this template has.
    pub(super) fn fill(self, template: &str, defaults: &[(&str, &str)]) -> Result<String, ConfigError> {
        let (mut url, mut left) = (String::with_capacity(template.len()), template);
        while let Some((before, (name, after))) = left.split_once('{').and_then(|(before, variable)| {
            let (name, after) = variable.split_once('}')?;
            Some((before, (name, after)))
        }) {
            url.push_str(before);
            let set = self.set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
            let default_of = |name: &str| {
                let of_template = defaults.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
                of_template.or_else(|| self.known.iter().find(|known| known.name == name).map(|known| known.default))
            };
            let default = default_of(name);
            let next = after.strip_prefix('{').and_then(|next| next.split_once('}'));
            let next = next.and_then(|(next, _)| default_of(next)).filter(|default| default.starts_with('/'));
            let place = || Place::of(&url, next.unwrap_or(after), default.unwrap_or_default());
            if let Some(mistake) = set.and_then(|value| place().mistake_in(&url, value)) {
                let value = set.unwrap_or_default();
                return Err(ConfigError::new(format!("{value:?} cannot be the server variable {name}: {mistake}")));
            }
            match set.or(default) {
                Some(value) => url.push_str(value),
                None => url.extend(["{", name, "}"]),
            }
            left = after;
        }
        url.push_str(left);
        // Two slashes begin a host (RFC 3986, section 4.2).
        if url.starts_with("//") && !template.starts_with("//") {
            let mistake = "a server variable makes its path a host";
            return Err(ConfigError::new(format!("{:?} is not a valid server URL: {mistake}", for_display(&url))));
        }
        Ok(url)
    }
}

impl Place {
    /// Returns the place between the start of a URL and what follows: the rest of the template, or the path that is the
    /// default of the next variable. Directly behind a host,
    /// the first character of the default tells a port (`:`) from a path (`/`).
    fn of(before: &str, after: &str, default: &str) -> Self {
        let authority = before.split_once("://").map(|(_, behind)| behind).or_else(|| before.strip_prefix("//"));
        match authority {
            Some(behind) if !behind.contains('/') => {
                let is_at_end = after.is_empty() || after.starts_with('/');
                let follows_host = behind.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ']');
                match default.chars().next() {
                    Some('/') if !behind.is_empty() => Self::WholePath { needed: !is_at_end },
                    Some(':') if follows_host && is_at_end => Self::Port,
                    None if follows_host && is_at_end => Self::WholePath { needed: false },
                    Some(_) | None => Self::Authority { is_at_end },
                }
            }
            Some(_) => Self::Path,
            None if before.contains('/') => Self::Path,
            None if after.contains("://") => Self::Scheme,
            None if before.is_empty() => Self::Start,
            None => Self::Path,
        }
    }

    /// Returns the reason why a value cannot stand here.
    fn mistake_in(&self, before: &str, value: &str) -> Option<&'static str> {
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        // RFC 3986, section 3.3, without `@` and percent-encoded characters.
        let is_path = |c: char| is_host(c) || "/:~!$&'()*+,;=".contains(c);
        let has_dot_segment = || value.split('/').any(|segment| matches!(segment, "." | ".."));
        match self {
            Self::Authority { is_at_end } => {
                let fits = !value.is_empty() && value.chars().all(|c| is_host(c) || (*is_at_end && c == ':'));
                (!fits).then_some("it cannot be a part of a host and port")
            }
            Self::Port => {
                let port = value.strip_prefix(':').map(str::parse::<u16>);
                (!matches!(port, Some(Ok(_)))).then_some("it cannot be a port behind a colon")
            }
            Self::WholePath { needed } => {
                let begins = value.starts_with('/') || (value.is_empty() && !needed);
                let fits = begins && value.chars().all(is_path) && !has_dot_segment();
                (!fits).then_some("it cannot be a path behind a host")
            }
            Self::Scheme => {
                (!value.chars().all(|c| c.is_ascii_alphanumeric())).then_some("it cannot be a part of a scheme")
            }
            Self::Start => (value.is_empty() || !value.chars().all(is_path) || has_dot_segment())
                .then_some("it cannot be the start of a server URL"),
            Self::Path => {
                // The first segment of a relative URL has no colon (RFC 3986, section 4.2).
                let is_scheme = !before.contains('/') && value.contains(':');
                let fits = value.chars().all(is_path) && !has_dot_segment() && !is_scheme;
                (!fits).then_some("it cannot be a part of a path")
            }
        }
    }
}

/// Returns a URL of the description as an absolute URL. A relative one starts at the root of the server, or at the URL
/// of the API.
pub(super) fn absolute(base: &str, url: String) -> Result<String, ConfigError> {
    if url.contains('{') {
        return Err(ConfigError::new(format!("{:?} has a variable without a value", for_display(&url))));
    }
    if has_scheme(&url) {
        return Ok(url);
    }
    let folder: Option<Uri> = format!("{base}/").parse().ok();
    let found = folder.and_then(|folder| resolve(&folder, &url));
    found.map(|found| found.to_string()).ok_or_else(|| invalid_url(&url))
}

/// Checks that requests with credentials can be sent to a server URL.
pub(super) fn check(url: &str) -> Result<(), ConfigError> {
    let is_web = |uri: &Uri| has_whole_host(uri) && matches!(uri.scheme_str(), Some("http" | "https"));
    if !url.parse::<Uri>().is_ok_and(|uri| is_web(&uri)) {
        return Err(invalid_url(url));
    }
    if url.contains(['@', '?', '#']) {
        let help = "credentials, queries and fragments do not belong in it";
        return Err(ConfigError::new(format!("{:?} is not a valid server URL: {help}", for_display(url))));
    }
    Ok(())
}

/// Returns true for an address that has a host, and at most a port behind it.
pub(super) fn has_whole_host(uri: &Uri) -> bool {
    // If the text after the colon is not a port, `host()` is only a part of what looks like the host.
    uri.authority().is_some_and(|authority| {
        let host_and_port = authority.as_str().rsplit('@').next().unwrap_or_default();
        !host_and_port.is_empty() && (host_and_port == authority.host() || authority.port_u16().is_some())
    })
}

fn invalid_url(url: &str) -> ConfigError {
    ConfigError::new(format!("{:?} is not a valid server URL: set base_url(\"https://…\")", for_display(url)))
}
