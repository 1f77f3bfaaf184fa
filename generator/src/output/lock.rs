//! One run at a time writes into a folder. The system gives the lock back when a run ends, however it ends.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for another run.
const LONGEST: Duration = Duration::from_secs(60);
/// Between two looks at the lock.
const PAUSE: Duration = Duration::from_millis(10);

/// Who else may have the folder at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// Those who only read.
    Readers,
    /// Nobody.
    Nobody,
}

/// A folder that is held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the system gives the lock back when the file is closed")] File);

/// Takes the folder, and waits for those who have it; none where the file system knows no locks.
///
/// # Errors
/// When another run has it for longer than any run takes.
pub(super) fn take(folder: &Path, share: Share) -> io::Result<Option<Lock>> {
    let start = Instant::now();
    loop {
        match hold(folder, share) {
            Ok(file) => return Ok(Some(Lock(file))),
            Err(error) if !is_taken(&error) => return Ok(None),
            Err(_) if start.elapsed() > LONGEST => {
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another run writes into the directory"));
            }
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

/// The folder itself is locked, so that no file is left in it.
#[cfg(all(unix, not(target_os = "solaris")))]
fn hold(folder: &Path, share: Share) -> io::Result<File> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::open(folder)?;
    let operation = match share {
        Share::Readers => FlockOperation::NonBlockingLockShared,
        Share::Nobody => FlockOperation::NonBlockingLockExclusive,
    };
    flock(&file, operation)?;
    Ok(file)
}

#[cfg(all(unix, not(target_os = "solaris")))]
fn is_taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

/// A file that nobody else can open, and that the system removes when it is closed. It is not looked for through a link.
#[cfg(windows)]
fn hold(folder: &Path, share: Share) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE: u32 = 0x0001_0000;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    if share == Share::Readers {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut options = File::options();
    options.write(true).create(true).access_mode(GENERIC_WRITE | DELETE).share_mode(0);
    options.custom_flags(FILE_FLAG_DELETE_ON_CLOSE | FILE_FLAG_OPEN_REPARSE_POINT);
    options.open(folder.join(".clientsmith-lock"))
}

#[cfg(windows)]
fn is_taken(error: &io::Error) -> bool {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    error.raw_os_error() == Some(ERROR_SHARING_VIOLATION)
}

#[cfg(not(any(all(unix, not(target_os = "solaris")), windows)))]
fn hold(_: &Path, _: Share) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(any(all(unix, not(target_os = "solaris")), windows)))]
fn is_taken(_: &io::Error) -> bool {
    false
}
