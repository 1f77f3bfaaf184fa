//! The Rust types in generated code. Plain data: knows neither schemas nor tokens.

pub(crate) mod facts;
mod place_alias;

use facts::{Home, Size};
pub(crate) use place_alias::PlaceAlias;

/// A type in the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// The runtime's `Number`.
    Number,
    /// `String`
    String,
    /// The runtime's `DateTime`.
    DateTime,
    /// The runtime's `Date`.
    Date,
    /// The runtime's `Time`.
    Time,
    /// The runtime's `Duration`.
    Duration,
    /// The runtime's `Base64`.
    Base64,
    /// The runtime's `Secret`.
    Secret,
    /// The runtime's `ViaFromStr<T>`: a string that is parsed as a type of another crate, by its path.
    ViaFromStr(String),
    /// Any JSON value.
    Json,
    /// `()`
    Unit,
    /// Raw bytes; only bodies.
    Bytes,
    /// A multipart form; only request bodies.
    Multipart,
    /// Bytes with a name and a media type; only in request bodies.
    File,
    /// A part of a response; only in responses.
    Part,
    /// A stream of values; only request bodies.
    ItemStream(Box<RustType>),
    /// A server-sent event; only in request bodies.
    Event(Box<RustType>),
    /// A part of a stream of parts; only in request bodies.
    PartOf(Box<RustType>),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `[T]`, behind a reference; only arguments.
    Slice(Box<RustType>),
    /// `(A, B)`
    Tuple(Vec<RustType>),
    /// The runtime's `Map<T>`.
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// The runtime's `Maybe<T>`.
    Maybe(Box<RustType>),
    /// The runtime's `Lenient<T>`.
    Lenient(Box<RustType>),
    /// The runtime's `Numeric<T>`.
    Numeric(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
    /// A generated type.
    Model {
        /// Its name, unique in the crate.
        name: String,
        /// Class of the type.
        class: Class,
        /// The alias that its place uses for it, if it has one.
        alias: PlaceAlias,
    },
}

/// Class of a generated type, by the conversions that its users have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// A struct or a union.
    Data,
    /// A union with strings, numbers or booleans among its variants: `From` each of them.
    Scalars,
    /// An enum of strings: `From<&str>`.
    String,
    /// An enum of integers: `From<i64>`.
    Integer,
    /// A type beside its operation that callers receive: an outcome, an error, events or parts.
    Outcome,
    /// An enum beside its operation that callers send, of bodies or of the types of a part: `From` each of them.
    Choice,
}

/// The types that a type is made of, shared or to change.
macro_rules! children {
    ($of:expr, $one:path, $none:expr) => {
        match $of {
            Self::Tuple(items) => items,
            Self::List(inner)
            | Self::Slice(inner)
            | Self::ItemStream(inner)
            | Self::Event(inner)
            | Self::PartOf(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Maybe(inner)
            | Self::Lenient(inner)
            | Self::Numeric(inner)
            | Self::Boxed(inner) => $one(inner),
            _ => $none,
        }
    };
}

impl RustType {
    /// A generated type.
    #[must_use]
    pub(crate) const fn model(name: String, class: Class) -> Self {
        Self::Model { name, class, alias: PlaceAlias(None) }
    }

    /// The type as `surface.json` has it: a path inside the crate.
    #[must_use]
    pub(crate) fn path(&self) -> String {
        let name = self.facts().name;
        let inner = || self.children().iter().map(Self::path).collect::<Vec<_>>().join(", ");
        match self {
            Self::ViaFromStr(path) => format!("{name}<{path}>"),
            Self::Slice(_) => format!("[{}]", inner()),
            Self::Tuple(items) if items.len() == 1 => format!("({},)", inner()),
            Self::Tuple(_) => format!("({})", inner()),
            Self::Model { name, .. } => format!("models::{name}"),
            _ if self.children().is_empty() => name.to_owned(),
            _ => format!("{name}<{}>", inner()),
        }
    }

    /// The types that it is made of, one level down.
    #[must_use]
    pub(crate) fn children(&self) -> &[Self] {
        children!(self, std::slice::from_ref, &[])
    }

    /// The types that it is made of, to change them.
    fn children_mut(&mut self) -> &mut [Self] {
        children!(self, std::slice::from_mut, &mut [])
    }

    /// Returns true if the type, or a part of it, is one of the runtime's.
    #[must_use]
    pub(crate) fn names_runtime(&self) -> bool {
        self.facts().home == Home::Runtime || self.children().iter().any(Self::names_runtime)
    }

    /// Returns true if values of the types in it are stored in place, and not behind a pointer.
    #[must_use]
    pub(crate) const fn is_inline(&self) -> bool {
        matches!(self.facts().size, Size::Sum | Size::Optional)
    }

    /// Returns true if the type, or a part of it, is in the module `models`.
    #[must_use]
    pub(crate) fn names_models(&self) -> bool {
        match self {
            Self::Model { class, .. } => !matches!(class, Class::Outcome | Class::Choice),
            other => other.children().iter().any(Self::names_models),
        }
    }

    /// The names of the generated types that it is made of.
    #[must_use]
    pub(crate) fn models(&self) -> Vec<&str> {
        match self {
            Self::Model { name, .. } => vec![name],
            other => other.children().iter().flat_map(Self::models).collect(),
        }
    }

    /// The type without the leniency of the settings.
    #[must_use]
    pub(crate) fn strict(self) -> Self {
        match self {
            Self::Lenient(inner) | Self::Numeric(inner) => *inner,
            Self::List(inner) => Self::List(Box::new(inner.strict())),
            Self::Option(inner) => inner.strict().option(),
            other => other,
        }
    }

    /// Complexity as clippy counts it: each type counts by its depth.
    #[must_use]
    pub(crate) fn complexity(&self) -> usize {
        self.weight(1)
    }

    fn weight(&self, depth: usize) -> usize {
        // These stand for the arguments of a request body, which have a type of their own.
        let is_sent = matches!(self, Self::ItemStream(_) | Self::Event(_) | Self::PartOf(_));
        let children = if is_sent { &[] } else { self.children() };
        let inner: usize = children.iter().map(|child| child.weight(depth + 1)).sum();
        10 * depth + inner
    }

    /// `Box<Self>`
    #[must_use]
    pub(crate) fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    /// `Option<Self>`
    #[must_use]
    pub(crate) fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// Returns true if a format narrows the JSON values of the type.
    #[must_use]
    pub(crate) const fn is_formatted(&self) -> bool {
        self.facts().is_formatted
    }

    /// Returns true if callers pass it as `impl Into<Self>`.
    #[must_use]
    pub(crate) const fn converts(&self) -> bool {
        self.facts().converts
    }

    /// Returns true if an argument of the type takes what converts to the value, or `None`.
    #[must_use]
    pub(crate) fn takes_or_none(&self) -> bool {
        matches!(self, Self::Option(inner) if inner.converts() && !inner.borrows())
    }

    /// Returns true if callers pass a reference where the value is only read.
    #[must_use]
    pub(crate) const fn borrows(&self) -> bool {
        self.facts().borrows
    }
}
