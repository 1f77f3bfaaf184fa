//! A tree of JSON as a [`Source`]. Remembers failed trials of union variants, so that none is tried twice; must not
//! know unions themselves.

use super::context::Context;
use super::free::weight;
use super::recovery::{Errors, Recovery};
#[cfg(not(unused = "union"))]
use super::union::Stored;
use super::{Decode, DecodeError, EachField, EachItem, Source, variant_mark};
use crate::codec::number::Number;
use serde_json::Value;
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::str::FromStr;

/// One value of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'a> {
    value: &'a Value,
    trials: &'a TrialResults,
    /// True if unknown fields and values are errors.
    rejects_unknown: bool,
    /// True if the source has only strings. The type determines the meaning of each.
    of_strings: bool,
    mode: Mode,
    /// True if a union at or around the value looked for a tag and found none.
    untagged: bool,
    /// The limits of decoding, if there are any.
    context: Option<&'a Context>,
    /// True if the value is an item of a list.
    is_item: bool,
}

/// The use of a value that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The value is used, or decoding ends: no union around it has another variant to try.
    Final,
    /// The value is used unless a value beside it does not match. Then a union around it tries another variant.
    Trial,
    /// Only the match counts, and the value is dropped. Unions inside return a placeholder for values that are known to
    /// match.
    Check,
}

/// Results of trials in one tree, by the address of the value, the type, and the rejection of unknown fields. Without
/// them, the variants of nested unions would be tried for every variant of the outer ones: exponential time in the
/// depth.
#[derive(Debug, Clone, Default)]
pub struct TrialResults(RefCell<BTreeMap<(usize, TypeId, bool), bool>>);

impl<'a> Tree<'a> {
    /// Creates the root of a tree with the results of its trials.
    #[must_use]
    pub const fn new(value: &'a Value, trials: &'a TrialResults) -> Self {
        let (rejects_unknown, of_strings, untagged, is_item) = (false, false, false, false);
        Self { value, trials, rejects_unknown, of_strings, mode: Mode::Final, untagged, context: None, is_item }
    }

    /// Adds the limits of a response.
    #[must_use]
    pub const fn within(self, context: Option<&'a Context>) -> Self {
        Self { context, ..self }
    }

    /// Disables recovery: the first mismatch is an error.
    #[must_use]
    pub(crate) const fn strict(self) -> Self {
        match self.mode {
            Mode::Final => Self { mode: Mode::Trial, ..self },
            Mode::Trial | Mode::Check => self,
        }
    }

