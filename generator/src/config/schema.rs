//! The settings as a JSON Schema, for editors and checks of settings files.

/// JSON Schema (draft 7) of a settings file, such as `clientsmith.toml`. Editors with Taplo use it to complete and check options. The
/// parser checks more: names that the description must have, for example.
pub const SETTINGS_SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests {
    use super::SETTINGS_SCHEMA;
    use crate::config::keys::KEYS;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn has_every_option_with_a_description() {
        let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
        let keys: BTreeSet<&str> = KEYS.iter().copied().collect();
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
        assert_eq!(names(&schema["properties"]), keys.iter().map(|key| (*key).to_owned()).collect());
        let options = &schema["definitions"]["api"]["properties"];
        let own = keys.iter().filter(|key| **key != "api").map(|key| (*key).to_owned()).collect();
        assert_eq!(names(options), own);
        for (name, option) in options.as_object().unwrap() {
            assert!(option["description"].as_str().is_some_and(|text| text.ends_with('.')), "{name}");
        }
    }
}
