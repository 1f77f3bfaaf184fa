//! The bounds within which a value is decoded, and what is left of them. Knows numbers of bytes and levels; must not know
//! types.

use super::recovery::Recovery;
use super::{DecodeError, Source};
use std::cell::Cell;

/// How a value is decoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decoding {
    /// Most bytes of memory that the decoded value takes.
    pub(crate) bytes: usize,
    /// Most levels of arrays and objects in each other.
    pub(crate) depth: usize,
    /// A value of another type than the field's is kept aside instead of failing the response.
    pub(crate) lenient: bool,
}

impl Decoding {
    /// Bytes of decoded value unless set: four times the usual largest body.
    pub(crate) const BYTES: usize = 4 * (64 << 20);
    /// Levels unless set.
    pub(crate) const DEPTH: usize = 512;

    /// Creates the defaults.
    pub(crate) const fn new() -> Self {
        Self { bytes: Self::BYTES, depth: Self::DEPTH, lenient: false }
    }
}

/// Most bytes of stack that nested values take, whatever their number of levels: half of what Rust gives to threads, or to
/// the first one where that has less.
const STACK: usize = if cfg!(any(windows, target_family = "wasm")) { 512 << 10 } else { 1 << 20 };

/// What is left of the bounds while one value is decoded.
#[derive(Debug)]
pub struct Context {
    bytes: usize,
    left: Cell<usize>,
    depth: usize,
    level: Cell<usize>,
    /// Where the stack was when decoding began.
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

    /// The same, where decoding goes on after a misfit.
    pub(crate) fn recovering(decoding: Decoding) -> Self {
        Self { recovery: Some(Recovery::new(decoding.lenient)), ..Self::new(decoding) }
    }

    /// The same, where items that may be null are left out too.
    pub(crate) fn recovering_items(decoding: Decoding) -> Self {
        Self { recovery: Some(Recovery::of_items()), ..Self::new(decoding) }
    }

    /// Counts memory that a value takes.
    ///
    /// # Errors
    /// When it is more than is left.
    pub(crate) fn spend(&self, bytes: usize) -> Result<(), DecodeError> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(DecodeError::too_large(self.bytes)),
        }
    }

    /// What is left, to be given to [`restore`](Self::restore) when values are dropped again.
    pub(crate) const fn mark(&self) -> usize {
        self.left.get()
    }

    pub(crate) fn restore(&self, mark: usize) {
        self.left.set(mark);
    }

    /// Goes one level of arrays and objects down, until the guard is dropped.
    ///
    /// # Errors
    /// When that is too deep.
    pub(crate) fn enter(&self) -> Result<Level<'_>, DecodeError> {
        let level = self.level.get() + 1;
        if level > self.depth {
            return Err(DecodeError::too_deep(format!("at most {} levels of arrays and objects", self.depth)));
        }
        if self.stack.abs_diff(stack()) > STACK {
            return Err(DecodeError::too_deep("no more levels than a thread's stack holds".to_owned()));
        }
        self.level.set(level);
        Ok(Level(self))
    }
}

/// About where the stack of this thread ends.
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

/// Makes a full list larger, and counts that.
///
/// # Errors
/// When that is more memory than is left.
pub(crate) fn grow<T>(items: &mut Vec<T>, source: &dyn Source) -> Result<(), DecodeError> {
    let first = if size_of::<T>() > 1024 { 1 } else { 4 };
    let more = items.len().max(first);
    if let Some(context) = source.context() {
        context.spend(more.saturating_mul(size_of::<T>()))?;
    }
    items.reserve_exact(more);
    Ok(())
}

/// Counts memory that a value takes beside its own size.
///
/// # Errors
/// When it is more than is left.
pub(crate) fn spend(bytes: usize, source: &dyn Source) -> Result<(), DecodeError> {
    source.context().map_or(Ok(()), |context| context.spend(bytes))
}