    /// Returns the context of decoding. Like [`Source::context`], with the lifetime of the tree.
    pub(crate) const fn decoding_context(self) -> Option<&'a Context> {
        self.context
    }

    /// Creates the root of a tree of strings, as in forms and multipart parts. A string may encode a number, a boolean,
    /// the only item of a list, or an object or list as JSON.
    #[must_use]
    pub const fn of_strings(value: &'a Value, trials: &'a TrialResults) -> Self {
        Self { of_strings: true, ..Self::new(value, trials) }
    }

    /// Returns `true` for a tree of strings.
    #[must_use]
    pub const fn is_tree_of_strings(self) -> bool {
        self.of_strings
    }

    /// Returns the object or list that a string of such a tree encodes.
    #[must_use]
    pub fn json(self) -> Option<Value> {
        let text = self.value.as_str().filter(|_| self.of_strings)?.trim();
        let json = text.starts_with(['{', '[']).then(|| serde_json::from_str(text))?;
        json.ok()
    }

    /// Parses a string of such a tree.
    fn parsed<T: FromStr>(self) -> Option<T> {
        self.value.as_str().filter(|_| self.of_strings)?.trim().parse().ok()
    }

    /// Returns the variant of a union that the source names, and the value.
    #[must_use]
    pub fn variant_named_by_source(self) -> Option<(usize, Self)> {
        let (variant, value) = self.of_strings.then(|| variant_mark::marked(self.value))??;
        Some((variant, Self { value, ..self }))
    }

    /// Returns a copy of the value as JSON.
    #[must_use]
    pub fn stored(self) -> Value {
        if self.of_strings { variant_mark::without(self.value) } else { self.value.clone() }
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(self) -> &'a Value {
        self.value
    }

    /// Returns the source of a value inside this one.
    const fn inner(self, value: &'a Value) -> Self {
        Self { value, untagged: false, is_item: false, ..self }
    }

    /// Returns the same value, marked as without its tag.
    #[must_use]
    pub const fn without_tag(self) -> Self {
        Self { untagged: true, ..self }
    }

    /// Returns `true` when only the match counts, and the value is dropped.
    #[must_use]
    pub const fn is_check(self) -> bool {
        matches!(self.mode, Mode::Check)
    }

    /// Decodes the value as `T`, or returns `None` and remembers that. With `rejects_unknown`, a value with fields that `T` does
    /// not know does not match.
    #[must_use]
    pub fn try_decode<T: Decode + 'static>(self, rejects_unknown: bool) -> Option<T> {
        let tree = Self { rejects_unknown, ..self };
        let mark = self.context.map(Context::mark);
        // Dropped values do not count as memory.
        let restore = || self.context.zip(mark).into_iter().for_each(|(context, mark)| context.restore(mark));
        let value = match self.mode {
            Mode::Check => tree.checked(|mut tree| T::decode(&mut tree).ok(), || None),
            // The outermost union needs no check first: it decodes each variant at most once.
            Mode::Final => tree.tried(),
            Mode::Trial => {
                let check = Self { mode: Mode::Check, ..tree };
                let fits = check.known::<T>().unwrap_or_else(|| {
                    let fits = T::decode(&mut { check }).is_ok();
                    check.remember::<T>(fits);
                    fits
                });
                restore();
                if fits { T::decode(&mut { tree }).ok() } else { None }
            }
        };
        if value.is_none() {
            restore();
        }
        value
    }

    /// Decodes a value that a union around it may decode as another variant.
    fn tried<T: Decode>(self) -> Option<T> {
        let value = T::decode(&mut Self { mode: Mode::Trial, ..self }).ok();
        // Trials note nothing, since the variant may be another one. Once it is known, it is read again.
        #[cfg(feature = "drift")]
        if value.is_some() && self.recovery().is_some_and(Recovery::is_watching) {
            T::decode(&mut Self { rejects_unknown: false, ..self }).ok();
        }
        value
    }

    /// Decodes where only the match counts. A known failure is not tried twice. For a known match, a placeholder
    /// suffices.
    pub(crate) fn checked<T: 'static>(
        self,
        decode: impl FnOnce(Self) -> Option<T>,
        placeholder: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        let known = self.known::<T>();
        if known == Some(false) {
            return None;
        }
        let placeholder = known.and_then(|_| placeholder());
        if placeholder.is_some() {
            return placeholder;
        }
        let value = decode(self);
        self.remember::<T>(value.is_some());
        value
    }

    /// Returns the result of an earlier trial of a type.
    fn known<T: 'static>(self) -> Option<bool> {
        self.trials.0.borrow().get(&self.key_of_trial::<T>()).copied()
    }

    fn remember<T: 'static>(self, fits: bool) {
        self.trials.0.borrow_mut().insert(self.key_of_trial::<T>(), fits);
    }

    /// Returns the key of a trial in its results. The tree outlives its trials and does not change, so an address
    /// identifies a value.
    fn key_of_trial<T: 'static>(self) -> (usize, TypeId, bool) {
        (std::ptr::from_ref(self.value).addr(), TypeId::of::<T>(), self.rejects_unknown)
    }

    /// Returns the error of a value that is not of the expected type.
    fn mismatch(self, expected: impl Into<String>) -> DecodeError {
        let found = match self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => format!("boolean `{value}`"),
            Value::Number(value) if value.is_f64() => format!("floating point `{value}`"),
            Value::Number(value) => format!("integer `{value}`"),
            Value::String(text) => format!("string {text:?}"),
            Value::Array(_) => "sequence".to_owned(),
            Value::Object(_) => "map".to_owned(),
        };
        DecodeError::new(expected, found)
    }
}

impl Tree<'_> {
    /// Passes each member of an object to `each`. With recovery, a mismatch does not end the iteration.
    fn members<'v>(
        self,
        members: impl Iterator<Item = (&'v str, &'v Value)>,
        each: &mut EachField<'_>,
    ) -> Result<(), DecodeError> {
        let _level = self.context.map(Context::enter).transpose()?;
        let mut errors = Errors::default();
        for (key, value) in members {
            let mark = self.recovery().map(Recovery::mark);
            let done = each(key, &mut self.inner(value));
            match self.recovery() {
                None => done?,
                Some(recovery) => {
                    recovery.in_key(mark.unwrap_or_default(), key);
                    errors.take(done);
                }
            }
        }
        errors.done()
    }

    /// Passes each item of an array to `each` in the same way.
    fn items<'v>(self, items: impl Iterator<Item = &'v Value>, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let _level = self.context.map(Context::enter).transpose()?;
        let mut errors = Errors::default();
        for (index, value) in items.enumerate() {
            let mark = self.recovery().map(Recovery::mark);
            let done = each(&mut Tree { is_item: true, ..self.inner(value) }).map_err(|error| error.in_index(index));
            match self.recovery() {
                None => done?,
                Some(recovery) => {
                    recovery.in_index(mark.unwrap_or_default(), index);
                    errors.take(done);
                }
            }
        }
        errors.done()
    }
}

