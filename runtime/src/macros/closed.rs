//! What a closed enum would repeat.

/// Everything that a closed text enum offers.
#[macro_export]
macro_rules! closed_enum {
    ($name:ident) => {
        $crate::closed_enum!($name, listed);
        $crate::closed_enum!($name, only read);
        $crate::closed_enum!($name, only write);
    };
    ($name:ident, read) => {
        $crate::closed_enum!($name, listed);
        $crate::closed_enum!($name, only read);
    };
    ($name:ident, write) => {
        $crate::closed_enum!($name, listed);
        $crate::closed_enum!($name, only write);
    };
    ($name:ident, listed) => {
        impl $name {
            /// The value as on the wire.
            #[must_use]
            pub fn as_str(&self) -> &'static str {
                $crate::ClosedEnum::as_str(self)
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

        impl std::str::FromStr for $name {
            type Err = $crate::DecodeError;

            fn from_str(text: &str) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::from_text(text)
            }
        }
    };
    ($name:ident, only read) => {
        impl $crate::Decode for $name {
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::decode(source)
            }
        }

        $crate::model!($name, read);
    };
    ($name:ident, only write) => {
        impl $crate::Encode for $name {
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::closed_enum::encode(self, sink)
            }
        }

        $crate::model!($name, write);
    };
}

/// Everything that a closed integer enum offers.
#[macro_export]
macro_rules! closed_integer_enum {
    ($name:ident) => {
        $crate::closed_integer_enum!($name, listed);
        $crate::closed_integer_enum!($name, only read);
        $crate::closed_integer_enum!($name, only write);
    };
    ($name:ident, read) => {
        $crate::closed_integer_enum!($name, listed);
        $crate::closed_integer_enum!($name, only read);
    };
    ($name:ident, write) => {
        $crate::closed_integer_enum!($name, listed);
        $crate::closed_integer_enum!($name, only write);
    };
    ($name:ident, listed) => {
        impl TryFrom<i64> for $name {
            type Error = $crate::DecodeError;

            fn try_from(value: i64) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::from_integer(value)
            }
        }
    };
    ($name:ident, only read) => {
        impl $crate::Decode for $name {
            fn decode(source: &mut dyn $crate::Source) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::decode_integer(source)
            }
        }

        $crate::model!($name, read);
    };
    ($name:ident, only write) => {
        impl $crate::Encode for $name {
            fn encode(&self, sink: &mut dyn $crate::Sink) -> Result<(), $crate::EncodeError> {
                $crate::closed_enum::encode_integer(self, sink)
            }
        }

        $crate::model!($name, write);
    };
}
