//! Writes the variants of a union, each with its discriminator value once. Knows names and values of fields; must not
//! know types.

use super::Constant;
use crate::codec::{Encode, EncodeError, EncodeExtra, Fields, Sink};
use serde_json::Value;

/// Writes a variant of a union with its value of the discriminator `name`. If the object's own discriminator value is
/// one of `tags`, it is written unchanged, otherwise the first tag is written. An object that was read without the property is
/// written without it. Values that are not objects have no tag.
///
/// # Errors
/// Returns an [`EncodeError`] when the value cannot be written.
pub fn tagged<T: Copy + Into<Constant>>(
    sink: &mut dyn Sink,
    name: &str,
    tags: &[T],
    value: &dyn Encode,
) -> Result<(), EncodeError> {
    let Some(tag) = tags.first().map(|tag| (*tag).into()) else { return value.encode(sink) };
    let keeps = |found: &Found<'_>| tags.iter().any(|tag| found.is((*tag).into()));
    value.encode(&mut Tagged { sink, name, tag, keeps: &keeps })
}

/// Writes the variant for all tags that are not of another variant. Any tag except `others` is written unchanged.
///
/// # Errors
/// Returns an [`EncodeError`] when the value cannot be written.
pub fn tagged_rest<T: Copy + Into<Constant>>(
    sink: &mut dyn Sink,
    name: &str,
    tag: T,
    others: &[T],
    value: &dyn Encode,
) -> Result<(), EncodeError> {
    let keeps = |found: &Found<'_>| !others.iter().any(|tag| found.is((*tag).into()));
    value.encode(&mut Tagged { sink, name, tag: tag.into(), keeps: &keeps })
}

/// A value of the discriminator.
#[derive(Clone, Copy)]
enum Found<'v> {
    Text(&'v str),
    Bool(bool),
    Integer(i128),
    Other,
}

impl Found<'_> {
    fn is(&self, tag: Constant) -> bool {
        match (*self, tag) {
            (Self::Text(found), Constant::Text(tag)) => found == tag,
            (Self::Bool(found), Constant::Bool(tag)) => found == tag,
            (Self::Integer(found), Constant::Integer(tag)) => found == i128::from(tag),
            _ => false,
        }
    }
}

type Keeps<'a> = dyn Fn(&Found<'_>) -> bool + 'a;

struct Tagged<'a> {
    sink: &'a mut dyn Sink,
    name: &'a str,
    tag: Constant,
    keeps: &'a Keeps<'a>,
}

impl Sink for Tagged<'_> {
    fn variant(&mut self, index: usize) {
        self.sink.variant(index);
    }

    fn is_request(&self) -> bool {
        self.sink.is_request()
    }

    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let mut search = TagSearch { name: self.name, keeps: self.keeps, seen: Seen::Nothing, untagged: false };
        each(&mut search)?;
        if search.seen == Seen::Stored || search.untagged && search.seen == Seen::Nothing {
            return self.sink.record(each);
        }
        // The tag is first, because some readers do not look ahead.
        let (name, tag) = (self.name, self.tag);
        self.sink.record(&mut |fields| {
            fields.required(name, &tag)?;
            each(&mut Without { fields, name })
        })
    }

    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        self.sink.list(items)
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.sink.text(value)
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.sink.bool(value)
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        self.sink.integer(value)
    }

    fn number(&mut self, value: f64) -> Result<(), EncodeError> {
        self.sink.number(value)
    }

    fn digits(&mut self, text: &str) -> Result<(), EncodeError> {
        self.sink.digits(text)
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.sink.null()
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.sink.any(value)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// The property is absent or null.
    Nothing,
    /// The property occurs once, with a value that stays.
    Stored,
    /// The property has another value, or occurs twice.
    Other,
}

/// Reads only the tag, before anything is written.
struct TagSearch<'a> {
    name: &'a str,
    keeps: &'a Keeps<'a>,
    seen: Seen,
    untagged: bool,
}

impl TagSearch<'_> {
    fn see(&mut self, found: Found<'_>) {
        let stored = self.seen == Seen::Nothing && (self.keeps)(&found);
        self.seen = if stored { Seen::Stored } else { Seen::Other };
    }
}

impl Fields for TagSearch<'_> {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        if name == self.name { value.encode(self) } else { Ok(()) }
    }

    fn extra(&mut self, extra: &dyn EncodeExtra) -> Result<(), EncodeError> {
        self.untagged |= extra.is_untagged();
        extra.each(&mut |name, value| self.required(name, value))
    }
}

/// Receives the value of the tag.
impl Sink for TagSearch<'_> {
    fn record(&mut self, _each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        self.see(Found::Other);
        Ok(())
    }

    fn list(&mut self, _items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        self.see(Found::Other);
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.see(Found::Text(value));
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.see(Found::Bool(value));
        Ok(())
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        self.see(Found::Integer(value));
        Ok(())
    }

    fn number(&mut self, value: f64) -> Result<(), EncodeError> {
        self.see(crate::codec::serde_source::whole_of(value).map_or(Found::Other, Found::Integer));
        Ok(())
    }

    fn digits(&mut self, text: &str) -> Result<(), EncodeError> {
        self.see(text.parse().map_or(Found::Other, Found::Integer));
        Ok(())
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        match value {
            Value::Null => {}
            Value::String(text) => self.see(Found::Text(text)),
            Value::Bool(flag) => self.see(Found::Bool(*flag)),
            Value::Number(_) => {
                self.see(crate::codec::serde_source::integer(value).map_or(Found::Other, Found::Integer));
            }
            Value::Array(_) | Value::Object(_) => self.see(Found::Other),
        }
        Ok(())
    }
}

/// The fields without the tag.
struct Without<'a> {
    fields: &'a mut dyn Fields,
    name: &'a str,
}

impl Fields for Without<'_> {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        if name == self.name { Ok(()) } else { self.fields.required(name, value) }
    }
}
