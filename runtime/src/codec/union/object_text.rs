//! An object in JSON text, of which a union finds the variant. The variant is guessed from the first members, and
//! decoded from the text. The other members are read before only where no guess is possible, or after a wrong one. A tree
//! is only built where several variants are tried.

use super::object_members::ObjectMembers;
use super::{Candidate, JsonKind};
use crate::codec::context::Context;
use crate::codec::json::source::JsonSource;
use crate::codec::json::text::{JsonText, refused};
use crate::codec::json::watch::{self, Watch};
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Decode, DecodeError, Source};
use serde_json::Value;
use std::cell::{Cell, OnceCell};

/// The text of an object. The source around it is moved behind the object once its end is known.
#[derive(Debug, Clone)]
pub struct ObjectText<'s> {
    /// The text from the object on.
    start: JsonText<'s>,
    /// The position of the source.
    position: &'s Cell<usize>,
    context: &'s Context,
    /// The number of unions that are decoded from text at and around the object, and of lists around it.
    unions: usize,
    lists: usize,
    /// The key of the tag that was guessed, and its value.
    tag: Cell<Option<(&'s str, &'s str)>>,
    /// A guess was wrong. The object is not decoded from the text once more, because unions inside it would double the
    /// time for each level.
    is_refused: Cell<bool>,
    members: OnceCell<Box<ObjectMembers<'s>>>,
    tree: OnceCell<Box<(Value, TrialResults)>>,
}

impl<'s> ObjectText<'s> {
    /// Creates the object that begins at this position.
    pub(in crate::codec) const fn new(
        start: JsonText<'s>,
        position: &'s Cell<usize>,
        context: &'s Context,
        unions: usize,
        lists: usize,
    ) -> Self {
        Self {
            start,
            position,
            context,
            unions,
            lists,
            tag: Cell::new(None),
            is_refused: Cell::new(false),
            members: OnceCell::new(),
            tree: OnceCell::new(),
        }
    }

    /// Returns the members, and moves the source behind the object.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no object, or its members take more memory than is left.
    fn members(&self) -> Result<&ObjectMembers<'s>, DecodeError> {
        if self.members.get().is_none() {
            let (members, end) = ObjectMembers::read(self.start, self.context)?;
            self.position.set(end);
            self.members.get_or_init(|| Box::new(members));
        }
        self.members.get().map(|members| &**members).ok_or_else(refused)
    }

    /// Excludes that the object is decoded from the text, because a guess of the tag was wrong.
    pub(super) fn refuse(&self) {
        self.is_refused.set(true);
    }

    /// Returns the value of a discriminator, if it is a string among the first members. It is a guess, because the key may
    /// occur twice.
    pub(super) fn guess_tag(&self, name: &'s str) -> Option<&'s str> {
        if self.is_refused.get() || self.members.get().is_some() || self.tag.get().is_some() {
            return None;
        }
        let tag = self.start.first_members(|key, mut value| (key == name).then(|| value.plain_string()))??;
        self.tag.set(Some((name, tag)));
        Some(tag)
    }

    /// Returns the value of a discriminator as a string, also for a number or a boolean.
    pub(super) fn tag(&self, name: &str) -> Option<std::borrow::Cow<'s, str>> {
        self.members().ok()?.tag(name)
    }

    /// Returns `true` when the object has the guessed tag, or none was guessed. Otherwise it moves the source back.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no object.
    pub(super) fn has_guessed_tag(&self) -> Result<bool, DecodeError> {
        let Some((name, tag)) = self.tag.get() else { return Ok(true) };
        let has = self.members()?.tag(name).is_some_and(|own| own == tag);
        if has {
            self.tag.set(None);
        } else {
            self.position.set(self.start.at());
        }
        Ok(has)
    }

    /// Guesses the variant from the first members: one of them is required by this variant and not defined by another one.
    pub(super) fn guess(&self, members: &[Candidate]) -> Option<usize> {
        // Of more variants, the check could not exclude all others.
        if self.is_refused.get() || self.members.get().is_some() || members.len() > watch::MAX_EXCLUDED_KEYS + 1 {
            return None;
        }
        let index = self.start.first_members(|key, _| {
            let mut defining = members.iter().enumerate().filter(|(_, member)| member.defines(key));
            let (index, only) = defining.next()?;
            (defining.next().is_none() && only.required.contains(&key)).then_some(index)
        })?;
        let guessed = members.get(index)?;
        (guessed.kind == JsonKind::Object && guessed.constants.is_empty()).then_some(index)
    }

    /// Returns the check of the guessed tag, if one was guessed.
    pub(super) fn tag_check(&self) -> Option<Watch<'s>> {
        self.tag.get().map(|(name, _)| Watch::of_tag(name))
    }

    /// Decodes the object if it is of a type, and if the check of a guess confirms that. Where a key occurs twice, all of its
    /// values must match. The tree has only the last one.
    pub(super) fn decode<T: Decode>(&self, check: Option<&Watch<'_>>, is_untagged: bool) -> Option<T> {
        let mut source = self.source(check, is_untagged)?;
        let mark = self.context.mark();
        let value = T::decode(&mut source).ok();
        if value.is_none() || check.is_some_and(|check| !check.is_right()) {
            self.context.restore(mark);
            if check.is_some_and(Watch::is_entered) {
                self.refuse();
            }
            return None;
        }
        if check.is_some() {
            self.position.set(source.at());
        }
        value
    }

    fn source<'c>(&'c self, check: Option<&'c Watch<'c>>, is_untagged: bool) -> Option<JsonSource<'c, 'c>> {
        if check.is_some() {
            return Some(JsonSource::watched(self.start, self.context, self.unions, self.lists, check));
        }
        let members = if self.is_refused.get() { None } else { self.members().ok() };
        members.map(|members| JsonSource::within_union(members.text(), self.context, self.unions, is_untagged))
    }

    /// Returns the object as JSON.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is beyond the limits, or a string is not Unicode.
    pub(super) fn json(&self) -> Result<Value, DecodeError> {
        let text = self.members()?.text();
        let mark = self.context.mark();
        let value = JsonSource::new(text, self.context).any()?;
        self.context.restore(mark);
        Ok(value)
    }

    /// Returns the object as a tree, in which several variants are tried.
    ///
    /// # Errors
    /// Returns the errors of [`json`](Self::json).
    pub(super) fn tree(&self) -> Result<Tree<'_>, DecodeError> {
        if self.tree.get().is_none() {
            let tree = Box::new((self.json()?, TrialResults::default()));
            self.tree.get_or_init(|| tree);
        }
        let tree = self.tree.get().map(|tree| Tree::new(&tree.0, &tree.1).within(Some(self.context)));
        tree.ok_or_else(refused)
    }

    pub(super) const fn context(&self) -> &'s Context {
        self.context
    }

    /// Returns the variants that may match, the likeliest first.
    pub(super) fn fitting(&self, members: &[Candidate]) -> Vec<usize> {
        self.members().map(|own| own.fitting(members)).unwrap_or_default()
    }
}

/// Returns the check that an object is one variant and no other. `None`: another variant may match each of its objects.
pub(super) fn only<'m>(variant: usize, members: &'m [Candidate]) -> Option<Watch<'m>> {
    let required = members.get(variant)?.required;
    let mut watch = Watch::of_keys(required);
    let others = members.iter().enumerate().filter(|(index, other)| *index != variant && other.may_be_object());
    for (_, other) in others {
        watch.exclude(other.required.iter().find(|key| !required.contains(key))?)?;
    }
    Some(watch)
}
