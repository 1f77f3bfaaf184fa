//! The names that cargo and its registry refuse for a package.
//!
//! The rules are those of the [manifest](https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field), and of `cargo new`.
//! The reserved names are those in the migrations of the registry's source.

use crate::keywords::KEYWORDS;
use std::fmt;

/// Maximum number of characters of a name.
pub(crate) const LONGEST: usize = 64;

/// Names of the standard library and of the compiler, in lower case and with `-` for `_`.
const RESERVED: &[&str] = &[
    "alloc",
    "arena",
    "ast",
    "builtins",
    "collections",
    "compiler-builtins",
    "compiler-rt",
    "compiletest",
    "core",
    "coretest",
    "debug",
    "driver",
    "flate",
    "fmt-macros",
    "grammar",
    "graphviz",
    "macro",
    "macros",
    "proc-macro",
    "rbml",
    "rust-installer",
    "rustbook",
    "rustc",
    "rustc-back",
    "rustc-borrowck",
    "rustc-driver",
    "rustc-llvm",
    "rustc-resolve",
    "rustc-trans",
    "rustc-typeck",
    "rustdoc",
    "rustllvm",
    "rustuv",
    "serialize",
    "std",
    "syntax",
    "test",
    "unicode",
];

/// Names of devices: no file on Windows can have one of them, with any extension.
pub(crate) const DEVICES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Packages that generated crates depend on, or whose names generated code has.
const DEPENDENCIES: &[&str] = &[
    "bytes",
    "clientsmith",
    "clientsmith-runtime",
    "http",
    "hyper",
    "jiff",
    "reqwest",
    "serde",
    "tokio",
    "tracing",
    "ureq",
];

/// The reason why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It has other characters than letters, digits, `-` and `_`, or no letter first.
    Form,
    /// It has more than [`LONGEST`] characters.
    Long,
    /// It is a keyword of Rust.
    Keyword,
    /// The registry reserves it.
    Reserved,
    /// It is the name of a device on Windows.
    Device,
    /// It is the name of a dependency.
    Dependency,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("use letters, digits, `-` and `_`, with a letter first"),
            Self::Long => write!(f, "use at most {LONGEST} characters"),
            Self::Keyword => f.write_str("it is a keyword of Rust"),
            Self::Reserved => f.write_str("the registry reserves it for Rust itself"),
            Self::Device => f.write_str("it is the name of a device on Windows"),
            Self::Dependency => f.write_str("generated crates use a package of this name"),
        }
    }
}

/// Returns the reason why no package can have a name.
pub(crate) fn refusal(name: &str) -> Option<Refusal> {
    let has_form = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !has_form || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(Refusal::Form);
    }
    // The registry compares names without case, and `-` equals `_`.
    let same = name.to_ascii_lowercase().replace('_', "-");
    let reasons = [
        (name.len() > LONGEST, Refusal::Long),
        (KEYWORDS.contains(&name), Refusal::Keyword),
        (RESERVED.contains(&same.as_str()), Refusal::Reserved),
        (DEVICES.contains(&same.as_str()), Refusal::Device),
        (DEPENDENCIES.contains(&same.as_str()), Refusal::Dependency),
    ];
    reasons.into_iter().find(|(is_refused, _)| *is_refused).map(|(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_names_that_the_registry_refuses() {
        for (name, reason) in [
            ("", Refusal::Form),
            ("1x", Refusal::Form),
            ("_x", Refusal::Form),
            ("a.b", Refusal::Form),
            ("caf\u{e9}", Refusal::Form),
            ("async", Refusal::Keyword),
            ("std", Refusal::Reserved),
            ("Test", Refusal::Reserved),
            ("proc_macro", Refusal::Reserved),
            ("rust_installer", Refusal::Reserved),
            ("NUL", Refusal::Device),
            ("com1", Refusal::Device),
            ("tokio", Refusal::Dependency),
            ("clientsmith_runtime", Refusal::Dependency),
        ] {
            assert_eq!(refusal(name), Some(reason), "{name}");
        }
        assert_eq!(refusal(&"a".repeat(LONGEST + 1)), Some(Refusal::Long));
        for name in ["pets", "a", "my_api-2", "com10", "std-client", &"a".repeat(LONGEST)] {
            assert_eq!(refusal(name), None, "{name}");
        }
    }
}
