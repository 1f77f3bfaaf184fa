//! Group of an operation: its tag or, depending on the settings, a segment of its path. Each operation's group depends
//! on that operation alone, so that a new one moves no other.

use super::super::docs::{self, escape_inline, one_line};
use crate::api::{Api, Operation};
use crate::config::Groups;

/// The key by which operations are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GroupKey<'a> {
    /// Their first tag.
    Tag(&'a str),
    /// A segment of their paths.
    Segment(&'a str),
    /// No tag.
    Untagged,
    /// No group: they are methods of the client.
    Client,
}

/// Segments that do not name a group.
const PREFIXES: [&str; 3] = ["api", "apis", "rest"];

impl<'a> GroupKey<'a> {
    /// Returns the group of an operation.
    pub(super) fn of(operation: &'a Operation, groups: Groups) -> Self {
        match (operation.tag.as_deref(), groups) {
            (_, Groups::None) => Self::Client,
            (Some(tag), Groups::Tag | Groups::Path) => Self::Tag(tag),
            (None, Groups::Path) => segment(&operation.path).map_or(Self::Untagged, Self::Segment),
            (None, Groups::Tag) => Self::Untagged,
        }
    }

    /// Returns true if a tag or a part of the path names it.
    pub(super) const fn is_named(self) -> bool {
        matches!(self, Self::Tag(_) | Self::Segment(_))
    }

    /// Name of the group.
    pub(super) const fn title(self) -> &'a str {
        match self {
            Self::Tag(name) | Self::Segment(name) => name,
            Self::Untagged | Self::Client => "calls",
        }
    }

    /// The title of a group that has one, for the lock; otherwise empty.
    pub(super) const fn lock_title(self) -> &'a str {
        match self {
            Self::Tag(name) | Self::Segment(name) => name,
            Self::Untagged | Self::Client => "",
        }
    }

    /// Documentation in lines.
    pub(super) fn docs(self, api: &Api) -> Vec<String> {
        match self {
            Self::Tag(tag) => {
                let declared = api.tags.iter().find(|known| known.name == tag);
                let described = declared.and_then(|known| known.description.as_deref());
                let described = docs::of("", described);
                if described.is_empty() {
                    vec![format!("Operations of the tag `{}`.", escape_inline(&one_line(tag)))]
                } else {
                    described
                }
            }
            Self::Segment(segment) => vec![format!("Operations under the path segment `{}`.", escape_inline(segment))],
            Self::Untagged => vec!["Operations without a tag.".to_owned()],
            Self::Client => vec!["Types of the operations, which are methods of the client.".to_owned()],
        }
    }
}

/// The first segment of a path that is neither a parameter nor a version nor a word such as `api`.
fn segment(path: &str) -> Option<&str> {
    let mut segments = path.split('/').filter(|segment| segment.chars().any(char::is_alphanumeric));
    segments.find(|segment| !segment.contains('{') && !is_prefix(segment))
}

/// Returns true if the segment is a version or a word such as `api`.
pub(super) fn is_prefix(segment: &str) -> bool {
    PREFIXES.contains(&segment) || is_version(segment)
}

/// `v1`, `v1beta2`, `2.0`, `2010-04-01`, `2010-04-01.json`
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    number.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn the_first_segment_with_a_meaning_names_the_group() {
        let paths = [
            ("/v1/customers/{id}", Some("customers")),
            ("/api/v2.0/pets", Some("pets")),
            ("/2010-04-01/Accounts.json", Some("Accounts.json")),
            ("/{tenant}/users", Some("users")),
            ("/value", Some("value")),
            ("/v1/{id}", None),
            ("/", None),
        ];
        for (path, expected) in paths {
            assert_eq!(segment(path), expected, "{path}");
        }
    }
}
