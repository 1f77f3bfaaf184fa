//! The commands `diff` and `approve`.

mod baseline;

use crate::args::{Diff, DiffFormat, MessageFormat, RustLimit, WireLimit};
use crate::fetch::is_address;
use crate::revision::RevisionFile;
use crate::terminal::{self, Failure};
use crate::{EXIT_INVALID, data, environment_failure};
use clientsmith::Config;
use clientsmith::diff::approvals::Approvals;
use clientsmith::diff::render::{self, Release};
use clientsmith::diff::{self, Change, RustVerdict, Side, Unreadable, WireVerdict};
use clientsmith::files::{Disk, Files, LoadError};
use std::fs;
use std::path::Path;
use std::thread;
use std::time::SystemTime;

/// The stack of a second thread, in bytes: that of the first one on Linux.
const STACK: usize = 8 << 20;

fn settings(path: Option<&Path>) -> Result<Config, Failure> {
    path.map_or_else(|| Ok(Config::default()), |path| Config::read(path, &Disk).map_err(environment_failure))
}

/// The files of a place, with a lock from the disk.
struct WithLock<'p> {
    place: &'p RevisionFile,
    lock: Option<&'p Path>,
}

impl Files for WithLock<'_> {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        if self.lock == Some(path) { Disk.read(path) } else { self.place.read(path) }
    }

    fn folders_above(&self, folder: &Path) -> usize {
        self.place.folders_above(folder)
    }
}

type Read = Result<Side, Box<Unreadable>>;

fn read(place: &RevisionFile, config: &Config, lock: Option<&Path>) -> Read {
    let mut config = config.clone();
    if let Some(lock) = lock {
        config.set_lock(lock);
    }
    let side = diff::read(&place.path, &WithLock { place, lock }, &config)?;
    Ok(side.with_revision(place.revision.clone()))
}

/// Reads both descriptions at the same time, since most of the time of a comparison goes into that.
fn read_both(pair: &Pair, lock: Option<&Path>) -> (Read, Read) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let new = thread.spawn_scoped(scope, || read(&pair.new, &pair.config, lock));
        let old = read(&pair.old, &pair.config, lock);
        let new = match new {
            Ok(new) => new.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // The system has no thread left.
            Err(_) => read(&pair.new, &pair.config, lock),
        };
        (old, new)
    })
}

/// The side of a description, whose findings are shown if it has errors.
fn side(read: Read, place: &RevisionFile, format: MessageFormat) -> Result<Side, Failure> {
    read.map_err(|unread| {
        terminal::findings(&unread.diagnostics.list, &unread.sources, format);
        environment_failure(format!("{} cannot be compared", place.path.display()))
    })
}

/// Two descriptions to compare.
pub(crate) struct Pair {
    /// The old description.
    pub(crate) old: RevisionFile,
    /// The new description.
    pub(crate) new: RevisionFile,
    /// The settings of the new crate.
    pub(crate) config: Config,
    /// The settings of the old crate, if they differ from the new ones.
    pub(crate) old_config: Option<Config>,
}

/// Compares two descriptions, or those of the settings with those of a revision.
pub(crate) fn diff(arguments: &Diff, format: MessageFormat) -> Result<(), Failure> {
    let old_config = arguments.old_config.as_deref().map(|path| settings(Some(path))).transpose()?;
    let named = [&arguments.old, &arguments.new].into_iter().flatten();
    let addresses = named.filter(|path| path.to_str().is_some_and(is_address)).count();
    if arguments.pin.sha256.is_some() && addresses != 1 {
        return Err(environment_failure("`--sha256` needs one description with an `https` address"));
    }
    let (Some(old), Some(new)) = (&arguments.old, &arguments.new) else {
        return baseline::diff(arguments, old_config.as_ref(), format);
    };
    let config = settings(arguments.config.as_deref())?;
    let (old, new) = (RevisionFile::of(old, &arguments.pin)?, RevisionFile::of(new, &arguments.pin)?);
    compare(&Pair { old, new, config, old_config }, arguments, format)
}

