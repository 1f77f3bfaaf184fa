//! Names of values that are credentials.

/// Names of properties whose values are always secret, in lower case without separators.
pub(crate) const SECRETS: [&str; 8] =
    ["privatekey", "apitoken", "clientsecret", "password", "apikey", "secretkey", "accesstoken", "refreshtoken"];

/// Parts of the names of values that carry a credential, beside the names of secret properties.
const CREDENTIALS: [&str; 8] =
    ["accesskey", "authorization", "authtoken", "bearer", "credential", "passphrase", "passwd", "secret"];

/// Further parts of names that mark a secret in traffic. Examples of a description with such names are shown: `session` is
/// also the name of resources.
const IN_TRAFFIC: [&str; 6] = ["jwt", "passcode", "pwd", "session", "signature", "token"];
/// Short names that are usual for secrets only: a signed address, a session, a number to log in.
const SHORT: [&str; 4] = ["otp", "pin", "sid", "sig"];
/// Tokens that are cursors of pages.
const CURSORS: [&str; 8] = [
    "pagetoken",
    "nextpagetoken",
    "previouspagetoken",
    "nexttoken",
    "paginationtoken",
    "nextpaginationtoken",
    "continuationtoken",
    "nextcontinuationtoken",
];

/// Returns true for the name of a parameter or member that carries a credential.
pub(crate) fn is_credential(name: &str) -> bool {
    let plain = plain(name);
    CREDENTIALS.iter().chain(&SECRETS).any(|word| plain.contains(word))
}

/// Returns true if the name of a parameter or member marks a secret in traffic. These are the names that the runtime removes
/// from messages, except cursors.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let plain = plain(name);
    let is_marked = IN_TRAFFIC.iter().any(|word| plain.contains(word)) || SHORT.contains(&plain.as_str());
    is_credential(name) || is_marked && !CURSORS.contains(&plain.as_str())
}

/// Returns true if the name of a header marks a secret in traffic. `key` alone is usual in headers, as in
/// `X-Functions-Key`.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let plain = plain(name);
    let is_challenge = plain.ends_with("authenticate");
    let has_word = ["auth", "cookie", "passw"].iter().any(|word| plain.contains(word)) && !is_challenge;
    let has_end = ["key", "pass"].iter().any(|end| plain.ends_with(end));
    (is_secret_name(name) || has_word || has_end) && !plain.contains("idempotency")
}

/// A name in lower case without separators.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_credential, is_secret_header, is_secret_name};

    /// The source with the names that the runtime redacts.
    const RUNTIME: &str = include_str!("../../runtime/secrets.rs");

    #[test]
    fn names_of_secret_properties_are_credentials_too() {
        for name in ["Authorization", "refresh_token", "X-Api-Key", "clientSecret", "passwd"] {
            assert!(is_credential(name), "{name}");
        }
        for name in ["page_token", "author", "key", "session_id"] {
            assert!(!is_credential(name), "{name}");
        }
    }

    #[test]
    fn cursors_are_no_secrets() {
        for name in ["token", "id_token", "X-Session-Id", "sig", "otp", "page_access_token"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["page_token", "nextPageToken", "NextToken", "cursor", "design", "pins"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    /// The strings of a part of a source.
    fn strings(source: &str) -> impl Iterator<Item = &str> {
        source.split('"').skip(1).step_by(2)
    }

    fn between<'s>(source: &'s str, start: &str, end: &str) -> &'s str {
        source.split_once(start).unwrap().1.split_once(end).unwrap().0
    }

    #[test]
    fn names_that_the_runtime_redacts_are_secret() {
        let members = between(RUNTIME, "let rests: &[&str] = match letter {", "_ => continue");
        let mut count = 0;
        for line in members.lines().filter(|line| line.contains("=>")) {
            let letter = between(line, "b'", "'");
            for rest in strings(line) {
                count += 1;
                assert!(is_secret_name(&format!("my_{letter}{rest}")), "{letter}{rest}");
            }
        }
        for short in strings(between(RUNTIME, "const SHORT_NAMES: [&str; 4] = ", ";")) {
            count += 1;
            assert!(is_secret_name(short) && is_secret_header(short), "{short}");
        }
        for word in strings(between(RUNTIME, "let words = [", "];")) {
            count += 1;
            assert!(is_secret_header(&format!("X-{word}-a")), "{word}");
        }
        assert!(count >= 30, "{count}");
        for (name, is_secret) in [("X-Functions-Key", true), ("X-Pass", true), ("Idempotency-Key", false)] {
            assert_eq!(is_secret_header(name), is_secret, "{name}");
        }
        assert!(!is_secret_header("WWW-Authenticate") && !is_secret_header("X-Request-Id"));
    }
}
