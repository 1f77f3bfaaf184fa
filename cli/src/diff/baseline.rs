//! `diff` without two descriptions: those of the settings, compared with those of a git revision.

use super::Pair;
use crate::args::{Diff, DiffFormat, MessageFormat};
use crate::environment_failure;
use crate::input_files::InputFiles;
use crate::project::{Api, each, find, named, no_settings};
use crate::revision::{RevisionFile, is_revision};
use crate::terminal::{self, Failure};
use clientsmith::files::{Disk, Files};
use clientsmith::{Config, Project};
use std::path::Path;

/// The revision without an argument.
const DEFAULT: &str = "HEAD";

/// Compares each API of the settings with its description in a revision.
pub(super) fn diff(arguments: &Diff, old_config: Option<&Config>, format: MessageFormat) -> Result<(), Failure> {
    let settings = arguments.config.clone().or_else(find).ok_or_else(no_settings)?;
    let revision = revision(arguments.old.as_deref())?;
    let all = Project::read(&settings, &Disk).map_err(environment_failure)?.into_apis();
    let configs = named(all, arguments.api.as_deref(), &settings)?;
    if let (true, Some(option)) = (configs.len() > 1, one_option(arguments)) {
        return Err(environment_failure(format!(
            "`{option}` is for one API, and the settings have {}: name one with `--api NAME`",
            configs.len()
        )));
    }
    let (before, is_many) = (settings_of(&settings, &revision), configs.len() > 1);
    let api = |config: Config| {
        let spec = config.spec().map(Path::to_owned).ok_or_else(|| {
            environment_failure(format!(
                "{}: set `spec` to the path of the description, or name OLD and NEW",
                settings.display()
            ))
        })?;
        Ok(Api { spec, out: config.out().map(Path::to_owned), config, files: InputFiles::default() })
    };
    let apis = configs.into_iter().map(api).collect::<Result<Vec<_>, Failure>>()?;
    each(&apis, format, |api| {
        if is_many {
            terminal::line(&format!("{}:", api.spec.display()));
        }
        let old_config = old_config.or_else(|| before.iter().find(|config| config.out() == api.out.as_deref()));
        let path = old_config.and_then(Config::spec).unwrap_or(&api.spec).to_owned();
        let old = RevisionFile { revision: Some(revision.clone()), path, files: InputFiles::default() };
        let new = RevisionFile { revision: None, path: api.spec.clone(), files: InputFiles::default() };
        let pair = Pair { old, new, config: api.config.clone(), old_config: old_config.cloned() };
        super::compare(&pair, arguments, format)
    })
}

fn revision(named: Option<&Path>) -> Result<String, Failure> {
    let Some(named) = named else {
        return if is_revision(DEFAULT) {
            Ok(DEFAULT.to_owned())
        } else {
            Err(environment_failure(
                "there is no git revision `HEAD` here: commit the description first, or name OLD and NEW",
            ))
        };
    };
    match named.to_str() {
        Some(text) if !named.exists() && is_revision(text) => Ok(text.to_owned()),
        _ => Err(environment_failure(format!(
            "`{}` is not a git revision: name a revision, or two descriptions OLD and NEW",
            named.display()
        ))),
    }
}

/// The settings in the revision, if they differ from the new ones and can be read.
fn settings_of(settings: &Path, revision: &str) -> Vec<Config> {
    let place =
        RevisionFile { revision: Some(revision.to_owned()), path: settings.to_owned(), files: InputFiles::default() };
    let (Ok(old), new) = (place.read(settings), Disk.read(settings)) else { return Vec::new() };
    if new.is_ok_and(|new| new == old) {
        return Vec::new();
    }
    match Project::read(settings, &place) {
        Ok(project) => project.into_apis(),
        Err(error) => {
            terminal::line(&format!("warning: the settings of {revision} are not compared: {error}"));
            Vec::new()
        }
    }
}

/// An option whose result is one document, or whose file is about one API.
fn one_option(arguments: &Diff) -> Option<&'static str> {
    match arguments.format {
        DiffFormat::Json => return Some("--format json"),
        DiffFormat::Sarif => return Some("--format sarif"),
        DiffFormat::NextVersion => return Some("--format next-version"),
        DiffFormat::Human | DiffFormat::Short | DiffFormat::Github | DiffFormat::Markdown => {}
    }
    let given = [
        ("--changelog", arguments.changelog.is_some()),
        ("--approvals", arguments.approvals.is_some()),
        ("--released", arguments.released.is_some()),
        ("--lock", arguments.lock.is_some()),
        ("--old-config", arguments.old_config.is_some()),
    ];
    given.into_iter().find(|(_, given)| *given).map(|(name, _)| name)
}
