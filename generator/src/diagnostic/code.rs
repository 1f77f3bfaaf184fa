//! The catalogue of findings: code, title, explanation, help, severity of each.

use super::Severity;

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the table below says what each one is")]
pub enum Code {
    FileNotFound,
    FileIsDirectory,
    FileUnreadable,
    NotUtf8,
    EmptyInput,
    Syntax,
    TooDeep,
    AliasExplosion,
    SeveralDocuments,
    DuplicateKey,
    NotOpenApi,
    UnsupportedVersion,
    MissingField,
    WrongType,
    UnknownReference,
    ReferenceCycle,
    ExternalReference,
    UnreadableReference,
    UnsupportedSchema,
    EmptyIntersection,
    PathParameterUndeclared,
    PathParameterUnused,
    DuplicateParameter,
    UnknownSecurityScheme,
    OperationSkipped,
    UntypedFallback,
    NameChanged,
    SettingUnknown,
    SettingNoMatch,
    ForeignFile,
    OutputUnwritable,
}

struct Row {
    code: Code,
    text: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
    help: &'static str,
}

const fn row(
    code: Code,
    text: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
    help: &'static str,
) -> Row {
    Row { code, text, severity, title, explanation, help }
}

/// In the order of the enum.
const TABLE: &[Row] = &[
    row(
        Code::FileNotFound,
        "E0101",
        Severity::Error,
        "there is no such file",
        "The description, or a file that it refers to, does not exist.",
        "check the path; references are relative to the file that holds them",
    ),
    row(
        Code::FileIsDirectory,
        "E0102",
        Severity::Error,
        "a folder is no description",
        "The path leads to a folder. Name the file in it, such as `api/openapi.yaml`.",
        "name a file",
    ),
    row(
        Code::FileUnreadable,
        "E0103",
        Severity::Error,
        "the file cannot be read",
        "The system refuses to read the file; its own words are in the message.",
        "check the file's permissions",
    ),
    row(
        Code::NotUtf8,
        "E0104",
        Severity::Error,
        "the file is not UTF-8",
        "Descriptions are UTF-8 text. The message says at which byte the text stops being so.",
        "save the file as UTF-8",
    ),
    row(
        Code::EmptyInput,
        "E0105",
        Severity::Error,
        "the file is empty",
        "There is no value in the file.",
        "write an OpenAPI description into it",
    ),
    row(
        Code::Syntax,
        "E0106",
        Severity::Error,
        "neither YAML nor JSON",
        "The text cannot be read. In YAML, look at the indentation and quote texts with `: ` or ` #` in them; in JSON, at commas and quotes near the place.",
        "mend the syntax at this place",
    ),
    row(
        Code::TooDeep,
        "E0107",
        Severity::Error,
        "values nest too deep",
        "No description needs hundreds of levels; a deeper one is refused so that it cannot exhaust the stack.",
        "make the nesting flatter, or use references",
    ),
    row(
        Code::AliasExplosion,
        "E0108",
        Severity::Error,
        "an alias that contains itself",
        "A YAML alias stands inside the value that it names, so the value would have no end.",
        "use a `$ref` for recursive schemas",
    ),
    row(
        Code::SeveralDocuments,
        "E0109",
        Severity::Error,
        "more than one YAML document",
        "A description is one document; `---` starts a second one.",
        "remove the second document",
    ),
    row(
        Code::DuplicateKey,
        "W0110",
        Severity::Warning,
        "a key comes twice",
        "Both places are shown; the last one counts, as most readers of YAML and JSON do it.",
        "remove one of the two",
    ),
    row(
        Code::NotOpenApi,
        "E0201",
        Severity::Error,
        "not an OpenAPI description",
        "The file has neither `openapi: 3.…` nor `swagger: \"2.0\"` at its top.",
        "add `openapi: 3.1.0` and the fields that go with it",
    ),
    row(
        Code::UnsupportedVersion,
        "E0202",
        Severity::Error,
        "a version that is not supported",
        "OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 are read, with any patch number.",
        "convert the description to one of these versions",
    ),
    row(
        Code::MissingField,
        "W0203",
        Severity::Warning,
        "a field is missing",
        "The standard requires this field here; a default is taken.",
        "add the field",
    ),
    row(
        Code::WrongType,
        "W0204",
        Severity::Warning,
        "a value of the wrong type",
        "The standard requires another type of value here; the value is passed over.",
        "correct the value",
    ),
    row(
        Code::UnknownReference,
        "E0301",
        Severity::Error,
        "a reference to nothing",
        "Nothing stands at the place that the `$ref` names. Look for a typing error in the pointer.",
        "correct the `$ref`, or add what it names",
    ),
    row(
        Code::ReferenceCycle,
        "E0302",
        Severity::Error,
        "references in a circle",
        "A chain of references leads back to its start, so it names nothing.",
        "make one of them a schema of its own",
    ),
    row(
        Code::ExternalReference,
        "S0303",
        Severity::Skipped,
        "a reference out of reach",
        "References lead to files below the folder of the description; addresses on the network are never fetched. What \
         refers there is left out; a schema becomes any JSON.",
        "copy the file beside the description and refer to it",
    ),
    row(
        Code::UnreadableReference,
        "S0304",
        Severity::Skipped,
        "a file that is referred to cannot be read",
        "What refers to the file is left out; a schema becomes any JSON. The rest is printed.",
        "check the path; references are relative to the file that holds them",
    ),
    row(
        Code::UnsupportedSchema,
        "W0401",
        Severity::Warning,
        "a schema that is not fully supported",
        "The schema uses a keyword that has no Rust type; the rest of it is used.",
        "see the message for what is left out",
    ),
    row(
        Code::EmptyIntersection,
        "W0402",
        Severity::Warning,
        "no value can satisfy this schema",
        "The parts of an `allOf` contradict each other; any JSON is taken.",
        "correct the parts",
    ),
    row(
        Code::PathParameterUndeclared,
        "W0403",
        Severity::Warning,
        "a path parameter is not declared",
        "The path holds `{name}`, and no parameter of that name with `in: path`; it becomes a required text.",
        "declare the parameter",
    ),
    row(
        Code::PathParameterUnused,
        "W0404",
        Severity::Warning,
        "a path parameter has no place",
        "A parameter is declared with `in: path`, but the path has no `{name}`; it is left out.",
        "add it to the path or remove it",
    ),
    row(
        Code::DuplicateParameter,
        "W0405",
        Severity::Warning,
        "a parameter is declared twice",
        "Name and location together must be unique; the last one counts.",
        "remove one of the two",
    ),
    row(
        Code::UnknownSecurityScheme,
        "W0406",
        Severity::Warning,
        "an unknown security scheme",
        "A requirement names a scheme that `securitySchemes` lacks; it is left out.",
        "declare the scheme or correct the name",
    ),
    row(
        Code::OperationSkipped,
        "S0407",
        Severity::Skipped,
        "an operation is left out",
        "The operation makes no sense as it is, see the message; all others are printed.",
        "correct the operation",
    ),
    row(
        Code::UntypedFallback,
        "W0409",
        Severity::Warning,
        "a place without a type",
        "The tool found no Rust type for this schema; any JSON is taken.",
        "simplify the schema",
    ),
    row(
        Code::NameChanged,
        "N0501",
        Severity::Note,
        "a name is taken",
        "Two things would have the same Rust name; the first in the document keeps it.",
        "set a name in the settings",
    ),
    row(
        Code::SettingUnknown,
        "E0601",
        Severity::Error,
        "a setting that cannot be",
        "The settings name an option that does not exist, or give one a value that it cannot have.",
        "see docs/settings.md for all options",
    ),
    row(
        Code::SettingNoMatch,
        "E0602",
        Severity::Error,
        "a setting that matches nothing",
        "The setting names a place that the description lacks.",
        "correct or remove it",
    ),
    row(
        Code::ForeignFile,
        "E0701",
        Severity::Error,
        "a file that was not printed",
        "The output folder holds files that this tool did not print; they are not overwritten.",
        "choose another folder, or use --force",
    ),
    row(
        Code::OutputUnwritable,
        "E0702",
        Severity::Error,
        "the output cannot be written",
        "The system refuses to write; the old files are as they were.",
        "check the folder's permissions and free space",
    ),
];

