//! The catalogue of findings: code, severity, title and help of each. The page of a code under `explain/` has its full
//! meaning with an example and the fix.

use super::Severity;

struct Row {
    code: Code,
    text: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
    help: &'static str,
}

/// One line for each code, in the order of their numbers.
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
    FileNotFound "E0101" Error "the file does not exist" => "check the path; references are relative to the file that contains them",
    FileIsDirectory "E0102" Error "expected a file, found a directory" => "name a file",
    FileUnreadable "E0103" Error "the file cannot be read" => "check the file's permissions",
    NotUtf8 "E0104" Error "the file is not UTF-8" => "save the file as UTF-8",
    EmptyInput "E0105" Error "the file is empty" => "write an OpenAPI description into the file",
    Syntax "E0106" Error "the file is neither YAML nor JSON" => "correct the syntax at this place",
    TooDeep "E0107" Error "values nest too deep" => "reduce the nesting, or use references",
    RecursiveAlias "E0108" Error "a YAML alias contains itself" => "use a `$ref` for recursive schemas",
    SeveralDocuments "E0109" Error "the file has more than one YAML document" => "remove the second document",
    DuplicateKey "W0110" Warning "duplicate key" => "remove one of the two keys",
    NotOpenApi "E0201" Error "the file is not an OpenAPI description" => "add `openapi: 3.1.0` and its required fields",
    UnsupportedVersion "E0202" Error "unsupported OpenAPI version" => "convert the description to 3.0, 3.1, 3.2 or 2.0",
    MissingField "W0203" Warning "missing required field" => "add the field",
    WrongType "W0204" Warning "value of the wrong type" => "correct the value",
    UnknownField "W0205" Warning "unknown field" => "correct the name, remove the field, or prefix it with `x-`",
    FieldConflict "W0206" Warning "fields exclude each other" => "remove all of these fields but one",
    ValueNotListed "W0207" Warning "value is not allowed" => "use one of the values in the message",
    FieldMisplaced "W0208" Warning "field has no effect here" => "remove the field",
    OtherVersion "N0209" Note "field of another OpenAPI version" => "raise the version of the description, or remove the field",
    UnknownReference "S0301" Skipped "unresolved reference" => "correct the `$ref`, or add its target",
    ReferenceCycle "S0302" Skipped "circular reference" => "make one of the schemas something other than a reference",
    ExternalReference "S0303" Skipped "reference outside the project" => "copy the file into the project, or add its directory to the setting `allow_external`",
    UnreadableReference "S0304" Skipped "referenced file cannot be read" => "check the path; references are relative to the file that contains them",
    UnsupportedSchema "W0401" Warning "schema is not fully supported" => "see the message for the part that is left out",
    EmptyIntersection "W0402" Warning "no value matches the schema" => "correct the contradictory parts",
    PathParameterUndeclared "W0403" Warning "undeclared path parameter" => "declare the parameter",
    PathParameterUnused "W0404" Warning "path parameter is not in the path template" => "add it to the path, or remove it",
    DuplicateParameter "W0405" Warning "duplicate parameter" => "remove one of the two parameters",
    UnknownSecurityScheme "W0406" Warning "unknown security scheme" => "declare the scheme, or correct its name",
    OperationSkipped "S0407" Skipped "operation is left out" => "correct the operation",
    UndefinedStyle "N0408" Note "parameter encoding that the standard does not define" => "check what the server reads, or use a `content` parameter",
    UntypedFallback "W0409" Warning "schema without a Rust type" => "simplify the schema",
    PagingUnusable "W0410" Warning "pagination extension does not fit its operation" => "correct the names, or use the setting `pagination`",
    CredentialParameter "N0411" Note "parameter is a credential" => "remove the parameter, and set the credential on the client",
    NameChanged "N0501" Note "name is taken" => "set a name in the settings",
    SettingInvalid "E0601" Error "invalid setting" => "see docs/settings.md for all options",
    SettingNoMatch "E0602" Error "setting matches nothing" => "correct or remove the setting",
    ForeignFile "E0701" Error "file was not generated" => "choose another directory, or use --force",
    OutputUnwritable "E0702" Error "output cannot be written" => "check the directory's permissions and free space",
    EditedFile "E0703" Error "generated file was edited" => "delete these files, and they are generated again, or overwrite them with `clientsmith generate --force`",
    DuplicateOperationId "W0801" Warning "duplicate operationId" => "give each operation its own id",
    PathsCollide "W0802" Warning "paths match the same addresses" => "merge the paths, or add a fixed segment to one of them",
    ServerVariable "W0803" Warning "invalid server variable" => "make the address, its variables and their values agree",
    ValueMismatch "W0804" Warning "value does not match its schema" => "correct the value or the schema",
    PathParameterOptional "W0805" Warning "path parameter is not required" => "add `required: true`",
    DiscriminatorUndeclared "W0806" Warning "discriminator property is not declared" => "declare the property in each variant, and list it under `required`",
    DuplicateTag "W0807" Warning "duplicate tag" => "remove one of the two tags",
    NameSyntax "W0808" Warning "invalid name" => "use only characters that the message allows",
    UnknownOperation "W0809" Warning "link to an unknown operation" => "correct the `operationId`",
    BoundsCross "W0810" Warning "lower bound is above the upper bound" => "correct the bounds",
    PathSyntax "W0811" Warning "invalid path template" => "write each parameter once, as `{name}`",
    HeaderManaged "N0812" Note "header is set by the client" => "use a security scheme for `Authorization`, and `content` for the other two",
    MappingUnknown "W0813" Warning "discriminator mapping names no schema" => "use the name of a schema or a reference to one",
    InvalidOverlay "E0901" Error "the file is not a valid overlay" => "write the overlay as the Overlay Specification 1.0 or 1.1 defines it",
    OverlayNoMatch "E0902" Error "overlay action matches nothing" => "correct the `target`, or set `x-clientsmith-optional: true` on the action",
    OverlayConflict "E0903" Error "overlay action does not fit its target" => "give `update` the type of the target, or remove the target first",
    LockInvalid "E0904" Error "the lock cannot be read" => "correct the file, or restore it from version control; a lock of a newer version needs a newer clientsmith",
    LockNameTwice "E0905" Error "the lock gives one name to two places" => "delete one of the two lines, or change its name",
    LockAmbiguous "E0906" Error "a name of the lock can belong to several places" => "set the pointer of the line to the right place, or delete the line",
    LockTargetGone "E0907" Error "the lock keeps a name for a place that is gone" => "delete `now` from the line: the name then stays reserved",
    LockedResult "N0908" Note "the lock leaves a response out of a type" => "decode the response with `body_as`, or delete `success` or `error` from the operation's line in the lock",
    ExampleMismatch "N0909" Note "example does not match its schema" => "correct the example or the schema",
    NoOperations "N0910" Note "description has no operations" => "name the file that has `paths`, or add an operation",
    ServerVariableDiffers "N0911" Note "server variables of one name differ" => "rename one of the variables, or give both the same default and values",
}

