//! Names of values that are credentials.

/// Names of properties whose values are always secret, in lower case without separators.
pub(crate) const SECRETS: [&str; 8] =
    ["privatekey", "apitoken", "clientsecret", "password", "apikey", "secretkey", "accesstoken", "refreshtoken"];

/// Parts of the names of values that carry a credential, beside the names of secret properties.
const CREDENTIALS: [&str; 8] =
    ["accesskey", "authorization", "authtoken", "bearer", "credential", "passphrase", "passwd", "secret"];

/// Returns true for the name of a parameter or member that carries a credential.
pub(crate) fn is_credential(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    CREDENTIALS.iter().chain(&SECRETS).any(|word| plain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_credential;

    #[test]
    fn names_of_secret_properties_are_credentials_too() {
        for name in ["Authorization", "refresh_token", "X-Api-Key", "clientSecret", "passwd"] {
            assert!(is_credential(name), "{name}");
        }
        for name in ["page_token", "author", "key"] {
            assert!(!is_credential(name), "{name}");
        }
    }
}
