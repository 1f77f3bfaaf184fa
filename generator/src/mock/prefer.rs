//! The header `Prefer` (RFC 7240), by which a caller chooses the response.

use super::message::Request;
use super::quoted::{quoted, split, unquoted};

/// The preferences of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    /// The status, as written.
    pub code: Option<String>,
    /// The name of an example.
    pub example: Option<String>,
    /// Values are made from the schema, although there are examples.
    pub dynamic: bool,
}

impl Preferences {
    pub(super) fn of(request: &Request) -> Self {
        request.header("prefer").map_or_else(Self::default, |text| Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let (mut found, mut dynamic) = (Self::default(), None);
        for preference in split(text, ",;") {
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            let value = unquoted(value);
            // Of several, the first counts.
            match name.trim().to_ascii_lowercase().as_str() {
                "code" if found.code.is_none() => found.code = Some(value),
                "example" if found.example.is_none() => found.example = Some(value),
                "dynamic" if dynamic.is_none() => dynamic = Some(value != "false"),
                _ => {}
            }
        }
        found.dynamic = dynamic.unwrap_or(false);
        found
    }

    /// The value of `Preference-Applied`, if any applies.
    pub(super) fn applied(&self) -> Option<String> {
        let code = self.code.as_ref().map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|example| format!("example={}", quoted(example)));
        let all: Vec<String> =
            code.into_iter().chain(example).chain(self.dynamic.then(|| "dynamic".to_owned())).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Preferences;

    #[test]
    fn preferences_are_a_list() {
        let found = Preferences::parse("respond-async, code=404; example=\"a b\", Code=500, dynamic=true");
        assert_eq!((found.code.as_deref(), found.example.as_deref(), found.dynamic), (Some("404"), Some("a b"), true));
        assert_eq!(Preferences::parse("dynamic=false,=,;=,dynamic=true"), Preferences::default());
        let quoted = Preferences::parse(r#"example="a, b; \"code=404\"", dynamic"#);
        assert_eq!((quoted.code.as_deref(), quoted.example.as_deref()), (None, Some(r#"a, b; "code=404""#)));
        assert_eq!(quoted.applied().as_deref(), Some(r#"example="a, b; \"code=404\"", dynamic"#));
    }
}
