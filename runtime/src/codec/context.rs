//! The limits within which a value is decoded, and how much of them remains. Knows numbers of bytes and levels; must not
//! know types.

use super::recovery::Recovery;
use super::{DecodeError, Source};
use std::cell::Cell;

/// Options of decoding.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decoding {
    /// The limit of memory for the decoded value, in bytes.
    pub(crate) bytes: usize,
    /// The limit of nested arrays and objects, in levels.
    pub(crate) depth: usize,
    /// Stores a value that is not of its field's type in `extra` instead of failing the response.
    pub(crate) lenient: bool,
}

impl Decoding {
    /// The default limit of memory: four times the default limit of a body.
    pub(crate) const DEFAULT_BYTES: usize = 4 * (64 << 20);
    /// The default limit of levels.
    pub(crate) const DEFAULT_DEPTH: usize = 512;

    /// Creates the default options.
    pub(crate) const fn new() -> Self {
        Self { bytes: Self::DEFAULT_BYTES, depth: Self::DEFAULT_DEPTH, lenient: false }
    }
}

/// The limit of stack for nested values in bytes, whatever their number of levels: half of the stack of a thread, or of
/// the main thread, on platforms where that is smaller.
const MAX_STACK_BYTES: usize = if cfg!(any(windows, target_family = "wasm")) { 512 << 10 } else { 1 << 20 };

/// The limits that remain while one value is decoded.
#[derive(Debug)]
pub struct Context {
    bytes: usize,
    left: Cell<usize>,
    depth: usize,
    level: Cell<usize>,
    /// The position of the stack when decoding began.
    stack: usize,
    pub(crate) recovery: Option<Recovery>,
}

impl Context {
    pub(crate) fn new(decoding: Decoding) -> Self {
        Self {
            bytes: decoding.bytes,
            left: Cell::new(decoding.bytes),
            depth: decoding.depth,
            level: Cell::new(0),
            stack: stack(),
            recovery: None,
        }
    }

    /// Creates a context in which decoding continues after a misfit.
    pub(crate) fn recovering(decoding: Decoding) -> Self {
        Self { recovery: Some(Recovery::new(decoding.lenient)), ..Self::new(decoding) }
    }

    /// Creates a lenient context that also replaces a nullable list item that does not match by null.
    pub(crate) fn recovering_items(decoding: Decoding) -> Self {
        Self { recovery: Some(Recovery::nulling_items()), ..Self::new(decoding) }
    }

    /// Creates a context that records what the types lack.
    #[cfg(feature = "drift")]
    pub(crate) fn watching(decoding: Decoding) -> Self {
        Self { recovery: Some(Recovery::watching()), ..Self::new(decoding) }
    }

    /// Counts the memory of a value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is more than is left.
    pub(crate) fn spend(&self, bytes: usize) -> Result<(), DecodeError> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(DecodeError::too_large(self.bytes)),
        }
    }

    /// Returns the memory that remains, for [`restore`](Self::restore) when values are dropped.
    pub(crate) const fn mark(&self) -> usize {
        self.left.get()
    }

    pub(crate) fn restore(&self, mark: usize) {
        self.left.set(mark);
    }

    /// Enters one level of arrays and objects, until the guard is dropped.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the level is beyond the limit.
    pub(crate) fn enter(&self) -> Result<Level<'_>, DecodeError> {
        let level = self.level.get() + 1;
        if level > self.depth {
            return Err(DecodeError::too_deep(format!("at most {} levels of arrays and objects", self.depth)));
        }
        if self.stack.abs_diff(stack()) > MAX_STACK_BYTES {
            return Err(DecodeError::too_deep("no more levels than fit on a thread's stack".to_owned()));
        }
        self.level.set(level);
        Ok(Level(self))
    }
}

/// Returns the approximate position of this thread's stack.
#[inline(never)]
fn stack() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&here)).addr()
}

/// One level of arrays and objects.
pub(crate) struct Level<'c>(&'c Context);

impl Drop for Level<'_> {
    fn drop(&mut self) {
        self.0.level.set(self.0.level.get() - 1);
    }
}

/// The number of items from which an estimate of the others is trusted.
const MIN_TRUSTED_ITEMS: usize = 64;

/// Enlarges a full list and counts its memory.
///
/// # Errors
/// Returns a [`DecodeError`] when less memory remains.
pub(crate) fn grow<T>(items: &mut Vec<T>, source: &dyn Source) -> Result<(), DecodeError> {
    let count = items.len();
    // Most maps of objects and lists of objects in objects are short.
    let first = if size_of::<T>() <= 64 || count > 0 && size_of::<T>() <= 1024 { 4 } else { 1 };
    let spend = |more: usize| {
        let bytes = more.saturating_mul(size_of::<T>());
        source.context().map_or(Ok(()), |context| context.spend(bytes)).map(|()| more)
    };
    // Without an estimate, the list would be copied often, and up to half of it would be empty in the end.
    let likely = source.more_items(count).filter(|_| count >= MIN_TRUSTED_ITEMS);
    let likely = likely.map(|likely| (likely + likely / 32 + 1).clamp(count / 4, count * 32));
    let more = likely.and_then(|likely| spend(likely).ok()).map_or_else(|| spend(count.max(first)), Ok)?;
    items.reserve_exact(more);
    Ok(())
}

/// Gives the memory of a list back that a wrong estimate reserved.
pub(crate) fn shrink<T>(items: &mut Vec<T>, source: &dyn Source) {
    let unused = items.capacity() - items.len();
    if unused > items.len() && items.len() >= MIN_TRUSTED_ITEMS {
        items.shrink_to_fit();
        if let Some(context) = source.context() {
            context.restore(context.mark().saturating_add(unused.saturating_mul(size_of::<T>())));
        }
    }
}

/// Counts the memory of a value on the heap.
///
/// # Errors
/// Returns a [`DecodeError`] when it is more than is left.
pub(crate) fn spend(bytes: usize, source: &dyn Source) -> Result<(), DecodeError> {
    source.context().map_or(Ok(()), |context| context.spend(bytes))
}
