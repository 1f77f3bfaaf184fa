//! JSON text as a [`Source`]: a whole body, whose bytes are read once.

use super::text::{JsonText, refused};
use super::watch::Watch;
use crate::codec::context::Context;
use crate::codec::free::MEMBER_BYTES;
use crate::codec::record::{FieldReader, have_plain_names};
#[cfg(not(unused = "union"))]
use crate::codec::union::{ObjectText, Stored};
use crate::codec::{DecodeError, EachField, EachItem, Source, serde_source};
use serde_json::{Map, Number, Value};

/// Reads values from JSON text, one after the other.
#[derive(Debug)]
pub(in crate::codec) struct JsonSource<'t, 'c> {
    text: JsonText<'t>,
    context: &'c Context,
    /// The offset of the first item of the outermost list around the value, and the number of lists around it.
    list_start: usize,
    lists: usize,
    /// The number of unions around the value that are decoded from text.
    unions: usize,
    /// A union at the value looked for a tag and found none.
    untagged: bool,
    /// The check of a union that guessed the variant.
    watch: Option<&'c Watch<'c>>,
}

/// The limit of unions in each other that are decoded from text. Each of them may read the text of those inside it once
/// more. Deeper ones are read into a tree, once.
#[cfg(not(unused = "union"))]
const MAX_UNIONS: usize = 8;

impl<'t, 'c> JsonSource<'t, 'c> {
    pub(in crate::codec) const fn new(text: &'t str, context: &'c Context) -> Self {
        Self::from(JsonText::new(text), context)
    }

    const fn from(text: JsonText<'t>, context: &'c Context) -> Self {
        Self { text, context, list_start: 0, lists: 0, unions: 0, untagged: false, watch: None }
    }

    /// Creates a source of a variant of a union.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) const fn within_union(
        text: &'t str,
        context: &'c Context,
        unions: usize,
        untagged: bool,
    ) -> Self {
        Self { unions, untagged, ..Self::new(text, context) }
    }

    /// Creates a source of a guessed variant, which begins at this position.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) const fn watched(
        text: JsonText<'t>,
        context: &'c Context,
        unions: usize,
        lists: usize,
        watch: Option<&'c Watch<'c>>,
    ) -> Self {
        Self { unions, lists, watch, ..Self::from(text, context) }
    }

    /// Returns the offset of the next byte.
    #[cfg(not(unused = "union"))]
    pub(in crate::codec) const fn at(&self) -> usize {
        self.text.at()
    }

    /// Refuses to read a value whose keys a union must see.
    #[inline]
    fn refuse_watched(&self) -> Result<(), DecodeError> {
        if self.watch.is_some() { Err(refused()) } else { Ok(()) }
    }

    /// Checks that nothing follows the value.
    pub(in crate::codec) fn end(mut self) -> Result<(), DecodeError> {
        self.text.end()
    }

    /// Reads one value with a function. If the function does not read it, it is skipped.
    #[inline]
    fn value(&mut self, read: impl FnOnce(&mut Self) -> Result<(), DecodeError>) -> Result<(), DecodeError> {
        self.text.peek();
        let start = self.text.at();
        read(self)?;
        if self.text.at() == start { self.text.skip() } else { Ok(()) }
    }

    /// Reads any JSON.
    fn free(&mut self) -> Result<Value, DecodeError> {
        match self.text.peek() {
            Some(b'"') => self.text.string().map(|text| Value::String(text.into_owned())),
            Some(b'{') => self.free_object(),
            Some(b'[') => self.free_array(),
            Some(b'n') => self.text.word("null").map(|()| Value::Null),
            Some(b't') => self.text.word("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.text.word("false").map(|()| Value::Bool(false)),
            _ => self.free_number().map(Value::Number),
        }
    }

    fn free_number(&mut self) -> Result<Number, DecodeError> {
        let start = self.text;
        match self.text.short_whole() {
            Some((false, value)) => return Ok(Number::from(value)),
            Some((true, value @ 1..)) => {
                if let Some(value) = 0_i64.checked_sub_unsigned(value) {
                    return Ok(Number::from(value));
                }
            }
            Some((true, 0)) | None => {}
        }
        // The features of serde_json decide between floats and digits.
        self.text = start;
        self.text.number()?.parse().map_err(|_| refused())
    }

    fn free_array(&mut self) -> Result<Value, DecodeError> {
        let _level = self.context.enter()?;
        self.text.expect(b'[')?;
        let mut items = Vec::new();
        if self.text.passes(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            let item = self.free()?;
            if items.len() == items.capacity() {
                let more = items.len().max(4);
                self.context.spend(more.saturating_mul(size_of::<Value>()))?;
                items.reserve_exact(more);
            }
            items.push(item);
            if !self.text.continues(b']')? {
                return Ok(Value::Array(items));
            }
        }
    }

    fn free_object(&mut self) -> Result<Value, DecodeError> {
        let _level = self.context.enter()?;
        self.text.expect(b'{')?;
        let mut members = Map::new();
        if self.text.passes(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            let key = self.text.key()?;
            self.context.spend(MEMBER_BYTES + key.len())?;
            let value = self.free()?;
            members.insert(key.into_owned(), value);
            if !self.text.continues(b'}')? {
                return Ok(Value::Object(members));
            }
        }
    }
}

