//! Recovery from values that are not of their type. Decoding continues after them, so that one error names them all,
//! and so that lenient mode can read the response. Knows errors and paths; must not know values.

use super::DecodeError;
use std::cell::{Cell, RefCell};

/// The mismatches of one value so far.
#[derive(Debug)]
pub struct Recovery {
    /// Leaves a mismatch out of its field and stores it in `extra`.
    lenient: bool,
    /// Also replaces a nullable item of a list that does not match by null. This is the second try, for lists without
    /// an optional field around them.
    items: bool,
    /// The mismatches. Their paths begin at the current value.
    found: RefCell<Vec<DecodeError>>,
    more: Cell<usize>,
}

impl Recovery {
    /// The limit of mismatches that an error lists.
    pub(crate) const MOST: usize = 16;

    pub(crate) const fn new(lenient: bool) -> Self {
        Self { lenient, items: false, found: RefCell::new(Vec::new()), more: Cell::new(0) }
    }

    /// Creates a lenient recovery that replaces nullable items by null as well.
    pub(crate) fn of_items() -> Self {
        Self { items: true, ..Self::new(true) }
    }

    pub(crate) const fn leaves_items(&self) -> bool {
        self.items
    }

    pub(crate) const fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Returns the number of mismatches so far, for [`in_key`](Self::in_key).
    pub(crate) fn mark(&self) -> usize {
        self.found.borrow().len()
    }

    /// Adds the key of an object to the paths of the mismatches since `mark`.
    pub(crate) fn in_key(&self, mark: usize, name: &str) {
        self.since(mark, |misfit| misfit.push_key(name));
    }

    /// Adds the index in an array to the paths of the mismatches since `mark`.
    pub(crate) fn in_index(&self, mark: usize, index: usize) {
        self.since(mark, |misfit| misfit.push_index(index));
    }

    fn since(&self, mark: usize, each: impl FnMut(&mut DecodeError)) {
        self.found.borrow_mut().iter_mut().skip(mark).for_each(each);
    }

    /// Adds the mismatches of one error.
    pub(crate) fn add(&self, error: DecodeError) {
        let mut found = self.found.borrow_mut();
        self.more.set(self.more.get() + error.more());
        for misfit in error.into_each() {
            if found.len() < Self::MOST { found.push(misfit) } else { self.more.set(self.more.get() + 1) }
        }
    }

    pub(crate) fn into_found(self) -> (Vec<DecodeError>, usize) {
        (self.found.into_inner(), self.more.get())
    }
}

/// The errors of the fields or items of one value.
#[derive(Default)]
pub(crate) struct Errors(Option<DecodeError>);

impl Errors {
    pub(crate) fn add(&mut self, error: DecodeError) {
        match &mut self.0 {
            Some(first) => first.join(error),
            None => self.0 = Some(error),
        }
    }

    pub(crate) fn take(&mut self, done: Result<(), DecodeError>) {
        if let Err(error) = done {
            self.add(error);
        }
    }

    /// Returns the one error that names them all, if there is one.
    pub(crate) fn done(self) -> Result<(), DecodeError> {
        self.0.map_or(Ok(()), Err)
    }
}
