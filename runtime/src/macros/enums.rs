//! Enums of listed values: open and closed ones, of strings and of integers. Each value is written once, beside its
//! variant. A macro implements both directions of the codec, or the one that is named.

/// Implements the methods of every enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum_methods {
    ($name:ident, $kind:ident, $text:ty) => {
        impl $name {
            /// Returns the value as it is sent and received.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> $text {
                $crate::$kind::as_str(self)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// Defines an open enum of strings. `else` names the variant of every other string.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }
        else $fallback:ident $(, $way:ident)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* #[doc = $crate::value_docs!($text $($doc)*)] $variant,)*
            /// A string that the description does not list.
            $fallback($crate::UnknownText),
        }

        impl $crate::OpenEnum for $name {
            const NAMES: &'static [&'static str] = &[$($text),*];
            const LISTED: &'static [Self] = &[$(Self::$variant),*];

            #[inline]
            fn unknown(text: $crate::UnknownText) -> Self {
                Self::$fallback(text)
            }

            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$fallback(text) => text.as_str(),
                }
            }

            #[inline]
            fn as_unknown(&self) -> Option<&$crate::UnknownText> {
                match self {
                    Self::$fallback(text) => Some(text),
                    _ => None,
                }
            }
        }

        $crate::string_enum_methods!($name, OpenEnum, &str);

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::values::open_enum::from_text(text)
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                $crate::values::open_enum::from_text(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok($crate::values::open_enum::from_text(text))
            }
        }

        $crate::coded!($name, open_enum, decode, encode $(, $way)?);
    };
}

/// Defines an open enum of integers. `else` names the variant of every other integer.
#[doc(hidden)]
#[macro_export]
macro_rules! open_integer_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $value:literal),* $(,)? }
        else $fallback:ident $(, $way:ident)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* #[doc = $crate::value_docs!($value $($doc)*)] $variant,)*
            /// An integer that the description does not list.
            $fallback($crate::UnknownInteger),
        }

        impl $crate::OpenIntegerEnum for $name {
            #[inline]
            fn known(value: i64) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            #[inline]
            fn unknown(value: $crate::UnknownInteger) -> Self {
                Self::$fallback(value)
            }

            #[inline]
            fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$fallback(value) => value.get(),
                }
            }
        }

        impl From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                $crate::values::open_enum::from_integer(value)
            }
        }

        $crate::coded!($name, open_enum, decode_integer, encode_integer $(, $way)?);
    };
}

/// Defines a closed enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? } $(, $way:ident)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* #[doc = $crate::value_docs!($text $($doc)*)] $variant,)*
        }

        impl $crate::ClosedEnum for $name {
            const NAMES: &'static [&'static str] = &[$($text),*];
            const LISTED: &'static [Self] = &[$(Self::$variant),*];

            #[inline]
            fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        $crate::string_enum_methods!($name, ClosedEnum, &'static str);

        impl std::str::FromStr for $name {
            type Err = $crate::DecodeError;

            #[inline]
            fn from_str(text: &str) -> Result<Self, $crate::DecodeError> {
                $crate::values::closed_enum::from_text(text)
            }
        }

        $crate::coded!($name, closed_enum, decode, encode $(, $way)?);
    };
}

/// Defines a closed enum of integers.
#[doc(hidden)]
#[macro_export]
macro_rules! closed_integer_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $value:literal),* $(,)? } $(, $way:ident)?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* #[doc = $crate::value_docs!($value $($doc)*)] $variant,)*
        }

        impl $crate::ClosedIntegerEnum for $name {
            const VALUES: &'static [i64] = &[$($value),*];

            #[inline]
            fn known(value: i64) -> Option<Self> {
                match value {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            #[inline]
            fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl TryFrom<i64> for $name {
            type Error = $crate::DecodeError;

            #[inline]
            fn try_from(value: i64) -> Result<Self, $crate::DecodeError> {
                $crate::values::closed_enum::from_integer(value)
            }
        }

        $crate::coded!($name, closed_enum, decode_integer, encode_integer $(, $way)?);
    };
}
