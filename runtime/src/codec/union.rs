//! Values that are one of several types: read once into a tree, told apart, then decoded.

mod candidate;
mod tagged;

use crate::codec::free::weight;
use crate::codec::tree::{Tree, Trials};
use crate::codec::{Context, Decode, DecodeError, Source};
pub use candidate::{Candidate, Constant, JsonKind};
use serde_json::Value;
use std::cell::{Cell, OnceCell};
use std::cmp::Reverse;
pub use tagged::{tagged, tagged_rest};

/// Reads a union: `choose` finds the variant. Where only the fit counts and the value is known to fit, `unknown` gives a
/// placeholder, so that no value is looked at more often than there are types to try: the time is linear in the size.
///
/// # Errors
/// Those of `choose`.
pub fn decode<U: 'static>(
    source: &mut dyn Source,
    unknown: impl FnOnce(Value) -> U,
    choose: impl FnOnce(Buffered<'_>) -> Result<U, DecodeError>,
) -> Result<U, DecodeError> {
    let value = Buffered::read(source)?;
    let Some(check) = value.check() else { return choose(value) };
    let fitting = check.checked(|_| choose(value).ok(), || Some(unknown(Value::Null)));
    fitting.ok_or_else(|| DecodeError::new("a value that fits", "another one"))
}

/// A value that was read but not yet understood.
#[derive(Debug, Clone)]
pub struct Buffered<'s> {
    kept: Kept<'s>,
    /// The text of a tag that is a number.
    number: OnceCell<String>,
    /// A tag was looked for, and there is none.
    untagged: Cell<bool>,
}

#[derive(Debug, Clone)]
enum Kept<'s> {
    /// Read here, within the bounds of its source.
    Own(Value, Trials, Option<&'s Context>),
    /// Read by a union around this one.
    Outer(Tree<'s>),
}

/// A member that may fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Its index.
    pub member: usize,
    /// It must know every part of the value.
    whole: bool,
}

