//! The members of an object in JSON text, by whose names a union finds the variant.

use super::{Candidate, Constant};
use crate::codec::context::Context;
use crate::codec::json::source::JsonSource;
use crate::codec::json::text::JsonText;
use crate::codec::{DecodeError, Source};
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;

/// The text of an object, and that of its members.
#[derive(Debug, Clone)]
pub(super) struct ObjectMembers<'s> {
    text: &'s str,
    members: Members<'s>,
    context: &'s Context,
    /// Objects and arrays among the members that were compared with constants.
    nested: RefCell<Vec<(&'s str, Option<Value>)>>,
}

/// The number of members that are stored without memory on the heap.
const INLINE_MEMBERS: usize = 8;

/// The keys and the texts of an object's members.
#[derive(Debug, Clone)]
struct Members<'s> {
    /// The first members, if their keys have no escapes.
    first: [(&'s str, &'s str); INLINE_MEMBERS],
    count: usize,
    /// The others.
    more: Vec<(Cow<'s, str>, &'s str)>,
}

impl<'s> Members<'s> {
    #[inline]
    fn push(&mut self, key: &'s str, is_escaped: bool, value: &'s str, context: &Context) -> Result<(), DecodeError> {
        let is_first = self.more.is_empty() && !is_escaped;
        match self.first.get_mut(self.count).filter(|_| is_first) {
            Some(place) => {
                *place = (key, value);
                self.count += 1;
                Ok(())
            }
            None => self.push_more(key, is_escaped, value, context),
        }
    }

    #[cold]
    fn push_more(
        &mut self,
        key: &'s str,
        is_escaped: bool,
        value: &'s str,
        context: &Context,
    ) -> Result<(), DecodeError> {
        if self.more.len() == self.more.capacity() {
            let more = self.more.len().max(INLINE_MEMBERS);
            context.spend(more.saturating_mul(size_of::<(Cow<'_, str>, &str)>()))?;
            self.more.reserve_exact(more);
        }
        let key = if is_escaped { JsonText::content(key)?.into() } else { Cow::Borrowed(key) };
        self.more.push((key, value));
        Ok(())
    }

    /// Returns the text of a member. If a key occurs twice, the last value counts.
    fn get(&self, key: &str) -> Option<&'s str> {
        let more = self.more.iter().rev().find(|(name, _)| name == key).map(|(_, text)| *text);
        let first = || self.first.get(..self.count)?.iter().rev().find(|(name, _)| *name == key).map(|(_, text)| *text);
        more.or_else(first)
    }
}

impl<'s> ObjectMembers<'s> {
    /// Reads the object that begins at this position, and returns the offset behind it.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no object, or its members take more memory than is left.
    pub(super) fn read(mut json: JsonText<'s>, context: &'s Context) -> Result<(Self, usize), DecodeError> {
        let mark = context.mark();
        let mut members = Members { first: [("", ""); INLINE_MEMBERS], count: 0, more: Vec::new() };
        let text = json.object(|key, is_escaped, value| members.push(key, is_escaped, value, context))?;
        // The list is dropped when the variant is known.
        context.restore(mark);
        Ok((Self { text, members, context, nested: RefCell::default() }, json.at()))
    }

    /// Returns the text of the object.
    pub(super) const fn text(&self) -> &'s str {
        self.text
    }

    /// Returns the text of a member.
    fn get(&self, key: &str) -> Option<&'s str> {
        self.members.get(key)
    }

    /// Returns the value of a discriminator as a string, also for a number or a boolean.
    pub(super) fn tag(&self, name: &str) -> Option<Cow<'s, str>> {
        let text = self.get(name)?;
        match text.as_bytes().first()? {
            b'"' => JsonText::new(text).string().ok(),
            b't' | b'f' => Some(Cow::Borrowed(text)),
            b'n' | b'{' | b'[' => None,
            _ => text.parse().ok().map(|number: Number| Cow::Owned(number.to_string())),
        }
    }

    /// Returns the variants that may match, the likeliest first.
    pub(super) fn fitting(&self, members: &[Candidate]) -> Vec<usize> {
        let mut fitting = members.iter().enumerate().filter(|(_, member)| self.fits(member));
        let (Some((first, one)), another) = (fitting.next(), fitting.next()) else { return Vec::new() };
        let Some(another) = another else { return vec![first] };
        let fitting = [(first, one), another].into_iter().chain(fitting);
        let mut fitting: Vec<_> = fitting.map(|(index, member)| (Reverse(self.score(member)), index)).collect();
        fitting.sort_unstable();
        // The budget of decoded values does not count them.
        self.nested.take();
        fitting.into_iter().map(|(_, member)| member).collect()
    }

    fn fits(&self, member: &Candidate) -> bool {
        member.may_be_object()
            && member.required.iter().all(|key| self.get(key).is_some())
            && member.constants.iter().all(|(path, only)| self.has(path, Some(*only)).unwrap_or(true))
    }

    fn score(&self, member: &Candidate) -> (usize, usize, usize) {
        let constants = member.constants.iter().filter(|(path, _)| self.has(path, None).is_some()).count();
        let known = member.properties.iter().filter(|key| self.get(key).is_some()).count();
        (constants, member.required.len(), known)
    }

    /// Returns `true` when the value at a path equals the constant, or when no constant is given. `None`: there is no value
    /// at the path.
    fn has(&self, path: &[&str], only: Option<Constant>) -> Option<bool> {
        let (key, path) = path.split_first()?;
        let text = self.get(key)?;
        let is_nested = text.starts_with(['{', '[']);
        if path.is_empty() && (is_nested || only.is_none()) {
            return Some(only.is_none());
        }
        if !path.is_empty() && !is_nested {
            return None;
        }
        if !is_nested {
            let value = self.parsed(text)?;
            return Some(only.is_none_or(|only| only.equals(&value)));
        }
        let mut nested = self.nested.borrow_mut();
        let known = nested.iter().position(|(one, _)| std::ptr::eq(*one, text));
        let index = known.unwrap_or_else(|| {
            nested.push((text, self.parsed(text)));
            nested.len() - 1
        });
        let value = super::candidate::value_at(nested.get(index)?.1.as_ref()?, path)?;
        Some(only.is_none_or(|only| only.equals(value)))
    }

    /// Parses the text of a member for a comparison.
    fn parsed(&self, text: &str) -> Option<Value> {
        let mark = self.context.mark();
        let value = JsonSource::new(text, self.context).any().ok();
        self.context.restore(mark);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::context::Decoding;
    use crate::codec::union::JsonKind;

    #[test]
    fn comparisons_of_nested_constants_spend_no_memory() {
        const ONE: Candidate = Candidate {
            kind: JsonKind::Object,
            required: &["data"],
            properties: &["data"],
            constants: &[(&["data", "type"], Constant::Text("one"))],
        };
        const TWO: Candidate = Candidate { constants: &[(&["data", "type"], Constant::Text("two"))], ..ONE };
        let context = Context::new(Decoding::new());
        let text = r#"{"data":{"more":[1,2,3],"type":"two"}}"#;
        let (object, _) = ObjectMembers::read(JsonText::new(text), &context).unwrap();
        let mark = context.mark();
        for _ in 0..3 {
            assert_eq!(object.fitting(&[ONE, TWO, TWO]), [1, 2]);
        }
        assert_eq!(object.has(ONE.constants[0].0, None), Some(true));
        assert_eq!((context.mark(), object.nested.borrow().len()), (mark, 1));
    }
}
