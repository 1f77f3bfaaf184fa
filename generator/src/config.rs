//! Settings of a run: facts about the generated crate that are not in the description. Knows TOML. Must not know the
//! stages.

mod build_dependency;
mod chosen_types;
mod derives;
mod description_source;
mod enums;
mod error;
mod filters;
mod formats;
mod keys;
mod package;
pub(crate) mod package_name;
mod pagination;
mod project;
mod runtime;
mod schema;
mod streams;
mod timeouts;

use crate::api::{AllOrNamed, ChosenType, PagingRule, Prune, Selection, StreamRule};
use crate::source::files::Files;
use crate::source::path::is_address;
pub(crate) use chosen_types::words as type_words;
pub(crate) use derives::{Derive, Derives};
pub use description_source::{DescriptionSource, InvalidSource};
pub(crate) use enums::{Edition, Groups, OperationNames, TagFeatures, UnknownFields};
pub use error::{ConfigError, ConfigErrorKind};
pub(crate) use formats::FormatType;
use indexmap::IndexMap;
use keys::KEYS;
pub use project::Project;
pub(crate) use runtime::Runtime;
pub use schema::SETTINGS_SCHEMA;
use serde::Deserialize;
use std::path::{Path, PathBuf};
pub(crate) use timeouts::OperationTimeouts;

/// The name of the lock beside the description, which is the default of the setting `lock`.
pub(crate) const LOCK_FILE: &str = "clientsmith.lock.toml";

