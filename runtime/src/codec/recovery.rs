//! Recovery from values that are not of their type. Decoding continues after them, so that one error names them all,
//! and so that lenient mode can read the response. Knows errors and paths; must not know values.

use super::DecodeError;
#[cfg(feature = "drift")]
use super::drift::{Differences, Unlisted};
use std::cell::{Cell, RefCell};

/// The misfits of one value so far.
#[derive(Debug)]
pub struct Recovery {
    /// True if a misfit is left out of its field and stored in `extra`.
    lenient: bool,
    /// True if a nullable list item that does not match is replaced by null too. This is the second reading, for lists
    /// without an optional field around them.
    nulls_items: bool,
    /// The misfits. Their paths begin at the current value.
    found: RefCell<Vec<DecodeError>>,
    more: Cell<usize>,
    #[cfg(feature = "drift")]
    seen: Option<Watched>,
}

/// The differences that are counted, besides misfits.
#[cfg(feature = "drift")]
#[derive(Debug, Default)]
struct Watched {
    seen: RefCell<Differences>,
    /// The current key is that of a map, which may be data of a person.
    free_key: Cell<bool>,
}

/// The numbers of what was found before a value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    found: usize,
    #[cfg(feature = "drift")]
    seen: usize,
}

impl Recovery {
    /// The limit of misfits that an error lists.
    pub(crate) const MAX_MISFITS: usize = 16;

    pub(crate) const fn new(lenient: bool) -> Self {
        Self {
            lenient,
            nulls_items: false,
            found: RefCell::new(Vec::new()),
            more: Cell::new(0),
            #[cfg(feature = "drift")]
            seen: None,
        }
    }

    /// Creates a lenient recovery that also replaces a nullable list item that does not match by null.
    pub(crate) fn nulling_items() -> Self {
        Self { nulls_items: true, ..Self::new(true) }
    }

    pub(crate) const fn nulls_items(&self) -> bool {
        self.nulls_items
    }

    pub(crate) const fn is_lenient(&self) -> bool {
        self.lenient
    }

    /// Returns the numbers of what was found so far, for [`in_key`](Self::in_key).
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            found: self.found.borrow().len(),
            #[cfg(feature = "drift")]
            seen: self.seen.as_ref().map_or(0, |watched| watched.seen.borrow().mark()),
        }
    }

    /// Adds the key of an object to the paths of what was found since `mark`.
    pub(crate) fn in_key(&self, mark: Mark, name: &str) {
        self.since(mark, |misfit| misfit.push_key(name));
        #[cfg(feature = "drift")]
        if let Some(watched) = &self.seen {
            let step = if watched.free_key.take() { "*" } else { name };
            watched.seen.borrow_mut().within(mark.seen, step);
        }
    }

    /// Adds the index in an array to the paths of what was found since `mark`.
    pub(crate) fn in_index(&self, mark: Mark, index: usize) {
        self.since(mark, |misfit| misfit.push_index(index));
        #[cfg(feature = "drift")]
        if let Some(watched) = &self.seen {
            watched.seen.borrow_mut().within(mark.seen, "*");
        }
    }

    fn since(&self, mark: Mark, each: impl FnMut(&mut DecodeError)) {
        self.found.borrow_mut().iter_mut().skip(mark.found).for_each(each);
    }

    /// Adds the misfits of one error.
    pub(crate) fn add(&self, error: DecodeError) {
        let mut found = self.found.borrow_mut();
        self.more.set(self.more.get() + error.more());
        for misfit in error.into_each() {
            if found.len() < Self::MAX_MISFITS { found.push(misfit) } else { self.more.set(self.more.get() + 1) }
        }
    }

    pub(crate) fn into_found(self) -> (Vec<DecodeError>, usize) {
        (self.found.into_inner(), self.more.get())
    }
}

#[cfg(feature = "drift")]
impl Recovery {
    /// Creates a recovery that records what the types lack, besides misfits.
    pub(crate) fn watching() -> Self {
        Self { seen: Some(Watched::default()), ..Self::new(false) }
    }

    pub(crate) const fn is_watching(&self) -> bool {
        self.seen.is_some()
    }

    /// Records something that a type does not have at the current value.
    pub(crate) fn record(&self, unlisted: Unlisted<'_>) {
        if let Some(watched) = &self.seen {
            watched.seen.borrow_mut().add(unlisted.into());
        }
    }

    /// Marks the current key as one of a map.
    pub(crate) fn mark_free_key(&self) {
        self.seen.iter().for_each(|watched| watched.free_key.set(true));
    }

    pub(crate) fn into_seen(self) -> Differences {
        self.seen.map(|watched| watched.seen.into_inner()).unwrap_or_default()
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
