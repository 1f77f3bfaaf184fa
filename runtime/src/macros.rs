//! The code that every printed type would repeat.

mod builder;
mod call;
mod closed;

pub use builder::{blocking_builder, metrics_builder};
pub use call::blocking_call;

/// `serde::Serialize` and `serde::Deserialize` for a model, or one of them.
#[macro_export]
macro_rules! model {
    ($name:ident) => {
        $crate::model!($name, write);
        $crate::model!($name, read);
    };
    ($name:ident, write) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::codec::json::serialize(self, serializer)
            }
        }
    };
    ($name:ident, read) => {
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::json::deserialize(deserializer)
            }
        }
    };
}

/// Everything that an open text enum offers.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        $crate::open_enum!($name, listed);
        $crate::open_enum!($name, only read);
        $crate::open_enum!($name, only write);
    };
    ($name:ident, read) => {
        $crate::open_enum!($name, listed);
        $crate::open_enum!($name, only read);
    };
    ($name:ident, write) => {
        $crate::open_enum!($name, listed);
        $crate::open_enum!($name, only write);
    };
    ($name:ident, listed) => {
        impl $name {
            /// The value as on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::OpenEnum::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::open_enum::from_text(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $crate::open_enum::from_text(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok($crate::open_enum::from_text(text))
            }
        }
    };
    ($name:ident, only read) => {
        impl $crate::Decode for $name {
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $crate::open_enum::decode(source)
            }
        }

        $crate::model!($name, read);
    };
    ($name:ident, only write) => {
        impl $crate::Encode for $name {
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::open_enum::encode(self, sink)
            }
        }

        $crate::model!($name, write);
    };
}

/// Everything that an open integer enum offers.
#[macro_export]
macro_rules! open_integer_enum {
    ($name:ident) => {
        $crate::open_integer_enum!($name, listed);
        $crate::open_integer_enum!($name, only read);
        $crate::open_integer_enum!($name, only write);
    };
    ($name:ident, read) => {
        $crate::open_integer_enum!($name, listed);
        $crate::open_integer_enum!($name, only read);
    };
    ($name:ident, write) => {
        $crate::open_integer_enum!($name, listed);
        $crate::open_integer_enum!($name, only write);
    };
    ($name:ident, listed) => {
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                $crate::open_enum::from_integer(value)
            }
        }
    };
    ($name:ident, only read) => {
        impl $crate::Decode for $name {
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $crate::open_enum::decode_integer(source)
            }
        }

        $crate::model!($name, read);
    };
    ($name:ident, only write) => {
        impl $crate::Encode for $name {
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::open_enum::encode_integer(self, sink)
            }
        }

        $crate::model!($name, write);
    };
}
