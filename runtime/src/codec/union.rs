//! Values of several types: matched, then decoded.

mod candidate;
mod object_members;
mod object_text;
mod tagged;
mod trials;

#[cfg(feature = "drift")]
use crate::codec::drift::Unlisted;
use crate::codec::free::weight;
use crate::codec::json::text::refused;
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Context, Decode, DecodeError, Source};
pub use candidate::{Candidate, Constant, JsonKind};
pub use object_text::ObjectText;
use serde_json::Value;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
pub use tagged::{tagged, tagged_rest};
pub use trials::{Trial, Trials};

/// Reads a union: `choose` selects and decodes the variant. A union around this one sometimes needs only to know whether
/// the value matches. If an earlier trial has that result, nothing is decoded, and `unknown` makes a placeholder that is
/// dropped. The time is therefore linear in the size of the value. After a wrong guess of the tag, `choose` is called once more.
///
/// # Errors
/// Returns the errors of `choose`.
pub fn decode<U: 'static>(
    source: &mut dyn Source,
    unknown: impl FnOnce(Value) -> U,
    choose: impl Fn(Buffered<'_>) -> Result<U, DecodeError>,
) -> Result<U, DecodeError> {
    let is_wrong_tag = Cell::new(false);
    loop {
        let mut value = Buffered::read(source)?;
        value.guess_tag(&is_wrong_tag);
        if let Some(check) = value.check() {
            let fitting = check.checked(|_| choose(value).ok(), || Some(unknown(Value::Null)));
            return fitting.ok_or_else(|| DecodeError::new("a value that fits", "another one"));
        }
        let was_wrong = is_wrong_tag.get();
        let done = choose(value);
        if done.is_ok() || was_wrong || !is_wrong_tag.get() {
            return done;
        }
    }
}

/// A value that is read but not yet matched to a variant.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Buffered<'s> {
    stored: Stored<'s>,
    /// The tag as a string, if it is not a slice of the source: a number, or a string with escapes.
    tag: OnceCell<String>,
    /// True if a tag was looked for and not found.
    untagged: Cell<bool>,
    /// The flag of a wrong guess of the tag, if the value is then read once more.
    is_wrong_tag: Option<&'s Cell<bool>>,
}

/// The value of a union.
#[doc(hidden)]
#[derive(Debug, Clone)]
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
        Self { stored, tag: OnceCell::new(), untagged: Cell::new(false), is_wrong_tag: None }
    }

    /// Allows to guess the tag of an object in text, unless such a guess was wrong.
    fn guess_tag(&mut self, is_wrong_tag: &'s Cell<bool>) {
        self.is_wrong_tag = Some(is_wrong_tag);
        if let Some(object) = self.text().filter(|_| is_wrong_tag.get()) {
            object.refuse();
        }
    }

    /// Compares the guessed tag with that of the whole object.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the guess was wrong.
    fn check_tag(&self) -> Result<(), DecodeError> {
        match (self.text(), self.is_wrong_tag) {
            (Some(object), Some(is_wrong_tag)) if !object.has_guessed_tag()? => {
                is_wrong_tag.set(true);
                Err(refused())
            }
            _ => Ok(()),
        }
    }

    /// Returns the value as a tree.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when text is beyond the limits of its source, or a string is not Unicode.
    fn tree(&self) -> Result<Tree<'_>, DecodeError> {
        self.check_tag()?;
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
    fn rejects_unknown(&self) -> bool {
        matches!(self.stored, Stored::Outer(tree) if tree.rejects_unknown())
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
    pub fn tag(&self, name: &'static str) -> Option<&str> {
        let guess = self.text().filter(|_| self.is_wrong_tag.is_some()).and_then(|object| object.guess_tag(name));
        if guess.is_some() {
            return guess;
        }
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
        if let Some(object) = self.text() {
            let mut check = object.tag_check();
            loop {
                if let Some(value) = object.decode(check.as_ref(), self.untagged.get()) {
                    return Ok(value);
                }
                if check.take().is_none() {
                    break;
                }
                self.check_tag()?;
            }
        }
        let tree = self.tree()?;
        let (_, mut own) = tree.variant_named_by_source().unwrap_or((0, tree));
        T::decode(&mut own).map_err(|error| error.as_member(variant))
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
        match tree.try_decode(tree.rejects_unknown()) {
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
        match tree.try_decode(tree.rejects_unknown()) {
            Some(value) => Ok(subtype(value)),
            None => self.default_member(base, unknown),
        }
    }

    /// Returns the value as unknown, because no variant matches.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a union around this one looks for a variant that knows the whole value.
    pub fn unknown(self) -> Result<Value, DecodeError> {
        if self.rejects_unknown() {
            return Err(DecodeError::new("a known member", "another value"));
        }
        // Copies that are dropped would slow the checks of deep values down.
        if self.check().is_some() {
            return Ok(Value::Null);
        }
        self.check_tag()?;
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
        tree.decoding_context().map_or(Ok(()), |context| context.spend(weight(tree.value())))?;
        Ok(match self.stored {
            Stored::Own(value, ..) => value,
            Stored::Outer(tree) => tree.stored(),
            Stored::JsonText(object) => object.json()?,
        })
    }
}