/// Compares a pair, and writes the result.
pub(crate) fn compare(pair: &Pair, arguments: &Diff, format: MessageFormat) -> Result<(), Failure> {
    let approvals = match &arguments.approvals {
        Some(path) => Approvals::parse(&fs::read_to_string(path).map_err(|error| io_failure(path, &error))?)
            .map_err(|error| environment_failure(format!("{}: {error}", path.display())))?,
        None => Approvals::default(),
    };
    let lock = arguments.lock.as_deref();
    if let Some(Err(error)) = lock.map(|path| Disk.read(path)) {
        return Err(environment_failure(error));
    }
    let (old, new) = read_both(pair, lock);
    let (old_side, new_side) = (side(old, &pair.old, format)?, side(new, &pair.new, format)?);
    let mut comparison = diff::compare(&old_side, &new_side);
    if let Some(old_config) = &pair.old_config {
        let old_with_old_settings = side(read(&pair.old, old_config, lock), &pair.old, format)?;
        let settings = diff::compare_settings(&old_with_old_settings, &old_side);
        comparison = diff::with_settings(comparison, settings, &new_side);
    }
    let checked = approvals.check(&comparison, &today());
    for problem in &checked.problems {
        terminal::line(&format!("warning: {problem}"));
    }
    let release = Release { released: arguments.released.clone(), approved: checked.approved };
    if let Some(released) = arguments.released.as_deref().filter(|_| release.next(RustVerdict::Patch).is_none()) {
        return Err(environment_failure(format!("`--released {released}` is not a version such as 1.4.2")));
    }
    let text = match arguments.format {
        DiffFormat::Human => render::human(&comparison, &release),
        DiffFormat::Short => render::short(&comparison, &release),
        DiffFormat::Json => render::json(&comparison, &release),
        DiffFormat::Sarif => render::sarif(&comparison, &release),
        DiffFormat::Github => render::github(&comparison, &release),
        DiffFormat::Markdown => render::markdown(&comparison, &release),
        DiffFormat::NextVersion => match release.next(comparison.rust()) {
            Some(next) => format!("{next}\n"),
            None => return Err(environment_failure("`--format next-version` needs `--released`")),
        },
    };
    data(&text)?;
    if let Some(path) = &arguments.changelog {
        fs::write(path, render::changelog(&comparison, &release)).map_err(|error| io_failure(path, &error))?;
    }
    if arguments.format == DiffFormat::Github
        && let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())
    {
        let _ = append(Path::new(&path), &render::markdown(&comparison, &release));
    }
    let is_unapproved_over = |change: &Change| !release.approved.contains(&change.id()) && is_over(change, arguments);
    if comparison.changes.iter().any(is_unapproved_over) {
        return Err(Failure { exit: EXIT_INVALID, code: None, message: String::new() });
    }
    Ok(())
}

fn io_failure(path: &Path, error: &std::io::Error) -> Failure {
    environment_failure(format!("{}: {error}", path.display()))
}

fn append(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(text.as_bytes())
}

/// Returns true for a change over one of the limits.
fn is_over(change: &Change, arguments: &Diff) -> bool {
    let rust = match arguments.fail_on {
        RustLimit::Major => Some(RustVerdict::Major),
        RustLimit::Minor => Some(RustVerdict::Minor),
        RustLimit::Patch => Some(RustVerdict::Patch),
        RustLimit::None => None,
    };
    let wire = match arguments.wire_fail_on {
        WireLimit::Break => Some(WireVerdict::Break),
        WireLimit::Risk => Some(WireVerdict::Risk),
        WireLimit::None => None,
    };
    // A change on the wire needs a new crate: a patch.
    let verdict = change.rust.unwrap_or(RustVerdict::Patch);
    rust.is_some_and(|limit| verdict >= limit) || change.wire.zip(wire).is_some_and(|(verdict, limit)| verdict >= limit)
}

/// Adds an approval to a file.
pub(crate) fn approve(path: &Path, id: &str, reason: &str, until: Option<&str>) -> Result<(), Failure> {
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(io_failure(path, &error)),
    };
    let approvals =
        Approvals::parse(&before).map_err(|error| environment_failure(format!("{}: {error}", path.display())))?;
    let text = approvals.with(id, reason, until).map_err(environment_failure)?;
    fs::write(path, text).map_err(|error| io_failure(path, &error))
}

/// The date in UTC, as `2026-01-31`.
fn today() -> String {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    now.split('T').next().unwrap_or_default().to_owned()
}
