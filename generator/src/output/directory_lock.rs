//! The lock of an output directory: one run at a time writes into it. The system releases the lock at the end of a run.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Longest wait for another run.
const LONGEST: Duration = Duration::from_secs(60);
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(10);

/// The kind of lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// Shared with other runs that only read.
    Shared,
    /// Exclusive.
    Exclusive,
}

/// A locked directory. The lock ends when the value is dropped.
#[derive(Debug)]
pub(super) struct DirectoryLock {
    /// Closing the file releases the lock.
    _file: File,
}

/// Locks the directory, and waits for other runs. `None` if the directory does not exist, or if the file system
/// has no locks.
///
/// # Errors
/// Returns an error when another run holds the lock longer than the longest wait.
pub(super) fn take(folder: &Path, share: Share) -> io::Result<Option<DirectoryLock>> {
    let start = Instant::now();
    loop {
        match acquire(folder, share) {
            Ok(file) => return Ok(Some(DirectoryLock { _file: file })),
            Err(error) if !is_taken(&error) => return Ok(None),
            Err(_) if start.elapsed() > LONGEST => {
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another run writes into the directory"));
            }
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

/// The lock is on the directory itself, so that no file stays in it.
#[cfg(all(unix, not(target_os = "solaris")))]
fn acquire(folder: &Path, share: Share) -> io::Result<File> {
    use rustix::fs::{FlockOperation, flock};
    let file = File::open(folder)?;
    let operation = match share {
        Share::Shared => FlockOperation::NonBlockingLockShared,
        Share::Exclusive => FlockOperation::NonBlockingLockExclusive,
    };
    flock(&file, operation)?;
    Ok(file)
}

#[cfg(all(unix, not(target_os = "solaris")))]
fn is_taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}

/// Opens a file that the system removes when it is closed. Does not follow links.
#[cfg(windows)]
fn acquire(folder: &Path, share: Share) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE: u32 = 0x0001_0000;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    if share == Share::Shared {
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
fn acquire(_: &Path, _: Share) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(any(all(unix, not(target_os = "solaris")), windows)))]
fn is_taken(_: &io::Error) -> bool {
    false
}
