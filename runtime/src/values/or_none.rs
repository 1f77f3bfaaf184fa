//! Arguments that take a value or `None`.

/// An argument that takes a value or `None`: a value that converts to `T`, an `Option<T>`, or `None`.
///
/// Constructors and calls have it where the description allows null. A value that becomes nullable therefore does not
/// change the code that passes it. The compiler infers `IS_OPTION`, which tells the two implementations apart.
///
/// ```
/// use clientsmith_runtime::OrNone;
///
/// fn rename<const NAME_IS_OPTION: bool>(name: impl OrNone<String, NAME_IS_OPTION>) -> Option<String> {
///     name.into_option()
/// }
///
/// assert_eq!(rename("Rex"), Some("Rex".to_owned()));
/// assert_eq!(rename(Some("Rex".to_owned())), Some("Rex".to_owned()));
/// assert_eq!(rename(None), None);
/// ```
pub trait OrNone<T, const IS_OPTION: bool> {
    /// Converts the argument to an option.
    fn into_option(self) -> Option<T>;
}

impl<T, V: Into<T>> OrNone<T, false> for V {
    fn into_option(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T> OrNone<T, true> for Option<T> {
    fn into_option(self) -> Self {
        self
    }
}

/// An argument that takes the items of a list or `None`: a reference to a vector, an array or a slice, an `Option` of a slice, or
/// `None`.
///
/// ```
/// use clientsmith_runtime::SliceOrNone;
///
/// fn count<'a>(names: impl SliceOrNone<'a, String>) -> Option<usize> {
///     names.into_slice().map(<[String]>::len)
/// }
///
/// let names = vec!["Rex".to_owned()];
/// assert_eq!((count(&names), count(&["Tom".to_owned()]), count(Some(names).as_deref()), count(None)), (Some(1), Some(1), Some(1), None));
/// ```
pub trait SliceOrNone<'a, T> {
    /// Converts the argument to an option.
    fn into_slice(self) -> Option<&'a [T]>;
}

impl<'a, T> SliceOrNone<'a, T> for &'a [T] {
    fn into_slice(self) -> Option<&'a [T]> {
        Some(self)
    }
}

impl<'a, T> SliceOrNone<'a, T> for &'a Vec<T> {
    fn into_slice(self) -> Option<&'a [T]> {
        Some(self)
    }
}

impl<'a, T, const N: usize> SliceOrNone<'a, T> for &'a [T; N] {
    fn into_slice(self) -> Option<&'a [T]> {
        Some(self)
    }
}

impl<'a, T> SliceOrNone<'a, T> for Option<&'a [T]> {
    fn into_slice(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::OrNone;
    use crate::{DateTime, Number};
    use std::borrow::Cow;

    fn text<const IS_OPTION: bool>(value: impl OrNone<String, IS_OPTION>) -> Option<String> {
        value.into_option()
    }

    fn number<const IS_OPTION: bool>(value: impl OrNone<Number, IS_OPTION>) -> Option<Number> {
        value.into_option()
    }

    fn time<const IS_OPTION: bool>(value: impl OrNone<DateTime, IS_OPTION>) -> Option<DateTime> {
        value.into_option()
    }

    /// A type of a program, which it passed before the value became nullable.
    struct Id(u8);

    impl From<Id> for String {
        fn from(id: Id) -> Self {
            id.0.to_string()
        }
    }

    #[test]
    fn takes_what_converts_options_and_none() {
        let owned = "a".to_owned();
        let values = [
            text("a"),
            text(&owned),
            text(owned.as_str()),
            text('a'),
            text(Cow::Borrowed("a")),
            text(Some("a".into())),
            text("a b".split(' ').next().map(Into::into)),
            text(owned.clone()),
            text(Some(owned)),
        ];
        assert!(values.iter().all(|value| value.as_deref() == Some("a")), "{values:?}");
        assert_eq!(text(Id(7)).as_deref(), Some("7"));
        assert_eq!((text(None), number(None), time(None)), (None, None, None));
        assert_eq!(number(7), Some(Number::from(7)));
        assert_eq!(time("2026-01-01T00:00:00Z".parse().ok()), "2026-01-01T00:00:00Z".parse().ok());
    }
}
