//! A change with its verdicts, its places and its effects. Plain data.

use std::cmp::Reverse;

/// The effect of a change on code that uses the old crate.
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

/// The effect of a change on programs with the old crate that talk to the new server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireVerdict {
    /// Requests are accepted and responses are read as before.
    #[default]
    Safe,
    /// The descriptions do not say whether it works.
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
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// JSON pointer.
    pub pointer: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Rule, such as `D101`.
    pub code: &'static str,
    /// The rule of the difference, for a change that the settings cause (D112).
    pub cause: Option<&'static str>,
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
    /// The item before.
    pub before: Option<String>,
    /// The item now.
    pub after: Option<String>,
    /// Direction of a change on the wire.
    pub direction: Option<Direction>,
    /// Place in the old description.
    pub old: Option<Location>,
    /// Place in the new description. For a removal, the nearest parent that is left.
    pub new: Option<Location>,
    /// Items or operations that the change reaches.
    pub effects: Vec<String>,
    /// Help text.
    pub help: Option<String>,
}

impl Change {
    /// A change of the crate.
    pub(super) fn rust(code: &'static str, verdict: RustVerdict, item: impl Into<String>, message: String) -> Self {
        Self {
            code,
            cause: None,
            rust: Some(verdict),
            wire: None,
            silent: false,
            item: item.into(),
            message,
            before: None,
            after: None,
            direction: None,
            old: None,
            new: None,
            effects: Vec::new(),
            help: None,
        }
    }

    /// A change on the wire.
    pub(super) fn wire(code: &'static str, verdict: WireVerdict, item: impl Into<String>, message: String) -> Self {
        Self { rust: None, wire: Some(verdict), ..Self::rust(code, RustVerdict::None, item, message) }
    }

    /// Adds what stood there and what stands there now.
    pub(super) fn with_values(mut self, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self.after = Some(after.into());
        self
    }

    /// The word of the verdict.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        self.rust.map(RustVerdict::as_str).or(self.wire.map(WireVerdict::as_str)).unwrap_or("none")
    }

    /// The id: a hash of the rule, the item, and the item before and now. The words of the message do not count.
    #[must_use]
    pub fn id(&self) -> String {
        let direction = self.direction.map_or("", Direction::as_str);
        let parts = [
            self.code,
            self.cause.unwrap_or_default(),
            &self.item,
            self.before.as_deref().unwrap_or_default(),
            self.after.as_deref().unwrap_or_default(),
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
        let place = self.new.as_ref().or(self.old.as_ref()).map(|place| (place.file.clone(), place.line, place.column));
        (
            self.wire.is_some(),
            Reverse(self.rust),
            Reverse(self.wire),
            !self.silent,
            self.code,
            place,
            self.item.clone(),
            self.direction,
            self.id(),
        )
    }
}
