//! The APIs that a command works on: those of `clientsmith.toml`, or one that the command line names.

use crate::args::{Input, MessageFormat};
use crate::environment_failure;
use crate::input_files::InputFiles;
use crate::terminal::{self, Failure};
use clientsmith::files::Disk;
use clientsmith::{Config, Project};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Name of the settings file that is found without being named.
pub(crate) const SETTINGS: &str = "clientsmith.toml";

/// An API to work on.
pub(crate) struct Api {
    /// Path of the description.
    pub(crate) spec: PathBuf,
    /// Directory of the generated crate, if one is known.
    pub(crate) out: Option<PathBuf>,
    /// The settings.
    pub(crate) config: Config,
    /// The files of the description.
    pub(crate) files: InputFiles,
}

impl Api {
    /// Returns the directory of the generated crate. Fails also for a crate that could not be built, for want of its runtime.
    pub(crate) fn out(&self) -> Result<&Path, Failure> {
        let out = self.out.as_deref().ok_or_else(|| {
            environment_failure(format!(
                "no directory for the crate of {}: name one with `--out DIR`, or set `out` in {SETTINGS}",
                self.spec.display()
            ))
        })?;
        self.config.check_runtime(out).map_err(environment_failure)?;
        Ok(out)
    }
}

/// The APIs of a run.
pub(crate) struct Selection {
    /// At least one API.
    pub(crate) apis: Vec<Api>,
}

impl Selection {
    /// Reads the settings and applies the options of the command line.
    pub(crate) fn read(input: &Input, out: Option<&Path>) -> Result<Self, Failure> {
        let settings = input.config.clone().or_else(find);
        let read =
            settings.as_deref().map(|path| Project::read(path, &Disk).map_err(environment_failure)).transpose()?;
        let all = read.map(Project::into_apis).unwrap_or_default();
        let configs = match (&input.spec, settings.as_deref()) {
            (Some(spec), settings) => vec![of_spec(spec, all, settings.filter(|_| input.config.is_some()))?],
            (None, Some(settings)) => named(all, input.api.as_deref(), settings)?,
            (None, None) => return Err(no_settings()),
        };
        let is_alone = configs.len() == 1;
        if let (false, Some(option)) = (is_alone, one_option(input, out)) {
            return Err(environment_failure(format!(
                "`{option}` is for one API, and the settings have {}: name one with `--api NAME`",
                configs.len()
            )));
        }
        let mut apis = Vec::new();
        for config in configs {
            let spec = input.spec.as_deref().or_else(|| config.spec()).ok_or_else(|| {
                let file = settings.as_deref().unwrap_or(Path::new(SETTINGS)).display().to_string();
                environment_failure(format!(
                    "{file}: set `spec` to the path of the description, or name it on the command line"
                ))
            })?;
            let (spec, files) = InputFiles::of(spec, &input.pin)?;
            let out = out.or_else(|| config.out()).map(Path::to_owned);
            let mut config = config;
            if let Some(out) = &out {
                config.move_runtime(settings.as_deref().and_then(Path::parent).unwrap_or(Path::new("")), out);
            }
            apis.push(Api { spec, config: overridden(config, input, out.as_deref())?, out, files });
        }
        Ok(Self { apis })
    }

    /// Returns the only API.
    pub(crate) fn into_one(self) -> Result<Api, Failure> {
        let mut apis = self.apis.into_iter();
        match (apis.next(), apis.len()) {
            (Some(api), 0) => Ok(api),
            (_, more) => {
                Err(environment_failure(format!("the settings have {} APIs: name one with `--api NAME`", more + 1)))
            }
        }
    }
}

/// Runs a command for each API. The failure with the highest exit code is returned, and the others are reported.
pub(crate) fn each(
    apis: &[Api],
    format: MessageFormat,
    run: impl Fn(&Api) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut worst: Option<Failure> = None;
    for failure in apis.iter().filter_map(|api| run(api).err()) {
        let less = match worst.take() {
            Some(before) if before.exit >= failure.exit => {
                worst = Some(before);
                Some(failure)
            }
            before => {
                worst = Some(failure);
                before
            }
        };
        less.iter().for_each(|failure| terminal::failure(failure, format));
    }
    worst.map_or(Ok(()), Err)
}

/// The settings file of this directory, or of the nearest one above it up to the root of the repository.
pub(crate) fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let height = here.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
    (0..=height).map(|up| "../".repeat(up) + SETTINGS).map(PathBuf::from).find(|path| path.is_file())
}

/// The failure of a command without a description and without settings.
pub(crate) fn no_settings() -> Failure {
    environment_failure(format!(
        "no description is named, and neither this directory nor one above it in the repository has a {SETTINGS}: name a \
         description, or run `clientsmith init --spec FILE`"
    ))
}

/// The settings of a description. Settings that the command line names are for it, unless they are of several APIs.
fn of_spec(spec: &Path, all: Vec<Config>, named: Option<&Path>) -> Result<Config, Failure> {
    let count = all.len();
    let is_for_spec = |config: &Config| config.spec().is_none_or(|other| is_same(other, spec));
    let is_only = named.is_some() && count == 1;
    let found = all.into_iter().find(|config| is_only || is_for_spec(config));
    match (found, named) {
        (Some(config), _) => Ok(config),
        (None, None) => Ok(Config::default()),
        (None, Some(file)) => Err(environment_failure(format!(
            "{}: none of its {count} APIs has {} as `spec`",
            file.display(),
            spec.display()
        ))),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// The APIs of the settings, or the named one.
pub(crate) fn named(all: Vec<Config>, name: Option<&str>, settings: &Path) -> Result<Vec<Config>, Failure> {
    let Some(name) = name else { return Ok(all) };
    let folder =
        |config: &Config| config.out().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let names: Vec<String> =
        all.iter().filter_map(|config| config.name().map(str::to_owned).or_else(|| folder(config))).collect();
    let is_it = |config: &Config| {
        config.name() == Some(name)
            || folder(config).as_deref() == Some(name)
            || config.out().is_some_and(|out| is_same(out, Path::new(name)))
    };
    match all.into_iter().find(is_it) {
        Some(config) => Ok(vec![config]),
        None => Err(environment_failure(format!(
            "{}: no API is named `{name}`; the APIs are {}",
            settings.display(),
            names.join(", ")
        ))),
    }
}

/// An option that only a single API can have.
fn one_option(input: &Input, out: Option<&Path>) -> Option<&'static str> {
    if out.is_some() {
        return Some("--out");
    }
    input.lock.as_ref().map(|_| "--lock").or_else(|| input.name.is_some().then_some("--name"))
}

fn overridden(mut config: Config, input: &Input, out: Option<&Path>) -> Result<Config, Failure> {
    if let Some(name) = &input.name {
        config.set_name(name).map_err(environment_failure)?;
    }
    if let Some(runtime) = &input.runtime {
        config.set_runtime(runtime).map_err(environment_failure)?;
        if let Some(out) = out {
            config.move_runtime(Path::new(""), out);
        }
    }
    for overlay in &input.overlays {
        config.add_overlay(overlay);
    }
    if let Some(lock) = &input.lock {
        config.set_lock(lock);
    }
    if input.strict {
        config.set_strict(true);
    }
    Ok(config)
}