impl Source for Tree<'_> {
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        if let Some(json @ Value::Object(_)) = self.json() {
            let trials = TrialResults::default();
            return Tree { rejects_unknown: self.rejects_unknown, context: self.context, ..Tree::new(&json, &trials) }
                .record(name, each);
        }
        if let Some(pairs) = self.value.as_array().filter(|items| self.of_strings && items.len() % 2 == 0) {
            // `key,value,key,value`
            return pairs.chunks(2).try_for_each(|pair| match pair {
                [Value::String(key), value] => each(key, &mut self.inner(value)),
                _ => Err(self.mismatch(format!("an object ({name})"))),
            });
        }
        let members = self.value.as_object().ok_or_else(|| self.mismatch(format!("an object ({name})")))?;
        self.members(members.iter().map(|(key, value)| (key.as_str(), value)), each)
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        if let Some(json @ Value::Array(_)) = self.json() {
            let trials = TrialResults::default();
            return Tree { rejects_unknown: self.rejects_unknown, context: self.context, ..Tree::new(&json, &trials) }
                .list(each);
        }
        match self.value {
            Value::Object(members)
                if self.of_strings && !members.is_empty() && members.keys().all(|key| key.parse::<usize>().is_ok()) =>
            {
                return self.items(members.values(), each);
            }
            Value::Array(_) => {}
            _ if self.of_strings => return each(&mut self.inner(self.value)).map_err(|error| error.in_index(0)),
            _ => {}
        }
        let items = self.value.as_array().ok_or_else(|| self.mismatch("an array"))?;
        self.items(items.iter(), each)
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        if self.value.is_null() {
            return Ok(false);
        }
        let was_item = std::mem::replace(&mut self.is_item, false);
        match (some(self), self.recovery().filter(|recovery| was_item && recovery.nulls_items())) {
            (Err(error), Some(recovery)) => {
                recovery.add(error);
                Ok(false)
            }
            (done, _) => done.map(|()| true),
        }
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.value.as_str().map(str::to_owned).ok_or_else(|| self.mismatch("a string"))
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        match self.value.as_str() {
            Some(found) => text(found),
            None => other(self.stored()),
        }
        Ok(())
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        self.value.as_bool().or_else(|| self.parsed()).ok_or_else(|| self.mismatch("a boolean"))
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        super::serde_source::integer(self.value)
            .or_else(|| super::serde_source::integer_in(self.value.as_str().filter(|_| self.of_strings)?.trim()))
            .ok_or_else(|| self.mismatch("a whole number"))
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        let finite = || self.parsed().filter(|number: &f64| number.is_finite());
        self.value.as_f64().or_else(finite).ok_or_else(|| self.mismatch("a number"))
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        let parsed = || self.parsed().map(|number: Number| number.to_string());
        self.value.as_number().map(ToString::to_string).or_else(parsed).ok_or_else(|| self.mismatch("a number"))
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        let stored = self.stored();
        self.context.map_or(Ok(()), |context| context.spend(weight(&stored)))?;
        Ok(stored)
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        Ok(())
    }

    fn rejects_unknown(&self) -> bool {
        self.rejects_unknown
    }

    fn tree(&self) -> Option<Tree<'_>> {
        Some(*self)
    }

    fn is_untagged(&self) -> bool {
        self.untagged
    }

    #[cfg(not(unused = "union"))]
    fn buffer(&mut self) -> Result<Stored<'_>, DecodeError> {
        Ok(match self.json() {
            Some(json) => Stored::Own(json, TrialResults::default(), self.context),
            None => Stored::Outer(*self),
        })
    }

    fn context(&self) -> Option<&Context> {
        self.context
    }

    fn recovery(&self) -> Option<&Recovery> {
        // Trials of a variant are strict.
        self.context.filter(|_| self.mode == Mode::Final)?.recovery.as_ref()
    }
}