impl<'s> Buffered<'s> {
    /// Reads a value, whatever it is.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(source: &'s mut dyn Source) -> Result<Self, DecodeError> {
        if source.tree().is_some() {
            let tree = source.tree().ok_or_else(|| DecodeError::new("a value", "nothing"));
            return tree.map(|tree| match tree.json() {
                Some(json) => Self::new(Kept::Own(json, Trials::default(), tree.bounds())),
                None => Self::new(Kept::Outer(tree)),
            });
        }
        let mark = source.context().map(Context::mark);
        let value = source.any()?;
        let context = source.context();
        // The tree is dropped again when its variant is known.
        if let (Some(context), Some(mark)) = (context, mark) {
            context.restore(mark);
        }
        Ok(Self::new(Kept::Own(value, Trials::default(), context)))
    }

    const fn new(kept: Kept<'s>) -> Self {
        Self { kept, number: OnceCell::new(), untagged: Cell::new(false) }
    }

    fn tree(&self) -> Tree<'_> {
        let tree = match &self.kept {
            Kept::Own(value, trials, context) => Tree::new(value, trials).within(*context),
            Kept::Outer(tree) => *tree,
        };
        if self.untagged.get() { tree.without_tag() } else { tree }
    }

    /// The tree of a union around this one that only asks whether the value fits.
    fn check(&self) -> Option<Tree<'s>> {
        match self.kept {
            Kept::Outer(tree) if tree.is_check() => Some(tree),
            Kept::Outer(_) | Kept::Own(..) => None,
        }
    }

    /// The member that it is, where its source says so: in XML, by the name of its element.
    #[must_use]
    pub fn alternative(&self) -> Option<usize> {
        self.tree().alternative().map(|(member, _)| member)
    }

    /// The text of the property that tells variants apart; that of a number or a boolean too.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        let mut tree = self.tree();
        while let Some((_, inner)) = tree.alternative() {
            tree = inner;
        }
        let tag = match tree.value().get(name) {
            Some(Value::String(text)) => Some(text.as_str()),
            Some(Value::Bool(flag)) => Some(if *flag { "true" } else { "false" }),
            Some(Value::Number(number)) => Some(self.number.get_or_init(|| number.to_string()).as_str()),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => None,
        };
        self.untagged.set(tag.is_none());
        tag
    }

    /// Decodes as the member that the tag names, or its source.
    ///
    /// # Errors
    /// When the value is not of that type: names the member.
    pub fn decode<T: Decode>(&self, member: &str) -> Result<T, DecodeError> {
        let tree = self.tree();
        let (_, mut own) = tree.alternative().unwrap_or((0, tree));
        T::decode(&mut own).map_err(|error| error.as_member(member))
    }

    /// Decodes if it fits.
    #[must_use]
    pub fn attempt<T: Decode + 'static>(&self, attempt: Trial) -> Option<T> {
        self.tree().attempt(attempt.whole)
    }

    /// Decodes as the member that takes what no tag names; else it is the value itself.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn rest<T: Decode + 'static, U>(
        self,
        member: impl FnOnce(T) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        let tree = self.tree();
        match tree.attempt(tree.is_whole()) {
            Some(value) => Ok(member(value)),
            None => self.unknown().map(unknown),
        }
    }

    /// Decodes as the member that the tag names; what that refuses is still a value of its base.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn heir<T: Decode + 'static, B: Decode + 'static, U>(
        self,
        heir: impl FnOnce(T) -> U,
        base: impl FnOnce(B) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        let tree = self.tree();
        match tree.attempt(tree.is_whole()) {
            Some(value) => Ok(heir(value)),
            None => self.rest(base, unknown),
        }
    }

    /// The value itself, as one that no member fits.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn unknown(self) -> Result<Value, DecodeError> {
        if self.tree().is_whole() {
            return Err(DecodeError::new("a known member", "another value"));
        }
        // Copies that are dropped would make checks of deep values slow.
        if self.check().is_some() {
            return Ok(Value::Null);
        }
        let tree = self.tree();
        tree.bounds().map_or(Ok(()), |context| context.spend(weight(tree.value())))?;
        Ok(self.into_json())
    }

    /// The value itself.
    #[must_use]
    pub fn into_json(self) -> Value {
        match self.kept {
            Kept::Own(value, ..) => value,
            Kept::Outer(tree) => tree.kept(),
        }
    }

    /// The variants that may fit, in the order in which they are tried, as [`rank`](Self::rank) says. The only one that may fit is
    /// tried once.
    pub fn attempts(&self, members: &[Candidate]) -> impl Iterator<Item = Trial> + use<> {
        let fitting = self.fitting(members);
        let once = if fitting.len() == 1 { Vec::new() } else { fitting.clone() };
        self.trials(once, fitting)
    }

    /// The members that may fit, the likeliest first: most constants, most required keys, most known keys, then the
    /// type with the fewest values (listed strings, strings of a format, other strings; integers, numbers), then the order of
    /// the document. Each is tried first as one that knows all of the value, then as one that passes over some
    /// of it or keeps it as unknown.
    pub fn rank(&self, members: &[Candidate]) -> impl Iterator<Item = Trial> + use<> {
        let fitting = self.fitting(members);
        self.trials(fitting.clone(), fitting)
    }

    fn fitting(&self, members: &[Candidate]) -> Vec<usize> {
        let tree = self.tree();
        let fitting = members.iter().enumerate().filter(|(_, member)| member.fits(tree));
        let mut fitting: Vec<_> =
            fitting.map(|(index, member)| (Reverse(member.score(tree.value())), member.width(tree), index)).collect();
        fitting.sort_unstable();
        fitting.into_iter().map(|(.., member)| member).collect()
    }

    fn trials(&self, first: Vec<usize>, then: Vec<usize>) -> impl Iterator<Item = Trial> + use<> {
        let whole = self.tree().is_whole();
        // A union around this one that wants all of the value known has no use for less.
        let (first, then) =
            if whole { (Vec::new(), if first.is_empty() { then } else { first }) } else { (first, then) };
        let attempt = |whole| move |member| Trial { member, whole };
        first.into_iter().map(attempt(true)).chain(then.into_iter().map(attempt(whole)))
    }
}
