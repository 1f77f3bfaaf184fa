//! Rust identifiers. No other module makes them. Knows the rules of Rust's names; does not know schemas or tokens.

mod brand;
pub(crate) mod contest;
pub(crate) mod plural;
pub(crate) mod reserved;
pub(crate) mod scope;
pub(crate) mod words;

use crate::config::package_name::{self, Refusal};
use crate::keywords::KEYWORDS;
pub(crate) use contest::distinct_beside;
pub(crate) use plural::same_or_plural;
pub(crate) use scope::Scope;

/// `UpperCamelCase` for a type, from any text.
#[must_use]
pub(crate) fn type_name(text: &str) -> String {
    let camel = words::camel(text);
    let camel = if camel.starts_with(|c: char| c.is_ascii_digit()) { format!("Model{camel}") } else { camel };
    let camel = if camel.is_empty() { "Model".to_owned() } else { camel };
    if reserved::TYPES.contains(&camel.as_str()) { format!("{camel}Model") } else { camel }
}

/// `UpperCamelCase` for the start of a type's name, from an identifier: more words follow.
#[must_use]
pub(crate) fn stem(identifier: &str) -> String {
    let camel = words::camel(identifier);
    if camel.is_empty() { "Model".to_owned() } else { camel }
}

/// `UpperCamelCase` for a variant, from the value on the wire or the description's name for it.
#[must_use]
pub(crate) fn variant(text: &str) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let camel = words::camel(text);
    match camel.chars().next() {
        None => "Blank".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("Value{camel}"),
        Some(_) if camel == "Self" => "SelfValue".to_owned(),
        Some(_) => camel,
    }
}

/// A variant for one of several values. Of a host name with three labels or more, it is the first label if no other has
/// it.
#[must_use]
pub(crate) fn server_value_variant(host: &str, all: &[String]) -> String {
    let first = |host: &str| host.split('.').next().map(str::to_owned).filter(|_| host.split('.').count() > 2);
    let label =
        first(host).filter(|label| all.iter().filter(|other| first(other).as_ref() == Some(label)).count() == 1);
    variant(label.as_deref().unwrap_or(host))
}

/// `snake_case` for a field, an argument, a method or a module.
#[must_use]
pub(crate) fn snake(text: &str) -> String {
    let snake = words::snake(text);
    match snake.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("value_{snake}"),
        Some(_) if [KEYWORDS, reserved::PLACEHOLDERS].iter().any(|words| words.contains(&snake.as_str())) => {
            format!("{snake}_")
        }
        Some(_) => snake,
    }
}

/// `snake_case` for a method, as [`snake`] has it, but different from names that lints expect to belong to traits.
#[must_use]
pub(crate) fn method(text: &str) -> String {
    let snake = snake(text);
    if reserved::TRAITS.contains(&snake.as_str()) { format!("{snake}_") } else { snake }
}

/// The words of a text, in lower case.
#[must_use]
pub(crate) fn words_of(text: &str) -> Vec<String> {
    words::snake(text).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A name with a word after it, without the underscore of a keyword.
#[must_use]
pub(crate) fn with_suffix(name: &str, word: &str) -> String {
    format!("{}_{word}", name.trim_end_matches('_'))
}

/// `SCREAMING_SNAKE_CASE` for a static, from an identifier.
#[must_use]
pub(crate) fn screaming_snake(identifier: &str) -> String {
    identifier.trim_end_matches('_').to_uppercase()
}

/// `kebab-case` for a package, from a title.
#[must_use]
pub(crate) fn package(title: &str) -> String {
    let kebab = words::snake(&brand::joined(title)).replace('_', "-");
    let kebab = if kebab.starts_with(|c: char| c.is_ascii_digit()) { format!("api-{kebab}") } else { kebab };
    match package_name::refusal(&kebab) {
        None => kebab,
        Some(Refusal::Form) => "api-client".to_owned(),
        Some(Refusal::Long) => first_words(&kebab, package_name::LONGEST).to_owned(),
        Some(Refusal::Keyword | Refusal::Reserved | Refusal::Device | Refusal::Dependency) => format!("{kebab}-client"),
    }
}

/// The first words of a name in `kebab-case`, or a part of the first one if that is too long.
fn first_words(kebab: &str, longest: usize) -> &str {
    let most = kebab.get(..longest).unwrap_or(kebab);
    let is_cut = kebab.get(longest..).is_some_and(|rest| !rest.starts_with('-'));
    if is_cut { most.rsplit_once('-').map_or(most, |(words, _)| words) } else { most }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_read_like_words() {
        let cases = [("+1", "Plus1"), ("-1", "Minus1"), ("", "Empty"), ("1st", "Value1st"), (">=", "GreaterEqual")];
        let signs =
            [("\"", "Quote"), ("[]", "OpenBracketCloseBracket"), ("🦀", "U1f980"), ("a 🦀", "A"), (" ", "Blank")];
        for (wire, name) in cases.into_iter().chain(signs) {
            assert_eq!(variant(wire), name, "{wire}");
        }
    }

    #[test]
    fn types_keep_clear_of_the_prelude() {
        assert_eq!(type_name("Result"), "ResultModel");
        assert_eq!(type_name("APIErrorResponse"), "ApiErrorResponse");
        assert_eq!(type_name("größe"), "Grosse");
        assert_eq!(type_name("名"), "U540d");
        assert_eq!(type_name("Číslo e\u{301}te\u{301} Łódź"), "CisloEteLodz");
        assert_eq!(type_name(""), "Model");
    }

    #[test]
    fn plurals_of_capitals_are_one_word() {
        let names =
            [("Floating IPs", "floating_ips"), ("ISOs", "isos"), ("taxIDsList", "tax_ids_list"), ("vCPUs", "v_cpus")];
        let others = [
            ("APIsCount", "apis_count"),
            ("TLSIsOn", "tls_is_on"),
            ("IPset", "i_pset"),
            ("AsIs", "as_is"),
            ("IDS", "ids"),
        ];
        for (text, name) in names.into_iter().chain(others) {
            assert_eq!(snake(text), name, "{text}");
        }
        assert_eq!(type_name("GetURLsResponse"), "GetUrlsResponse");
    }

    #[test]
    fn names_of_files_have_an_end() {
        let (name, module) = (type_name(&"one two ".repeat(60)), snake(&"one two ".repeat(60)));
        assert!(name.len() == 180 && name.ends_with("OneTwo"), "{name}");
        assert!(module.len() == 179 && module.ends_with("_two_one"), "{module}");
        assert_eq!(snake(&"x".repeat(300)).len(), 180);
    }

    #[test]
    fn packages_have_the_words_of_the_title() {
        assert_eq!(package("GitHub v3 REST API"), "github-v3-rest-api");
        assert_eq!(package("PetStore"), "petstore");
        assert_eq!(package("StorageManagementClient"), "storage-management-client");
        assert_eq!(
            (package("Test"), package("NUL"), package("")),
            ("test-client".into(), "nul-client".into(), "api-client".into())
        );
        assert_eq!(package("2FA"), "api-2fa");
        let long = ["word"; 14].join(" ");
        assert_eq!(package(&long), ["word"; 12].join("-") + "-word");
        assert_eq!(package(&format!("A{long}")).len(), 60);
        assert_eq!(package(&"a".repeat(70)), "a".repeat(64));
    }

    #[test]
    fn keywords_get_an_underscore() {
        assert_eq!(snake("type"), "type_");
        assert_eq!(snake("@type"), "type_");
        assert_eq!(snake("+1"), "plus1");
        assert_eq!(snake(""), "value");
    }
}
