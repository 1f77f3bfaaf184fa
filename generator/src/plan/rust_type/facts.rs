//! Facts about Rust types: one row for each variant. A new variant gets a row here.

use super::{Class, RustType};

/// The facts about a type, apart from the types in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    /// The name, without the types in it and without its path.
    pub name: &'static str,
    /// The place of the definition.
    pub home: Home,
    /// The part in names that are made of types.
    pub word: Word,
    /// The size in memory.
    pub size: Size,
    /// Callers pass it as `impl Into<Self>`.
    pub converts: bool,
    /// Callers pass a reference where the value is only read.
    pub borrows: bool,
    /// A format narrows the JSON values that it has.
    pub is_formatted: bool,
    /// `Eq` and `Hash`.
    pub equal: Able,
    /// `Default`
    pub default: Able,
    /// `Copy`
    pub copy: Able,
}

/// The place of a type's definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// The language or its standard library.
    Rust,
    /// The runtime.
    Runtime,
    /// The generated crate.
    Crate,
}

/// The part of a type in names that are made of types, such as `TextList`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// This word.
    Own(&'static str),
    /// The words of the types in it.
    Inner,
    /// The words of the types in it with this word after them.
    Suffix(&'static str),
}

/// The size of a type in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// This number of bytes.
    Bytes(usize),
    /// The sum of the types in it.
    Sum,
    /// The size of the type in it, plus a machine word if that type has no niche for `None`.
    Optional,
    /// The size of the generated type.
    Model,
}

/// The condition for a trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Able {
    /// The type has it.
    Yes,
    /// The type does not have it.
    No,
    /// The type has it if the types in it have it.
    Inner,
}

/// Bytes of a string, a list or a date: a pointer, a length and a capacity, or as much.
pub(crate) const TEXT: usize = 24;
/// Bytes of a number or a pointer.
pub(crate) const WORD: usize = 8;
/// Bytes of any JSON.
pub(crate) const JSON: usize = 72;
/// Bytes of a map.
pub(crate) const MAP: usize = 32;

impl Facts {
    /// A type of the language that is copied.
    const fn scalar(name: &'static str, word: &'static str) -> Self {
        Self {
            name,
            home: Home::Rust,
            word: Word::Own(word),
            size: Size::Bytes(WORD),
            converts: false,
            borrows: false,
            is_formatted: false,
            equal: Able::Yes,
            default: Able::Yes,
            copy: Able::Yes,
        }
    }

    /// A type of the runtime for strings of a format.
    const fn format(name: &'static str, word: &'static str) -> Self {
        Self {
            home: Home::Runtime,
            size: Size::Bytes(TEXT),
            converts: true,
            is_formatted: true,
            default: Able::No,
            copy: Able::No,
            ..Self::scalar(name, word)
        }
    }

    /// A type around another one.
    const fn around(name: &'static str, home: Home, size: Size) -> Self {
        Self {
            home,
            word: Word::Inner,
            size,
            equal: Able::Inner,
            default: Able::Inner,
            copy: Able::Inner,
            ..Self::scalar(name, "")
        }
    }

    /// A type of the runtime that is only in bodies. No model has a field of it.
    const fn body(name: &'static str, word: Word, converts: bool) -> Self {
        Self {
            home: Home::Runtime,
            word,
            size: Size::Bytes(MAP),
            converts,
            equal: Able::No,
            default: Able::No,
            copy: Able::No,
            ..Self::scalar(name, "")
        }
    }

    const fn formatted(self) -> Self {
        Self { is_formatted: true, ..self }
    }
}