const NOTHING: Row = row(Code::Syntax, "E0000", Severity::Error, "", "", "");

impl Code {
    /// Every code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.code)
    }

    fn row(self) -> &'static Row {
        TABLE.get(self as usize).unwrap_or(&NOTHING)
    }

    /// As in messages, such as `E0101`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().text
    }

    /// The code of a text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.text.eq_ignore_ascii_case(text)).map(|row| row.code)
    }

    /// The code that a text was probably meant to be.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let known: Vec<&str> = TABLE.iter().map(|row| row.text).collect();
        crate::config::nearest(&text.to_ascii_uppercase(), &known).and_then(Self::parse)
    }

    /// A few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// What it means.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        self.row().explanation
    }

    /// What to do about it.
    #[must_use]
    pub fn help(self) -> Option<&'static str> {
        Some(self.row().help)
    }

    /// How bad it is unless settings say otherwise.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// Whether the call or the machine is at fault, and not the document.
    #[must_use]
    pub const fn is_environment(self) -> bool {
        matches!(
            self,
            Self::FileNotFound
                | Self::FileIsDirectory
                | Self::FileUnreadable
                | Self::SettingUnknown
                | Self::SettingNoMatch
                | Self::ForeignFile
                | Self::OutputUnwritable
        )
    }
}
