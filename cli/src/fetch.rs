//! The command `fetch`: downloads descriptions again from the `source` of the settings. The downloads themselves are for `init`
//! and for addresses on the command line too.

mod download;

use crate::args::{Fetch, MessageFormat, Pin};
use crate::project::{self, Api, Selection, each};
use crate::terminal::{self, Failure};
use crate::{EXIT_INVALID, environment_failure, refusal, unwritable};
use clientsmith::files::{Disk, Files, Memory};
use clientsmith::output::write_file;
use clientsmith::{Config, DescriptionSource, generate};
use download::hash;
pub(crate) use download::{Download, download, is_address, shown};
use std::fs;
use std::path::{Path, PathBuf};

/// Downloads the description of each API that has a `source`, and writes those that changed.
pub(crate) fn fetch(arguments: &Fetch, format: MessageFormat) -> Result<(), Failure> {
    let selection = Selection::read(&arguments.input(), None)?;
    let settings = arguments.config.clone().or_else(project::find).ok_or_else(project::no_settings)?;
    let with_source: Vec<Api> = selection.apis.into_iter().filter(|api| api.config.source().is_some()).collect();
    if with_source.is_empty() {
        return Err(environment_failure(format!(
            "{}: no API has a `source`: set `source = {{ url = \"https://…\", sha256 = \"…\" }}`",
            settings.display()
        )));
    }
    each(&with_source, format, |api| fetch_api(api, &settings, arguments, format))
}

fn fetch_api(api: &Api, settings: &Path, arguments: &Fetch, format: MessageFormat) -> Result<(), Failure> {
    let Some(source) = api.config.source() else { return Ok(()) };
    if !arguments.force && !arguments.check {
        let help = "move the edits to an overlay, or overwrite them with `--force`";
        if let Some(message) = edited(&api.spec, source) {
            return Err(environment_failure(format!("{message}\nhelp: {help}")));
        }
    }
    let new = download(source.url(), None)?;
    let say = |text: String| {
        if format != MessageFormat::Json {
            terminal::line(&text);
        }
    };
    if new.source == *source && (arguments.check || is_there(&api.spec, source)) {
        say(format!("{} is unchanged", api.spec.display()));
        return Ok(());
    }
    if arguments.check {
        let message = format!("{} differs from {}", shown(source.url()), api.spec.display());
        return Err(Failure { exit: EXIT_INVALID, code: None, message });
    }
    readable(api, &new, format)?;
    let text = String::from_utf8(new.bytes).map_err(|_| environment_failure("the description is not UTF-8"))?;
    if let Some(folder) = api.spec.parent() {
        fs::create_dir_all(folder).map_err(|error| environment_failure(format!("{}: {error}", folder.display())))?;
    }
    write_file(&api.spec, &text).map_err(unwritable)?;
    pin(settings, source, &new.source)?;
    say(format!("wrote {} from {}", api.spec.display(), shown(source.url())));
    say("next: clientsmith diff, and cargo build".to_owned());
    Ok(())
}

/// The message about a description that does not have the content that was downloaded.
fn edited(spec: &Path, source: &DescriptionSource) -> Option<String> {
    let found = hash(&fs::read(spec).ok()?);
    let message = || format!("{} differs from the `sha256` of its `source`: it was edited", spec.display());
    (found != source.sha256()).then(message)
}

fn is_there(spec: &Path, source: &DescriptionSource) -> bool {
    fs::read(spec).is_ok_and(|bytes| hash(&bytes) == source.sha256())
}

/// Refuses a download that is not a description, such as a page of a proxy. Files that it refers to are read from the disk.
fn readable(api: &Api, new: &Download, format: MessageFormat) -> Result<(), Failure> {
    let files = With { path: &api.spec, bytes: &new.bytes };
    let generated = generate(&api.spec, &files, &api.config);
    if generated.output.is_some() {
        return Ok(());
    }
    terminal::findings(&generated.diagnostics.list, &generated.sources, format);
    terminal::line(&format!("{} was not written", api.spec.display()));
    Err(refusal(&generated.diagnostics))
}

/// The files on the disk, one of them with other content.
struct With<'a> {
    path: &'a Path,
    bytes: &'a [u8],
}

impl Files for With<'_> {
    fn read(&self, path: &Path) -> Result<Vec<u8>, clientsmith::files::LoadError> {
        if path == self.path { Ok(self.bytes.to_vec()) } else { Disk.read(path) }
    }

    fn folders_above(&self, folder: &Path) -> usize {
        Disk.folders_above(folder)
    }
}

/// Writes the new hash into the settings, and changes nothing else there.
fn pin(settings: &Path, old: &DescriptionSource, new: &DescriptionSource) -> Result<(), Failure> {
    if old == new {
        return Ok(());
    }
    let text = fs::read_to_string(settings)
        .map_err(|error| environment_failure(format!("{} cannot be read: {error}", settings.display())))?;
    // Two APIs can have one content.
    let after = text.find(old.url()).and_then(|start| {
        let (before, rest) = text.split_at_checked(start)?;
        rest.contains(old.sha256()).then(|| before.to_owned() + &rest.replacen(old.sha256(), new.sha256(), 1))
    });
    let text = after.unwrap_or_else(|| text.replacen(old.sha256(), new.sha256(), 1));
    write_file(settings, &text).map_err(unwritable)
}

/// The description of an address, for `init`: its file name and its content.
pub(crate) struct DownloadedDescription {
    pub(crate) name: String,
    pub(crate) download: Download,
}

impl DownloadedDescription {
    pub(crate) fn download(url: &str, pin: &Pin) -> Result<Self, Failure> {
        let download = download(url, pin.sha256.as_deref())?;
        let is_json = download.bytes.trim_ascii_start().starts_with(b"{");
        let address = shown(url);
        let last = address.rsplit('/').next().unwrap_or_default();
        let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let has_ending = [".yaml", ".yml", ".json"].iter().any(|ending| last.ends_with(ending));
        let name = match (has_ending && is_name(last) && !last.starts_with('.'), is_json) {
            (true, _) => last,
            (false, true) => "openapi.json",
            (false, false) => "openapi.yaml",
        };
        Ok(Self { name: name.to_owned(), download })
    }

    /// The description as the only file.
    pub(crate) fn files(&self) -> Memory {
        Memory(vec![(PathBuf::from(&self.name), self.download.bytes.clone())])
    }
}

/// Fails when a description with a `source` was edited.
pub(crate) fn check(spec: &Path, config: &Config) -> Result<(), Failure> {
    let Some(message) = config.source().and_then(|source| edited(spec, source)) else { return Ok(()) };
    let help = "move the edits to an overlay, or remove `source` from the settings";
    Err(Failure { exit: EXIT_INVALID, code: None, message: format!("{message}\nhelp: {help}") })
}
