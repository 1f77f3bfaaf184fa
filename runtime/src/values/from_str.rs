//! Strings that encode a value of a type that the settings name. Knows `FromStr` and `Display` only.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// A string that encodes a `T`. The received string is stored, so that it is written back unchanged, and so that an
/// invalid one does not fail the whole response.
pub struct ViaFromStr<T> {
    text: String,
    of: PhantomData<fn() -> T>,
}

impl<T> ViaFromStr<T> {
    const fn of(text: String) -> Self {
        Self { text, of: PhantomData }
    }

    /// Returns the string as it is sent and received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: FromStr> ViaFromStr<T> {
    /// Parses the value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a value of this type.
    pub fn value(&self) -> Result<T, DecodeError> {
        let name = std::any::type_name::<T>();
        let short = name.rsplit("::").next().unwrap_or(name);
        self.text.parse().map_err(|_| DecodeError::new(short, self.text.clone()))
    }
}

impl<T: FromStr> FromStr for ViaFromStr<T> {
    type Err = DecodeError;

    /// Checks that the string is a value, and stores the string.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let value = Self::of(text.to_owned());
        value.value().map(|_| value)
    }
}

impl<T: fmt::Display> From<T> for ViaFromStr<T> {
    fn from(value: T) -> Self {
        Self::of(value.to_string())
    }
}

impl<T> fmt::Display for ViaFromStr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

// Implemented by hand, because derived traits would require them of `T`.

impl<T> fmt::Debug for ViaFromStr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ViaFromStr").field(&self.text).finish()
    }
}

impl<T> Clone for ViaFromStr<T> {
    fn clone(&self) -> Self {
        Self::of(self.text.clone())
    }
}

impl<T> PartialEq for ViaFromStr<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for ViaFromStr<T> {}

impl<T> PartialOrd for ViaFromStr<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for ViaFromStr<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for ViaFromStr<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T: FromStr> Decode for ViaFromStr<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let rejects_unknown = source.rejects_unknown();
        let value = source.text().map(Self::of)?;
        // In a union, another variant may match.
        if rejects_unknown {
            value.value()?;
        }
        Ok(value)
    }
}

impl<T> Encode for ViaFromStr<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(&self.text)
    }
}

impl<T> serde::Serialize for ViaFromStr<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: FromStr> serde::Deserialize<'de> for ViaFromStr<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codec::json::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    #[test]
    fn stores_the_string_and_the_value_if_it_parses() {
        let spelled: ViaFromStr<Ipv6Addr> = serde_json::from_str("\"2001:DB8::1\"").unwrap();
        assert_eq!(spelled.value().unwrap(), "2001:db8::1".parse::<Ipv6Addr>().unwrap());
        assert_eq!(serde_json::to_string(&spelled).unwrap(), "\"2001:DB8::1\"");
        let odd: ViaFromStr<Ipv4Addr> = serde_json::from_str("\"somewhere\"").unwrap();
        assert_eq!(odd.as_str(), "somewhere");
        let error = odd.value().unwrap_err().to_string();
        assert!(error.contains("Ipv4Addr") && error.contains("somewhere"), "{error}");
        assert!(serde_json::from_str::<ViaFromStr<Ipv4Addr>>("1").is_err());
        assert!("somewhere".parse::<ViaFromStr<Ipv4Addr>>().is_err());
        assert_eq!(ViaFromStr::from(Ipv4Addr::LOCALHOST).to_string(), "127.0.0.1");
    }
}
