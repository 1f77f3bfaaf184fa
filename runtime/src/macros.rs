//! Macros for the code that every generated type has.

#![doc(hidden)]

mod builder;
mod call;
#[cfg(not(unused = "enums"))]
mod enums;
#[cfg(not(unused = "streams"))]
mod stream_calls;
#[cfg(not(unused = "webhooks"))]
mod webhook_enum;

pub use builder::{blocking_builder, drift_builder, metrics_builder};
pub use call::blocking_calls;
pub(crate) use call::{call_options, credential_options};
#[cfg(not(unused = "streams"))]
pub use stream_calls::blocking_stream_calls;

/// Returns the value as documentation for a variant that has none in the description, otherwise nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! value_docs {
    ($value:literal) => {
        concat!("`", $value, "`")
    };
    ($value:literal $($doc:meta)+) => {
        ""
    };
}

/// Implements `serde::Serialize` and `serde::Deserialize` for a model, or one of them.
#[doc(hidden)]
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

/// Implements `Decode` and `Encode` for a struct that is an object, and the traits of serde, or one direction of them.
/// Each field has its name in JSON. `..` names the field for other fields; `..Closed(field)` does the same where the
/// description forbids other fields. `as` groups the fields of a struct that has more than 12.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    ($name:ident { $($fields:tt)* } $(as $groups:pat)?) => {
        $crate::read_object!($name { $($fields)* } $(as $groups)?);
        $crate::write_object!($name { $($fields)* });
    };
    ($name:ident { $($fields:tt)* } $(as $groups:pat)?, read) => {
        $crate::read_object!($name { $($fields)* } $(as $groups)?);
    };
    ($name:ident { $($fields:tt)* }, write) => {
        $crate::write_object!($name { $($fields)* });
    };
}

/// Implements the part of `object!` that reads.
#[doc(hidden)]
#[macro_export]
macro_rules! read_object {
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? $(..$($extra:tt)+)? }) => {
        $crate::read_object!($name { $($field: $kind($key),)* $(..$($extra)+)? } as ($($field,)*));
    };
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? } as $groups:pat) => {
        $crate::read_object!(@ $name { $($field: $kind($key),)* } $groups, &mut ());
    };
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? ..Closed($extra:ident) } as $groups:pat) => {
        $crate::read_object!(@ $name { $($field: $kind($key),)* ..$extra } $groups, &mut $crate::Closed(&mut $extra));
    };
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? ..$extra:ident } as $groups:pat) => {
        $crate::read_object!(@ $name { $($field: $kind($key),)* ..$extra } $groups, &mut $extra);
    };
    (@ $name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? $(..$extra:ident)? } $groups:pat, $take:expr) => {
        impl $crate::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $(let mut $extra = $crate::Extra::new();)?
                let $groups = $crate::record::read(
                    source,
                    stringify!($name),
                    &[$($crate::record::Property::$kind(concat!(",\"", $key, "\":"))),*],
                    $take,
                )?;
                Ok(Self { $($field,)* $($extra)? })
            }
        }

        $crate::model!($name, read);
    };
}

/// Implements the part of `object!` that writes.
#[doc(hidden)]
#[macro_export]
macro_rules! write_object {
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? }) => {
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::record::write(
                    sink,
                    &[$($crate::record::Property::$kind(concat!(",\"", $key, "\":"))),*],
                    &[$(&self.$field),*],
                    &(),
                )
            }
        }

        $crate::model!($name, write);
    };
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? ..Closed($extra:ident) }) => {
        $crate::write_object!($name { $($field: $kind($key),)* ..$extra });
    };
    ($name:ident { $($field:ident: $kind:ident($key:literal)),* $(,)? ..$extra:ident }) => {
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::record::write(
                    sink,
                    &[$($crate::record::Property::$kind(concat!(",\"", $key, "\":"))),*],
                    &[$(&self.$field),*],
                    &self.$extra,
                )
            }
        }

        $crate::model!($name, write);
    };
}

/// Implements `Decode` and `Encode` with functions of the runtime, and the traits of serde, or one direction of them.
#[doc(hidden)]
#[macro_export]
macro_rules! coded {
    ($name:ident, $module:ident, $decode:ident, $encode:ident) => {
        $crate::coded!($name, $module, $decode, $encode, read);
        $crate::coded!($name, $module, $decode, $encode, write);
    };
    ($name:ident, $module:ident, $decode:ident, $encode:ident, read) => {
        impl $crate::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $crate::values::$module::$decode(source)
            }
        }

        $crate::model!($name, read);
    };
    ($name:ident, $module:ident, $decode:ident, $encode:ident, write) => {
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::values::$module::$encode(self, sink)
            }
        }

        $crate::model!($name, write);
    };
}

/// Implements `From` for a variant of a union that holds a string, a number, a boolean, an object or a list.
#[cfg(not(unused = "union"))]
#[doc(hidden)]
#[macro_export]
macro_rules! union_from {
    ($name:ident::$variant:ident(String)) => {
        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                Self::$variant(value.into())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::$variant(value.into())
            }
        }
    };
    ($name:ident::$variant:ident($of_type:ty)) => {
        impl From<$of_type> for $name {
            #[inline]
            fn from(value: $of_type) -> Self {
                Self::$variant(value.into())
            }
        }
    };
}

/// Defines further names of a type: those of places of the description that have an equal schema.
#[doc(hidden)]
#[macro_export]
macro_rules! other_names {
    ($of:ident { $($name:ident),* $(,)? }) => {
        $(
            #[doc(hidden)]
            pub type $name = $of;
        )*
    };
}

/// Defines the struct of a constructor with many fields: the required fields of a type. That type documents them.
#[doc(hidden)]
#[macro_export]
macro_rules! required_fields {
    (pub struct $name:ident { $(pub $field:ident: $of_type:ty),* $(,)? } of $of:ident) => {
        #[doc = concat!("The required fields of [`", stringify!($of), "`]. The fields are documented there.")]
        ///
        /// A field that can be null is an `Option`, and `None` is sent as `null`.
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $(pub $field: $of_type,)*
        }
    };
}
