//! A settings file: the settings of one API, or those of several in tables `[[api]]`.

use super::error::unknown_option;
use super::{Config, ConfigError, ConfigErrorKind, KEYS, filters};
use crate::source::files::Files;
use crate::source::path::normal;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Spanned, Table};

/// The APIs of a settings file, each with its own settings.
#[derive(Debug, Clone)]
pub struct Project {
    apis: Vec<Config>,
}

#[derive(Deserialize)]
struct Tables {
    api: Vec<Spanned<Table>>,
}

/// Options that no two APIs can share.
const OWN: [&str; 4] = ["spec", "source", "out", "name"];

impl Project {
    /// Reads a settings file. Its paths are relative to its directory.
    ///
    /// # Errors
    /// Returns a [`ConfigError`] when the file cannot be read, is not TOML, has an unknown option, or has a value that
    /// its option does not allow.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, ConfigError> {
        let bytes =
            files.read(path).map_err(|error| ConfigError::new(ConfigErrorKind::Unreadable, error.to_string()))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| ConfigError::new(ConfigErrorKind::NotUtf8, "the settings are not UTF-8").in_file(path))?;
        let mut project = Self::parse(&text).map_err(|error| error.in_file(path))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for api in &mut project.apis {
            api.overlays.iter_mut().for_each(|overlay| *overlay = folder.join(&*overlay));
            api.lock.iter_mut().for_each(|lock| *lock = folder.join(&*lock));
            api.spec.iter_mut().chain(&mut api.out).for_each(|path| *path = normal(&folder.join(&*path)));
        }
        if let Some(lock) = project.shared_lock().filter(|lock| files.read(lock).is_ok()) {
            return Err(shared_lock_error(&lock).in_file(path));
        }
        Ok(project)
    }

    /// Returns a path that is the lock of several APIs. Each API needs one of its own.
    #[must_use]
    fn shared_lock(&self) -> Option<PathBuf> {
        let paths: Vec<PathBuf> = self.apis.iter().filter_map(Config::lock_path).collect();
        let is_twice = |path: &&PathBuf| paths.iter().filter(|other| other == path).count() > 1;
        paths.iter().find(is_twice).cloned()
    }

    /// Reads settings from a string of TOML. Paths stay as they are.
    ///
    /// # Errors
    /// As for [`Project::read`], without the file.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrap = |kind| move |error: toml::de::Error| ConfigError::new(kind, error.to_string().trim_end());
        let mut shared: Table = toml::from_str(text).map_err(wrap(ConfigErrorKind::Syntax))?;
        if let Some(key) = shared.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(unknown_option(key, KEYS));
        }
        if shared.remove("api").is_none() {
            filters::check(&shared)?;
            let config: Config = toml::from_str(text).map_err(wrap(ConfigErrorKind::InvalidValue))?;
            return Ok(Self { apis: vec![config.checked()?] });
        }
        if let Some(key) = OWN.iter().find(|key| shared.contains_key(**key)) {
            return Err(ConfigError::value(format!("`{key}` belongs to one API: move it into its `[[api]]`")));
        }
        let tables: Tables = toml::from_str(text).map_err(wrap(ConfigErrorKind::InvalidValue))?;
        let mut apis: Vec<Config> = Vec::new();
        for table in &tables.api {
            let before = text.get(..table.span().start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let api = read_api(&shared, table.get_ref()).and_then(|api| check_out(&apis, api));
            apis.push(api.map_err(|error| error.in_table(&format!("`[[api]]` of line {line}")))?);
        }
        if apis.is_empty() {
            return Err(ConfigError::value("`api` is empty: add a table `[[api]]` with `spec` and `out`"));
        }
        Ok(Self { apis })
    }

    /// Returns the settings of each API, in the order of the file.
    #[must_use]
    pub fn into_apis(self) -> Vec<Config> {
        self.apis
    }

    pub(super) fn into_one(self) -> Result<Config, ConfigError> {
        let mut apis = self.apis.into_iter();
        match (apis.next(), apis.len()) {
            (Some(api), 0) => Ok(api),
            (_, more) => {
                let message = format!("expected the settings of one API, found {} tables `[[api]]`", more + 1);
                Err(ConfigError::value(message))
            }
        }
    }

    /// The settings of the API that is generated into this directory, for the build script there.
    pub(crate) fn into_package(self, package: &Path) -> Result<Config, ConfigError> {
        let (count, mut apis) = (self.apis.len(), self.apis.into_iter());
        let api = apis.find(|api| api.out().is_some_and(|out| is_same(out, package)));
        let Some(api) = api else {
            let message = format!(
                "no API has {} as `out` ({count} read): set `out` to the directory of the package, relative to this file",
                package.display()
            );
            return Err(ConfigError::value(message));
        };
        let why = match (&api.spec, &api.build_dependency) {
            (None, _) => "set `spec` to the path of the description",
            (_, None) => "set `build_dependency` to a version of clientsmith, since `build.rs` needs it",
            (Some(_), Some(_)) => return Ok(api),
        };
        Err(ConfigError::value(format!("the API with the `out` {}: {why}", package.display())))
    }
}

