//! Approved changes. Knows TOML.

use super::Comparison;
use serde::Deserialize;
use std::fmt::{self, Write};
use toml::value::Datetime;

/// The approvals of a file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Approvals {
    /// In the order of the file.
    approved: Vec<Approval>,
}

/// One approval.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// Id of the change.
    id: String,
    /// The reason.
    reason: String,
    /// The last day, as `2027-01-31`.
    until: Option<String>,
}

/// The reason why an approval cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApprovalError {
    /// The file is not TOML, or has an unknown key. Holds the message of the parser.
    Syntax(String),
    /// Holds an id that is not 16 lower-case hexadecimal digits.
    Id(String),
    /// The approval has no reason. Holds the id of the change.
    Reason(String),
    /// Holds an end that is not a date such as 2027-01-31.
    Until(String),
}

impl fmt::Display for ApprovalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => f.write_str(message),
            Self::Id(id) => write!(f, "`{id}` is not the id of a change: 16 lower-case hexadecimal digits"),
            Self::Reason(id) => write!(f, "the approval of the change {id} has no reason"),
            Self::Until(until) => write!(f, "`{until}` is not a date such as 2027-01-31"),
        }
    }
}

impl std::error::Error for ApprovalError {}

/// The approvals of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Ids of approved changes.
    pub approved: Vec<String>,
    /// Approvals that are expired, or whose change does not exist.
    pub problems: Vec<String>,
}

impl Approvals {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// Returns an error for text that is not TOML, for a missing reason, or for an end that is not a date.
    pub fn parse(text: &str) -> Result<Self, ApprovalError> {
        let read: Self = toml::from_str(text).map_err(|error| ApprovalError::Syntax(error.to_string()))?;
        for approval in &read.approved {
            check(&approval.id, &approval.reason, approval.until.as_deref())?;
        }
        Ok(read)
    }

    /// Compares the approvals with the changes. The day is today's, as `2027-01-31`.
    #[must_use]
    pub fn check(&self, comparison: &Comparison, today: &str) -> Checked {
        let mut checked = Checked::default();
        for approval in &self.approved {
            let exists = comparison.changes.iter().any(|change| change.id() == approval.id);
            match &approval.until {
                _ if !exists => {
                    checked.problems.push(format!("the approved change {} does not exist any more", approval.id));
                }
                Some(until) if today > until.as_str() => {
                    checked.problems.push(format!("the approval of the change {} expired on {until}", approval.id));
                }
                _ => checked.approved.push(approval.id.clone()),
            }
        }
        checked
    }

    /// The text of the file with one more approval. A new approval of a change replaces the old one.
    ///
    /// # Errors
    /// Returns an error for an id, a reason or an end that is not valid.
    pub fn with(&self, id: &str, reason: &str, until: Option<&str>) -> Result<String, ApprovalError> {
        check(id, reason, until)?;
        let added = Approval { id: id.to_owned(), reason: reason.to_owned(), until: until.map(str::to_owned) };
        let retained = self.approved.iter().filter(|one| one.id != id);
        let mut text = String::new();
        for approval in retained.chain([&added]) {
            let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
            let (id, reason) = (quoted(&approval.id), quoted(&approval.reason));
            let _ = write!(text, "[[approved]]\nid = {id}\nreason = {reason}\n");
            if let Some(until) = &approval.until {
                let _ = writeln!(text, "until = {}", quoted(until));
            }
            text.push('\n');
        }
        Ok(text.trim_end().to_owned() + "\n")
    }
}

fn check(id: &str, reason: &str, until: Option<&str>) -> Result<(), ApprovalError> {
    if id.len() != 16 || !id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(ApprovalError::Id(id.to_owned()));
    }
    if reason.trim().is_empty() {
        return Err(ApprovalError::Reason(id.to_owned()));
    }
    match until {
        Some(until) if !is_date(until) => Err(ApprovalError::Until(until.to_owned())),
        _ => Ok(()),
    }
}

/// Returns true for a day of the calendar, as `2027-01-31`.
fn is_date(date: &str) -> bool {
    date.parse::<Datetime>().is_ok_and(|found| found.date.is_some() && found.time.is_none())
}
