//! The causes of errors, without the secrets in their texts.

use super::Redactor;
use std::fmt;

pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Redactor {
    /// Returns the cause of an error, or its redacted text if it shows a secret.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let mut shown = false;
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&*cause);
        while let Some(error) = next {
            let text = format!("{error}\n{error:?}");
            shown |= self.redact(&text) != text;
            next = error.source();
        }
        if shown { Box::new(Words::of(&*cause, self)) } else { cause }
    }
}

/// The messages of an error and its sources.
#[derive(Debug)]
struct Words {
    text: String,
    source: Option<Box<Words>>,
}

impl Words {
    fn of(error: &(dyn std::error::Error + 'static), redactor: &Redactor) -> Self {
        let source = error.source().map(|source| Box::new(Self::of(source, redactor)));
        Self { text: redactor.redact(&error.to_string()).into_owned(), source }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Words {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
