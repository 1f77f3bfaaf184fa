//! The variants of a union in the order in which they are tried.

use super::object_text::only;
use super::{Buffered, Candidate};
use crate::codec::Decode;
use std::cmp::Reverse;

/// A variant to try.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Trial<'m> {
    /// The index of the variant.
    pub variant: usize,
    /// True if unknown fields and values of the variant are errors.
    rejects_unknown: bool,
    /// True if no other variant may match.
    is_only_candidate: bool,
    /// All variants, if this one was guessed from the first members.
    guessed_of: Option<&'m [Candidate]>,
}

/// An iterator over the variants to try.
#[doc(hidden)]
#[derive(Debug)]
pub struct Trials<'b, 's> {
    value: &'b Buffered<'s>,
    members: &'b [Candidate],
    guess: Option<usize>,
    /// The others, once they are needed.
    listed: Option<std::vec::IntoIter<Trial<'b>>>,
}

impl<'b> Iterator for Trials<'b, '_> {
    type Item = Trial<'b>;

    fn next(&mut self) -> Option<Trial<'b>> {
        if let Some(variant) = self.guess.take() {
            let guessed_of = Some(self.members);
            return Some(Trial { variant, rejects_unknown: false, is_only_candidate: false, guessed_of });
        }
        let (value, members) = (self.value, self.members);
        self.listed.get_or_insert_with(|| value.listed(members).into_iter()).next()
    }
}

impl<'s> Buffered<'s> {
    /// Returns the variants to try, the likeliest first: most constants, most required keys, most known keys, then the type
    /// with the fewest values (listed strings, strings of a format, other strings; integers, numbers), then the order of
    /// the description. Each is first tried as one that knows the whole value, then as one that skips parts of it or
    /// stores them as unknown. If only one variant may match, it is tried once. A variant that the first members of an
    /// object in text suggest is tried before, and decoded if no other one may match.
    #[must_use]
    pub fn trials<'b>(&'b self, members: &'b [Candidate]) -> Trials<'b, 's> {
        let guess = self.text().and_then(|object| object.guess(members));
        Trials { value: self, members, guess, listed: None }
    }

    fn listed<'m>(&self, members: &[Candidate]) -> Vec<Trial<'m>> {
        let fitting = self.fitting(members);
        let is_only_candidate = fitting.len() == 1;
        // A union around this one that needs the whole value known ignores weaker matches.
        let rejects_unknown = self.rejects_unknown();
        let rounds: &[bool] = if is_only_candidate || rejects_unknown { &[rejects_unknown] } else { &[true, false] };
        let mut trials = Vec::with_capacity(rounds.len() * fitting.len());
        for rejects_unknown in rounds {
            let all = fitting.iter().copied();
            trials.extend(all.map(|variant| Trial {
                variant,
                rejects_unknown: *rejects_unknown,
                is_only_candidate,
                guessed_of: None,
            }));
        }
        trials
    }

    /// Returns the indices of the variants that may match, the likeliest first.
    fn fitting(&self, members: &[Candidate]) -> Vec<usize> {
        if let Some(object) = self.text() {
            return object.fitting(members);
        }
        let Ok(tree) = self.tree() else { return Vec::new() };
        let fitting = members.iter().enumerate().filter(|(_, member)| member.fits(tree));
        let mut fitting: Vec<_> =
            fitting.map(|(index, member)| (Reverse(member.score(tree.value())), member.width(tree), index)).collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(.., variant)| variant).collect()
    }

    /// Decodes the value if it matches.
    #[must_use]
    pub fn try_decode<T: Decode + 'static>(&self, trial: Trial<'_>) -> Option<T> {
        let is_guess = trial.guessed_of.is_some();
        let check = match trial.guessed_of {
            Some(members) => Some(only(trial.variant, members)?),
            None => None,
        };
        let object = self.text().filter(|_| is_guess || trial.is_only_candidate);
        let value = object.and_then(|object| object.decode(check.as_ref(), self.untagged.get()));
        if value.is_some() || is_guess { value } else { self.tree().ok()?.try_decode(trial.rejects_unknown) }
    }
}
