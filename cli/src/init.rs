//! The command `init`: a client crate in a project of one's own, with everything that keeps it in step.

mod build_source;
mod description;
mod plan;
mod templates;

use crate::args::{Init, MessageFormat};
use crate::fetch::{DownloadedDescription, is_address, shown as shown_address};
use crate::input_files::InputFiles;
use crate::terminal::{self, Failure};
use crate::workspace::{Membership, Workspace};
use crate::{environment_failure, refusal, write_output};
use clientsmith::files::Disk;
use clientsmith::output::{Mode, Output};
use clientsmith::{Config, generate};
use description::Description;
use plan::Plan;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a client crate and its settings. No file that exists is overwritten.
pub(crate) fn init(arguments: &Init, format: MessageFormat) -> Result<(), Failure> {
    let dir = whole(&arguments.dir)?;
    let address = arguments.spec.to_str().filter(|text| is_address(text));
    let sources = build_source::sources(arguments, &dir)?;
    let mut config = Config::parse(&sources.settings(arguments.name.as_deref())).map_err(environment_failure)?;
    // The name is not known yet. The relative path is the same from every directory in the project, so `crate` stands for it.
    config.move_runtime(&dir, &dir.join("crate"));
    if address.is_none() {
        InputFiles::of(&arguments.spec, &arguments.pin)?;
    }
    let given = address.map(|url| DownloadedDescription::download(url, &arguments.pin)).transpose()?;
    let progress = terminal::progress(
        &address.map_or_else(|| arguments.spec.clone(), |url| PathBuf::from(shown_address(url))),
        format,
    );
    let mut generated = match &given {
        Some(given) => generate(Path::new(&given.name), &given.files(), &config),
        None => generate(&arguments.spec, &Disk, &config),
    };
    drop(progress);
    terminal::findings(&generated.diagnostics.list, &generated.sources, format);
    let Some(output) = generated.output.take() else { return Err(refusal(&generated.diagnostics)) };
    let name = package_name(&output)?;
    let workspace = Workspace::around(&dir);
    let description = match given {
        Some(given) => Description::downloaded(given),
        None => Description::of_file(&arguments.spec, &dir, &generated.inputs)?,
    };
    let mut plan = Plan::new(arguments, &dir, description, &name, &sources, workspace.is_none());
    if let Some(lock) = &generated.lock {
        plan.lock(&lock.text);
    }
    refuse_existing(&plan)?;
    let package = dir.join(&name);
    let say = |text: &str| {
        if format != MessageFormat::Json {
            terminal::line(text);
        }
    };
    let changes = write_output(&output, &package, Mode::Write { force: false })?;
    for (path, text) in &plan.files {
        write(path, text)?;
        say(&format!("wrote {}", shown(path, &dir)));
    }
    say(&format!("wrote {name}: {} generated files", changes.len()));
    plan.notes.iter().for_each(|note| say(note));
    join(workspace.as_ref(), &package, &name, &say)?;
    say(&format!("next: cargo build --manifest-path {}", arguments.dir.join(&name).join("Cargo.toml").display()));
    Ok(())
}

/// The absolute path of a directory, without links as far as it exists.
fn whole(dir: &Path) -> Result<PathBuf, Failure> {
    let failed = |error: io::Error| environment_failure(format!("{}: {error}", dir.display()));
    let absolute = std::path::absolute(dir).map_err(failed)?;
    if absolute.exists() && !absolute.is_dir() {
        return Err(environment_failure(format!("{}: expected a directory, found a file", dir.display())));
    }
    let there = absolute.ancestors().find(|above| above.exists()).unwrap_or(&absolute);
    let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
    let base = fs::canonicalize(there).map_err(failed)?;
    Ok(if rest.as_os_str().is_empty() { base } else { base.join(rest) })
}

/// The name that the generator chose.
fn package_name(output: &Output) -> Result<String, Failure> {
    let manifest = output.files.get("Cargo.toml").and_then(|text| toml::from_str::<toml::Table>(text).ok());
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    name.map(str::to_owned).ok_or_else(|| environment_failure("the crate has no name: choose one with `--name CRATE`"))
}

fn refuse_existing(plan: &Plan) -> Result<(), Failure> {
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    let filled = fs::read_dir(&plan.package).is_ok_and(|mut entries| entries.next().is_some());
    let package = Some(plan.package.as_path()).filter(|path| filled || is_there(path) && !path.is_dir());
    let files = plan.files.iter().map(|(path, _)| path.as_path()).filter(|path| !path.starts_with(&plan.package));
    let existing: Vec<String> = files
        .filter(|path| is_there(path))
        .chain(package)
        .map(|path| format!("\n  {}", shown(path, &plan.dir)))
        .collect();
    if existing.is_empty() {
        return Ok(());
    }
    let settings = plan.dir.join(crate::project::SETTINGS);
    let help = if is_there(&settings) {
        "add a table `[[api]]` to clientsmith.toml for another API, or choose another directory"
    } else {
        "move them away, or choose another directory or `--name`"
    };
    Err(environment_failure(format!(
        "nothing was written, since these exist already:{}\nhelp: {help}",
        existing.concat()
    )))
}

fn write(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| environment_failure(format!("{} cannot be written: {error}", path.display()));
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    let mut file = fs::File::create_new(path).map_err(failed)?;
    io::Write::write_all(&mut file, text).map_err(failed)
}

fn shown(path: &Path, dir: &Path) -> String {
    path.strip_prefix(dir).unwrap_or(path).display().to_string()
}

/// Makes the package a member of the workspace around it.
fn join(workspace: Option<&Workspace>, package: &Path, name: &str, say: &impl Fn(&str)) -> Result<(), Failure> {
    let Some(workspace) = workspace else { return Ok(()) };
    let manifest = &workspace.manifest;
    let path = workspace.path_of(package).unwrap_or_else(|| name.to_owned());
    match workspace.membership(package) {
        Membership::Member => say(&format!("{name} is a member of the workspace of {}", manifest.display())),
        Membership::Excluded => say(&format!("the workspace of {} excludes {path}", manifest.display())),
        Membership::Added(text) => {
            fs::write(manifest, text)
                .map_err(|error| environment_failure(format!("{} cannot be written: {error}", manifest.display())))?;
            say(&format!("added \"{path}\" to `members` of {}", manifest.display()));
        }
        Membership::Missing => say(&format!("add \"{path}\" to `members` of {}", manifest.display())),
    }
    Ok(())
}