/// All settings with their defaults.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Path of the description, relative to the settings file.
    pub(crate) spec: Option<PathBuf>,
    /// The address of the description, and the hash of the content that was downloaded.
    #[serde(deserialize_with = "description_source::read")]
    pub(crate) source: Option<DescriptionSource>,
    /// Directory of the generated crate, relative to the settings file.
    pub(crate) out: Option<PathBuf>,
    /// Name of the generated package. The default is made from the title.
    pub(crate) name: Option<String>,
    /// Version of the generated package.
    pub(crate) version: String,
    /// Description of the generated package. The default is made from the title.
    pub(crate) description: Option<String>,
    /// Keywords of the generated package.
    pub(crate) keywords: Vec<String>,
    /// Licence of the generated package, as an SPDX expression. A package without one is not published.
    pub(crate) license: Option<String>,
    /// Address of the repository of the generated package.
    pub(crate) repository: Option<String>,
    /// Authors of the generated package.
    pub(crate) authors: Vec<String>,
    /// The oldest Rust that compiles the generated package.
    pub(crate) rust_version: String,
    /// The form of the runtime in the generated crate.
    pub(crate) runtime: Runtime,
    /// The entry of `clientsmith` among the build dependencies of the generated crate, which has a build script then.
    #[serde(deserialize_with = "build_dependency::read")]
    pub(crate) build_dependency: Option<String>,
    /// Names of schemas, operations, tags, parameters and enum values (`"#/components/schemas/X" = "Y"`).
    pub(crate) rename: IndexMap<String, String>,
    /// Treatment of members that the description does not define.
    pub(crate) unknown_fields: UnknownFields,
    /// Environment variables by security scheme or server variable.
    pub(crate) env: IndexMap<String, String>,
    /// Pagination rules by operation id or pattern. `None` turns pagination off.
    #[serde(deserialize_with = "pagination::read")]
    pub(crate) pagination: IndexMap<String, Option<PagingRule>>,
    /// Stream rules by operation id or pattern.
    #[serde(deserialize_with = "streams::read")]
    pub(crate) streams: IndexMap<String, StreamRule>,
    /// Operations whose JSON success may be empty or null, by id.
    pub(crate) optional: Vec<String>,
    /// Timeouts of single operations, by id.
    #[serde(deserialize_with = "timeouts::read")]
    pub(crate) timeouts: IndexMap<String, OperationTimeouts>,
    /// The operations and webhooks that are generated. The default is all of them.
    pub(crate) include: Selection,
    /// Operations and webhooks that are left out, also where `include` names them.
    pub(crate) exclude: Selection,
    /// Components to keep although no operation uses them, and the removal of unused ones.
    pub(crate) prune: Prune,
    /// Reports an error for each part that would be left out.
    pub(crate) strict: bool,
    /// Header by which the API recognizes a retry.
    pub(crate) idempotency_header: Option<String>,
    /// A cargo feature for each group of operations, with exactly the types that the group needs.
    pub(crate) tag_features: TagFeatures,
    /// The rule that puts operations into groups.
    pub(crate) groups: Groups,
    /// The length of the names of methods.
    pub(crate) operation_names: OperationNames,
    /// Required properties that servers omit or send as null: `Schema.property`.
    pub(crate) relax: Vec<String>,
    /// Makes all required properties of responses optional.
    pub(crate) relax_responses: bool,
    /// Read-only properties that callers send.
    pub(crate) send_read_only: AllOrNamed,
    /// Header parameters with an array that is sent as a line for each item.
    pub(crate) header_lines: AllOrNamed,
    /// Header parameters that are set once on the client: those that most operations share, none, or the named ones.
    pub(crate) client_headers: AllOrNamed,
    /// Enums without a fallback variant, by component or type.
    pub(crate) closed_enums: Vec<String>,
    /// Types by format, if they are not the default.
    #[serde(deserialize_with = "formats::read")]
    pub(crate) formats: IndexMap<String, FormatType>,
    /// Keeps a response value that does not match its format.
    pub(crate) lenient_formats: bool,
    /// The types of single places, by `Schema`, `Schema.property` or pointer.
    #[serde(deserialize_with = "chosen_types::read")]
    pub(crate) types: IndexMap<String, ChosenType>,
    /// A response value of the wrong type fails only its own field, not the response. All fields of responses become optional.
    pub(crate) lenient: bool,
    /// Generates only encoding for types of requests, and only decoding for types of responses.
    pub(crate) one_way: bool,
    /// Properties, parameters and components whose values are secret.
    pub(crate) secrets: Vec<String>,
    /// Directories outside the description's project from which references may be read, relative to the description's
    /// directory.
    pub(crate) allow_external: Vec<String>,
    /// Overlays of the description, in the order in which they are applied, relative to the settings file.
    pub(crate) overlays: Vec<PathBuf>,
    /// The lock of names. The default is `clientsmith.lock.toml` beside the description, if it exists.
    pub(crate) lock: Option<PathBuf>,
    /// Operations that may change without notice, by id.
    pub(crate) preview: Vec<String>,
    /// The cargo feature for operations in preview and for the types that only they use.
    pub(crate) preview_feature: Option<String>,
    /// The Rust edition of the generated package.
    pub(crate) edition: Edition,
    /// Traits that types derive in addition to the usual ones.
    #[serde(deserialize_with = "derives::read")]
    pub(crate) derives: Derives,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            spec: None,
            source: None,
            out: None,
            name: None,
            version: "0.1.0".to_owned(),
            description: None,
            keywords: Vec::new(),
            license: None,
            repository: None,
            authors: Vec::new(),
            rust_version: package::OLDEST_RUST.to_owned(),
            runtime: Runtime::default(),
            build_dependency: None,
            rename: IndexMap::new(),
            unknown_fields: UnknownFields::default(),
            env: IndexMap::new(),
            pagination: IndexMap::new(),
            streams: IndexMap::new(),
            optional: Vec::new(),
            timeouts: IndexMap::new(),
            include: Selection::default(),
            exclude: Selection::default(),
            prune: Prune::default(),
            strict: false,
            idempotency_header: None,
            tag_features: TagFeatures::default(),
            groups: Groups::default(),
            operation_names: OperationNames::default(),
            relax: Vec::new(),
            relax_responses: false,
            send_read_only: AllOrNamed::default(),
            header_lines: AllOrNamed::default(),
            client_headers: AllOrNamed::All(true),
            closed_enums: Vec::new(),
            formats: IndexMap::new(),
            lenient_formats: false,
            types: IndexMap::new(),
            lenient: false,
            one_way: false,
            secrets: Vec::new(),
            allow_external: Vec::new(),
            overlays: Vec::new(),
            lock: None,
            preview: Vec::new(),
            preview_feature: None,
            edition: Edition::default(),
            derives: Derives::default(),
        }
    }
}

