//! Names of values that are credentials.

/// Names of secret values, in lower case without separators. `is_secret_string` compares whole names; `is_credential` also finds them
/// inside longer names.
const SECRETS: [&str; 8] =
    ["privatekey", "apitoken", "clientsecret", "password", "apikey", "secretkey", "accesstoken", "refreshtoken"];

/// Further whole names for `is_secret_string`. Longer names have other meanings: `shipment` has `pem`.
const WHOLE_SECRETS: [&str; 5] = ["authtoken", "bearertoken", "idtoken", "pem", "sessiontoken"];

/// Suffixes of the names of values that are always secret: `webhook_secret`.
const SECRET_ENDS: [&str; 2] = ["privatekey", "secret"];

/// The start of the names of properties with the expiry of a credential: `expires_at`, `expiry`.
const EXPIRY: &str = "expir";

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

/// Returns true for the name of a string that is always a secret. The name `secret` alone can be that of a resource, as in a
/// path.
pub(crate) fn is_secret_string(name: &str) -> bool {
    let normalized_name = normalized(name);
    let is_whole = SECRETS.iter().chain(&WHOLE_SECRETS).any(|secret| *secret == normalized_name);
    is_whole || normalized_name != "secret" && SECRET_ENDS.iter().any(|end| normalized_name.ends_with(end))
}

/// Returns true for the name of a string property that is always a secret, beside these other properties. A `token` without
/// an expiry beside it can be a cursor or a word.
pub(crate) fn is_secret_property<'n>(name: &str, others: impl Iterator<Item = &'n str>) -> bool {
    match normalized(name).as_str() {
        "secret" => true,
        "token" => others.map(normalized).any(|other| other.starts_with(EXPIRY) || other == "ttl"),
        _ => is_secret_string(name),
    }
}

/// Returns true for the name of a parameter or member that carries a credential.
pub(crate) fn is_credential(name: &str) -> bool {
    let normalized_name = normalized(name);
    CREDENTIALS.iter().chain(&SECRETS).any(|word| normalized_name.contains(word))
}

/// Returns true if the name of a parameter or member marks a secret in traffic. These are the names that the runtime removes
/// from messages, except cursors.
pub(crate) fn is_secret_in_traffic(name: &str) -> bool {
    let normalized_name = normalized(name);
    let is_marked =
        IN_TRAFFIC.iter().any(|word| normalized_name.contains(word)) || SHORT.contains(&normalized_name.as_str());
    is_credential(name) || is_marked && !CURSORS.contains(&normalized_name.as_str())
}

/// Returns true if the name of a header marks a secret in traffic. `key` alone is usual in headers, as in
/// `X-Functions-Key`.
pub(crate) fn is_secret_header_in_traffic(name: &str) -> bool {
    let normalized_name = normalized(name);
    let is_challenge = normalized_name.ends_with("authenticate");
    let has_word = ["auth", "cookie", "passw"].iter().any(|word| normalized_name.contains(word)) && !is_challenge;
    let has_end = ["key", "pass"].iter().any(|end| normalized_name.ends_with(end));
    (is_secret_in_traffic(name) || has_word || has_end) && !normalized_name.contains("idempotency")
}

/// A name in lower case with letters and digits only.
fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        is_credential, is_secret_header_in_traffic, is_secret_in_traffic, is_secret_property, is_secret_string,
    };

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
    fn names_of_credentials_are_secret_properties() {
        let all = ["webhook_secret", "appSecret", "ssh_private_key", "PEM", "id_token", "api_key", "authToken"];
        for name in all {
            assert!(is_secret_string(name) && is_secret_property(name, [].into_iter()), "{name}");
        }
        for name in ["secret_type", "secret_name", "has_secrets", "private_key_id", "tempo", "shipment", "token_type"] {
            assert!(!is_secret_string(name) && !is_secret_property(name, ["expires_at"].into_iter()), "{name}");
        }
        for name in ["next_page_token", "tokens", "hashed_token", "last_eight", "pageToken", "continuation_token"] {
            assert!(!is_secret_property(name, ["expires_at", "token"].into_iter()), "{name}");
        }
        assert!(!is_secret_string("secret") && is_secret_property("Secret", [].into_iter()));
        for (other, is_secret) in [("expires_at", true), ("ExpiresIn", true), ("TTL", true), ("logprob", false)] {
            assert_eq!(is_secret_property("token", ["id", other].into_iter()), is_secret, "{other}");
        }
    }

    #[test]
    fn cursors_are_no_secrets() {
        for name in ["token", "id_token", "X-Session-Id", "sig", "otp", "page_access_token"] {
            assert!(is_secret_in_traffic(name), "{name}");
        }
        for name in ["page_token", "nextPageToken", "NextToken", "cursor", "design", "pins"] {
            assert!(!is_secret_in_traffic(name), "{name}");
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
                assert!(is_secret_in_traffic(&format!("my_{letter}{rest}")), "{letter}{rest}");
            }
        }
        for short in strings(between(RUNTIME, "const SHORT_NAMES: [&str; 4] = ", ";")) {
            count += 1;
            assert!(is_secret_in_traffic(short) && is_secret_header_in_traffic(short), "{short}");
        }
        for word in strings(between(RUNTIME, "let words = [", "];")) {
            count += 1;
            assert!(is_secret_header_in_traffic(&format!("X-{word}-a")), "{word}");
        }
        assert!(count >= 30, "{count}");
        for (name, is_secret) in [("X-Functions-Key", true), ("X-Pass", true), ("Idempotency-Key", false)] {
            assert_eq!(is_secret_header_in_traffic(name), is_secret, "{name}");
        }
        assert!(!is_secret_header_in_traffic("WWW-Authenticate") && !is_secret_header_in_traffic("X-Request-Id"));
    }
}
