//! Settings of a run: what the description cannot say about the printed crate. Knows TOML; must not know the stages.

mod chosen;
mod derives;
mod formats;
mod pagination;
mod runtime;
mod streams;
mod timeouts;

use crate::api::{ChosenType, PagingRule, Places, StreamRule};
use crate::source::files::Files;
pub(crate) use chosen::words as type_words;
pub use derives::{Derive, Derives};
pub use formats::{Foreign, FormatType};
use indexmap::IndexMap;
pub use runtime::Runtime;
use serde::Deserialize;
use std::fmt;
use std::path::Path;
pub use timeouts::OperationTimeouts;

/// Every option, with its default.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Name of the printed package; made from the title when absent.
    pub name: Option<String>,
    /// Version of the printed package.
    pub version: String,
    /// Description of the printed package; made from the title when absent.
    pub description: Option<String>,
    /// Keywords of the printed package.
    pub keywords: Vec<String>,
    /// How the runtime reaches the printed crate.
    pub runtime: Runtime,
    /// Names for types and operations by JSON pointer (`"#/components/schemas/X" = "Y"`).
    pub rename: IndexMap<String, String>,
    /// What happens to object members that the description does not name.
    pub unknown_fields: UnknownFields,
    /// Environment names by security scheme or server variable.
    pub env: IndexMap<String, String>,
    /// How lists come in pages, by operation id; none for those that do not.
    #[serde(deserialize_with = "pagination::read")]
    pub pagination: IndexMap<String, Option<PagingRule>>,
    /// How streams are asked for and end, by operation id.
    #[serde(deserialize_with = "streams::read")]
    pub streams: IndexMap<String, StreamRule>,
    /// Operations whose JSON success may be empty or null, by id.
    pub optional: Vec<String>,
    /// Operations that take longer than others, by id.
    #[serde(deserialize_with = "timeouts::read")]
    pub timeouts: IndexMap<String, OperationTimeouts>,
    /// Everything that would be left out is an error.
    pub strict: bool,
    /// The header by which the API knows a repetition of a call.
    pub idempotency_header: Option<String>,
    /// Whether each group of calls is a cargo feature, with exactly the types that it needs.
    pub tag_features: TagFeatures,
    /// What puts calls into groups.
    pub groups: Groups,
    /// Required properties that servers leave out, or send as null, all the same: `Schema.property`.
    pub relax: Vec<String>,
    /// All required properties of what servers send are such.
    pub relax_responses: bool,
    /// Read-only properties that callers send all the same.
    pub send_read_only: Places,
    /// Header parameters whose lists have a line for each item.
    pub header_lines: Places,
    /// Header parameters that are set once on the client: those that most operations take, none, or these.
    pub client_headers: Places,
    /// Enums without a case for values that the description does not list, by component or type.
    pub closed_enums: Vec<String>,
    /// Types by format, where they are to be others than usual.
    #[serde(deserialize_with = "formats::read")]
    pub formats: IndexMap<String, FormatType>,
    /// What servers send in place of a value of a format is kept.
    pub lenient_formats: bool,
    /// The types of single places, by `Schema`, `Schema.property` or pointer.
    #[serde(deserialize_with = "chosen::read")]
    pub types: IndexMap<String, ChosenType>,
    /// A value in a response that is not of its type fails only its field: everything that servers send may be absent.
    pub lenient: bool,
    /// Types that only one side sends are only written, or only read.
    pub one_way: bool,
    /// Properties, parameters and components whose texts are not shown.
    pub secrets: Vec<String>,
    /// Folders outside the description's project that files may be read from, relative to the description's folder.
    pub allow_external: Vec<String>,
    /// Operations that may change without notice, by id.
    pub preview: Vec<String>,
    /// The cargo feature that calls in preview, and what they alone need, stand behind.
    pub preview_feature: Option<String>,
    /// The edition of Rust that the printed package is of.
    pub edition: Edition,
    /// Traits that types have beside the usual ones.
    #[serde(deserialize_with = "derives::read")]
    pub derives: Derives,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: None,
            version: "0.1.0".to_owned(),
            description: None,
            keywords: Vec::new(),
            runtime: Runtime::default(),
            rename: IndexMap::new(),
            unknown_fields: UnknownFields::default(),
            env: IndexMap::new(),
            pagination: IndexMap::new(),
            streams: IndexMap::new(),
            optional: Vec::new(),
            timeouts: IndexMap::new(),
            strict: false,
            idempotency_header: None,
            tag_features: TagFeatures::default(),
            groups: Groups::default(),
            relax: Vec::new(),
            relax_responses: false,
            send_read_only: Places::default(),
            header_lines: Places::default(),
            client_headers: Places::All(true),
            closed_enums: Vec::new(),
            formats: IndexMap::new(),
            lenient_formats: false,
            types: IndexMap::new(),
            lenient: false,
            one_way: false,
            secrets: Vec::new(),
            allow_external: Vec::new(),
            preview: Vec::new(),
            preview_feature: None,
            edition: Edition::default(),
            derives: Derives::default(),
        }
    }
}

/// What happens to object members that the description does not name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownFields {
    /// They are kept and written again.
    #[default]
    Keep,
    /// They are dropped.
    Ignore,
}

