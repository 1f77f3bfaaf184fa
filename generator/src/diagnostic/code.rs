//! The catalogue of findings: code, severity, title, help of each. What one means at length, with an example and its cure,
//! is a page of its own under `explain/`.

use super::Severity;

struct Row {
    code: Code,
    text: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
    help: &'static str,
}

/// One line a code, in the order of their numbers.
macro_rules! catalogue {
    ($($code:ident $text:literal $severity:ident $title:literal => $help:literal,)*) => {
        /// A kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $code,)*
        }

        const TABLE: &[Row] = &[$(Row {
            code: Code::$code,
            text: $text,
            severity: Severity::$severity,
            title: $title,
            explanation: include_str!(concat!("explain/", $text, ".md")),
            help: $help,
        },)*];
    };
}

catalogue! {
    FileNotFound "E0101" Error "there is no such file" => "check the path; references are relative to the file that holds them",
    FileIsDirectory "E0102" Error "a folder is no description" => "name a file",
    FileUnreadable "E0103" Error "the file cannot be read" => "check the file's permissions",
    NotUtf8 "E0104" Error "the file is not UTF-8" => "save the file as UTF-8",
    EmptyInput "E0105" Error "the file is empty" => "write an OpenAPI description into it",
    Syntax "E0106" Error "neither YAML nor JSON" => "mend the syntax at this place",
    TooDeep "E0107" Error "values nest too deep" => "make the nesting flatter, or use references",
    AliasExplosion "E0108" Error "an alias that contains itself" => "use a `$ref` for recursive schemas",
    SeveralDocuments "E0109" Error "more than one YAML document" => "remove the second document",
    DuplicateKey "W0110" Warning "a key comes twice" => "remove one of the two",
    NotOpenApi "E0201" Error "not an OpenAPI description" => "add `openapi: 3.1.0` and the fields that go with it",
    UnsupportedVersion "E0202" Error "a version that is not supported" => "convert the description to one of these versions",
    MissingField "W0203" Warning "a field is missing" => "add the field",
    WrongType "W0204" Warning "a value of the wrong type" => "correct the value",
    UnknownField "W0205" Warning "no such field" => "correct the name, remove the field, or begin it with `x-`",
    FieldConflict "W0206" Warning "fields that exclude each other" => "keep one of them",
    ValueNotListed "W0207" Warning "a value that is not allowed here" => "use one of the values in the message",
    FieldMisplaced "W0208" Warning "a field without a meaning here" => "remove the field",
    OtherVersion "N0209" Note "a field of another version" => "raise the version of the description, or remove the field",
    UnknownReference "S0301" Skipped "a reference to nothing" => "correct the `$ref`, or add what it names",
    ReferenceCycle "S0302" Skipped "references in a circle" => "make one of them a schema of its own",
    ExternalReference "S0303" Skipped "a reference out of reach" => "copy the file into the project, or name its folder in the setting `allow_external`",
    UnreadableReference "S0304" Skipped "a file that is referred to cannot be read" => "check the path; references are relative to the file that holds them",
    UnsupportedSchema "W0401" Warning "a schema that is not fully supported" => "see the message for what is left out",
    EmptyIntersection "W0402" Warning "no value can satisfy this schema" => "correct the parts",
    PathParameterUndeclared "W0403" Warning "a path parameter is not declared" => "declare the parameter",
    PathParameterUnused "W0404" Warning "a path parameter has no place" => "add it to the path or remove it",
    DuplicateParameter "W0405" Warning "a parameter is declared twice" => "remove one of the two",
    UnknownSecurityScheme "W0406" Warning "an unknown security scheme" => "declare the scheme or correct the name",
    OperationSkipped "S0407" Skipped "an operation is left out" => "correct the operation",
    UndefinedStyle "N0408" Note "a spelling that the standard leaves undefined" => "look at what the server reads; a `content` parameter says it exactly",
    UntypedFallback "W0409" Warning "a place without a type" => "simplify the schema",
    PagingUnusable "W0410" Warning "an extension about pages does not fit its operation" => "mend the names, or say in the settings how the list comes in pages (`pagination`)",
    CredentialParameter "N0411" Note "a parameter that is a credential" => "give the credential to the client; the parameter need not be described",
    NameChanged "N0501" Note "a name is taken" => "set a name in the settings",
    SettingUnknown "E0601" Error "a setting that cannot be" => "see docs/settings.md for all options",
    SettingNoMatch "E0602" Error "a setting that matches nothing" => "correct or remove it",
    ForeignFile "E0701" Error "a file that was not printed" => "choose another folder, or use --force",
    OutputUnwritable "E0702" Error "the output cannot be written" => "check the folder's permissions and free space",
    DuplicateOperationId "W0801" Warning "an operationId comes twice" => "give each operation an id of its own",
    PathsCollide "W0802" Warning "paths that match the same addresses" => "make one path of them, or tell them apart by a fixed segment",
    ServerVariable "W0803" Warning "a server variable that does not fit" => "make the address, its variables and their values agree",
    ValueMismatch "W0804" Warning "a value that its schema refuses" => "correct the value or the schema",
    PathParameterOptional "W0805" Warning "a path parameter is not required" => "add `required: true`",
    DiscriminatorUndeclared "W0806" Warning "a discriminator without its property" => "declare the property in each member and list it under `required`",
    DuplicateTag "W0807" Warning "a tag comes twice" => "remove one of the two",
    NameSyntax "W0808" Warning "a name that cannot be sent" => "use only characters that the message allows",
    UnknownOperation "W0809" Warning "a link to an unknown operation" => "correct the `operationId`",
    BoundsCross "W0810" Warning "bounds that no value meets" => "make the lower bound the smaller one",
    PathSyntax "W0811" Warning "a path template that cannot be read" => "write each parameter once, as `{name}`",
    HeaderManaged "N0812" Note "a header that is set elsewhere" => "use a security scheme for `Authorization`, and `content` for the other two",
    MappingUnknown "W0813" Warning "a discriminator's mapping leads nowhere" => "name a schema by its name or by a reference",
}

impl Code {
    /// Every code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.code)
    }

    fn row(self) -> &'static Row {
        const NOTHING: Row =
            Row { code: Code::Syntax, text: "", severity: Severity::Error, title: "", explanation: "", help: "" };
        // Both come from one list.
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

    /// What it means, with an example and its cure, as Markdown.
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
