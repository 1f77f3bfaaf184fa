//! What becomes of values that are not of their type: decoding goes on behind them, so that one error names them all, and
//! in lenient mode the response is read all the same. Knows errors and paths; must not know values.

use super::DecodeError;
use std::cell::{Cell, RefCell};

/// The misfits of one value so far.
#[derive(Debug)]
pub struct Recovery {
    /// What is not of its type is left out of its field and kept aside.
    lenient: bool,
    /// An item of a list that may be null is null in its place, because no field around the list can be without it.
    items: bool,
    /// Their paths begin where decoding is at.
    found: RefCell<Vec<DecodeError>>,
    more: Cell<usize>,
}

impl Recovery {
    /// The most misfits that are named.
    pub(crate) const MOST: usize = 16;

    pub(crate) const fn new(lenient: bool) -> Self {
        Self { lenient, items: false, found: RefCell::new(Vec::new()), more: Cell::new(0) }
    }

    /// The same, where items that may be null are left out too.
    pub(crate) fn of_items() -> Self {
        Self { items: true, ..Self::new(true) }
    }

    pub(crate) const fn leaves_items(&self) -> bool {
        self.items
    }

    pub(crate) const fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// How many were found until now, to be given to [`in_key`](Self::in_key).
    pub(crate) fn mark(&self) -> usize {
        self.found.borrow().len()
    }

    /// Says of those that were found since then that they are in this member of an object.
    pub(crate) fn in_key(&self, mark: usize, name: &str) {
        self.since(mark, |misfit| misfit.push_key(name));
    }

    /// Says of those that were found since then that they are in this item of an array.
    pub(crate) fn in_index(&self, mark: usize, index: usize) {
        self.since(mark, |misfit| misfit.push_index(index));
    }

    fn since(&self, mark: usize, each: impl FnMut(&mut DecodeError)) {
        self.found.borrow_mut().iter_mut().skip(mark).for_each(each);
    }

    /// Adds a misfit that was left out of its field, or all that one error names.
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

/// The errors of the members or items of one value.
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

    /// The one error that names them all, if there is one.
    pub(crate) fn done(self) -> Result<(), DecodeError> {
        self.0.map_or(Ok(()), Err)
    }
}