impl Code {
    /// Every code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.code)
    }

    fn row(self) -> &'static Row {
        const NOTHING: Row =
            Row { code: Code::Syntax, text: "", severity: Severity::Error, title: "", explanation: "", help: "" };
        // A macro makes both from one list.
        TABLE.get(self as usize).unwrap_or(&NOTHING)
    }

    /// The name in messages, such as `E0101`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().text
    }

    /// The code with this name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.text.eq_ignore_ascii_case(text)).map(|row| row.code)
    }

    /// The code with the name that was probably meant.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let known: Vec<&str> = TABLE.iter().map(|row| row.text).collect();
        crate::pattern::nearest(&text.to_ascii_uppercase(), &known).and_then(Self::parse)
    }

    /// Title.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// Meaning of the code with an example and the fix, as Markdown.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        self.row().explanation
    }

    /// Help text.
    #[must_use]
    pub fn help(self) -> Option<&'static str> {
        Some(self.row().help)
    }

    /// Severity without settings.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// Returns true if the command line or the machine caused the finding, and not the description.
    #[must_use]
    pub const fn is_environment(self) -> bool {
        matches!(
            self,
            Self::FileNotFound
                | Self::FileIsDirectory
                | Self::FileUnreadable
                | Self::SettingInvalid
                | Self::SettingNoMatch
                | Self::ForeignFile
                | Self::OutputUnwritable
                | Self::EditedFile
        )
    }
}
