//! A thread with a stack for descriptions that nest deeply. Knows threads; does not know what runs on them.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// The size in bytes. The stages recurse as deep as schemas and types nest. A thread of the standard library has 2 MiB, and
/// the first one of a process 1 MiB on Windows.
pub(crate) const SIZE: usize = 16 << 20;

/// Runs a function on such a thread, or on the current one when the system has no thread left.
pub(crate) fn on_deep_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    scope(|scope| match Builder::new().stack_size(SIZE).spawn_scoped(scope, &run) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => run(),
    })
}