impl Source for JsonSource<'_, '_> {
    fn record(&mut self, _name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        let _level = self.context.enter()?;
        self.untagged = false;
        let watch = self.watch.take();
        if let Some(watch) = watch {
            watch.enter(None)?;
        }
        self.text.expect(b'{')?;
        if self.text.passes(b'}') {
            return Ok(());
        }
        loop {
            let key = self.text.key()?;
            if let Some(watch) = watch {
                watch.see(&key)?;
            }
            self.value(|source| each(&key, source))?;
            if !self.text.continues(b'}')? {
                return Ok(());
            }
        }
    }

    fn fields(&mut self, _name: &'static str, fields: &mut FieldReader<'_>) -> Result<(), DecodeError> {
        let _level = self.context.enter()?;
        self.untagged = false;
        let watch = self.watch.take();
        if let Some(watch) = watch {
            watch.enter(Some(&*fields))?;
        }
        self.text.expect(b'{')?;
        if self.text.passes(b'}') {
            return Ok(());
        }
        let is_plain = have_plain_names(fields.properties());
        loop {
            if let Some(index) = fields.next(|key| is_plain && self.text.passes_key(key)) {
                if let Some(watch) = watch {
                    watch.see(fields.name(index))?;
                }
                self.value(|source| fields.take_at(index, source))?;
            } else {
                let key = self.text.key()?;
                if let Some(watch) = watch {
                    watch.see(&key)?;
                }
                self.value(|source| fields.take(&key, source))?;
            }
            if !self.text.continues(b'}')? {
                return Ok(());
            }
        }
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let _level = self.context.enter()?;
        self.text.expect(b'[')?;
        if self.text.passes(b']') {
            return Ok(());
        }
        if self.lists == 0 {
            self.list_start = self.text.at();
        }
        self.lists += 1;
        loop {
            self.value(|source| each(source))?;
            if !self.text.continues(b']')? {
                self.lists -= 1;
                return Ok(());
            }
        }
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        if self.null()? == Some(true) {
            return Ok(false);
        }
        self.value(|source| some(source)).map(|()| true)
    }

    fn null(&mut self) -> Result<Option<bool>, DecodeError> {
        let is_null = self.text.peek() == Some(b'n');
        if is_null {
            self.text.word("null")?;
        }
        Ok(Some(is_null))
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.text.string().map(std::borrow::Cow::into_owned)
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        if self.text.peek() == Some(b'"') {
            text(&self.text.string()?)
        } else {
            other(self.free()?)
        }
        Ok(())
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        let is_true = self.text.peek() == Some(b't');
        self.text.word(if is_true { "true" } else { "false" }).map(|()| is_true)
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        if let Some((is_negative, value)) = self.text.short_whole() {
            let value = i128::from(value);
            return Ok(if is_negative { -value } else { value });
        }
        serde_source::integer_in(self.text.number()?).ok_or_else(refused)
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        #[expect(clippy::cast_precision_loss, reason = "JSON numbers are read as f64 where the document says number")]
        if let Some((is_negative, value)) = self.text.short_whole() {
            let value = value as f64;
            return Ok(if is_negative { -value } else { value });
        }
        self.text.number()?.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(refused)
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        self.text.number().map(str::to_owned)
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        self.refuse_watched()?;
        self.free()
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        self.text.skip()
    }

    fn is_untagged(&self) -> bool {
        self.untagged
    }

    #[cfg(not(unused = "union"))]
    fn buffer(&mut self) -> Result<Stored<'_>, DecodeError> {
        self.refuse_watched()?;
        if self.text.peek() != Some(b'{') || self.unions >= MAX_UNIONS {
            return Stored::own(self);
        }
        let start = self.text;
        let position = std::cell::Cell::from_mut(self.text.position());
        Ok(Stored::JsonText(ObjectText::new(start, position, self.context, self.unions + 1, self.lists)))
    }

    fn more_items(&self, count: usize) -> Option<usize> {
        // The rest of the text is not that of a list inside another one.
        let read = (self.lists == 1).then(|| self.text.at() - self.list_start)?;
        self.text.left().checked_mul(count)?.checked_div(read)
    }

    fn context(&self) -> Option<&Context> {
        Some(self.context)
    }
}