fn shared_lock_error(lock: &Path) -> ConfigError {
    ConfigError::value(format!(
        "{} is the lock of two APIs: set `lock` to another file for one of them",
        lock.display()
    ))
}

fn read_api(shared: &Table, table: &Table) -> Result<Config, ConfigError> {
    let keys: Vec<&str> = KEYS.iter().copied().filter(|key| *key != "api").collect();
    if let Some(key) = table.keys().find(|key| !keys.contains(&key.as_str())) {
        return Err(unknown_option(key, &keys));
    }
    let mut all = shared.clone();
    all.extend(table.clone());
    filters::check(&all)?;
    let read = all.try_into::<Config>();
    read.map_err(|error| ConfigError::value(error.to_string().trim_end()))?.checked()
}

/// Checks that the API has `spec` and `out`, and that no other API has the same `out`.
fn check_out(apis: &[Config], api: Config) -> Result<Config, ConfigError> {
    for (option, path) in [("spec", &api.spec), ("out", &api.out)] {
        if path.is_none() {
            return Err(ConfigError::value(format!("`{option}` is missing")));
        }
    }
    let is_taken = |other: &Config| other.out().map(normal) == api.out().map(normal);
    if let Some(out) = api.out().filter(|_| apis.iter().any(is_taken)) {
        return Err(ConfigError::value(format!("another API has the `out` {} too", out.display())));
    }
    Ok(api)
}

fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| -> PathBuf { fs::canonicalize(path).unwrap_or_else(|_| normal(path)) };
    whole(one) == whole(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Groups, Runtime};
    use crate::source::files::Memory;

    const TWO: &str = "\
runtime = '0.1'
groups = 'path'

[[api]]
spec = 'spec/pets.yaml'
out = 'pets'

[[api]]
spec = 'spec/../orders.yaml'
out = 'orders'
groups = 'none'
";

    #[test]
    fn each_api_has_the_shared_settings_and_its_own() {
        let files = Memory(vec![("../clientsmith.toml".into(), TWO.into())]);
        let apis = Project::read(Path::new("../clientsmith.toml"), &files).unwrap().into_apis();
        let paths =
            |api: &Config| (api.spec().unwrap().display().to_string(), api.out().unwrap().display().to_string());
        assert_eq!(
            apis.iter().map(paths).collect::<Vec<_>>(),
            [
                ("../spec/pets.yaml".to_owned(), "../pets".to_owned()),
                ("../orders.yaml".to_owned(), "../orders".to_owned()),
            ]
        );
        assert_eq!((apis[0].groups, apis[1].groups), (Groups::Path, Groups::None));
        assert!(apis.iter().all(|api| matches!(api.runtime, Runtime::Dependency { .. })));
        let error = Config::parse(TWO).unwrap_err().to_string();
        assert!(error.contains("expected the settings of one API, found 2 tables `[[api]]`"), "{error}");
    }

    #[test]
    fn names_the_table_of_an_error() {
        for (from, to, words) in [
            (
                "groups = 'none'",
                "gruops = 'none'",
                "`[[api]]` of line 8: there is no option `gruops`; did you mean `groups`?",
            ),
            ("groups = 'none'", "groups = 'tags'", "`[[api]]` of line 8: unknown variant `tags`"),
            ("groups = 'none'", "name = '1x'", "`[[api]]` of line 8: `1x` is not a package name"),
            ("groups = 'none'", "api = 1", "`[[api]]` of line 8: there is no option `api`"),
            ("out = 'orders'", "", "`[[api]]` of line 8: `out` is missing"),
            ("out = 'orders'", "out = './pets'", "`[[api]]` of line 8: another API has the `out` ./pets too"),
            ("groups = 'path'", "name = 'x'", "`name` belongs to one API: move it into its `[[api]]`"),
        ] {
            assert!(TWO.contains(from));
            let error = Project::parse(&TWO.replace(from, to)).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        for text in ["api = []", "api = 1", "api = [1]"] {
            assert!(Project::parse(text).is_err(), "{text}");
        }
    }
}
