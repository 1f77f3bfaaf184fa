//! A serde serializer as a [`Sink`].

use super::{Encode, EncodeError, Fields, Sink};
use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// Writes one value to a serializer.
#[derive(Debug)]
pub struct Writer<S: Serializer> {
    serializer: Option<S>,
    done: Option<S::Ok>,
    request: bool,
}

/// A model as a serde value.
pub(crate) struct Serde<'a, T: ?Sized> {
    value: &'a T,
    request: bool,
}

impl<'a, T: ?Sized> Serde<'a, T> {
    /// Creates a value that is written with all its fields.
    pub(crate) const fn all_fields(value: &'a T) -> Self {
        Self { value, request: false }
    }

    /// Creates a value that is written without the properties that only servers send.
    pub(crate) const fn request(value: &'a T) -> Self {
        Self { value, request: true }
    }
}

impl<T: Encode + ?Sized> Serialize for Serde<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer { serializer: Some(serializer), done: None, request: self.request };
        self.value.encode(&mut writer).map_err(S::Error::custom)?;
        writer.done.ok_or_else(|| S::Error::custom("a model wrote no value"))
    }
}

impl<S: Serializer> Writer<S> {
    fn put(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) -> Result<(), EncodeError> {
        let Some(serializer) = self.serializer.take() else {
            return Err(EncodeError::new("a model wrote two values"));
        };
        self.done = Some(write(serializer).map_err(|error| EncodeError::new(error.to_string()))?);
        Ok(())
    }
}

impl<S: Serializer> Sink for Writer<S> {
    fn is_request(&self) -> bool {
        self.request
    }

    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let request = self.request;
        self.put(|serializer| {
            let mut members = Members(serializer.serialize_map(None)?, request);
            each(&mut members).map_err(S::Error::custom)?;
            members.0.end()
        })
    }

    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        let request = self.request;
        self.put(|serializer| {
            let mut list = serializer.serialize_seq(None)?;
            for value in items {
                list.serialize_element(&Serde { value, request })?;
            }
            list.end()
        })
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.put(|serializer| serializer.serialize_str(value))
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.put(|serializer| serializer.serialize_bool(value))
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        self.put(|serializer| match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => serializer.serialize_i64(value),
            (_, Ok(value)) => serializer.serialize_u64(value),
            _ => serializer.serialize_i128(value),
        })
    }

    fn number(&mut self, value: f64) -> Result<(), EncodeError> {
        if !value.is_finite() {
            return Err(EncodeError::new(format!("{value} is not a number that JSON has")));
        }
        // A whole number is written without a fraction, so that readers that expect an integer accept it.
        match super::serde_source::whole_of(value).and_then(|whole| i64::try_from(whole).ok()) {
            Some(whole) if whole != 0 || value.is_sign_positive() => {
                self.put(|serializer| serializer.serialize_i64(whole))
            }
            _ => self.put(|serializer| serializer.serialize_f64(value)),
        }
    }

    fn digits(&mut self, text: &str) -> Result<(), EncodeError> {
        let plain = |value: &i128| i64::try_from(*value).is_ok() || u64::try_from(*value).is_ok();
        // An integer has no negative zero.
        if let Some(value) = text.parse().ok().filter(plain).filter(|value| *value != 0 || text != "-0") {
            return self.integer(value);
        }
        let raw = RawValue::from_string(text.to_owned()).map_err(|error| EncodeError::new(error.to_string()))?;
        self.put(|serializer| raw.serialize(serializer))
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.put(Serializer::serialize_unit)
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.put(|serializer| value.serialize(serializer))
    }
}

/// The fields of an object. The flag is `true` in a request.
struct Members<M>(M, bool);

impl<M: SerializeMap> Fields for Members<M> {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        let value = Serde { value, request: self.1 };
        self.0.serialize_entry(name, &value).map_err(|error| EncodeError::new(error.to_string()))
    }
}
