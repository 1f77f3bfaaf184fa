//! A change with its verdicts, its places and its effects. Plain data.

use super::rules::Rule;
use std::cmp::Reverse;

/// The verdict about code that uses the old crate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustVerdict {
    /// Nothing changed.
    #[default]
    None,
    /// All code compiles and means the same.
    Patch,
    /// All code compiles, and there is more to use.
    Minor,
    /// Some code does not compile, or means something else.
    Major,
}

/// The verdict about programs with the old crate that talk to the new server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireVerdict {
    /// Requests are accepted and responses are read as before.
    #[default]
    Safe,
    /// It depends on values that the descriptions do not tell: only some programs or servers have them.
    Risk,
    /// Some valid requests are rejected, or some valid responses cannot be read.
    Break,
}

/// The direction in which values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the program to the server.
    Request,
    /// From the server to the program.
    Response,
}

impl RustVerdict {
    /// The word of the verdict.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl WireVerdict {
    /// The word of the verdict.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Risk => "risk",
            Self::Break => "break",
        }
    }
}

impl Direction {
    /// The word of the direction.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// A place in one of the descriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Name of the file.
    pub file: String,
    /// The revision of a version control system that the file is from, such as `v1.4.0`.
    pub revision: Option<String>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// JSON pointer.
    pub pointer: String,
}

impl Location {
    /// Returns the name of the file for messages, with its revision: `v1.4.0:api.yaml`.
    #[must_use]
    pub fn shown_file(&self) -> String {
        self.revision.as_ref().map_or_else(|| self.file.clone(), |revision| format!("{revision}:{}", self.file))
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The rule.
    pub rule: Rule,
    /// The rule of the difference that the settings cause, for a change of D112.
    pub settings_rule: Option<Rule>,
    /// Verdict about code. `None` for a change on the wire.
    pub rust: Option<RustVerdict>,
    /// Verdict about the wire. `None` for a change of the crate.
    pub wire: Option<WireVerdict>,
    /// Old code compiles, but means something else.
    pub silent: bool,
    /// The item of the crate, or the pointer of the part of the description.
    pub item: String,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// The value before the change, such as a name, a type, a signature, a bound or a list. `None` if the item alone
    /// identifies the change; empty for an addition. It is part of the id.
    pub old_value: Option<String>,
    /// The value after the change.
    pub new_value: Option<String>,
    /// Direction of a change on the wire.
    pub direction: Option<Direction>,
    /// Place in the old description.
    pub old_location: Option<Location>,
    /// Place in the new description. For a removal, the nearest parent that is left.
    pub new_location: Option<Location>,
    /// Items or operations that the change reaches.
    pub effects: Vec<String>,
    /// Help text.
    pub help: Option<String>,
}

impl Change {
    /// A change of the crate.
    pub(super) fn rust(rule: Rule, verdict: RustVerdict, item: impl Into<String>, message: String) -> Self {
        Self {
            rule,
            settings_rule: None,
            rust: Some(verdict),
            wire: None,
            silent: false,
            item: item.into(),
            message,
            old_value: None,
            new_value: None,
            direction: None,
            old_location: None,
            new_location: None,
            effects: Vec::new(),
            help: None,
        }
    }

    /// A change on the wire.
    pub(super) fn wire(rule: Rule, verdict: WireVerdict, item: impl Into<String>, message: String) -> Self {
        Self { rust: None, wire: Some(verdict), ..Self::rust(rule, RustVerdict::None, item, message) }
    }

    /// Adds the values before and after the change.
    pub(super) fn with_values(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.old_value = Some(old.into());
        self.new_value = Some(new.into());
        self
    }

    /// The word of the verdict.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        self.rust.map(RustVerdict::as_str).or(self.wire.map(WireVerdict::as_str)).unwrap_or("none")
    }

    /// The id: a hash of the rule, the item, and the values before and after. The words of the message do not count.
    #[must_use]
    pub fn id(&self) -> String {
        let direction = self.direction.map_or("", Direction::as_str);
        let parts = [
            self.rule.code(),
            self.settings_rule.map_or("", Rule::code),
            &self.item,
            self.old_value.as_deref().unwrap_or_default(),
            self.new_value.as_deref().unwrap_or_default(),
            direction,
        ];
        // FNV-1a, which never changes: ids are written into files.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }

    /// Sorts the worst first, changes of the crate before those on the wire.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let place = self
            .new_location
            .as_ref()
            .or(self.old_location.as_ref())
            .map(|place| (place.shown_file(), place.line, place.column));
        (
            self.wire.is_some(),
            Reverse(self.rust),
            Reverse(self.wire),
            !self.silent,
            self.rule,
            place,
            self.item.clone(),
            self.direction,
            self.id(),
        )
    }
}