impl RustType {
    /// The row of the type.
    #[must_use]
    pub(crate) const fn facts(&self) -> Facts {
        use Home::{Crate, Runtime, Rust};
        let text = Facts { is_formatted: false, default: Able::Yes, ..Facts::format("String", "Text") };
        let bytes = Word::Own("Bytes");
        match self {
            Self::Bool => Facts::scalar("bool", "Bool"),
            Self::I32 => Facts::scalar("i32", "Integer").formatted(),
            Self::I64 => Facts::scalar("i64", "Integer"),
            Self::U32 => Facts::scalar("u32", "Integer").formatted(),
            Self::U64 => Facts::scalar("u64", "Integer").formatted(),
            Self::F64 => Facts { equal: Able::No, ..Facts::scalar("f64", "Number") },
            Self::Unit => Facts { size: Size::Bytes(0), ..Facts::scalar("()", "Null") },
            Self::Number => Facts { is_formatted: false, ..Facts::format("Number", "Number") },
            Self::String => Facts { home: Rust, ..text },
            Self::Secret => Facts { name: "Secret", ..text },
            Self::ViaFromStr(_) => Facts { is_formatted: false, ..Facts::format("ViaFromStr", "Text") },
            Self::DateTime => Facts::format("DateTime", "DateTime"),
            Self::Date => Facts::format("Date", "Date"),
            Self::Time => Facts::format("Time", "Time"),
            Self::Duration => Facts::format("Duration", "Duration"),
            Self::Base64 => {
                Facts { converts: false, borrows: true, default: Able::Yes, ..Facts::format("Base64", "Text") }
            }
            Self::Json => Facts {
                home: Runtime,
                size: Size::Bytes(JSON),
                borrows: true,
                copy: Able::No,
                ..Facts::scalar("Json", "Any")
            },
            Self::Bytes => Facts::body("Bytes", bytes, true),
            Self::Multipart => Facts::body("Multipart", bytes, true),
            Self::File => Facts::body("File", bytes, true),
            Self::Part => Facts::body("Part", bytes, false),
            Self::ItemStream(_) => Facts::body("ItemStream", Word::Suffix("List"), true),
            Self::Event(_) => Facts::body("Event", Word::Inner, false),
            Self::PartOf(_) => Facts::body("Part", Word::Inner, false),
            Self::List(_) | Self::Slice(_) | Self::Tuple(_) | Self::Map(_) | Self::Option(_) | Self::Maybe(_) => {
                self.facts_around()
            }
            Self::Lenient(_) | Self::Numeric(_) | Self::Boxed(_) => self.facts_around(),
            Self::Model { class, .. } => Facts {
                size: if matches!(class, Class::String | Class::Integer) { Size::Bytes(TEXT) } else { Size::Model },
                converts: matches!(class, Class::String | Class::Choice | Class::Scalars),
                borrows: matches!(class, Class::Data | Class::Scalars),
                ..Facts::around("", Crate, Size::Model)
            },
        }
    }

    /// The row of a type around other types, as fields of models have them.
    const fn facts_around(&self) -> Facts {
        use Home::{Runtime, Rust};
        match self {
            Self::List(_) => Facts {
                word: Word::Suffix("List"),
                default: Able::Yes,
                copy: Able::No,
                ..Facts::around("Vec", Rust, Size::Bytes(TEXT))
            },
            Self::Slice(_) => Facts { borrows: true, copy: Able::No, ..Facts::around("", Rust, Size::Sum) },
            Self::Tuple(_) => Facts { borrows: true, ..Facts::around("", Rust, Size::Sum) },
            Self::Map(_) => Facts {
                word: Word::Suffix("Map"),
                borrows: true,
                default: Able::Yes,
                copy: Able::No,
                ..Facts::around("Map", Runtime, Size::Bytes(MAP))
            },
            Self::Option(_) => Facts { default: Able::Yes, ..Facts::around("Option", Rust, Size::Optional) },
            Self::Maybe(_) => Facts { default: Able::Yes, ..Facts::around("Maybe", Runtime, Size::Optional) },
            // What is sent in place of a value is stored as JSON.
            Self::Lenient(_) => Facts {
                converts: true,
                default: Able::No,
                copy: Able::No,
                ..Facts::around("Lenient", Runtime, Size::Bytes(JSON))
            },
            Self::Numeric(_) => {
                Facts { converts: true, copy: Able::No, ..Facts::around("Numeric", Runtime, Size::Bytes(3 * WORD)) }
            }
            Self::Boxed(_) => Facts { copy: Able::No, ..Facts::around("Box", Rust, Size::Bytes(WORD)) },
            _ => Facts::around("", Rust, Size::Sum),
        }
    }
}