/// What puts calls into groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Groups {
    /// Their first tag; those without one are a group.
    #[default]
    Tag,
    /// Their first tag, else the first segment of their path that is no parameter, version or `api`.
    Path,
    /// Nothing: they are methods of the client itself.
    None,
}

/// An edition of Rust.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Edition {
    /// 2021
    #[serde(rename = "2021")]
    Old,
    /// 2024
    #[default]
    #[serde(rename = "2024")]
    New,
}

impl Edition {
    /// As `Cargo.toml` has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Old => "2021",
            Self::New => "2024",
        }
    }
}

/// Whether each group of calls is a cargo feature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TagFeatures {
    /// On large APIs with many tags.
    #[default]
    Auto,
    /// Wherever there are two groups.
    Always,
    /// Nowhere.
    Never,
}

/// Settings that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, crate::diagnostic::Code::SettingUnknown.as_str())
    }
}

impl std::error::Error for ConfigError {}

const KEYS: &[&str] = &[
    "name",
    "version",
    "description",
    "keywords",
    "runtime",
    "rename",
    "pagination",
    "streams",
    "optional",
    "timeouts",
    "unknown_fields",
    "env",
    "strict",
    "idempotency_header",
    "tag_features",
    "groups",
    "relax",
    "relax_responses",
    "send_read_only",
    "header_lines",
    "client_headers",
    "closed_enums",
    "formats",
    "lenient_formats",
    "lenient",
    "types",
    "one_way",
    "secrets",
    "allow_external",
    "preview",
    "preview_feature",
    "edition",
    "derives",
];

impl Config {
    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is not TOML, has an unknown option, or a value that does not fit its option.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, ConfigError> {
        let shown = path.display();
        let bytes = files.read(path).map_err(|error| ConfigError { message: error.to_string() })?;
        let text = String::from_utf8(bytes)
            .map_err(|_| ConfigError { message: format!("{shown}: the settings are not UTF-8") })?;
        Self::parse(&text).map_err(|error| ConfigError { message: format!("{shown}: {}", error.message) })
    }

    /// Reads settings from TOML text.
    ///
    /// # Errors
    ///
    /// As for [`Config::read`], but for the file.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrap = |error: toml::de::Error| ConfigError { message: error.to_string().trim_end().to_owned() };
        let table: toml::Table = toml::from_str(text).map_err(wrap)?;
        if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(ConfigError { message: unknown(key, KEYS) });
        }
        let config: Self = toml::from_str(text).map_err(wrap)?;
        if let Some(name) = &config.name {
            check_name(name)?;
        }
        if let Some(feature) = &config.preview_feature {
            check_feature(feature)?;
        }
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        match &config.idempotency_header {
            Some(header) if header.is_empty() || !header.chars().all(token) => Err(ConfigError {
                message: format!("`idempotency_header` is `{header}`, which is not a valid header name"),
            }),
            Some(_) | None => Ok(config),
        }
    }

    /// Sets the name of the package.
    ///
    /// # Errors
    ///
    /// It is not a name that cargo accepts.
    pub fn set_name(&mut self, name: &str) -> Result<(), ConfigError> {
        check_name(name)?;
        self.name = Some(name.to_owned());
        Ok(())
    }

    /// Sets where the runtime comes from: `bundled`, `path:FOLDER` or a version.
    ///
    /// # Errors
    ///
    /// It is none of these.
    pub fn set_runtime(&mut self, runtime: &str) -> Result<(), ConfigError> {
        self.runtime = Runtime::parse(runtime).map_err(|message| ConfigError { message })?;
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), ConfigError> {
    let letters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if letters && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Ok(());
    }
    let message = format!("`{name}` is not a package name: use letters, digits, `-` and `_`, with a letter first");
    Err(ConfigError { message })
}

fn check_feature(name: &str) -> Result<(), ConfigError> {
    let signs = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_+.".contains(c));
    if signs && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return Ok(());
    }
    let message = format!(
        "`preview_feature` is `{name}`, which is not a name of a cargo feature: use letters, digits, `-` and `_`, with a letter first"
    );
    Err(ConfigError { message })
}

fn unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(name) => format!("there is no option `{key}`; did you mean `{name}`?"),
        None => format!("there is no option `{key}`; the options are {}", known.join(", ")),
    }
}

/// The known word that `word` was probably meant to be.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let nearest = known.iter().map(|name| (strsim::levenshtein(word, name), *name)).min();
    nearest.filter(|(steps, _)| *steps <= 3.max(word.len() / 8)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_nearest_option() {
        let error = Config::parse("nmae = 'x'").unwrap_err();
        assert_eq!(error.to_string(), "there is no option `nmae`; did you mean `name`? [E0601]");
    }

    #[test]
    fn refuses_a_name_that_cargo_refuses() {
        assert!(Config::parse("name = '1x'").is_err());
        assert!(Config::default().set_name("a/b").is_err());
    }

    #[test]
    fn refuses_a_feature_that_cargo_refuses() {
        assert!(Config::parse("preview_feature = 'beta-calls'").is_ok());
        for name in ["", "a b", "-x"] {
            let error = Config::parse(&format!("preview_feature = '{name}'")).unwrap_err().to_string();
            assert!(error.contains("not a name of a cargo feature"), "{error}");
        }
    }
}
