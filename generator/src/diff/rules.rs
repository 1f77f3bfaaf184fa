//! The rules by code, as docs/diff.md has them.

/// One line for each rule, in the order of the codes.
macro_rules! rules {
    ($($rule:ident $code:literal $title:literal,)*) => {
        /// A rule of the comparison.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $title] $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// The code, such as `D101`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)*
                }
            }

            /// The title.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$rule => $title,)*
                }
            }
        }
    };
}

rules! {
    Removed "D101" "item removed",
    Added "D102" "item added",
    TypeChanged "D103" "type of a field, argument, success or error changed",
    ArgumentsChanged "D104" "constructor or call gains or loses an argument",
    ArgumentsReordered "D105" "arguments reordered",
    CallTypeChanged "D106" "type of a call changed",
    GuaranteeLost "D107" "trait lost, open enum closed, or unknown fields no longer retained",
    OrderOrDefaultChanged "D108" "order of variants or default value changed",
    Deprecated "D109" "deprecated",
    NameReused "D110" "a name means something else",
    Renamed "D111" "renamed",
    CausedBySettings "D112" "caused by the settings",
    DocumentationChanged "D199" "documentation only",
    MadeRequired "W201" "required value added, or optional value required",
    MadeOptional "W202" "required value optional, or null allowed",
    ValueRemoved "W203" "value removed",
    ValuesNarrowed "W204" "values narrowed",
    ValuesWidened "W205" "values widened",
    NumbersOrFormatsChanged "W206" "numbers or formats widened or narrowed",
    JsonKindChanged "W207" "JSON kind changed",
    BoundsChanged "W208" "bounds, pattern or format changed",
    MediaTypesChanged "W209" "media types changed",
    SerializationChanged "W210" "serialization or name on the wire changed",
    OperationOrSecurityChanged "W211" "path, method or required security changed",
    ServerStatusOrDefaultChanged "W212" "server, statuses of success or default value changed",
    NotJudged "W299" "cannot be judged",
}
