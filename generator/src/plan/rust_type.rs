//! The Rust types in generated code. Plain data: knows neither schemas nor tokens.

/// A type in the generated crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RustType {
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
    Text,
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
    },
}

/// Class of a generated type, by the conversions that its users have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A struct or a union.
    Data,
    /// An enum of strings: `From<&str>`.
    Text,
    /// An enum of integers: `From<i64>`.
    Integer,
    /// An outcome or error enum beside its operation.
    Outcome,
    /// An enum of bodies beside its operation: `From` each of them.
    Choice,
}

impl RustType {
    /// The type as `surface.json` has it: a path inside the crate.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Bool => "bool".to_owned(),
            Self::I32 => "i32".to_owned(),
            Self::I64 => "i64".to_owned(),
            Self::U32 => "u32".to_owned(),
            Self::U64 => "u64".to_owned(),
            Self::F64 => "f64".to_owned(),
            Self::Number => "Number".to_owned(),
            Self::Text => "String".to_owned(),
            Self::DateTime => "DateTime".to_owned(),
            Self::Date => "Date".to_owned(),
            Self::Time => "Time".to_owned(),
            Self::Duration => "Duration".to_owned(),
            Self::Base64 => "Base64".to_owned(),
            Self::Secret => "Secret".to_owned(),
            Self::ViaFromStr(path) => format!("ViaFromStr<{path}>"),
            Self::Json => "Json".to_owned(),
            Self::Unit => "()".to_owned(),
            Self::Bytes => "Bytes".to_owned(),
            Self::Multipart => "Multipart".to_owned(),
            Self::File => "File".to_owned(),
            Self::Part => "Part".to_owned(),
            Self::ItemStream(item) => format!("ItemStream<{}>", item.path()),
            Self::Event(data) => format!("Event<{}>", data.path()),
            Self::PartOf(body) => format!("Part<{}>", body.path()),
            Self::List(item) => format!("Vec<{}>", item.path()),
            Self::Tuple(items) => {
                let items: Vec<String> = items.iter().map(Self::path).collect();
                if let [only] = &items[..] { format!("({only},)") } else { format!("({})", items.join(", ")) }
            }
            Self::Map(value) => format!("Map<{}>", value.path()),
            Self::Option(value) => format!("Option<{}>", value.path()),
            Self::Maybe(value) => format!("Maybe<{}>", value.path()),
            Self::Lenient(value) => format!("Lenient<{}>", value.path()),
            Self::Numeric(value) => format!("Numeric<{}>", value.path()),
            Self::Boxed(value) => format!("Box<{}>", value.path()),
            Self::Model { name, .. } => format!("models::{name}"),
        }
    }

    /// The types that it is made of, one level down.
    #[must_use]
    pub fn children(&self) -> &[Self] {
        match self {
            Self::Tuple(items) => items,
            Self::List(inner)
            | Self::ItemStream(inner)
            | Self::Event(inner)
            | Self::PartOf(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Maybe(inner)
            | Self::Lenient(inner)
            | Self::Numeric(inner)
            | Self::Boxed(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }

    /// Returns true if the type, or a part of it, is one of the runtime's.
    #[must_use]
    pub fn names_runtime(&self) -> bool {
        match self {
            Self::Bool | Self::I32 | Self::I64 | Self::U32 | Self::U64 | Self::F64 => false,
            Self::Text | Self::Unit | Self::Model { .. } => false,
            Self::List(_) | Self::Option(_) | Self::Boxed(_) | Self::Tuple(_) => {
                self.children().iter().any(Self::names_runtime)
            }
            _ => true,
        }
    }

    /// The names of the generated types that it is made of.
    #[must_use]
    pub fn models(&self) -> Vec<&str> {
        match self {
            Self::Model { name, .. } => vec![name],
            other => other.children().iter().flat_map(Self::models).collect(),
        }
    }

    /// Returns true if a format restricts the JSON values.
    #[must_use]
    pub const fn is_formatted(&self) -> bool {
        matches!(
            self,
            Self::DateTime
                | Self::Date
                | Self::Time
                | Self::Duration
                | Self::Base64
                | Self::I32
                | Self::U32
                | Self::U64
        )
    }

    /// The type without the leniency of the settings.
    #[must_use]
    pub fn strict(self) -> Self {
        match self {
            Self::Lenient(inner) | Self::Numeric(inner) => *inner,
            Self::List(inner) => Self::List(Box::new(inner.strict())),
            Self::Option(inner) => inner.strict().option(),
            other => other,
        }
    }

    /// Complexity as clippy counts it: each type counts by its depth.
    #[must_use]
    pub fn complexity(&self) -> usize {
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
    pub fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    /// `Option<Self>`
    #[must_use]
    pub fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// Returns true if arguments of the type are `impl Into<Self>`.
    #[must_use]
    pub fn converts(&self) -> bool {
        match self {
            Self::Text
            | Self::Number
            | Self::DateTime
            | Self::Date
            | Self::Time
            | Self::Duration
            | Self::Lenient(_)
            | Self::Numeric(_)
            | Self::Secret
            | Self::ViaFromStr(_)
            | Self::Bytes
            | Self::Multipart
            | Self::ItemStream(_)
            | Self::File => true,
            Self::Model { class, .. } => matches!(class, Class::Text | Class::Choice),
            Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::Base64
            | Self::Json
            | Self::Unit
            | Self::Part
            | Self::Event(_)
            | Self::PartOf(_)
            | Self::List(_)
            | Self::Tuple(_)
            | Self::Map(_)
            | Self::Option(_)
            | Self::Maybe(_)
            | Self::Boxed(_) => false,
        }
    }

    /// Returns true if an argument that is only read is taken by reference.
    #[must_use]
    pub fn borrows(&self) -> bool {
        matches!(
            self,
            Self::Json | Self::Map(_) | Self::Tuple(_) | Self::Base64 | Self::Model { class: Class::Data, .. }
        )
    }
}
