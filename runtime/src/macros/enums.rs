//! What enums would repeat: open and closed ones, of texts and of integers. Both ways, or the one that is named.

/// What every enum of texts offers.
#[macro_export]
macro_rules! text_enum {
    ($name:ident, $kind:ident, $text:ty) => {
        impl $name {
            /// The value as on the wire.
            #[must_use]
            pub fn as_str(&self) -> $text {
                $crate::$kind::as_str(self)
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
    };
}

/// Everything that an open text enum offers.
#[macro_export]
macro_rules! open_enum {
    ($name:ident $(, $way:ident)?) => {
        $crate::text_enum!($name, OpenEnum, &str);

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

        $crate::coded!($name, open_enum, decode, encode $(, $way)?);
    };
}

/// Everything that an open integer enum offers.
#[macro_export]
macro_rules! open_integer_enum {
    ($name:ident $(, $way:ident)?) => {
        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                $crate::open_enum::from_integer(value)
            }
        }

        $crate::coded!($name, open_enum, decode_integer, encode_integer $(, $way)?);
    };
}

/// Everything that a closed text enum offers.
#[macro_export]
macro_rules! closed_enum {
    ($name:ident $(, $way:ident)?) => {
        $crate::text_enum!($name, ClosedEnum, &'static str);

        impl std::str::FromStr for $name {
            type Err = $crate::DecodeError;

            fn from_str(text: &str) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::from_text(text)
            }
        }

        $crate::coded!($name, closed_enum, decode, encode $(, $way)?);
    };
}

/// Everything that a closed integer enum offers.
#[macro_export]
macro_rules! closed_integer_enum {
    ($name:ident $(, $way:ident)?) => {
        impl TryFrom<i64> for $name {
            type Error = $crate::DecodeError;

            fn try_from(value: i64) -> Result<Self, $crate::DecodeError> {
                $crate::closed_enum::from_integer(value)
            }
        }

        $crate::coded!($name, closed_enum, decode_integer, encode_integer $(, $way)?);
    };
}
