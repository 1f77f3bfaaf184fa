//! Hand-written models in the form of generated ones. They use the codec, and no HTTP.

#![expect(unreachable_pub, reason = "models are public in generated crates")]

use clientsmith_runtime::{self as runtime, Decode, Encode};

#[derive(Debug, Clone, PartialEq)]
pub struct Pet {
    pub id: i64,
    pub tag: Option<String>,
    pub note: runtime::Maybe<String>,
    pub extra: runtime::Extra,
}

runtime::object!(Pet { id: Required("id"), tag: Optional("tag"), note: Optional("note"), ..extra });

runtime::open_enum! {
    pub enum State {
        Valid = "valid",
        Invalid = "invalid",
    } else Unknown
}

runtime::open_integer_enum! {
    pub enum Level {
        Low = 1,
    } else Unknown
}

/// A struct that ignores unknown fields.
macro_rules! strict {
    ($name:ident { $($field:ident: $kind:ty = $key:literal),* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $(pub $field: $kind),* }

        runtime::object!($name { $($field: Required($key),)* });
    };
}

strict!(Circle { kind: String = "kind", radius: f64 = "radius" });
strict!(Square { kind: String = "kind", side: f64 = "side" });
strict!(Counted { next: Tree = "next", count: i64 = "count" });
strict!(Named { next: Tree = "next", count: String = "count" });
strict!(Author { name: String = "name" });
strict!(Post { author: Author = "author", states: Vec<State> = "states" });
strict!(Line { post: Post = "post" });
strict!(Odd {
    state: State = "state",
    level: Level = "level",
    text: runtime::Base64 = "text",
    at: runtime::DateTime = "at",
    day: runtime::Date = "day"
});
strict!(Keys { name: String = "name", password: runtime::Secret = "password" });

/// A union with a discriminator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    Circle(Circle),
    Square(Square),
    Unknown(runtime::Json),
}

impl runtime::Decode for Shape {
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        runtime::codec::union::decode(source, Self::Unknown, |value| match value.tag("kind") {
            Some("circle") => value.decode("Circle").map(Self::Circle),
            Some("square") => value.decode("Square").map(Self::Square),
            _ => value.unknown().map(Self::Unknown),
        })
    }
}

impl runtime::Encode for Shape {
    fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
        match self {
            Self::Circle(value) => runtime::codec::union::tagged(sink, "kind", &["circle"], value),
            Self::Square(value) => runtime::codec::union::tagged(sink, "kind", &["square"], value),
            Self::Unknown(value) => value.encode(sink),
        }
    }
}

runtime::model!(Shape);

/// A union without a discriminator. Both variants have a nested tree before the field that distinguishes them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Tree {
    Counted(Box<Counted>),
    Named(Box<Named>),
    Unknown(runtime::Json),
}

impl runtime::Decode for Tree {
    fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
        const BOTH: runtime::Candidate = runtime::Candidate::new(runtime::JsonKind::Object)
            .required(&["next", "count"])
            .properties(&["next", "count"]);
        const MEMBERS: &[runtime::Candidate] = &[BOTH, BOTH];
        runtime::codec::union::decode(source, Self::Unknown, |value| {
            let found = value.trials(MEMBERS).find_map(|trial| match trial.variant {
                0 => value.try_decode(trial).map(Self::Counted),
                1 => value.try_decode(trial).map(Self::Named),
                _ => None,
            });
            found.map_or_else(|| value.unknown().map(Self::Unknown), Ok)
        })
    }
}

impl runtime::Encode for Tree {
    fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
        match self {
            Self::Counted(value) => value.encode(sink),
            Self::Named(value) => value.encode(sink),
            Self::Unknown(value) => value.encode(sink),
        }
    }
}

runtime::model!(Tree);

/// A recursive struct.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Node {
    pub child: Option<Box<Node>>,
}

runtime::object!(Node { child: Optional("child") });

/// Reads valid JSON.
pub fn read<T: Decode>(json: &str) -> T {
    runtime::from_json_slice(json.as_bytes()).unwrap()
}

/// The error of invalid JSON, as a line.
pub fn wrong<T: Decode + std::fmt::Debug>(json: &str) -> String {
    runtime::from_json_slice::<T>(json.as_bytes()).unwrap_err().to_string()
}

/// The JSON of a value.
pub fn write(value: &dyn Encode) -> String {
    String::from_utf8(runtime::to_json_vec(value).unwrap()).unwrap()
}