impl Config {
    /// Reads a settings file of one API.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] when the file cannot be read, is not TOML, has an unknown option, has a value that its
    /// option does not allow, or has several APIs.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, ConfigError> {
        Project::read(path, files)?.into_one().map_err(|error| error.in_file(path))
    }

    /// Reads settings of one API from a string of TOML.
    ///
    /// # Errors
    ///
    /// As for [`Config::read`], without the file.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        Project::parse(text)?.into_one()
    }

    fn checked(self) -> Result<Self, ConfigError> {
        package::check(&self)?;
        let paths = self.spec.iter().chain(&self.lock).chain(&self.overlays);
        if let Some(address) = paths.filter_map(|path| path.to_str()).find(|path| is_address(path)) {
            let help = "name a file; `clientsmith fetch` downloads the address of `source`";
            return Err(ConfigError::value(format!("`{address}` is an address, and builds download nothing: {help}")));
        }
        if let Some(source) = &self.source {
            source.check().map_err(|wrong| ConfigError::value(format!("`source`: {wrong}")))?;
        }
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        match &self.idempotency_header {
            Some(header) if header.is_empty() || !header.chars().all(token) => {
                Err(ConfigError::value(format!("`idempotency_header` is `{header}`, which is not a valid header name")))
            }
            Some(_) | None => Ok(self),
        }
    }

    /// Returns the path of the description (setting `spec`).
    #[must_use]
    pub fn spec(&self) -> Option<&Path> {
        self.spec.as_deref()
    }

    /// Returns the address of the description and the hash of its content (setting `source`).
    #[must_use]
    pub fn source(&self) -> Option<&DescriptionSource> {
        self.source.as_ref()
    }

    /// Returns the directory of the generated crate (setting `out`).
    #[must_use]
    pub fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Returns the name of the package (setting `name`). `None`: it is made from the title of the description.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Sets the name of the package.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] when cargo does not accept the name.
    pub fn set_name(&mut self, name: &str) -> Result<(), ConfigError> {
        package::check_name(name)?;
        self.name = Some(name.to_owned());
        Ok(())
    }

    /// Sets the form of the runtime: `bundled`, `path:DIRECTORY` or a version. The directory is relative to the generated crate,
    /// unless [`Config::move_runtime`] moves it.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] for any other value.
    pub fn set_runtime(&mut self, runtime: &str) -> Result<(), ConfigError> {
        self.runtime = Runtime::parse(runtime).map_err(|error| ConfigError::value(error.to_string()))?;
        Ok(())
    }

    /// Makes the path of a runtime, which is relative to a directory, relative to the generated crate. [`Builder`](crate::Builder)
    /// does this for the path in a settings file. An absolute path stays.
    pub fn move_runtime(&mut self, from: &Path, generated: &Path) {
        self.runtime.move_path(from, generated);
    }

    /// Checks the path of a runtime, which is relative to the generated crate. [`Builder`](crate::Builder) does this before it
    /// writes a file.
    ///
    /// # Errors
    ///
    /// Returns a [`ConfigError`] when the path leads to no package. A crate with such a dependency cannot be built, nor can a build
    /// script of its workspace, which would generate it again.
    pub fn check_runtime(&self, generated: &Path) -> Result<(), ConfigError> {
        self.runtime.check(generated).map_err(|error| ConfigError::value(error.to_string()))
    }

    /// Returns the path of the lock (setting `lock`). `None`: `clientsmith.lock.toml` beside the description.
    #[must_use]
    pub fn lock(&self) -> Option<&Path> {
        self.lock.as_deref()
    }

    /// Returns the path of the lock: that of the setting, else `clientsmith.lock.toml` beside the description. `None` without
    /// either.
    #[must_use]
    pub fn lock_path(&self) -> Option<PathBuf> {
        self.lock.clone().or_else(|| self.spec.as_ref().map(|spec| spec.with_file_name(LOCK_FILE)))
    }

    /// Sets the path of the lock.
    pub fn set_lock(&mut self, path: impl Into<PathBuf>) {
        self.lock = Some(path.into());
    }

    /// Adds an overlay of the description, which is applied after those of the settings. The path is relative to the working
    /// directory.
    pub fn add_overlay(&mut self, path: impl Into<PathBuf>) {
        self.overlays.push(path.into());
    }

    /// Sets whether parts of the description that would be left out are errors. The default is `false`.
    pub fn set_strict(&mut self, strict: bool) {
        self.strict = strict;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_addresses_in_place_of_files() {
        for option in ["spec", "lock"] {
            let error = Config::parse(&format!("{option} = 'https://example.com/x.yaml'")).unwrap_err().to_string();
            assert!(error.contains("is an address, and builds download nothing"), "{error}");
        }
        assert!(Config::parse("overlays = ['HTTP://example.com/x.yaml']").is_err());
        assert!(Config::parse("spec = 'https/x.yaml'").is_ok());
    }

    #[test]
    fn suggests_the_nearest_option() {
        let error = Config::parse("nmae = 'x'").unwrap_err();
        assert_eq!(error.to_string(), "there is no option `nmae`; did you mean `name`? [E0601]");
    }
}
