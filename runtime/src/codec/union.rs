//! Values of several types: read once into a tree, matched, then decoded.

mod candidate;
mod object_text;
mod tagged;

#[cfg(feature = "drift")]
use crate::codec::drift::Unlisted;
use crate::codec::free::weight;
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Context, Decode, DecodeError, Source};
pub use candidate::{Candidate, Constant, JsonKind};
pub use object_text::ObjectText;
use serde_json::Value;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::cmp::Reverse;
pub use tagged::{tagged, tagged_rest};

/// Reads a union: `choose` selects and decodes the variant. A union around this one may only check whether the value matches. If
/// an earlier trial found out, nothing is decoded, and `unknown` makes a value that is dropped. The time is therefore linear in
/// the size of the value.
///
/// # Errors
/// Returns the errors of `choose`.
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

/// A value that is read but not yet matched to a variant.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Buffered<'s> {
    stored: Stored<'s>,
    /// The string of a tag that is a number, or that the text does not have as it is.
    tag: OnceCell<String>,
    /// The value has no tag, although one was looked for.
    untagged: Cell<bool>,
}

/// The value of a union.
#[doc(hidden)]
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a box would be an allocation for each value")]
pub enum Stored<'s> {
    /// The value was read here, within the limits of its source.
    Own(Value, TrialResults, Option<&'s Context>),
    /// The value was read by a union around this one.
    Outer(Tree<'s>),
    /// The value is an object in JSON text.
    JsonText(ObjectText<'s>),
}

impl<'s> Stored<'s> {
    /// Reads a value into a tree.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is none.
    pub(super) fn own<S: Source + ?Sized>(source: &'s mut S) -> Result<Self, DecodeError> {
        let mark = source.context().map(Context::mark);
        let value = source.any()?;
        let context = source.context();
        // The tree is dropped when the variant is known.
        if let (Some(context), Some(mark)) = (context, mark) {
            context.restore(mark);
        }
        Ok(Self::Own(value, TrialResults::default(), context))
    }
}

/// A variant to try.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// The index of the variant.
    pub variant: usize,
    /// The variant must know every part of the value.
    whole: bool,
    /// No other variant may match.
    is_only_candidate: bool,
}

impl<'s> Buffered<'s> {
    /// Reads a value of any type.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is none.
    #[inline]
    pub fn read(source: &'s mut dyn Source) -> Result<Self, DecodeError> {
        source.buffer().map(Self::new)
    }

    #[inline]
    const fn new(stored: Stored<'s>) -> Self {
        Self { stored, tag: OnceCell::new(), untagged: Cell::new(false) }
    }

    /// Returns the value as a tree.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when text is beyond the limits of its source, or a string is no Unicode.
    fn tree(&self) -> Result<Tree<'_>, DecodeError> {
        let tree = match &self.stored {
            Stored::Own(value, trials, context) => Tree::new(value, trials).within(*context),
            Stored::Outer(tree) => *tree,
            Stored::JsonText(object) => object.tree()?,
        };
        Ok(if self.untagged.get() { tree.without_tag() } else { tree })
    }

    /// Returns the object in JSON text that the value is.
    const fn text(&self) -> Option<&ObjectText<'s>> {
        match &self.stored {
            Stored::JsonText(object) => Some(object),
            Stored::Own(..) | Stored::Outer(_) => None,
        }
    }

    /// Returns the tree of a union around this one that only checks the match.
    fn check(&self) -> Option<Tree<'s>> {
        match self.stored {
            Stored::Outer(tree) if tree.is_check() => Some(tree),
            Stored::Outer(_) | Stored::Own(..) | Stored::JsonText(_) => None,
        }
    }

    /// Returns `true` when a union around this one looks for a variant that knows the whole value.
    fn is_whole(&self) -> bool {
        matches!(self.stored, Stored::Outer(tree) if tree.is_whole())
    }

    /// Returns the variant that the source names: in XML, by the name of the element.
    #[must_use]
    pub fn variant_named_by_source(&self) -> Option<usize> {
        match &self.stored {
            Stored::Outer(tree) => tree.variant_named_by_source().map(|(variant, _)| variant),
            Stored::Own(..) | Stored::JsonText(_) => None,
        }
    }

    /// Returns the value of the discriminator as a string, also for a number or a boolean. If there is none, variants that
    /// are decoded afterwards store that, and write no tag.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        let tag = match &self.stored {
            Stored::JsonText(object) => match object.tag(name) {
                Some(Cow::Borrowed(tag)) => Some(tag),
                Some(Cow::Owned(tag)) => Some(self.tag.get_or_init(|| tag).as_str()),
                None => None,
            },
            Stored::Own(value, ..) => self.tag_in(value, name),
            Stored::Outer(tree) => {
                let mut tree = *tree;
                while let Some((_, inner)) = tree.variant_named_by_source() {
                    tree = inner;
                }
                self.tag_in(tree.value(), name)
            }
        };
        self.untagged.set(tag.is_none());
        tag
    }

    fn tag_in<'t>(&'t self, value: &'t Value, name: &str) -> Option<&'t str> {
        match value.get(name)? {
            Value::String(text) => Some(text.as_str()),
            Value::Bool(flag) => Some(if *flag { "true" } else { "false" }),
            Value::Number(number) => Some(self.tag.get_or_init(|| number.to_string()).as_str()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Decodes as the variant that the discriminator or the source names.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] that names the variant when the value is not of its type.
    pub fn decode<T: Decode>(&self, variant: &str) -> Result<T, DecodeError> {
        if let Some(value) = self.text().and_then(|object| object.decode(self.untagged.get())) {
            return Ok(value);
        }
        let tree = self.tree()?;
        let (_, mut own) = tree.variant_named_by_source().unwrap_or((0, tree));
        T::decode(&mut own).map_err(|error| error.as_member(variant))
    }

    /// Decodes the value if it matches.
    #[must_use]
    pub fn try_decode<T: Decode + 'static>(&self, trial: Trial) -> Option<T> {
        let object = self.text().filter(|_| trial.is_only_candidate);
        object
            .and_then(|object| object.decode(self.untagged.get()))
            .or_else(|| self.tree().ok()?.try_decode(trial.whole))
    }

    /// Decodes as the member for tags that no other member has, or stores the value as unknown.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a union around this one looks for a variant that knows the whole value.
    pub fn default_member<T: Decode + 'static, U>(
        self,
        member: impl FnOnce(T) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        let tree = self.tree()?;
        match tree.try_decode(tree.is_whole()) {
            Some(value) => Ok(member(value)),
            None => self.unknown().map(unknown),
        }
    }

    /// Decodes as the subtype that the discriminator names. A value that it refuses may still be one of its base
    /// schema.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a union around this one looks for a variant that knows the whole value.
    pub fn subtype<T: Decode + 'static, B: Decode + 'static, U>(
        self,
        subtype: impl FnOnce(T) -> U,
        base: impl FnOnce(B) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        let tree = self.tree()?;
        match tree.try_decode(tree.is_whole()) {
            Some(value) => Ok(subtype(value)),
            None => self.default_member(base, unknown),
        }
    }

    /// Returns the value as unknown, because no variant matches.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a union around this one looks for a variant that knows the whole value.
    pub fn unknown(self) -> Result<Value, DecodeError> {
        if self.is_whole() {
            return Err(DecodeError::new("a known member", "another value"));
        }
        // Copies that are dropped would slow the checks of deep values down.
        if self.check().is_some() {
            return Ok(Value::Null);
        }
        if let Some(object) = self.text() {
            let value = object.json()?;
            object.context().spend(weight(&value))?;
            return Ok(value);
        }
        let tree = self.tree()?;
        #[cfg(feature = "drift")]
        if let Some(recovery) = tree.recovery() {
            recovery.record(Unlisted::Variant);
        }
        tree.bounds().map_or(Ok(()), |context| context.spend(weight(tree.value())))?;
        Ok(match self.stored {
            Stored::Own(value, ..) => value,
            Stored::Outer(tree) => tree.stored(),
            Stored::JsonText(object) => object.json()?,
        })
    }

    /// Returns the variants to try, the likeliest first: most constants, most required keys, most known keys, then the type
    /// with the fewest values (listed strings, strings of a format, other strings; integers, numbers), then the order of
    /// the description. Each is first tried as one that knows the whole value, then as one that skips parts of it or
    /// stores them as unknown. If only one variant may match, it is tried once.
    #[must_use]
    pub fn trials(&self, members: &[Candidate]) -> std::vec::IntoIter<Trial> {
        let fitting = self.fitting(members);
        let is_only_candidate = fitting.len() == 1;
        // A union around this one that needs the whole value known ignores weaker matches.
        let is_whole = self.is_whole();
        let rounds: &[bool] = if is_only_candidate || is_whole { &[is_whole] } else { &[true, false] };
        // A list, because each union would compile the code of an iterator of another type.
        let mut trials = Vec::with_capacity(rounds.len() * fitting.len());
        for whole in rounds {
            trials.extend(fitting.iter().map(|variant| Trial { variant: *variant, whole: *whole, is_only_candidate }));
        }
        trials.into_iter()
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
}
