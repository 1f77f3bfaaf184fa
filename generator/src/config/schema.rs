//! The settings as a JSON Schema, for editors and checks of settings files.

/// JSON Schema (draft 7) of a settings file, such as `clientsmith.toml`. Editors with Taplo use it to complete and check options. The
/// parser checks more: names that the description must have, for example.
pub const SETTINGS_SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests {
    use super::SETTINGS_SCHEMA;
    use crate::config::keys::KEYS;
    use crate::config::{Derive, build_dependency, formats, package, pagination};
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn has_every_option_with_a_description() {
        let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
        let keys: BTreeSet<&str> = KEYS.iter().copied().collect();
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
        assert_eq!(names(&schema["properties"]), keys.iter().map(|key| (*key).to_owned()).collect());
        let options = &schema["definitions"]["api"]["properties"];
        let in_one_api = keys.iter().filter(|key| **key != "api").map(|key| (*key).to_owned()).collect();
        assert_eq!(names(options), in_one_api);
        for (name, option) in options.as_object().unwrap() {
            assert!(option["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}");
        }
    }

    /// Words and keys that the parser has in lists. `tests/settings_schema.rs` has values of the others.
    #[test]
    fn has_the_words_of_the_parser() {
        let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
        let options = &schema["definitions"]["api"]["properties"];
        let words = |value: &Value| -> BTreeSet<String> {
            let listed =
                value.as_array().map(|words| words.iter().map(|word| word.as_str().unwrap().to_owned()).collect());
            listed.unwrap_or_else(|| value.as_object().unwrap().keys().cloned().collect())
        };
        let set_of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
        let at = |option: &str, pointer: &str| words(options[option].pointer(pointer).unwrap());
        assert_eq!(at("formats", "/additionalProperties/oneOf/0/enum"), set_of(&formats::words()));
        assert_eq!(at("pagination", "/additionalProperties/oneOf/1/properties"), set_of(&pagination::KEYS));
        assert_eq!(at("build_dependency", "/oneOf/1/properties"), set_of(&build_dependency::KEYS));
        assert_eq!(at("derives", "/oneOf/0/items/enum"), set_of(&Derive::ALL.map(Derive::name)));
        assert_eq!(options["rust_version"]["default"], package::OLDEST_RUST);
    }
}
